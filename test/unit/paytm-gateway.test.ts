/** Paytm's adapter against a server that answers whatever a test wants, and callbacks under its keys. */
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
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
  type Refunds,
} from '../../gateways/gateway.ts';
import { isChecksumOf } from '../../gateways/paytm/checksum.ts';
import type { PaytmMerchant } from '../../gateways/paytm/merchant.ts';
import { createPaytm } from '../../gateways/paytm/paytm.ts';
import { signedJson } from '../../gateways/paytm/signed.ts';
import { posted } from '../support/gateway-requests.ts';
import {
  answer,
  attempt,
  form,
  merchant,
  sale,
  signedBody,
  signedFields,
  vectors,
} from './paytm-fixtures.ts';

interface Received {
  readonly url: string;
  readonly body: string;
}
type Respond = (response: ServerResponse, url: string | undefined) => unknown;

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function stage(
  respond: Respond,
  options: Partial<Parameters<typeof createPaytm>[0]> = {},
): Promise<{ gateway: Gateway; apiUrl: string; requests: Received[] }> {
  const requests: Received[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      requests.push({ url: request.url ?? '', body: Buffer.concat(chunks).toString() });
      void respond(response, request.url);
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const apiUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    gateway: createPaytm({ merchants: [merchant], apiUrl, timeoutMs: 500, ...options }),
    apiUrl,
    requests,
  };
}

const failure = (run: Promise<unknown>): Promise<unknown> =>
  run.then(
    () => undefined,
    (error: unknown) => error,
  );
const says =
  (text: string, status = 200): Respond =>
  (response) =>
    response.writeHead(status).end(text);
const stranger: PaytmMerchant = { ...merchant, keys: [{ key: 'AStrangersKey001' }] };
const result = (resultStatus: string, resultCode: string, resultMsg = 'words') => ({
  resultInfo: { resultStatus, resultCode, resultMsg },
});
const made = { ...result('S', '0000', 'Success'), txnToken: 'f00dfeed', isPromoCodeValid: false };
const unsigned = (body: object): string => JSON.stringify({ head: { version: 'v1' }, body });

