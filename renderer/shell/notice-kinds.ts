import type { Connection, Notice } from '../../preload/contract.ts';

/**
 * What a notice tells of, and so what reading it does. `news`, that something happened: it goes. A state is seen for as long as it holds:
 * `stops`, nothing is sent or what is shown may not be so, stays whole; a `lesser` one folds to one line; one that is `said-elsewhere` goes,
 * as the header or a screen goes on saying it.
 */
type NoticeKind = 'news' | 'stops' | 'lesser' | 'said-elsewhere';

const STATES: Readonly<Record<string, Exclude<NoticeKind, 'news'>>> = {
  'disk-full': 'stops',
  'disk-read-only': 'stops',
  'disk-busy': 'stops',
  'disk-broken': 'stops',
  'disk-unreadable': 'stops',
  'day-doubted': 'stops',
  'key-unreadable': 'stops',
  'list-refused': 'stops',
  'no-version': 'stops',
  'not-connected': 'stops',
  'backup-failed': 'lesser',
  'no-dojo-time': 'lesser',
  'odd-payments': 'lesser',
  'pc-zone-changed': 'lesser',
  'purge-failed': 'lesser',
  'settings-damaged': 'lesser',
  'settings-field': 'lesser',
  'asked-to-wait': 'said-elsewhere',
  'holds-ending': 'said-elsewhere',
  'profile-moved': 'said-elsewhere',
};

export const noticeKind = ({ code }: Pick<Notice, 'code'>): NoticeKind => STATES[code] ?? 'news';

/** Screens that say the same by themselves. */
export const SAID_BY: Readonly<Record<string, Notice['show']>> = { 'holds-ending': 'holds', 'profile-moved': 'queue' };

const DISK_STOPS: readonly string[] = ['disk-full', 'disk-read-only', 'disk-busy', 'disk-broken'];

/** Nothing can be written down, so nothing is sent, whatever else is as it should be. */
export const isStoppedByDisk = ({ notices }: Pick<Connection, 'notices'>): boolean => notices.some(({ code }) => DISK_STOPS.includes(code));
