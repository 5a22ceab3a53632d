import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Patch, Result, Snapshot } from '../../preload/contract.ts';
import { paymentView } from './view-builders.ts';

const snapshotOf = (revision: number, ids: string[]) => ({ revision, payments: ids.map((id) => paymentView({ id })), actions: [] }) as unknown as Snapshot;

/** A till that answers a snapshot when told to, and hands out patches. */
function fakeTill() {
  const waiting: { resolve: (snapshot: Snapshot) => void; reject: (reason: Error) => void }[] = [];
  const listeners = new Set<(patch: Patch) => void>();
  return {
    till: {
      getSnapshot: () => new Promise<Snapshot>((resolve, reject) => waiting.push({ resolve, reject })),
      onPatch(listener: (patch: Patch) => void) {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
    },
    asked: () => waiting.length,
    listening: () => listeners.size,
    push: (patch: Patch) => {
      for (const listener of listeners) listener(patch);
    },
    async answer(snapshot: Snapshot) {
      waiting.shift()?.resolve(snapshot);
      await settled();
    },
    async fail() {
      waiting.shift()?.reject(new Error('broken'));
      await settled();
    },
  };
}

const settled = () => new Promise<void>((resolve) => setImmediate(resolve));
type Store = typeof import('../../renderer/store.ts');

describe('the store', () => {
  let fake: ReturnType<typeof fakeTill>;
  let store: Store;
  let toasts: typeof import('../../renderer/toasts.ts').useToasts;
  beforeEach(async () => {
    fake = fakeTill();
    vi.stubGlobal('window', { till: fake.till });
    vi.resetModules();
    store = await import('../../renderer/store.ts');
    toasts = (await import('../../renderer/toasts.ts')).useToasts;
  });
  afterEach(() => vi.unstubAllGlobals());

  const ids = () => store.currentSnapshot().payments.map((payment) => payment.id);
  const add = (revision: number, id: string): Patch => ({ revision, payments: [paymentView({ id })] });

  it('has nothing before the first snapshot', () => {
    store.start();
    expect(() => store.currentSnapshot()).toThrow('before its first snapshot');
  });

  it('loads a snapshot and applies the patches after it', async () => {
    store.start();
    await fake.answer(snapshotOf(1, ['A']));
    fake.push(add(2, 'B'));
    expect(ids()).toEqual(['A', 'B']);
  });

  it('passes over a patch it has already', async () => {
    store.start();
    await fake.answer(snapshotOf(3, ['A']));
    fake.push(add(3, 'B'));
    expect(ids()).toEqual(['A']);
    expect(fake.asked()).toBe(0);
  });

  it('reads a whole snapshot again after a gap, and does not guess meanwhile', async () => {
    store.start();
    await fake.answer(snapshotOf(1, ['A']));
    fake.push(add(3, 'C'));
    expect(ids()).toEqual(['A']);
    expect(fake.asked()).toBe(1);
    await fake.answer(snapshotOf(3, ['A', 'B', 'C']));
    expect(ids()).toEqual(['A', 'B', 'C']);
  });

  it('reads once more when a patch comes that the snapshot under way does not hold', async () => {
    store.start();
    fake.push(add(2, 'B'));
    await fake.answer(snapshotOf(1, ['A']));
    expect(fake.asked()).toBe(1);
    await fake.answer(snapshotOf(2, ['A', 'B']));
    expect(ids()).toEqual(['A', 'B']);
    expect(fake.asked()).toBe(0);
  });

  it('keeps what was shown when the till stops answering, and says so', async () => {
    store.start();
    await fake.answer(snapshotOf(1, ['A']));
    void store.resync();
    await fake.fail();
    expect(ids()).toEqual(['A']);
    expect(toasts.getState().toasts.map((toast) => toast.tone)).toEqual(['problem']);
  });

  it('can be started again after the till was broken', async () => {
    store.start();
    await fake.fail();
    expect(() => store.currentSnapshot()).toThrow();
    void store.resync();
    await fake.answer(snapshotOf(1, ['A']));
    expect(ids()).toEqual(['A']);
  });

  it('stops listening with the undo of its start', () => {
    const stop = store.start();
    expect(fake.listening()).toBe(1);
    stop();
    expect(fake.listening()).toBe(0);
  });

  describe('a call', () => {
    const refused: Result = { ok: false, error: { code: 'no-line', message: 'There is no connection.', next: 'Look at the cable.' } };

    it('says a refusal aloud, with what to do, and returns it', async () => {
      expect(await store.call(Promise.resolve(refused))).toBe(refused);
      expect(toasts.getState().toasts).toMatchObject([{ text: 'There is no connection. Look at the cable.', tone: 'problem' }]);
    });

    it('leaves a quiet refusal to the caller', async () => {
      expect(await store.call(Promise.resolve(refused), { quiet: true })).toBe(refused);
      expect(toasts.getState().toasts).toEqual([]);
    });

    it.each(['no-line', 'dojo-trouble', 'key-refused'] as const)(
      'keeps why nothing was done until it is closed, and of a mere look only while it is so: %s',
      async (code) => {
        const { dismissAbout } = await import('../../renderer/toasts.ts');
        const error = { code, message: 'Nothing was sent: capture £20.00 of Table 1.' };
        const left = () => toasts.getState().toasts.map(({ text }) => text);
        const isOver = () => {
          dismissAbout('key');
          dismissAbout('connection');
        };
        await store.call(Promise.resolve({ ok: false, error }));
        isOver();
        expect(left()).toEqual([error.message]);
        await store.call(Promise.resolve({ ok: false, error: { code, message: 'Not read.' } }), { isLook: true });
        expect(left()).toEqual([error.message, 'Not read.']);
        isOver();
        expect(left()).toEqual([error.message]);
      },
    );

    it('leaves that there is nothing to look at by itself, and why nothing was decided until it is closed', async () => {
      const error = { code: 'not-possible', message: 'An earlier action on this payment comes first.' } as const;
      await store.call(Promise.resolve({ ok: false, error }));
      expect(toasts.getState().toasts).toMatchObject([{ tone: 'problem' }]);
      await store.call(Promise.resolve({ ok: false, error }), { isLook: true });
      expect(toasts.getState().toasts.map(({ tone }) => tone)).toContain('news');
    });

    it('turns a till that does not answer into a refusal that claims nothing', async () => {
      expect(await store.call(Promise.reject(new Error('gone')))).toMatchObject({ ok: false, error: { code: 'internal' } });
      expect(toasts.getState().toasts).toHaveLength(1);
    });

    it('says nothing of a success unless asked to', async () => {
      await store.call(Promise.resolve({ ok: true, value: null }));
      expect(toasts.getState().toasts).toEqual([]);
      await store.call(Promise.resolve({ ok: true, value: null }), { done: 'Saved.' });
      expect(toasts.getState().toasts).toMatchObject([{ text: 'Saved.', tone: 'news' }]);
    });
  });
});
