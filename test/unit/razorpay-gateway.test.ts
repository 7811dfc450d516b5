/** Razorpay's adapter against an API that answers whatever a test wants. */
import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { paise } from '../../domain/money.ts';
import type { RefundReference } from '../../domain/payments/refund.ts';
import {
  AlreadyOpenedError,
  exchangeOf,
  GatewayRefusedError,
  GatewayUnavailableError,
  NotACallbackError,
  NotAuthenticError,
  type Gateway,
  type NewRefund,
} from '../../gateways/gateway.ts';
import type { RazorpayMerchant } from '../../gateways/razorpay/merchant.ts';
import { createRazorpay } from '../../gateways/razorpay/razorpay.ts';
import { sign } from '../../gateways/razorpay/signature.ts';
import { posted } from '../support/gateway-requests.ts';
import {
  attempt,
  event,
  link,
  merchant,
  order,
  paidByQrCode,
  payment,
  qrCode,
  reading,
} from './razorpay-fixtures.ts';

interface Call {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
  readonly authorization: string | null;
  readonly idempotency: string | null;
}
type Answer = readonly [status: number, content: unknown];

/** A gateway whose API answers by method and path. */
function stage(
  answers: Readonly<Record<string, Answer>>,
  {
    merchants = [merchant],
    now = reading.now,
  }: { merchants?: readonly [RazorpayMerchant]; now?: number } = {},
): { gateway: Gateway; calls: Call[] } {
  const calls: Call[] = [];
  const fetch: typeof globalThis.fetch = (url, { method = 'GET', body, headers } = {}) => {
    const path = (typeof url === 'string' ? url : '').replace('https://api.example.test/v1', '');
    const sent = typeof body === 'string' ? (JSON.parse(body) as unknown) : undefined;
    const given = new Headers(headers);
    calls.push({
      ...{ method, path, body: sent },
      authorization: given.get('authorization'),
      idempotency: given.get('x-refund-idempotency'),
    });
    const [status, content] = answers[`${method} ${path}`] ?? [404, 'nothing here'];
    return Promise.resolve(new Response(JSON.stringify(content), { status }));
  };
  const gateway = createRazorpay({ merchants, apiUrl: 'https://api.example.test', fetch, now: () => now });
  return { gateway, calls };
}

const failure = (run: Promise<unknown>): Promise<unknown> =>
  run.then(
    () => undefined,
    (error: unknown) => error,
  );
const refusal = (description: string): object => ({ error: { code: 'BAD_REQUEST_ERROR', description } });
const used = refusal('payment link creation with reference ID already attempted');

const creation = 'POST /payment_links';
const byReference = `GET /payment_links?reference_id=${attempt.reference}`;
const byId = `GET /payment_links/${link.id}`;
const payments = 'GET /orders/order_QflczVVaNJciLq/payments';
const refunds = `GET /payments/${payment.id}/refunds`;
const begun = { ...link, order_id: 'order_QflczVVaNJciLq' };
const asked = { merchant: merchant.id, reference: attempt.reference, gatewayOrderId: link.id };

