import { test } from '@playwright/test';
import { makeKeyOfKeyStore } from './key-store.ts';

test('the key of the key store is made before tills start side by side', makeKeyOfKeyStore);
