import type { Page } from '@playwright/test';

export class EndOfDay {
  private readonly page: Page;
  constructor(page: Page) {
    this.page = page;
  }

  get screen() {
    return this.page.getByRole('main');
  }
  get holds() {
    return this.page.getByRole('grid', { name: 'Holds to take' });
  }
  review(): Promise<void> {
    return this.screen.getByRole('button', { name: /^Review/ }).click();
  }
}
