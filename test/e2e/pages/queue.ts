import type { Locator, Page } from '@playwright/test';

export class Queue {
  private readonly page: Page;
  constructor(page: Page) {
    this.page = page;
  }

  get list() {
    return this.page.getByRole('grid', { name: 'Queue' });
  }
  get screen() {
    return this.page.getByRole('main');
  }
  /** The way to the list of what only a person can let go out. */
  get compare() {
    return this.screen.getByRole('button', { name: 'Compare with Dojo' });
  }
  get sendRows() {
    return this.page.getByRole('grid', { name: 'Actions to compare with Dojo' }).getByRole('row');
  }
  get sendTogether() {
    return this.screen.getByRole('button', { name: /^Send \d+ unchanged$/ });
  }
  sendRow(reference: string): Locator {
    return this.sendRows.filter({ hasText: reference });
  }
  entry(reference: string): Locator {
    return this.list.getByRole('row').filter({ hasText: reference });
  }
  withdraw(reference: string): Promise<void> {
    return this.entry(reference)
      .getByRole('button', { name: /^Remove/ })
      .click();
  }
}
