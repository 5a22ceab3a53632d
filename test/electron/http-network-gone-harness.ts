import { app } from 'electron';
import { createElectronHttp, setNetworkSwitches } from '../../main/electron/http.ts';
import { realClock } from '../../main/platform/real-clock.ts';
import type { HttpAnswer, HttpRequest } from '../../main/ports/http.ts';

type Input = Readonly<{ before: HttpRequest[]; underWay: HttpRequest[]; haveAllUrl: string; after: HttpRequest[][] }>;

/** Runs inside Electron: sends requests, ends Chromium's network process while others are under way, then sends more. */
async function run(): Promise<void> {
  const { before, underWay, haveAllUrl, after } = JSON.parse(process.env.HARNESS_INPUT ?? '{}') as Input;
  setNetworkSwitches();
  await app.whenReady();
  const http = createElectronHttp(realClock);
  const together = (round: HttpRequest[]): Promise<HttpAnswer[]> => Promise.all(round.map((request) => http.request(request)));
  const answers: HttpAnswer[][] = [await together(before)];
  const cutOff = together(underWay);
  await http.request({ method: 'GET', url: haveAllUrl, headers: {}, body: null, timeoutMs: 20_000, movesMoney: false });
  const network = app.getAppMetrics().find(({ serviceName }) => serviceName === 'network.mojom.NetworkService');
  if (!network) throw new Error('expected a network process');
  const gone = new Promise<void>((resolve) => app.on('child-process-gone', (_event, { serviceName }) => serviceName === network.serviceName && resolve()));
  process.kill(network.pid, 'SIGKILL');
  await gone;
  answers.push(await cutOff);
  for (const round of after) answers.push(await together(round));
  process.stdout.write(`HARNESS_OUTPUT ${JSON.stringify(answers)}\n`, () => app.exit(0));
}

run().catch((error: unknown) => {
  console.error(error);
  app.exit(1);
});
