import type { Locator, Page } from '@playwright/test';

export class Queue {
  private readonly page: Page;
  constructor(page: Page) {
    this.page = page;
  }

  get screen() {
    return this.page.getByRole('main');
  }
  entry(reference: string): Locator {
    return this.screen.getByRole('listitem').filter({ hasText: reference });
  }
}
