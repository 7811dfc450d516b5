/** Razorpay's wire without a wire: signatures, the link that is asked for, and events and entities read as facts. */
import Razorpay from 'razorpay';
import { validatePaymentVerification } from 'razorpay/dist/utils/razorpay-utils.js';
import { describe, expect, test } from 'vitest';
import { decisive } from '../../gateways/decisive.ts';
import { hasRefunds, paymentOf, refundOf } from '../../gateways/razorpay/payment.ts';
import { factsOf } from '../../gateways/razorpay/event.ts';
import { linkRequest } from '../../gateways/razorpay/link.ts';
import { qrCodeRequest } from '../../gateways/razorpay/qr-code.ts';
import { readEntityId, readPaise } from '../../gateways/razorpay/readers.ts';
import { isDuplicateLink, isDuplicateRefund, isFinal, refusalIn } from '../../gateways/razorpay/refusal.ts';
import { isSigned, sign, signedOfReturn } from '../../gateways/razorpay/signature.ts';
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
  vectors,
} from './razorpay-fixtures.ts';

describe('signatures', () => {
  test.each(vectors.cases)('$kind: the vector that Razorpay publishes', ({ input, secret, hex }) => {
    expect(sign(input, secret)).toBe(hex);
    expect(isSigned(Buffer.from(input), hex, secret)).toBe(true);
    for (const wrong of ['', 'é', hex.slice(1), `${hex}0`, hex.toUpperCase(), sign(input, `${secret}x`)]) {
      expect(isSigned(input, wrong, secret)).toBe(false);
    }
  });

  test("ours of a webhook are taken by Razorpay's own library, and its own by ours", () => {
    const body = JSON.stringify(event('payment_link.paid', { payment_link: link, order, payment }));
    const secret = 'an-invented-webhook-secret';
    expect(Razorpay.validateWebhookSignature(body, sign(body, secret), secret)).toBe(true);
    expect(Razorpay.validateWebhookSignature(body, sign(body, 'other'), secret)).toBe(false);
  });

  test("what a browser brings back is signed as Razorpay's own library checks it", () => {
    const vector = vectors.cases.find(({ kind }) => kind === 'payment_link_callback');
    const { input = '', secret = '', hex = '' } = vector ?? {};
    const [payment_link_id = '', payment_link_reference_id = '', payment_link_status = '', payment_id = ''] =
      input.split('|');
    const brought = new URLSearchParams({
      razorpay_payment_id: payment_id,
      razorpay_payment_link_id: payment_link_id,
      razorpay_payment_link_reference_id: payment_link_reference_id,
      razorpay_payment_link_status: payment_link_status,
      razorpay_signature: hex,
    });
    expect(signedOfReturn(brought)).toBe(input);
    const told = { payment_link_id, payment_link_reference_id, payment_link_status, payment_id };
    expect(validatePaymentVerification(told, sign(signedOfReturn(brought), secret), secret)).toBe(true);
  });
});

test('a link is asked for with the reference, for half an hour, and with nothing about a person', () => {
  expect(linkRequest(attempt, false)).toEqual({
    amount: 30_000,
    currency: 'INR',
    accept_partial: false,
    reference_id: 'KMCPT2026000001',
    description: 'PT 110630100011',
    expire_by: 1_775_020_530,
    notify: { sms: false, email: false },
    reminder_enable: false,
    notes: { attempt: 'KMCPT2026000001', head: 'PT', account: '110630100011', ward: 'WARD07' },
    callback_url: 'https://pay.example.test/return/razorpay',
    callback_method: 'get',
  });
});

test('a link that opens a UPI app is asked for with one word more', () => {
  expect(linkRequest(attempt, true)).toEqual({ upi_link: true, ...linkRequest(attempt, false) });
});

test('a QR code is asked for once, for this amount alone, for twenty minutes, and with nothing about a person', () => {
  expect(qrCodeRequest(attempt)).toEqual({
    type: 'upi_qr',
    name: 'KMCPT2026000001',
    usage: 'single_use',
    fixed_amount: true,
    payment_amount: 30_000,
    description: 'PT 110630100011',
    close_by: 1_775_019_930,
    notes: { attempt: 'KMCPT2026000001', head: 'PT', account: '110630100011', ward: 'WARD07' },
  });
});

test.each([
  [30_000, 30_000],
  ['30000', 30_000],
  [0, 0],
  [300.5, undefined],
  ['300.00', undefined],
  [-1, undefined],
  [10 ** 15, undefined],
  [null, undefined],
  [undefined, undefined],
])('%j is %j paise', (told, amount) => {
  expect(readPaise(told)).toBe(amount);
});

