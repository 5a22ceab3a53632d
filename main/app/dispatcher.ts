import type { z } from 'zod';
import { type Channel, channels, isChannel, type Output, type Result, type TillError } from '../../preload/contract.ts';
import type { Log } from '../ports/log.ts';
import { withNext } from '../words/error-next.ts';

/** One async function for each channel of the contract. Its input has passed the channel's schema. */
export type Handlers = { [C in Channel]: (input: z.output<(typeof channels)[C]['input']>) => Promise<Output<C>> };

/**
 * The one door between the page and the till: a channel by its name, an input of any shape, one answer. It never rejects.
 * `checkOutputs`: also holds the handlers to their own schemas, for tests and development.
 */
export type Door = { call(channel: unknown, input: unknown): Promise<Result<unknown>> };

export function createDoor(handlers: Handlers, log: Log, { checkOutputs = false }: { checkOutputs?: boolean } = {}): Door {
  return {
    async call(channel, input) {
      if (typeof channel !== 'string' || !isChannel(channel)) return refusal('bad-input', 'The till has no such function.', 'channel');
      const parsed = channels[channel].input.safeParse(input);
      if (!parsed.success) return badInput(parsed.error);
      try {
        // The name ties the handler to the input that was just parsed for it; the compiler cannot follow that through the table.
        const handler = handlers[channel] as (input: unknown) => Promise<Result<unknown>>;
        const answer = await handler(parsed.data);
        return whole(checkOutputs ? (channels[channel].output.parse(answer) as Result<unknown>) : answer);
      } catch (error) {
        log.error(withoutInput(`${channel} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`, input));
        return refusal('internal', 'Something went wrong inside the till.');
      }
    },
  };
}

export const refusal = (code: TillError['code'], message: string, field?: string): { ok: false; error: TillError } => ({
  ok: false,
  error: withNext({ code, message, ...(field !== undefined && field !== '' && { field }) }),
});

const whole = (answer: Result<unknown>): Result<unknown> => (answer.ok ? answer : { ok: false, error: withNext(answer.error) });

const FIELD_LENGTH_MAX = 200;

/** Says which part is at fault and how, never what it held: it may be a key. */
function badInput(error: z.ZodError): Result<never> {
  const issue = error.issues[0];
  if (!issue) return refusal('bad-input', 'The till did not understand this.');
  const path = issue.path.map(String);
  if (issue.code === 'unrecognized_keys' && issue.keys[0] !== undefined) path.push(issue.keys[0]);
  const field = path.join('.').slice(0, FIELD_LENGTH_MAX);
  return refusal('bad-input', `The till did not understand this: ${field ? `“${field}”` : 'the request'} ${faultInWords(issue)}.`, field);
}

function faultInWords(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return 'is missing or of the wrong kind';
    case 'too_small':
      return 'is too small or too short';
    case 'too_big':
      return 'is too large or too long';
    case 'unrecognized_keys':
      return 'is not known';
    case 'invalid_value':
    case 'invalid_union':
      return 'is none of the values it can have';
    default:
      return 'is not in the right form';
  }
}

const SECRET_LENGTH_MIN = 6;

/** An error may quote what the page sent; a log must not. */
function withoutInput(text: string, input: unknown): string {
  return stringsIn(input)
    .filter((part) => part.length >= SECRET_LENGTH_MIN)
    .sort((a, b) => b.length - a.length)
    .reduce((left, part) => left.replaceAll(part, '…'), text);
}

function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(stringsIn);
}
