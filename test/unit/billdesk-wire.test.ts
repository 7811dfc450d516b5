/** BillDesk's objects: what is sent, how a transaction is read, which refusals mean what, the shapes of callbacks. */
import { describe, expect, test } from 'vitest';
import type { GatewayFact } from '../../domain/payments/attempt.ts';
import { paise } from '../../domain/money.ts';
import { inPaise, rupees } from '../../gateways/billdesk/amount.ts';
import { contentOfReturn, tokenOfCallback } from '../../gateways/billdesk/incoming.ts';
import { openedOrder, orderRequest } from '../../gateways/billdesk/order.ts';
import { isDuplicateOrder, isFinal, isNotFound, refusalIn } from '../../gateways/billdesk/refusal.ts';
import { factOf, transactionSchema } from '../../gateways/billdesk/transaction.ts';
import { GatewayUnavailableError, NotACallbackError } from '../../gateways/gateway.ts';
import { attempt, hmac, transaction, vectors } from './billdesk-fixtures.ts';

describe('an amount', () => {
  test.each([
    [0, '0.00'],
    [1, '0.01'],
    [99, '0.99'],
    [30000, '300.00'],
    [123456789, '1234567.89'],
    [900_719_925_474_09, '900719925474.09'],
  ])('of %d paise is written %s', (amount, text) => {
    expect(rupees(paise(amount))).toBe(text);
    expect(inPaise(text)).toBe(amount);
  });

  test.each([
    '300',
    '300.0',
    '300.000',
    '-300.00',
    '3e2',
    '1,000.00',
    ' 300.00',
    '',
    'NA',
    300,
    null,
    undefined,
  ])('written %j is none', (text) => {
    expect(inPaise(text)).toBeUndefined();
  });

  test('beyond what is exact is none', () => {
    expect(inPaise('90071992547409.92')).toBeUndefined();
  });
});

describe('the order that is sent', () => {
  test('has every field that BillDesk asks for', () => {
    expect(orderRequest(attempt, hmac)).toEqual({
      mercid: 'KMCUAT',
      orderid: 'KMCPT2026000001',
      amount: '300.00',
      order_date: '2026-04-01T10:15:30+05:30',
      currency: '356',
      ru: 'https://pay.example.test/billdesk/return',
      itemcode: 'DIRECT',
      additional_info: {
        additional_info1: 'PT',
        additional_info2: '110630100011',
        additional_info3: 'WARD63',
        additional_info4: 'NA',
        additional_info5: 'NA',
        additional_info6: 'NA',
        additional_info7: 'NA',
      },
      device: {
        init_channel: 'internet',
        ip: '203.0.113.7',
        user_agent: 'Mozilla/5.0',
        accept_header: 'text/html',
      },
    });
  });

  test('begins as the signing vector does', () => {
    const { payload = '' } = vectors.hmac.cases[0] ?? {};
    expect(orderRequest(attempt, hmac)).toMatchObject(JSON.parse(payload) as object);
  });

  test('names the line of business where there is one, and keeps to the characters that are allowed', () => {
    const odd = { ...attempt, accountNumber: 'CE/0001 €', ward: 7, browser: { ip: '::1', userAgent: '' } };
    expect(orderRequest(odd, { ...hmac, settlementLob: 'KMCPT' })).toMatchObject({
      settlement_lob: 'KMCPT',
      additional_info: { additional_info2: 'CE-0001--', additional_info3: 'WARD07' },
      device: { user_agent: 'NA' },
    });
  });
});

