import type { BankOptions } from '../../main/simulator/bank.ts';
import { createFace } from '../../main/simulator/http.ts';
import type { NewPayment } from '../../main/simulator/new-payment.ts';
import { aBank, KEY, NOON_MS } from './a-bank.ts';

/** The face over a bank, at a moment that the test moves. */
export function aFace(options: Partial<BankOptions> = {}, version = '2026-02-27') {
  const bank = aBank(options);
  const time = { nowMs: NOON_MS };
  const face = createFace({ bank, nowMs: () => time.nowMs });
  const add = (payment: NewPayment) => bank.addPayment(payment, time.nowMs).id;
  const send = (method: string, path: string, json?: unknown, headers: Record<string, string> = {}) => ({
    method,
    path,
    headers: {
      Authorization: `Basic ${KEY}`,
      version,
      ...(json === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...headers,
    },
    body: json === undefined ? null : JSON.stringify(json),
  });
  const ask = (method: string, path: string, json?: unknown, headers: Record<string, string> = {}) => {
    const { body, ...answer } = face.handle(send(method, path, json, headers));
    return { ...answer, json: body === '' ? undefined : JSON.parse(body) };
  };
  return { bank, face, time, add, send, ask };
}
