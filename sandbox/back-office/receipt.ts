/** A receipt as it is told to the back office: `Receipt` of the document. */
import { z } from 'zod';
import {
  accountKinds,
  type AccountKind,
  type AccountNumber,
  type AccountReference,
} from '../../domain/accounts/kinds.ts';
import { accountSpecs } from '../../domain/accounts/specs.ts';
import { isDate, type CalendarDate } from '../../domain/calendar.ts';

const amount = z.int().min(0).max(1e13);
const date = z.string().refine(isDate);

export interface Period {
  readonly periodFrom: CalendarDate;
  readonly periodTo: CalendarDate;
}

/** The bot's own number of a year of a licence for which there was no bill when it was asked for. */
const inAdvance = /^year-/;

const paidDemand = z.object({
  id: z.string().min(1),
  amountPaise: amount,
  part: z.literal(true).optional(),
  rebatePaise: amount.optional(),
  waiverPaise: amount.optional(),
  lateFinePaise: amount.optional(),
});
const paidYear = paidDemand
  .extend({ periodFrom: date, periodTo: date })
  .refine(({ periodFrom, periodTo }) => periodFrom <= periodTo)
  .refine(({ id, periodFrom }) => !inAdvance.test(id) || id === `year-${periodFrom}`);

/** The days are those of a licence. */
export type PaidDemand = z.output<typeof paidDemand> & Partial<z.output<typeof paidYear>>;

const once = (demands: readonly { readonly id: string }[]): boolean =>
  new Set(demands.map(({ id }) => id)).size === demands.length;

const payment = {
  number: z.string().regex(/^[A-Z]{1,4}-\d{4}-\d{2}-\d{6,}$/),
  amountPaise: amount,
  paidAt: z.iso.datetime(),
  creditPaise: amount.min(1).optional(),
  // Left out where credit paid everything.
  gateway: z
    .string()
    .regex(/^[a-z]+$/)
    .optional(),
  transactionId: z.string().min(1).optional(),
  bankReference: z.string().min(1).optional(),
};

const account = (kind: AccountKind): z.ZodType<AccountReference> =>
  z.object({
    kind: z.literal(kind),
    number: z.custom<AccountNumber>(
      (number) => typeof number === 'string' && accountSpecs[kind].form.test(number),
    ),
  });

export const receiptSchema = z.union([
  z.object({
    ...payment,
    account: account('licence'),
    demands: z.array(paidYear).min(1).refine(once),
  }),
  z.object({
    ...payment,
    account: z.union(accountKinds.filter((kind) => kind !== 'licence').map(account)),
    demands: z.array(paidDemand).min(1).refine(once),
  }),
]);
export type Receipt = z.output<typeof receiptSchema>;

/** The year of a licence that was paid in advance; undefined of every other demand. */
export function yearInAdvance({
  id,
  periodFrom,
  periodTo,
}: PaidDemand): (Period & { id: string }) | undefined {
  if (!inAdvance.test(id) || periodFrom === undefined || periodTo === undefined) return undefined;
  return { id, periodFrom, periodTo };
}