describe('opening', () => {
  test('makes a link with the key of the account, and leads to its page', async () => {
    const { gateway, calls } = stage({ [creation]: [200, link] });
    const opened = await gateway.open(attempt);
    expect(opened).toMatchObject({
      gatewayOrderId: link.id,
      redirect: { kind: 'link', url: link.short_url },
      usableUntil: attempt.at + 1_800_000,
    });
    expect(opened.exchange.request).toContain(attempt.reference);
    expect(JSON.parse(opened.exchange.response)).toEqual(link);
    const basic = Buffer.from('rzp_test_KMCUAT0000001:an-invented-key-secret').toString('base64');
    expect(calls).toMatchObject([{ authorization: `Basic ${basic}`, body: { amount: 30_000 } }]);
    expect(inspect(opened)).not.toContain(basic);
  });

  test('again finds the link that there is, whose page can be used again', async () => {
    const { gateway, calls } = stage({
      [creation]: [400, used],
      [byReference]: [200, { payment_links: [{ ...link, reference_id: 'OTHER' }, link] }],
    });
    const opened = await gateway.open(attempt);
    expect(opened).toMatchObject({ gatewayOrderId: link.id, redirect: { url: link.short_url } });
    expect(opened.exchange.response).toContain('already attempted');
    expect(calls).toHaveLength(2);
  });

  test.each([
    ['paid', [{ ...link, status: 'paid' }]],
    ['expired', [{ ...link, status: 'expired' }]],
    ['not found', []],
  ])('again, where the link is %s, leads nowhere any more', async (_what, links) => {
    const { gateway } = stage({ [creation]: [400, used], [byReference]: [200, { payment_links: links }] });
    const error = await failure(gateway.open(attempt));
    expect(error).toBeInstanceOf(AlreadyOpenedError);
    expect(exchangeOf(error)?.response).toContain('already attempted');
  });

  test('again, where the link cannot be looked up, is left open', async () => {
    const { gateway } = stage({ [creation]: [400, used], [byReference]: [500, refusal('trouble')] });
    expect(await failure(gateway.open(attempt))).toBeInstanceOf(GatewayUnavailableError);
  });

  test('is refused in the words of Razorpay', async () => {
    const { gateway } = stage({
      [creation]: [400, refusal('timestamp must be atleast 15 minutes in future')],
    });
    const error = await failure(gateway.open(attempt));
    expect(error).toBeInstanceOf(GatewayRefusedError);
    expect(error).toMatchObject({
      code: 'BAD_REQUEST_ERROR',
      message: 'Razorpay: timestamp must be atleast 15 minutes in future',
    });
  });

  test.each<[string, Answer, RegExp]>([
    ['our key is not known', [401, refusal('Authentication failed')], /HTTP 401, BAD_REQUEST_ERROR/],
    ['there are too many', [429, refusal('Too many requests')], /HTTP 429/],
    ['it fails', [500, { error: { code: 'SERVER_ERROR' } }], /HTTP 500, SERVER_ERROR/],
    ['something else answers', [502, 'Bad gateway'], /HTTP 502, not an answer of Razorpay/],
    ['it leads elsewhere', [302, link], /HTTP 302, not an answer/],
    ['the answer is empty', [200, {}], /something else than a payment link/],
    ['the amount is another', [200, { ...link, amount: 1 }], /another payment link/],
    ['the currency is another', [200, { ...link, currency: 'USD' }], /another payment link/],
    ['the reference is another', [200, { ...link, reference_id: 'X' }], /another payment link/],
    ['there is no page', [200, { ...link, short_url: 'javascript:alert(1)' }], /no way to its payment page/],
  ])('is left open when %s', async (_what, answer, message) => {
    const error = await failure(stage({ [creation]: answer }).gateway.open(attempt));
    expect(error).toBeInstanceOf(GatewayUnavailableError);
    expect(error).toMatchObject({ message: expect.stringMatching(message) as string });
    expect(inspect(error)).not.toMatch(/invented|110630100011|api\.example/);
    expect(exchangeOf(error)).toMatchObject({
      request: expect.stringContaining(attempt.reference) as string,
      response: JSON.stringify(answer[1]),
    });
  });

  test('without a key in force calls nobody', async () => {
    const [key] = merchant.keys;
    const ended: RazorpayMerchant = { ...merchant, keys: [{ ...key, until: 1 }] };
    const { gateway, calls } = stage({ [creation]: [200, link] }, { merchants: [ended] });
    const error = await failure(gateway.open(attempt));
    expect(error).toMatchObject({ message: 'Razorpay, no key of the merchant account main is in force' });
    expect(exchangeOf(error)).toBeUndefined();
    expect(calls).toEqual([]);
  });
});

