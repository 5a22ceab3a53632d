import { describe, expect, it } from 'vitest';
import { createSettings, type SettingsFile } from '../../main/app/settings.ts';
import { err, ok } from '../../main/core/result.ts';
import type { Settings } from '../../preload/contract.ts';

const DEFAULTS: Settings = {
  shopName: '',
  zone: 'Europe/London',
  dayStartMinutes: 0,
  apiVersion: '2026-02-27',
  appearance: 'system',
  density: 'touch',
  refundReasons: ['Returned goods', 'Wrong amount', 'Paid twice', 'Not available', 'Complaint'],
  offlineRefunds: false,
  offlineRefundMaxMinor: 5000,
  holdWarnings: true,
  closingMinutes: null,
};
const SHOP: Settings = {
  shopName: 'Corner Books',
  zone: 'Europe/Dublin',
  dayStartMinutes: 240,
  apiVersion: '2024-02-05',
  appearance: 'dark',
  density: 'compact',
  refundReasons: ['Spilt'],
  offlineRefunds: true,
  offlineRefundMaxMinor: 2000,
  holdWarnings: false,
  closingMinutes: 1050,
};

/** A settings file in memory that remembers what was written. */
function aFileWith(value?: unknown) {
  let stored = value;
  let full = false;
  let writes = 0;
  const file: SettingsFile = {
    read: () => (stored === undefined ? { kind: 'none' } : { kind: 'ok', value: stored }),
    write(next) {
      if (full) return err({ code: 'full', message: 'The disk is full.' });
      writes += 1;
      stored = structuredClone(next);
      return ok(null);
    },
  };
  return { file, stored: () => stored, writes: () => writes, runFull: () => (full = true) };
}

describe('settings', () => {
  it('stand at their first values where nothing was saved, without a word and without a write', () => {
    const disk = aFileWith();
    const settings = createSettings(disk);
    expect(settings.get()).toEqual(DEFAULTS);
    expect(settings.notices()).toEqual([]);
    expect(disk.writes()).toBe(0);
  });

  it.each([
    ['Europe/Dublin', 'Europe/Dublin'],
    ['Mars/Olympus', 'Europe/London'],
    ['', 'Europe/London'],
    [undefined, 'Europe/London'],
  ])('take the PC’s zone %s as %s', (hostZone, zone) => {
    expect(createSettings({ file: aFileWith().file, hostZone }).get().zone).toBe(zone);
  });

  it('are there again at the next start', () => {
    const disk = aFileWith();
    expect(createSettings(disk).save(SHOP)).toEqual(ok(SHOP));
    expect(createSettings({ file: disk.file, hostZone: 'Europe/Paris' }).get()).toEqual(SHOP);
  });

  it('change only where the patch says', () => {
    const settings = createSettings(aFileWith(SHOP));
    expect(settings.save({ density: 'touch', shopName: undefined })).toEqual(ok({ ...SHOP, density: 'touch' }));
    expect(settings.get()).toEqual({ ...SHOP, density: 'touch' });
  });

  it('write a zone by its own name', () => {
    const settings = createSettings(aFileWith());
    expect(settings.save({ zone: 'europe/dublin' })).toMatchObject({ ok: true, value: { zone: 'Europe/Dublin' } });
  });

  it.each([
    { shopName: 'sk_prod_abcd1234' },
    { shopName: ' sk_sandbox_abcd' },
    { shopName: 'Corner sk_test_abcd Books' },
    { shopName: 'Booksk_prod_abcd1234' },
    { refundReasons: ['Spilt', 'sk_prod_abcd1234'] },
  ])('do not take a key for anything else, and write nothing of it: %j', (patch) => {
    const disk = aFileWith(SHOP);
    const settings = createSettings(disk);
    const refused = { code: 'bad-input', message: 'This looks like an API key. Nothing was saved.', field: Object.keys(patch)[0] };
    expect(settings.save({ zone: 'Europe/Paris', ...patch })).toMatchObject(err(refused));
    expect([settings.get(), disk.writes()]).toEqual([SHOP, 0]);
  });

  it('take a name that only begins like a key', () => {
    expect(createSettings(aFileWith(SHOP)).save({ shopName: 'SK_Prod Ltd' })).toMatchObject({ ok: true, value: { shopName: 'SK_Prod Ltd' } });
  });

  it.each([
    ['shopName', 'x'.repeat(81)],
    ['zone', 'Mars/Olympus'],
    ['zone', ''],
    ['dayStartMinutes', 1440],
    ['dayStartMinutes', 1.5],
    ['dayStartMinutes', -1],
    ['apiVersion', '2023-01-01'],
    ['appearance', 'pink'],
    ['density', 7],
    ['refundReasons', ['Late', ' late ']],
    ['refundReasons', ['']],
    ['refundReasons', ['x'.repeat(121)]],
    ['refundReasons', Array.from({ length: 21 }, (_, index) => `Reason ${index}`)],
    ['offlineRefundMaxMinor', 0],
    ['closingMinutes', 1440],
    ['colour', 'pink'],
    ['__proto__', 'x'],
  ])('refuse %s = %j as a whole: nothing is saved and nobody is told', (field, value) => {
    const disk = aFileWith(SHOP);
    const settings = createSettings(disk);
    const heard: Settings[] = [];
    settings.onChange((now) => heard.push(now));
    const patch = Object.fromEntries([
      ['density', 'touch'],
      [field, value],
    ]);
    expect(settings.save(patch as Partial<Settings>)).toMatchObject({ ok: false, error: { code: 'bad-input', field } });
    expect(settings.get()).toEqual(SHOP);
    expect(disk.writes()).toBe(0);
    expect(heard).toEqual([]);
  });

  it('stay what they were where the disk will not take them', () => {
    const disk = aFileWith(SHOP);
    const settings = createSettings(disk);
    disk.runFull();
    expect(settings.save({ density: 'touch' })).toEqual(err({ code: 'disk', message: 'The disk is full.' }));
    expect(settings.get()).toEqual(SHOP);
  });

  it('tell their listeners after a save, until these leave', () => {
    const settings = createSettings(aFileWith());
    const heard: string[] = [];
    const leave = settings.onChange((now) => heard.push(now.shopName));
    settings.save({ shopName: 'One' });
    leave();
    settings.save({ shopName: 'Two' });
    expect(heard).toEqual(['One']);
  });

  it('keep what a newer Tillside stored beside them', () => {
    const disk = aFileWith({ ...SHOP, printer: 'by the door' });
    createSettings(disk).save({ density: 'touch' });
    expect(disk.stored()).toEqual({ ...SHOP, density: 'touch', printer: 'by the door' });
  });
});

