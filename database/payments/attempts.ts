/** Attempts: beginning one, what the gateway's page for it is, and how it moves. */
import type pg from 'pg';
import {
  attemptStates,
  marginMs,
  mayMove,
  type AttemptReference,
  type AttemptState,
  type FailureReason,
} from '../../domain/payments/attempt.ts';
import type { PaymentMethod } from '../../domain/payments/fact.ts';
import type { GatewayName } from '../../domain/payments/gateways.ts';
import type { OrderId } from '../../domain/payments/order.ts';
import type { Redirect } from '../../domain/payments/redirect.ts';
import type { PaidService } from '../../domain/accounts/kinds.ts';
import { inTransaction, type Database } from '../connection.ts';
import { tell } from '../outbox.ts';
import { creditFor } from './credit.ts';
import { lockAccount, type AccountKey } from './demand-balances.ts';
import { keepMerchantAccount, type MerchantAccount } from './merchants.ts';
import { orderFacts, stateOfOrder, type OrderFacts } from './standing.ts';
import { isAtGateway, isPayable, isUndecided, unfinished } from './states.ts';

export interface WantedAttempt {
  readonly merchant: MerchantAccount;
  /** Why it is made there, for operators. */
  readonly choice: string;
  /** Used if a new attempt begins. */
  readonly reference: AttemptReference;
  /** The citizen knows that somebody else is paying the same, and goes on. */
  readonly anyway: boolean;
}

/** Why nothing was begun. */
export type NotBegun = 'paid' | 'cancelled' | 'changed' | 'expired' | 'undecided' | 'elsewhere';

export type AttemptBeginning =
  | { readonly outcome: 'begun'; readonly reference: AttemptReference }
  /** The same page of the gateway serves again: it takes the money once. */
  | ({ readonly outcome: 'underWay' } & AttemptUnderWay)
  /** Its page can be used no more, or it has none, in the chat: the gateway is to be asked before another begins. */
  | { readonly outcome: 'over'; readonly reference: AttemptReference }
  | { readonly outcome: 'refused'; readonly because: NotBegun };

export interface AttemptUnderWay {
  readonly reference: AttemptReference;
  readonly gateway: GatewayName;
  /** Our id of the merchant account. */
  readonly merchant: string;
  /** To where it was opened last. */
  readonly redirect: Redirect;
}

/** A page that ends sooner than this is no longer sent to, in milliseconds: the way there takes some of it. */
const stillUsableMs = 5_000;

interface OpenAttempt {
  readonly reference: AttemptReference;
  readonly state: Extract<AttemptState, 'created' | 'redirected' | 'pending' | 'review'>;
  readonly gateway: GatewayName;
  readonly merchant: string;
  readonly redirect: Redirect | null;
  readonly usable: boolean;
}

/** Begins an attempt, unless the order, another attempt or somebody else's stands in its way. */
export async function beginAttempt(
  db: Database,
  orderId: OrderId,
  { merchant, choice, reference, anyway }: WantedAttempt,
): Promise<AttemptBeginning> {
  return inTransaction(db, async (client): Promise<AttemptBeginning> => {
    const order = await lockOrder(client, orderId);
    await lockAccount(client, order);
    const state = await stateNow(client, orderId);
    if (state === 'paid' || state === 'cancelled') return { outcome: 'refused', because: state };

    const { rows: open } = await client.query<OpenAttempt>({
      name: 'open-attempts',
      text: `select reference, state, gateway, merchant, redirect,
               chat is null and coalesce(usable_until > now() + $2 * interval '1 millisecond', false) as usable
             from attempts where order_id = $1 and state in (${unfinished}) order by id`,
      values: [orderId, stillUsableMs],
    });
    if (open.some((attempt) => attemptStates[attempt.state] === 'undecided')) {
      return { outcome: 'refused', because: 'undecided' };
    }
    const underWay = open.find((attempt) => attempt.state === 'redirected');
    if (underWay && !underWay.usable) return { outcome: 'over', reference: underWay.reference };
    // Also who has been at the gateway's page is not sent there again for a sum that no longer holds.
    if (state !== 'open') return { outcome: 'refused', because: state };
    if (underWay?.redirect) {
      const { reference: begun, gateway, merchant: account, redirect } = underWay;
      return { outcome: 'underWay', reference: begun, gateway, merchant: account, redirect };
    }
    if (!anyway && (await isPaidElsewhere(client, orderId))) {
      return { outcome: 'refused', because: 'elsewhere' };
    }
    // Held for somebody who is paying other bills with it: the link asks for too little.
    const credit = await creditFor(client, orderId);
    if (credit.free < credit.wanted) return { outcome: 'refused', because: 'changed' };
    await client.query({
      name: 'give-up-attempts',
      // One that never got an answer from the gateway never reached the citizen.
      text: `update attempts set state = 'expired', decided_at = now() where order_id = $1 and state = 'created'`,
      values: [orderId],
    });
    await keepMerchantAccount(client, merchant);
    await client.query({
      name: 'begin-attempt',
      text: `insert into attempts (order_id, gateway, merchant, merchant_id, reference, amount, choice)
             select id, $2, $3, $4, $5, amount - credit, $6 from orders where id = $1`,
      values: [orderId, merchant.gateway, merchant.id, merchant.merchantId, reference, choice],
    });
    return { outcome: 'begun', reference };
  });
}

