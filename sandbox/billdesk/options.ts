/** What the stand-in for BillDesk needs to know. */
import type { BillDeskMerchant } from '../../gateways/billdesk/merchant.ts';

export interface BillDeskOptions {
  /** Whom it has as customers, with the keys that it shares with them. */
  readonly merchants: readonly BillDeskMerchant[];
  /** Where webhooks go. */
  readonly webhookUrl: string;
  /** Whether the house pays here; otherwise elsewhere, and the panel says so. */
  readonly inUse: boolean;
  /** Pauses before a webhook that was not answered with 2xx is posted again; then it is given up. Milliseconds. */
  readonly retriesMs?: readonly number[];
}
