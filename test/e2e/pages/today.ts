import { expect, type Locator, type Page } from '@playwright/test';

export class Today {
  private readonly page: Page;
  constructor(page: Page) {
    this.page = page;
  }

  get list() {
    return this.page.getByRole('grid', { name: 'Payments' });
  }
  get rows() {
    return this.list.getByRole('row');
  }
  get search() {
    return this.page.getByRole('searchbox', { name: /^Search/ });
  }

  row(reference: string): Locator {
    return this.list.getByRole('row').filter({ hasText: reference });
  }
  /** One of the day's sums, by its heading. */
  figure(label: 'On hold' | 'Captured and sold' | 'Refunded and reversed' | 'Net' | 'Needs attention'): Locator {
    return this.page.locator('.figure').filter({ hasText: new RegExp(`^${label}`) });
  }
  take(reference: string): Promise<void> {
    return this.page.getByRole('button', { name: `Capture ${reference}`, exact: true }).click();
  }
  /** Its button says which way: Release, Reverse or Refund. */
  giveBackButton(reference: string): Locator {
    return this.row(reference).getByRole('button', { name: /^(Release|Reverse|Refund) / });
  }
  giveBack(reference: string): Promise<void> {
    return this.giveBackButton(reference).click();
  }
  moneyButtons(reference: string): Locator {
    return this.row(reference).getByRole('button');
  }
  open(reference: string): Promise<void> {
    return this.row(reference).getByText(reference, { exact: true }).click();
  }
  /** yyyy-mm-dd, into the calendar's field. */
  chooseDay(date: string): Promise<void> {
    return this.page.getByLabel('Day shown').fill(date);
  }
  async shows(reference: string, words: string | RegExp): Promise<void> {
    await expect(this.row(reference)).toContainText(words);
  }
}
