import type { ActionView, Connection, Notice, Patch, PaymentView, SeenPayment, Snapshot } from '../preload/contract.ts';
import type { App } from '../test/e2e/app.ts';

/**
 * What no training brings about soon enough to be pictured: the page is shown it as if main had said so, and hears no more of main
 * until `unstage`. Nothing of it reaches main.
 */
export async function stage(app: App, change: (snapshot: Snapshot) => Omit<Patch, 'revision'>): Promise<void> {
  await app.electron().evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    if (contents) Object.assign(contents, { send: () => undefined });
  });
  const snapshot = await app.page().evaluate(() => window.till.getSnapshot());
  const patch = change(snapshot);
  // What main had just said may not have been sent: the page is at one of these revisions, and takes what follows it.
  const revisions = Array.from({ length: 50 }, (_, nth) => snapshot.revision - 48 + nth);
  await app.electron().evaluate(
    ({ BrowserWindow }, patches) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents;
      for (const each of patches) if (contents) Object.getPrototypeOf(contents).send.call(contents, 'till:patch', each);
    },
    revisions.map((revision) => ({ revision, ...patch })),
  );
}

export async function unstage(app: App): Promise<void> {
  await app.electron().evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    if (contents) Reflect.deleteProperty(contents, 'send');
  });
  await app.page().reload();
}

/** The next question to main on this channel is answered so. */
export async function answer(app: App, channel: 'connect', error: Readonly<{ code: string; message: string }> & Record<string, unknown>): Promise<void> {
  await app.electron().evaluate(
    ({ ipcMain }, [name, refusal]) => {
      ipcMain.removeHandler(`till:${name}`);
      ipcMain.handle(`till:${name}`, () => ({ ok: false, error: refusal }));
    },
    [channel, error] as const,
  );
}

const NO_NOTICES: readonly Notice[] = [];
const calm = (connection: Connection): Connection => ({ ...connection, line: 'live', notices: [...NO_NOTICES] });
/** As with a real key of Dojo's test side. */
export const inTest = (connection: Connection): Connection => ({ ...calm(connection), mode: 'test', training: null });

/** A hold that takes tips with its capture. */
export const withTips = (payment: PaymentView): PaymentView =>
  payment.moves.capture.open
    ? { ...payment, moves: { ...payment.moves, capture: { ...payment.moves.capture, tipsAllowed: true, tipsReason: null, maxTipsMinor: payment.leftMinor } } }
    : payment;

/** One trouble after the other across the top. */
export const BANDS: Readonly<Record<string, (connection: Connection) => Connection>> = {
  'band-offline': (connection) => ({ ...calm(connection), line: 'offline' }),
  'line-no-usable-answer': (connection) => ({
    ...calm(connection),
    line: 'connecting',
    unheardSinceMs: (connection.asOfMs ?? 0) - 25 * 60_000,
    queue: { ...connection.queue, waiting: 3 },
  }),
  'band-disk-full': (connection) => ({
    ...calm(connection),
    notices: [
      {
        code: 'disk',
        title: 'The disk of this PC is full.',
        message: 'Nothing is accepted and nothing is sent. Make room on the disk; what waits goes on by itself then.',
      },
    ],
  }),
  'band-clock': (connection) => ({ ...calm(connection), clockAheadMs: 26 * 3_600_000 + 720_000 }),
  'band-key': (connection) => ({ ...calm(connection), line: 'key-refused' }),
  'band-stopped': (connection) => ({ ...calm(connection), stoppedOperations: ['refund'] }),
  'band-other-account': (connection) => ({ ...calm(connection), otherAccountsWaiting: 3 }),
  'band-test-and-declined': (connection) => ({
    ...inTest(connection),
    notices: [
      {
        code: 'declined',
        title: '2 captures were declined.',
        message: 'The bank declined £72.50 of this run: nothing of it was captured. Ask the customers for another card.',
        show: 'end-of-day',
        untilSeen: true,
      },
    ],
  }),
};

const seen = (action: ActionView, more: Partial<SeenPayment> = {}) => ({
  version: 'staged',
  status: 'Authorized',
  heldMinor: action.amountMinor ?? 0,
  capturedMinor: 0,
  captureCount: 0,
  refundedMinor: 0,
  readAtMs: action.acceptedAtMs,
  ...more,
});
const NOTHING = { withdraw: false, retry: false, settle: false, release: false };

/** What a queued action may become, one look each. */
const FATES: readonly ((action: ActionView) => Partial<ActionView>)[] = [
  (action) => ({
    state: 'needsPerson',
    code: 'moved',
    message: 'Tillside’s record was copied or moved. The other copy may have sent this.',
    next: 'Compare it with Dojo, then send it or settle it.',
    can: { ...NOTHING, settle: true, release: true },
    look: { kind: 'read', readAtMs: action.acceptedAtMs },
    sinceDecision: { decided: seen(action), now: seen(action), unchanged: true },
    sides: { dojo: 'Dojo shows nothing captured.', till: 'This till has no record of sending its capture.' },
  }),
  (action) => ({
    state: 'needsPerson',
    code: 'moved',
    message: 'Tillside’s record was copied or moved. The other copy may have sent this.',
    next: 'Compare it with Dojo, then send it or settle it.',
    can: { ...NOTHING, settle: true, release: true },
    look: { kind: 'read', readAtMs: action.acceptedAtMs },
    sinceDecision: { decided: seen(action), now: seen(action, { capturedMinor: 1_000, captureCount: 1 }), unchanged: false },
    evidence: { before: 'Authorized, nothing captured', beforeAtMs: action.acceptedAtMs, now: 'Authorized, 10.00 captured' },
    sides: { dojo: 'Dojo shows £10.00 captured, nothing before.', till: 'This till has no record of sending its capture.' },
  }),
  () => ({ tooLate: true, state: 'waiting', can: { ...NOTHING, withdraw: true }, next: 'Remove it, then look at what the payment allows now.' }),
  () => ({ state: 'checking', sends: 2, message: 'The answer was lost on the way.', can: { ...NOTHING, retry: true, release: true } }),
  () => ({ state: 'sending', sends: 1, can: NOTHING }),
  () => ({ otherAccount: true, can: { ...NOTHING, withdraw: true } }),
  () => ({
    state: 'refused',
    message: 'Dojo refused it: the hold had ended. Nothing moved.',
    next: 'Ask the customer to pay again.',
    raw: 'HTTP 409 {"title":"Conflict","detail":"The payment intent cannot be captured in its current state"}',
    traceId: '00-7f3a7c1d2b9e4c55a1d2-01',
    can: NOTHING,
  }),
  () => ({
    state: 'expired',
    message: 'The capture was not sent in time and will not be sent. Nothing moved.',
    next: 'Ask for a new payment if the customer still has to pay.',
    can: NOTHING,
  }),
  () => ({ state: 'withdrawn', message: 'Removed before it was sent. Nothing moved.', can: NOTHING }),
  () => ({ state: 'done', captureStatus: 'Declined', message: 'The bank declined it.', next: 'Ask for another card.', can: NOTHING }),
];

/** The queued actions of the page, each with another fate; those beyond stay queued. */
export const fates = (actions: readonly ActionView[]): ActionView[] =>
  actions.filter(({ state }) => state === 'waiting').map((action, nth) => ({ ...action, ...FATES[nth]?.(action) }));
