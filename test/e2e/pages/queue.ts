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
  entry(reference: string): Locator {
    return this.list.getByRole('row').filter({ hasText: reference });
  }
  withdraw(reference: string): Promise<void> {
    return this.entry(reference)
      .getByRole('button', { name: /^Remove/ })
      .click();
  }
}
