import { expect, type Page } from '@playwright/test';

/** So long the till may leave a connection that was down alone before it tries it again. */
const OFFLINE_MOST_MS = 15_000;

/** What stands around every screen: the bands, the line, the ways between the screens, what is announced. */
export class Shell {
  private readonly page: Page;
  constructor(page: Page) {
    this.page = page;
  }

  get line() {
    return this.page.getByRole('status', { name: /^Connection to Dojo/ });
  }
  get bands() {
    return this.page.locator('.bands');
  }
  get mendKey() {
    return this.page.getByRole('button', { name: 'Mend the key' });
  }

  /** The notice of what the bank declined, which stays until it is seen. */
  get declined() {
    return this.page.getByRole('alert').filter({ hasText: /declined|failed/ });
  }
  async isLive(): Promise<void> {
    await expect(this.line).toContainText(/^(Live ·|Queue paused,) as of/, { timeout: OFFLINE_MOST_MS + 10_000 });
  }
  async isOffline(): Promise<void> {
    await expect(this.line).toContainText('Offline, as of');
  }
  refresh(): Promise<void> {
    return this.page.getByRole('button', { name: 'Refresh' }).click();
  }
  goTo(screen: 'Today' | 'On hold' | 'End of day' | 'Queue' | 'Settings'): Promise<void> {
    return this.page
      .getByRole('navigation', { name: 'Screens' })
      .getByRole('button', { name: new RegExp(`^${screen}`) })
      .click();
  }
}
