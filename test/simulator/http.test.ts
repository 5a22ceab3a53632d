import { describe, expect, it } from 'vitest';
import { aHold, anUnpaid, aSale, KEY, NOON_MS, SETTLED_MS } from './a-bank.ts';
import { aFace } from './a-face.ts';

const VERSIONS = ['2022-01-03', '2022-04-07', '2024-02-05', '2025-09-10', '2026-02-27'] as const;

describe('the face of the simulated Dojo', () => {
  it.each([
    { what: 'no key', headers: { Authorization: '' } },
    { what: 'another key', headers: { Authorization: 'Basic sk_sandbox_other' } },
    { what: 'the key in base64', headers: { Authorization: `Basic ${btoa(KEY)}` } },
    { what: 'the key without its word', headers: { Authorization: KEY } },
    { what: 'the wrong word', headers: { Authorization: `Bearer ${KEY}` } },
  ])('answers 401 to $what', ({ headers }) => {
    const { ask, bank, add } = aFace();
    const id = add(aHold());
    const answer = ask('POST', `/payment-intents/${id}/captures`, { amount: 100 }, headers);
    expect(answer).toMatchObject({ status: 401, json: { status: 401, title: 'Unauthorized' } });
    expect(bank.moneyOf(id).captures).toBe(0);
  });

  it.each([{ version: '' }, { version: '2023-01-01' }, { version: 'latest' }])('answers 400 to version “$version”', ({ version }) => {
    const answer = aFace().ask('POST', '/payment-intents/search', {}, { version });
    expect(answer).toMatchObject({ status: 400, json: { status: 400, errors: { version: [expect.any(String)] }, traceId: expect.any(String) } });
  });

  it.each([
    { method: 'GET', path: '/payment-intents' },
    { method: 'PUT', path: '/payment-intents/pi_1' },
    { method: 'POST', path: '/payment-intents/pi_1/capture' },
    // The sample commands in Dojo's guide leave the last part out: the operations table is right.
    { method: 'POST', path: '/payment-intents/pi_1' },
    { method: 'GET', path: '/payment-intents/pi_nobody' },
  ])('answers 404 to $method $path', ({ method, path }) => {
    expect(aFace().ask(method, path).status).toBe(404);
  });

  it('takes the path of the oldest guide too', () => {
    const { ask, add } = aFace();
    expect(ask('GET', `/api/payment-intents/${add(aSale())}`).status).toBe(200);
  });

  it.each([
    { what: 'a field that is not in the schema', json: { amount: 100, currency: 'GBP' } },
    { what: 'an amount in words', json: { amount: '100' } },
    { what: 'a broken amount', json: { amount: 10.5 } },
    { what: 'no amount', json: {} },
    { what: 'money where a number belongs', json: { amount: { value: 100, currencyCode: 'GBP' } } },
    { what: 'a list', json: [] },
  ])('answers 400 with the field at fault to a capture with $what', ({ json }) => {
    const { ask, add, bank } = aFace();
    const id = add(aHold());
    expect(ask('POST', `/payment-intents/${id}/captures`, json)).toMatchObject({ status: 400, json: { extensions: { errors: expect.any(Object) } } });
    expect(bank.moneyOf(id).captures).toBe(0);
  });

  it('answers 400 to what is not JSON and 415 to what does not say it is', () => {
    const { face, send, add } = aFace();
    const path = `/payment-intents/${add(aHold())}/captures`;
    expect(face.handle({ ...send('POST', path, {}), body: '{"amount":' }).status).toBe(400);
    expect(face.handle({ ...send('POST', path), body: '{"amount":100}' }).status).toBe(415);
  });

  it.each([
    { what: 'two cursors', json: { cursor: { before: 'a', after: 'b' } } },
    { what: 'a limit of 101', json: { cursor: { limit: 101 } } },
    { what: 'a limit of 0', json: { cursor: { limit: 0 } } },
    { what: 'a status there is not', json: { statuses: ['Declined'] } },
    { what: 'a date that is none', json: { startDate: 'yesterday' } },
  ])('answers 400 to a search with $what', ({ json }) => {
    expect(aFace().ask('POST', '/payment-intents/search', json).status).toBe(400);
  });

  it.each([
    { what: 'no key', headers: {}, status: 400 },
    { what: 'a key of 101 characters', headers: { idempotencyKey: 'k'.repeat(101) }, status: 400 },
    { what: 'a key of 100 characters', headers: { idempotencyKey: 'k'.repeat(100) }, status: 200 },
  ])('answers $status to a refund with $what', ({ headers, status }) => {
    const { ask, add } = aFace();
    expect(ask('POST', `/payment-intents/${add(aSale())}/refunds`, { amount: 100 }, headers).status).toBe(status);
  });

  it('answers a receipt with 204 and no body', () => {
    const { ask, add, bank } = aFace();
    expect(ask('POST', `/payment-intents/${add(aSale())}/receipt`, { emails: ['guest@example.com'] })).toMatchObject({ status: 204, json: undefined });
    expect(bank.receipts()).toHaveLength(1);
  });

  it('says what time it is at Dojo', () => {
    const { ask, time } = aFace();
    time.nowMs = Date.parse('2030-01-01T00:00:00Z');
    expect(ask('POST', '/payment-intents/search', {}).headers).toMatchObject({ date: 'Tue, 01 Jan 2030 00:00:00 GMT', 'content-type': 'application/json' });
  });

  it('puts the extras of a problem where the version has them', () => {
    const refused = (version: string) => aFace({}, version).ask('GET', '/payment-intents/pi_nobody').json;
    for (const version of VERSIONS.slice(0, 2)) expect(refused(version)).toMatchObject({ status: 404, traceId: expect.any(String) });
    for (const version of VERSIONS.slice(2)) expect(refused(version)).toMatchObject({ status: 404, extensions: { traceId: expect.any(String) } });
  });
});

