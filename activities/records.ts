/** Tells a citizen what is due, by the corporation's records, and makes the link under which it is paid. */
import { setTimeout } from 'node:timers/promises';
import { readCitizenStanding } from '../database/standing.ts';
import {
  forgetAccounts,
  mayLookUp,
  nameAccount,
  ownPlaces,
  recentAccounts,
  type KnownAccount,
} from '../database/look-ups.ts';
import type { Database } from '../database/connection.ts';
import { waitingSince } from '../database/licences/renewals.ts';
import { creditSources } from '../database/payments/credit.ts';
import { makeOrder } from '../database/payments/orders.ts';
import {
  lastPaid,
  paymentsUnderWay,
  recentPayments,
  type PaymentUnderWay,
} from '../database/payments/standing.ts';
import type { Written } from '../domain/accounts/account.ts';
import {
  serviceOf,
  type Account,
  type AccountKind,
  type AccountNumber,
  type AccountOf,
  type AccountReference,
  type Beside,
} from '../domain/accounts/kinds.ts';
import type { Licence } from '../domain/accounts/licence.ts';
import type { CitizenId } from '../domain/citizen.ts';
import type { Dues } from '../domain/dues.ts';
import type { CreditTaken, DuesFound, LookUp, MoneyOnItsWay } from '../domain/look-up.ts';
import type { Language } from '../domain/language.ts';
import { sum, type Paise } from '../domain/money.ts';
import { firstOf } from '../domain/payments/credit.ts';
import type { RecentPayment } from '../domain/payments/order.ts';
import type { OwnPlace } from '../domain/reply.ts';
import { renewability } from '../domain/renewal.ts';
import { duesOf } from '../domain/rules.ts';
import type { WorkMetrics } from '../platform/metrics.ts';
import type { FindAccount, Found } from '../records/find.ts';
import type { CitizenStanding } from '../domain/standing.ts';
import type { Records } from '../records/records.ts';
import type { OpenInChat } from './chat-orders.ts';
import type { LookUpAccount } from './look-up.ts';

interface Dependencies {
  readonly db: Database;
  readonly records: Records;
  readonly find: FindAccount;
  readonly lookUp: LookUpAccount;
  /** Different numbers that one citizen may ask for in an hour. */
  readonly lookUpsPerHour: number;
  /** Whether citizens are shown their places when they greet. */
  readonly showsPlaces: boolean;
  /** For how long a link to pay can be used, in milliseconds. */
  readonly linkLifetimeMs: number;
  /** Missing where nothing is paid within WhatsApp. */
  readonly openInChat?: OpenInChat;
  readonly metrics: Pick<WorkMetrics, 'lookUpsRefused'>;
}

interface InChat {
  readonly citizenId: CitizenId;
  readonly language: Language;
  /** They were promised the answer, and wait without looking. */
  readonly isPromised?: true;
}

/** What a citizen wants to know of one account. */
export interface LookUpRequest<K extends AccountKind = AccountKind> extends InChat {
  readonly account: AccountReference<K>;
  /** Only these bills, those among them that are still due. */
  readonly bills?: readonly string[];
}

/** What a number is of which the kind was not said. */
export type NumberAnswer =
  | { readonly found: 'account'; readonly account: AccountReference; readonly answer: LookUp }
  /** The citizen has to say which of these is meant. */
  | { readonly found: 'several'; readonly kinds: readonly AccountKind[] }
  | { readonly found: 'unknown' | 'unavailable' | 'tooMany' };

export interface RecordActivities {
  /**
   * What is due on an account, with a link to pay it. Names and addresses come masked: anybody may ask for any number.
   */
  lookUp(request: LookUpRequest): Promise<LookUp>;
  /** The same for a number of which the kind was not said: it is looked for under every kind that it may be. */
  lookUpNumber(
    asking: InChat & { readonly number: string; readonly kinds: readonly AccountKind[] },
  ): Promise<NumberAnswer>;
  /** Waits until the records answer for a number. @throws while they do not */
  awaitRecords(account: AccountReference): Promise<void>;
  /** The accounts of one kind that a citizen asked for last. */
  recentAccounts(of: { readonly citizenId: CitizenId; readonly kind: AccountKind }): Promise<RecentAccount[]>;
  /** What is due on the accounts that a citizen has named or paid; none where the records do not answer at once. */
  ownPlaces(of: { readonly citizenId: CitizenId }): Promise<OwnPlace[]>;
  /** Names an account as the citizen does. @returns the account: without one, that which they paid or asked for last */
  nameAccount(naming: {
    readonly citizenId: CitizenId;
    readonly nickname: string;
    readonly account?: AccountReference;
  }): Promise<AccountReference | undefined>;
  /** Forgets what a citizen asked for. */
  forgetAccounts(of: { readonly citizenId: CitizenId }): Promise<void>;
  /** What is under way for a citizen, and what came of it. */
  citizenStanding(of: { readonly citizenId: CitizenId }): Promise<CitizenStanding>;
  /** What a citizen paid last, or tried to. */
  recentPayments(of: { readonly citizenId: CitizenId }): Promise<RecentPayment[]>;
}

