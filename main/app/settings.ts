import { z } from 'zod';
import { channels, type Notice, type Settings } from '../../preload/contract.ts';
import { isSameZone, knownZone } from '../core/day/day.ts';
import { err, ok, type Result } from '../core/result.ts';
import type { DiskFailure } from '../ports/ledger.ts';
import { misplacedKey } from './api-key.ts';
import { refusedByDisk } from './disk-failure.ts';

/**
 * The file the settings live in. `gone`: there is none, though this till was connected before. `damaged`: it could not be read at all, and
 * is kept when the next settings are written.
 */
export type SettingsFile = Readonly<{
  read(): Readonly<{ kind: 'ok'; value: unknown }> | Readonly<{ kind: 'none' | 'gone' }> | Readonly<{ kind: 'damaged'; path: string }>;
  write(value: unknown): Result<null, DiskFailure>;
}>;

export type SettingsError = Readonly<{ code: 'bad-input' | 'disk'; message: string; next?: string; field?: string }>;

export type SettingsStore = Readonly<{
  get(): Settings;
  /** All of the patch or none of it. */
  save(patch: { readonly [F in keyof Settings]?: Settings[F] | undefined }): Result<Settings, SettingsError>;
  /** Writes down the shop's zone, and the PC's beside it, where that was not done yet: from then on it is the shop's own. */
  keepZone(): Result<null, SettingsError>;
  /** What could not be read and stands at its default, until it is saved again; and where the PC's zone is another than it was. */
  notices(): readonly Notice[];
  /** Called after every save; returns its undo. */
  onChange(listener: (settings: Settings) => void): () => void;
}>;

const ZONE = 'Europe/London';
/** In the file: which zone the PC had when the shop's was decided. Not a setting. */
const PC_ZONE = 'pcZone';
const DEFAULTS: Settings = {
  shopName: '',
  zone: ZONE,
  dayStartMinutes: 0,
  apiVersion: '2026-02-27',
  appearance: 'system',
  density: 'touch',
  refundReasons: ['Returned goods', 'Wrong amount', 'Paid twice', 'Not available', 'Complaint'],
  // A refund decided without the line is a promise nobody can check until it is back.
  offlineRefunds: false,
  offlineRefundMaxMinor: 50_00,
  holdWarnings: true,
  closingMinutes: null,
};

type Field = keyof Settings;
const FIELDS = Object.keys(DEFAULTS) as readonly Field[];

const NAMES: Readonly<Record<Field, string>> = {
  shopName: 'the shop’s name',
  zone: 'the time zone',
  dayStartMinutes: 'the start of the trading day',
  apiVersion: 'the Dojo API version',
  appearance: 'the appearance',
  density: 'the density',
  refundReasons: 'the list of refund reasons',
  offlineRefunds: 'refunds without a connection',
  offlineRefundMaxMinor: 'the most of a refund without a connection',
  holdWarnings: 'the warnings of holds about to end',
  closingMinutes: 'the closing time',
};

const contract = channels.saveSettings.input.shape;
const zone = contract.zone.unwrap().transform((name, context) => {
  const known = knownZone(name);
  if (known !== null) return known;
  context.addIssue({ code: 'custom', message: 'unknown zone' });
  return z.NEVER;
});
const SCHEMAS: { readonly [F in Field]: z.ZodType<Settings[F]> } = {
  shopName: contract.shopName.unwrap(),
  zone,
  dayStartMinutes: contract.dayStartMinutes.unwrap(),
  apiVersion: contract.apiVersion.unwrap(),
  appearance: contract.appearance.unwrap(),
  density: contract.density.unwrap(),
  refundReasons: contract.refundReasons.unwrap().refine((reasons) => new Set(reasons.map((reason) => reason.toLowerCase())).size === reasons.length),
  offlineRefunds: contract.offlineRefunds.unwrap(),
  offlineRefundMaxMinor: contract.offlineRefundMaxMinor.unwrap(),
  holdWarnings: contract.holdWarnings.unwrap(),
  closingMinutes: contract.closingMinutes.unwrap(),
};

