import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { z } from 'zod';
import type { Fault } from '../../main/simulator/faults.ts';
import { DEFAULT_SWITCHES } from '../../main/simulator/switches.ts';
import { HELP } from '../../scripts/dojo-help.ts';
import { FAULT_KINDS, type faultSchema, switchesSchema, switchIn } from '../../scripts/dojo-schemas.ts';

const document = readFileSync(new URL('../../docs/simulated-dojo.md', import.meta.url), 'utf8');
const SWITCH_NAMES = Object.keys(DEFAULT_SWITCHES);

it.each(SWITCH_NAMES)('the switch %s stands in the document, in the help and on the control page', (name) => {
  expect(document).toContain(`| \`${name}\` |`);
  expect(HELP).toContain(`${name}=`);
  expect(Object.keys(switchesSchema.shape)).toContain(name);
});

it('the document and the control page know no switch that there is not', () => {
  expect(Object.keys(switchesSchema.shape).sort()).toEqual([...SWITCH_NAMES].sort());
  const rows = document.slice(document.indexOf('## Switches'), document.indexOf('## Faults')).matchAll(/^\| `(\w+)` \|/gm);
  expect([...rows].map(([, name]) => name).sort()).toEqual([...SWITCH_NAMES].sort());
});

it('the defaults are switches that the control page takes', () => {
  expect(switchesSchema.parse(DEFAULT_SWITCHES)).toEqual(DEFAULT_SWITCHES);
});

it('the control page knows every fault there is', () => {
  // Does not compile where a kind is missing.
  const missing: Record<Exclude<Fault['kind'], z.output<typeof faultSchema>['kind']>, never> = {};
  expect(Object.keys(missing)).toEqual([]);
  expect(new Set(FAULT_KINDS).size).toBe(FAULT_KINDS.length);
});

it.each(FAULT_KINDS)('the fault %s stands in the document and in the help', (kind) => {
  expect(document).toContain(`\`${kind}\``);
  expect(HELP).toContain(kind);
});

it.each([
  { text: 'captureExtras=released', patch: { captureExtras: 'released' } },
  { text: 'partCaptureTurnsCaptured=true', patch: { partCaptureTurnsCaptured: true } },
  { text: 'tooLargeCapture=409', patch: { tooLargeCapture: 409 } },
  { text: 'dateOffsetsMs=[0,3000]', patch: { dateOffsetsMs: [0, 3000] } },
  { text: 'refundKeysKeptMs=null', patch: { refundKeysKeptMs: null } },
  { text: 'refusing=[{"status":403,"match":{"operation":"capture"}}]', patch: { refusing: [{ status: 403, match: { operation: 'capture' } }] } },
])('--set $text', ({ text, patch }) => {
  expect(switchIn(text)).toEqual({ ok: true, patch });
});

it.each(['captureExtras', 'captureExtras=gone', 'searchLagMs=-1', 'nonsense=true', 'refusing=[{"status":200}]'])('--set %s is refused', (text) => {
  expect(switchIn(text)).toEqual({ ok: false, why: expect.any(String) });
});
