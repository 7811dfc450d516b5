/**
 * The pool of merchant accounts as all processes share it: one row for each account, read at every pick and written after every
 * call. What the rows mean, and when an account is lowered, says domain/payments/health.ts.
 */
import type pg from 'pg';
import type { PaidService } from '../../domain/accounts/kinds.ts';
import { paise, type Paise } from '../../domain/money.ts';
import type { AttemptState, FailureReason } from '../../domain/payments/attempt.ts';
import type { GatewayName } from '../../domain/payments/gateways.ts';
import {
  afterResult,
  healthRules,
  unknownHealth,
  type AccountHealth,
  type AccountResult,
} from '../../domain/payments/health.ts';
import type { OrderId } from '../../domain/payments/order.ts';
import { inTransaction, type Database } from '../connection.ts';
import { isPayable, isUntried } from './states.ts';

/** What the books know of a merchant account. */
export interface AccountStanding {
  readonly id: string;
  readonly gateway: GatewayName;
  readonly isDrained: boolean;
  readonly health: AccountHealth;
}

const ms = (column: string): string => `(extract(epoch from ${column}) * 1000)::float8`;

/** An account `m` with its health `h`, as JSON. */
const standingJson = `jsonb_build_object('id', m.id, 'gateway', m.gateway, 'isDrained', m.state <> 'active',
  'health', case when h.merchant is not null then jsonb_build_object('health', h.health, 'since', ${ms('h.since')},
    'recent', h.recent, 'failures', h.failures, 'loweredAt', ${ms('h.lowered_at')},
    'shutUntil', ${ms('h.shut_until')}) end)`;

type StandingJson = Omit<AccountStanding, 'health'> & { readonly health: AccountHealth | null };

const standingOf = ({ health, ...row }: StandingJson): AccountStanding => ({
  ...row,
  health: health ?? unknownHealth,
});

/** How much of its weight the account of the row `h` gets at this moment: the same as `healthAt`. */
export const healthNow = (h: string): string =>
  `least(1, ${h}.health + ${healthRules.driftStep} * floor(greatest(0, extract(epoch from now() - ${h}.since)) * 1000
    / ${healthRules.driftEveryMs}))::float8`;

/** What a pick for an order depends on. */
export interface PickFacts {
  readonly amount: Paise;
  readonly service: PaidService;
  /** Our id of the account at which it can still be paid. */
  readonly underWay?: string;
  /** Accounts at which it was not paid before, the latest last. */
  readonly before: readonly string[];
  readonly accounts: readonly AccountStanding[];
}

/** All that a pick needs, in one statement. @throws Error when there is no such order */
export async function readPickFacts(db: Database, orderId: OrderId): Promise<PickFacts> {
  const { rows } = await db.query<{
    amount: number;
    service: PaidService;
    underWay: string | null;
    before: string[] | null;
    accounts: StandingJson[] | null;
  }>({ name: 'pick-facts', text: pickFactsStatement, values: [orderId] });
  const [row] = rows;
  if (!row) throw new Error(`no order ${orderId}`);
  const { amount, service, underWay, before, accounts } = row;
  return {
    amount: paise(amount),
    service,
    ...(underWay !== null && { underWay }),
    before: before ?? [],
    accounts: (accounts ?? []).map(standingOf),
  };
}

export const pickFactsStatement = `
  select (o.amount - o.credit)::float8 as amount, o.service,
    (select a.merchant from attempts a
      where a.order_id = o.id and ${isPayable}) as "underWay",
    (select array_agg(a.merchant order by a.id) from attempts a
      where a.order_id = o.id and a.state in ('created', 'failed', 'expired') and not ${isUntried}) as before,
    (select jsonb_agg(${standingJson}) from merchant_accounts m
      left join account_health h on h.merchant = m.id) as accounts
  from orders o where o.id = $1`;

/**
 * Takes the place of the one citizen who may try an account whose circuit was opened and is due.
 * @returns whether nobody else has it
 */
export async function claimTrial(db: Database, merchant: string, now: number): Promise<boolean> {
  const { rowCount } = await db.query({
    name: 'claim-trial',
    text: `update account_health set shut_until = to_timestamp($3::float8 / 1000)
           where merchant = $1 and shut_until <= to_timestamp($2::float8 / 1000)`,
    values: [merchant, now, now + healthRules.trialMs],
  });
  return rowCount === 1;
}

