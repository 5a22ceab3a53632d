import { expect, test } from 'vitest';
import { type MachineAsked, machineId } from '../../main/platform/machine-id.ts';

const REG = String.raw`
HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\Cryptography
    MachineGuid    REG_SZ    0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0

`;
const IOREG = `+-o J314sAP  <class IOPlatformExpertDevice>
    {
      "IOPlatformSerialNumber" = "C02XXXXXXXXX"
      "IOPlatformUUID" = "0F1E2D3C-4B5A-6978-8796-A5B4C3D2E1F0"
    }`;

function asked(platform: NodeJS.Platform, answers: Readonly<Record<string, string>>) {
  const calls: string[] = [];
  const answer = async (name: string): Promise<string> => {
    calls.push(name);
    const found = Object.entries(answers).find(([part]) => name.includes(part))?.[1];
    if (found === undefined) throw new Error(`no ${name}`);
    return found;
  };
  const machine: MachineAsked = { platform, read: answer, run: (program, args) => answer([program, ...args].join(' ')) };
  return { machine, calls };
}

test.each<[NodeJS.Platform, Record<string, string>]>([
  ['linux', { '/etc/machine-id': '0f1e2d3c4b5a69788796a5b4c3d2e1f0\n' }],
  ['linux', { '/var/lib/dbus/machine-id': '0f1e2d3c4b5a69788796a5b4c3d2e1f0\n' }],
  ['win32', { MachineGuid: REG }],
  ['darwin', { IOPlatformExpertDevice: IOREG }],
])('%s tells its machine apart, as a sum that does not give the id away', async (platform, answers) => {
  const id = await machineId(asked(platform, answers).machine);
  expect(id).toMatch(/^[0-9a-f]{32}$/);
  expect(Object.values(answers).join().toLowerCase().replaceAll('-', '')).not.toContain(id);
  expect(await machineId(asked(platform, answers).machine)).toBe(id);
  const others = Object.fromEntries(Object.entries(answers).map(([name, text]) => [name, text.replaceAll(/f0/gi, 'ab')]));
  expect(await machineId(asked(platform, others).machine)).not.toBe(id);
});

test.each<[string, NodeJS.Platform, Record<string, string>]>([
  ['nothing can be read', 'linux', {}],
  ['an image that was not set up yet', 'linux', { '/etc/machine-id': 'uninitialized\n' }],
  ['an empty file', 'linux', { '/etc/machine-id': '' }],
  ['a registry that is closed', 'win32', {}],
  ['a registry without it', 'win32', { MachineGuid: 'ERROR: The system was unable to find the specified registry key or value.' }],
  ['no device tree', 'darwin', {}],
  ['a system nobody knows', 'freebsd', { '/etc/machine-id': '0f1e2d3c4b5a69788796a5b4c3d2e1f0\n' }],
])('where it cannot be told (%s) it is not guessed', async (_why, platform, answers) => {
  expect(await machineId(asked(platform, answers).machine)).toBeNull();
});

test('programs are asked by their full path, never through a shell or a search path', async () => {
  for (const platform of ['win32', 'darwin'] as const) {
    const { machine, calls } = asked(platform, {});
    await machineId(machine);
    expect(calls).toHaveLength(1);
    expect(calls[0]).toMatch(/^(\/usr\/sbin\/ioreg|[A-Z]:\\.+System32.reg\.exe)/i);
  }
});
