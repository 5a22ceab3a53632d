import type { Failure } from './failure.ts';
import { DECIDE_AGAIN } from './refusals.ts';

/** Why Dojo could not be asked, or gave no answer that can be used: one for each thing a person can be told. */
export type Trouble =
  | 'line'
  | 'certificate'
  | 'proxy'
  | 'blocked'
  | 'broken'
  | 'slow'
  | 'sign-in'
  | 'not-dojo'
  | 'gateway'
  | 'dojo-down'
  | 'odd-answer'
  | 'endless-list'
  | 'throttled'
  | 'asked-to-wait'
  | 'key-refused'
  | 'key-not-allowed'
  | 'key-form'
  | 'no-key'
  | 'till'
  | 'refused';

/** Told by the failure's kind, its short cause and its status: codes of this till and of its network, never a text of Dojo's. */
export function troubleOf({ kind, cause, status }: Failure): Trouble {
  switch (kind) {
    case 'not-sent':
      if (/PROXY|PROXIES|TUNNEL|SOCKS/.test(cause)) return 'proxy';
      if (/CERT|SSL|TLS|SIGNATURE/.test(cause)) return 'certificate';
      if (/ACCESS_DENIED|BLOCKED|UNSAFE_PORT|EACCES|EPERM/.test(cause)) return 'blocked';
      if (cause === 'no-client') return 'no-key';
      return cause.startsWith('not a request') ? 'till' : 'line';
    case 'not-dojo':
      if (cause === 'asked-to-wait') return 'asked-to-wait';
      if (status === 407) return 'proxy';
      if (status === 511 || cause === 'redirect') return 'sign-in';
      // A page with a status of its own is a proxy's, not a sign-in page that passes for the answer.
      if (status !== null && status >= 400) return status >= 500 ? 'gateway' : 'not-dojo';
      return cause === 'html' ? 'sign-in' : 'not-dojo';
    case 'throttled':
      return 'throttled';
    case 'key-refused':
      return cause === 'key-form' ? 'key-form' : 'key-refused';
    case 'refused':
      return status === 403 ? 'key-not-allowed' : 'refused';
    case 'unknown-outcome':
      if (cause === 'timeout' || status === 408 || status === 504) return 'slow';
      if (status !== null && status >= 500) return 'dojo-down';
      if (cause === 'malformed' || cause === 'odd' || cause === 'too-large') return 'odd-answer';
      if (cause === 'repeated-cursor' || cause === 'too-many-pages') return 'endless-list';
      return cause === 'client-threw' || cause === 'till-threw' ? 'till' : 'broken';
  }
}

export type TroubleWords = Readonly<{
  /** What happened. */
  what: string;
  /** What to do, where a person asked for something just now. */
  next: string;
  /** What becomes of an action that waits because of it, and what to do about that. */
  waits: string;
  meanwhile: string;
}>;

const BY_ITSELF = { waits: 'It is tried again by itself.', meanwhile: 'Nothing has to be done: it goes on by itself.' };
const WITH_THE_LINE = 'It is sent when the connection is back.';
const WITH_THE_KEY = 'It is sent when the key is mended.';
const NETWORK_PERSON = 'Ask whoever looks after the network: it has to let Tillside reach api.dojo.tech.';

