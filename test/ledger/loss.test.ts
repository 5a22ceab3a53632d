import { expect, test } from 'vitest';
import { connect } from '../../main/ledger/database.ts';
import { keepUntold, takeUntold } from '../../main/ledger/loss.ts';

test.each([
  [1, ' One action that was open then will not be sent by itself: compare with Dojo and decide.'],
  [2, ' 2 actions that were open then will not be sent by themselves: compare with Dojo and decide.'],
])('of %i open at the time of a loss it is said in its number that they are not sent', (openActions, said) => {
  const db = connect(':memory:');
  db.exec('CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL)');
  keepUntold(db, { kind: 'cut-short', openActions, newer: 0, keptAs: null });
  expect(takeUntold(db)).toEqual([{ code: 'ledger-cut-short', message: expect.stringContaining(said) }]);
  db.close();
});
