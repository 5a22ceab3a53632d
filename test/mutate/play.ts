/** Turns of the event loop after which a test that waits for nothing outside the process waits for ever. */
const IDLE_TURNS = 200;
const TEST_MS = 20_000;

const waitsForTheWorld = () => process.getActiveResourcesInfo().some((kind) => !/^(Pipe|TTY|Immediate|MessagePort)/.test(kind));

/** Plays one test: what it threw, else null. One that can never end fails at once: no clock is waited for. */
export async function play(body: () => unknown): Promise<Error | null> {
  try {
    const result = body();
    if (result instanceof Promise) await endOf(result);
    return null;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

function endOf(result: Promise<unknown>): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const startedAtMs = performance.now();
    let idleTurns = 0;
    let isOver = false;
    const over = (then: () => void) => {
      isOver = true;
      then();
    };
    result.then(
      (value) => over(() => resolve(value)),
      (error) => over(() => reject(error)),
    );
    const look = () => {
      if (isOver) return;
      idleTurns = waitsForTheWorld() ? 0 : idleTurns + 1;
      if (idleTurns > IDLE_TURNS || performance.now() - startedAtMs > TEST_MS) return over(() => reject(new Error('the test never ended')));
      setImmediate(look);
    };
    setImmediate(look);
  });
}