export interface RecentAccount {
  readonly account: AccountReference;
  readonly place: Written;
  readonly nickname?: string;
}

/** As many as fit into the list beside its fixed rows. */
const recentShown = 5;
const placesShown = 4;
/** Whoever greets is not kept waiting for what is due. */
const greetingMs = 800;
/** Longer than a turn, less than the workflow gives to what was promised. */
const promisedMs = 9_000;
const paymentsShown = 8;
/** Of each kind, in one message. */
const standingShown = 4;

export function createRecordActivities({
  db,
  records,
  find,
  lookUp,
  lookUpsPerHour,
  showsPlaces,
  linkLifetimeMs,
  openInChat,
  metrics,
}: Dependencies): RecordActivities {
  /** How what is due is paid, and what speaks against paying it now. */
  async function wayToPay(
    dues: Dues,
    { citizenId, language }: InChat,
  ): Promise<Pick<DuesFound, 'pay' | 'credit' | 'undecided' | 'elsewhere'>> {
    const { account } = dues;
    const underWay = (await paymentsUnderWay(db, account.kind, account.number)).filter(({ demandId }) =>
      dues.dues.some(({ id, covers = [] }) => id === demandId || covers.includes(demandId)),
    );
    const isMine = (payment: PaymentUnderWay): boolean => payment.citizenId === citizenId;
    const undecided = onItsWay(underWay.filter((payment) => isMine(payment) && payment.isUndecided));
    if (undecided) return { undecided };
    if (dues.total === 0) return {};
    const order = await makeOrder(db, {
      service: serviceOf[account.kind],
      account,
      dues: dues.dues,
      citizenId,
      language,
      lifetimeMs: linkLifetimeMs,
    });
    const chat = await openInChat?.(order);
    return {
      pay: { token: order.token, expiresAt: order.expiresAt, ...(chat && { chat }) },
      ...(order.credit !== undefined && { credit: await taken(account, order.credit) }),
      ...(underWay.some((payment) => !isMine(payment)) && { elsewhere: true }),
    };
  }

  /** Where credit of an account comes from: of so much of it, or of all. */
  async function taken(
    { kind, number }: Pick<Account, 'kind' | 'number'>,
    amount?: Paise,
  ): Promise<CreditTaken> {
    const sources = await creditSources(db, { accountKind: kind, accountNumber: number });
    const all = sum(sources.map((source) => source.amount));
    return { amount: amount ?? all, from: firstOf(sources, amount ?? all) };
  }

  /** A kind that is missing has nothing to tell beside its dues, and they may always be paid. */
  const standings: Standings = {
    licence: async (found, citizenId) =>
      licenceStanding(found, await waitingSince(db, citizenId, found.account.number)),
  };

  async function standingOf<K extends AccountKind>(
    kind: K,
    found: Found<AccountOf<K>>,
    citizenId: CitizenId,
  ): Promise<AccountStanding<K>> {
    const standing: Standings[K] = standings[kind];
    return (await standing?.(found, citizenId)) ?? {};
  }

  /** @param known what the records have said of it in this very moment */
  async function answerTo<K extends AccountKind>(
    request: LookUpRequest<K>,
    known?: Found<AccountOf<K>>,
  ): Promise<LookUp<K>> {
    const { citizenId, account: asked, bills, isPromised } = request;
    const answer = await lookUp({ citizenId, ...asked, ...(isPromised && { waitMs: promisedMs }) }, known);
    if (answer.found !== 'account') return answer;
    const all = duesOf(answer);
    const { beside, payable = true } = await standingOf(asked.kind, answer, citizenId);
    if (all.dues.length === 0) {
      const { account, asOf } = all;
      const paid = await lastPaid(db, citizenId, asked.kind, asked.number);
      const credit = await taken(account);
      const nothing = {
        found: 'nothingDue',
        account,
        asOf,
        ...(paid && { lastPaid: paid }),
        ...(credit.amount > 0 && { credit }),
      } as const;
      return { ...nothing, ...beside };
    }
    const dues = bills ? only(all, bills) : all;
    const way = payable ? await wayToPay(dues, request) : {};
    const due = { found: 'dues', dues, ...way, ...(bills && { chosen: true }) } as const;
    return { ...due, ...beside };
  }

  return {
    lookUp: (request) => answerTo(request),

    async lookUpNumber({ kinds, number, ...inChat }) {
      const { citizenId } = inChat;
      const [first] = kinds;
      if (first === undefined) return { found: 'unknown' };
      if (!(await mayLookUp(db, { citizenId, kind: first, number }, lookUpsPerHour))) {
        metrics.lookUpsRefused.inc({ kind: first });
        return { found: 'tooMany' };
      }
      const waitMs = inChat.isPromised && promisedMs;
      const answers = await Promise.all(kinds.map((kind) => find(kind, number, waitMs)));
      // Not "not found": the records are away.
      if (answers.some(({ found }) => found === 'unavailable')) return { found: 'unavailable' };
      const [account, ...others] = answers.flatMap((each) => (each.found === 'account' ? [each] : []));
      if (account === undefined) return { found: 'unknown' };
      const { kind } = account.account;
      if (others.length > 0)
        return { found: 'several', kinds: [kind, ...others.map((each) => each.account.kind)] };
      const reference = { kind, number: number as AccountNumber };
      return {
        found: 'account',
        account: reference,
        answer: await answerTo({ ...inChat, account: reference }, account),
      };
    },

    async awaitRecords({ kind, number }) {
      await records.find(kind, number, promisedMs);
    },

    async recentAccounts({ citizenId, kind }) {
      const recent = await recentAccounts(db, citizenId, kind, recentShown);
      return recent.map(asRecent);
    },

    async ownPlaces({ citizenId }) {
      if (!showsPlaces) return [];
      const places = await ownPlaces(db, citizenId, placesShown);
      const found = Promise.all(
        places.map(async (place) => ({ place, found: await find(place.kind, place.number) })),
      );
      const answers = await Promise.race([found, setTimeout(greetingMs, [], { ref: false })]);
      if (answers.some((each) => each.found.found === 'unavailable')) return [];
      return answers.flatMap((each) =>
        each.found.found === 'account'
          ? [{ ...asRecent(each.place), payable: duesOf(each.found).total }]
          : [],
      );
    },

    async nameAccount({ citizenId, nickname, account }) {
      const named = await nameAccount(db, citizenId, nickname, account);
      return named && { kind: named.kind, number: named.number as AccountNumber };
    },

    forgetAccounts: ({ citizenId }) => forgetAccounts(db, citizenId),

    recentPayments: ({ citizenId }) => recentPayments(db, citizenId, paymentsShown),

    citizenStanding: ({ citizenId }) => readCitizenStanding(db, citizenId, standingShown),
  };
}

