import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answerWithPage, contentSecurityPolicy, listPageFiles, type PageFiles } from '../../main/platform/page-files.ts';

let folder: string;
let files: PageFiles;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tillside-page-'));
  const page = join(folder, 'renderer');
  mkdirSync(join(page, 'assets'), { recursive: true });
  writeFileSync(join(folder, 'secret.json'), '"secret"');
  writeFileSync(join(page, 'index.html'), '<!doctype html>');
  writeFileSync(join(page, 'assets', 'index-Ab_1.js'), 'let a;');
  writeFileSync(join(page, 'assets', 'index.css'), 'a{}');
  writeFileSync(join(page, 'assets', 'key.pem'), 'secret');
  writeFileSync(join(page, 'assets', '.hidden'), 'secret');
  symlinkSync(join(folder, 'secret.json'), join(page, 'link.json'));
  symlinkSync(folder, join(page, 'up'));
  files = await listPageFiles(page);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const statusOf = (path: string, method = 'GET'): number => answerWithPage(files, method, path, "'none'").status;

describe('the page’s files', () => {
  test.each([
    ['/', 'text/html; charset=utf-8'],
    ['/index.html', 'text/html; charset=utf-8'],
    ['/assets/index-Ab_1.js', 'text/javascript; charset=utf-8'],
    ['/assets/index.css', 'text/css; charset=utf-8'],
  ])('%s is served as %s, with the policy', async (path, type) => {
    const answer = answerWithPage(files, 'GET', path, "'none'");
    expect(answer).toMatchObject({ status: 200, headers: { 'content-type': type, 'x-content-type-options': 'nosniff' } });
    expect(answer.headers['content-security-policy']).toBe(contentSecurityPolicy("'none'"));
  });

  test.each([
    '/../secret.json',
    '/assets/../../secret.json',
    '/%2e%2e/secret.json',
    '/%2e%2e%2fsecret.json',
    '/..%2fsecret.json',
    '/..%5csecret.json',
    '/..\\secret.json',
    '/%252e%252e%252fsecret.json',
    '/assets/%2e%2e/index.html',
    '/./index.html',
    '//index.html',
    '/assets//index.css',
    '/assets',
    '/assets/',
    '/index.html/',
    '/index.html%00',
    '/index.html\0.js',
    '/INDEX.HTML',
    '/C:/Windows/win.ini',
    '/file:///etc/passwd',
    '/etc/passwd',
    'etc/passwd',
    '',
    '/link.json',
    '/up/secret.json',
    '/up',
    '/assets/key.pem',
    '/assets/.hidden',
    '/__proto__',
    '/constructor',
    '/%',
    '/%ff',
  ])('%j is not there, and its refusal carries the policy too', async (path) => {
    const answer = answerWithPage(files, 'GET', path, "'none'");
    expect(answer.status).toBe(404);
    expect(String(answer.body)).not.toContain('secret');
    expect(answer.headers['content-security-policy']).toMatch(/^default-src 'none'/);
  });

  test.each(['POST', 'PUT', 'DELETE', 'HEAD', 'OPTIONS', 'TRACE', ''])('%s is refused', async (method) => {
    expect(statusOf('/', method)).toBe(405);
  });

  test('without a built page it does not start', async () => {
    await expect(listPageFiles(join(folder, 'renderer', 'assets'))).rejects.toThrow('found no index.html');
  });

  test('the policy lets nothing in from elsewhere, nothing inline and no eval', () => {
    for (const connect of ["'none'", "'self'"] as const) {
      const policy = contentSecurityPolicy(connect);
      expect(policy).not.toMatch(/unsafe|\*|https?:|blob:/);
      expect(policy).toContain(`connect-src ${connect}`);
    }
  });
});
