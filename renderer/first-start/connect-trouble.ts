import type { ErrorCode } from '../../preload/contract.ts';

/** Main allows it for test keys alone, and says so again if it is asked for another. */
export const canBeForThisRun = (code: ErrorCode, apiKey: string): boolean => code === 'no-secure-storage' && !apiKey.startsWith('sk_prod_');