function asRecent({ kind, number, place, nickname }: KnownAccount): RecentAccount {
  return {
    account: { kind, number: number as AccountNumber },
    place,
    ...(nickname !== null && { nickname }),
  };
}

/** The orders whose demands these are, in one sum. */
function onItsWay(payments: readonly PaymentUnderWay[]): MoneyOnItsWay | undefined {
  if (payments.length === 0) return undefined;
  const orders = new Map(payments.map(({ orderId, amount }) => [orderId, amount]));
  return { amount: sum([...orders.values()]), since: Math.max(...payments.map(({ since }) => since)) };
}

function only<A extends Account>(dues: Dues<A>, bills: readonly string[]): Dues<A> {
  const chosen = dues.dues.filter(({ id }) => bills.includes(id));
  return { ...dues, dues: chosen, total: sum(chosen.map(({ payable }) => payable)) };
}

/** What is told of an account beside its dues, and whether these may be paid now. */
interface AccountStanding<K extends AccountKind> {
  readonly beside?: Beside<K>;
  readonly payable?: boolean;
}

type Standings = {
  readonly [K in AccountKind]?: (
    found: Found<AccountOf<K>>,
    citizenId: CitizenId,
  ) => Promise<AccountStanding<K>>;
};

function licenceStanding(found: Found<Licence>, appliedAt: number | undefined): AccountStanding<'licence'> {
  const { account, rules } = found;
  const trade = rules.trades?.[account.trade]?.name;
  const isForAnOfficer = needsApproval(found);
  return {
    beside: {
      ...(trade && { trade }),
      // Whoever has applied is not asked to apply again.
      renewable: appliedAt === undefined && renewability(found).may === 'renew',
      ...(isForAnOfficer && { needsApproval: true }),
      ...(appliedAt !== undefined && { appliedAt }),
    },
    payable: !isForAnOfficer,
  };
}

/** Some of what is due would extend the licence, and an officer has to agree to that. */
function needsApproval({ account, rules, demands }: Found<Licence>): boolean {
  return (
    rules.trades?.[account.trade]?.needsApproval === true &&
    account.status === 'active' &&
    demands.some(({ periodTo }) => periodTo > account.validUntil)
  );
}