describe('the ways to pay', () => {
  const qrCreation = 'POST /payments/qr_codes';
  const onAndroid = { ...attempt.browser, userAgent: 'Mozilla/5.0 (Linux; Android 14; K) Mobile' };
  const byQr = { ...attempt, way: 'upiQr' } as const;
  const byApp = { ...attempt, way: 'upiApp', browser: onAndroid } as const;
  const upiLink = { ...link, upi_link: true };
  const pathsOf = (calls: readonly Call[]): string[] => calls.map(({ method, path }) => `${method} ${path}`);

  test('are those of the account, up to its limit of UPI for the service', () => {
    const account = { ...merchant, ways: ['upiQr'], upiMost: { propertyTax: 500_000 } } as const;
    const { gateway } = stage({}, { merchants: [account] });
    expect(gateway.merchantsFor('propertyTax')[0]?.ways).toEqual([
      { way: 'page' },
      { way: 'upiQr', most: 50_000_000 },
    ]);
    expect(gateway.merchantsFor('tradeLicence')[0]?.ways?.[1]).toEqual({ way: 'upiQr', most: 10_000_000 });
    expect(stage({}).gateway.merchantsFor('propertyTax')[0]?.ways).toEqual([{ way: 'page' }]);
  });

  test('have WhatsApp among them where Meta knows the account, up to the same limit', () => {
    const account = { ...merchant, whatsappConfiguration: 'kmc', upiMost: { propertyTax: 500_000 } } as const;
    const { gateway } = stage({}, { merchants: [account] });
    expect(gateway.merchantsFor('propertyTax')[0]?.chat).toEqual({ configuration: 'kmc', most: 50_000_000 });
    expect(gateway.merchantsFor('tradeLicence')[0]?.chat?.most).toBe(10_000_000);
    expect(stage({}).gateway.merchantsFor('propertyTax')[0]?.chat).toBeUndefined();
  });

  test('a QR code is shown as Razorpay made it, until it closes', async () => {
    const { gateway, calls } = stage({ [qrCreation]: [200, qrCode] });
    const until = attempt.at + 1_200_000;
    expect(await gateway.open(byQr)).toMatchObject({
      gatewayOrderId: qrCode.id,
      redirect: { kind: 'qrCode', code: { data: qrCode.image_content }, until },
      usableUntil: until,
    });
    expect(pathsOf(calls)).toEqual([qrCreation]);
  });

  test.each<[string, Answer]>([
    ['the account may make none', [400, refusal('The requested URL was not found on the server.')]],
    ['nobody tells what it says', [200, { ...qrCode, image_content: undefined }]],
    [
      'it says another amount',
      [200, { ...qrCode, image_content: qrCode.image_content.replace('=300', '=3') }],
    ],
    ['it says something else', [200, { ...qrCode, image_content: 'https://evil.example/pay?am=300' }]],
  ])('where %s, the page is opened in place of the QR code', async (_what, answer) => {
    const { gateway, calls } = stage({ [qrCreation]: answer, [creation]: [200, link] });
    expect(await gateway.open(byQr)).toMatchObject({
      gatewayOrderId: link.id,
      redirect: { kind: 'link', url: link.short_url },
    });
    expect(pathsOf(calls)).toEqual([qrCreation, creation]);
  });

  test.each<[string, Answer]>([
    ['it fails', [500, { error: { code: 'SERVER_ERROR' } }]],
    ['another amount is answered', [200, { ...qrCode, payment_amount: 1 }]],
    ['another code is answered', [200, { ...qrCode, notes: [] }]],
    ['something else is answered', [200, link]],
  ])('where %s, whether there is a QR code is left open', async (_what, answer) => {
    const { gateway, calls } = stage({ [qrCreation]: answer, [creation]: [200, link] });
    expect(await failure(gateway.open(byQr))).toBeInstanceOf(GatewayUnavailableError);
    expect(pathsOf(calls)).toEqual([qrCreation]);
  });

  test('a UPI app is opened by a link of its own, on Android alone', async () => {
    const { gateway, calls } = stage({ [creation]: [200, upiLink] });
    expect(await gateway.open(byApp)).toMatchObject({
      gatewayOrderId: link.id,
      redirect: { kind: 'link', url: link.short_url, opensApp: true },
    });
    expect(calls[0]?.body).toMatchObject({ upi_link: true });
    const onOther = stage({ [creation]: [200, link] });
    const opened = await onOther.gateway.open({ ...byApp, browser: attempt.browser });
    expect(opened.redirect).toEqual({ kind: 'link', url: link.short_url });
    expect(onOther.calls[0]?.body).not.toHaveProperty('upi_link');
  });

  describe('closing', () => {
    const ofCode = { ...asked, gatewayOrderId: qrCode.id };
    const byCode = `GET /payments/qr_codes/${qrCode.id}`;
    const codePayments = `${byCode}/payments`;
    const none: Answer = [200, { items: [] }];
    const closeCode = `POST /payments/qr_codes/${qrCode.id}/close`;
    const cancel = `POST /payment_links/${link.id}/cancel`;
    const closed = { ...qrCode, status: 'closed', close_reason: 'on_demand' };
    const cancelled = { ...link, status: 'cancelled' };

    test.each<[string, typeof asked, Readonly<Record<string, Answer>>, boolean]>([
      ['a link', asked, { [byId]: [200, link], [cancel]: [200, cancelled] }, true],
      ['a link that has ended', asked, { [byId]: [200, cancelled] }, true],
      [
        'a link that ends meanwhile',
        asked,
        { [byId]: [200, link], [cancel]: [400, refusal('cannot cancel or expire an expired link')] },
        true,
      ],
      [
        'a link that is paid meanwhile',
        asked,
        {
          [byId]: [200, link],
          [cancel]: [400, refusal('cannot cancel or expire an already paid/partially paid link')],
        },
        false,
      ],
      [
        'a link under which somebody pays',
        asked,
        { [byId]: [200, begun], [payments]: [200, { items: [{ ...payment, status: 'created' }] }] },
        false,
      ],
      ['a code', ofCode, { [byCode]: [200, qrCode], [codePayments]: none, [closeCode]: [200, closed] }, true],
      ['a code that has closed', ofCode, { [byCode]: [200, closed], [codePayments]: none }, true],
      [
        'a code that is paid meanwhile',
        ofCode,
        {
          [byCode]: [200, qrCode],
          [codePayments]: none,
          [closeCode]: [200, { ...closed, payments_count_received: 1 }],
        },
        false,
      ],
      [
        'a code that is paid',
        ofCode,
        { [byCode]: [200, { ...closed, payments_count_received: 1 }], [codePayments]: none },
        false,
      ],
    ])('%s', async (_what, what, answers, isClosed) => {
      const { gateway } = stage(answers);
      expect(await gateway.close?.(what)).toMatchObject({ isClosed });
    });

    test('that fails leaves it open', async () => {
      const { gateway } = stage({
        [byId]: [200, link],
        [cancel]: [500, { error: { code: 'SERVER_ERROR' } }],
      });
      expect(await failure(gateway.close?.(asked) ?? Promise.resolve())).toBeInstanceOf(
        GatewayUnavailableError,
      );
    });

    test('asking finds what was paid by the code', async () => {
      const { gateway } = stage({
        [byCode]: [200, { ...qrCode, status: 'closed', payments_count_received: 1 }],
        [codePayments]: [200, { items: [paidByQrCode] }],
      });
      const { facts } = await gateway.ask(ofCode);
      expect(facts).toMatchObject([
        {
          says: 'success',
          reference: attempt.reference,
          gatewayOrderId: qrCode.id,
          bankReference: '103608848276',
        },
      ]);
    });

    test.each<[string, Readonly<Record<string, Answer>>]>([
      ['another code', { [byCode]: [200, { ...qrCode, id: 'qr_AnotherCode0001' }], [codePayments]: none }],
      [
        'a code of somebody else',
        { [byCode]: [200, { ...qrCode, notes: { attempt: 'OTHER' } }], [codePayments]: none },
      ],
      [
        'paid and no payment',
        { [byCode]: [200, { ...qrCode, payments_count_received: 1 }], [codePayments]: none },
      ],
      ['no code', { [byCode]: [400, refusal('The id provided does not exist')] }],
    ])('asking about a code that is answered with %s tells nothing', async (_what, answers) => {
      expect(await failure(stage(answers).gateway.ask(ofCode))).toBeInstanceOf(GatewayUnavailableError);
    });
  });
});

