/** BillDesk's objects: what is sent, how a transaction is read, which refusals mean what, the shapes of callbacks. */
import { describe, expect, test } from 'vitest';
import type { GatewayFact, PaymentFact } from '../../domain/payments/fact.ts';
import { paise } from '../../domain/money.ts';
import { rupees } from '../../gateways/amount.ts';
import { contentOfReturn, tokenOfCallback } from '../../gateways/billdesk/incoming.ts';
import { openedOrder, orderRequest } from '../../gateways/billdesk/order.ts';
import { isDuplicateOrder, isFinal, isNotFound, refusalIn } from '../../gateways/billdesk/refusal.ts';
import { factsOf } from '../../gateways/billdesk/transaction.ts';
import { GatewayUnavailableError, NotACallbackError } from '../../gateways/gateway.ts';
import { readAmount } from '../../gateways/readers.ts';
import { attempt, hmac, transaction, vectors } from './billdesk-fixtures.ts';

describe('an amount', () => {
  test.each([
    [0, '0.00'],
    [1, '0.01'],
    [99, '0.99'],
    [30000, '300.00'],
    [123456789, '1234567.89'],
    [9_999_999_999_999, '99999999999.99'],
  ])('of %d paise is written %s', (amount, text) => {
    expect(rupees(paise(amount))).toBe(text);
    expect(readAmount(text)).toBe(amount);
  });
});

const asked = { attempt, merchant: hmac, exchange: { request: 'sealed', response: 'sealed' } };

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
    expect(openedOrder({ ...order, links }, asked)).toEqual({
      exchange: asked.exchange,
      gatewayOrderId: 'OA78F1MDCV15BN7',
      redirect: {
        url: 'https://uat1.billdesk.com/u2/web/v1_2/embeddedsdk',
        kind: 'form',
        fields: { merchantid: 'KMCUAT', bdorderid: 'OA78F1MDCV15BN7', rdata: 'opaque' },
      },
      usableUntil: Date.parse('2026-04-01T10:45:31+05:30'),
    });
  });

  test.each([[undefined], ['soon']])('lasts half an hour when valid_date is %s', (valid_date) => {
    const links = [{ ...redirect, valid_date }];
    expect(openedOrder({ ...order, links }, asked).usableUntil).toBe(attempt.at + 30 * 60_000);
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
    expect(() => openedOrder(answer, asked)).toThrow(GatewayUnavailableError);
  });
});

const now = Date.parse('2026-04-02T12:00:00+05:30');
const factsFrom = (change: object): readonly GatewayFact[] => factsOf({ ...transaction, ...change }, { now });
const factFrom = (change: object): PaymentFact => {
  const [fact] = factsFrom(change);
  if (fact?.kind !== 'payment') throw new Error('no payment');
  return fact;
};

