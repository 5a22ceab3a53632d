import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import type { FaceAnswer } from '../main/simulator/delivery.ts';
import type { DojoServer } from '../test/simulator/dojo-server.ts';
import { elsewhereSchema, faultSchema, paymentSchema, refusingSchema, switchesSchema } from './dojo-schemas.ts';

function doneElsewhere(bank: DojoServer['bank'], accountId: string, asked: z.output<typeof elsewhereSchema>) {
  const nowMs = Date.now();
  switch (asked.do) {
    case 'capture':
      return bank.capture(accountId, asked.paymentId, { amountMinor: asked.amountMinor, tipsMinor: asked.tipsMinor ?? 0 }, nowMs);
    case 'refund':
      return bank.refund(accountId, asked.paymentId, { amountMinor: asked.amountMinor, idempotencyKey: `elsewhere-${nowMs}` }, nowMs);
    case 'reverse':
      return bank.reverse(accountId, asked.paymentId, nowMs);
    case 'cancel':
      return bank.cancel(accountId, asked.paymentId, nowMs);
  }
}

const plain = (text: string, statusCode = 200): FaceAnswer => ({
  status: statusCode,
  headers: { 'content-type': 'text/plain; charset=utf-8' },
  body: `${text}\n`,
});
const rows = (all: readonly (readonly unknown[])[]) => plain(all.map((row) => row.join('  ')).join('\n'));
const time = (atMs: number) => new Date(atMs).toISOString();

function jsonOf<S extends z.ZodType>(schema: S, body: string): z.output<S> | FaceAnswer {
  try {
    const parsed = schema.safeParse(JSON.parse(body));
    return parsed.success ? parsed.data : plain(z.prettifyError(parsed.error), 400);
  } catch {
    return plain('The body is not JSON.', 400);
  }
}
const isAnswer = (value: unknown): value is FaceAnswer => typeof value === 'object' && value !== null && 'headers' in value;

/** Plain text under /_training/ for the person at the terminal; null: the request is for Dojo. */
export function controlAnswer(server: DojoServer, request: IncomingMessage, body: string, help: string): FaceAnswer | null {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  if (!url.pathname.startsWith('/_training')) return null;
  const { bank, faults } = server;
  switch (`${request.method} ${url.pathname.slice('/_training'.length).replaceAll('/', '')}`) {
    case 'GET ':
      return plain(help);
    case 'GET journal': {
      const entries = server.journal().slice(-(Number(url.searchParams.get('last')) || 100));
      return rows(
        entries.map(({ atMs, method, path, status: said, committed, handled, fault, body: sent }) => [
          time(atMs),
          method,
          path,
          said ?? 'no answer',
          committed ? 'committed' : '-',
          handled === 1 ? '' : `handled ${handled} times`,
          fault ? `fault ${fault}` : '',
          sent ?? '',
        ]),
      );
    }
    case 'GET ledger': {
      const payment = url.searchParams.get('payment');
      const movements = bank.ledger().filter(({ intentId }) => payment === null || payment === intentId);
      return rows(movements.map(({ atMs, kind, intentId, amountMinor, currency, id }) => [time(atMs), kind, amountMinor, currency, intentId, id ?? '']));
    }
    case 'GET payments':
      return rows(
        bank
          .intents()
          .map(({ id, status: now, captureMode, amountMinor, tipsMinor, serviceChargeMinor, cashbackMinor, currency, reference }) => [
            id,
            captureMode,
            now,
            amountMinor,
            tipsMinor,
            serviceChargeMinor,
            cashbackMinor,
            currency,
            reference,
          ]),
      );
    case 'POST payments': {
      const asked = jsonOf(paymentSchema, body);
      return isAnswer(asked) ? asked : plain(server.addPayment(asked(Date.now())).id);
    }
    case 'GET switches':
      return { status: 200, headers: { 'content-type': 'application/json' }, body: `${JSON.stringify(bank.switches(), null, 2)}\n` };
    case 'POST switches': {
      const patch = jsonOf(switchesSchema, body);
      if (isAnswer(patch)) return patch;
      bank.setSwitches(patch);
      return plain(`switched ${Object.keys(patch).join(', ')}`);
    }
    case 'POST refusing': {
      const asked = jsonOf(refusingSchema, body);
      if (isAnswer(asked)) return asked;
      const { forMs, ...standing } = asked;
      bank.setSwitches({ refusing: [...bank.switches().refusing, { ...standing, ...(forMs === undefined ? {} : { untilMs: Date.now() + forMs }) }] });
      return plain(`refuses with ${standing.status}`);
    }
    case 'DELETE refusing':
      bank.setSwitches({ refusing: [] });
      return plain('mended');
    case 'GET faults':
      return plain(
        faults
          .pending()
          .map((fault) => JSON.stringify(fault))
          .join('\n') || 'none',
      );
    case 'POST faults': {
      const fault = jsonOf(faultSchema, body);
      if (isAnswer(fault)) return fault;
      faults.order(fault);
      return plain(`ordered ${fault.kind}`);
    }
    case 'DELETE faults':
      faults.clear();
      return plain('cleared');
    case 'POST line': {
      const asked = jsonOf(z.strictObject({ downMs: z.int().min(1).max(3_600_000) }), body);
      if (isAnswer(asked)) return asked;
      // A moment later, so that this answer still gets through.
      setTimeout(() => void server.closeLine(), 50);
      setTimeout(() => void server.openLine(), 50 + asked.downMs);
      return plain(`the line goes down for ${asked.downMs} ms`);
    }
    case 'POST pay': {
      const asked = jsonOf(z.strictObject({ paymentId: z.string() }), body);
      if (isAnswer(asked)) return asked;
      return bank.pay(asked.paymentId, Date.now()) ? plain('paid') : plain('It is not waiting to be paid.', 409);
    }
    case 'POST elsewhere': {
      const asked = jsonOf(elsewhereSchema, body);
      if (isAnswer(asked)) return asked;
      const intent = bank.intent(asked.paymentId);
      if (!intent) return plain('There is no such payment.', 404);
      const done = doneElsewhere(bank, intent.accountId, asked);
      return done.ok ? plain('done') : plain(done.error.detail, done.error.status);
    }
    default:
      return plain(`There is no such thing here.\n\n${help}`, 404);
  }
}