describe('the ways to pay', () => {
  const intent = 'upi://pay?pa=paytm-kmc@paytm&pn=KMC&mc=9311&tr=T1&am=300.00&cu=INR&mode=05&sign=a/b+c%3D';
  const qrMade = { ...result('SUCCESS', 'QR_0001'), qrCodeId: 'Q1', qrData: intent };
  const deepLinkInfo = { deepLink: intent, orderId: attempt.reference, transId: 'T1' };
  /** Answers the order, and then whatever a test wants. */
  const after =
    (second: Respond): Respond =>
    (response, url) =>
      url?.startsWith('/theia/api/v1/initiateTransaction')
        ? says(signedBody(made))(response, url)
        : second(response, url);
  const page = { kind: 'form', fields: { txnToken: 'f00dfeed' } };

  test('are those of the account, with its own limit of UPI or the usual', () => {
    const ways = ['upiApp', 'upiQr'] as const;
    const all = [
      merchant,
      { ...merchant, id: 'upi', ways },
      { ...merchant, id: 'taxes', ways, upiMost: { propertyTax: 500_000 } },
    ] as const;
    const gateway = createPaytm({ merchants: all, apiUrl: 'http://127.0.0.1:9' });
    const offered = (most: number) => [{ way: 'page' }, ...ways.map((way) => ({ way, most }))];
    expect(gateway.merchantsFor('propertyTax').map((each) => each.ways)).toEqual([
      [{ way: 'page' }],
      offered(100_000_00),
      offered(500_000_00),
    ]);
    const [, , licences] = gateway.merchantsFor('tradeLicence');
    expect(licences?.ways).toEqual(offered(100_000_00));
  });

  test('an intent is asked for with the token, and handed on to the letter', async () => {
    const answer2 = unsigned({ ...result('S', '0000'), deepLinkInfo });
    const { gateway, requests } = await stage(after(says(answer2)));
    const opened = await gateway.open({ ...attempt, way: 'upiApp' });
    expect(opened.redirect).toEqual({ kind: 'intent', uri: intent });
    expect(opened.usableUntil).toBe(attempt.at + 900_000);
    const { head, body } = JSON.parse(requests[1]?.body ?? '') as Record<string, object>;
    expect(requests[1]?.url).toContain('/theia/api/v1/processTransaction?mid=');
    expect(head).toEqual(expect.objectContaining({ version: 'v1', channelId: 'WAP', txnToken: 'f00dfeed' }));
    expect(head).not.toHaveProperty('signature');
    expect(body).toMatchObject({ requestType: 'NATIVE', paymentMode: 'UPI_INTENT', paymentFlow: 'NONE' });
    expect(opened.exchange.request).toContain('UPI_INTENT');
    expect(opened.exchange.response).toContain('deepLink');
  });

  test.each<[string, Respond]>([
    ['the account has no Native+', says(unsigned(result('F', '1001')))],
    ['there is no intent', says(unsigned(result('S', '0000')))],
    [
      'the intent is for another amount',
      says(
        unsigned({
          ...result('S', '0000'),
          deepLinkInfo: { ...deepLinkInfo, deepLink: intent.replace('300.00', '1.00') },
        }),
      ),
    ],
    [
      'the intent is of another order',
      says(unsigned({ ...result('S', '0000'), deepLinkInfo: { ...deepLinkInfo, orderId: 'OTHER' } })),
    ],
    [
      'it leads to somewhere else',
      says(unsigned({ ...result('S', '0000'), deepLinkInfo: { deepLink: 'javascript:alert(1)' } })),
    ],
    ['Paytm fails', says('', 500)],
    ['no answer comes', () => undefined],
  ])('the page serves where %s', async (_what, respond) => {
    const { gateway } = await stage(after(respond));
    const { redirect, exchange } = await gateway.open({ ...attempt, way: 'upiApp' });
    expect(redirect).toMatchObject(page);
    expect(exchange.request).toContain('UPI_INTENT');
  });

  test('a QR code is asked for under our checksum, for a quarter of an hour', async () => {
    const { gateway, requests } = await stage(says(signedBody(qrMade)));
    const { redirect, usableUntil } = await gateway.open({ ...attempt, way: 'upiQr' });
    expect(redirect).toEqual({ kind: 'qrCode', code: { data: intent }, until: usableUntil });
    const { covered = '', checksum = '', fields } = signedJson(requests[0]?.body ?? '') ?? {};
    expect(isChecksumOf(covered, checksum, vectors.key)).toBe(true);
    expect(fields).toMatchObject({
      amount: '300.00',
      businessType: 'UPI_QR_CODE',
      posId: 'WEB',
      expiryDate: '2026-04-01 10:30:30',
    });
    expect(requests.map(({ url }) => url)).toEqual(['/paymentservices/qr/create']);
  });

  test('a QR code of which only the picture comes is shown as it is', async () => {
    const image = `iVBORw0KGgo${'A'.repeat(40)}`;
    const { gateway } = await stage(says(signedBody({ ...qrMade, qrData: undefined, image })));
    const { redirect } = await gateway.open({ ...attempt, way: 'upiQr' });
    expect(redirect).toMatchObject({ kind: 'qrCode', code: { png: image } });
  });

  test('an account that may make no QR codes has its page', async () => {
    const { gateway } = await stage(after(says(unsigned(result('FAILURE', '1001')))));
    expect((await gateway.open({ ...attempt, way: 'upiQr' })).redirect).toMatchObject(page);
  });

  test.each<[string, Respond]>([
    ['nobody signed it', says(unsigned(qrMade))],
    ['it is for another amount', says(signedBody({ ...qrMade, qrData: intent.replace('300.00', '3.00') }))],
    ['no answer comes', () => undefined],
  ])('a QR code is not shown when %s', async (_what, respond) => {
    const { gateway } = await stage(respond);
    expect(await failure(gateway.open({ ...attempt, way: 'upiQr' }))).toBeInstanceOf(GatewayUnavailableError);
  });
});

