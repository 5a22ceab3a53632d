import { expect, type Locator, type Page } from '@playwright/test';
import { comeAnew, look } from './look.ts';

export class EndOfDay {
  private readonly page: Page;
  constructor(page: Page) {
    this.page = page;
  }

  get screen() {
    return this.page.getByRole('main');
  }
  get holds() {
    return this.page.getByRole('grid', { name: 'Holds to capture' });
  }
  /** "60 holds of 60 ticked, £1,204.50 to take". */
  get sum() {
    return this.screen.getByRole('status').filter({ hasText: 'to capture' });
  }
  get start() {
    return this.screen.getByRole('button', { name: /^Start: capture / });
  }
  get progress() {
    return this.page.getByRole('progressbar', { name: 'Captured or ended' });
  }
  /** What of the run's progress is said aloud. */
  get heard() {
    return this.screen.locator('.eod-progress').getByRole('status');
  }
  get progressWords() {
    return this.screen.locator('.eod-progress-words strong');
  }
  /** Notes from now on what is said aloud, and what of it no longer is what stands there. */
  async listen(): Promise<() => Promise<{ said: string[]; stale: string[] }>> {
    const noted = await this.heard.evaluateHandle((heard) => {
      const notes: { said: string[]; stale: string[] } = { said: [], stale: [] };
      const note = () => {
        const [text, words] = [heard.textContent ?? '', document.querySelector('.eod-progress-words strong')?.textContent ?? ''];
        if (text !== '' && text !== notes.said.at(-1)) notes.said.push(text);
        if (text !== '' && text !== words) notes.stale.push(`${text}, where ${words}`);
      };
      new MutationObserver(note).observe(document.querySelector('.eod-progress') ?? heard, { subtree: true, childList: true, characterData: true });
      return notes;
    });
    return () => noted.jsonValue();
  }
  get pause() {
    return this.screen.getByRole('button', { name: 'Pause' });
  }
  get goOn() {
    return this.screen.getByRole('button', { name: 'Go on' });
  }
  get report() {
    return this.page.getByRole('table', { name: 'Report in GBP' });
  }
  get runRows() {
    return this.page.getByRole('grid', { name: 'Captures of this run' }).getByRole('row');
  }
  tick(reference: string): Locator {
    return this.page.getByRole('checkbox', { name: `Capture ${reference}` });
  }
  line(name: string): Locator {
    return this.report.getByRole('row').filter({ has: this.page.getByRole('rowheader', { name, exact: true }) });
  }
  async review(): Promise<void> {
    await this.screen.getByRole('button', { name: /^Review/ }).click();
    await expect(this.start).toBeVisible();
  }
  async begin(): Promise<void> {
    await look(this.page);
    await comeAnew(this.page);
    await this.start.click();
    await expect(this.progress).toBeVisible();
  }
  /** The amount in a line of the report, in pence. */
  async minorOf(name: string): Promise<number> {
    const text = await this.line(name).getByRole('cell').last().innerText();
    return Number(text.replace(/[£,.\s]/g, ''));
  }
  async countOf(name: string): Promise<number> {
    return Number(await this.line(name).getByRole('cell').first().innerText());
  }
}
