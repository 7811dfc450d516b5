/** A merchant account of the corporation at Paytm, as PAYTM_MERCHANTS describes it. */
import type { PayWay } from '../../domain/payments/way.ts';
import type { DatedKey } from '../keys.ts';
import type { Merchant } from '../merchants.ts';

export interface PaytmMerchant extends Merchant {
  /** Paytm's MID: for whom money is taken. */
  readonly mid: string;
  /** Paytm gives it with the MID. Without it `DEFAULT`. */
  readonly websiteName?: string;
  /** What Paytm has enabled for it beside the page. */
  readonly ways?: readonly Exclude<PayWay, 'page'>[];
  /** The most that one payment by UPI may be, in rupees, where it is not the usual. */
  readonly upiMost?: number;
  /** Paytm gives it for QR codes. Without it `C11`. */
  readonly clientId?: string;
  /** Several during a change of keys. */
  readonly keys: readonly [PaytmKey, ...PaytmKey[]];
}

export interface PaytmKey extends DatedKey {
  /** The merchant key: 16 characters, or 24 or 32, of one byte each. */
  readonly key: string;
}
