/** BillDesk's settings. What is wrong is said by place and reason; the values are secrets and stay unsaid. */
import { z } from 'zod';

import { isDate } from '../../domain/calendar.ts';
import { paidServices } from '../../domain/services.ts';
import { unsafeAddress, weakSecret } from '../../platform/production.ts';
import { guarded, setting, url } from '../../platform/settings.ts';
import type { BillDeskKey, BillDeskMerchant } from './merchant.ts';

/** The first one that takes a service takes its new payments. */
export type BillDeskMerchants = readonly [BillDeskMerchant, ...BillDeskMerchant[]];

const word = z.string('not given').regex(/^[\w-]+$/, 'only letters, digits, _ and -');
const password = z.string('not given').min(1, 'empty');

/** A moment with its offset, or a date for its first moment in Kolkata. */
const moment = z.union(
  [
    z.iso.datetime({ offset: true }).transform(Date.parse),
    z
      .string()
      .refine(isDate)
      .transform((date) => Date.parse(`${date}T00:00:00+05:30`)),
  ],
  'neither a date nor a time with its offset, as 2026-12-01T06:00:00+05:30',
);

const dates = { from: moment.optional(), until: moment.optional() };

const key: z.ZodType<BillDeskKey> = z
  .discriminatedUnion(
    'scheme',
    [
      z.strictObject({ ...dates, scheme: z.literal('hmac'), secret: password }),
      z.strictObject({
        ...dates,
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
  )
  .refine(({ from = -Infinity, until = Infinity }) => from < until, 'until is not after from');

const keys = z
  .array(key, 'not a list of at least one key')
  .transform(([first, ...others], context): BillDeskMerchant['keys'] => {
    if (first !== undefined) return [first, ...others];
    context.addIssue({ code: 'custom', message: 'not a list of at least one key' });
    return z.NEVER;
  });

const merchant: z.ZodType<BillDeskMerchant> = z.strictObject({
  id: z.string('not given').regex(/^[a-z0-9-]+$/, 'only small letters, digits and -'),
  mercid: word,
  clientid: word,
  services: z
    .array(z.enum(paidServices, `neither ${paidServices.join(' nor ')}`), 'not a list')
    .min(1, 'no service; leave it out for all')
    .optional(),
  timestamps: z.enum(['ist', 'epochMs'], 'neither ist nor epochMs').optional(),
  api: z.enum(['ve1_2', 'v1_2'], 'neither ve1_2 nor v1_2').optional(),
  settlementLob: word.optional(),
  keys,
});

const merchants = z.array(merchant, 'not a list').transform((all, context): BillDeskMerchants => {
  const [first, ...others] = all;
  const wrong = (message: string): void => context.addIssue({ code: 'custom', message });
  if (first === undefined) {
    wrong('no merchant account');
    return z.NEVER;
  }
  if (new Set(all.map(({ id }) => id)).size < all.length) wrong('two accounts of the same id');
  return [first, ...others];
});

const billDeskMerchants = z
  .string()
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      context.addIssue({ code: 'custom', message: 'not JSON' });
      return z.NEVER;
    }
  })
  .pipe(merchants);

/** Which key is weak, by its place, and why. */
function weakMerchantKeys(given: string): string | undefined {
  const all = billDeskMerchants.safeParse(given).data ?? [];
  const secretsOf = (each: BillDeskKey): string[] =>
    each.scheme === 'hmac' ? [each.secret] : [each.signingPassword, each.encryptionPassword];
  return all
    .flatMap(({ id, keys: own }) =>
      own.map((each, index) => {
        const why = secretsOf(each)
          .map(weakSecret)
          .find((reason) => reason !== undefined);
        return why && `key ${index + 1} of ${id}: ${why}`;
      }),
    )
    .find((reason) => reason !== undefined);
}

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
        `two, with from and until; services where an account takes only some (${paidServices.join(', ')}); timestamps, api ` +
        'and settlementLob where BillDesk says so; without it nobody pays at BillDesk',
      '[{"id":"main","mercid":"KMC","clientid":"kmc","keys":[{"scheme":"hmac","secret":"…"}]}]',
    ),
    weakMerchantKeys,
  ),
} as const;
