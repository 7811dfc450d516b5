/** Tells a citizen what is due, by the corporation's records, and makes the link under which it is paid. */
import { forgetAccounts, mayLookUp, recentAccounts } from '../database/look-ups.ts';
import type { Database } from '../database/connection.ts';
import { makeOrder } from '../database/payments/orders.ts';
import {
  lastPaid,
  paymentsUnderWay,
  recentPayments,
  type PaymentUnderWay,
} from '../database/payments/standing.ts';
import type { AssesseeNumber } from '../domain/assessee-number.ts';
import type { CeNumber } from '../domain/ce-number.ts';
import type { CitizenId } from '../domain/citizen.ts';
import type { Account, AccountKind, Dues, Licence, Property, Written } from '../domain/dues.ts';
import type { LookUp } from '../domain/look-up.ts';
import type { InEveryLanguage, Language } from '../domain/language.ts';
import { sum } from '../domain/money.ts';
import type { RecentPayment } from '../domain/payments/order.ts';
import { renewability } from '../domain/renewal.ts';
import { duesOf } from '../domain/rules.ts';
import type { PaidService } from '../domain/services.ts';
import { recordOf, type FindAccount, type Found } from '../records/find.ts';
import type { Records } from '../records/records.ts';
import type { LookUpAccount } from './look-up.ts';

interface Dependencies {
  readonly db: Database;
  readonly records: Records;
  readonly find: FindAccount;
  readonly lookUp: LookUpAccount;
  /** Different numbers that one citizen may ask for in an hour. */
  readonly lookUpsPerHour: number;
  /** For how long a link to pay can be used, in milliseconds. */
  readonly linkLifetimeMs: number;
}

interface InChat {
  readonly citizenId: CitizenId;
  readonly language: Language;
}

type TooMany = { readonly found: 'tooMany' };

/** What is due on a licence, and what else there is to know of it. */
export type LicenceAnswer =
  | TooMany
  | Exclude<LookUp<Licence>, { readonly found: 'dues' | 'nothingDue' }>
  | (Extract<LookUp<Licence>, { readonly found: 'dues' | 'nothingDue' }> & {
      /** The trade in words, where the schedule has it. */
      readonly trade?: InEveryLanguage<string>;
      /** It can be renewed on this day. */
      readonly renewable: boolean;
      /** An officer has to agree first: what would extend the licence is not taken before. */
      readonly needsApproval?: boolean;
    });

export type PropertyAnswer = LookUp<Property> | TooMany;

/** What a number is of which nobody said so. */
export type NumberAnswer =
  | { readonly found: 'property'; readonly answer: PropertyAnswer }
  | { readonly found: 'licence'; readonly answer: LicenceAnswer }
  | { readonly found: 'several' | 'unknown' | 'unavailable' }
  | TooMany;

export interface RecordActivities {
  /**
   * What is due on a property, with a link to pay it. Names and addresses come masked: anybody may ask for any number.
   */
  lookUpProperty(asking: InChat & { readonly number: AssesseeNumber }): Promise<PropertyAnswer>;
  /** The same for some of the bills only; those among them that are still due. */
  lookUpBills(
    asking: InChat & { readonly number: AssesseeNumber; readonly bills: readonly string[] },
  ): Promise<PropertyAnswer>;
  /** The same for a trade licence. */
  lookUpLicence(asking: InChat & { readonly number: CeNumber }): Promise<LicenceAnswer>;
  /** The same for a number of which nobody said what it is: it is looked for under every kind that it may be. */
  lookUpNumber(
    asking: InChat & { readonly number: string; readonly kinds: readonly AccountKind[] },
  ): Promise<NumberAnswer>;
  /** Waits until the records answer for a number, as they would for a property unless it says otherwise. @throws while they do not */
  awaitRecords(asking: { readonly number: string; readonly kind?: AccountKind }): Promise<void>;
  /** The properties that a citizen asked for last. */
  recentProperties(of: { readonly citizenId: CitizenId }): Promise<RecentAccount<AssesseeNumber>[]>;
  recentLicences(of: { readonly citizenId: CitizenId }): Promise<RecentAccount<CeNumber>[]>;
  /** Forgets what a citizen asked for. */
  forgetProperties(of: { readonly citizenId: CitizenId }): Promise<void>;
  /** What a citizen paid last, or tried to. */
  recentPayments(of: { readonly citizenId: CitizenId }): Promise<RecentPayment[]>;
}

export interface RecentAccount<N extends string> {
  readonly number: N;
  readonly place: Written;
}

interface OfProperty {
  /** What the records have said of it in this very moment. */
  readonly known?: Found<Property>;
  readonly some?: (dues: Dues<Property>) => Dues<Property>;
}

/** As many as fit into the list beside its fixed rows. */
const recentShown = 5;
const paymentsShown = 8;

