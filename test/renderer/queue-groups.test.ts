import { describe, expect, it } from 'vitest';
import { ACTION_STATES } from '../../preload/contract.ts';
import { GROUP_WORDS, groupOf, groupQueue, QUEUE_GROUPS, queueInWords, unseenCount } from '../../renderer/queue/groups.ts';
import { actionView } from './view-builders.ts';

describe('the queue in groups', () => {
  it.each([
    ['needsPerson', 'needs-person', 'other-account'],
    ['checking', 'checking', 'other-account'],
    ['sending', 'sending', 'other-account'],
    ['waiting', 'waiting', 'other-account'],
    ['done', 'ended', 'ended'],
    ['refused', 'ended', 'ended'],
    ['expired', 'ended', 'ended'],
    ['withdrawn', 'ended', 'ended'],
  ] as const)('%s is in “%s”, of another account in “%s”', (state, own, others) => {
    expect(groupOf(actionView({ state, otherAccount: false, tooLate: false }))).toBe(own);
    expect(groupOf(actionView({ state, otherAccount: true, tooLate: false }))).toBe(others);
  });

  it('keeps what is too late apart: it waits for the person, not for the connection', () => {
    expect(groupOf(actionView({ state: 'waiting', otherAccount: false, tooLate: true }))).toBe('too-late');
    // Some of them were sent before and did not arrive.
    expect(GROUP_WORDS['too-late'].note).not.toMatch(/not sent/i);
    expect(groupOf(actionView({ state: 'waiting', otherAccount: true, tooLate: true }))).toBe('other-account');
  });

  it('keeps apart what came to nothing and nobody has seen', () => {
    expect(groupOf(actionView({ state: 'expired', untilSeen: true }))).toBe('unseen');
    expect(groupOf(actionView({ state: 'refused', untilSeen: false }))).toBe('ended');
    expect(unseenCount([actionView({ state: 'expired', untilSeen: true }), actionView({ state: 'refused' }), actionView({ state: 'waiting' })])).toBe(1);
  });

  it('loses no action and shows none twice', () => {
    const actions = ACTION_STATES.flatMap((state) => [
      actionView({ id: `${state}-own`, state }),
      actionView({ id: `${state}-other`, state, otherAccount: true }),
    ]);
    const groups = groupQueue(actions);
    const shown = QUEUE_GROUPS.flatMap((group) => groups[group].map((action) => action.id));
    expect(shown.toSorted()).toEqual(actions.map((action) => action.id).toSorted());
  });

  it('says of what needs somebody only what is true of all of it: some was never sent', () => {
    expect(GROUP_WORDS['needs-person'].note).not.toMatch(/cannot tell|whether|was sent|were sent/);
  });

  it.each([
    [{ needsPerson: 4 }, 1, 2, '7 need you: 4 to decide, 1 too late, 2 not done'],
    [{ needsPerson: 1 }, 0, 0, '1 needs you: 1 to decide'],
    // What is too late waits, too: it is counted once.
    [{ waiting: 3, sending: 1, checking: 1 }, 1, 0, '1 needs you: 1 too late · 1 being checked, 1 sending, 2 queued'],
    [{ waiting: 2 }, 0, 0, '2 queued'],
    [{}, 0, 0, ''],
  ])('counts what asks for somebody as the header does, and says of what kinds it is: %o', (queue, tooLate, unseen, told) => {
    expect(queueInWords({ paused: false, waiting: 0, sending: 0, checking: 0, needsPerson: 0, ...queue }, tooLate, unseen)).toBe(told);
  });

  it('puts the soonest deadline first, those without one last, and the latest ended first', () => {
    const waiting = [actionView({ id: 'none' }), actionView({ id: 'late', deadlineMs: 900 }), actionView({ id: 'soon', deadlineMs: 100 })];
    const ended = [actionView({ id: 'old', state: 'done', changedAtMs: 1 }), actionView({ id: 'new', state: 'refused', changedAtMs: 2 })];
    const groups = groupQueue([...waiting, ...ended]);
    expect(groups.waiting.map((action) => action.id)).toEqual(['soon', 'late', 'none']);
    expect(groups.ended.map((action) => action.id)).toEqual(['new', 'old']);
  });
});