test.each([
  ['order_QflczVVaNJciLq', 'order_QflczVVaNJciLq'],
  ['QflczVVaNJciLq', 'order_QflczVVaNJciLq'],
  ['', undefined],
  [null, undefined],
  ['NA', undefined],
])('%j is the order %j', (told, id) => {
  expect(readEntityId('order', told)).toBe(id);
});

const whose = { reference: attempt.reference, gatewayOrderId: link.id, merchantId: merchant.accountId };
const paid = {
  kind: 'payment',
  says: 'success',
  gateway: 'razorpay',
  ...whose,
  amount: 30_000,
  currency: 'INR',
  transactionId: 'PAY_QFLDMT5STKZFCB',
  bankReference: '103608848276',
  method: 'upi',
  at: attempt.at + 600_000,
};

describe('a payment', () => {
  test('that was captured is read whole', () => {
    expect(paymentOf(payment, whose, reading)).toEqual(paid);
  });

  const declined = {
    status: 'failed',
    error_code: 'BAD_REQUEST_ERROR',
    error_description: 'Payment failed',
    error_source: 'issuer',
    error_step: 'payment_authorization',
    error_reason: 'payment_failed',
    acquirer_data: { rrn: null },
  };
  const code = 'BAD_REQUEST_ERROR/payment_failed';
  test.each<[string, object, object]>([
    ['created', { status: 'created' }, { says: 'pending' }],
    ['authorized', { status: 'authorized', captured: false }, { says: 'pending' }],
    ['refunded', { status: 'refunded', amount_refunded: 30_000 }, { says: 'success' }],
    ['given back before it was captured', { status: 'refunded', captured: false }, { says: 'failed' }],
    ['of a status that nobody knows', { status: 'disputed' }, { says: 'unknown', code: 'disputed' }],
    ['without a status', { status: null }, { says: 'unknown', code: undefined }],
    [
      'declined',
      declined,
      { says: 'failed', reason: 'declined', code, message: 'Payment failed', bankReference: undefined },
    ],
    ['failed at Razorpay', { ...declined, error_source: 'internal' }, { says: 'failed', reason: 'other' }],
    ['failed and nobody says why', { status: 'failed' }, { says: 'failed', reason: 'other' }],
    [
      'that took too long',
      { ...declined, error_reason: 'payment_timed_out' },
      { says: 'failed', reason: 'expired' },
    ],
    [
      'that the citizen gave up',
      { ...declined, error_source: 'customer', error_reason: 'payment_cancelled' },
      { says: 'cancelled', reason: 'cancelled' },
    ],
    [
      'by card',
      { method: 'card', acquirer_data: { auth_code: '828553', rrn: '322206890934' } },
      { method: 'card', bankReference: '322206890934' },
    ],
    [
      'by card whose bank gave only a code',
      { method: 'card', acquirer_data: { auth_code: '828553' } },
      { bankReference: undefined },
    ],
    [
      'by net banking',
      { method: 'netbanking', acquirer_data: { bank_transaction_id: '0125836177' } },
      { method: 'netbanking', bankReference: '0125836177' },
    ],
    [
      'by wallet without a number',
      { method: 'wallet', acquirer_data: { transaction_id: null } },
      { method: 'wallet', bankReference: undefined },
    ],
    ['by something newer', { method: 'paylater', acquirer_data: [] }, { method: 'other' }],
    ['in dollars', { currency: 'USD' }, { currency: undefined, currencyAsTold: 'USD' }],
    ['of rupees instead of paise', { amount: 300.5 }, { amount: undefined, amountAsTold: '300.5' }],
    ['without an id', { id: null }, { transactionId: undefined }],
    ['without a time', { created_at: 0 }, { at: undefined, atAsTold: '0' }],
  ])('%s', (_what, change, expected) => {
    expect(paymentOf({ ...payment, ...change }, whose, reading)).toMatchObject(expected);
  });

  test('of several tells of all money taken, else of what is undecided, else of the last', () => {
    const of = (status: string, later: number): ReturnType<typeof paymentOf> =>
      paymentOf(
        { ...payment, id: `pay_${status}${later}`, status, created_at: payment.created_at + later },
        whose,
        reading,
      );
    const told = (...payments: readonly ReturnType<typeof paymentOf>[]): readonly unknown[] =>
      decisive(payments).map(({ transactionId }) => transactionId);
    expect(told(of('captured', 1), of('failed', 2), of('captured', 3))).toEqual([
      'PAY_CAPTURED1',
      'PAY_CAPTURED3',
    ]);
    expect(told(of('failed', 3), of('authorized', 1))).toEqual(['PAY_AUTHORIZED1']);
    expect(told(of('failed', 1), of('failed', 2))).toEqual(['PAY_FAILED2']);
    expect(told()).toEqual([]);
  });

  test('has refunds only of money that the corporation had', () => {
    expect(hasRefunds(payment)).toBe(false);
    expect(hasRefunds({ ...payment, amount_refunded: 1 })).toBe(true);
    expect(hasRefunds({ ...payment, status: 'refunded', captured: false, amount_refunded: 30_000 })).toBe(
      false,
    );
  });
});