describe('an intent, by version', () => {
  const shown = (version: string) => {
    const { ask, add, time } = aFace({}, version);
    const id = add(aHold({ card: { last4: '1013', scheme: 'VISA' } }));
    const captured = ask('POST', `/payment-intents/${id}/captures`, { amount: 1000 }).json;
    time.nowMs += SETTLED_MS;
    return { captured, intent: ask('GET', `/payment-intents/${id}`).json };
  };

  it.each(VERSIONS.slice(0, 2))('%s: no captures, the card beside the payment details', (version) => {
    const { intent } = shown(version);
    expect(intent).not.toHaveProperty('captures');
    expect(intent).not.toHaveProperty('paymentLink');
    expect(intent.paymentDetails).toMatchObject({ cardNumber: '44565300****1013', cardType: 'VISA', cardName: expect.any(String) });
    expect(intent.paymentDetails).not.toHaveProperty('card');
  });

  it.each(VERSIONS.slice(2))('%s: captures, and the card in a place of its own', (version) => {
    const { intent, captured } = shown(version);
    expect(intent.captures).toMatchObject([{ id: captured.captureId, amount: 1000, tipsAmount: 0, status: 'Successful' }]);
    expect(intent.paymentDetails.card).toMatchObject({ last4PAN: '1013', cardNumber: '44565300****1013' });
    expect('avsResult' in intent.paymentDetails).toBe(version >= '2025');
  });

  it('2022-01-03 alone answers a capture with a status and a number', () => {
    expect(shown('2022-01-03').captured).toEqual({ status: 'Created', message: expect.any(String), captureId: '1' });
    for (const version of VERSIONS.slice(1)) expect(shown(version).captured).toEqual({ message: expect.any(String), captureId: expect.stringMatching(/^cp_/) });
  });

  it('tips on a capture, and cancelled payments, come with 2024-02-05', () => {
    for (const version of VERSIONS) {
      const { ask, add } = aFace({}, version);
      const hold = add(aHold({ tipsAllowed: true }));
      const recent = version >= '2024';
      expect(ask('POST', `/payment-intents/${hold}/captures`, { amount: 100, tipsAmount: 10 }).status).toBe(recent ? 200 : 400);
      const request = add(anUnpaid());
      expect(ask('DELETE', `/payment-intents/${request}`)).toMatchObject({ status: 200, json: { status: 'Canceled' } });
      expect(ask('GET', `/payment-intents/${request}`).status).toBe(404);
      expect(ask('GET', `/payment-intents/${request}?returnCanceled=true`).status).toBe(recent ? 200 : 404);
    }
  });

  it('carries the secrets and personal details a client has to drop', () => {
    const { intent } = shown('2026-02-27');
    expect(intent.clientSessionSecret).toHaveLength(88);
    expect(intent).toMatchObject({ customer: { emailAddress: expect.stringContaining('@') }, billingAddress: { postcode: expect.any(String) } });
    expect(intent).toMatchObject({ shippingDetails: { name: expect.any(String) }, requestSecurity: { ipAddress: expect.any(String) } });
  });

  it('shows what a test lays over it', () => {
    const { ask, add, bank } = aFace();
    const id = add(aHold({ shownOver: { status: 'Disputed', refundedAmount: 'odd' } }));
    expect(ask('GET', `/payment-intents/${id}`).json).toMatchObject({ status: 'Disputed', refundedAmount: 'odd' });
    expect(bank.intent(id)?.status).toBe('Authorized');
  });

  it('hides a hold’s card until it is final where the switch says so', () => {
    const { ask, add } = aFace({ switches: { holdShowsPaymentDetails: false } });
    expect(ask('GET', `/payment-intents/${add(aHold())}`).json).not.toHaveProperty('paymentDetails');
    expect(ask('GET', `/payment-intents/${add(aSale())}`).json).toHaveProperty('paymentDetails');
  });

  it('carries undocumented fields where the switch says so', () => {
    const read = (undocumentedFields: boolean) => {
      const { ask, add } = aFace({ switches: { undocumentedFields } });
      return ask('GET', `/payment-intents/${add(aSale())}`).json;
    };
    expect(read(true)).toMatchObject({ paymentSource: 'api', paymentEvents: [{}] });
    expect(read(false)).not.toHaveProperty('paymentEvents');
  });
});

