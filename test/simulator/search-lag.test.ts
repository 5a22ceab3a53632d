import { describe, expect, it } from 'vitest';
import { aHold, anUnpaid, HOUR_MS, NOON_MS, SECOND_MS } from './a-bank.ts';
import { aFace } from './a-face.ts';

/** Searches that show what was true eight seconds ago. */
function aLaggingDojo(switches = {}) {
  const made = aFace({ switches: { searchLagMs: 8 * SECOND_MS, ...switches } });
  const { ask, time } = made;
  return {
    ...made,
    capture: (id: string, amount: number) => ask('POST', `/payment-intents/${id}/captures`, { amount }).status,
    read: (id: string) => ask('GET', `/payment-intents/${id}`).json,
    found: (json: object = {}) => ask('POST', '/payment-intents/search', json).json.data,
    wait: (ms: number) => {
      time.nowMs += ms;
    },
  };
}

describe('searchLagMs', () => {
  it('a search shows a capture later than a reading does, step by step', () => {
    const { add, capture, read, found, wait } = aLaggingDojo();
    const id = add(aHold());
    capture(id, 4200);
    expect(read(id).captures).toMatchObject([{ status: 'Created' }]);
    expect(found()[0].captures).toEqual([]);
    wait(7 * SECOND_MS); // settled after 2.5 s
    expect(read(id)).toMatchObject({ status: 'Captured', captures: [{ status: 'Successful' }] });
    expect(found()[0]).toMatchObject({ status: 'Authorized', captures: [] });
    wait(SECOND_MS);
    expect(found()[0]).toMatchObject({ status: 'Authorized', captures: [{ status: 'Created' }] });
    wait(3 * SECOND_MS);
    expect(found()[0]).toMatchObject({ status: 'Captured', captures: [{ status: 'Successful' }] });
  });

  it('finds by the status it still shows', () => {
    const { add, ask, found, wait } = aLaggingDojo();
    const id = add(aHold());
    ask('POST', `/payment-intents/${id}/reversal`);
    expect(found({ statuses: ['Authorized'] })).toHaveLength(1);
    expect(found({ statuses: ['Reversed'] })).toEqual([]);
    wait(8 * SECOND_MS);
    expect(found({ statuses: ['Authorized'] })).toEqual([]);
    expect(found({ statuses: ['Reversed'] })).toHaveLength(1);
  });

  it('does not know a payment yet that was just made, or just paid', () => {
    const { bank, time, found, wait, add, read } = aLaggingDojo();
    const old = add(anUnpaid());
    const fresh = add(anUnpaid({ createdAtMs: NOON_MS }));
    bank.pay(old, time.nowMs);
    expect(read(fresh).status).toBe('Created');
    expect(found()).toMatchObject([{ id: old, status: 'Created' }]);
    wait(8 * SECOND_MS);
    expect(found()).toMatchObject([
      { id: fresh, status: 'Created' },
      { id: old, status: 'Captured' },
    ]);
  });

  it('shows at once what happened before', () => {
    const { add, found } = aLaggingDojo();
    add(aHold({ past: [{ kind: 'capture', atMs: NOON_MS - 60 * SECOND_MS, amountMinor: 1000 }] }));
    expect(found()[0]).toMatchObject({ captures: [{ amount: 1000, status: 'Successful' }] });
  });

  it('does not show the last seconds of a past', () => {
    const { add, found, read, wait } = aLaggingDojo();
    const id = add(aHold({ past: [{ kind: 'capture', atMs: NOON_MS - 5 * SECOND_MS, amountMinor: 1000 }] }));
    expect(read(id).captures).toMatchObject([{ status: 'Successful' }]);
    expect(found()[0].captures).toEqual([]);
    wait(3 * SECOND_MS);
    expect(found()[0].captures).toMatchObject([{ status: 'Created' }]);
  });

  it('a refusal changes nothing of what a search shows', () => {
    const { add, capture, found, wait } = aLaggingDojo();
    const id = add(aHold());
    capture(id, 1000);
    wait(SECOND_MS);
    expect(capture(id, 9999)).toBe(400);
    wait(7 * SECOND_MS);
    expect(found()[0].captures).toMatchObject([{ amount: 1000 }]);
  });

  it('off: a search shows what a reading shows', () => {
    const { add, capture, read, found } = aLaggingDojo({ searchLagMs: 0 });
    const id = add(aHold({ createdAtMs: NOON_MS - HOUR_MS }));
    capture(id, 1000);
    expect(found()[0]).toEqual(read(id));
  });
});

describe('searchCaptures', () => {
  it.each([
    { searchCaptures: 'listed', found: { captures: [{ amount: 1000 }] } },
    { searchCaptures: 'null', found: { captures: null } },
    { searchCaptures: 'absent', found: { captures: undefined } },
  ] as const)('$searchCaptures: in a search; a reading lists them', ({ searchCaptures, found }) => {
    const { ask, add } = aFace({ switches: { searchCaptures } });
    const id = add(aHold());
    ask('POST', `/payment-intents/${id}/captures`, { amount: 1000 });
    const { captures } = ask('POST', '/payment-intents/search', {}).json.data[0];
    expect({ captures }).toMatchObject(found);
    expect(ask('GET', `/payment-intents/${id}`).json.captures).toMatchObject([{ amount: 1000 }]);
  });

  it('before 2024-02-05 there are none anywhere', () => {
    const { ask, add } = aFace({ switches: { searchCaptures: 'null' } }, '2022-04-07');
    add(aHold());
    expect(ask('POST', '/payment-intents/search', {}).json.data[0]).not.toHaveProperty('captures');
  });
});
