/**
 * What the back office answers, by docs/back-office.openapi.yaml. Whatever else it answers counts as no answer, because
 * a citizen must not be told a wrong sum, or that a property or a licence does not exist, and a receipt must not count
 * as taken when nobody has it.
 */
import { z } from 'zod';
import {
  accountKinds,
  type Account,
  type AccountKind,
  type AccountOf,
  type DemandKind,
  type KindWithFields,
  type OwnFields,
} from '../domain/accounts/kinds.ts';
import { accountSpecs } from '../domain/accounts/specs.ts';
import { isDate } from '../domain/calendar.ts';
import type { Demand } from '../domain/dues.ts';
import { paise } from '../domain/money.ts';
import type { Receipt } from '../domain/payments/receipt.ts';
import { parseJson, type HttpAnswer } from '../platform/http-call.ts';
import { RecordsRefusedError, RecordsUnavailableError, type AccountRecord } from './records.ts';

const taken = z.object({ number: z.string() });
const refusal = z.object({ error: z.string(), demands: z.array(z.string()).min(1).optional() });
/** Whatever else stands in a refusal is not repeated: it may name somebody. */
const code = /^[a-z_]{1,40}$/;

/** @throws RecordsRefusedError, RecordsUnavailableError unless the answer says that the receipt was taken */
export function readTaken({ status, body }: HttpAnswer, { number, account }: Receipt): void {
  const answer = parseJson(body);
  if (status === 200 || status === 201) {
    // A proxy's page, too, comes with 200.
    const { data } = taken.safeParse(answer);
    if (!data) throw unavailable(`HTTP ${status}, and not the documented shape`);
    if (data.number !== number) throw unavailable('it answers for another receipt');
    return;
  }
  const { data } = refusal.safeParse(answer);
  const isRefused = status === 404 ? saysUnknown(answer, account.kind) : status === 409 || status === 422;
  if (!data || !isRefused) throw unavailable(notOk(status));
  const because = code.test(data.error) ? `, ${data.error}` : '';
  throw new RecordsRefusedError(`the back office: HTTP ${status}${because}`, data.demands);
}

/**
 * @returns undefined when there is no such account
 * @throws RecordsUnavailableError
 */
export function readAccount<K extends AccountKind>(
  { status, body }: HttpAnswer,
  kind: K,
  number: string,
): AccountRecord<AccountOf<K>> | undefined {
  const answer = parseJson(body);
  if (status === 404 && saysUnknown(answer, kind)) return undefined;
  if (status !== 200) throw unavailable(notOk(status));
  if (answer === undefined) throw unavailable('no JSON');
  const parsed = schemas[kind].safeParse(answer);
  if (!parsed.success) throw unavailable(`not the documented shape: ${placesOf(parsed.error)}`);
  if (parsed.data.account.number !== number) throw unavailable('it answers for another number');
  return parsed.data;
}

/** A bare 404 is what a proxy or a wrong address answers. */
const saysUnknown = (answer: unknown, kind: AccountKind): boolean =>
  refusal.safeParse(answer).data?.error === `unknown_${kind}`;

const notOk = (status: number): string =>
  status === 401 ? 'HTTP 401, it refuses BACK_OFFICE_TOKEN' : `HTTP ${status}`;

/** Up to ten thousand crore rupees, so that sums stay exact, too. */
const amount = z.int().min(0).max(1e13).transform(paise);
const date = z.string().refine(isDate, 'no such date');
const written = z.object({ en: z.string().min(1), bn: z.string().min(1).optional() });

/** The unpaid demands of an account that has these kinds of them. */
const demandsOf = (kinds: readonly DemandKind[]): z.ZodType<Demand[]> =>
  z
    .array(
      z
        .object({
          id: z.string().min(1),
          kind: z.enum(kinds),
          periodFrom: date,
          periodTo: date,
          presentedOn: date,
          lines: z.array(
            z
              .object({ kind: z.enum(['principal', 'interest', 'penalty', 'charge']), amountPaise: amount })
              .transform(({ kind, amountPaise }) => ({ kind, amount: amountPaise })),
          ),
          coveredBy: z.string().min(1).optional(),
        })
        .refine(({ periodFrom, periodTo }) => periodFrom <= periodTo, 'the period ends before it begins'),
    )
    .refine((demands) => new Set(demands.map(({ id }) => id)).size === demands.length, 'an id stands twice')
    .refine((demands) => {
      // A bill whose LOI is missing could be paid nowhere, and the citizen would hear that nothing is due.
      const letters = new Set(demands.filter(({ kind }) => kind === 'LOI').map(({ id }) => id));
      return demands.every(({ coveredBy }) => coveredBy === undefined || letters.has(coveredBy));
    }, 'the LOI of a bill is missing');

const anyAccount = {
  number: z.string(),
  owner: written,
  address: written,
  ward: z.int().min(1).max(144),
};

/** What is answered of an account beside what is answered of all. */
const ownFields = {
  property: z.object({ residential: z.boolean(), senior: z.boolean(), green: z.boolean().optional() }),
  licence: z.object({
    tradeName: written,
    trade: z.string().min(1),
    validUntil: date,
    status: z.enum(['active', 'suspended', 'closed']),
  }),
} satisfies { readonly [K in KindWithFields]: z.ZodType<OwnFields<K>> };
const ownFieldsOf: Readonly<Partial<Record<AccountKind, z.ZodObject>>> = ownFields;

function schemaOf(kind: AccountKind): z.ZodType<AccountRecord<Account>> {
  return z
    .object({ ...anyAccount, ...ownFieldsOf[kind]?.shape, demands: demandsOf(accountSpecs[kind].bills) })
    .transform(({ demands, ...account }) => {
      // The compiler cannot see that the fields are those of the kind.
      return { account: { kind, ...account } as Account, demands };
    });
}

const schemas = Object.fromEntries(accountKinds.map((kind) => [kind, schemaOf(kind)])) as {
  readonly [K in AccountKind]: z.ZodType<AccountRecord<AccountOf<K>>>;
};

/** The message names nobody. */
export const unavailable = (reason: string): RecordsUnavailableError =>
  new RecordsUnavailableError(`the back office: ${reason}`);

/** Where the answer is wrong and how, without a word of what it says: it is about somebody. */
const placesOf = ({ issues }: z.ZodError): string =>
  issues
    .slice(0, 3)
    .map((issue) => `${issue.path.join('.')} (${issue.code === 'custom' ? issue.message : issue.code})`)
    .join(', ');
