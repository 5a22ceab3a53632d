import { setTimeout as passes } from 'node:timers/promises';
import type { Locator, Page } from '@playwright/test';

/** A pace that every hand has. */
export const HAND_MS = 140;
const REST_MS = 350;

/** Digits as a person types them: a scanner's pace would be taken for one. */
export const typeByHand = (field: Locator, digits: string): Promise<void> => field.pressSequentially(digits, { delay: HAND_MS });

/** One key as a hand presses it: held for a moment. A test that presses keys as fast as it can is taken for a scanner, and its keys do nothing. */
export const pressByHand = (page: Page, key: string): Promise<void> => page.keyboard.press(key, { delay: HAND_MS });

type KeyFacts = Readonly<{ key: string; code: string; windowsVirtualKeyCode: number; text?: string; location?: number }>;

const NAMED: Readonly<Record<string, Omit<KeyFacts, 'key'>>> = {
  Enter: { code: 'Enter', windowsVirtualKeyCode: 13, text: '\r' },
  Tab: { code: 'Tab', windowsVirtualKeyCode: 9 },
  '.': { code: 'Period', windowsVirtualKeyCode: 190, text: '.' },
  // A keypad whose country writes a comma there.
  'keypad,': { code: 'NumpadDecimal', windowsVirtualKeyCode: 110, text: ',' },
  ' ': { code: 'Space', windowsVirtualKeyCode: 32, text: ' ' },
  Escape: { code: 'Escape', windowsVirtualKeyCode: 27 },
  Shift: { code: 'ShiftLeft', windowsVirtualKeyCode: 16 },
  Alt: { code: 'AltLeft', windowsVirtualKeyCode: 18 },
  Control: { code: 'ControlLeft', windowsVirtualKeyCode: 17 },
  F7: { code: 'F7', windowsVirtualKeyCode: 118 },
  F9: { code: 'F9', windowsVirtualKeyCode: 120 },
  F12: { code: 'F12', windowsVirtualKeyCode: 123 },
};

function factsOf(key: string): KeyFacts {
  const named = NAMED[key];
  if (named) return { key: key.replace('keypad', ''), ...named };
  if (/^\d$/.test(key)) return { key, code: `Digit${key}`, windowsVirtualKeyCode: 48 + Number(key), text: key };
  return { key, code: `Key${key.toUpperCase()}`, windowsVirtualKeyCode: key.toUpperCase().charCodeAt(0), text: key };
}

/** A keyboard that keeps its pace however busy the machine is: each key carries the time at which it was struck. */
export class Keyboard {
  private readonly page: Page;
  constructor(page: Page) {
    this.page = page;
  }

  /** Real key events at this pace, each key let go halfway to the next. */
  strike(keys: readonly string[], gapMs: number): Promise<void> {
    return this.strikeAt(keys.map((key, index) => ({ key, afterMs: index * gapMs, gapMs })));
  }

  /** As `strike`, with one longer gap between the two, as of a wireless link or a busy PC. */
  strikeInTwo(before: readonly string[], after: readonly string[], gapMs: number, hiccupMs: number): Promise<void> {
    const pauseMs = hiccupMs - gapMs;
    return this.strikeAt([...before, ...after].map((key, index) => ({ key, afterMs: index * gapMs + (index < before.length ? 0 : pauseMs), gapMs })));
  }

  private async strikeAt(keys: readonly Readonly<{ key: string; afterMs: number; gapMs: number }>[]): Promise<void> {
    const browser = await this.page.context().newCDPSession(this.page);
    const startMs = Date.now();
    const sent: Promise<unknown>[] = [];
    for (const { key, afterMs, gapMs } of keys) {
      const atMs = startMs + afterMs;
      // The page's own timers must see the pace as well.
      await passes(Math.max(0, atMs - Date.now()));
      const facts = factsOf(key);
      // The next key does not wait for what the page makes of this one, no more than a scanner does.
      sent.push(
        browser.send('Input.dispatchKeyEvent', { type: facts.text === undefined ? 'rawKeyDown' : 'keyDown', ...facts, timestamp: atMs / 1_000 }),
        browser.send('Input.dispatchKeyEvent', { type: 'keyUp', ...facts, text: '', timestamp: (atMs + gapMs / 2) / 1_000 }),
      );
    }
    await Promise.all(sent);
    await browser.detach();
  }

  /** The pause between two things done by hand: longer than any that a key has to keep. */
  async rest(): Promise<void> {
    await passes(REST_MS);
  }

  /** Each character by its number on the number pad, with Alt held. */
  async strikeByNumber(text: string, gapMs: number): Promise<void> {
    const browser = await this.page.context().newCDPSession(this.page);
    let atMs = Date.now();
    const send = async (type: 'rawKeyDown' | 'keyUp', key: string, code: string, modifiers: number) => {
      atMs += gapMs;
      await passes(Math.max(0, atMs - Date.now()));
      await browser.send('Input.dispatchKeyEvent', { type, key, code, modifiers, timestamp: atMs / 1_000 });
    };
    for (const character of text) {
      await send('rawKeyDown', 'Alt', 'AltLeft', 1);
      for (const digit of String(character.charCodeAt(0)).padStart(4, '0')) await send('rawKeyDown', digit, `Numpad${digit}`, 1);
      await send('keyUp', 'Alt', 'AltLeft', 0);
    }
    await browser.detach();
  }

  /**
   * What an input method puts together, step by step, and then hands over. No step waits for the one before: a window that loses the focus
   * meanwhile ends what is being put together, and the windows of all tests share one desktop.
   */
  async compose(...steps: readonly string[]): Promise<void> {
    const browser = await this.page.context().newCDPSession(this.page);
    const sent = steps.map((text) => browser.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length }));
    await Promise.all([...sent, browser.send('Input.insertText', { text: steps.at(-1) ?? '' })]);
    await browser.detach();
  }
}
