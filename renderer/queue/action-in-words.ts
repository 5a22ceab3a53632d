import type { ActionView } from '../../preload/contract.ts';
import { actionTitle } from '../words.ts';

/** "Capture £20.00 of Table 12", "Release of Table 12". */
export const actionInWords = (action: ActionView): string => `${actionTitle(action)} of ${action.reference || 'a payment without a reference'}`;
