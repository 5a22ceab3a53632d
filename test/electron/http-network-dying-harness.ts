import { app } from 'electron';
import { createElectronHttp, setNetworkSwitches } from '../../main/electron/http.ts';
import { realClock } from '../../main/platform/real-clock.ts';
import type { HttpRequest } from '../../main/ports/http.ts';

type Input = Readonly<{ before: HttpRequest; atDeath: HttpRequest; after: HttpRequest }>;

/** Runs inside Electron: Chromium's network process dies as a request is about to go out, before main has heard of it. */
async function run(): Promise<void> {
  const { before, atDeath, after } = JSON.parse(process.env.HARNESS_INPUT ?? '{}') as Input;
  setNetworkSwitches();
  await app.whenReady();
  const http = createElectronHttp(realClock);
  const answers = [await http.request(before)];
  const network = app.getAppMetrics().find(({ serviceName }) => serviceName === 'network.mojom.NetworkService');
  if (!network) throw new Error('expected a network process');
  process.kill(network.pid, 'SIGKILL');
  answers.push(await http.request(atDeath));
  answers.push(await http.request(after));
  process.stdout.write(`HARNESS_OUTPUT ${JSON.stringify(answers)}\n`, () => app.exit(0));
}

run().catch((error: unknown) => {
  console.error(error);
  app.exit(1);
});
