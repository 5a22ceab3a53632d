import { describe, expect, it } from 'vitest';
import { GIVE_BACK_WAYS, giveBackOf } from '../../../main/core/payment/give-back.ts';
import type { Case } from '../../../main/core/payment/rule-context.ts';
import { movesOf, refusalOf } from '../../../main/core/payment/rules.ts';
import { MOVE_KINDS } from '../../../main/core/queue/action.ts';
import { HOUR_MS, NOON_MS } from '../../builders.ts';
import { type Cell, caseOf, cells, named, showsCaptures } from './rules-cells.ts';

/** The guides' own sentences, over every cell, with the line and without it. */
describe('whatever Dojo shows', () => {
  const LINES: readonly Partial<Case>[] = [{ online: true }, { online: false }, { online: false, offlineRefundMaxMinor: 800 }];
  const every = (check: (cell: Cell, c: Case, moves: ReturnType<typeof movesOf>) => void) => {
    for (const line of LINES)
      for (const cell of cells) {
        const c = caseOf(cell, line);
        try {
          check(cell, c, movesOf(c));
        } catch (error) {
          throw new Error(`${named(cell)}, ${JSON.stringify(line)}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
        }
      }
  };
  /** What the captures say was taken, or is on its way: the whole of a payment where none are shown and Dojo calls it taken. */
  const takenMinorOf = (cell: Cell) => {
    const isTaken = cell.status === 'Captured' || cell.status === 'Refunded';
    if (cell.mode === 'Auto' || cell.captured === 'none' || !showsCaptures(cell)) return isTaken ? 4200 : 0;
    return { part: 2000, whole: 4200, declined: 0, settling: 0 }[cell.captured];
  };
  const onItsWayMinorOf = (cell: Cell) => (cell.mode === 'Manual' && cell.captured === 'settling' && showsCaptures(cell) ? 4200 : 0);

  it('every move is open with limits that hold, or closed with a sentence', () => {
    every((_, c, moves) => {
      for (const kind of MOVE_KINDS) {
        const rule = moves[kind];
        if (rule.open) {
          if (kind === 'capture' || kind === 'refund') expect(rule).toMatchObject({ minMinor: 1, maxMinor: expect.any(Number) });
          if (rule.maxMinor !== null) expect(rule.maxMinor).toBeGreaterThan(0);
          if (rule.deadlineAtMs !== null) expect(rule.deadlineAtMs).toBeGreaterThan(c.nowMs);
        } else expect(rule.reason).toMatch(/^[A-Z].*\.$/);
      }
    });
  });

  it('nothing is taken of an Auto payment, of one given back, undone or unpaid, nor more than is left of a hold', () => {
    every((cell, c, { capture }) => {
      if (!capture.open) return;
      expect([cell.mode, cell.refunded, cell.end]).toEqual(['Manual', 'none', 'to come']);
      expect(['Authorized', 'Captured']).toContain(cell.status);
      expect((capture.maxMinor ?? 0) + takenMinorOf(cell) + onItsWayMinorOf(cell)).toBeLessThanOrEqual(4200);
      expect(refusalOf({ kind: 'capture', amount: (capture.maxMinor ?? 0) + 1 }, c)).not.toBeNull();
      expect(capture.tipsAllowed).toBe(showsCaptures(cell));
    });
  });

  it('an Auto payment is undone on its own day only, a hold only while nothing of it was taken', () => {
    const midnightMs = Date.parse('2026-06-15T23:00:00Z');
    every((cell, _, { reverse }) => {
      if (!reverse.open) return;
      expect(cell.refunded).toBe('none');
      if (cell.mode === 'Auto') {
        expect([cell.status, cell.paid]).toEqual(['Captured', 'today']);
        expect(reverse.deadlineAtMs).toBe(midnightMs);
      } else if (cell.status === 'Created') {
        expect([cell.paid, cell.end, reverse.deadlineAtMs]).toEqual(['today', 'to come', NOON_MS + HOUR_MS]);
        expect(reverse.caution).toContain('Cancel it');
      } else {
        expect([cell.status, cell.end, takenMinorOf(cell), onItsWayMinorOf(cell)]).toEqual(['Authorized', 'to come', 0, 0]);
        expect(reverse.caution === null).toBe(cell.paid === 'today');
      }
    });
  });

  it('refunds never pass what was taken, nor the cap while the line is down', () => {
    every((cell, c, { refund }) => {
      if (!refund.open) return;
      const refundedMinor = c.payment.refundedMinor;
      expect(refundedMinor + (refund.maxMinor ?? 0)).toBeLessThanOrEqual(takenMinorOf(cell));
      expect(refusalOf({ kind: 'refund', amount: (refund.maxMinor ?? 0) + 1 }, c)).not.toBeNull();
      if (!c.online) expect(refund.maxMinor).toBeLessThanOrEqual(c.offlineRefundMaxMinor ?? 0);
    });
  });

  it('only what nobody has paid is cancelled or changed, and changed never without the line', () => {
    every((cell, c, moves) => {
      for (const kind of ['cancel', 'setAmount', 'setTips'] as const) if (moves[kind].open) expect([cell.status, cell.end]).toEqual(['Created', 'to come']);
      for (const kind of ['setAmount', 'setTips'] as const) if (moves[kind].open) expect(c.online).toBe(true);
    });
  });

  it('what a version lacks is closed for that reason only where a newer one would open it', () => {
    every((cell, c, moves) => {
      const newest = movesOf(caseOf({ ...cell, version: '2026-02-27' }, { online: c.online }));
      for (const kind of MOVE_KINDS) {
        const rule = moves[kind];
        if (rule.open || rule.code !== 'version') continue;
        expect(rule.reason).toContain(cell.version);
        if (c.online) expect(newest[kind].open).toBe(true);
      }
    });
  });

  it('there is one way to give money back, or none with a reason, and each of the others says why not', () => {
    every((cell, c, moves) => {
      const { way, why, customerSees, instead, closed } = giveBackOf(c.payment.captureMode, moves);
      expect([...closed.map((each) => each.way), ...(way ? [way] : []), ...(instead ? [instead.way] : [])].sort()).toEqual([...GIVE_BACK_WAYS].sort());
      for (const text of [why, ...closed.map(({ reason }) => reason)]) expect(text).toMatch(/^[A-Z].*\.$/);
      expect([way === null, way === null]).toEqual([customerSees === null, !moves.reverse.open && !moves.refund.open]);
      if (way === 'release') expect([cell.mode, moves.reverse.open, takenMinorOf(cell)]).toEqual(['Manual', true, 0]);
      if (way === 'undo')
        expect([cell.mode, moves.reverse.open, moves.cancel.open]).toEqual(cell.status === 'Created' ? ['Manual', true, true] : ['Auto', true, false]);
      if (way === 'refund') expect([moves.reverse.open, moves.refund.open]).toEqual([false, true]);
      if (instead) expect([way, instead.way, moves.refund.open]).toEqual(['undo', 'refund', true]);
    });
  });
});