describe('asking', () => {
  test('reads the payments of the order, and keeps every word', async () => {
    const { gateway } = stage({ [byId]: [200, begun], [payments]: [200, { items: [payment] }] });
    const told = await gateway.ask(asked);
    expect(told).toMatchObject({
      merchant: 'main',
      facts: [
        {
          says: 'success',
          amount: 30_000,
          reference: attempt.reference,
          gatewayOrderId: link.id,
          merchantId: merchant.accountId,
        },
      ],
      request: `${byId.replace(' ', ' /v1')}\n${payments.replace(' ', ' /v1')}`,
    });
    expect(told.raw).toBe(`${JSON.stringify(begun)}\n${JSON.stringify({ items: [payment] })}`);
  });

  test('by the reference, where the answer with the id was lost', async () => {
    const { gateway } = stage({
      [byReference]: [200, { payment_links: [begun] }],
      [payments]: [200, { items: [payment] }],
    });
    const { facts } = await gateway.ask({ merchant: merchant.id, reference: attempt.reference });
    expect(facts).toMatchObject([{ says: 'success', gatewayOrderId: link.id }]);
  });

  test.each<[string, Readonly<Record<string, Answer>>, string | undefined]>([
    ['there is no link', { [byReference]: [200, { payment_links: [] }] }, undefined],
    ['nobody has opened the page', { [byReference]: [200, { payment_links: [link] }] }, 'created'],
    [
      'nobody has begun to pay, and the link has expired',
      {
        [byReference]: [200, { payment_links: [{ ...begun, status: 'expired' }] }],
        [payments]: [200, { items: [] }],
      },
      'expired',
    ],
  ])('finds nothing where %s', async (_what, answers, code) => {
    const { facts } = await stage(answers).gateway.ask({
      merchant: merchant.id,
      reference: attempt.reference,
    });
    expect(facts).toMatchObject([{ kind: 'payment', says: 'notFound', reference: attempt.reference }]);
    expect(facts[0]?.code).toBe(code);
  });

  test('after a failure that was followed by a late authorisation follows what changes', async () => {
    const failed = { ...payment, status: 'failed', captured: false };
    for (const [now, says] of [
      [failed, 'failed'],
      [{ ...payment, status: 'authorized', captured: false }, 'pending'],
      [payment, 'success'],
    ] as const) {
      const { gateway } = stage({ [byId]: [200, begun], [payments]: [200, { items: [now] }] });
      expect((await gateway.ask(asked)).facts).toMatchObject([{ says }]);
    }
  });

  test('tells of refunds, oldest first, also where one payment failed before', async () => {
    const refund = { entity: 'refund', currency: 'INR', payment_id: payment.id, status: 'processed' };
    const paid = { ...payment, amount_refunded: 300 };
    const { gateway } = stage({
      [byId]: [200, { ...begun, status: 'paid' }],
      [payments]: [200, { items: [paid, { ...payment, id: 'pay_first', status: 'failed' }] }],
      [refunds]: [
        200,
        {
          items: [
            { ...refund, id: 'rfnd_2', amount: 200 },
            { ...refund, id: 'rfnd_1', amount: 100 },
          ],
        },
      ],
    });
    expect((await gateway.ask(asked)).facts).toMatchObject([
      { kind: 'payment', says: 'success' },
      { kind: 'refund', refundId: 'RFND_1', amount: 100 },
      { kind: 'refund', refundId: 'RFND_2', amount: 200 },
    ]);
  });

  test.each<[string, Readonly<Record<string, Answer>>]>([
    ['another link is answered', { [byId]: [200, { ...begun, reference_id: 'OTHER' }] }],
    ['nothing is answered', { [byId]: [200, {}] }],
    ['the link is not known', { [byId]: [400, refusal('The id provided does not exist')] }],
    ['the payments are no list', { [byId]: [200, begun], [payments]: [200, {}] }],
    ['the payments fail', { [byId]: [200, begun], [payments]: [503, 'away'] }],
    ['a link that is paid has no payment', { [byId]: [200, { ...link, status: 'paid' }] }],
    [
      'the refunds fail',
      {
        [byId]: [200, begun],
        [payments]: [200, { items: [{ ...payment, amount_refunded: 1 }] }],
        [refunds]: [500, refusal('trouble')],
      },
    ],
  ])('tells nothing when %s', async (_what, answers) => {
    const error = await failure(stage(answers).gateway.ask(asked));
    expect(error).toBeInstanceOf(GatewayUnavailableError);
    expect(exchangeOf(error)?.request).toContain('payment_links');
  });
});

