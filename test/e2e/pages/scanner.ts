/** What barcode scanners do: so many milliseconds a key, and what they put after a code. */
export const PACES_MS = [10, 35, 80, 100];
export const ENDINGS = [['Enter'], ['Tab'], [], ['Tab', 'Enter'], ['Enter', 'Enter'], ['Enter', 'Tab', 'Enter']];

export const endingInWords = (ending: readonly string[]): string => ending.join(' ') || 'nothing';
