import { app } from 'electron';
import { createElectronHttp, setNetworkSwitches } from '../../main/electron/http.ts';
import { realClock } from '../../main/platform/real-clock.ts';
import type { HttpAnswer, HttpRequest } from '../../main/ports/http.ts';

/** Runs inside Electron: sends the rounds of requests it is given, those of a round together, and writes the answers. */
async function run(): Promise<void> {
  const rounds = JSON.parse(process.env.HARNESS_INPUT ?? '[]') as HttpRequest[][];
  setNetworkSwitches();
  await app.whenReady();
  const http = createElectronHttp(realClock);
  const answers: HttpAnswer[][] = [];
  for (const round of rounds) answers.push(await Promise.all(round.map((request) => http.request(request))));
  process.stdout.write(`HARNESS_OUTPUT ${JSON.stringify(answers)}\n`, () => app.exit(0));
}

run().catch((error: unknown) => {
  console.error(error);
  app.exit(1);
});