describe('giving money back', () => {
  const refundReference = 'RFABCDEFGHJKLMNPQRSTUVWX' as RefundReference;
  const wanted: NewRefund = {
    ...asked,
    transactionId: 'PAY_QFLDMT5STKZFCB',
    refundReference,
    amount: paise(10_000),
    captured: paise(30_000),
    paidAt: attempt.at,
  };
  const refund = {
    id: 'rfnd_QflfXpZyVbCdEf',
    entity: 'refund',
    amount: 10_000,
    currency: 'INR',
    payment_id: payment.id,
    receipt: refundReference,
    status: 'processed',
    created_at: payment.created_at,
  };
  const found = { [byId]: [200, begun], [payments]: [200, { items: [payment] }] } as const;
  const none = { ...found, [refunds]: [200, { items: [] }] } as const;
  const request = `POST /payments/${payment.id}/refund`;
  const give = (answers: Readonly<Record<string, Answer>>) => {
    const { gateway, calls } = stage(answers);
    if (!gateway.refunds) throw new Error('it gives nothing back');
    return { refunds: gateway.refunds, calls };
  };
  const told = [
    { kind: 'refund', says: 'refunded', amount: 10_000, refundReference, reference: attempt.reference },
  ];

  test('finds the payment, whose id it knows in upper case only, and asks under our reference', async () => {
    const { refunds: back, calls } = give({ ...none, [request]: [200, refund] });
    expect((await back.request(wanted)).facts).toMatchObject(told);
    expect(calls.at(-1)).toMatchObject({
      idempotency: refundReference,
      body: {
        amount: 10_000,
        speed: 'normal',
        receipt: refundReference,
        notes: { attempt: attempt.reference },
      },
    });
  });

  test('that there is already is not asked for again', async () => {
    const { refunds: back, calls } = give({ ...found, [refunds]: [200, { items: [refund] }] });
    expect((await back.request(wanted)).facts).toMatchObject(told);
    expect((await back.ask(wanted)).facts).toMatchObject(told);
    expect(calls.every(({ method }) => method === 'GET')).toBe(true);
  });

  test('that nobody asked for is not found', async () => {
    expect((await give(none).refunds.ask(wanted)).facts).toMatchObject([
      { says: 'notFound', refundReference },
    ]);
  });

  test.each([400, 409])('that was asked for meanwhile otherwise (%d) tells what there is', async (status) => {
    const words = 'Different request with the same idempotency key has already been processed.';
    const used = { [request]: [status, refusal(words)] } as const;
    // Razorpay lists it from the second look on.
    let looks = 0;
    const late = {
      ...found,
      ...used,
      [refunds]: [
        200,
        {
          get items() {
            return looks++ === 0 ? [] : [refund];
          },
        },
      ],
    } as const;
    expect((await give(late).refunds.request(wanted)).facts).toMatchObject(told);
    // Which refund it was, nobody can tell: another one could be the second.
    expect(await failure(give({ ...none, ...used }).refunds.request(wanted))).toBeInstanceOf(
      GatewayUnavailableError,
    );
  });

  test.each<[string, Answer, typeof GatewayRefusedError | typeof GatewayUnavailableError]>([
    ['refused', [400, refusal('The total refund amount is greater')], GatewayRefusedError],
    ['in progress', [409, refusal('Another operation is in progress')], GatewayUnavailableError],
    ['not answered', [500, refusal('trouble')], GatewayUnavailableError],
    ['another one', [200, { ...refund, receipt: 'RFOTHER' }], GatewayUnavailableError],
  ])('that is %s', async (_what, answer, expected) => {
    expect(await failure(give({ ...none, [request]: answer }).refunds.request(wanted))).toBeInstanceOf(
      expected,
    );
  });

  test('of a payment that is not known is open', async () => {
    const { refunds: back } = give(none);
    const other = { ...wanted, transactionId: 'PAY_OTHER' };
    expect(await failure(back.request(other))).toBeInstanceOf(GatewayUnavailableError);
  });
});