describe('the shop’s zone', () => {
  it('is the PC’s until it is written down, and the shop’s own from then on, the rest of the settings left at their first values', () => {
    const disk = aFileWith();
    expect(createSettings({ file: disk.file, hostZone: 'Europe/Paris' }).get().zone).toBe('Europe/Paris');
    const settings = createSettings({ file: disk.file, hostZone: 'Europe/Dublin' });
    expect(settings.keepZone()).toEqual(ok(null));
    expect(disk.stored()).toEqual({ zone: 'Europe/Dublin', pcZone: 'Europe/Dublin' });
    settings.keepZone();
    expect(disk.writes()).toBe(1);
    expect(createSettings({ file: disk.file, hostZone: 'Europe/Paris' }).get()).toEqual({ ...DEFAULTS, zone: 'Europe/Dublin' });
  });

  it('stays where the PC’s changes, which is told until somebody sets the zone', () => {
    const disk = aFileWith();
    createSettings({ file: disk.file, hostZone: 'Europe/London' }).keepZone();
    const settings = createSettings({ file: disk.file, hostZone: 'Europe/Madrid' });
    expect(settings.get().zone).toBe('Europe/London');
    expect(settings.notices()).toEqual([
      { code: 'pc-zone-changed', message: expect.stringMatching(/was Europe\/London and is now Europe\/Madrid.*stay in Europe\/London/) },
    ]);
    settings.keepZone();
    settings.save({ density: 'compact' });
    expect(settings.notices()).toHaveLength(1);
    expect(createSettings({ file: disk.file, hostZone: 'Europe/Madrid' }).notices()).toHaveLength(1);
    settings.save({ zone: 'Europe/London' });
    expect(settings.notices()).toEqual([]);
    expect(createSettings({ file: disk.file, hostZone: 'Europe/Madrid' }).notices()).toEqual([]);
  });

  it.each([
    ['back again', 'Europe/London'],
    ['by another name', 'GB'],
    ['unknown', undefined],
    ['no zone at all', 'Mars/Olympus'],
  ])('is not said to differ where the PC’s is %s', (_, hostZone) => {
    const disk = aFileWith();
    createSettings({ file: disk.file, hostZone: 'Europe/London' }).keepZone();
    expect(createSettings({ file: disk.file, hostZone }).notices()).toEqual([]);
  });

  it('that the shop chose apart from the PC’s, as one in UTC, is not nagged about; a PC that comes to agree with it neither', () => {
    const disk = aFileWith({ ...SHOP });
    const settings = createSettings({ file: disk.file, hostZone: 'UTC' });
    settings.keepZone();
    expect(disk.stored()).toEqual({ ...SHOP, pcZone: 'UTC' });
    expect(createSettings({ file: disk.file, hostZone: 'UTC' }).notices()).toEqual([]);
    expect(createSettings({ file: disk.file, hostZone: 'Europe/Dublin' }).notices()).toEqual([]);
    expect(createSettings({ file: disk.file, hostZone: 'Europe/Madrid' }).notices()).toHaveLength(1);
  });

  it('that cannot be read is not written over: a person is asked', () => {
    const disk = aFileWith({ ...SHOP, zone: 'Mars/Olympus' });
    createSettings({ file: disk.file, hostZone: 'Europe/Paris' }).keepZone();
    expect(disk.writes()).toBe(0);
  });

  it('that the disk does not take stays for this run and is written later', () => {
    const disk = aFileWith();
    const settings = createSettings({ file: disk.file, hostZone: 'Europe/Paris' });
    disk.runFull();
    expect(settings.keepZone()).toEqual(err({ code: 'disk', message: 'The disk is full.' }));
    expect(settings.get().zone).toBe('Europe/Paris');
  });
});