describe('opening', () => {
  test('sends what it signs, and leads to the page with the token for a quarter of an hour', async () => {
    const response = signedBody(made);
    const { gateway, apiUrl, requests } = await stage(says(response));
    const query = '?mid=KMCTEST00000000001&orderId=KMCPT2026000001';
    expect(await gateway.open(attempt)).toEqual({
      gatewayOrderId: attempt.reference,
      redirect: {
        kind: 'form',
        url: `${apiUrl}/theia/api/v1/showPaymentPage${query}`,
        fields: { mid: merchant.mid, orderId: attempt.reference, txnToken: 'f00dfeed' },
      },
      usableUntil: attempt.at + 900_000,
      exchange: { request: requests[0]?.body, response },
    });
    expect(requests.map(({ url }) => url)).toEqual([`/theia/api/v1/initiateTransaction${query}`]);
    const { covered = '', checksum = '', fields } = signedJson(requests[0]?.body ?? '') ?? {};
    expect(isChecksumOf(covered, checksum, vectors.key)).toBe(true);
    expect(fields).toMatchObject({
      orderId: attempt.reference,
      txnAmount: { value: '300.00', currency: 'INR' },
    });
  });

  test('again after an answer that was lost leads to the same page', async () => {
    const { gateway } = await stage(says(signedBody({ ...made, ...result('S', '0002') })));
    expect((await gateway.open(attempt)).redirect).toMatchObject({ fields: { txnToken: 'f00dfeed' } });
  });

  test('that Paytm refuses says why, signed or not', async () => {
    for (const write of [signedBody, unsigned]) {
      const { gateway } = await stage(says(write(result('F', '2007', 'Txn amount is invalid'))));
      const error = await failure(gateway.open(attempt));
      expect(error).toBeInstanceOf(GatewayRefusedError);
      expect(error).toMatchObject({ code: '2007', message: 'Paytm: Txn amount is invalid' });
      expect(exchangeOf(error)?.response).toContain('2007');
    }
  });

  test('that was opened before says so', async () => {
    const { gateway } = await stage(says(unsigned(result('F', '334', 'Duplicate order id'))));
    expect(await failure(gateway.open(attempt))).toBeInstanceOf(AlreadyOpenedError);
  });

  test.each<[string, Respond, RegExp]>([
    ['Paytm fails', says(signedBody(result('U', '501')), 500), /HTTP 500, 501$/],
    ['it says that it failed', says(unsigned(result('F', '501'))), /no answer to trust, 501$/],
    ['our key does not fit', says(unsigned(result('F', '227'))), /no answer to trust, 227$/],
    ['nobody signed the token', says(unsigned(made)), /no answer to trust, 0000$/],
    ['a stranger signed it', says(signedBody(made, stranger)), /HTTP 200, 0000, not signed by Paytm$/],
    ['a stranger refuses', says(signedBody(result('F', '2007'), stranger)), /2007, not signed by Paytm$/],
    ['there is no token', says(signedBody(result('S', '0000'))), /no way to its payment page$/],
    ['it says nothing', says(signedBody({})), /no answer to trust$/],
    ['a proxy answers', says('<html>Service Unavailable', 503), /HTTP 503$/],
    ['it leads elsewhere', (to) => to.writeHead(302, { location: 'http://127.0.0.1:9/' }).end(), /HTTP 302$/],
    ['no answer comes', () => undefined, /no answer within 500 ms$/],
    ['the connection breaks', (to) => to.destroy(), /connection failed \(\w+\)$/],
  ])('is left open when %s', async (_what, respond, message) => {
    const { gateway } = await stage(respond);
    const error = await failure(gateway.open(attempt));
    expect(error).toBeInstanceOf(GatewayUnavailableError);
    expect((error as Error).message).toMatch(message);
    expect((error as Error).message).not.toMatch(/110630100011|127\.0\.0\.1|f00dfeed/);
    expect(exchangeOf(error)?.request).toContain(attempt.reference);
  });
});

