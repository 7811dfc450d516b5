/** A merchant account of the corporation at Razorpay, as RAZORPAY_MERCHANTS describes it. */
import type { PaidService } from '../../domain/accounts/kinds.ts';
import type { DatedKey } from '../keys.ts';

export interface RazorpayMerchant {
  /**
   * Our own id of it, `[a-z0-9-]`. It stands in the database for ever, and is independent of Razorpay's ids, which a new
   * contract may change.
   */
  readonly id: string;
  /** Razorpay's `account_id`, `acc_…`: for whom money is taken. */
  readonly accountId: string;
  /** What may be paid to it; without them everything. */
  readonly services?: readonly PaidService[];
  /** What opens the API, and signs what browsers bring back. Several during a change. */
  readonly keys: readonly [ApiKey, ...ApiKey[]];
  /** What signs webhooks. Several during a change: old events are posted again under the old secret. */
  readonly webhookSecrets: readonly [WebhookSecret, ...WebhookSecret[]];
}

export interface ApiKey extends DatedKey {
  /** `rzp_live_…` */
  readonly keyId: string;
  readonly keySecret: string;
}

export interface WebhookSecret extends DatedKey {
  readonly secret: string;
}
