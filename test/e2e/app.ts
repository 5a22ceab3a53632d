import { type ElectronApplication, expect, type Page } from '@playwright/test';

/** The till under test, whichever host it runs on. */
export type App = Readonly<{
  /** The page of the running till. After a restart it is another one. */
  page(): Page;
  start(): Promise<void>;
  /** As a person closes it. */
  quit(): Promise<void>;
  /** As a power cut: at once, with nothing said. */
  kill(): Promise<void>;
  /** What it wrote to its terminal, over all its runs. */
  output(): string;
  /** Its command line, as other programs on the PC can see it. */
  commandLine(): string;
  /** Electron's main process; on the browser host there is none and asking for it throws. */
  electron(): ElectronApplication;
  close(): Promise<void>;
}>;

export type AppOptions = Readonly<{
  profile: string;
  dojoUrl: string;
  /** `plain`: Linux without a key store, where Electron would keep secrets unprotected. Electron only. */
  keyStore?: 'system' | 'plain';
  /** Where the built app lies, if not in the checkout itself. Electron only. */
  appFolder?: string;
  /** Laid over the environment. */
  env?: Readonly<Record<string, string>>;
}>;

export const env = ({ dojoUrl, env: more }: AppOptions): Record<string, string> => ({
  ...Object.fromEntries(Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]))),
  TILLSIDE_DOJO_URL: dojoUrl,
  ...more,
});

/** The page shows the till, or why there is none. */
export const ready = (page: Page): Promise<void> => expect(page.getByText('Opening the till…')).toHaveCount(0, { timeout: 20_000 });