const asked = { merchant: merchant.id, reference: attempt.reference };

describe('asking', () => {
  test('by our own reference gives the fact and the words that prove it', async () => {
    const response = signedBody(answer);
    const { gateway, requests } = await stage(says(response));
    expect(await gateway.ask(asked)).toMatchObject({
      merchant: 'paytm',
      facts: [{ kind: 'payment', says: 'success', amount: 30000, reference: attempt.reference }],
      request: requests[0]?.body,
      raw: response,
    });
    expect(requests[0]?.url).toBe('/v3/order/status');
    expect(signedJson(requests[0]?.body ?? '')?.fields).toEqual({
      mid: merchant.mid,
      orderId: attempt.reference,
    });
  });

  test('is answered however the body is written', async () => {
    const text = JSON.stringify(answer, undefined, 3).replace('"300.00"', '"300.0\\u0030"');
    const { gateway } = await stage(says(signedBody(text)));
    expect((await gateway.ask(asked)).facts).toMatchObject([{ says: 'success', amount: 30000 }]);
  });

  test.each([
    ['331', result('TXN_FAILURE', '331')],
    ['334', result('TXN_FAILURE', '334')],
    ['NO_RECORD_FOUND', result('TXN_FAILURE', 'NO_RECORD_FOUND')],
    ['NO_RECORD_FOUND as a status', { ...result('NO_RECORD_FOUND', '331'), orderId: attempt.reference }],
  ])('where nothing was begun says so: %s', async (_code, body) => {
    const { gateway } = await stage(says(signedBody(body)));
    expect((await gateway.ask(asked)).facts).toEqual([
      {
        kind: 'payment',
        gateway: 'paytm',
        reference: attempt.reference,
        merchantId: merchant.mid,
        says: 'notFound',
        code: body.resultInfo.resultCode,
        message: 'words',
      },
    ]);
  });

  test('about what Paytm itself failed at is asked again', async () => {
    const { gateway } = await stage(says(signedBody({ ...answer, ...result('TXN_FAILURE', '501') })));
    expect((await gateway.ask(asked)).facts).toMatchObject([{ says: 'unknown', code: 'TXN_FAILURE 501' }]);
  });

  test.each<[string, Respond]>([
    ['another order is answered', says(signedBody({ ...answer, orderId: 'KMCPT2026000002' }))],
    [
      'nothing is found of another order',
      says(signedBody({ ...result('TXN_FAILURE', '331'), orderId: 'KMCPT2026000002' })),
    ],
    ['an error names no order', says(signedBody(result('TXN_FAILURE', '501')))],
    ['it fails', says(signedBody(answer), 500)],
    ['a stranger answers', says(signedBody(answer, stranger))],
    ['nobody signed', says(unsigned(answer))],
    ['"not found" is not signed', says(unsigned(result('TXN_FAILURE', '331')))],
    ['a refund is answered', says(signedBody({ ...answer, txnType: 'REFUND', refundId: '1' }))],
  ])('tells nothing when %s', async (_what, respond) => {
    const { gateway } = await stage(respond);
    expect(await failure(gateway.ask(asked))).toBeInstanceOf(GatewayUnavailableError);
  });

  test('at an account that the settings do not have is not tried', async () => {
    const { gateway, requests } = await stage(says(signedBody(answer)));
    expect(await failure(gateway.ask({ ...asked, merchant: 'old' }))).toBeInstanceOf(GatewayUnavailableError);
    expect(requests).toEqual([]);
  });
});

