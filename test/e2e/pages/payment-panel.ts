import type { Page } from '@playwright/test';
import { typeByHand } from './keyboard.ts';
import { look } from './look.ts';

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
  /** It says which way main picks. */
  get giveBackButton() {
    return this.button(/^(Release|Reverse|Refund)\b/);
  }
  /** Why a move is closed: the words beside its name. */
  get closed() {
    return this.dialog.locator('.moves-closed');
  }
  /** That it was changed at another till, and what changed. */
  get changedElsewhere() {
    return this.dialog.locator('.banner').filter({ hasText: 'Changed:' });
  }
  /** What happened to it, oldest first. */
  get timeline() {
    return this.dialog.locator('.timeline');
  }
  get emails() {
    return this.dialog.getByLabel('E-mail addresses');
  }
  get newAmount() {
    return this.dialog.getByRole('textbox', { name: 'New amount' });
  }
  get newTips() {
    return this.dialog.getByRole('textbox', { name: 'New tips' });
  }

  readAgain(): Promise<void> {
    return this.button('Read again').click();
  }
  /** Both presses. */
  async cancel(): Promise<void> {
    await this.button(/^Cancel the payment/).click();
    await this.button('Cancel the payment').click();
    await look(this.page);
    await this.button('Yes, cancel it').click();
  }
  /** Digits, as on a card machine: 2575 is 25.75. */
  async change(what: 'amount' | 'tips', digits: string): Promise<void> {
    await this.button(`Change the ${what}…`).click();
    const field = what === 'amount' ? this.newAmount : this.newTips;
    await field.press('Control+a');
    await typeByHand(field, digits);
    await look(this.page);
    await this.button(/^Change to /).click();
  }
  async sendReceipt(...emails: readonly string[]): Promise<void> {
    await this.button(/receipt/i).click();
    await this.emails.fill(emails.join(', '));
    await look(this.page);
    await this.button(/^Send/).click();
  }
  async leave(): Promise<void> {
    await this.page.keyboard.press('Escape');
  }
}
