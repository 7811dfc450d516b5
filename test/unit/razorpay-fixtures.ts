/** A merchant account with invented keys, the signing vectors that Razorpay publishes, and what it says of a payment. */
import { readFileSync } from 'node:fs';
import { paise } from '../../domain/money.ts';
import type { AttemptReference } from '../../domain/payments/attempt.ts';
import type { NewAttempt } from '../../gateways/gateway.ts';
import type { RazorpayMerchant } from '../../gateways/razorpay/merchant.ts';

interface Vectors {
  readonly cases: readonly {
    readonly kind: string;
    readonly secret: string;
    readonly input: string;
    readonly hex: string;
  }[];
}

const file = new URL('../fixtures/razorpay/vectors.json', import.meta.url);
export const vectors = JSON.parse(readFileSync(file, 'utf8')) as Vectors;

export const merchant: RazorpayMerchant = {
  id: 'main',
  accountId: 'acc_KMCUAT00000001',
  keys: [{ keyId: 'rzp_test_KMCUAT0000001', keySecret: 'an-invented-key-secret' }],
  webhookSecrets: [{ secret: 'an-invented-webhook-secret' }],
};

export const attempt: NewAttempt = {
  merchant: merchant.id,
  reference: 'KMCPT2026000001' as AttemptReference,
  way: 'page',
  amount: paise(30_000),
  service: 'propertyTax',
  accountNumber: '110630100011',
  ward: 7,
  returnUrl: 'https://pay.example.test/return/razorpay',
  browser: { ip: '203.0.113.7', userAgent: 'Mozilla/5.0' },
  at: Date.parse('2026-04-01T10:15:30+05:30'),
};

/** Twenty minutes later. */
export const reading = { now: attempt.at + 1_200_000 };

export const payment = {
  id: 'pay_Qfldmt5StKZFCB',
  entity: 'payment',
  amount: 30_000,
  currency: 'INR',
  status: 'captured',
  order_id: 'order_QflczVVaNJciLq',
  method: 'upi',
  captured: true,
  amount_refunded: 0,
  refund_status: null,
  description: '#QflcnnZqCekuvL',
  fee: 708,
  tax: 108,
  notes: { attempt: attempt.reference, head: 'PT' },
  error_code: null,
  error_description: null,
  error_source: null,
  error_step: null,
  error_reason: null,
  acquirer_data: { rrn: '103608848276' },
  created_at: attempt.at / 1_000 + 600,
};

export const link = {
  id: 'plink_QflcnnZqCekuvL',
  amount: 30_000,
  amount_paid: 0,
  currency: 'INR',
  reference_id: attempt.reference,
  status: 'created',
  short_url: 'https://rzp.io/rzp/twH5w1Y',
  expire_by: attempt.at / 1_000 + 1_800,
  payments: null,
  notes: { attempt: attempt.reference, head: 'PT' },
};

/** A QR code, and a payment by it: of the code nothing stands in that but its description. */
export const qrCode = {
  id: 'qr_HMsVL8HOpbMcjU',
  entity: 'qr_code',
  created_at: attempt.at / 1_000,
  name: attempt.reference,
  usage: 'single_use',
  type: 'upi_qr',
  image_url: 'https://rzp.io/i/BWcUVrLp',
  image_content:
    'upi://pay?pa=kmc.razorpay@testbank&pn=KMC&tr=RZPHMsVL8HOpbMcjUqrv2&tn=PaymenttoKMC&am=300&cu=INR&mc=9311',
  payment_amount: 30_000,
  status: 'active',
  description: 'PT 110630100011',
  fixed_amount: true,
  payments_amount_received: 0,
  payments_count_received: 0,
  notes: { attempt: attempt.reference, head: 'PT' },
  customer_id: null,
  close_by: attempt.at / 1_000 + 1_200,
};
export const paidByQrCode = { ...payment, order_id: null, description: 'QRv2 Payment', notes: [] };

/** In this event the order's id and its link's lack their prefixes. */
export const order = {
  id: 'QflczVVaNJciLq',
  amount: 30_000,
  amount_paid: 30_000,
  amount_due: 0,
  currency: 'INR',
  receipt: attempt.reference,
  status: 'paid',
  product_type: 'payment_link_v2',
  product_id: 'QflcnnZqCekuvL',
  notes: [],
};

/** An event as Razorpay wraps its entities. */
export const event = (name: string, entities: Readonly<Record<string, object>>): object => ({
  account_id: merchant.accountId,
  contains: Object.keys(entities),
  created_at: attempt.at / 1_000,
  entity: 'event',
  event: name,
  payload: Object.fromEntries(Object.entries(entities).map(([kind, entity]) => [kind, { entity }])),
});