describe('giving money back', () => {
  const refund: NewRefund = {
    merchant: merchant.id,
    reference: attempt.reference,
    refundReference: 'RF2026000001' as RefundReference,
    transactionId: sale.txnId,
    amount: paise(10000),
    captured: paise(30000),
    paidAt: attempt.at,
  };
  const about = { orderId: attempt.reference, mid: merchant.mid, refId: refund.refundReference };
  const noRecord = result('TXN_FAILURE', '631', 'Record not found');
  const raised = {
    ...about,
    ...result('PENDING', '601'),
    refundId: '20260402',
    refundAmount: '100.00',
    txnId: sale.txnId,
  };
  /** One answer to the question whether there is such a refund, another to the request. */
  const answers =
    (status: string, apply: string): Respond =>
    (response, url) =>
      response.end(url === '/refund/apply' ? apply : status);

  const of = async (respond: Respond): Promise<{ refunds: Refunds; requests: Received[] }> => {
    const { gateway, requests } = await stage(respond);
    if (gateway.refunds === undefined) throw new Error('it gives nothing back');
    return { refunds: gateway.refunds, requests };
  };

  test('is requested under our reference where Paytm knows of none', async () => {
    const apply = signedBody(raised);
    const { refunds, requests } = await of(answers(signedBody(noRecord), apply));
    expect(await refunds.request(refund)).toMatchObject({
      merchant: 'paytm',
      facts: [
        { kind: 'refund', says: 'pending', refundReference: 'RF2026000001', amount: 10000, code: '601' },
      ],
      raw: apply,
      request: requests[1]?.body,
    });
    expect(requests.map(({ url, body }) => [url, signedJson(body)?.fields])).toEqual([
      ['/v2/refund/status', { mid: merchant.mid, orderId: attempt.reference, refId: 'RF2026000001' }],
      [
        '/refund/apply',
        {
          mid: merchant.mid,
          txnType: 'REFUND',
          orderId: attempt.reference,
          txnId: sale.txnId,
          refId: 'RF2026000001',
          refundAmount: '100.00',
        },
      ],
    ]);
  });

  test.each([
    ['pending', raised],
    ['refunded', { ...raised, ...result('TXN_SUCCESS', '10') }],
    ['failed', { ...raised, ...result('TXN_FAILURE', '629') }],
  ])('that Paytm knows as %s is not requested again', async (says, known) => {
    const { refunds, requests } = await of(answers(signedBody(known), signedBody(raised)));
    expect((await refunds.request(refund)).facts).toMatchObject([{ says, refundReference: 'RF2026000001' }]);
    expect(requests.map(({ url }) => url)).toEqual(['/v2/refund/status']);
  });

  test.each([
    ['anew', result('TXN_FAILURE', 'REFUND_LIMIT_EXCEEDED')],
    ['with our words', { ...about, ...result('TXN_FAILURE', 'INVALID_REFUND_AMOUNT') }],
  ])('that Paytm refuses %s is refused', async (_how, body) => {
    const { refunds } = await of(answers(signedBody(noRecord), signedBody(body)));
    const error = await failure(refunds.request(refund));
    expect(error).toBeInstanceOf(GatewayRefusedError);
    expect(error).toMatchObject({ code: body.resultInfo.resultCode, message: 'Paytm: words' });
  });

  test.each<[string, string, string]>([
    ['the question fails', signedBody(result('TXN_FAILURE', '501')), signedBody(raised)],
    ['nobody signed that there is none', unsigned(noRecord), signedBody(raised)],
    ['another refund is answered', signedBody({ ...raised, refId: 'RF2026000002' }), signedBody(raised)],
    ['a refund of another order is answered', signedBody({ ...raised, orderId: 'A1' }), signedBody(raised)],
    ['a payment is answered', signedBody(answer), signedBody(raised)],
    [
      'the request is for another one',
      signedBody(noRecord),
      signedBody({ ...raised, refId: 'RF2026000002' }),
    ],
    ['the request fails', signedBody(noRecord), signedBody(result('TXN_FAILURE', '501'))],
    [
      'there is one after all',
      signedBody(noRecord),
      signedBody({ ...about, ...result('TXN_FAILURE', 'DUPLICATE_REF_ID') }),
    ],
    [
      'nobody signed the refusal',
      signedBody(noRecord),
      unsigned(result('TXN_FAILURE', 'REFUND_LIMIT_EXCEEDED')),
    ],
    ['a stranger signed', signedBody(noRecord), signedBody(raised, stranger)],
    ['a proxy answers', signedBody(noRecord), '<html>'],
  ])('is left open when %s', async (_what, status, apply) => {
    const { refunds } = await of(answers(status, apply));
    expect(await failure(refunds.request(refund))).toBeInstanceOf(GatewayUnavailableError);
  });

  test('that Paytm does not know is not found', async () => {
    for (const body of [
      noRecord,
      result('TXN_FAILURE', 'NO_RECORD_FOUND'),
      result('TXN_FAILURE', '600', 'No record'),
    ]) {
      const { refunds } = await of(answers(signedBody(body), ''));
      expect((await refunds.ask(refund)).facts).toMatchObject([
        { kind: 'refund', says: 'notFound', reference: attempt.reference, refundReference: 'RF2026000001' },
      ]);
    }
  });
});