describe('the order that comes back', () => {
  const parameters = { mercid: 'KMCUAT', bdorderid: 'OA78F1MDCV15BN7', rdata: 'opaque' };
  const redirect = {
    href: 'https://uat1.billdesk.com/u2/web/v1_2/embeddedsdk',
    rel: 'redirect',
    method: 'POST',
    parameters,
    valid_date: '2026-04-01T10:45:31+05:30',
    headers: { authorization: 'OToken AB.CD;aGVsbG8=' },
  };
  const self = {
    href: 'https://www.billdesk.com/pgi/ve1_2/orders/KMCPT2026000001',
    rel: 'self',
    method: 'GET',
  };
  const order = {
    objectid: 'order',
    orderid: 'KMCPT2026000001',
    bdorderid: 'OA78F1MDCV15BN7',
    mercid: 'KMCUAT',
    amount: '300.00',
    currency: '356',
    links: [self, redirect],
    something: 'new',
  };

  test.each([
    ['as documented', [self, redirect]],
    ['in another order', [redirect, self]],
    ['beside links that nobody knows', [{ rel: 'future' }, 7, redirect]],
  ])('leads to the page, its links %s', (_how, links) => {
    expect(openedOrder({ ...order, links }, attempt, hmac)).toEqual({
      gatewayOrderId: 'OA78F1MDCV15BN7',
      redirect: {
        url: 'https://uat1.billdesk.com/u2/web/v1_2/embeddedsdk',
        method: 'POST',
        fields: { merchantid: 'KMCUAT', bdorderid: 'OA78F1MDCV15BN7', rdata: 'opaque' },
      },
      usableUntil: Date.parse('2026-04-01T10:45:31+05:30'),
    });
  });

  test.each([[undefined], ['soon']])('lasts half an hour when valid_date is %s', (valid_date) => {
    const links = [{ ...redirect, valid_date }];
    expect(openedOrder({ ...order, links }, attempt, hmac).usableUntil).toBe(attempt.at + 30 * 60_000);
  });

  test.each<[string, unknown]>([
    ['another order id', { ...order, orderid: 'KMCPT2026000002' }],
    ['another merchant', { ...order, mercid: 'OTHER' }],
    ['another amount', { ...order, amount: '3.00' }],
    ['another currency', { ...order, currency: '840' }],
    ['no link', { ...order, links: [self] }],
    ['a link that is a script', { ...order, links: [{ ...redirect, href: 'javascript:alert(1)' }] }],
    ['a link without its data', { ...order, links: [{ ...redirect, parameters: { mercid: 'KMCUAT' } }] }],
    ['a transaction', transaction],
    ['nothing', undefined],
  ])('counts as no answer with %s', (_what, answer) => {
    expect(() => openedOrder(answer, attempt, hmac)).toThrow(GatewayUnavailableError);
  });
});

const factFrom = (change: object): GatewayFact =>
  factOf(transactionSchema.parse({ ...transaction, ...change }));

describe('a transaction', () => {
  test('becomes a fact', () => {
    expect(factFrom({})).toEqual({
      gateway: 'billdesk',
      reference: 'KMCPT2026000001',
      merchantId: 'KMCUAT',
      says: 'success',
      amount: 30000,
      currency: 'INR',
      transactionId: 'XIC50TEST00001',
      bankReference: '609112345678',
      method: 'upi',
      at: Date.parse('2026-04-01T10:20:48+05:30'),
      reason: undefined,
      code: 'TRS0000',
      message: 'Transaction Successful',
    });
  });

  test.each<[string, string, GatewayFact['says'], GatewayFact['reason']]>([
    ['0300', 'success', 'success', undefined],
    ['0002', 'pending', 'pending', undefined],
    ['0399', 'payment_processing_error', 'failed', 'declined'],
    ['0399', 'invalid_data_error', 'failed', 'other'],
    ['0398', 'user_cancelled', 'cancelled', 'cancelled'],
    ['NA', '', 'unknown', undefined],
    ['0001', '', 'unknown', undefined],
    ['0301', 'success', 'unknown', undefined],
    ['300', 'success', 'unknown', undefined],
    ['', 'success', 'unknown', undefined],
    ['constructor', 'success', 'unknown', undefined],
  ])('of status %j and type %j says %s', (auth_status, transaction_error_type, says, reason) => {
    expect(factFrom({ auth_status, transaction_error_type })).toMatchObject({ says, reason });
  });

  test('of a status that nobody knows keeps it for people', () => {
    expect(factFrom({ auth_status: '0777' }).code).toBe('0777');
  });

  test.each([
    ['upi', 'upi'],
    ['card', 'card'],
    ['netbanking', 'netbanking'],
    ['wallet', 'wallet'],
    ['eft', 'other'],
    ['bankaccount', 'other'],
    ['cashcard', 'other'],
    ['cardless', 'other'],
    ['toString', 'other'],
    [undefined, undefined],
  ])('paid by %s is paid by %s', (payment_method_type, method) => {
    expect(factFrom({ payment_method_type }).method).toBe(method);
  });

  test.each([
    ['2026-04-01T10:20:48+05:30', '2026-04-01T04:50:48Z'],
    ['2026-04-01T04:50:48Z', '2026-04-01T04:50:48Z'],
    ['2026-04-01T10:20:48', '2026-04-01T04:50:48Z'],
  ])('of %s was at %s', (transaction_date, utc) => {
    expect(factFrom({ transaction_date }).at).toBe(Date.parse(utc));
  });

  test.each(['01-04-2026 10:20:48', '2026-04-01', '2026-13-45T10:20:48+05:30', '', 20260401, undefined])(
    'of %j was at a time that is not known',
    (transaction_date) => {
      expect(factFrom({ transaction_date }).at).toBeUndefined();
    },
  );

  test('keeps a currency that is not the rupee, and has no amount where it is malformed', () => {
    expect(factFrom({ currency: '840', amount: '300' })).toMatchObject({
      currency: '840',
      amount: undefined,
    });
    expect(factFrom({ amount: 300 }).amount).toBeUndefined();
  });

  test.each([
    ['a refund', { objectid: 'refund' }],
    ['an order', { objectid: 'order' }],
    ['without a status', { auth_status: undefined }],
    ['without an order', { orderid: undefined }],
    ['without a merchant', { mercid: '' }],
  ])('is not %s', (_what, change) => {
    expect(transactionSchema.safeParse({ ...transaction, ...change }).success).toBe(false);
  });
});