/**
 * Begins an attempt that is paid in the chat, where nothing stands in its way: neither another attempt, nor somebody else who
 * may be paying the same, or other bills with the same credit. Its workflow begins with it: nobody else would ask the gateway.
 * @returns whether it began
 */
export async function beginChatAttempt(
  db: Database,
  orderId: OrderId,
  {
    merchant,
    choice,
    reference,
    configuration,
    until,
  }: Omit<WantedAttempt, 'anyway'> & {
    /** Meta's name of the merchant account. */
    readonly configuration: string;
    /** Until when it can be paid: milliseconds since 1970. */
    readonly until: number;
  },
): Promise<boolean> {
  return inTransaction(db, async (client) => {
    await lockAccount(client, await lockOrder(client, orderId));
    if ((await stateNow(client, orderId)) !== 'open') return false;
    const { rowCount: open } = await client.query({
      name: 'has-open-attempt',
      text: `select from attempts where order_id = $1 and state in (${unfinished}) limit 1`,
      values: [orderId],
    });
    if (open === 1 || (await isPaidElsewhere(client, orderId))) return false;
    const credit = await creditFor(client, orderId);
    if (credit.free < credit.wanted) return false;
    await keepMerchantAccount(client, merchant);
    await client.query({
      name: 'begin-chat-attempt',
      text: `insert into attempts (order_id, gateway, merchant, merchant_id, reference, amount, choice, chat, state, usable_until)
             select id, $2, $3, $4, $5, amount - credit, $6, $7, 'redirected', to_timestamp($8::float8 / 1000) from orders where id = $1`,
      values: [
        orderId,
        merchant.gateway,
        merchant.id,
        merchant.merchantId,
        reference,
        choice,
        configuration,
        until,
      ],
    });
    await tell(client, 'payment', orderId, { key: `o:${reference}`, news: { check: false } });
    return true;
  });
}

/** All facts of one order, and its attempts, wait for each other here; its account is locked after it, never before. */
export async function lockOrder(client: pg.PoolClient, orderId: OrderId): Promise<AccountKey> {
  const { rows } = await client.query<AccountKey>({
    name: 'lock-order',
    text: `select account_kind as "accountKind", account_number as "accountNumber" from orders where id = $1 for update`,
    values: [orderId],
  });
  if (!rows[0]) throw new Error(`no order ${orderId}`);
  return rows[0];
}

/** Read after the account is locked, so that what somebody else wrote meanwhile is seen. */
export async function stateNow(
  client: pg.PoolClient,
  orderId: OrderId,
): Promise<ReturnType<typeof stateOfOrder>> {
  const { rows } = await client.query<OrderFacts>({
    name: 'order-now',
    text: `select ${orderFacts} from orders o where o.id = $1`,
    values: [orderId],
  });
  if (!rows[0]) throw new Error(`no order ${orderId}`);
  return stateOfOrder(rows[0]);
}

/** The demands of the order `o`, with those that its letters of intimation cover. */
const demandsOf = (order: string): string => `(
  select d.demand_id from order_demands d where d.order_id = ${order}.id
  union select jsonb_array_elements_text(d.due -> 'covers') from order_demands d
    where d.order_id = ${order}.id and d.due ? 'covers')`;

/** Whether another order is being paid, or may have been, that has a demand in common with this one. */
export async function isPaidElsewhere(on: Database | pg.PoolClient, orderId: OrderId): Promise<boolean> {
  const { rowCount } = await on.query({
    name: 'paid-elsewhere',
    text: `select from orders o
           join orders other on other.account_kind = o.account_kind and other.account_number = o.account_number
             and other.id <> o.id
           join attempts a on a.order_id = other.id and (${isUndecided} or ${isAtGateway})
           where o.id = $1 and exists (${demandsOf('o')} intersect ${demandsOf('other')})
           limit 1`,
    values: [orderId],
  });
  return rowCount === 1;
}

/** The attempt of an order that is under way and can still be paid where it was sent to. */
export async function attemptUnderWay(db: Database, orderId: OrderId): Promise<AttemptUnderWay | undefined> {
  const { rows } = await db.query<AttemptUnderWay>({
    name: 'attempt-under-way',
    text: `select reference, gateway, merchant, redirect from attempts a where order_id = $1 and ${isPayable}`,
    values: [orderId],
  });
  return rows[0];
}

/** The gateway took the order, or opened another way to it: from now on money may come. */
export async function noteAttemptOpened(
  db: Database,
  reference: AttemptReference,
  opened: {
    readonly gatewayOrderId: string;
    readonly redirect: Redirect;
    /** Milliseconds since 1970. */
    readonly usableUntil: number;
  },
): Promise<void> {
  await db.query({
    name: 'attempt-opened',
    text: `update attempts set state = case when state = 'created' then 'redirected' else state end,
             gateway_order_id = $2, redirect = case when decided_at is null then $3::jsonb end,
             usable_until = greatest(usable_until, to_timestamp($4::float8 / 1000))
           where reference = $1`,
    values: [reference, opened.gatewayOrderId, opened.redirect, opened.usableUntil],
  });
}