const at = (...merchants: readonly [PaytmMerchant, ...PaytmMerchant[]]): Gateway =>
  createPaytm({ merchants, apiUrl: 'http://127.0.0.1:9' });
const second: PaytmMerchant = {
  id: 'second',
  mid: 'KMC2',
  services: ['tradeLicence'],
  keys: [{ key: 'InventedKey00002' }],
};

describe('a callback', () => {
  test('of the vector is read', async () => {
    const { signature = '' } = vectors.cases.find(({ kind }) => kind === 'form') ?? {};
    const body = new URLSearchParams({ ...form, CHECKSUMHASH: signature }).toString();
    expect(await at(merchant).readCallback(posted(body))).toMatchObject({
      merchant: 'paytm',
      raw: body,
      facts: [{ says: 'success', amount: 30000, merchantId: merchant.mid }],
    });
  });

  test('is proved by the key of the account that it is for, in both shapes', async () => {
    for (const each of [merchant, second]) {
      const json = signedBody({ ...sale, mid: each.mid }, each);
      const fields = signedFields({ ...form, MID: each.mid }, each);
      for (const request of [posted(json), posted(fields)]) {
        const told = await at(merchant, second).readCallback(request);
        expect(told).toMatchObject({ merchant: each.id, facts: [{ says: 'success', merchantId: each.mid }] });
      }
    }
  });

  test('that names another account than its key carries both', async () => {
    const told = await at(merchant, second).readCallback(posted(signedBody(sale, second)));
    expect(told).toMatchObject({
      merchant: 'second',
      facts: [{ says: 'success', merchantId: merchant.mid }],
    });
    const inForm = await at(merchant, second).readCallback(posted(signedFields(form, second)));
    expect(inForm).toMatchObject({
      merchant: 'second',
      facts: [{ says: 'unknown', merchantId: merchant.mid }],
    });
  });

  test.each<[string, string | Readonly<Record<string, string>>]>([
    ['a stranger signed', signedBody(sale, stranger)],
    ['a stranger signed as a form', signedFields(form, stranger)],
    ['was written anew', signedBody(sale).replace('"300.00"', '300.00')],
    ['has another amount', { ...signedFields(form), TXNAMOUNT: '3000.00' }],
    ['has another field', { ...signedFields(form), EXTRA: '' }],
  ])('that %s is not believed', async (_what, body) => {
    expect(await failure(at(merchant, second).readCallback(posted(body)))).toBeInstanceOf(NotAuthenticError);
  });

  test('about no payment has no facts, and keeps its words and whose they are', async () => {
    const arn = { ORDERID: 'A1', REFUNDID: '7', ARN: '73256', REFUNDAMOUNT: '70.00', MID: 'KMC2' };
    for (const body of [
      signedBody({ notificationType: 'SETTLEMENT' }, second),
      new URLSearchParams(signedFields(arn, second)).toString(),
    ])
      expect(await at(merchant, second).readCallback(posted(body))).toEqual({
        facts: [],
        merchant: 'second',
        raw: body,
      });
  });
});

