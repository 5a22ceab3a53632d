import { expect, type Page } from '@playwright/test';
import { comeAnew, look } from './look.ts';
import { chooseZone, zoneField } from './zone-field.ts';

export class FirstStart {
  private readonly page: Page;
  constructor(page: Page) {
    this.page = page;
  }

  get keyField() {
    return this.page.getByLabel('API key');
  }
  get shopName() {
    return this.page.getByLabel('Shop’s name');
  }
  get zone() {
    return zoneField(this.page);
  }
  chooseZone(city: string): Promise<void> {
    return chooseZone(this.page, city);
  }
  get training() {
    return this.page.getByRole('button', { name: 'Try it in training mode' });
  }
  get thisRunOnly() {
    return this.page.getByRole('button', { name: 'Use it for this run only' });
  }
  /** What is said about a key that was not taken, under the field or beside it. */
  get trouble() {
    return this.page.locator('.key-form');
  }

  /** Dojo shows nothing that tells whose key it is: the owner is asked. */
  get sameAccountQuestion() {
    return this.page.getByRole('alertdialog', { name: 'Is it the same Dojo account?' });
  }
  async sayIsSameAccount(isSame: boolean): Promise<void> {
    await expect(this.sameAccountQuestion).toBeVisible();
    await look(this.page);
    await this.sameAccountQuestion.getByRole('button', { name: isSame ? 'Yes, the same account' : 'No, another account' }).click();
  }

  async isShown(): Promise<void> {
    await expect(this.training).toBeVisible();
    // A button that has just come under the mouse, as after the last connecting, heeds no press yet.
    await comeAnew(this.page);
  }
  paste(apiKey: string): Promise<void> {
    return this.keyField.fill(apiKey);
  }
  connect(): Promise<void> {
    return this.page.getByRole('button', { name: 'Connect', exact: true }).click();
  }
  keepForThisRunOnly(): Promise<void> {
    return this.thisRunOnly.click();
  }
  startTraining(): Promise<void> {
    return this.training.click();
  }
}
