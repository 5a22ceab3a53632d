import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import type { TillError } from '../../preload/contract.ts';
import { DecisionNotes } from '../../renderer/take/decision-notes.tsx';

const shown = (error: TillError) => renderToStaticMarkup(createElement(DecisionNotes, { caution: null, waits: null, error }));

describe('a decision that did not go well', () => {
  it('was not accepted where the till says so', () => {
    expect(shown({ code: 'disk', message: 'The disk is full. No money moves.' })).toContain('Not accepted.');
  });

  it('may have been accepted where the till broke off or did not answer', () => {
    const said = shown({ code: 'internal', message: 'Something went wrong inside the till.' });
    expect(said).not.toContain('Not accepted.');
    expect(said).toContain('It may have been accepted.');
  });
});
