import { request as httpRequest } from 'node:http';
import { expect, KEY, test } from './fixtures.ts';
import { sale } from './shop.ts';

test.describe('the page is walled in', () => {
  test('it reaches no other origin, runs no text as code or as markup, has nothing of Node or Electron and gets no permissions', { tag: '@host' }, async ({
    till,
    dojo,
  }) => {
    test.setTimeout(120_000);
    await test.step('words in a payment are words: nothing in a reference becomes markup', async () => {
      const reference = '<img src=x onerror="document.title=1"><b>bold</b>';
      sale(dojo, { reference, amountMinor: 100, description: '‮txt.exe' });
      await till.connect(KEY);
      await expect(till.today.rows.first()).toContainText('<b>bold</b>');
      await expect(till.today.list.locator('b, img')).toHaveCount(0);
      expect(await till.page.title()).toBe('Tillside');
      await till.call('disconnect');
      await till.firstStart.isShown();
    });
    await test.step('reaches no other origin: not by fetch, image, form, frame or beacon', async () => {
      const asked = dojo.journal().length;
      const url = `${dojo.url}/payment-intents/pi_sandbox_stolen`;
      const outcome = await till.page.evaluate(async (address) => {
        const attempts: Record<string, string> = {};
        attempts.fetch = await fetch(address, { mode: 'no-cors' }).then(
          () => 'went',
          () => 'blocked',
        );
        attempts.image = await new Promise<string>((resolve) => {
          const image = new Image();
          image.onload = () => resolve('went');
          image.onerror = () => resolve('blocked');
          image.src = address;
        });
        const refused = async (begin: () => void): Promise<string> =>
          new Promise((resolve) => {
            document.addEventListener('securitypolicyviolation', () => resolve('blocked'), { once: true });
            begin();
          });
        attempts.beacon = await refused(() => void navigator.sendBeacon(address, 'x'));
        attempts.socket = await refused(() => {
          try {
            new WebSocket(address.replace('http', 'ws'));
          } catch {
            document.dispatchEvent(new Event('securitypolicyviolation'));
          }
        });
        attempts.frame = await refused(() => {
          const frame = document.createElement('iframe');
          frame.src = address;
          document.body.append(frame);
        });
        attempts.form = await refused(() => {
          const form = document.createElement('form');
          form.action = address;
          form.method = 'post';
          document.body.append(form);
          form.submit();
        });
        return attempts;
      }, url);
      expect(outcome).toEqual({ fetch: 'blocked', image: 'blocked', beacon: 'blocked', socket: 'blocked', frame: 'blocked', form: 'blocked' });
      expect(dojo.journal()).toHaveLength(asked);
    });
    await test.step('runs no text as code', async () => {
      const outcome = await till.page.evaluate(
        () =>
          new Promise<string[]>((resolve) => {
            // From a timer, where nothing of the test stands on the stack.
            setTimeout(() => {
              const attempts = [
                () => Reflect.get(window, 'eval')('1 + 1'),
                () => new Function('return 2')(),
                () => document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=alert(1)>'),
              ];
              resolve(
                attempts.map((attempt) => {
                  try {
                    attempt();
                    return 'ran';
                  } catch (error) {
                    return error instanceof Error ? error.name : 'refused';
                  }
                }),
              );
            }, 0);
          }),
      );
      expect(outcome).toEqual(['EvalError', 'EvalError', 'TypeError']);
    });
    await test.step('has nothing of Node or Electron', async () => {
      const kinds = await till.page.evaluate(() =>
        ['require', 'process', 'module', 'global', 'Buffer', 'ipcRenderer', 'electron', '__dirname'].map(
          (name) => `${name}: ${typeof Reflect.get(window, name)}`,
        ),
      );
      expect(kinds.filter((kind) => !kind.endsWith('undefined'))).toEqual([]);
    });
    await test.step('gets no permissions', async () => {
      const outcome = await till.page.evaluate(async () => ({
        notifications: await Notification.requestPermission(),
        geolocation: await new Promise((resolve) =>
          navigator.geolocation.getCurrentPosition(
            () => resolve('given'),
            (error) => resolve(error.code === 1 ? 'denied' : 'failed'),
          ),
        ),
        camera: await navigator.mediaDevices.getUserMedia({ video: true }).then(
          () => 'given',
          () => 'denied',
        ),
        clipboard: await navigator.clipboard.readText().then(
          () => 'given',
          () => 'denied',
        ),
      }));
      expect(outcome).toEqual({ notifications: 'denied', geolocation: 'denied', camera: 'denied', clipboard: 'denied' });
    });
  });

  test('Electron walls it in: it opens no window, goes nowhere, downloads nothing and gets no file beside its own', { tag: '@electron' }, async ({
    till,
    app,
    dojo,
  }) => {
    await test.step('the window’s walls are up: sandbox, isolation, no Node, web security', async () => {
      const preferences = await app.electron().evaluate(({ BrowserWindow }) => {
        const contents = BrowserWindow.getAllWindows()[0]?.webContents as unknown as { getLastWebPreferences(): Record<string, unknown> };
        return contents.getLastWebPreferences();
      });
      expect(preferences).toMatchObject({ sandbox: true, contextIsolation: true, nodeIntegration: false, webSecurity: true, webviewTag: false });
    });
    await test.step('app:// gives the built page and nothing else', async () => {
      const outcome = await app.electron().evaluate(
        async ({ net }, addresses) => {
          const statuses: Record<string, number> = {};
          for (const address of addresses) statuses[address] = (await net.fetch(address)).status;
          return statuses;
        },
        [
          'app://tillside/',
          'app://tillside/../../package.json',
          'app://tillside/%2e%2e/%2e%2e/package.json',
          'app://tillside/..%2f..%2fpackage.json',
          'app://tillside/%2fetc%2fpasswd',
          'app://tillside//etc/passwd',
          'app://tillside/assets/..%5c..%5cmain%5cmain.js',
          'app://elsewhere/',
          'app://tillside/main/main.js',
        ],
      );
      const { 'app://tillside/': page, ...others } = outcome;
      expect(page).toBe(200);
      expect(new Set(Object.values(others))).toEqual(new Set([404]));
    });
    await test.step('it downloads nothing', async () => {
      // It listens before the page begins: the two ask on ways of their own, and the second could be first.
      await app.electron().evaluate(({ session }) => {
        const heard = new Promise<boolean>((resolve) =>
          session.defaultSession.once('will-download', (event) => setImmediate(() => resolve(event.defaultPrevented))),
        );
        Object.assign(globalThis, { downloadPrevented: () => heard });
      });
      await till.page.evaluate(() => {
        const link = document.createElement('a');
        link.href = URL.createObjectURL(new Blob(['a secret']));
        link.download = 'secret.txt';
        document.body.append(link);
        link.click();
      });
      expect(await app.electron().evaluate(() => (globalThis as unknown as { downloadPrevented(): Promise<boolean> }).downloadPrevented())).toBe(true);
    });
    await test.step('it opens no window and goes nowhere', async () => {
      await till.firstStart.isShown();
      const address = till.page.url();
      const opened = await till.page.evaluate((url) => window.open(url) === null, dojo.url);
      expect(opened).toBe(true);
      await till.page.evaluate((url) => {
        location.href = url;
      }, `${dojo.url}/elsewhere`);
      await till.page.evaluate(() => {
        location.href = 'file:///etc/hostname';
      });
      await till.page.evaluate(() => {
        const link = document.createElement('a');
        link.href = 'https://example.com/';
        link.target = '_blank';
        document.body.append(link);
        link.click();
      });
      // Asked of Electron itself: the test's own view of the page waits for a navigation that never comes.
      const windows = await app
        .electron()
        .evaluate(({ BrowserWindow }) =>
          Promise.all(
            BrowserWindow.getAllWindows().map(async ({ webContents }) => [
              webContents.getURL(),
              webContents.isLoading(),
              await webContents.executeJavaScript('document.body.innerText'),
            ]),
          ),
        );
      expect(windows).toEqual([[address, false, expect.stringContaining('Try it in training mode')]]);
      expect(dojo.journal()).toEqual([]);
    });
  });

  test('the loopback host gives the built page to its own browser and nothing else', { tag: '@loopback' }, async ({ till }) => {
    const address = new URL(till.page.url());
    const ask = (path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<number> =>
      new Promise((resolve, reject) => {
        const asked = httpRequest({ host: '127.0.0.1', port: address.port, path, method, headers: { host: address.host, ...headers } }, (response) =>
          resolve(response.resume().statusCode ?? 0),
        );
        asked.on('error', reject).end();
      });
    const [cookie] = await till.page.context().cookies();
    const known = { cookie: `${cookie?.name}=${cookie?.value}` };
    expect(await ask('/', known)).toBe(200);
    expect(await ask('/')).toBe(401);
    expect(await ask('/?token=guess')).toBe(403);
    expect(await ask('/', { ...known, host: 'evil.example' })).toBe(403);
    expect(await ask('/till/getSnapshot', { ...known, origin: 'http://evil.example', 'content-type': 'application/json' }, 'POST')).toBe(403);
    expect(await ask('/till/getSnapshot', { origin: address.origin, 'content-type': 'application/json' }, 'POST')).toBe(401);
    expect(await ask('/till/getSnapshot', { ...known, origin: address.origin, 'content-type': 'text/plain' }, 'POST')).toBe(400);
    for (const path of [
      '/../../package.json',
      '/%2e%2e/%2e%2e/package.json',
      '/..%2f..%2fpackage.json',
      '//etc/passwd',
      '/%2fetc%2fpasswd',
      '/assets/..%5c..%5cmain.js',
    ])
      expect(await ask(path, known), path).toBe(404);
  });
});
