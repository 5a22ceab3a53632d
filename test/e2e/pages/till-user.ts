import { expect, type Page } from '@playwright/test';
import type { ActionRequest, ActionView, PaymentView, Snapshot, Till } from '../../../preload/contract.ts';
import type { App } from '../app.ts';
import type { HostOption } from '../fixtures.ts';
import { drawn } from './drawn.ts';
import { EndOfDay } from './end-of-day.ts';
import { FirstStart } from './first-start.ts';
import { GiveBackDialog } from './give-back-dialog.ts';
import { Holds } from './holds.ts';
import { PaymentPanel } from './payment-panel.ts';
import { Queue } from './queue.ts';
import { Settings } from './settings.ts';
import { Shell } from './shell.ts';
import { TakeDialog } from './take-dialog.ts';
import { Today } from './today.ts';

declare global {
  interface Window {
    /** As the page declares it: what every host puts there. */
    readonly till: Till;
  }
}

/** `{ kind: 'reverse', paymentId }` and so on, without what the page adds. */
export type Wanted = ActionRequest extends infer R ? (R extends ActionRequest ? Omit<R, 'requestId'> & { requestId?: string } : never) : never;

/** The screens of the running till, and the contract as the page sees it. Everything looks at the page there is now: a restart makes another. */
export class TillUser {
  readonly app: App;
  readonly host: HostOption['host'];

  constructor(app: App, host: HostOption['host']) {
    this.app = app;
    this.host = host;
  }

  get page(): Page {
    return this.app.page();
  }
  get firstStart(): FirstStart {
    return new FirstStart(this.page);
  }
  get shell(): Shell {
    return new Shell(this.page);
  }
  get today(): Today {
    return new Today(this.page);
  }
  get take(): TakeDialog {
    return new TakeDialog(this.page);
  }
  get giveBack(): GiveBackDialog {
    return new GiveBackDialog(this.page);
  }
  get payment(): PaymentPanel {
    return new PaymentPanel(this.page);
  }
  get queue(): Queue {
    return new Queue(this.page);
  }
  get endOfDay(): EndOfDay {
    return new EndOfDay(this.page);
  }
  get holds(): Holds {
    return new Holds(this.page);
  }
  get settings(): Settings {
    return new Settings(this.page);
  }

  /**
   * A till that is connected, with the day read. Where this host keeps no keys, the test key is used for this run only. It goes round the form:
   * that is tested where the key is the subject (`connectByForm`), and elsewhere would only take time.
   */
  async connect(apiKey: string): Promise<void> {
    const { canKeepKey } = (await this.snapshot()).connection;
    expect(await this.call('connect', { apiKey, ...(canKeepKey ? {} : { thisRunOnly: true }) })).toMatchObject({ ok: true });
    await this.shell.isLive();
  }

  /** As a person connects it. */
  async connectByForm(apiKey: string): Promise<void> {
    await this.giveKey(apiKey);
    await this.shell.isLive();
  }

  /** As a person does in the form that asks for it, whatever comes of it. */
  async giveKey(apiKey: string): Promise<void> {
    await this.firstStart.paste(apiKey);
    await this.firstStart.connect();
    if (!(await this.snapshot()).connection.canKeepKey) await this.firstStart.keepForThisRunOnly();
  }

  /** Closes and opens the till. A host that keeps no keys has to be given it again. */
  async restart(apiKey: string | null): Promise<void> {
    await this.app.quit();
    await this.startAgain(apiKey);
  }

  async startAgain(apiKey: string | null): Promise<void> {
    await this.app.start();
    if (apiKey !== null && this.host === 'browser-host') await this.connect(apiKey);
  }

  /** Brings what came at Dojo meanwhile onto the page: with no hand on the list, which would keep it back. */
  async freshen(): Promise<void> {
    await this.page.mouse.move(2, 2);
    // Whoever asks while the day is being read gets the answer of that reading, which may have begun too early. The second one has not.
    await this.call('refresh');
    await this.call('refresh');
  }

  snapshot(): Promise<Snapshot> {
    return this.page.evaluate(() => window.till.getSnapshot());
  }

  async paymentNow(paymentId: string): Promise<PaymentView> {
    const found = (await this.snapshot()).payments.find(({ id }) => id === paymentId);
    if (!found) throw new Error(`expected the till to show ${paymentId}`);
    return found;
  }

  async actionsOn(paymentId: string): Promise<ActionView[]> {
    return (await this.snapshot()).actions.filter((action) => action.paymentId === paymentId);
  }

  async actionStates(): Promise<string[]> {
    return (await this.snapshot()).actions.map(({ state }) => state);
  }

  /** Calls the contract as a page could: any channel, any input. */
  call(channel: keyof Till, ...inputs: unknown[]): Promise<{ ok: boolean; value?: unknown; error?: { code: string; message: string; field?: string } }> {
    return this.page.evaluate(
      ([name, given]) =>
        (window.till as unknown as Record<string, (...args: unknown[]) => Promise<never>>)[name]?.(...given) ?? Promise.reject(new Error(`no ${name}`)),
      [channel, inputs] as const,
    );
  }

  /** As chosen in the settings, once it is drawn. */
  async setDensity(density: Snapshot['settings']['density']): Promise<void> {
    await this.call('saveSettings', { density });
    await expect(this.page.locator('html')).toHaveAttribute('data-density', density);
    await drawn(this.page);
  }

  submit(...wanted: readonly Wanted[]) {
    return this.call('submit', { requests: wanted.map((request, index) => ({ requestId: `e2e-${Date.now()}-${index}-${Math.random()}`, ...request })) });
  }
}

export const openTill = (app: App, host: HostOption['host']): TillUser => new TillUser(app, host);
