import type { Page } from '@playwright/test';

export class Settings {
  private readonly page: Page;
  constructor(page: Page) {
    this.page = page;
  }

  get screen() {
    return this.page.getByRole('main');
  }
}