const nobody = stage({}).gateway;
const paidEvent = JSON.stringify(event('order.paid', { order, payment }));
const webhook = (body: string, secret: string, headers: Readonly<Record<string, string>> = {}) =>
  posted(body, { 'x-razorpay-signature': sign(body, secret), ...headers });
const [{ secret }] = merchant.webhookSecrets;

describe('a webhook', () => {
  test('keeps the proof and the id of the event with its words', async () => {
    const told = await nobody.readCallback(
      webhook(paidEvent, secret, { 'x-razorpay-event-id': 'QflfEvent00001' }),
    );
    expect(told).toMatchObject({ merchant: 'main', facts: [{ says: 'success' }] });
    expect(told.raw).toBe(
      `X-Razorpay-Signature: ${sign(paidEvent, secret)}\nX-Razorpay-Event-Id: QflfEvent00001\n\n${paidEvent}`,
    );
  });

  test('that we do not know is kept without facts', async () => {
    const body = JSON.stringify(event('payment.downtime.started', {}));
    expect(await nobody.readCallback(webhook(body, secret))).toMatchObject({ merchant: 'main', facts: [] });
    for (const text of ['hello', '[]', 'null']) {
      expect((await nobody.readCallback(webhook(text, secret))).facts).toEqual([]);
    }
  });

  test('counts by its bytes: the same object written otherwise is not signed', async () => {
    const other = posted(JSON.stringify(JSON.parse(paidEvent), undefined, 1), {
      'x-razorpay-signature': sign(paidEvent, secret),
    });
    expect(await failure(nobody.readCallback(other))).toBeInstanceOf(NotAuthenticError);
  });

  test('of accounts that share a secret belongs to the one that it names', async () => {
    const twin: RazorpayMerchant = { ...merchant, id: 'twin', accountId: 'acc_TWIN' };
    const gateway = createRazorpay({
      merchants: [twin, merchant],
      apiUrl: 'https://api.example.test',
      now: () => reading.now,
    });
    expect((await gateway.readCallback(webhook(paidEvent, secret))).merchant).toBe('main');
    const foreign = JSON.stringify({ ...event('order.paid', { order, payment }), account_id: 'acc_OTHER' });
    expect(await gateway.readCallback(webhook(foreign, secret))).toMatchObject({
      merchant: 'twin',
      facts: [{ merchantId: 'acc_OTHER' }],
    });
  });

  const day = 86_400_000;
  test.each([
    ['long before', -30 * day, [true, false]],
    ['within a day before', -1, [true, true]],
    ['just after', 1, [true, true]],
    ['a week later', 8 * day, [false, true]],
  ])(
    '%s the secret changes, those under old and new are believed as they should be',
    async (_when, ms, expected) => {
      const change = reading.now;
      const changing: RazorpayMerchant = {
        ...merchant,
        webhookSecrets: [
          { secret: 'the-old-one', until: change },
          { secret: 'the-new-one', from: change },
        ],
      };
      const { gateway } = stage({}, { merchants: [changing], now: change + ms });
      const believed = ['the-old-one', 'the-new-one'].map((each) =>
        gateway.readCallback(webhook(paidEvent, each)).then(
          () => true,
          () => false,
        ),
      );
      expect(await Promise.all(believed)).toEqual(expected);
    },
  );
});

