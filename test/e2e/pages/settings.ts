import { expect, type Page } from '@playwright/test';
import { typeByHand } from './keyboard.ts';
import { look } from './look.ts';
import { chooseZone, zoneField } from './zone-field.ts';

export class Settings {
  private readonly page: Page;
  constructor(page: Page) {
    this.page = page;
  }

  get shopName() {
    return this.page.getByLabel('Name', { exact: true });
  }
  get zone() {
    return zoneField(this.page);
  }
  get dayStart() {
    return this.page.getByRole('button', { name: /The trading day starts at/ });
  }
  /** The shop's own list, in its order. */
  reasons(): Promise<string[]> {
    return this.page.getByRole('list', { name: 'Reasons for a refund' }).getByRole('listitem').locator('.setting-reason-text').allInnerTexts();
  }
  get newReason() {
    return this.page.getByLabel('Another reason');
  }
  get offlineRefunds() {
    return this.page.getByRole('switch', { name: 'Allow refunds while there is no connection' });
  }
  get offlineRefundMax() {
    return this.page.getByLabel('The most of a refund while there is no connection');
  }
  get holdWarnings() {
    return this.page.getByRole('switch', { name: 'Warn of holds about to end' });
  }
  async chooseClosing(time: string): Promise<void> {
    await this.page.getByRole('button', { name: /The shop closes at/ }).click();
    await this.page.getByRole('option', { name: time }).click();
  }
  choose(text: string): Promise<void> {
    return this.page.getByText(text, { exact: true }).click();
  }
  chooseZone(city: string): Promise<void> {
    return chooseZone(this.page, city);
  }
  async chooseVersion(version: string): Promise<void> {
    await this.page.getByRole('button', { name: /Dojo’s API version/ }).click();
    await this.page.getByRole('option', { name: version }).click();
  }
  async chooseDayStart(time: string): Promise<void> {
    await this.dayStart.click();
    await this.page.getByRole('option', { name: time }).click();
  }
  /** Up to so many pence, as they are typed. */
  async allowOfflineRefunds(typed: string): Promise<void> {
    await this.page.getByText('Allow refunds while there is no connection').click();
    await expect(this.offlineRefundMax).toBeEnabled();
    await this.offlineRefundMax.press('Control+a');
    await typeByHand(this.offlineRefundMax, typed);
    // Four digits and a key in one burst would be a barcode.
    await look(this.page);
    await this.offlineRefundMax.press('Tab');
  }
}
