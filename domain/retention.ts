/**
 * What is kept for how long: one entry for each kind of data that a workflow purges at night, with the law or the reason
 * for it. The corporation changes the days with the setting RETENTION_CHANGES, never below what the law asks.
 */
import type { CalendarDate } from './calendar.ts';
import type { Entity } from './entities.ts';
import { taskQueues } from './task-queues.ts';

/** For how many days something is kept, from a day in Kolkata on. */
export interface RetentionRule {
  /** The first day on which it holds; missing where it has always been so. */
  readonly from?: CalendarDate;
  readonly days: number;
  /** The law, the resolution or the thought behind it. */
  readonly reason: string;
}

/** The shortest time that a law allows, from a day in Kolkata on. */
export interface LegalMinimum {
  readonly from: CalendarDate;
  readonly days: number;
  readonly law: string;
}

export interface Retention {
  /** What it is, for people who look at the workflow and for docs/operate.md. */
  readonly what: string;
  /** The moment from which the days count. */
  readonly since: string;
  /** What the purge does when they are over. */
  readonly then: string;
  /** Of those in force the one that began last counts. */
  readonly rules: readonly RetentionRule[];
  readonly minimums: readonly LegalMinimum[];
}

/** A year is never shorter than this, also when it has a 29 February. */
const year = 366;

/** Directions of CERT-In under s. 70B(6) of the Information Technology Act, 2000. */
const certIn: LegalMinimum = {
  from: '2022-06-28' as CalendarDate,
  days: 180,
  law: 'CERT-In directions of 28 April 2022, (iv): logs are kept for 180 days',
};

/** Rule 8(3) begins eighteen months after the Rules were published (G.S.R. 846(E), 13 November 2025). */
const dpdp: LegalMinimum = {
  from: '2027-05-13' as CalendarDate,
  days: year,
  law: 'DPDP Rules, 2025, r. 8(3): personal data, traffic data and logs of a processing are kept for at least one year',
};

const oneYear: RetentionRule = {
  days: year,
  reason:
    'DPDP Rules, 2025, r. 8(3) asks for a year from 13 May 2027, and for erasure after it: held already',
};

export const retention = {
  cards: {
    what: 'contact cards, locations and answered forms in what citizens sent',
    since: 'their delivery to the conversation',
    then: 'only the kind of message remains',
    rules: [
      {
        days: 7,
        reason:
          'DPDP Act, 2023, s. 8(7): data of other people and of places that no service works with; the conversation has read them, and that they came stays known with the message',
      },
    ],
    minimums: [],
  },
  news: {
    what: 'what citizens wrote, and other news for workflows',
    since: 'its delivery; what is set aside, since then, and after its case is closed',
    then: 'deleted; WhatsApp and gateways bring nothing again after so long',
    rules: [oneYear],
    minimums: [certIn, dpdp],
  },
  messages: {
    what: 'which answer was sent, delivered or read, without its words',
    since: 'the first try to send it; one under way, or with an open case, stays',
    then: 'deleted; of a payment, a refund or a renewal kept, so that nobody is told twice, with a hash in place of the id in which WhatsApp hides the phone number',
    rules: [oneYear],
    minimums: [certIn, dpdp],
  },
  'look-ups': {
    what: 'which account numbers a citizen asked for, and what they call them',
    since: 'the last time that they asked',
    then: 'deleted',
    rules: [oneYear],
    minimums: [certIn, dpdp],
  },
  notices: {
    what: 'what WhatsApp tells about the account of the corporation',
    since: 'its arrival',
    then: 'deleted',
    // They name citizens by our own id, and count as traffic data.
    rules: [oneYear],
    minimums: [certIn, dpdp],
  },
  'set-aside': {
    what: 'the outlines of parts of webhooks that could not be stored',
    since: 'their arrival',
    then: 'deleted',
    rules: [{ days: 180, reason: 'CERT-In: a log without personal data' }],
    minimums: [certIn],
  },
  uploads: {
    what: 'which files WhatsApp holds for us',
    since: 'the upload',
    then: 'deleted',
    rules: [{ days: 30, reason: 'WhatsApp deletes the file itself after 30 days; no personal data' }],
    minimums: [],
  },
  'gateway-words': {
    what: 'the very words of payment gateways, with the payer’s internet address and browser',
    since: 'their arrival; those of an undecided payment, a refund under way or an open case stay',
    then: 'emptied; that they came, when, about which payment, and their digest stay with the books',
    rules: [
      {
        days: 3 * year,
        reason: 'Limitation Act, 1963: a suit for money can be brought for three years',
      },
    ],
    minimums: [
      {
        from: certIn.from,
        days: year,
        law: 'the database empties no words of a gateway within a year, whoever asks',
      },
      dpdp,
    ],
  },
  'former-ids': {
    what: 'earlier phone numbers and WhatsApp ids of citizens',
    since: 'the day on which another took their place',
    then: 'deleted',
    rules: [oneYear],
    minimums: [certIn, dpdp],
  },
  citizens: {
    what: 'who a citizen is: phone number, WhatsApp id, names, consent',
    since:
      'their last message; whoever has an undecided payment, a refund or a renewal under way, an open case or a licence that was renewed here and is in force stays',
    then: 'forgotten: payments and renewals keep an opaque id without a person',
    rules: [
      {
        days: 3 * year,
        reason:
          'Bills and licences come once a year: whoever has not written for three does not use the service',
      },
    ],
    minimums: [certIn, dpdp],
  },
} as const satisfies Readonly<Record<string, Retention>>;

