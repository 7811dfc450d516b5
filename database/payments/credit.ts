/** Credit of accounts in the books: what of it is free, and what it pays. */
import type pg from 'pg';
import type { CalendarDate } from '../../domain/calendar.ts';
import type { PaidService } from '../../domain/accounts/kinds.ts';
import { paise, type Paise } from '../../domain/money.ts';
import type { OrderId } from '../../domain/payments/order.ts';
import type { CreditSource, ReceiptNumber } from '../../domain/payments/receipt.ts';
import type { Database } from '../connection.ts';
import type { AccountKey, FundedParts, Payer } from './demand-balances.ts';
import { paymentLines, postEntry } from './ledger.ts';
import { isAtGateway, isUndecided } from './states.ts';

/** What credit has paid of the order `o`. */
const usedBy = (order: string): string =>
  `coalesce((select sum(u.amount) from credit_uses u where u.order_id = ${order}.id), 0)`;

/**
 * What of its account's credit an order may still use: all that is unused, less what other orders hold for as long as one of
 * their attempts may bring money. An attempt that fails lets go of it by that alone.
 * @param except the id of the order; null for one that is about to be made
 */
export const freeCredit = (kind: string, number: string, except: string): string =>
  `greatest(0, credit_left_of(${kind}, ${number}) - coalesce((select sum(h.credit - ${usedBy('h')}) from orders h
     where h.account_kind = ${kind} and h.account_number = ${number} and h.credit > 0 and h.id is distinct from ${except}
       and exists (select from attempts a where a.order_id = h.id and (${isUndecided} or ${isAtGateway}))), 0))::bigint`;

/** Whether the credit that the order `o` counts on has paid something else meanwhile. */
export const hasLostCredit = `(o.credit > 0 and o.credit - ${usedBy('o')} > credit_left_of(o.account_kind, o.account_number))`;

/** What an order still means to pay by credit, and what of it is free. Of an account that is locked. */
export async function creditFor(
  client: pg.PoolClient,
  orderId: OrderId,
): Promise<{ readonly wanted: Paise; readonly free: Paise }> {
  const { rows } = await client.query<{ wanted: number; free: number }>({
    name: 'credit-for-order',
    text: `select (o.credit - ${usedBy('o')})::float8 as wanted,
             ${freeCredit('o.account_kind', 'o.account_number', 'o.id')}::float8 as free
           from orders o where o.id = $1`,
    values: [orderId],
  });
  const { wanted = 0, free = 0 } = rows[0] ?? {};
  return { wanted: paise(wanted), free: paise(free) };
}

/** What of the credit of an account nobody holds who is paying. */
export async function freeCreditOf(
  client: pg.PoolClient,
  { accountKind, accountNumber }: AccountKey,
): Promise<Paise> {
  const { rows } = await client.query<{ free: number }>({
    name: 'free-credit',
    text: `select ${freeCredit('$1::account_kind', '$2', 'null')}::float8 as free`,
    values: [accountKind, accountNumber],
  });
  return paise(rows[0]?.free ?? 0);
}

/** Writes down that excess of a capture became credit of an account. @returns the id of the credit */
export async function writeCredit(
  client: pg.PoolClient,
  { accountKind, accountNumber }: AccountKey,
  { captureId, amount }: { readonly captureId: string; readonly amount: Paise },
): Promise<string> {
  const { rows } = await client.query<{ id: string }>({
    name: 'write-credit',
    text: `insert into credits (capture_id, account_kind, account_number, amount) values ($1, $2, $3, $4)
           returning id::text`,
    values: [captureId, accountKind, accountNumber, amount],
  });
  if (!rows[0]) throw new Error('a credit was not written');
  return rows[0].id;
}

