import { describe, expect, it } from 'vitest';
import { stoppedWords } from '../../renderer/shell/stopped-words.ts';

describe('what is said of an operation that the key may not do', () => {
  it.each([
    [5, 3, '5 wait and nothing moved. 3 were refused: decide them again. Connect with a key that may do this, or ask whoever made the key.'],
    [1, 1, '1 waits and nothing moved. 1 was refused: decide it again. Connect with a key that may do this, or ask whoever made the key.'],
    [0, 2, 'Nothing moved. 2 were refused: decide them again. Connect with a key that may do this, or ask whoever made the key.'],
    [2, 0, '2 wait and nothing moved. Connect with a key that may do this, or ask whoever made the key.'],
  ])('%i waiting, %i refused', (waiting, refused, words) => expect(stoppedWords(waiting, refused)).toBe(words));
});
