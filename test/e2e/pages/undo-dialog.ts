import { expect, type Page } from '@playwright/test';
import { look } from './look.ts';

export class UndoDialog {
  private readonly page: Page;
  constructor(page: Page) {
    this.page = page;
  }

  get dialog() {
    return this.page.getByRole('dialog', { name: /^(Undo|Release)/ });
  }
  get ask() {
    return this.dialog.getByRole('button', { name: /^(Undo|Release) £/ });
  }
  get confirm() {
    return this.dialog.getByRole('button', { name: /^Yes, / });
  }
  get keep() {
    return this.dialog.getByRole('button', { name: 'No, keep it' });
  }
  /** Both presses. */
  async promise(): Promise<void> {
    await look(this.page);
    await this.ask.click();
    await this.confirm.click();
    await expect(this.dialog).toBeHidden();
  }
}