export type RetentionKind = keyof typeof retention;
export const retentionKinds = Object.keys(retention) as RetentionKind[];

/** Why the rows of all other tables are never purged. */
const books =
  'books and papers: municipal accounts and their audit, receipts that can be checked under /verify';
const register = 'the register of the corporation and its rules: the import brings it up to date';
export const neverPurged = {
  account_health: 'one row for each merchant account: how well it has worked lately',
  accounts: register,
  allocations: books,
  attempts: books,
  audit_log: 'who decided what, and why: an audit trail with gaps proves nothing',
  capture_ids: books,
  captures: books,
  cases: 'what people decided about money and licences; names nobody',
  certificates: books,
  credit_notes: books,
  credit_uses: books,
  credits: books,
  demand_balances: books,
  demands: register,
  disputes: books,
  entries: books,
  entry_lines: books,
  gateway_refunds: books,
  given_numbers: 'numbers that citizens hold, until the books hold them again after a restore',
  identity_events: 'that an identity changed, by opaque ids: keeps one person’s papers from another',
  ledger_accounts: books,
  merchant_accounts: books,
  migrations: 'the version of the schema',
  number_series: books,
  order_demands: books,
  orders: books,
  postings: books,
  receipts: books,
  refunds: books,
  reliefs: books,
  renewals: books,
  rules: register,
  trade_fees: register,
  trades: register,
} as const;

/** What the corporation has decided differently: entries that go before those above from their first day on. */
export type RetentionChanges = Readonly<Partial<Record<RetentionKind, readonly RetentionRule[]>>>;

/** For how many days something is kept, by the rules of one day in Kolkata. */
export function daysKept(kind: RetentionKind, today: CalendarDate, changes: RetentionChanges): number {
  const { days } = inForce(changes[kind] ?? [], today) ?? inForce(retention[kind].rules, today) ?? {};
  if (days === undefined) throw new Error(`nothing says for how long ${kind} are kept on ${today}`);
  return days;
}

function inForce<T extends { readonly from?: CalendarDate }>(
  rules: readonly T[],
  today: CalendarDate,
): T | undefined {
  return rules
    .filter(({ from = '' }) => from <= today)
    .reduce<T | undefined>(
      (latest, rule) => (latest && (latest.from ?? '') > (rule.from ?? '') ? latest : rule),
      undefined,
    );
}

/** In words, each day from which something would be kept for a shorter time than the law asks. */
export function mistakesIn(changes: RetentionChanges): string[] {
  return retentionKinds.flatMap((kind) => {
    const { minimums }: Retention = retention[kind];
    const firstDays = [...(changes[kind] ?? []), ...minimums].flatMap(({ from }) => from ?? []);
    return [...new Set(firstDays)].sort().flatMap((day) => {
      const days = daysKept(kind, day, changes);
      return minimums
        .filter((minimum) => minimum.from <= day && minimum.days > days)
        .map(
          (minimum) =>
            `${kind} for ${days} days on ${day} is too short: at least ${minimum.days} (${minimum.law})`,
        );
    });
  });
}

/** Goes after everything that somebody waits for. A run lasts minutes, so it stays with the release that began it. */
export const purging = {
  workflowType: 'purge',
  taskQueue: taskQueues.payments,
  priorityKey: 5,
  versions: 'PINNED',
} as const satisfies Entity;
