/** Paytm's words: what is signed in them, how payments and refunds are read, what is sent. */
import { describe, expect, test } from 'vitest';
import type { GatewayFact, PaymentFact } from '../../domain/payments/fact.ts';
import { NotACallbackError } from '../../gateways/gateway.ts';
import { orderRequest } from '../../gateways/paytm/order.ts';
import { signedCallback, signedForm, signedJson } from '../../gateways/paytm/signed.ts';
import { factsOfCallback, factsOfJson } from '../../gateways/paytm/transaction.ts';
import { answer, attempt, form, merchant, sale } from './paytm-fixtures.ts';

describe('signed JSON', () => {
  test.each([
    ['as it is usually written', '{"head":{"signature":"S"},"body":{"a":1}}', '{"a":1}'],
    [
      'with blanks',
      ' { "body" : { "a" : 1.50 ,\n"b":[ ] } , "head" : {"signature":"S"} }\n',
      '{ "a" : 1.50 ,\n"b":[ ] }',
    ],
    ['with a body in a head', '{"head":{"body":{"x":0},"signature":"S"},"body":{"a":1}}', '{"a":1}'],
    [
      'with a body in a text',
      String.raw`{"x":"\"body\":{\"a\":2}","head":{"signature":"S"},"body":{"a":"}\\"}}`,
      String.raw`{"a":"}\\"}`,
    ],
    [
      'with "body" as a value',
      '{"x":"body","y":["body",{"body":3}],"head":{"signature":"S"},"body":{"a":1}}',
      '{"a":1}',
    ],
    ['with its name in another way', String.raw`{"head":{"signature":"S"},"b\u006fdy":{"a":1}}`, '{"a":1}'],
    ['with letters of Bengal', '{"head":{"signature":"S"},"body":{"a":"কর"}}', '{"a":"কর"}'],
  ])('%s covers the body to the letter', (_how, text, covered) => {
    expect(signedJson(text)).toEqual({
      kind: 'json',
      covered,
      checksum: 'S',
      fields: JSON.parse(covered) as unknown,
    });
  });

  test('with two bodies is read from the one that is covered', () => {
    const words = signedJson('{"head":{"signature":"S"},"body":{"a":1},"body":{"a":2}}');
    expect(words).toMatchObject({ covered: '{"a":2}', fields: { a: 2 } });
  });

  test('may be without a signature, as refusals are', () => {
    for (const head of ['{}', '{"signature":null}', '{"signature":7}'])
      expect(signedJson(`{"head":${head},"body":{}}`)).toEqual({ kind: 'json', covered: '{}', fields: {} });
  });

  test.each([
    '',
    '[]',
    '7',
    '{}',
    '{"head":{}}',
    '{"head":{},"body":[]}',
    '{"head":{},"body":"a"}',
    '{"body":{}}',
    '{"head":{"signature":"S"},"body":{"a":1}',
  ])('is not %j', (text) => {
    expect(signedJson(text)).toBeUndefined();
  });

  test('is read in time, however deep and long it is', () => {
    const deep = `{"head":{"signature":"S"},"body":{"a":${'['.repeat(2_000)}${']'.repeat(2_000)},"b":"${String.raw`\"`.repeat(50_000)}"}}`;
    const began = performance.now();
    expect(signedJson(deep)?.covered.length).toBeGreaterThan(100_000);
    expect(performance.now() - began).toBeLessThan(500);
  });
});

describe('a callback', () => {
  test.each([
    [
      'JSON',
      '{"head":{"signature":"S"},"body":{"a":"b"}}',
      { kind: 'json', checksum: 'S', fields: { a: 'b' } },
    ],
    [
      'a form',
      'B=2&A=1+1&CHECKSUMHASH=S%2B',
      { kind: 'form', covered: '1 1|2', checksum: 'S+', fields: { A: '1 1', B: '2' } },
    ],
    ['a form between blank lines', '\r\nA=1&CHECKSUMHASH=S\n', { kind: 'form', covered: '1', checksum: 'S' }],
  ])('is %s', (_what, body, expected) => {
    expect(signedCallback(Buffer.from(body))).toMatchObject(expected);
  });

  test.each(['', 'hello', '{}', 'A=1', '{"head":{},"body":{}}', 'checksumhash=S', '\0\ufffd'])(
    'is not %j',
    (body) => {
      expect(() => signedCallback(Buffer.from(body))).toThrow(NotACallbackError);
    },
  );
});

const now = Date.parse('2026-04-02T12:00:00+05:30');
const reading = { now, mid: merchant.mid };
const ofJson = (change: object): readonly GatewayFact[] =>
  factsOfCallback({ kind: 'json', covered: '', fields: { ...sale, ...change } }, reading);
const ofForm = (change: Readonly<Record<string, string | undefined>>): readonly GatewayFact[] =>
  factsOfCallback({ kind: 'form', covered: '', fields: { ...form, ...change } }, reading);
const ofAnswer = (change: object): readonly GatewayFact[] => factsOfJson({ ...answer, ...change }, reading);

const expected: PaymentFact = {
  kind: 'payment',
  gateway: 'paytm',
  reference: attempt.reference,
  merchantId: merchant.mid,
  says: 'success',
  amount: 30000,
  currency: 'INR',
  transactionId: '20260401111212800110168012345678901',
  bankReference: '609112345678',
  method: 'upi',
  at: Date.parse('2026-04-01T10:20:48+05:30'),
  code: '01',
  message: 'Txn Success',
};

test('a payment is the same fact in JSON, in a form and in an answer', () => {
  for (const facts of [ofJson({}), ofForm({}), ofAnswer({})]) expect(facts).toEqual([expected]);
});

describe('what became of a payment', () => {
  test.each<[string, string, PaymentFact['says'], PaymentFact['reason']]>([
    ['TXN_SUCCESS', '01', 'success', undefined],
    ['PENDING', '400', 'pending', undefined],
    ['PENDING', '402', 'pending', undefined],
    ['TXN_FAILURE', '141', 'cancelled', 'cancelled'],
    ...['227', '235', '267', '295', '335', '401', '810', '820', '843'].map(
      (code) => ['TXN_FAILURE', code, 'failed', 'declined'] as [string, string, 'failed', 'declined'],
    ),
    ['TXN_FAILURE', 'U48', 'failed', 'declined'],
    ['PENDING', 'U48', 'failed', 'declined'],
    ['TXN_FAILURE', '501', 'unknown', undefined],
    ['PENDING', '501', 'unknown', undefined],
    ['TXN_FAILURE', '01', 'unknown', undefined],
    ['TXN_SUCCESS', '402', 'unknown', undefined],
    ['TXN_SUCCESS', '', 'unknown', undefined],
    ['TXN_FAILURE', '9999', 'unknown', undefined],
    ['TXN_FAILURE', '334', 'unknown', undefined],
    ['SUCCESS', '01', 'unknown', undefined],
    ['S', '0000', 'unknown', undefined],
    ['constructor', '', 'unknown', undefined],
  ])('is told by status %j with code %j: %s', (status, respCode, says, reason) => {
    expect(ofJson({ status, respCode })).toMatchObject([{ says, reason }]);
    expect(ofForm({ STATUS: status, RESPCODE: respCode })).toMatchObject([{ says, reason }]);
    const resultInfo = { resultStatus: status, resultCode: respCode, resultMsg: '' };
    expect(ofAnswer({ resultInfo })).toMatchObject([{ says, reason }]);
  });

  test('is kept in the words of Paytm where we cannot name it', () => {
    expect(ofJson({ status: 'TXN_FAILURE', respCode: '9999' })).toMatchObject([{ code: 'TXN_FAILURE 9999' }]);
  });
});

describe('a payment', () => {
  test.each([
    ['UPI', 'upi'],
    ['CC', 'card'],
    ['DC', 'card'],
    ['nb', 'netbanking'],
    ['PPI', 'wallet'],
    ['PAYTM_DIGITAL_CREDIT', 'other'],
    [undefined, undefined],
  ])('by %s is paid by %s', (paymentMode, method) => {
    expect(ofJson({ paymentMode })).toMatchObject([{ method }]);
  });

  test.each<[string, object, Partial<PaymentFact>]>([
    ['an amount that is a number', { txnAmount: 300 }, { amount: 30000 }],
    ['an amount that cannot be read', { txnAmount: '3,00' }, { amount: undefined, amountAsTold: '3,00' }],
    ['another currency', { currency: 'USD' }, { currency: undefined, currencyAsTold: 'USD' }],
    ['no currency', { currency: undefined }, { currency: 'INR', currencyAsTold: undefined }],
    ['no MID', { mid: undefined }, { merchantId: merchant.mid }],
    ['another MID', { mid: 'OTHER' }, { merchantId: 'OTHER' }],
    [
      'ids of nothing',
      { txnId: 'NA', bankTxnId: '' },
      { transactionId: undefined, bankReference: undefined },
    ],
    ['a time with a zone', { txnDate: '2026-04-01T04:50:48Z' }, { at: expected.at }],
    [
      'its time beside its day',
      { txnDate: '2026-04-01', txnDateTime: '2026-04-01 10:20:48.0' },
      { at: expected.at },
    ],
    ['no ids of a refund', { refundId: '', refId: null }, {}],
    ['a day alone', { txnDate: '2026-04-01' }, { at: undefined, atAsTold: '2026-04-01' }],
    [
      'a day that does not exist',
      { txnDate: '2026-02-31 10:00:00.0' },
      { at: undefined, atAsTold: '2026-02-31 10:00:00.0' },
    ],
  ])('with %s is read as what it is', (_what, change, part) => {
    expect(ofJson(change)).toEqual([{ ...expected, ...part }]);
  });

  test.each([
    ['no order', { orderId: undefined }],
    ['no status', { status: undefined }],
  ])('is not what has %s', (_what, change) => {
    expect(ofJson(change)).toEqual([]);
  });
});

describe('the values of a signed form under other names', () => {
  const { CHECKSUMHASH: _, ...signed } = form;
  const values = Object.keys(signed)
    .sort()
    .map((name) => signed[name] ?? '');
  /** The same values in the same order, so that the checksum fits, under names that somebody chose. */
  const renamed = (...names: readonly string[]): readonly GatewayFact[] => {
    expect(names).toEqual([...names].sort());
    const fields = Object.fromEntries(names.map((name, index) => [name, values[index] ?? '']));
    expect(signedForm(new URLSearchParams(fields)).covered).toBe(
      signedForm(new URLSearchParams(signed)).covered,
    );
    return factsOfCallback({ kind: 'form', covered: '', fields }, reading);
  };
  const begin = [
    'BANKNAME',
    'BANKTXNID',
    'CURRENCY',
    'GATEWAYNAME',
    'MID',
    'ORDERID',
    'PAYMENTMODE',
    'RESPCODE',
    'RESPMSG',
    'STATUS',
  ];

  test('are a success under their own', () => {
    expect(renamed(...begin, 'TXNAMOUNT', 'TXNDATE', 'TXNID')).toMatchObject([{ says: 'success' }]);
  });

  test.each([
    ['a date as the id of a second payment', [...begin, 'TXNAMOUNT', 'TXNID', 'TXNX']],
    ['no id of the payment', [...begin, 'TXNAMOUNT', 'TXNDATE', 'TXNX']],
    ['no amount', [...begin, 'TXNA', 'TXNDATE', 'TXNID']],
    [
      'an order that nobody made',
      [
        'A',
        'B',
        'CURRENCY',
        'MID',
        'ORDERID',
        'P',
        'PAYMENTMODE',
        'RESPCODE',
        'RESPMSG',
        'STATUS',
        'TXNAMOUNT',
        'TXNDATE',
        'TXNID',
      ],
    ],
    [
      'another MID',
      [
        'A',
        'B',
        'CURRENCY',
        'MID',
        'N',
        'ORDERID',
        'PAYMENTMODE',
        'RESPCODE',
        'RESPMSG',
        'STATUS',
        'TXNAMOUNT',
        'TXNDATE',
        'TXNID',
      ],
    ],
  ])('are no success with %s', (_what, names) => {
    expect(renamed(...names)).toMatchObject([{ says: 'unknown' }]);
  });

  test('are no refund', () => {
    const names = [
      ...begin.slice(0, 6),
      'PAYMENTMODE',
      'REFUNDAMOUNT',
      'REFUNDID',
      'S',
      'TXNAMOUNT',
      'TXNDATE',
      'TXNID',
    ];
    expect(renamed(...names)).toEqual([]);
  });
});

describe('a refund', () => {
  const refund = {
    mid: merchant.mid,
    orderId: attempt.reference,
    txnId: sale.txnId,
    txnAmount: '300.00',
    refundAmount: '100.00',
    refId: 'PSR1',
    refundId: '20260402111212801300168012345678901',
    txnTimestamp: '2026-04-01 10:20:48.0',
    acceptRefundTimestamp: '2026-04-02 09:00:00.0',
  };
  const ofRefund = (change: object): readonly GatewayFact[] =>
    factsOfCallback({ kind: 'json', covered: '', fields: { ...refund, ...change } }, reading);
  const sentAt = { userCreditInitiateTimestamp: '2026-04-02 10:00:00.0' };

  test('that has been handed to the bank is told of without a status', () => {
    expect(ofRefund(sentAt)).toEqual([
      {
        kind: 'refund',
        says: 'refunded',
        gateway: 'paytm',
        reference: attempt.reference,
        merchantId: merchant.mid,
        transactionId: sale.txnId,
        amount: 10000,
        currency: 'INR',
        at: Date.parse('2026-04-02T10:00:00+05:30'),
        refundId: refund.refundId,
        refundReference: 'PSR1',
      },
    ]);
  });

  test.each<[string, object, object]>([
    [
      'accepted',
      { mid: undefined, status: 'SUCCESS' },
      { says: 'pending', code: 'SUCCESS', merchantId: merchant.mid },
    ],
    [
      'rejected',
      { status: 'FAILED', rejectRefundReasonCode: '1', rejectRefundReasonMessage: 'Insufficient balance' },
      { says: 'failed', code: '1', message: 'Insufficient balance' },
    ],
    [
      'told as a transaction',
      { txnType: 'REFUND', status: 'TXN_SUCCESS', respCode: '10' },
      { says: 'refunded' },
    ],
    [
      'without ids',
      { refId: undefined, refundId: undefined, txnType: 'REFUND', status: 'PENDING' },
      { says: 'pending', refundId: undefined },
    ],
    ['in words that nobody knows', { status: 'SOON' }, { says: 'unknown', code: 'SOON' }],
    ['without anything', {}, { says: 'unknown' }],
    [
      'answered as sent',
      { resultInfo: { resultStatus: 'TXN_SUCCESS', resultCode: '10' } },
      { says: 'refunded' },
    ],
    [
      'answered as raised, whatever its code means',
      { resultInfo: { resultStatus: 'PENDING', resultCode: '617', resultMsg: 'Already raised' } },
      { says: 'pending', code: '617', message: 'Already raised' },
    ],
    [
      'answered as failed',
      { resultInfo: { resultStatus: 'TXN_FAILURE', resultCode: '601' } },
      { says: 'failed', code: '601' },
    ],
  ])('%s says so', (_what, change, part) => {
    expect(ofRefund(change)).toMatchObject([{ kind: 'refund', reference: attempt.reference, ...part }]);
  });
});

describe('the order that is sent', () => {
  test('has every field that Paytm asks for, and names nobody', () => {
    expect(orderRequest(attempt, { ...merchant, websiteName: 'WEBSTAGING' })).toEqual({
      requestType: 'Payment',
      mid: 'KMCTEST00000000001',
      websiteName: 'WEBSTAGING',
      orderId: 'KMCPT2026000001',
      callbackUrl: 'https://pay.example.test/return/paytm',
      txnAmount: { value: '300.00', currency: 'INR' },
      userInfo: { custId: 'KMCPT2026000001' },
      extendInfo: { udf1: 'PT', udf2: 'WARD63', mercUnqRef: '110630100011' },
    });
  });

  test('has a website by default, and keeps to the characters that are allowed', () => {
    expect(orderRequest({ ...attempt, accountNumber: 'CE|0001 €', ward: 7 }, merchant)).toMatchObject({
      websiteName: 'DEFAULT',
      extendInfo: { udf2: 'WARD07', mercUnqRef: 'CE-0001--' },
    });
  });
});