describe('the way back', () => {
  const brought = (fields: Readonly<Record<string, string>>) =>
    nobody.readReturn({ ...posted(''), method: 'GET', query: new URLSearchParams(fields) });
  const left = { razorpay_payment_link_reference_id: attempt.reference };
  const fields = {
    razorpay_payment_id: payment.id,
    razorpay_payment_link_id: link.id,
    ...left,
    razorpay_payment_link_status: 'paid',
  };
  const signed = [link.id, attempt.reference, 'paid', payment.id].join('|');
  const [{ keySecret }] = merchant.keys;

  test('after a payment is proved by the key of the API, and kept without what is foreign', async () => {
    const razorpay_signature = sign(signed, keySecret);
    const returned = await brought({ ...fields, razorpay_signature, more: 'x'.repeat(9_000) });
    expect(returned.reference).toBe(attempt.reference);
    expect(Object.fromEntries(new URLSearchParams(returned.raw))).toEqual({ ...fields, razorpay_signature });
  });

  test('after leaving names the attempt and nothing else', async () => {
    for (const each of [left, { ...fields, razorpay_payment_id: '' }]) {
      expect(await brought(each)).toEqual({
        reference: attempt.reference,
        raw: `razorpay_payment_link_reference_id=${attempt.reference}`,
      });
    }
  });

  test('with another status than what was signed is refused', async () => {
    const razorpay_signature = sign(signed.replace('paid', 'created'), keySecret);
    expect(await failure(brought({ ...fields, razorpay_signature }))).toBeInstanceOf(NotAuthenticError);
  });

  test('without a reference cannot be read', async () => {
    expect(await failure(brought({ razorpay_payment_link_id: link.id }))).toBeInstanceOf(NotACallbackError);
  });
});
