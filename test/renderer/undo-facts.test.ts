import { describe, expect, it } from 'vitest';
import { undoFacts } from '../../renderer/undo/undo-facts.ts';

describe('what an undo is', () => {
  it.each([
    ['Manual', 'release', 'Release the hold'],
    ['Auto', 'undo', 'Undo today’s payment'],
  ] as const)('of a %s payment: %s', (captureMode, kind, title) => {
    expect(undoFacts({ captureMode })).toMatchObject({ kind, title });
  });

  it.each(['Manual', 'Auto'] as const)('%s: promises the customer nothing the bank decides', (captureMode) => {
    expect(undoFacts({ captureMode }).customerSees).toMatch(/usually.*bank decides/);
  });
});
