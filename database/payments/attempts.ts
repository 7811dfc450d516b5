/** Attempts: opening one, and what the gateway's page for it is. */
import type pg from 'pg';
import {
  mayMove,
  type AttemptReference,
  type AttemptState,
  type GatewayName,
} from '../../domain/payments/attempt.ts';
import type { AccountKind } from '../../domain/dues.ts';
import type { OrderId } from '../../domain/payments/order.ts';
import type { PaidService } from '../../domain/services.ts';
import { inTransaction, type Database } from '../connection.ts';
import { keepEvidence } from './evidence.ts';
import { orderFacts, stateOfOrder, type OrderFacts } from './standing.ts';

/** Where the browser goes, as the gateway's interface has it. */
export interface StoredRedirect {
  readonly url: string;
  readonly method: 'POST';
  readonly fields: Readonly<Record<string, string>>;
}

export interface WantedAttempt {
  readonly gateway: GatewayName;
  /** Our name of the merchant account, and the gateway's. */
  readonly merchant: string;
  readonly merchantId: string;
  /** Used if a new attempt begins. */
  readonly reference: AttemptReference;
  /** The citizen knows that somebody else is paying the same, and goes on. */
  readonly anyway: boolean;
}

/** Why nothing was begun. */
export type NotBegun = 'paid' | 'cancelled' | 'expired' | 'undecided' | 'elsewhere';

export type Begun =
  | { readonly is: 'begun'; readonly reference: AttemptReference }
  /** The same page of the gateway serves again: it takes the money once. */
  | { readonly is: 'underWay'; readonly redirect: StoredRedirect }
  /** Its page can be used no more: the gateway is to be asked before another begins. */
  | { readonly is: 'over'; readonly reference: AttemptReference; readonly merchant: string }
  | { readonly is: 'refused'; readonly because: NotBegun };

/** A page that ends sooner than this is no longer sent to, in milliseconds. */
const stillUsableMs = 120_000;

interface OpenAttempt {
  readonly reference: AttemptReference;
  readonly merchant: string;
  readonly state: 'created' | 'redirected' | 'pending' | 'review';
  readonly redirect: StoredRedirect | null;
  readonly usable: boolean;
}

/** Begins an attempt, unless the order, another attempt or somebody else's stands in its way. */
export async function beginAttempt(db: Database, orderId: OrderId, wanted: WantedAttempt): Promise<Begun> {
  return inTransaction(db, async (client): Promise<Begun> => {
    const { rows: orders } = await client.query<OrderFacts & { amount: bigint }>({
      name: 'lock-order-to-pay',
      text: `select o.amount, ${orderFacts} from orders o where o.id = $1 for update of o`,
      values: [orderId],
    });
    const [order] = orders;
    if (!order) throw new Error(`no order ${orderId}`);
    const state = stateOfOrder(order);
    if (state === 'paid' || state === 'cancelled') return { is: 'refused', because: state };

    const { rows: open } = await client.query<OpenAttempt>({
      name: 'open-attempts',
      text: `select reference, merchant, state, redirect,
               coalesce(usable_until > now() + $2 * interval '1 millisecond', false) as usable
             from attempts where order_id = $1 and state in ('created', 'redirected', 'pending', 'review')
             order by id`,
      values: [orderId, stillUsableMs],
    });
    if (open.some(({ state }) => state === 'pending' || state === 'review')) {
      return { is: 'refused', because: 'undecided' };
    }
    const underWay = open.find(({ state }) => state === 'redirected');
    if (underWay?.usable === true && underWay.redirect)
      return { is: 'underWay', redirect: underWay.redirect };
    if (underWay) return { is: 'over', reference: underWay.reference, merchant: underWay.merchant };
    if (state === 'expired') return { is: 'refused', because: state };
    if (!wanted.anyway && (await paidElsewhere(client, orderId))) {
      return { is: 'refused', because: 'elsewhere' };
    }
    // One that never got an answer from the gateway never reached the citizen.
    await client.query({
      name: 'give-up-attempts',
      text: `update attempts set state = 'expired', decided_at = now() where order_id = $1 and state = 'created'`,
      values: [orderId],
    });
    await client.query({
      name: 'begin-attempt',
      text: `insert into attempts (order_id, gateway, merchant, merchant_id, reference, amount)
             values ($1, $2, $3, $4, $5, $6)`,
      values: [orderId, wanted.gateway, wanted.merchant, wanted.merchantId, wanted.reference, order.amount],
    });
    return { is: 'begun', reference: wanted.reference };
  });
}

