/** Razorpay's settings. */
import { z } from 'zod';
import { unsafeAddress } from '../../platform/production.ts';
import { guarded, setting, url } from '../../platform/settings.ts';
import {
  accountFields,
  accountTerms,
  accountsIn,
  keyDates,
  keysOf,
  password,
  upiFields,
  upiTerms,
  weakKeyIn,
  whatsappFields,
  whatsappTerms,
} from '../merchant-settings.ts';
import type { ApiKey, RazorpayMerchant, WebhookSecret } from './merchant.ts';

/** At least one. */
export type RazorpayMerchants = readonly [RazorpayMerchant, ...RazorpayMerchant[]];

const merchant: z.ZodType<RazorpayMerchant> = z.strictObject({
  ...accountFields,
  ...upiFields,
  ...whatsappFields,
  accountId: z.string('not given').regex(/^acc_[A-Za-z0-9]+$/, 'not as acc_… of the dashboard'),
  keys: keysOf(
    z.strictObject({
      ...keyDates,
      keyId: z.string('not given').regex(/^rzp_(live|test)_[A-Za-z0-9]+$/, 'not as rzp_live_… or rzp_test_…'),
      keySecret: password,
    }),
  ),
  webhookSecrets: keysOf(z.strictObject({ ...keyDates, secret: password })),
});

const razorpayMerchants = accountsIn(merchant);

function weakSecretIn(given: string): string | undefined {
  const accounts = razorpayMerchants.safeParse(given).data ?? [];
  const ofWebhooks = accounts.map(({ id, webhookSecrets }) => ({
    id: `the webhooks of ${id}`,
    keys: webhookSecrets,
  }));
  return (
    weakKeyIn(accounts, ({ keySecret }: ApiKey) => [keySecret]) ??
    weakKeyIn(ofWebhooks, ({ secret }: WebhookSecret) => [secret])
  );
}

export const razorpaySettings = {
  RAZORPAY_API_URL: guarded(
    setting(
      url.default('https://api.razorpay.com'),
      "Razorpay's API, without /v1; where only fixed addresses can be called, https://prod-api-static.razorpay.com",
      'https://api.razorpay.com',
    ),
    unsafeAddress,
  ),
  RAZORPAY_MERCHANTS: guarded(
    setting(
      razorpayMerchants.optional(),
      'the merchant accounts at Razorpay as a JSON list; id is our own and never changes; accountId is Razorpay’s; keys are those ' +
        'of its API, webhookSecrets what was entered with the webhook, and during a change of either there are two, with from ' +
        `and until; ${accountTerms}; ${upiTerms}; ${whatsappTerms}; without it nobody pays at Razorpay`,
      '[{"id":"main","accountId":"acc_…","keys":[{"keyId":"rzp_live_…","keySecret":"…"}],"webhookSecrets":[{"secret":"…"}]}]',
    ),
    weakSecretIn,
  ),
} as const;