export function createRecordActivities({
  db,
  records,
  find,
  lookUp,
  lookUpsPerHour,
  linkLifetimeMs,
}: Dependencies): RecordActivities {
  async function nothingDue<A extends Account>(
    citizenId: CitizenId,
    { account, asOf }: Dues<A>,
  ): Promise<Extract<LookUp<A>, { readonly found: 'nothingDue' }>> {
    const paid = await lastPaid(db, citizenId, account.kind, account.number);
    return { found: 'nothingDue', account, asOf, ...(paid && { lastPaid: paid }) };
  }

  async function withLink<A extends Account>(
    service: PaidService,
    dues: Dues<A>,
    { citizenId, language }: InChat,
  ): Promise<Extract<LookUp<A>, { readonly found: 'dues' }>> {
    const { account } = dues;
    const underWay = (await paymentsUnderWay(db, account.kind, account.number)).filter(({ demandId }) =>
      dues.dues.some(({ id, covers = [] }) => id === demandId || covers.includes(demandId)),
    );
    const isMine = (payment: PaymentUnderWay): boolean => payment.citizenId === citizenId;
    if (underWay.some((payment) => isMine(payment) && payment.isUndecided)) {
      return { found: 'dues', dues, undecided: true };
    }
    if (dues.total === 0) return { found: 'dues', dues };
    const order = await makeOrder(db, {
      service,
      account,
      dues: dues.dues,
      citizenId,
      language,
      lifetimeMs: linkLifetimeMs,
    });
    return {
      found: 'dues',
      dues,
      pay: { token: order.token, expiresAt: order.expiresAt },
      ...(underWay.some((payment) => !isMine(payment)) && { elsewhere: true }),
    };
  }

  async function property(
    asking: InChat & { readonly number: AssesseeNumber },
    { known, some = (dues) => dues }: OfProperty = {},
  ): Promise<PropertyAnswer> {
    const { citizenId, number } = asking;
    const answer = await lookUp({ citizenId, kind: 'property', number }, known);
    if (answer.found !== 'account') return answer;
    const dues = duesOf(answer);
    if (dues.dues.length === 0) return nothingDue(citizenId, dues);
    return withLink('propertyTax', some(dues), asking);
  }

  async function licence(
    asking: InChat & { readonly number: CeNumber },
    known?: Found<Licence>,
  ): Promise<LicenceAnswer> {
    const { citizenId, number } = asking;
    const answer = await lookUp({ citizenId, kind: 'licence', number }, known);
    if (answer.found !== 'account') return answer;
    const dues = duesOf(answer);
    const about = aboutLicence(answer);
    if (dues.dues.length === 0) return { ...(await nothingDue(citizenId, dues)), ...about };
    if (needsApproval(answer)) return { found: 'dues', dues, ...about, needsApproval: true };
    return { ...(await withLink('tradeLicence', dues, asking)), ...about };
  }

  return {
    lookUpProperty: (asking) => property(asking),
    lookUpBills: (asking) => property(asking, { some: (dues) => only(dues, asking.bills) }),

    lookUpLicence: (asking) => licence(asking),

    async lookUpNumber({ kinds, ...asking }) {
      const { citizenId, number } = asking;
      const [kind = 'property'] = kinds;
      if (!(await mayLookUp(db, { citizenId, kind, number }, lookUpsPerHour))) return { found: 'tooMany' };
      const ask = async <K extends AccountKind>(wanted: K): ReturnType<typeof find<K>> =>
        kinds.includes(wanted) ? find(wanted, number) : { found: 'unknown' };
      const [asProperty, asLicence] = await Promise.all([ask('property'), ask('licence')]);
      // Not "not found": the records are away.
      if ([asProperty.found, asLicence.found].includes('unavailable')) return { found: 'unavailable' };
      if (asProperty.found === 'account' && asLicence.found === 'account') return { found: 'several' };
      if (asProperty.found === 'account') {
        const own = { ...asking, number: number as AssesseeNumber };
        return { found: 'property', answer: await property(own, { known: asProperty }) };
      }
      if (asLicence.found !== 'account') return { found: 'unknown' };
      return {
        found: 'licence',
        answer: await licence({ ...asking, number: number as CeNumber }, asLicence),
      };
    },

    async awaitRecords({ number, kind = 'property' }) {
      await recordOf(records, kind, number);
    },

    async recentProperties({ citizenId }) {
      const recent = await recentAccounts(db, citizenId, 'property', recentShown);
      return recent.map(({ number, place }) => ({ number: number as AssesseeNumber, place }));
    },

    async recentLicences({ citizenId }) {
      const recent = await recentAccounts(db, citizenId, 'licence', recentShown);
      return recent.map(({ number, place }) => ({ number: number as CeNumber, place }));
    },

    forgetProperties: ({ citizenId }) => forgetAccounts(db, citizenId),

    recentPayments: ({ citizenId }) => recentPayments(db, citizenId, paymentsShown),
  };
}

function only<A extends Account>(dues: Dues<A>, bills: readonly string[]): Dues<A> {
  const chosen = dues.dues.filter(({ id }) => bills.includes(id));
  return { ...dues, dues: chosen, total: sum(chosen.map(({ payable }) => payable)) };
}

function aboutLicence(asking: Found<Licence>): {
  readonly trade?: InEveryLanguage<string>;
  readonly renewable: boolean;
} {
  const { account, rules } = asking;
  const trade = rules.trades?.[account.trade]?.name;
  return { ...(trade && { trade }), renewable: renewability(asking).may === 'renew' };
}

/** Some of what is due would extend the licence, and an officer has to agree to that. */
function needsApproval({ account, rules, demands }: Found<Licence>): boolean {
  return (
    rules.trades?.[account.trade]?.needsApproval === true &&
    account.status === 'active' &&
    demands.some(({ periodTo }) => periodTo > account.validUntil)
  );
}
