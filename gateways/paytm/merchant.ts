/** A merchant account of the corporation at Paytm, as PAYTM_MERCHANTS describes it. */
import type { PaidService } from '../../domain/accounts/kinds.ts';
import type { DatedKey } from '../keys.ts';

export interface PaytmMerchant {
  /** Our own id of it, `[a-z0-9-]`, which stands in the database for ever. */
  readonly id: string;
  /** Paytm's MID: for whom money is taken. */
  readonly mid: string;
  /** What may be paid to it; without them everything. */
  readonly services?: readonly PaidService[];
  /** Paytm gives it with the MID. Without it `DEFAULT`. */
  readonly websiteName?: string;
  /** Several during a change of keys. */
  readonly keys: readonly [PaytmKey, ...PaytmKey[]];
}

export interface PaytmKey extends DatedKey {
  /** The merchant key: 16 characters, or 24 or 32, of one byte each. */
  readonly key: string;
}