/** Writes down what is known of an account after something came of it: all processes do so in turn. */
export async function noteHealth(
  db: Database,
  merchant: string,
  change: (before: AccountHealth) => AccountHealth,
): Promise<void> {
  await inTransaction(db, async (client) => {
    const before = (await lockHealth(client, merchant)) ?? (await beginHealth(client, merchant));
    const { health, since, recent, failures, loweredAt, shutUntil } = change(before);
    await client.query({
      name: 'note-health',
      text: `update account_health set health = $2, since = to_timestamp($3::float8 / 1000), recent = $4, failures = $5,
               lowered_at = to_timestamp($6::float8 / 1000), shut_until = to_timestamp($7::float8 / 1000)
             where merchant = $1`,
      values: [merchant, health, since, JSON.stringify(recent), failures, loweredAt, shutUntil],
    });
  });
}

async function lockHealth(client: pg.PoolClient, merchant: string): Promise<AccountHealth | undefined> {
  const { rows } = await client.query<AccountHealth>({
    name: 'lock-health',
    text: `select health, ${ms('since')} as since, recent, failures, ${ms('lowered_at')} as "loweredAt",
             ${ms('shut_until')} as "shutUntil"
           from account_health where merchant = $1 for update`,
    values: [merchant],
  });
  return rows[0];
}

async function beginHealth(client: pg.PoolClient, merchant: string): Promise<AccountHealth> {
  const { health, since, recent, failures } = unknownHealth;
  await client.query({
    name: 'begin-health',
    text: `insert into account_health (merchant, health, since, recent, failures)
           values ($1, $2, to_timestamp($3::float8 / 1000), $4, $5) on conflict do nothing`,
    values: [merchant, health, since, JSON.stringify(recent), failures],
  });
  return (await lockHealth(client, merchant)) ?? unknownHealth;
}

/** An attempt that was decided in the transaction of `client`. */
export interface DecidedAttempt {
  readonly merchant: string;
  readonly state: AttemptState;
  readonly reason: FailureReason | null;
}

/** An attempt, if it was decided in this very transaction: the same words that come again decide nothing. */
export async function decidedNow(client: pg.PoolClient, id: bigint): Promise<DecidedAttempt | undefined> {
  const { rows } = await client.query<DecidedAttempt>({
    name: 'decided-now',
    text: 'select merchant, state, reason from attempts where id = $1 and decided_at = now()',
    values: [id],
  });
  return rows[0];
}

/** Takes a decided attempt into the health of its account. What the bank or the citizen declined says nothing of it. */
export async function noteDecided(
  db: Database,
  { merchant, state, reason }: DecidedAttempt,
  now: number,
): Promise<void> {
  const result: AccountResult | undefined =
    state === 'success' ? 'good' : state === 'failed' && reason === 'other' ? 'failed' : undefined;
  if (result) await noteHealth(db, merchant, (before) => afterResult(before, result, now));
}

/** What the desk shows of an account. */
export interface AccountUse extends AccountStanding {
  /** Attempts within the last hour. */
  readonly attempts: number;
  /** Who drained it and why; null while it is not drained. */
  readonly drained: { readonly who: string; readonly why: string; readonly at: number } | null;
}

/** Every merchant account that the books know. */
export async function readAccounts(db: Database): Promise<AccountUse[]> {
  const { rows } = await db.query<{ standing: StandingJson } & Pick<AccountUse, 'attempts' | 'drained'>>({
    name: 'read-accounts',
    text: `select ${standingJson} as standing, coalesce(a.attempts, 0)::int as attempts,
             case when l.key is not null then jsonb_build_object('who', l.who, 'why', l.why, 'at', ${ms('l.at')}) end as drained
           from merchant_accounts m
           left join account_health h on h.merchant = m.id
           left join (select merchant, count(*) as attempts from attempts where opened_at > now() - interval '1 hour'
             group by merchant) a on a.merchant = m.id
           left join audit_log l on l.key = m.rests_by
           order by m.id`,
  });
  return rows.map(({ standing, ...row }) => ({ ...standingOf(standing), ...row }));
}