/** Gives an attempt up that the gateway certainly did not take: the citizen was never sent anywhere. */
export async function giveUpAttempt(db: Database, reference: AttemptReference): Promise<void> {
  await db.query({
    name: 'give-up-attempt',
    text: `update attempts set state = 'expired', decided_at = now() where reference = $1 and state = 'created'`,
    values: [reference],
  });
}

/** Ends an attempt that the citizen left for another way, and whose order the gateway has ended. */
export async function leaveAttempt(db: Database, reference: AttemptReference): Promise<void> {
  await db.query({
    name: 'leave-attempt',
    text: `update attempts set state = 'cancelled', redirect = null, decided_at = now()
           where reference = $1 and state = 'redirected'`,
    values: [reference],
  });
}

/**
 * Ends an attempt whose page has ended, or that is an order in the chat, and of which the gateway has just said that nobody
 * began to pay.
 */
export async function expireUnusedAttempt(db: Database, reference: AttemptReference): Promise<void> {
  await db.query({
    name: 'expire-unused-attempt',
    text: `update attempts set state = 'expired', redirect = null, decided_at = now()
           where reference = $1 and state = 'redirected' and (usable_until <= now() or chat is not null)`,
    values: [reference],
  });
}

/** An attempt with its order, locked until the end of the transaction. */
export interface Attempt extends AccountKey {
  readonly id: bigint;
  readonly orderId: OrderId;
  readonly service: PaidService;
  readonly reference: AttemptReference;
  /** Our id of the merchant account, and the gateway's when the attempt was made. */
  readonly merchant: string;
  readonly merchantId: string;
  readonly gatewayOrderId: string | null;
  readonly amount: number;
  readonly state: AttemptState;
  /** The gateway's page can be used no more, and a payment begun at its last moment would be known by now. */
  readonly isOver: boolean;
}

/** Finds an attempt by our reference, or by the gateway's own id of the order. All facts of one order wait for each other here. */
export async function lockAttempt(
  client: pg.PoolClient,
  gateway: GatewayName,
  { reference, gatewayOrderId }: { readonly reference?: string; readonly gatewayOrderId?: string },
): Promise<Attempt | undefined> {
  const { rows } = await client.query<Attempt>({
    name: 'lock-attempt',
    text: `select a.id, o.id as "orderId", o.service, o.account_kind as "accountKind",
             o.account_number as "accountNumber", a.reference, a.merchant, a.merchant_id as "merchantId",
             a.gateway_order_id as "gatewayOrderId", a.amount::float8 as amount, a.state,
             coalesce(a.usable_until < now() - $4 * interval '1 millisecond', false) as "isOver"
           from orders o join attempts a on a.order_id = o.id
           where a.gateway = $2 and a.id = coalesce(
             (select id from attempts where reference = $1),
             (select max(id) from attempts where gateway = $2 and gateway_order_id = $3))
           for update`,
    values: [reference, gateway, gatewayOrderId, marginMs],
  });
  return rows[0];
}

/** Moves an attempt if domain/payments/attempt.ts allows it. @returns whether it moved */
export async function moveAttempt(
  client: pg.PoolClient,
  attempt: Attempt,
  to: AttemptState,
  { reason, method }: { readonly reason?: FailureReason; readonly method?: PaymentMethod } = {},
): Promise<boolean> {
  if (!mayMove(attempt.state, to)) return false;
  const isFinal = attemptStates[to] === 'decided';
  await client.query({
    name: 'move-attempt',
    text: `update attempts set state = $2::attempt_state, reason = $3, redirect = case when not $4 then redirect end,
             method = coalesce($5, method), decided_at = case when $4 then now() end
           where id = $1`,
    values: [attempt.id, to, reason, isFinal, method],
  });
  return true;
}

/** Where an attempt was made. */
export interface AttemptPlace {
  readonly gateway: GatewayName;
  /** Our id of the merchant account. */
  readonly merchant: string;
  /** Missing where the gateway's answer to the opening was lost. */
  readonly gatewayOrderId?: string;
  /** Under which name Meta knows the account, where it is an order in the chat. */
  readonly chat?: string;
}

/** At which gateway an attempt was made, and for which of its merchant accounts. */
export async function placeOf(db: Database, reference: AttemptReference): Promise<AttemptPlace> {
  const { rows } = await db.query<{
    gateway: GatewayName;
    merchant: string;
    gatewayOrderId: string | null;
    chat: string | null;
  }>({
    name: 'place-of-attempt',
    text: `select gateway, merchant, gateway_order_id as "gatewayOrderId", chat from attempts where reference = $1`,
    values: [reference],
  });
  if (!rows[0]) throw new Error('no such attempt');
  const { gatewayOrderId, chat, ...place } = rows[0];
  return { ...place, ...(gatewayOrderId !== null && { gatewayOrderId }), ...(chat !== null && { chat }) };
}