describe('the return', () => {
  const { ORDERID: _, ...orderless } = form;

  test('by a form or in an address names the order', async () => {
    const fields = new URLSearchParams(signedFields(form));
    const expected = { reference: attempt.reference, raw: fields.toString() };
    expect(await at(merchant).readReturn(posted(fields.toString()))).toEqual(expected);
    expect(await at(merchant).readReturn({ ...posted(''), method: 'GET', query: fields })).toEqual(expected);
  });

  test('that is not signed keeps nothing but the order', async () => {
    expect(await at(merchant).readReturn(posted(form))).toEqual({
      reference: attempt.reference,
      raw: `ORDERID=${attempt.reference}`,
    });
  });

  test('with a forged checksum is refused', async () => {
    for (const fields of [signedFields(form, stranger), { ...form, CHECKSUMHASH: '' }])
      expect(await failure(at(merchant).readReturn(posted(fields)))).toBeInstanceOf(NotAuthenticError);
  });

  test.each<[string, Readonly<Record<string, string>>]>([
    ['no order', signedFields(orderless)],
    ['an order of other letters', signedFields({ ...form, ORDERID: '../../etc' })],
    ['a long order', { ORDERID: 'A'.repeat(51) }],
  ])('with %s cannot be read', async (_what, fields) => {
    expect(await failure(at(merchant).readReturn(posted(fields)))).toBeInstanceOf(NotACallbackError);
  });
});

describe('keys change', () => {
  const day = 86_400_000;
  const change = Date.parse('2026-12-01T00:00:00+05:30');
  const changing: PaytmMerchant = {
    ...merchant,
    keys: [
      { key: 'TheOldKey0000001', until: change + day },
      { key: 'TheYoungKey00001', from: change },
    ],
  };
  const [old, young] = changing.keys.map((key): PaytmMerchant => ({ ...changing, keys: [key] }));
  const believes = (signer: PaytmMerchant | undefined, now: number): Promise<boolean> =>
    createPaytm({ merchants: [changing], apiUrl: 'http://127.0.0.1:9', now: () => now })
      .readCallback(posted(signedBody(sale, signer)))
      .then(
        () => true,
        () => false,
      );

  test.each([
    ['long before', -30 * day, [true, false]],
    ['within a day before', -1, [true, true]],
    ['while both are in force', 1, [true, true]],
    ['after the old one has ended', 2 * day, [true, true]],
    ['a week after that', 8 * day, [false, true]],
  ])('%s, callbacks under old and new are believed as they should', async (_when, ms, expected) => {
    expect([await believes(old, change + ms), await believes(young, change + ms)]).toEqual(expected);
  });

  test.each([
    ['before the change the old one', -1, old, young],
    ['from its first moment the new one', 0, young, old],
    ['when the old one has ended the new one', 2 * day, young, old],
  ])(
    'what is sent is signed with %s, and an answer under the other is believed',
    async (_when, ms, sender, other) => {
      const { gateway, requests } = await stage(says(signedBody(answer, other)), {
        merchants: [changing],
        now: () => change + ms,
      });
      expect((await gateway.ask(asked)).facts).toHaveLength(1);
      const { covered = '', checksum = '' } = signedJson(requests[0]?.body ?? '') ?? {};
      expect(isChecksumOf(covered, checksum, sender?.keys[0].key ?? '')).toBe(true);
    },
  );

  test('without a key in force nothing is sent, and another account takes new attempts', async () => {
    const ended: PaytmMerchant = { ...merchant, id: 'ended', keys: [{ key: 'TheOldKey0000001', until: 1 }] };
    const gateway = at(ended, second);
    expect(gateway.merchantsFor('tradeLicence')).toMatchObject([{ id: 'second', merchantId: 'KMC2' }]);
    const error = await failure(gateway.ask({ ...asked, merchant: 'ended' }));
    expect((error as Error).message).toBe('Paytm, no key of the merchant account ended is in force');
    expect(exchangeOf(error)).toBeUndefined();
  });
});
