/** BillDesk's settings. */
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
  weakKeyIn,
  whatsappFields,
  whatsappTerms,
  word,
} from '../merchant-settings.ts';
import type { BillDeskKey, BillDeskMerchant } from './merchant.ts';

/** At least one. */
export type BillDeskMerchants = readonly [BillDeskMerchant, ...BillDeskMerchant[]];

const key: z.ZodType<BillDeskKey> = z.discriminatedUnion(
  'scheme',
  [
    z.strictObject({ ...keyDates, scheme: z.literal('hmac'), secret: password }),
    z.strictObject({
      ...keyDates,
      scheme: z.literal('symmetric'),
      keyId: word,
      encryptionPassword: password.refine(
        (value) => Buffer.byteLength(value) === 32,
        'not 32 characters of one byte each',
      ),
      signingPassword: password,
    }),
  ],
  'neither hmac nor symmetric',
);

const merchant: z.ZodType<BillDeskMerchant> = z.strictObject({
  ...accountFields,
  mercid: word,
  clientid: word,
  timestamps: z.enum(['ist', 'epochMs'], 'neither ist nor epochMs').optional(),
  api: z.enum(['ve1_2', 'v1_2'], 'neither ve1_2 nor v1_2').optional(),
  settlementLob: word.optional(),
  ...whatsappFields,
  keys: keysOf(key),
});

const billDeskMerchants = accountsIn(merchant);

const secretsOf = (each: BillDeskKey): string[] =>
  each.scheme === 'hmac' ? [each.secret] : [each.signingPassword, each.encryptionPassword];

export const billDeskSettings = {
  BILLDESK_API_URL: guarded(
    setting(
      url.default('https://api.billdesk.com'),
      "BillDesk's API, without /payments; its test system is https://uat1.billdesk.com/u2",
      'https://api.billdesk.com',
    ),
    unsafeAddress,
  ),
  BILLDESK_MERCHANTS: guarded(
    setting(
      billDeskMerchants.optional(),
      'the merchant accounts at BillDesk as a JSON list; id is our own and never changes; a key of scheme hmac has a secret, ' +
        'one of scheme symmetric has keyId, encryptionPassword and signingPassword, and during a change of keys there are ' +
        `two, with from and until; ${accountTerms}; timestamps, api and settlementLob where BillDesk says so; ` +
        `${whatsappTerms}; without it nobody pays at BillDesk`,
      '[{"id":"main","mercid":"KMC","clientid":"kmc","keys":[{"scheme":"hmac","secret":"…"}]}]',
    ),
    (given) => weakKeyIn(billDeskMerchants.safeParse(given).data ?? [], secretsOf),
  ),
} as const;