const refund = {
  id: 'rfnd_QflfXpZyVbCdEf',
  entity: 'refund',
  amount: 10_000,
  currency: 'INR',
  payment_id: payment.id,
  notes: [],
  receipt: null,
  status: 'processed',
  created_at: payment.created_at + 60,
};

test.each([
  ['pending', 'pending'],
  ['processed', 'refunded'],
  ['failed', 'failed'],
  ['reversed', 'unknown'],
])('a refund that is %s', (status, says) => {
  expect(refundOf({ ...refund, status }, whose, reading)).toEqual({
    kind: 'refund',
    says,
    gateway: 'razorpay',
    ...whose,
    amount: 10_000,
    currency: 'INR',
    refundId: 'RFND_QFLFXPZYVBCDEF',
    transactionId: paid.transactionId,
    at: paid.at + 60_000,
    code: status,
  });
});

describe('an event', () => {
  const told = (name: string, entities: Readonly<Record<string, object>>): unknown =>
    factsOf(event(name, entities), reading);
  const bare = { ...payment, notes: [], description: null };

  test('payment_link.paid: by the link, although the order lacks its prefix', () => {
    const paidLink = { ...link, status: 'paid', notes: null, order_id: 'order_QflczVVaNJciLq' };
    expect(told('payment_link.paid', { payment_link: paidLink, order, payment: bare })).toEqual([paid]);
  });

  test('order.paid: by the receipt of the order, whose link lacks its prefix', () => {
    expect(told('order.paid', { order, payment: bare })).toEqual([paid]);
  });

  test('payment.captured: by what was copied from the link to the payment', () => {
    expect(told('payment.captured', { payment })).toEqual([paid]);
    expect(told('payment.captured', { payment: { ...payment, notes: null } })).toEqual([
      { ...paid, reference: undefined },
    ]);
    expect(told('payment.captured', { payment: { ...payment, description: 'Rent' } })).toEqual([
      { ...paid, gatewayOrderId: undefined },
    ]);
  });

  test('payment.authorized is a snapshot: pending', () => {
    expect(told('payment.authorized', { payment: { ...payment, status: 'authorized' } })).toEqual([
      { ...paid, says: 'pending' },
    ]);
  });

  describe('of a QR code', () => {
    const ofCode = { ...whose, gatewayOrderId: qrCode.id };
    const paidCode = {
      ...qrCode,
      status: 'closed',
      close_reason: 'paid',
      payments_count_received: 1,
      payments_amount_received: 30_000,
    };

    test('qr_code.credited: by our note of the code', () => {
      expect(told('qr_code.credited', { payment: paidByQrCode, qr_code: paidCode })).toEqual([
        { ...paid, ...ofCode },
      ]);
    });

    test('payment.captured names no code, and waits for the event that does', () => {
      expect(told('payment.captured', { payment: paidByQrCode })).toEqual([]);
    });

    test('qr_code.closed tells of no money', () => {
      expect(told('qr_code.closed', { qr_code: { ...paidCode, close_reason: 'on_demand' } })).toEqual([]);
    });

    const { transactionId } = paid;
    const unnamed = { gatewayOrderId: undefined, merchantId: merchant.accountId, transactionId };

    test('a refund goes by our note, and without one by the money alone', () => {
      const ours = { ...refund, notes: { attempt: attempt.reference } };
      expect(told('refund.processed', { refund: ours, payment: paidByQrCode })).toMatchObject([
        { kind: 'payment', says: 'success', reference: attempt.reference },
        { kind: 'refund', says: 'refunded', reference: attempt.reference, transactionId },
      ]);
      expect(told('refund.processed', { refund, payment: paidByQrCode })).toMatchObject([
        { kind: 'refund', says: 'refunded', reference: undefined, ...unnamed },
      ]);
    });

    test('a dispute goes by the money alone', () => {
      const dispute = { id: 'disp_QflczVVaNJciLq', payment_id: payment.id, amount: 30_000, status: 'open' };
      expect(told('payment.dispute.created', { dispute, payment: paidByQrCode })).toMatchObject([
        { kind: 'dispute', says: 'opened', reference: undefined, ...unnamed },
      ]);
    });
  });

  test('of a refund tells of the payment, too', () => {
    expect(told('refund.processed', { refund, payment: { ...payment, amount_refunded: 10_000 } })).toEqual([
      paid,
      expect.objectContaining({ kind: 'refund', says: 'refunded', amount: 10_000, ...whose }),
    ]);
  });

  test('of money given back before it was captured tells of no refund', () => {
    const never = { ...payment, status: 'refunded', captured: false, amount_refunded: 30_000 };
    expect(told('refund.processed', { refund, payment: never })).toEqual([
      expect.objectContaining({ kind: 'payment', says: 'failed' }),
    ]);
  });

  const dispute = {
    id: 'disp_QflgAbCdEfGhIj',
    entity: 'dispute',
    payment_id: payment.id,
    amount: 30_000,
    currency: 'INR',
    reason_code: 'goods_or_services_not_received_or_partially_received',
    respond_by: attempt.at / 1_000 + 10 * 86_400,
    status: 'open',
    created_at: payment.created_at,
  };

  test.each([
    ['created', 'open', 'opened'],
    ['action_required', 'open', 'opened'],
    ['under_review', 'under_review', 'underReview'],
    ['won', 'won', 'won'],
    ['lost', 'lost', 'lost'],
    ['closed', 'closed', 'closed'],
  ])('payment.dispute.%s tells of the dispute alone', (name, status, says) => {
    expect(told(`payment.dispute.${name}`, { dispute: { ...dispute, status }, payment })).toEqual([
      {
        kind: 'dispute',
        says,
        gateway: 'razorpay',
        ...whose,
        amount: 30_000,
        currency: 'INR',
        at: attempt.at,
        disputeId: 'DISP_QFLGABCDEFGHIJ',
        transactionId: paid.transactionId,
        reason: 'goods_or_services_not_received_or_partially_received',
        respondBy: attempt.at + 10 * 86_400_000,
      },
    ]);
  });

  test.each([
    ['of a status that we do not know', { ...dispute, status: 'escalated' }],
    ['without an id', { ...dispute, id: null }],
  ])('of a dispute %s has no facts', (_what, odd) => {
    expect(told('payment.dispute.created', { dispute: odd, payment })).toEqual([]);
  });

  test('names the account that it is for, be it ours or not', () => {
    const other = { ...event('payment.captured', { payment }), account_id: 'acc_SOMEBODYELSE1' };
    expect(factsOf(other, reading)).toEqual([{ ...paid, merchantId: 'acc_SOMEBODYELSE1' }]);
  });

  test.each<[string, unknown]>([
    ['that we do not know', event('payment.downtime.started', { payment })],
    ['of a settlement', event('settlement.processed', { settlement: { id: 'setl_1', amount: 1 } })],
    ['of a link without a payment', event('payment_link.expired', { payment_link: link })],
    ['of a payment that was made by no link', event('payment.captured', { payment: bare })],
    ['without a payment', event('payment_link.paid', { payment_link: link })],
    ['whose payment is a list', event('payment.captured', { payment: [] })],
    ['without a payload', { event: 'payment.captured' }],
    ['that is a text', 'payment.captured'],
    ['that is no JSON', undefined],
  ])('%s has no facts', (_what, words) => {
    expect(factsOf(words, reading)).toEqual([]);
  });
});

