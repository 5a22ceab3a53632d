import type { RefundEntry } from './refund-plan.ts';

/** What the person has put into the refund form so far. */
export type RefundDraft = Readonly<{
  entry: RefundEntry;
  reason: string;
  notes: string;
  /** The amount once more, where a second refund asks for it. */
  onceMoreMinor: number | null;
}>;

export const NEW_DRAFT: RefundDraft = { entry: { kind: 'whole' }, reason: '', notes: '', onceMoreMinor: null };
