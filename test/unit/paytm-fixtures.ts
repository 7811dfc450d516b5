/** A merchant account with an invented key, the vectors of checksums made with it, and what they sign. */
import { readFileSync } from 'node:fs';
import type { AttemptReference } from '../../domain/payments/attempt.ts';
import { paise } from '../../domain/money.ts';
import type { NewAttempt } from '../../gateways/gateway.ts';
import { checksumOf } from '../../gateways/paytm/checksum.ts';
import type { PaytmMerchant } from '../../gateways/paytm/merchant.ts';
import { signedForm } from '../../gateways/paytm/signed.ts';

interface Vectors {
  readonly key: string;
  readonly salt: string;
  readonly cases: readonly {
    readonly kind: string;
    readonly input: string;
    readonly params?: Readonly<Record<string, string>>;
    readonly signature: string;
  }[];
}

const file = new URL('../fixtures/paytm/vectors.json', import.meta.url);
export const vectors = JSON.parse(readFileSync(file, 'utf8')) as Vectors;

export const merchant: PaytmMerchant = {
  id: 'paytm',
  mid: 'KMCTEST00000000001',
  keys: [{ key: vectors.key }],
};

export const attempt: NewAttempt = {
  merchant: merchant.id,
  reference: 'KMCPT2026000001' as AttemptReference,
  way: 'page',
  amount: paise(30000),
  service: 'propertyTax',
  accountNumber: '110630100011',
  ward: 63,
  returnUrl: 'https://pay.example.test/return/paytm',
  browser: { ip: '203.0.113.7', userAgent: 'Mozilla/5.0' },
  at: Date.parse('2026-04-01T10:15:30+05:30'),
};

/** What a form of Paytm says of a payment that succeeded. */
export const form: Readonly<Record<string, string>> =
  vectors.cases.find(({ kind }) => kind === 'form')?.params ?? {};

/** The same as JSON webhooks say it. */
export const sale = {
  mid: merchant.mid,
  orderId: attempt.reference,
  txnId: '20260401111212800110168012345678901',
  txnAmount: '300.00',
  currency: 'INR',
  status: 'TXN_SUCCESS',
  respCode: '01',
  respMsg: 'Txn Success',
  txnType: 'SALE',
  paymentMode: 'UPI',
  bankTxnId: '609112345678',
  bankName: '',
  txnDate: '2026-04-01 10:20:48.0',
};

/** The same as the answer about an order says it. */
export const answer = {
  resultInfo: { resultStatus: 'TXN_SUCCESS', resultCode: '01', resultMsg: 'Txn Success' },
  txnId: sale.txnId,
  bankTxnId: sale.bankTxnId,
  orderId: sale.orderId,
  txnAmount: '300.00',
  txnType: 'SALE',
  gatewayName: 'PPBLC',
  bankName: '',
  mid: merchant.mid,
  paymentMode: 'UPI',
  refundAmt: '0.00',
  txnDate: sale.txnDate,
};

/** `{"head":…,"body":…}` around the text of a body. */
export const signedBody = (body: object | string, { keys: [{ key }] }: PaytmMerchant = merchant): string => {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return `{"head":{"version":"v1","signature":"${checksumOf(text, key)}"},"body":${text}}`;
};

/** The fields of a form with their checksum. */
export const signedFields = (
  fields: Readonly<Record<string, string>>,
  { keys: [{ key }] }: PaytmMerchant = merchant,
): Readonly<Record<string, string>> => ({
  ...fields,
  CHECKSUMHASH: checksumOf(signedForm(new URLSearchParams(fields)).covered, key),
});
