/** Merchant accounts with invented keys, the signing vectors made with them, and what they sign. */
import { readFileSync } from 'node:fs';
import type { AttemptReference } from '../../domain/payments/attempt.ts';
import type { BillDeskMerchant, HmacKey, SymmetricKey } from '../../gateways/billdesk/merchant.ts';
import { paise } from '../../domain/money.ts';
import type { NewAttempt } from '../../gateways/gateway.ts';

interface Case {
  readonly kind: string;
  readonly payload: string;
  readonly token: string;
}
interface Vectors {
  readonly clientid: string;
  readonly keyId: string;
  readonly hmac: { readonly secret: string; readonly cases: readonly Case[] };
  readonly symmetric: {
    readonly encryptionPassword: string;
    readonly signingPassword: string;
    readonly cases: readonly (Case & { readonly ivHex: string; readonly jwe: string })[];
  };
}

const file = new URL('../fixtures/billdesk/vectors.json', import.meta.url);
export const vectors = JSON.parse(readFileSync(file, 'utf8')) as Vectors;
const { clientid, keyId, hmac: signed, symmetric: encrypted } = vectors;

export const hmacKey: HmacKey = { scheme: 'hmac', secret: signed.secret };

export const symmetricKey: SymmetricKey = {
  scheme: 'symmetric',
  keyId,
  encryptionPassword: encrypted.encryptionPassword,
  signingPassword: encrypted.signingPassword,
};

export const hmac: BillDeskMerchant = { id: 'signed', mercid: 'KMCUAT', clientid, keys: [hmacKey] };
export const symmetric: BillDeskMerchant = { ...hmac, id: 'encrypted', keys: [symmetricKey] };

export const attempt: NewAttempt = {
  merchant: hmac.id,
  reference: 'KMCPT2026000001' as AttemptReference,
  way: 'page',
  amount: paise(30000),
  service: 'propertyTax',
  accountNumber: '110630100011',
  ward: 63,
  returnUrl: 'https://pay.example.test/billdesk/return',
  browser: { ip: '203.0.113.7', userAgent: 'Mozilla/5.0' },
  at: Date.parse('2026-04-01T10:15:30+05:30'),
};

/** What BillDesk says of a payment that succeeded. */
export const transaction = {
  objectid: 'transaction',
  mercid: 'KMCUAT',
  orderid: attempt.reference,
  transactionid: 'XIC50TEST00001',
  bank_ref_no: '609112345678',
  amount: '300.00',
  surcharge: '5.00',
  charge_amount: '305.00',
  currency: '356',
  transaction_date: '2026-04-01T10:20:48+05:30',
  payment_method_type: 'upi',
  auth_status: '0300',
  transaction_error_type: 'success',
  transaction_error_code: 'TRS0000',
  transaction_error_desc: 'Transaction Successful',
};
