/** Paytm's settings. */
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
  word,
} from '../merchant-settings.ts';
import type { PaytmKey, PaytmMerchant } from './merchant.ts';

/** At least one. */
export type PaytmMerchants = readonly [PaytmMerchant, ...PaytmMerchant[]];

const key: z.ZodType<PaytmKey> = z.strictObject({
  ...keyDates,
  key: password.refine(
    (value) => [16, 24, 32].includes(Buffer.byteLength(value)),
    'neither 16, 24 nor 32 characters of one byte each',
  ),
});

const merchant: z.ZodType<PaytmMerchant> = z.strictObject({
  ...accountFields,
  mid: word,
  websiteName: word.optional(),
  ...upiFields,
  clientId: word.optional(),
  keys: keysOf(key),
});

const paytmMerchants = accountsIn(merchant);

export const paytmSettings = {
  PAYTM_API_URL: guarded(
    setting(
      url.default('https://secure.paytmpayments.com'),
      "where Paytm's API and payment page are; its test system is https://securestage.paytmpayments.com",
      'https://secure.paytmpayments.com',
    ),
    unsafeAddress,
  ),
  PAYTM_MERCHANTS: guarded(
    setting(
      paytmMerchants.optional(),
      'the merchant accounts at Paytm as a JSON list; id is our own and never changes; mid and key are from Paytm, and ' +
        `during a change of keys there are two, with from and until; ${accountTerms}; websiteName and clientId where Paytm says ` +
        `so; ${upiTerms}; without it nobody pays at Paytm`,
      '[{"id":"paytm","mid":"KMC00000000000000001","keys":[{"key":"…"}]}]',
    ),
    (given) => weakKeyIn(paytmMerchants.safeParse(given).data ?? [], (each: PaytmKey) => [each.key]),
  ),
} as const;
