import type { Page } from '@playwright/test';

export class Settings {
  private readonly page: Page;
  constructor(page: Page) {
    this.page = page;
  }

  get shopName() {
    return this.page.getByLabel('Name', { exact: true });
  }
  get zone() {
    return this.page.getByRole('combobox', { name: 'Time zone' });
  }
  get dayStart() {
    return this.page.getByRole('button', { name: /The trading day starts at/ });
  }
  choose(text: string): Promise<void> {
    return this.page.getByText(text, { exact: true }).click();
  }
  async chooseZone(city: string): Promise<void> {
    await this.zone.fill(city);
    await this.page
      .getByRole('option', { name: new RegExp(city) })
      .first()
      .click();
  }
  async chooseDayStart(time: string): Promise<void> {
    await this.dayStart.click();
    await this.page.getByRole('option', { name: time }).click();
  }
}
