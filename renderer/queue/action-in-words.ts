import type { ActionView } from '../../preload/contract.ts';
import { actionTitle } from '../words.ts';

/** "Take £20.00 of Table 12", "Undo of Table 12". */
export const actionInWords = (action: ActionView): string => `${actionTitle(action)} of ${action.reference || 'a payment without a reference'}`;
