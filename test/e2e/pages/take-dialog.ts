import type { Page } from '@playwright/test';

export class TakeDialog {
  private readonly page: Page;
  constructor(page: Page) {
    this.page = page;
  }

  get dialog() {
    return this.page.getByRole('dialog', { name: /^Take / });
  }
  get amount() {
    return this.dialog.getByLabel('Amount to take');
  }
  /** The button that promises the money. */
  get confirm() {
    return this.dialog.getByRole('button', { name: /^Take/ });
  }
  get sentence() {
    return this.dialog.getByRole('status').filter({ hasText: /Takes|Type|amount|more than|taken/ });
  }
  async part(): Promise<void> {
    await this.dialog.getByText('A part', { exact: true }).click();
  }
  async typePart(digits: string): Promise<void> {
    await this.part();
    await this.amount.pressSequentially(digits);
  }
  /** As Ctrl+V does: the whole text at once. */
  async pastePart(text: string): Promise<void> {
    await this.part();
    await this.amount.focus();
    await this.amount.evaluate((input, pasted) => {
      const event = new InputEvent('beforeinput', { inputType: 'insertFromPaste', data: pasted, bubbles: true, cancelable: true });
      input.dispatchEvent(event);
    }, text);
  }
}
