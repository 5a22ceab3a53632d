import { describe, expect, it } from 'vitest';
import { emailProblem, emailsIn, refusedEmail } from '../../renderer/payment/emails.ts';

const problemOf = (typed: string) => emailProblem(typed, emailsIn(typed));

describe('e-mail addresses typed into one field', () => {
  it.each([
    ['a@b.uk', ['a@b.uk']],
    ['a@b.uk, c@d.com;a@b.uk', ['a@b.uk', 'c@d.com']],
    ['a@b.uk\nc@d.com', ['a@b.uk', 'c@d.com']],
    ['', []],
  ])('“%s” are each taken once', (typed, expected) => {
    expect(emailsIn(typed)).toEqual(expected.map((text) => ({ text, isAddress: true })));
    expect(problemOf(typed)).toBeNull();
  });

  it('are told apart one by one', () => {
    expect(emailsIn('a@b.uk, nobody, c@d.com').map(({ isAddress }) => isAddress)).toEqual([true, false, true]);
  });

  it.each([
    ['in the middle', 'a@b.uk, nobody, c@d.com', '“nobody”'],
    ['at the end, once it is finished', 'a@b.uk, nobody ', '“nobody”'],
    ['without an end', 'a@b, c@d.com', '“a@b”'],
  ])('name the wrong one: %s', (_, typed, named) => {
    expect(problemOf(typed)).toContain(`${named} is not an e-mail address.`);
  });

  it.each(['a@', 'a@b.uk c@', 'nob'])('are not called wrong while the last one is still being typed: “%s”', (typed) => {
    expect(problemOf(typed)).toBeNull();
  });

  it('are no more than ten', () => {
    const many = (count: number) => Array.from({ length: count }, (_, index) => `a${index}@b.uk`).join();
    expect(problemOf(many(10))).toBeNull();
    expect(problemOf(many(11))).toBe('No more than 10 addresses at once; these are 11.');
  });
});

describe('an address that main refused', () => {
  const emails = emailsIn('a@b.uk, b..c@d.com');
  it('is named from the refusal’s field', () => {
    expect(refusedEmail('requests.0.emails.1', emails)).toBe('b..c@d.com');
  });
  it.each([['requests.0.kind'], [undefined], ['requests.0.emails.7']])('is none where the refusal is about something else: %s', (field) => {
    expect(refusedEmail(field, emails)).toBeNull();
  });
});
