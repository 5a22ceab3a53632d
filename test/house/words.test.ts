import { globSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

/**
 * One word for one thing: capture, reverse, release, refund, cancel, on hold, connection, queued, remove. What a person reads never
 * says the same in the words that an earlier till had for it. The contract keeps its names and values: they are no sentences.
 */
const OLD_WORDS = /\b(undo|undone|undoes|take|takes|taken|taking|withdraw\w*|promis\w*|the line|needs? a person)\b/i;
/** Where the word is no name for one of those things. */
const PLAIN_ENGLISH = /takes no tips with a capture|mend it or take it out|^capture$/;

const FILES = ['main/core/**/*.ts', 'main/words/**/*.ts', 'main/views/**/*.ts', 'main/app/**/*.ts', 'renderer/**/*.{ts,tsx}'].flatMap((pattern) =>
  globSync(pattern),
);

/** Text in quotes, and text between tags: sentences and labels. Codes, class names, expressions inside a template and the log are none. */
function saidIn(source: string): string[] {
  const code = source.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/^\s*\/\/.*$|\s\/\/ .*$|log\.\w+\(.*|new Error\(.*/gm, '');
  const quoted = [...code.matchAll(/'((?:[^'\\\n]|\\.)*)'|"([^"\n]*)"|`((?:[^`\\]|\\.)*)`/g)].map(
    ([, single, double, template]) => single ?? double ?? template ?? '',
  );
  const between = [...code.matchAll(/(?:^|[}>])([^<>{}=;()'"`]+)(?=<\/|<kbd|<strong|<span|\{|\n)/gm)].map(([, text]) => text ?? '');
  return [...quoted, ...between]
    .map((text) => text.replaceAll(/\$\{[^}]*\}?/g, '').trim())
    .filter((text) => /[ …]/.test(text) && !text.includes('\n') && /[A-Za-z]{3}/.test(text) && !/^[a-z-]+( [a-z-]+)*$|^\w+: [\w.]+,$/.test(text));
}

it.each(FILES)('%s says it in today’s words', (file) => {
  expect(saidIn(readFileSync(file, 'utf8')).filter((text) => OLD_WORDS.test(text) && !PLAIN_ENGLISH.test(text))).toEqual([]);
});
