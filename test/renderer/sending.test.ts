import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Result } from '../../preload/contract.ts';
import { actionView } from './view-builders.ts';

const settled = () => new Promise<void>((resolve) => setImmediate(resolve));
const refusal = (field: string): Result<null> => ({ ok: false, error: { code: 'not-possible', message: 'It was reversed.', field } });

describe('what is being sent of the list of what needs a person', () => {
  let asked: string[][];
  let answers: ((result: Result<null>) => void)[];
  let sending: typeof import('../../renderer/queue/sending.ts');
  let toasts: typeof import('../../renderer/toasts.ts').useToasts;
  beforeEach(async () => {
    asked = [];
    answers = [];
    const release = ({ actionIds }: { actionIds: string[] }) => {
      asked.push(actionIds);
      return new Promise<Result<null>>((resolve) => answers.push(resolve));
    };
    vi.stubGlobal('window', { till: { release } });
    vi.resetModules();
    sending = await import('../../renderer/queue/sending.ts');
    toasts = (await import('../../renderer/toasts.ts')).useToasts;
    sending.showList(true);
  });
  afterEach(() => vi.unstubAllGlobals());

  const thirteen = Array.from({ length: 13 }, (_, nth) => actionView({ id: `a${nth}`, paymentId: `pi_${nth}` }));
  const answer = async (result: Result<null>) => {
    answers.shift()?.(result);
    await settled();
  };
  const now = () => sending.useSending.getState();

  it('goes on when the list is left, and whoever opens it again sees that and sends nothing beside it', async () => {
    const sent = sending.send(thirteen);
    sending.showList(false);
    sending.showList(true);
    expect(now().progress).toEqual({ done: 0, total: 13 });
    await sending.send(thirteen.slice(10));
    expect(asked).toHaveLength(1);
    await answer({ ok: true, value: null });
    expect(now().progress).toEqual({ done: 10, total: 13 });
    await answer({ ok: true, value: null });
    await sent;
    expect(now().progress).toBeNull();
    expect(asked.map(({ length }) => length)).toEqual([10, 3]);
  });

  it('says at the end why one was not sent, also to whoever opened the list in between, until it is left', async () => {
    const sent = sending.send(thirteen.slice(0, 2));
    sending.showList(false);
    sending.showList(true);
    await answer(refusal('actionIds.1'));
    await answer({ ok: true, value: null });
    await sent;
    expect(now().refused).toEqual(new Map([['a1', 'It was reversed.']]));
    sending.showList(false);
    expect(now().refused.size).toBe(0);
  });

  it('says over the page to who has left the list how many were not sent', async () => {
    const sent = sending.send(thirteen.slice(0, 2));
    sending.showList(false);
    await answer(refusal('actionIds.1'));
    await answer({ ok: true, value: null });
    await sent;
    expect(toasts.getState().toasts.map(({ text }) => text)).toEqual(['1 was not sent: look in the queue.']);
  });

  it('keeps what was left out for as long as the others are being sent', async () => {
    sending.untick(() => new Set(['a12']));
    const sent = sending.send(thirteen.slice(0, 2));
    sending.showList(false);
    sending.showList(true);
    expect(now().unticked).toEqual(new Set(['a12']));
    await answer({ ok: true, value: null });
    await sent;
    expect(now().unticked).toEqual(new Set(['a12']));
    sending.showList(false);
    expect(now().unticked.size).toBe(0);
  });

  it('says what is in the way of all on the list, and over the page to who has left it', async () => {
    const offline: Result<null> = { ok: false, error: { code: 'not-connected', message: 'Tillside is not connected to Dojo.' } };
    let sent = sending.send(thirteen);
    await answer(offline);
    await sent;
    expect(now()).toMatchObject({ progress: null, error: { code: 'not-connected' } });
    expect(toasts.getState().toasts).toEqual([]);
    sent = sending.send(thirteen);
    sending.showList(false);
    await answer(offline);
    await sent;
    expect(now()).toMatchObject({ progress: null, error: null });
    expect(toasts.getState().toasts.map(({ text }) => text)).toEqual(['Not sent. Tillside is not connected to Dojo.']);
  });
});