describe('settings that cannot be read', () => {
  it.each([
    ['shopName', 12],
    ['zone', 'Mars/Olympus'],
    ['dayStartMinutes', '04:00'],
    ['apiVersion', '2030-01-01'],
    ['appearance', null],
    ['density', {}],
  ] as const)('fall back one by one: %s = %j', (field, value) => {
    const settings = createSettings(aFileWith({ ...SHOP, [field]: value }));
    expect(settings.get()).toEqual({ ...SHOP, [field]: DEFAULTS[field] });
    expect(settings.notices()).toEqual([{ code: 'settings-field', message: expect.stringContaining('could not be read') }]);
  });

  it('are named until a person sets them: another save neither hides nor settles it', () => {
    const disk = aFileWith({ ...SHOP, zone: 'Mars/Olympus' });
    createSettings(disk).save({ density: 'touch' });
    const settings = createSettings(disk);
    expect(settings.notices()).toHaveLength(1);
    settings.save({ zone: 'Europe/Dublin' });
    expect(settings.notices()).toEqual([]);
    expect(createSettings(disk).notices()).toEqual([]);
    expect(createSettings(disk).get()).toEqual({ ...SHOP, density: 'touch' });
  });

  it.each([['text'], [null], [[1, 2]], [7]])('at all (%j) stand at their first values with one notice', (value) => {
    const settings = createSettings(aFileWith(value));
    expect(settings.get()).toEqual(DEFAULTS);
    expect(settings.notices().map((notice) => notice.code)).toEqual(['settings-damaged']);
  });

  it('because the file is damaged ask for the zone and the start of the day until a person has set them, whatever else is saved', () => {
    const disk = aFileWith();
    const file: SettingsFile = { ...disk.file, read: () => (disk.writes() === 0 ? { kind: 'damaged', path: 'settings.json' } : disk.file.read()) };
    const start = () => createSettings({ file, hostZone: 'America/New_York' });
    expect(start().save({ density: 'compact' }).ok).toBe(true);
    expect(start().keepZone()).toEqual(ok(null));
    const settings = start();
    expect(settings.notices().map(({ message }) => message)).toEqual([
      'In the settings, the time zone could not be read and stands at “America/New_York”. Set it again.',
      'In the settings, the start of the trading day could not be read and stands at “midnight”. Set it again.',
    ]);
    expect(settings.save({ zone: 'Europe/London', dayStartMinutes: 0 }).ok).toBe(true);
    expect(start().notices()).toEqual([]);
  });

  it('because the file is gone say so, and put no zone of the PC’s in its place until a person has set it', () => {
    const disk = aFileWith();
    const file: SettingsFile = { ...disk.file, read: () => (disk.writes() === 0 ? { kind: 'gone' } : disk.file.read()) };
    const settings = createSettings({ file, hostZone: 'Asia/Tokyo' });
    expect(settings.notices()).toEqual([{ code: 'settings-damaged', message: expect.stringContaining('no longer there') }]);
    settings.keepZone();
    expect(disk.writes()).toBe(0);
    settings.save({ zone: 'Europe/London', dayStartMinutes: 0 });
    expect(createSettings({ file, hostZone: 'Asia/Tokyo' }).notices()).toEqual([]);
  });

  it('because the file is damaged say which it is at each start, put no zone of the PC’s in its place, and can be saved again', () => {
    const disk = aFileWith();
    const file: SettingsFile = { ...disk.file, read: () => (disk.writes() === 0 ? { kind: 'damaged', path: 'settings.json' } : disk.file.read()) };
    const start = () => createSettings({ file, hostZone: 'America/New_York' });
    expect(start().keepZone()).toEqual(ok(null));
    const settings = start();
    expect(settings.notices()).toEqual([{ code: 'settings-damaged', message: expect.stringContaining('settings.json') }]);
    expect(settings.save({ zone: 'Europe/London' }).ok).toBe(true);
    expect(start().get().zone).toBe('Europe/London');
    expect(settings.save({ shopName: 'Corner Books', dayStartMinutes: 0 }).ok).toBe(true);
    expect(settings.notices()).toEqual([]);
    expect(disk.stored()).toEqual({ ...DEFAULTS, shopName: 'Corner Books', pcZone: 'America/New_York' });
    expect(start().notices()).toEqual([]);
  });
});
