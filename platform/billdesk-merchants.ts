/** Reads BILLDESK_MERCHANTS. What is wrong is said by place and reason; the values are secrets and stay unsaid. */
import { z } from 'zod';
import type { BillDeskMerchant } from '../domain/billdesk-merchant.ts';

/** The first one takes new payments. */
export type BillDeskMerchants = readonly [BillDeskMerchant, ...BillDeskMerchant[]];

const word = z.string('not given').regex(/^[\w-]+$/, 'only letters, digits, _ and -');
const password = z.string('not given').min(1, 'empty');

const account = {
  name: word,
  mercid: word,
  clientid: word,
  timestamps: z.enum(['ist', 'epochMs'], 'neither ist nor epochMs').optional(),
  api: z.enum(['ve1_2', 'v1_2'], 'neither ve1_2 nor v1_2').optional(),
  settlementLob: word.optional(),
};

const merchant: z.ZodType<BillDeskMerchant> = z.discriminatedUnion(
  'scheme',
  [
    z.strictObject({ ...account, scheme: z.literal('hmac'), secret: password }),
    z.strictObject({
      ...account,
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

const merchants = z.array(merchant, 'not a list').transform((all, context): BillDeskMerchants => {
  const [first, ...others] = all;
  if (first === undefined) {
    context.addIssue({ code: 'custom', message: 'no merchant' });
    return z.NEVER;
  }
  if (new Set(all.map(({ name }) => name)).size < all.length) {
    context.addIssue({ code: 'custom', message: 'two of the same name' });
  }
  return [first, ...others];
});

export const billDeskMerchants = z
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
