/** A merchant account of the corporation at Razorpay, as RAZORPAY_MERCHANTS describes it. */
import type { DatedKey } from '../keys.ts';
import type { Merchant } from '../merchants.ts';
import type { ChatMerchant, UpiMerchant } from '../upi.ts';

export interface RazorpayMerchant extends Merchant, UpiMerchant, ChatMerchant {
  /** Razorpay's `account_id`, `acc_…`: for whom money is taken. */
  readonly accountId: string;
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