describe('the journal', () => {
  it('holds every request, with the key cut to its end', () => {
    const { ask, add, face } = aFace();
    const id = add(aHold());
    ask('POST', `/payment-intents/${id}/captures`, { amount: 100 }, { idempotencyKey: 'k1' });
    ask('GET', `/payment-intents/${id}`);
    ask('POST', `/payment-intents/${id}/captures`, { amount: 9999 });
    ask('POST', '/payment-intents/search', {}, { Authorization: 'Basic sk_sandbox_mistyped' });
    expect(face.journal()).toMatchObject([
      { operation: 'capture', id, body: '{"amount":100}', committed: true, handled: 1, status: 200, atMs: NOON_MS, headers: { idempotencykey: 'k1' } },
      { operation: 'read', id, body: null, committed: false, status: 200 },
      { operation: 'capture', id, committed: false, status: 400 },
      { operation: 'search', committed: false, status: 401 },
    ]);
    expect(JSON.stringify(face.journal())).not.toContain(KEY);
    expect(face.journal()[0]?.headers.authorization).toBe('Basic …0001');
  });

  it('does not count as committed what was only due by then', () => {
    const { ask, add, face, time } = aFace();
    const id = add(aHold());
    ask('POST', `/payment-intents/${id}/captures`, { amount: 100 });
    time.nowMs += SETTLED_MS;
    expect(ask('GET', `/payment-intents/${id}`).json.captures[0].status).toBe('Successful');
    expect(face.journal()[1]?.committed).toBe(false);
  });
});
