import { test } from '@playwright/test';
import { bundleBrowserHost } from './browser-host-bundle.ts';

test('the browser host is made one file before tills start side by side', bundleBrowserHost);
