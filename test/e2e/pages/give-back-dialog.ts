import { expect, type Page } from '@playwright/test';
import { typeByHand } from './keyboard.ts';
import { comeAnew, look } from './look.ts';

/** The one dialog that gives money back, in the way that main picks. */
export class GiveBackDialog {
  private readonly page: Page;
  constructor(page: Page) {
    this.page = page;
  }

  get dialog() {
    return this.page.getByRole('dialog', { name: /^(Release|Reverse|Refund)/ });
  }
  /** What is being done: “Reverse today’s payment”. */
  get way() {
    return this.dialog.locator('.give-back-title');
  }
  /** Why it is not done in another way. */
  get closed() {
    return this.dialog.locator('.give-back-closed');
  }
  /** What changed while it was open. */
  get change() {
    return this.dialog.getByRole('alert');
  }
  get ask() {
    return this.dialog.getByRole('button', { name: /^(Reverse|Release|Refund)( £|$)/ });
  }
  get confirm() {
    return this.dialog.getByRole('button', { name: /^Yes, / });
  }
  get keep() {
    return this.dialog.getByRole('button', { name: 'No, keep it' });
  }
  get amount() {
    return this.dialog.getByLabel('Amount to refund');
  }
  get onceMore() {
    return this.dialog.getByLabel('The amount once more');
  }
  get reason() {
    return this.dialog.getByLabel('Reason (optional)');
  }
  get notes() {
    return this.dialog.getByLabel('Notes (optional)');
  }

  /** A part, where the whole could be undone. */
  async onlyAPart(): Promise<void> {
    await this.dialog.getByRole('button', { name: 'Refund only a part' }).click();
  }
  /** A part of what can be refunded. */
  async choosePart(): Promise<void> {
    await this.dialog.getByText('A part', { exact: true }).click();
  }
  async type(digits: string, field = this.amount): Promise<void> {
    await field.press('Control+a');
    await typeByHand(field, digits);
  }
  /** One of the shop's own reasons. */
  async chooseReason(reason: string): Promise<void> {
    await this.dialog.getByRole('group', { name: 'The shop’s reasons' }).getByRole('button', { name: reason, exact: true }).click();
  }
  /** Both presses. */
  async promise(): Promise<void> {
    await look(this.page);
    await this.ask.click();
    await comeAnew(this.page);
    await this.confirm.click();
    await expect(this.dialog).toBeHidden();
  }
}
