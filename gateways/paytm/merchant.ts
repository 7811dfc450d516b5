/** A merchant account of the corporation at Paytm, as PAYTM_MERCHANTS describes it. */
import type { DatedKey } from '../keys.ts';
import type { Merchant } from '../merchants.ts';
import type { UpiMerchant } from '../upi.ts';

export interface PaytmMerchant extends Merchant, UpiMerchant {
  /** Paytm's MID: for whom money is taken. */
  readonly mid: string;
  /** Paytm gives it with the MID. Without it `DEFAULT`. */
  readonly websiteName?: string;
  /** Paytm gives it for QR codes. Without it `C11`. */
  readonly clientId?: string;
  /** Several during a change of keys. */
  readonly keys: readonly [PaytmKey, ...PaytmKey[]];
}

export interface PaytmKey extends DatedKey {
  /** The merchant key: 16 characters, or 24 or 32, of one byte each. */
  readonly key: string;
}
