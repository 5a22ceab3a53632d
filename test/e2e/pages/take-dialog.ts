import { expect, type Page } from '@playwright/test';
import { typeByHand } from './keyboard.ts';
import { look } from './look.ts';

export class TakeDialog {
  private readonly page: Page;
  constructor(page: Page) {
    this.page = page;
  }

  get dialog() {
    return this.page.getByRole('dialog', { name: /^Capture / });
  }
  get amount() {
    return this.dialog.getByLabel('Amount to capture');
  }
  /** The button that promises the money. */
  get confirm() {
    return this.dialog.getByRole('button', { name: /^Capture/ });
  }
  async choosePart(): Promise<void> {
    await this.dialog.getByText('A part', { exact: true }).click();
  }
  async type(digits: string): Promise<void> {
    await this.amount.press('Control+a');
    await typeByHand(this.amount, digits);
  }
  /** What the page hears when a person pastes. A real clipboard is shared by every window of the desktop. */
  async paste(text: string): Promise<void> {
    await this.amount.focus();
    await this.amount.evaluate((input, pasted) => {
      input.dispatchEvent(new InputEvent('beforeinput', { inputType: 'insertFromPaste', data: pasted, bubbles: true, cancelable: true }));
    }, text);
  }
  async promise(): Promise<void> {
    await expect(this.confirm).toBeEnabled();
    await look(this.page);
    await this.confirm.click();
    await expect(this.dialog).toBeHidden();
  }
  async leave(): Promise<void> {
    await this.page.keyboard.press('Escape');
    await expect(this.dialog).toBeHidden();
  }
}
