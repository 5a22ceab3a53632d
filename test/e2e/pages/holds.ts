import { expect, type Locator, type Page } from '@playwright/test';

export class Holds {
  private readonly page: Page;
  constructor(page: Page) {
    this.page = page;
  }

  get heading() {
    return this.page.getByRole('heading', { name: 'On hold', exact: true });
  }
  get list() {
    return this.page.getByRole('grid', { name: 'Holds' });
  }
  get rows() {
    return this.list.getByRole('row');
  }
  get search() {
    return this.page.getByRole('searchbox', { name: /^Search/ });
  }
  /** “2 holds chosen, £62.00 to take”. */
  get sum() {
    return this.page.getByRole('main').getByRole('status').filter({ hasText: 'chosen' });
  }
  get review() {
    return this.page.getByRole('button', { name: /^Review/ });
  }
  get chooseSoon() {
    return this.page.getByRole('button', { name: /^Choose the .* within 48 h$/ });
  }
  /** The way here, with how many end soon. */
  get way() {
    return this.page.getByRole('navigation', { name: 'Screens' }).getByRole('button', { name: /^On hold/ });
  }
  /** What is said across the top of every other screen. */
  get notice() {
    return this.page.locator('.banner').filter({ hasText: 'Holds end soon.' });
  }
  row(reference: string): Locator {
    return this.rows.filter({ hasText: reference });
  }
  box(reference: string): Locator {
    return this.list.getByRole('checkbox', { name: `Choose ${reference}` });
  }
  async choose(reference: string): Promise<void> {
    // What is pressed is the box that is drawn; the checkbox itself is hidden under it.
    await this.row(reference).locator('.checkbox').click();
    await expect(this.box(reference)).toBeChecked();
  }
  figure(label: string): Locator {
    return this.page.locator('.figure').filter({ hasText: new RegExp(`^${label}`) });
  }
  take(reference: string): Promise<void> {
    return this.list.getByRole('button', { name: `Capture ${reference}`, exact: true }).click();
  }
  release(reference: string): Promise<void> {
    return this.list.getByRole('button', { name: `Release ${reference}`, exact: true }).click();
  }
  async references(): Promise<string[]> {
    return this.list.locator('.row-reference').allInnerTexts();
  }
}
