import type { ErrorCode } from '../../preload/contract.ts';

/** What to do next after a refused connect, or null where main's own words say it all. */
export function nextStep(code: ErrorCode): string | null {
  switch (code) {
    case 'key-form':
      return 'Copy the whole key from Dojo’s developer portal and paste it here.';
    case 'key-refused':
      return 'See in Dojo’s developer portal whether the key is still there, or make a new one.';
    case 'no-line':
      return 'Look at the network cable or the Wi-Fi, then connect again. The key stays in the field.';
    case 'not-dojo':
      return 'A guest network often asks for a sign-in first: open a browser, sign in, then connect again.';
    case 'dojo-trouble':
      return 'Wait a minute and connect again. The key stays in the field.';
    case 'actions-waiting':
      return 'Wait until they are sent, or withdraw them in the queue.';
    default:
      return null;
  }
}

/** Main allows it for test keys alone, and says so again if it is asked for another. */
export const canBeForThisRun = (code: ErrorCode, apiKey: string): boolean => code === 'no-secure-storage' && !apiKey.startsWith('sk_prod_');
