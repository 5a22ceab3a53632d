import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { recordingLog } from '../app/recording-log.ts';

const app = vi.hoisted(() => ({ exit: vi.fn() }));
vi.mock('electron', () => ({ app }));
const { createClosing } = await import('../../main/electron/closing.ts');

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  app.exit.mockClear();
});
afterEach(() => void vi.useRealTimers());

/** A till with `sendingCount` requests on the wire, of which the answers come when `answer` is called. */
function setUp(sendingCount: number, queuedCount = 0) {
  let answer = (): void => undefined;
  const answered = sendingCount === 0 ? Promise.resolve() : new Promise<void>((resolve) => (answer = resolve));
  let choose: (leaveNow: boolean) => void = () => undefined;
  let signal: AbortSignal | undefined;
  const till = { queuedCount: () => queuedCount, sendingCount: vi.fn(() => sendingCount), quiet: vi.fn(() => answered), close: vi.fn(async () => undefined) };
  const left = Promise.withResolvers<void>();
  const leave = vi.fn(() => left.resolve());
  const ask = vi.fn((_count: number, takenBack: AbortSignal) => {
    signal = takenBack;
    return new Promise<boolean>((resolve) => (choose = resolve));
  });
  let stay: (leaves: boolean) => void = () => undefined;
  let leaveSignal: AbortSignal | undefined;
  const askToLeave = vi.fn((_count: number, takenBack: AbortSignal) => {
    leaveSignal = takenBack;
    return new Promise<boolean>((resolve) => (stay = resolve));
  });
  const closing = createClosing(till, { askToLeave, askToWait: ask, leave }, recordingLog());
  return {
    closing,
    till,
    ask,
    leave,
    left: left.promise,
    answered,
    answer: () => answer(),
    choose: (leaveNow: boolean) => choose(leaveNow),
    signal: () => signal,
    askToLeave,
    leaves: (does: boolean) => stay(does),
    leaveSignal: () => leaveSignal,
  };
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('closing', () => {
  test('asks nothing when nothing is being sent, and leaves when the till is closed', async () => {
    const { closing, ask, leave, left, till } = setUp(0);
    expect(closing.wanted()).toBe(false);
    await left;
    expect(ask).not.toHaveBeenCalled();
    expect(till.quiet).toHaveBeenCalledBefore(till.close);
    expect(till.close).toHaveBeenCalledBefore(leave);
    expect(closing.wanted()).toBe(true);
  });

  test('says what is queued, and stays open where the person wants that, with nothing ended', async () => {
    const { closing, askToLeave, leaves, leave, till } = setUp(0, 3);
    expect(closing.wanted()).toBe(false);
    expect(askToLeave).toHaveBeenCalledWith(3, expect.anything());
    leaves(false);
    await settled();
    expect(till.quiet).not.toHaveBeenCalled();
    expect(till.close).not.toHaveBeenCalled();
    expect(leave).not.toHaveBeenCalled();
    // And asks again the next time.
    expect(closing.wanted()).toBe(false);
    expect(askToLeave).toHaveBeenCalledTimes(2);
  });

  test('leaves what is queued where the person says so, or nobody answers for a minute', async () => {
    const said = setUp(0, 1);
    said.closing.wanted();
    said.leaves(true);
    await said.left;
    const silent = setUp(0, 1);
    silent.closing.wanted();
    await vi.advanceTimersByTimeAsync(59_999);
    expect(silent.till.close).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    await silent.left;
    expect(silent.leaveSignal()?.aborted).toBe(true);
  });

  test('leaves where the question cannot be shown', async () => {
    const { closing, askToLeave, left } = setUp(0, 1);
    askToLeave.mockRejectedValueOnce(new Error('no display'));
    closing.wanted();
    await left;
  });

  test('waits for the answers when the person says so', async () => {
    const { closing, ask, leave, left, choose, answer } = setUp(2);
    closing.wanted();
    expect(ask).toHaveBeenCalledWith(2, expect.anything());
    choose(false);
    await settled();
    expect(leave).not.toHaveBeenCalled();
    answer();
    await left;
  });

  test('leaves at once when the person says so', async () => {
    const { closing, left, choose, till } = setUp(2);
    closing.wanted();
    choose(true);
    await left;
    expect(till.close).toHaveBeenCalledTimes(1);
  });

  test('takes the question back when the answers come first', async () => {
    const { closing, left, answer, signal } = setUp(1);
    closing.wanted();
    answer();
    await left;
    expect(signal()?.aborted).toBe(true);
  });

  test('asks once, however often the button is pressed', async () => {
    const { closing, ask, left, answer, leave } = setUp(1);
    for (let press = 0; press < 3; press += 1) expect(closing.wanted()).toBe(false);
    answer();
    await left;
    expect(ask).toHaveBeenCalledTimes(1);
    expect(leave).toHaveBeenCalledTimes(1);
  });

  test('where the question cannot be shown, waits for the answers and closes the till all the same', async () => {
    const { closing, left, till, ask, answer, leave } = setUp(1);
    ask.mockRejectedValueOnce(new Error('no window'));
    closing.wanted();
    await settled();
    expect(leave).not.toHaveBeenCalled();
    answer();
    await left;
    expect(till.close).toHaveBeenCalledTimes(1);
  });

  test('closes the till also where waiting for the answers breaks, or the question breaks as it is asked', async () => {
    const broken = setUp(1);
    broken.till.quiet.mockRejectedValueOnce(new Error('inside'));
    broken.closing.wanted();
    await broken.left;
    expect(broken.till.close).toHaveBeenCalledTimes(1);
    const unasked = setUp(1);
    unasked.ask.mockImplementationOnce(() => {
      throw new Error('no dialog');
    });
    unasked.closing.wanted();
    unasked.answer();
    await unasked.left;
    expect(unasked.till.close).toHaveBeenCalledTimes(1);
  });

  test('asks about what an answer that was just heard lets go out as the till is told to be quiet', async () => {
    const { closing, till, ask, left, answer, answered } = setUp(1);
    till.sendingCount.mockReturnValue(0);
    till.quiet.mockImplementationOnce(() => {
      till.sendingCount.mockReturnValue(1);
      return answered;
    });
    closing.wanted();
    expect(ask).toHaveBeenCalledWith(1, expect.anything());
    answer();
    await left;
    expect(till.close).toHaveBeenCalledTimes(1);
  });

  test('leaves even where the till cannot close well', async () => {
    const { closing, left, till } = setUp(0);
    till.close.mockRejectedValueOnce(new Error('disk'));
    closing.wanted();
    await left;
  });

  test('leaves without its windows where they do not close: a page that hangs never answers', async () => {
    const { closing, left } = setUp(0);
    closing.wanted();
    vi.advanceTimersByTime(60_000);
    expect(app.exit).not.toHaveBeenCalled();
    await left;
    vi.advanceTimersByTime(60_000);
    expect(app.exit).toHaveBeenCalledExactlyOnceWith();
  });
});
