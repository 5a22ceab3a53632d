import type { ErrorCode, TillError } from '../../preload/contract.ts';

/** What to do about each refusal of the till, where whoever refused did not say something more exact. */
const NEXT: Readonly<Record<ErrorCode, string>> = {
  'bad-input': 'Try it once more. If it stays so, close Tillside and open it again.',
  forbidden: 'Use Tillside’s own window.',
  'not-connected': 'Connect with an API key, or try training mode.',
  'key-form': 'Copy the whole key from Dojo’s developer portal and paste it here.',
  'key-refused': 'See in Dojo’s developer portal whether the key is still there. Paste it again, or make a new one.',
  'no-line': 'Look at the network cable or the Wi-Fi, then try again.',
  'not-dojo': 'Look which network this PC is on, then try again.',
  'dojo-trouble': 'Wait a moment, then try again.',
  'no-secure-storage': 'Ask whoever looks after the PC to turn on its secure storage.',
  'actions-waiting': 'Wait until they have ended, or go on without them.',
  'same-account': 'Say whether it is the same Dojo account. Nothing is sent before that.',
  'unknown-payment': 'If it is not in the list, look it up in Dojo.',
  'unknown-action': 'Look in the queue what became of it.',
  'move-closed': 'What can be done now is shown on the payment.',
  amount: 'Type another amount.',
  'second-refund': 'Look at what was given back before. Confirm it again only where a second refund is meant.',
  'request-id-reused': 'Look in the queue what was accepted before.',
  'too-late': 'What can be done now is shown on the payment.',
  'not-possible': 'Look at it as it is now, then decide again.',
  disk: 'Ask whoever looks after the PC. Then decide again.',
  'not-training': 'Start training mode to practise.',
  internal: 'Look at the payment and the queue before you try again.',
};

/** Every refusal says what to do next. */
export const withNext = (error: TillError): TillError => ({ ...error, next: error.next ?? NEXT[error.code] });
