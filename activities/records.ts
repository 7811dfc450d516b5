/** Asks the corporation's records what is due, on behalf of a citizen, and makes the link under which it is paid. */
import { forgetAccounts, mayLookUp, recentAccounts, rememberPlace } from '../database/look-ups.ts';
import type { Database } from '../database/connection.ts';
import { makeOrder } from '../database/payments/orders.ts';
import { lastPaidOrder } from '../database/payments/receipts.ts';
import { recentPayments, undecidedDemands } from '../database/payments/standing.ts';
import type { AssesseeNumber } from '../domain/assessee-number.ts';
import { dateInKolkata } from '../domain/calendar.ts';
import type { CitizenId } from '../domain/citizen.ts';
import type { Account, Dues, LookUp, Written } from '../domain/dues.ts';
import type { Language } from '../domain/language.ts';
import { maskAddress, maskName } from '../domain/masking.ts';
import { sum } from '../domain/money.ts';
import type { RecentPayment } from '../domain/order.ts';
import { duesOf, type RuleBook } from '../domain/rules.ts';
import type { Logger } from '../platform/log.ts';
import type { Records } from '../records/records.ts';

interface Dependencies {
  readonly db: Database;
  readonly records: Records;
  readonly rules: () => Promise<RuleBook>;
  /** Different numbers that one citizen may ask for in an hour. */
  readonly lookUpsPerHour: number;
  /** For how long a link to pay can be used, in milliseconds. */
  readonly linkLifetimeMs: number;
  readonly log: Logger;
}

interface Asking {
  readonly citizenId: CitizenId;
  readonly number: AssesseeNumber;
}

type Answer = LookUp | { readonly found: 'tooMany' };

export interface RecordActivities {
  /**
   * What is due on a property, with a link to pay it. Names and addresses come masked: anybody may ask for any number.
   */
  lookUpProperty(asking: Asking & { readonly language: Language }): Promise<Answer>;
  /** The same for some of the bills only; those among them that are still due. */
  lookUpBills(
    asking: Asking & { readonly language: Language; readonly bills: readonly string[] },
  ): Promise<Answer>;
  /** The same, for as long as the records are away. @throws while they are */
  awaitRecords(asking: Asking): Promise<void>;
  /** The properties that a citizen asked for last. */
  recentProperties(of: { readonly citizenId: CitizenId }): Promise<RecentProperty[]>;
  forgetProperties(of: { readonly citizenId: CitizenId }): Promise<void>;
  /** What a citizen paid last, or tried to. */
  recentPayments(of: { readonly citizenId: CitizenId }): Promise<RecentPayment[]>;
}

export interface RecentProperty {
  readonly number: AssesseeNumber;
  readonly place: Written;
}

/** As many as fit into the list beside its fixed rows. */
const recentShown = 5;
const paymentsShown = 8;

/** Asks the records; makes no link. */
export type LookUpDues = (asking: Asking) => Promise<Answer>;

export function createLookUp({
  db,
  records,
  rules,
  lookUpsPerHour,
  log,
}: Omit<Dependencies, 'linkLifetimeMs'>): LookUpDues {
  return async ({ citizenId, number }) => {
    const asked = { citizenId, kind: 'property', number } as const;
    if (!(await mayLookUp(db, asked, lookUpsPerHour))) return { found: 'tooMany' };
    const [book, registered] = await Promise.all([
      rules(),
      records.property(number).catch((error: unknown) => {
        log.warn({ err: error }, 'the records do not answer');
        return 'unavailable' as const;
      }),
    ]);
    if (registered === 'unavailable') return { found: 'unavailable' };
    if (!registered) return { found: 'unknown' };
    const account = masked(registered.account);
    await rememberPlace(db, asked, account.address);
    const asOf = Date.now();
    const { demands } = registered;
    const dues = duesOf({ account, demands, rules: book, today: dateInKolkata(asOf), asOf });
    if (dues.dues.length > 0) return { found: 'dues', dues };
    const lastPaid = await lastPaidOrder(db, citizenId, 'property', number);
    return { found: 'nothingDue', account, asOf, ...(lastPaid && { lastPaid }) };
  };
}

export function createRecordActivities(
  { db, records, linkLifetimeMs }: Pick<Dependencies, 'db' | 'records' | 'linkLifetimeMs'>,
  lookUp: LookUpDues,
): RecordActivities {
  async function withLink(answer: Answer, asking: Asking & { readonly language: Language }): Promise<Answer> {
    if (answer.found !== 'dues') return answer;
    const { dues } = answer;
    const { kind, number } = dues.account;
    const undecided = await undecidedDemands(db, kind, number);
    if (dues.dues.some(({ id }) => undecided.includes(id))) return { ...answer, undecided: true };
    if (dues.total === 0) return answer;
    const order = await makeOrder(db, {
      service: 'propertyTax',
      account: dues.account,
      dues: dues.dues,
      citizenId: asking.citizenId,
      language: asking.language,
      lifetimeMs: linkLifetimeMs,
    });
    return { ...answer, pay: { token: order.token, expiresAt: order.expiresAt } };
  }

  return {
    async lookUpProperty(asking) {
      return withLink(await lookUp(asking), asking);
    },

    async lookUpBills(asking) {
      const answer = await lookUp(asking);
      if (answer.found !== 'dues') return answer;
      return withLink({ ...answer, dues: only(answer.dues, asking.bills) }, asking);
    },

    async awaitRecords({ number }) {
      await records.property(number);
    },

    async recentProperties({ citizenId }) {
      const recent = await recentAccounts(db, citizenId, 'property', recentShown);
      return recent.map(({ number, place }) => ({ number: number as AssesseeNumber, place }));
    },

    forgetProperties: ({ citizenId }) => forgetAccounts(db, citizenId),

    recentPayments: ({ citizenId }) => recentPayments(db, citizenId, paymentsShown),
  };
}

function only(dues: Dues, bills: readonly string[]): Dues {
  const chosen = dues.dues.filter(({ id }) => bills.includes(id));
  return { ...dues, dues: chosen, total: sum(chosen.map(({ payable }) => payable)) };
}

function masked(account: Account): Account {
  return {
    ...account,
    owner: each(account.owner, maskName),
    address: each(account.address, maskAddress),
  };
}

function each({ en, bn }: Written, mask: (text: string) => string): Written {
  return bn === undefined ? { en: mask(en) } : { en: mask(en), bn: mask(bn) };
}
