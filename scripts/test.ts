import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { ensureBrowser } from './find-browser.ts';
import { ensureElectron, type ToolFound } from './find-electron.ts';
import { ensureFaketime } from './find-faketime.ts';
import { findDesktop } from './linux-desktop.ts';

/**
 * `npm test`: every check there is, one after the other, with one sum at the end. A leg that fails does not stop the next.
 * Named legs only: `node scripts/test.ts lint types unit`; `e2e` is `electron` and `browser`, after a build.
 */
const LEGS = ['lint', 'types', 'unit', 'electron', 'browser'] as const;
type LegName = (typeof LEGS)[number];

type Counts = Readonly<{ passed: number; failed: number; skipped: number }>;
type Leg = Readonly<{ name: string; seconds: number; counts: Counts; failures: readonly string[] }>;
type Ran = Readonly<{ ok: boolean; seconds: number }>;

const root = join(import.meta.dirname, '..');
const reports = mkdtempSync(join(tmpdir(), 'tillside-test-'));
const legs: Leg[] = [];
const notRun: string[] = [];
const leftOut: string[] = [];

/** The script behind a package's command, so that it runs on this very Node on every system. */
function binOf(packageName: string, command: string): string {
  const manifestPath = createRequire(import.meta.url).resolve(`${packageName}/package.json`);
  const { bin } = JSON.parse(readFileSync(manifestPath, 'utf8')) as { bin: string | Record<string, string> };
  const path = typeof bin === 'string' ? bin : bin[command];
  if (path === undefined) throw new Error(`expected ${packageName} to have the command ${command}`);
  return join(dirname(manifestPath), path);
}

async function run(command: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ran> {
  const startedAtMs = performance.now();
  const [program = '', ...args] = command;
  const child = spawn(program, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } });
  const code = await new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve));
  return { ok: code === 0, seconds: (performance.now() - startedAtMs) / 1000 };
}

const onNode = (packageName: string, command: string, ...args: string[]): string[] => [process.execPath, binOf(packageName, command), ...args];
const heading = (name: string): void => console.log(`\n── ${name} ${'─'.repeat(Math.max(2, 72 - name.length))}`);

/** Whether all of it passed. */
function record(name: string, ran: Ran, { counts, failures }: Told): boolean {
  // A tool that failed without one failed test (it could not start, or not end) is a failure all the same.
  const failed = ran.ok ? counts.failed : Math.max(1, counts.failed);
  legs.push({ name, seconds: ran.seconds, counts: { ...counts, failed }, failures });
  return failed === 0;
}

async function check(name: string, command: readonly string[]): Promise<boolean> {
  heading(name);
  const ran = await run(command);
  record(name, ran, { counts: { passed: ran.ok ? 1 : 0, failed: ran.ok ? 0 : 1, skipped: 0 }, failures: [] });
  return ran.ok;
}

