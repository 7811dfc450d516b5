/** A merchant account of the corporation at BillDesk, as BILLDESK_MERCHANTS describes it. */
import type { DatedKey } from '../keys.ts';
import type { Merchant } from '../merchants.ts';
import type { ChatMerchant } from '../upi.ts';

export interface BillDeskMerchant extends Merchant, ChatMerchant {
  /** BillDesk's `mercid`: for whom money is taken. */
  readonly mercid: string;
  /** BillDesk's `clientid`: who signs. */
  readonly clientid: string;
  /** What BD-Timestamp holds; BillDesk's own pages disagree. Without it `ist`: YYYYMMDDhhmmss. */
  readonly timestamps?: 'ist' | 'epochMs';
  /** The version in the paths of the API. Without it `ve1_2`. */
  readonly api?: 've1_2' | 'v1_2';
  /** The settlement line of business, where BillDesk has given one. */
  readonly settlementLob?: string;
  /** Several during a change of keys. */
  readonly keys: readonly [BillDeskKey, ...BillDeskKey[]];
}

/** A shared secret; what is signed with it stays readable (JWS-HMAC). */
export interface HmacKey extends DatedKey {
  readonly scheme: 'hmac';
  readonly secret: string;
}

/** What encrypts, and what signs after that (symmetric JOSE). */
export interface SymmetricKey extends DatedKey {
  readonly scheme: 'symmetric';
  readonly keyId: string;
  /** 32 characters of one byte each: a key of 256 bits. */
  readonly encryptionPassword: string;
  readonly signingPassword: string;
}

/** Which of the two it is, BillDesk decides for each account. */
export type BillDeskKey = HmacKey | SymmetricKey;
