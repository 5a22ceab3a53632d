import { app } from 'electron';
import { createElectronHttp, setNetworkSwitches } from '../../main/electron/http.ts';
import { realClock } from '../../main/platform/real-clock.ts';
import type { HttpRequest } from '../../main/ports/http.ts';

/**
 * Runs inside Electron: sends some requests that nobody answers and, as soon as the server says that it has them all, rounds of others;
 * writes what those were answered and how long each took.
 */
async function run(): Promise<void> {
  const { hanging, haveAllUrl, rounds } = JSON.parse(process.env.HARNESS_INPUT ?? '{}') as {
    hanging: HttpRequest[];
    haveAllUrl: string;
    rounds: HttpRequest[][];
  };
  setNetworkSwitches();
  await app.whenReady();
  const http = createElectronHttp(realClock);
  for (const request of hanging) void http.request(request);
  // Through Node's own network, which shares nothing with what is tried here.
  await fetch(haveAllUrl);
  const timed = async (request: HttpRequest) => {
    const startedAtMs = performance.now();
    return { answer: await http.request(request), tookMs: performance.now() - startedAtMs };
  };
  const answers: Awaited<ReturnType<typeof timed>>[][] = [];
  for (const round of rounds) answers.push(await Promise.all(round.map(timed)));
  process.stdout.write(`HARNESS_OUTPUT ${JSON.stringify(answers)}\n`, () => app.exit(0));
}

run().catch((error: unknown) => {
  console.error(error);
  app.exit(1);
});
