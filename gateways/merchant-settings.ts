/**
 * What the settings of all gateways say of merchant accounts. What is wrong is said by place and reason; the values are
 * secrets and stay unsaid.
 */
import { z } from 'zod';
import { isDate } from '../domain/calendar.ts';
import { paidServices } from '../domain/services.ts';
import { weakSecret } from '../platform/production.ts';
import type { Limit } from './merchants.ts';

/** An id that a gateway gave out. */
export const word = z.string('not given').regex(/^[\w-]+$/, 'only letters, digits, _ and -');
export const password = z.string('not given').min(1, 'empty');

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

/** When a key holds. */
export const keyDates = { from: moment.optional(), until: moment.optional() };

/** The keys of an account, of which there is at least one. */
export const keysOf = <K extends { readonly from?: number; readonly until?: number }>(
  key: z.ZodType<K>,
): z.ZodType<readonly [K, ...K[]]> =>
  z
    .array(
      key.refine(({ from = -Infinity, until = Infinity }) => from < until, 'until is not after from'),
      'not a list of at least one key',
    )
    .transform(([first, ...others], context): readonly [K, ...K[]] => {
      if (first !== undefined) return [first, ...others];
      context.addIssue({ code: 'custom', message: 'not a list of at least one key' });
      return z.NEVER;
    });

const rupees = z
  .number('not a number')
  .int('not whole rupees')
  .min(1, 'below ₹1')
  .max(1e9, 'above ₹1,00,00,00,000');

/** What one payment may come to, in rupees: for all services, or for some. */
const limit: z.ZodType<Limit> = z.union(
  [rupees, z.partialRecord(z.enum(paidServices), rupees)],
  `neither rupees nor rupees by service (${paidServices.join(', ')})`,
);

/** What an account of any gateway has beside the gateway's own words. */
export const accountFields = {
  /** Ours, which stands in the database for ever. */
  id: z.string('not given').regex(/^[a-z0-9-]+$/, 'only small letters, digits and -'),
  services: z
    .array(z.enum(paidServices, `neither ${paidServices.join(' nor ')}`), 'not a list')
    .min(1, 'no service; leave it out for all')
    .optional(),
  /** Its share of new payments. */
  weight: z
    .number('not a number')
    .int('not a whole number')
    .min(0, 'below 0')
    .max(100, 'above 100')
    .optional(),
  /** What one payment may come to. */
  most: limit.optional(),
};

/** What `accountFields` are for, in the words of the settings. */
export const accountTerms =
  `services where an account takes only some (${paidServices.join(', ')}), weight where it is to take more or less than another ` +
  '(0 to 100, usually 100; 0 is a reserve), most for the rupees that one payment may come to (or for each service, as ' +
  '{"tradeLicence":200000})';

/** What an account has where the gateway takes UPI without its page, too (gateways/upi.ts). */
export const upiFields = {
  ways: z.array(z.enum(['upiApp', 'upiQr'], 'neither upiApp nor upiQr'), 'not a list').optional(),
  upiMost: limit.optional(),
};

/** What `upiFields` are for. */
export const upiTerms =
  'ways where the gateway has enabled UPI beside its page (upiApp, upiQr), upiMost, like most, where one payment by it may be other ' +
  'than ₹1,00,000';

/** What an account has where its orders may be paid within WhatsApp (gateways/upi.ts). */
export const whatsappFields = {
  /** The name of a payment configuration in WhatsApp Manager (Meta, "Receive payments via payment gateways"). */
  whatsappConfiguration: z
    .string('not a text')
    .regex(/^[\w .-]{1,60}$/, 'only letters, digits, _, -, . and blanks, at most 60')
    .optional(),
  upiMost: limit.optional(),
};

/** What `whatsappFields` are for. */
export const whatsappTerms =
  'whatsappConfiguration where orders are paid within WhatsApp (WHATSAPP_PAYMENTS): the name of the payment configuration at Meta, ' +
  'for what is up to upiMost, without it ₹1,00,000';

/** The accounts of a gateway as a JSON list. */
export const accountsIn = <M extends { readonly id: string }>(
  account: z.ZodType<M>,
): z.ZodType<readonly [M, ...M[]], string> =>
  z
    .string()
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text);
      } catch {
        context.addIssue({ code: 'custom', message: 'not JSON' });
        return z.NEVER;
      }
    })
    .pipe(
      z.array(account, 'not a list').transform((all, context): readonly [M, ...M[]] => {
        const [first, ...others] = all;
        const wrong = (message: string): void => context.addIssue({ code: 'custom', message });
        if (first === undefined) {
          wrong('no merchant account');
          return z.NEVER;
        }
        if (new Set(all.map(({ id }) => id)).size < all.length) wrong('two accounts of the same id');
        return [first, ...others];
      }),
    );

/** Which key is weak, by its place, and why. */
export function weakKeyIn<K>(
  accounts: readonly { readonly id: string; readonly keys: readonly K[] }[],
  secretsOf: (key: K) => readonly string[],
): string | undefined {
  return accounts
    .flatMap(({ id, keys }) =>
      keys.map((key, index) => {
        const why = secretsOf(key)
          .map(weakSecret)
          .find((reason) => reason !== undefined);
        return why && `key ${index + 1} of ${id}: ${why}`;
      }),
    )
    .find((reason) => reason !== undefined);
}