describe('a refusal', () => {
  const refusal = (status: number, description: string) => {
    const told = refusalIn(status, { error: { code: 'BAD_REQUEST_ERROR', description } });
    if (told === undefined) throw new Error('not read');
    return told;
  };

  test('of a reference that was used before is told by its words', () => {
    const used = refusal(400, 'payment link creation with reference ID already attempted');
    expect(isDuplicateLink(used)).toBe(true);
    expect(isDuplicateLink(refusal(400, 'amount: already an integer'))).toBe(false);
  });

  test.each([400, 409])('of an idempotency key that was used for something else, with %d', (status) => {
    const words = 'Different request with the same idempotency key has already been processed.';
    expect(isDuplicateRefund(refusal(status, words))).toBe(true);
    expect(isDuplicateRefund(refusal(409, 'Another operation is in progress'))).toBe(false);
  });

  test.each([
    [400, 'timestamp must be atleast 15 minutes in future', true],
    [400, 'The api key provided is invalid', false],
    [400, 'Authentication failed', false],
    [401, 'Authentication failed', false],
    [429, 'Too many requests', false],
    [409, 'Another operation is in progress', false],
    [500, 'We are facing some trouble completing your request', false],
  ])('%d "%s" is final: %s', (status, description, final) => {
    expect(isFinal(refusal(status, description))).toBe(final);
  });

  test.each([undefined, null, {}, { error: 'no' }, { error: { description: 'no code' } }])(
    'is not %j',
    (answer) => {
      expect(refusalIn(400, answer)).toBeUndefined();
    },
  );
});
