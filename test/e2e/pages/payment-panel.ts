import type { Page } from '@playwright/test';

/** Everything known about one payment. */
export class PaymentPanel {
  private readonly page: Page;
  constructor(page: Page) {
    this.page = page;
  }

  get dialog() {
    return this.page.getByRole('dialog');
  }
  button(name: string | RegExp) {
    return this.dialog.getByRole('button', { name });
  }
  /** Why a move is closed: the words beside its name. */
  get closed() {
    return this.dialog.locator('.moves-closed');
  }
}