/** `hostZone` is the PC's own zone: the first guess at the shop's, until that is written down. */
export function createSettings({ file, hostZone }: { file: SettingsFile; hostZone?: string | undefined }): SettingsStore {
  const pcZone = (hostZone && knownZone(hostZone)) || null;
  const defaults: Settings = { ...DEFAULTS, zone: pcZone ?? ZONE };
  const listeners = new Set<(settings: Settings) => void>();
  let { settings, others, unread, kept } = read(file, defaults);
  const pcZoneThen = (): string | null => (typeof others[PC_ZONE] === 'string' ? knownZone(others[PC_ZONE]) : null);

  /** What could not be read stays in the file until a person sets it, so that the notice comes back at the next start. */
  function write(next: Settings, fields: readonly Field[], nextOthers: Others, stillUnread: Unread): Result<null, SettingsError> {
    const known = Object.fromEntries(fields.map((field) => [field, next[field]]));
    const asFound = Object.fromEntries([...stillUnread].flatMap(([field, { value }]) => (field === 'file' ? [] : [[field, value]])));
    const written = file.write({ ...nextOthers, ...known, ...asFound });
    if (!written.ok) return err(refusedByDisk(written.error));
    others = nextOthers;
    kept = new Set(fields);
    return ok(null);
  }

  function zoneNotice(): readonly Notice[] {
    const then = pcZoneThen();
    if (then === null || pcZone === null || isSameZone(then, pcZone) || isSameZone(settings.zone, pcZone)) return [];
    const message = `The time zone of this PC was ${then} and is now ${pcZone}. The shop’s days stay in ${settings.zone}. If the shop has moved, set its zone in the settings.`;
    return [{ code: 'pc-zone-changed', message }];
  }

  return {
    get: () => settings,
    keepZone() {
      const isPcZoneNoted = pcZone === null || pcZoneThen() !== null;
      // What could not be read may have been another zone: a person sets it.
      if (unread.has('zone') || unread.has('file') || (kept.has('zone') && isPcZoneNoted)) return ok(null);
      // The rest stays unsaved: a newer Tillside may have better first values.
      return write(settings, [...new Set<Field>([...kept, 'zone'])], isPcZoneNoted ? others : { ...others, [PC_ZONE]: pcZone }, unread);
    },
    notices: () => {
      // Where nothing could be read that says all.
      const ofFile = unread.get('file');
      return [...(ofFile ? [ofFile] : unread.values())].map(({ notice }) => notice).concat(zoneNotice());
    },
    save(patch) {
      let next = settings;
      for (const [field, value] of Object.entries(patch)) {
        if (value === undefined) continue;
        if (!isField(field)) return err({ code: 'bad-input', message: 'There is no such setting.', field });
        const misplaced = misplacedKey([value].flat(), field);
        if (misplaced) return err(misplaced);
        const changed = withField(next, field, value);
        if (!changed) return err({ code: 'bad-input', message: `This does not fit ${NAMES[field]}. Nothing was saved.`, field });
        next = changed;
      }
      const stillUnread = new Map([...unread].filter(([field]) => field !== 'file' && patch[field] === undefined));
      // Whoever sets the zone knows the PC's as it is now.
      const isPcZoneNoted = pcZone === null || (patch.zone === undefined && pcZoneThen() !== null);
      const written = write(next, FIELDS, isPcZoneNoted ? others : { ...others, [PC_ZONE]: pcZone }, stillUnread);
      if (!written.ok) return written;
      settings = next;
      unread = stillUnread;
      for (const listener of [...listeners]) listener(settings);
      return ok(settings);
    },
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

const isField = (name: string): name is Field => (FIELDS as readonly string[]).includes(name);

/** The settings with one field set, or null where the value does not fit it. */
function withField(settings: Settings, field: Field, value: unknown): Settings | null {
  const parsed = SCHEMAS[field].safeParse(value);
  return parsed.success ? { ...settings, [field]: parsed.data } : null;
}

type Unread = ReadonlyMap<Field | 'file', Readonly<{ notice: Notice; value: unknown }>>;
type Others = Readonly<Record<string, unknown>>;
type Read = Readonly<{ settings: Settings; others: Others; unread: Unread; kept: ReadonlySet<Field> }>;

const unreadNotice = (field: Field, defaults: Settings): Notice => ({
  code: 'settings-field',
  message: `In the settings, ${NAMES[field]} could not be read and stands at “${field === 'dayStartMinutes' ? 'midnight' : defaults[field]}”. Set it again.`,
});

/** Each field by itself: one that cannot be read stands at its default, the others stay. */
function read(file: SettingsFile, defaults: Settings): Read {
  const found = file.read();
  if (found.kind === 'none') return { settings: defaults, others: {}, unread: new Map(), kept: new Set() };
  const stored = found.kind === 'ok' ? z.record(z.string(), z.unknown()).safeParse(found.value) : null;
  if (!stored?.success) {
    const kept = found.kind === 'damaged' ? ` The damaged file, “${found.path}”, is kept.` : '';
    const what = found.kind === 'gone' ? 'The settings’ file is no longer there' : 'The settings could not be read';
    const message = `${what}, so they all stand at their first values. Check the time zone and the start of the day.${kept}`;
    // Days and deadlines follow these two: what is saved of anything else does not make their first values the shop's.
    const unread: Unread = new Map([
      ['file', { notice: { code: 'settings-damaged', message }, value: null }],
      ['zone', { notice: unreadNotice('zone', defaults), value: null }],
      ['dayStartMinutes', { notice: unreadNotice('dayStartMinutes', defaults), value: null }],
    ]);
    return { settings: defaults, others: {}, unread, kept: new Set() };
  }
  let settings = defaults;
  const unread = new Map<Field, { notice: Notice; value: unknown }>();
  for (const field of FIELDS) {
    if (!Object.hasOwn(stored.data, field)) continue;
    const value = stored.data[field];
    const changed = withField(settings, field, value);
    if (changed) settings = changed;
    else {
      unread.set(field, { notice: unreadNotice(field, defaults), value });
    }
  }
  // What a newer Tillside keeps beside them is left as it is.
  const others = Object.fromEntries(Object.entries(stored.data).filter(([name]) => !isField(name)));
  return { settings, others, unread, kept: new Set(FIELDS.filter((field) => Object.hasOwn(stored.data, field))) };
}