/** So much of the unused credit out of a capture is excess again; of an account that is locked. The constraint refuses more. */
export async function releaseCredit(client: pg.PoolClient, captureId: string, amount: Paise): Promise<void> {
  const { rows } = await client.query<{ id: bigint; left: number }>({
    name: 'credits-of-capture',
    text: `select id, (amount - used - released)::float8 as left from credits
           where capture_id = $1 and used + released < amount order by id for update`,
    values: [captureId],
  });
  let open: number = amount;
  for (const [place, { id, left }] of rows.entries()) {
    const taken = place === rows.length - 1 ? open : Math.min(open, left);
    open -= taken;
    await client.query({
      name: 'release-credit',
      text: 'update credits set released = released + $2 where id = $1',
      values: [id, taken],
    });
  }
}

/** Uses credit of an account that is locked, the oldest first. @param captureId the money of a gateway beside it */
export async function useCredit(
  client: pg.PoolClient,
  { accountKind, accountNumber }: AccountKey,
  {
    orderId,
    captureId,
    amount,
  }: { readonly orderId: OrderId; readonly captureId?: bigint; readonly amount: Paise },
): Promise<Payer[]> {
  if (amount === 0) return [];
  const { rows } = await client.query<{ id: bigint; captureId: bigint; left: number }>({
    name: 'lock-credits',
    text: `select k.id, k.capture_id as "captureId", credit_left(k)::float8 as left from credits k
           where k.account_kind = $1 and k.account_number = $2 and k.used + k.released < k.amount order by k.id for update`,
    values: [accountKind, accountNumber],
  });
  const uses: Payer[] = [];
  let open: number = amount;
  for (const credit of rows) {
    const taken = paise(Math.min(open, credit.left));
    if (taken === 0) continue;
    open -= taken;
    const { rows: written } = await client.query<{ id: bigint }>({
      name: 'use-credit',
      text: `insert into credit_uses (credit_id, order_id, capture_id, amount) values ($1, $2, $3, $4) returning id`,
      values: [credit.id, orderId, captureId, taken],
    });
    if (!written[0]) throw new Error('a use of a credit was not written');
    uses.push({ creditUseId: written[0].id, captureId: credit.captureId, amount: taken });
  }
  if (open > 0) throw new Error(`the account has ${open} paise less of credit than was counted`);
  return uses;
}

/** Posts what credit paid: the corporation owes so much less. */
export async function postUses(
  client: pg.PoolClient,
  {
    orderId,
    service,
    paidOn,
  }: { readonly orderId: OrderId; readonly service: PaidService; readonly paidOn: CalendarDate },
  funded: readonly FundedParts[],
): Promise<void> {
  for (const { source, parts } of funded) {
    if (source.creditUseId === undefined) continue;
    await postEntry(client, {
      kind: 'payment',
      source: { type: 'credit use', id: String(source.creditUseId) },
      valueDate: paidOn,
      narration: `order ${orderId}, by credit`,
      lines: paymentLines(service, parts, 'liability/credit'),
    });
  }
}

const source = (amount: string): string => `jsonb_strip_nulls(jsonb_build_object('amount', ${amount},
  'receipt', (select r.number from receipts r where r.capture_id = c.id),
  'paidAt', (extract(epoch from c.captured_at) * 1000)::bigint))`;

/** The credit on the receipt `r`, as JSON: by the payments that came too much. */
export const creditOnReceipt = `(select jsonb_agg(${source('u.amount')} order by u.id)
  from credit_uses u join credits k on k.id = u.credit_id join captures c on c.id = k.capture_id
  where u.order_id = r.order_id and u.capture_id is not distinct from r.capture_id)`;

/** The unused credit of an account, the oldest first. */
export async function creditSources(
  db: Database,
  { accountKind, accountNumber }: AccountKey,
): Promise<CreditSource[]> {
  const { rows } = await db.query<{ source: { amount: number; receipt?: ReceiptNumber; paidAt: number } }>({
    name: 'credit-sources',
    text: `select ${source('credit_left(k)')} as source from credits k join captures c on c.id = k.capture_id
           where k.account_kind = $1 and k.account_number = $2 and k.used + k.released < k.amount and credit_left(k) > 0
           order by k.id`,
    values: [accountKind, accountNumber],
  });
  return rows.map(({ source: { amount, ...from } }) => ({ ...from, amount: paise(amount) }));
}