async function unit(): Promise<void> {
  const name = 'unit and simulation';
  heading(name);
  const report = join(reports, 'vitest.json');
  const ran = await run(onNode('vitest', 'vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`));
  record(name, ran, told<VitestReport>(report, toldByVitest));
}

/** What a report tells: how many tests, and of each that failed its name and why. */
type Told = Readonly<{ counts: Counts; failures: readonly string[] }>;

function told<Report>(report: string, read: (json: Report) => Told): Told {
  if (!existsSync(report)) return { counts: { passed: 0, failed: 1, skipped: 0 }, failures: ['it left no report'] };
  return read(JSON.parse(readFileSync(report, 'utf8')));
}

type VitestReport = {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  testResults: { name: string; message?: string; status: string; assertionResults: { fullName: string; status: string; failureMessages?: string[] }[] }[];
};
function toldByVitest({ numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults }: VitestReport): Told {
  const failures = testResults.flatMap(({ name, message, status, assertionResults }) => {
    const failed = assertionResults.filter((one) => one.status === 'failed');
    if (status === 'failed' && failed.length === 0) return [inShort(name, message)];
    return failed.map(({ fullName, failureMessages }) => inShort(`${name} ${fullName}`, failureMessages?.[0]));
  });
  return { counts: { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests + numTodoTests }, failures };
}

type PlaywrightError = { message?: string };
type PlaywrightSuite = {
  suites?: PlaywrightSuite[];
  specs: { file: string; line: number; title: string; tests: { status: string; results: { error?: PlaywrightError }[] }[] }[];
};
type PlaywrightReport = {
  stats: { expected: number; unexpected: number; flaky: number; skipped: number };
  errors: PlaywrightError[];
  suites: PlaywrightSuite[];
};
function toldByPlaywright({ stats, errors, suites }: PlaywrightReport): Told {
  const specsIn = (suite: PlaywrightSuite): PlaywrightSuite['specs'] => [...suite.specs, ...(suite.suites ?? []).flatMap(specsIn)];
  // A test that passed only when it was tried again is a failure: money code has no flaky tests.
  const isFailed = ({ status }: { status: string }) => status === 'unexpected' || status === 'flaky';
  const failures = suites
    .flatMap(specsIn)
    .flatMap(({ file, line, title, tests }) =>
      tests.filter(isFailed).map(({ results }) => inShort(`${file}:${line} ${title}`, results.find(({ error }) => error)?.error?.message)),
    );
  return {
    counts: { passed: stats.expected, failed: stats.unexpected + stats.flaky + errors.length, skipped: stats.skipped },
    failures: [...failures, ...errors.map(({ message }) => inShort('outside the tests', message))],
  };
}

const REASON_LINES = 8;
const LINE_MOST = 300;
/** The beginning of why, so that the end of a long output says enough. */
function inShort(name: string, message = ''): string {
  const lines = stripVTControlCharacters(message)
    .split('\n')
    .filter((line) => line.trim() !== '');
  return [name, ...lines.slice(0, REASON_LINES).map((line) => `    ${line.slice(0, LINE_MOST)}`)].join('\n');
}

async function endToEnd(
  name: string,
  project: string,
  env: Readonly<Record<string, string>>,
  wrap: (command: readonly string[]) => readonly string[],
): Promise<boolean> {
  heading(name);
  const report = join(reports, `${project}.json`);
  const command = onNode('@playwright/test', 'playwright', 'test', `--project=${project}`, '--reporter=list,json');
  const ran = await run(wrap(command), { ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: report });
  return record(name, ran, told<PlaywrightReport>(report, toldByPlaywright));
}

function wantedLegs(args: readonly string[]): ReadonlySet<LegName> {
  const names = args.flatMap((arg) => (arg === 'e2e' ? ['electron', 'browser'] : [arg]));
  const wanted = LEGS.filter((leg) => names.length === 0 || names.includes(leg));
  const unknown = names.find((name) => !(LEGS as readonly string[]).includes(name));
  if (unknown !== undefined) throw new Error(`expected one of ${LEGS.join(', ')} or e2e, got ${unknown}`);
  return new Set(wanted);
}

const ON_ELECTRON = 'end-to-end on Electron';
const ON_BROWSER_HOST = 'end-to-end on the browser host';

function missed(what: string): false {
  notRun.push(what);
  return false;
}

/** Whether it ran and everything passed: then the browser host has only its own part left to show. */
async function electronLeg(electron: ToolFound, faketime: ToolFound): Promise<boolean> {
  if (electron.path === null) return missed(`${ON_ELECTRON}: no Electron binary (${electron.tried})`);
  const desktop = findDesktop();
  try {
    if (desktop.wrap === null) return missed(`${ON_ELECTRON}: ${desktop.missing}`);
    if (!desktop.keepsKeys) notRun.push(`a part of ${ON_ELECTRON}: ${desktop.missing}`);
    if (faketime.path === null) notRun.push(`a part of ${ON_ELECTRON}: wrong clocks of the PC in the crash rounds (${faketime.tried})`);
    return await endToEnd(ON_ELECTRON, 'electron', { ...desktop.env, TILLSIDE_E2E_KEY_STORE: desktop.keepsKeys ? 'yes' : 'no' }, desktop.wrap);
  } finally {
    desktop.close();
  }
}

async function browserLeg(isShown: boolean): Promise<void> {
  const browser = ensureBrowser();
  if (browser.path === null) return void missed(`${ON_BROWSER_HOST}: no browser (${browser.tried})`);
  const env = { TILLSIDE_BROWSER: browser.path, TILLSIDE_E2E_SHOWN: isShown ? 'yes' : 'no' };
  await endToEnd(ON_BROWSER_HOST, 'browser-host', env, (command) => command);
  if (isShown) leftOut.push(`${ON_BROWSER_HOST}: what the host cannot change, as it has passed on Electron. \`npm run test:browser\` runs all`);
}

const wanted = wantedLegs(process.argv.slice(2));
try {
  // First of all: some unit tests run in Electron as well, or tell a program another time.
  const needsTools = wanted.has('unit') || wanted.has('electron');
  const notAskedFor: ToolFound = { path: null, tried: 'it was not asked for' };
  const electron = needsTools ? ensureElectron() : notAskedFor;
  const faketime = needsTools ? ensureFaketime() : notAskedFor;
  if (wanted.has('lint')) await check('format and lint', onNode('@biomejs/biome', 'biome', 'ci', '.'));
  if (wanted.has('types')) await check('types', onNode('typescript', 'tsc', '-p', '.'));
  if (wanted.has('unit')) {
    if (faketime.path === null) notRun.push(`a part of the unit tests: another time for one program (${faketime.tried})`);
    await unit();
  }
  if (wanted.has('electron') || wanted.has('browser')) {
    const built = await check('build', onNode('electron-vite', 'electron-vite', 'build'));
    if (!built) notRun.push('end-to-end: the build failed');
    const isShown = built && wanted.has('electron') && (await electronLeg(electron, faketime));
    if (built && wanted.has('browser')) await browserLeg(isShown);
  }
} finally {
  rmSync(reports, { recursive: true, force: true });
}

heading('what was tested');
for (const { name, seconds, counts } of legs)
  console.log(
    `${name.padEnd(34)} ${seconds.toFixed(1).padStart(6)} s   ${counts.passed} passed, ${counts.failed} failed${counts.skipped > 0 ? `, ${counts.skipped} skipped` : ''}`,
  );
for (const { name, failures } of legs) for (const failure of failures) console.log(`FAILED: ${name}: ${failure}`);
for (const what of leftOut) console.log(`left out of ${what}.`);
for (const what of notRun) console.log(`NOT RUN: ${what}`);
const sum = (of: keyof Counts): number => legs.reduce((total, leg) => total + leg.counts[of], 0);
console.log(`${sum('passed')} passed, ${sum('failed')} failed${sum('skipped') > 0 ? `, ${sum('skipped')} skipped` : ''}`);
process.exitCode = sum('failed') > 0 ? 1 : 0;