/** Whether another order is being paid right now that has a demand in common with this one. */
export async function paidElsewhere(on: Database | pg.PoolClient, orderId: OrderId): Promise<boolean> {
  const { rowCount } = await on.query({
    name: 'paid-elsewhere',
    text: `select from orders o
           join orders other on other.account_kind = o.account_kind and other.account_number = o.account_number
             and other.id <> o.id
           join attempts a on a.order_id = other.id and (a.state in ('pending', 'review')
             or (a.state = 'redirected' and a.usable_until > now()))
           where o.id = $1 and exists (
             select from order_demands mine join order_demands theirs using (demand_id)
             where mine.order_id = o.id and theirs.order_id = other.id)
           limit 1`,
    values: [orderId],
  });
  return rowCount === 1;
}

/** The gateway took the order: from now on money may come. */
export async function attemptOpened(
  db: Database,
  reference: AttemptReference,
  opened: {
    readonly gateway: GatewayName;
    readonly gatewayOrderId: string;
    readonly redirect: StoredRedirect;
    /** Milliseconds since 1970. */
    readonly usableUntil: number;
    readonly exchange: { readonly request: string; readonly response: string };
  },
): Promise<void> {
  const { gateway, gatewayOrderId, redirect, usableUntil, exchange } = opened;
  await inTransaction(db, async (client) => {
    await client.query({
      name: 'attempt-opened',
      text: `update attempts set state = case when state = 'created' then 'redirected' else state end,
               gateway_order_id = $2, redirect = $3, usable_until = to_timestamp($4::float8 / 1000)
             where reference = $1`,
      values: [reference, gatewayOrderId, redirect, usableUntil],
    });
    const { request, response: raw } = exchange;
    await keepEvidence(client, { gateway, source: 'create', reference, request, raw });
  });
}

/**
 * Gives an attempt up of which no money is known to come: one that was only `created` never reached the citizen, and one
 * that was `redirected` ended on the gateway's page, as far as the gateway knows.
 */
export async function expireAttempt(
  db: Database,
  reference: AttemptReference,
  from: 'created' | 'redirected',
): Promise<void> {
  await db.query({
    name: 'expire-attempt',
    text: `update attempts set state = 'expired', redirect = null, decided_at = now()
           where reference = $1 and state = $2::attempt_state`,
    values: [reference, from],
  });
}

/** An attempt with its order, locked until the end of the transaction. */
export interface Attempt {
  readonly id: bigint;
  readonly orderId: OrderId;
  readonly service: PaidService;
  readonly accountKind: AccountKind;
  readonly accountNumber: string;
  readonly merchant: string;
  readonly merchantId: string;
  readonly amount: number;
  readonly state: AttemptState;
  /** The gateway's page can be used no more, and a payment begun at its last moment would be known by now. */
  readonly over: boolean;
}

/** After the gateway's page has ended, so long may a payment begun in time take to be known, in milliseconds. */
const marginMs = 900_000;

/** All facts of one order wait for each other here. */
export async function lockAttempt(
  client: pg.PoolClient,
  gateway: GatewayName,
  reference: string,
): Promise<Attempt | undefined> {
  const { rows } = await client.query<Attempt>({
    name: 'lock-attempt',
    text: `select a.id, o.id as "orderId", o.service, o.account_kind as "accountKind",
             o.account_number as "accountNumber", a.merchant, a.merchant_id as "merchantId", a.amount::float8 as amount,
             a.state, coalesce(a.usable_until < now() - $3 * interval '1 millisecond', false) as over
           from orders o join attempts a on a.order_id = o.id
           where a.reference = $1 and a.gateway = $2 for update`,
    values: [reference, gateway, marginMs],
  });
  return rows[0];
}

/** Moves an attempt if domain/payments/attempt.ts allows it. @returns whether it moved */
export async function moveAttempt(
  client: pg.PoolClient,
  attempt: Attempt,
  to: AttemptState,
  reason?: string,
): Promise<boolean> {
  if (!mayMove(attempt.state, to)) return false;
  await client.query({
    name: 'move-attempt',
    text: `update attempts set state = $2::attempt_state, reason = $3,
             redirect = case when $2::attempt_state in ('redirected', 'pending') then redirect end,
             decided_at = case when $2::attempt_state in ('pending', 'review') then null else now() end
           where id = $1`,
    values: [attempt.id, to, reason],
  });
  return true;
}

/** The merchant account under which an attempt was made. */
export async function merchantOf(db: Database, reference: AttemptReference): Promise<string> {
  const { rows } = await db.query<{ merchant: string }>({
    name: 'merchant-of',
    text: 'select merchant from attempts where reference = $1',
    values: [reference],
  });
  if (!rows[0]) throw new Error('no such attempt');
  return rows[0].merchant;
}