describe('an error object', () => {
  const refusal = (status: number | string, error_type: string, error_code: string, message: string) => {
    const read = refusalIn({ status, error_type, error_code, message, more: 1 });
    if (read === undefined) throw new Error('not read');
    return read;
  };

  test('says that there is an order of this id', () => {
    const duplicate = refusal(409, 'duplicate_request_error', 'TRDRE0001', 'Transaction already exists');
    expect(isDuplicateOrder(duplicate)).toBe(true);
    expect(isDuplicateOrder(refusal('409', 'duplicate_request_error', 'GNDRE0001', 'Trace id'))).toBe(false);
  });

  test.each([
    [404, 'x', 'y', true],
    [422, 'not_found_error', 'y', true],
    [422, 'x', 'No record found', true],
    [422, 'x', 'Transaction does not exist', true],
    [422, 'invalid_data_error', 'Either transactionid or mercid and orderid are required', false],
    [401, 'authentication_error', 'clientid not found', false],
    [403, 'x', 'not found', false],
    [429, 'x', 'not found', false],
    [500, 'x', 'not found', false],
  ])('of status %d, %s, %j says that nothing was begun: %s', (status, type, message, expected) => {
    expect(isNotFound(refusal(status, type, 'X', message))).toBe(expected);
  });

  test.each([
    [400, true],
    [409, true],
    [422, true],
    [401, false],
    [403, false],
    [408, false],
    [429, false],
    [500, false],
    [503, false],
    [200, false],
  ])('of status %d is final: %s', (status, expected) => {
    expect(isFinal(refusal(status, 'x', 'X', 'y'))).toBe(expected);
  });

  test.each([transaction, {}, undefined, null, 'error', [1]])('is not read out of %j', (answer) => {
    expect(refusalIn(answer)).toBeUndefined();
  });
});

const token = 'eyJhbGciOiJIUzI1NiJ9.eyJhIjoxfQ.c2ln';
const form = (fields: Record<string, string>): string => new URLSearchParams(fields).toString();

describe('a webhook carries its token', () => {
  test.each([
    ['bare', token],
    ['bare, between blank lines', `\r\n${token}\n`],
    ['in JSON', JSON.stringify({ transaction_response: token })],
    ['in JSON, encrypted', JSON.stringify({ encrypted_response: ` ${token} `, other: [1] })],
    ['in JSON as response', JSON.stringify({ response: token })],
    ['in a form', form({ transaction_response: token })],
    ['in a form, encrypted', form({ encrypted_response: token, terminal_state: '0' })],
    ['in a form as response', form({ msg: '', response: token })],
  ])('%s', (_how, body) => {
    expect(tokenOfCallback(Buffer.from(body))).toBe(token);
  });

  test.each([
    '',
    'hello',
    '{}',
    '[]',
    'null',
    `["${token}"]`,
    JSON.stringify({ transaction_response: 7 }),
    JSON.stringify({ transaction_response: { token } }),
    form({ transaction_response: 'undefined' }),
    form({ orderid: 'KMCPT2026000001', terminal_state: '111' }),
    '\u0000\ufffd',
  ])('and %j carries none', (body) => {
    expect(() => tokenOfCallback(Buffer.from(body))).toThrow(NotACallbackError);
  });
});

describe('the browser brings back', () => {
  test.each([
    ['transaction_response', form({ transaction_response: token, orderid: 'X1' })],
    [
      'encrypted_response',
      form({ encrypted_response: token, status: '409', txnResponse: '[object Object]' }),
    ],
    ["the script's JSON", JSON.stringify({ transaction_response: token })],
  ])('a token in %s', (_how, body) => {
    expect(contentOfReturn(Buffer.from(body))).toEqual({ token });
  });

  test.each([
    ['a cancellation', 'terminal_state=111&orderid=KMCPT2026000001&txnResponse=[object Object]'],
    ['an expiry with an empty token', form({ transaction_response: '', orderid: 'KMCPT2026000001' })],
    ["the script's cancellation", '{"isCancelledByUser":"Y","orderId":"KMCPT2026000001"}'],
  ])('no more than the order after %s', (_how, body) => {
    expect(contentOfReturn(Buffer.from(body))).toEqual({ reference: 'KMCPT2026000001' });
  });

  test.each([
    '',
    'terminal_state=111',
    form({ orderid: '../../etc' }),
    form({ orderid: 'A'.repeat(65) }),
    '{"orderId":7}',
  ])('nothing in %j', (body) => {
    expect(() => contentOfReturn(Buffer.from(body))).toThrow(NotACallbackError);
  });
});