export const TROUBLE_WORDS: Readonly<Record<Trouble, TroubleWords>> = {
  line: {
    what: 'Dojo cannot be reached: there is no connection.',
    next: 'Look at the network cable or the Wi-Fi, then try again.',
    waits: WITH_THE_LINE,
    meanwhile: 'Look at the network cable or the Wi-Fi.',
  },
  certificate: {
    what: 'The connection to Dojo is not safe, so nothing was sent over it.',
    next: 'Check the PC’s date and time. If they are right, something stands between this PC and Dojo: ask whoever looks after the network.',
    waits: 'It is sent when the connection is safe again.',
    meanwhile: 'Check the PC’s date and time. If they are right, ask whoever looks after the network.',
  },
  proxy: { what: 'The shop’s network does not let Tillside through to Dojo.', next: NETWORK_PERSON, waits: WITH_THE_LINE, meanwhile: NETWORK_PERSON },
  blocked: {
    what: 'This PC does not let Tillside onto the network.',
    next: 'Ask whoever looks after the PC: its firewall has to let Tillside reach api.dojo.tech.',
    waits: WITH_THE_LINE,
    meanwhile: 'Ask whoever looks after the PC: its firewall has to let Tillside reach api.dojo.tech.',
  },
  broken: { what: 'The connection broke before Dojo had answered.', next: 'Look at the network cable or the Wi-Fi, then try again.', ...BY_ITSELF },
  slow: { what: 'Dojo did not answer in time.', next: 'Wait a moment, then try again.', ...BY_ITSELF },
  'sign-in': {
    what: 'Something other than Dojo answered, for example a Wi-Fi sign-in page.',
    next: 'Open a browser, sign in to the network, then try again.',
    waits: WITH_THE_LINE,
    meanwhile: 'Open a browser and sign in to the network.',
  },
  'not-dojo': {
    what: 'Something other than Dojo answered.',
    next: 'Look which network this PC is on, then try again. If it stays so, ask whoever looks after the network.',
    waits: WITH_THE_LINE,
    meanwhile: 'Look which network this PC is on. If it stays so, ask whoever looks after the network.',
  },
  gateway: {
    what: 'Dojo cannot be reached: something between here and Dojo answered instead.',
    next: 'Wait a minute, then try again. If it stays so, ask whoever looks after the network.',
    ...BY_ITSELF,
  },
  'dojo-down': {
    what: 'Dojo answered that it has trouble of its own.',
    next: 'Wait a few minutes, then try again. If it stays so, ask Dojo’s support.',
    ...BY_ITSELF,
  },
  'odd-answer': {
    what: 'Dojo’s answer could not be read.',
    next: 'Try again. If it stays so, hand the trace id to Dojo’s support.',
    ...BY_ITSELF,
  },
  'endless-list': {
    what: 'Dojo’s list of payments came to no end, so it was not used.',
    next: 'Wait a few minutes, then try again. If it stays so, ask Dojo’s support.',
    ...BY_ITSELF,
  },
  throttled: {
    what: 'Dojo asked to wait a moment.',
    next: 'Wait a minute, then try again.',
    waits: 'It is sent as soon as that has passed.',
    meanwhile: BY_ITSELF.meanwhile,
  },
  'asked-to-wait': {
    what: 'Something between here and Dojo asked to wait a moment.',
    next: 'Wait a minute, then try again.',
    waits: 'It is sent as soon as that has passed.',
    meanwhile: BY_ITSELF.meanwhile,
  },
  'key-refused': {
    what: 'Dojo does not accept this API key.',
    next: 'See in Dojo’s developer portal whether the key is still there. Paste it again, or make a new one.',
    waits: WITH_THE_KEY,
    meanwhile: 'Mend the key in the settings.',
  },
  'key-not-allowed': {
    what: 'Dojo does not allow this API key to do that.',
    next: 'Make a key in Dojo’s developer portal that may see and change payments, and paste it.',
    waits: 'It is sent when a key is there that may do it.',
    meanwhile: 'Connect with a key that may see and change payments.',
  },
  'key-form': {
    what: 'This API key cannot be sent: it holds characters that no key has.',
    next: 'Copy the whole key from Dojo’s developer portal and paste it again.',
    waits: WITH_THE_KEY,
    meanwhile: 'Mend the key in the settings.',
  },
  'no-key': {
    what: 'Tillside is not connected to Dojo.',
    next: 'Connect with an API key, then try again.',
    waits: 'It is sent when the key is connected again.',
    meanwhile: 'Connect with the key it was accepted under.',
  },
  till: {
    what: 'Something went wrong inside Tillside.',
    next: 'Close Tillside and open it again. What was accepted is kept.',
    waits: BY_ITSELF.waits,
    meanwhile: 'If it stays so, close Tillside and open it again. What was accepted is kept.',
  },
  refused: {
    what: 'Dojo refused.',
    next: DECIDE_AGAIN,
    waits: BY_ITSELF.waits,
    meanwhile: 'Look at the payment as it is now.',
  },
};

export function troubleWords(failure: Failure): TroubleWords {
  const trouble = troubleOf(failure);
  const usual = TROUBLE_WORDS[trouble];
  if (failure.retryAfterMs === null || (trouble !== 'throttled' && trouble !== 'asked-to-wait')) return usual;
  const length = lengthInWords(failure.retryAfterMs);
  return { ...usual, what: usual.what.replace('a moment', length), next: `Nothing has to be done: it goes on by itself. Or try again in ${length}.` };
}

function lengthInWords(ms: number): string {
  const seconds = Math.max(1, Math.ceil(ms / 1000));
  if (seconds < 90) return seconds === 1 ? '1 second' : `${seconds} seconds`;
  return `${Math.ceil(seconds / 60)} minutes`;
}
