import type { ActionView } from '../../preload/contract.ts';
import { referenceInWords } from '../reference.ts';
import { actionTitle } from '../words.ts';

/** "Capture £20.00 of Table 12", "Release of Table 12". */
export const actionInWords = (action: ActionView): string => `${actionTitle(action)} of ${referenceInWords(action.reference)}`;