describe('a transaction', () => {
  test('becomes a fact', () => {
    expect(factFrom({})).toEqual({
      kind: 'payment',
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

  test.each<[string, string, PaymentFact['says'], PaymentFact['reason']]>([
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

  test.each<[string, object, Partial<PaymentFact>]>([
    [
      'ids that are numbers',
      { transactionid: 1234567, bank_ref_no: 609112345678 },
      { transactionId: '1234567', bankReference: '609112345678' },
    ],
    ['ids in other letters', { transactionid: ' xic50test00001 ' }, { transactionId: 'XIC50TEST00001' }],
    [
      'NA for ids',
      { transactionid: 'NA', bank_ref_no: 'null' },
      { transactionId: undefined, bankReference: undefined },
    ],
    [
      'ids left out',
      { transactionid: undefined, bank_ref_no: '' },
      { transactionId: undefined, bankReference: undefined },
    ],
    ['an amount that is a number', { amount: 300 }, { amount: 30000, amountAsTold: undefined }],
    ['an amount in another way', { amount: '₹ 300.000' }, { amount: 30000 }],
    ['an amount that cannot be read', { amount: '3,00' }, { amount: undefined, amountAsTold: '3,00' }],
    [
      'an amount that is an object',
      { amount: { rupees: 300 } },
      { amount: undefined, amountAsTold: '{"rupees":300}' },
    ],
    ['no amount', { amount: undefined }, { amount: undefined, amountAsTold: undefined }],
    ['a currency that is a number', { currency: 356 }, { currency: 'INR' }],
    ['another currency', { currency: '840' }, { currency: undefined, currencyAsTold: '840' }],
    [
      'a time in another way',
      { transaction_date: '01-04-2026 10:20:48' },
      { at: Date.parse('2026-04-01T04:50:48Z') },
    ],
    [
      'a time without an offset',
      { transaction_date: '2026-04-01T10:20:48' },
      { at: Date.parse('2026-04-01T04:50:48Z') },
    ],
    [
      'a day that does not exist',
      { transaction_date: '2026-02-31T10:00:00' },
      { at: undefined, atAsTold: '2026-02-31T10:00:00' },
    ],
    [
      'a time of long ago',
      { transaction_date: '1970-01-01T00:00:00Z' },
      { at: undefined, atAsTold: '1970-01-01T00:00:00Z' },
    ],
    ['a merchant left out', { mercid: undefined }, { merchantId: '', says: 'success' }],
    ['a status between blanks', { auth_status: ' 0300 ' }, { says: 'success' }],
    ['no status', { auth_status: undefined }, { says: 'unknown' }],
    ['a status that is a number', { auth_status: 300 }, { says: 'unknown', code: '300' }],
    [
      "BillDesk's id of the order",
      { bdorderid: 'OA78' },
      { reference: 'KMCPT2026000001', gatewayOrderId: 'OA78' },
    ],
    [
      "no id but BillDesk's",
      { orderid: '', bdorderid: 'OA78' },
      { reference: undefined, gatewayOrderId: 'OA78' },
    ],
    ['no kind', { objectid: undefined }, { kind: 'payment', says: 'success' }],
    ['its kind in capitals', { objectid: 'TRANSACTION' }, { kind: 'payment' }],
    ['many words', { transaction_error_desc: 'x'.repeat(9_000) }, { message: 'x'.repeat(256) }],
  ])('with %s is read as what it is', (_what, change, expected) => {
    expect(factFrom(change)).toMatchObject(expected);
  });

  test('lists its refunds, as one or as several', () => {
    const refund = {
      refundid: 'RF1',
      refund_amount: '100.00',
      refund_status: '0799',
      refund_date: '2026-04-02T10:00:00+05:30',
    };
    const expected = {
      kind: 'refund',
      says: 'refunded',
      gateway: 'billdesk',
      merchantId: 'KMCUAT',
      reference: 'KMCPT2026000001',
      transactionId: 'XIC50TEST00001',
      refundId: 'RF1',
      amount: 10000,
      currency: 'INR',
      at: Date.parse('2026-04-02T10:00:00+05:30'),
    };
    expect(factsFrom({ refund_info: refund }).slice(1)).toMatchObject([expected]);
    const odd = { ...refund, refundid: 'NA', refund_status: 'soon', refund_amount: 'some' };
    expect(factsFrom({ refund_info: [refund, odd, 7, null] }).slice(1)).toMatchObject([
      expected,
      {
        ...expected,
        refundId: undefined,
        says: 'unknown',
        code: 'soon',
        amount: undefined,
        amountAsTold: 'some',
      },
    ]);
    for (const refund_info of [undefined, null, 'NA', []]) expect(factsFrom({ refund_info })).toHaveLength(1);
  });

  test.each([
    ['an order', { objectid: 'order' }],
    ['an error', { objectid: 'error' }],
    ['without an order', { orderid: undefined }],
    ['without a kind or a status', { objectid: undefined, auth_status: undefined }],
  ])('is not %s', (_what, change) => {
    expect(factsFrom(change)).toEqual([]);
  });
});

describe('a refund', () => {
  const refund = { ...transaction, objectid: 'refund', refund_amount: '300.00', merc_refund_ref_no: 'PSR1' };

  test.each<[unknown, string]>([
    ['0799', 'refunded'],
    ['0699', 'refunded'],
    ['0300', 'unknown'],
    [undefined, 'unknown'],
  ])('of status %j says %s', (refund_status, says) => {
    expect(factsOf({ ...refund, refund_status }, { now })).toMatchObject([
      { kind: 'refund', says, amount: 30000, refundReference: 'PSR1', transactionId: 'XIC50TEST00001' },
    ]);
  });

  test('is known by its status where it does not name its kind', () => {
    const unnamed = { ...refund, objectid: undefined, refund_status: '0799' };
    expect(factsOf(unnamed, { now })).toMatchObject([{ kind: 'refund' }]);
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
