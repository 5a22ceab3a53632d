import { describe, expect, it } from 'vitest';
import { noticeKind } from '../../renderer/shell/notice-kinds.ts';

describe('what reading a notice does', () => {
  it.each(['disk-full', 'disk-read-only', 'disk-busy', 'disk-broken', 'no-version', 'list-refused', 'not-connected', 'key-unreadable'])(
    'nothing, where nothing is sent or read until it is mended: %s',
    (code) => expect(noticeKind({ code })).toBe('stops'),
  );
  it.each(['backup-failed', 'purge-failed', 'odd-payments', 'no-dojo-time', 'settings-damaged', 'pc-zone-changed'])(
    'a lesser state keeps one line: %s',
    (code) => expect(noticeKind({ code })).toBe('lesser'),
  );
  it('what happened is gone once it is read', () => expect(noticeKind({ code: 'ledger-restored' })).toBe('news'));
});
