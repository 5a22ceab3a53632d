import type { App } from './app.ts';

type Told = Readonly<{ title: string; body: string }>;
declare global {
  /** In Electron's main process: what the till would have had the desktop show, in order. */
  var toldToDesktop: Electron.Notification[];
  /** What it asked, in order. */
  var askedOfPerson: string[];
}

/** What the till asks of the desktop, seen from outside: no desktop has to be there that shows it, and none has anybody to press it. */
export async function watchNotifications(app: App) {
  await app.electron().evaluate(({ Notification }) => {
    globalThis.toldToDesktop = [];
    Notification.isSupported = () => true;
    Notification.prototype.show = function (this: Electron.Notification) {
      globalThis.toldToDesktop.push(this);
    };
  });
  return {
    told: (): Promise<Told[]> => app.electron().evaluate(() => globalThis.toldToDesktop.map(({ title, body }) => ({ title, body }))),
    /** When main is idle, as a person's press comes: what is evaluated may run in the middle of anything. */
    pressFirst: (): Promise<unknown> =>
      app.electron().evaluate(() => new Promise((pressed) => setImmediate(() => pressed(globalThis.toldToDesktop[0]?.emit('click'))))),
  };
}

/** Whoever is asked something before the window may go presses this. */
export async function answerQuestions(app: App, answer: string) {
  await app.electron().evaluate(({ dialog }, pressed) => {
    globalThis.askedOfPerson = [];
    dialog.showMessageBox = (async (...given: unknown[]) => {
      const { message, buttons = [] } = given.at(-1) as Electron.MessageBoxOptions;
      globalThis.askedOfPerson.push(message);
      return { response: buttons.indexOf(pressed), checkboxChecked: false };
    }) as typeof dialog.showMessageBox;
  }, answer);
  return {
    questions: () => app.electron().evaluate(() => globalThis.askedOfPerson),
    closeWindow: () => app.electron().evaluate(({ BrowserWindow }) => void setImmediate(() => BrowserWindow.getAllWindows()[0]?.close())),
  };
}

/**
 * Somebody works in another program, or looks at the till: from now on the test alone says so. The windows of all tests share one desktop
 * that hands the focus on whenever one of them opens or closes.
 */
export const setLooking = (app: App, isLooking: boolean): Promise<unknown> =>
  app.electron().evaluate(
    ({ app: program, BrowserWindow }, event) => {
      // The one that every emitter has: this test may have laid another over it before.
      const emit = Object.getPrototypeOf(program).emit.bind(program) as (name: string, ...args: unknown[]) => boolean;
      const ofFocus = ['browser-window-focus', 'browser-window-blur'];
      Object.assign(program, { emit: (name: string, ...args: unknown[]) => !ofFocus.includes(name) && emit(name, ...args) });
      // When main is idle, as a desktop says it.
      return new Promise((told) => setImmediate(() => told(emit(event, {}, BrowserWindow.getAllWindows()[0]))));
    },
    isLooking ? 'browser-window-focus' : 'browser-window-blur',
  );
