import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { intentJson } from '../dojo/intent.ts';
import { SPECIFICATION_FILES } from '../simulator/openapi.ts';

type Json = Readonly<Record<string, unknown>>;
/** A payment intent as an API version shows it. */
export type Example = Readonly<{ version: string; from: string; intent: Json }>;

const money = (value: number, currencyCode = 'GBP') => ({ value, currencyCode });

/** Our own, so that there is something to change where Dojo's specifications are not at hand: one for each shape an intent can have. */
const OWN: readonly Example[] = [
  { version: '2026-02-27', from: 'a hold taken in part', intent: intentJson() },
  { version: '2025-09-10', from: 'a sale', intent: intentJson({ captureMode: 'Auto', status: 'Captured', captures: null, autoExpireIn: null }) },
  {
    version: '2024-02-05',
    from: 'a hold taken in three parts, one declined',
    intent: intentJson({
      captures: [
        { id: 'cp_1', amount: 1000, tipsAmount: 0, status: 'Successful', createdAt: '2026-03-02T11:00:00Z' },
        { id: 'cp_2', amount: 1500, tipsAmount: 50, status: 'Declined', createdAt: '2026-03-02T11:05:00Z' },
        { id: 'cp_3', amount: 500, tipsAmount: 0, status: 'Created', createdAt: '2026-03-02T11:10:00Z' },
      ],
    }),
  },
  {
    version: '2022-04-07',
    from: 'a refunded sale of the older shape',
    intent: {
      id: 'pi_sandbox_older',
      captureMode: 'Auto',
      status: 'Refunded',
      paymentDetails: {
        transactionDateTime: '2026-03-02T10:01:02Z',
        cardNumber: '52000000****1005',
        cardName: 'SECRET Name',
        cardType: 'MASTERCARD',
        expiryDate: '12/31',
      },
      amount: money(1000, 'EUR'),
      tipsAmount: money(0, 'EUR'),
      totalAmount: money(1000, 'EUR'),
      refundedAmount: 400,
      createdAt: '2026-03-02T10:00:00.1234567Z',
      updatedAt: '2026-03-02T12:00:00Z',
      reference: 'Order 234',
      config: { payment: {} },
    },
  },
  {
    version: '2022-01-03',
    from: 'one that nobody has paid',
    intent: { id: 'pi_sandbox_bare', captureMode: 'Manual', status: 'Created', amount: money(1), createdAt: '2026-03-02T10:00:00Z', reference: '' },
  },
];

/** Every payment intent among the examples of Dojo's own specifications, where a folder with them is named. */
function published(folder: string): Example[] {
  return Object.entries(SPECIFICATION_FILES).flatMap(([version, file]) =>
    intentsIn(parse(readFileSync(join(folder, file), 'utf8'))).map((intent) => ({ version, from: `Dojo’s specification ${version}`, intent })),
  );
}

function intentsIn(part: unknown): Json[] {
  if (typeof part !== 'object' || part === null) return [];
  const here = 'captureMode' in part || 'captureMode"' in part ? part : null;
  if (here && 'id' in here && 'amount' in here && 'status' in here && typeof here.id === 'string') return [here as Json];
  return Object.values(part).flatMap(intentsIn);
}

const folder = process.env.DOJO_OPENAPI_DIR;
export const EXAMPLES: readonly Example[] = [...OWN, ...(folder ? published(folder) : [])];
