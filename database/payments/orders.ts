/** Orders: what somebody means to pay, and the link under which they do. */
import { randomBytes } from 'node:crypto';
import type pg from 'pg';
import { endOfDay } from '../../domain/calendar.ts';
import type { CitizenId } from '../../domain/citizen.ts';
import type { Account, PaidService } from '../../domain/accounts/kinds.ts';
import type { Due } from '../../domain/dues.ts';
import type { Language } from '../../domain/language.ts';
import { paise, sum, type Paise } from '../../domain/money.ts';
import type { Order, OrderId, PayToken } from '../../domain/payments/order.ts';
import { inTransaction, type Database } from '../connection.ts';
import { freeCredit } from './credit.ts';

export interface NewOrder {
  readonly service: PaidService;
  /** Masked. */
  readonly account: Account;
  readonly dues: readonly Due[];
  readonly citizenId?: CitizenId;
  readonly language: Language;
  /** For how long the link can be used, in milliseconds. */
  readonly lifetimeMs: number;
}

/** A link that ends sooner than this is not given out again. */
const stillGoodMs = 3_600_000;

interface OrderRow {
  readonly id: OrderId;
  readonly token: PayToken;
  readonly service: PaidService;
  readonly account: Account;
  readonly amount: bigint;
  readonly credit: bigint;
  readonly citizen_id: CitizenId | null;
  readonly language: Language;
  readonly created_at: Date;
  readonly expires_at: Date;
  readonly dues: readonly Due[];
}

const columns = `o.id, o.token, o.service, o.account, o.amount, o.credit, o.citizen_id, o.language, o.created_at, o.expires_at,
  (select jsonb_agg(d.due order by d.position) from order_demands d where d.order_id = o.id) as dues`;

/**
 * Makes an order, or finds the one that this citizen was given for the very same, with as much credit as is free now. Its
 * workflow begins with its first attempt.
 */
export async function makeOrder(db: Database, order: NewOrder): Promise<Order> {
  return inTransaction(db, async (client) => {
    const { account, dues, citizenId, language } = order;
    const { rows } = await client.query<OrderRow>({
      name: 'find-same-order',
      text: `select ${columns} from orders o
             where o.citizen_id = $1 and o.account_kind = $2 and o.account_number = $3 and o.amount = $4
               and o.language = $5 and o.cancelled_at is null
               and o.credit = least(o.amount, ${freeCredit('o.account_kind', 'o.account_number', 'o.id')})
               and o.expires_at > now() + least($6::float8, $7::float8 / 2) * interval '1 millisecond'
               and (select jsonb_agg(d.due order by d.position) from order_demands d where d.order_id = o.id) = $8
             order by o.created_at desc limit 1`,
      values: [
        citizenId,
        account.kind,
        account.number,
        totalOf(order),
        language,
        stillGoodMs,
        endOf(order) - Date.now(),
        JSON.stringify(dues),
      ],
    });
    return rows[0] ? orderOf(rows[0]) : addOrder(client, order);
  });
}

/** Makes a new order. What credit of the account is free pays as much of it as it can. */
export async function addOrder(client: pg.PoolClient, order: NewOrder): Promise<Order> {
  const { service, account, dues, citizenId, language } = order;
  const { rows } = await client.query<OrderRow>({
    name: 'add-order',
    text: `with made as (
             insert into orders
               (token, service, account_kind, account_number, account, amount, citizen_id, language, expires_at, credit)
             values ($1, $2, $3, $4, $5, $6, $7, $8, to_timestamp($9::float8 / 1000),
               least($6, ${freeCredit('$3', '$4', 'null')})) returning *
           ), filled as (
             insert into order_demands (order_id, position, demand_id, due)
             select made.id, d.place, d.due ->> 'id', d.due
             from made, jsonb_array_elements($10::jsonb) with ordinality as d (due, place)
           )
           select o.*, $10::jsonb as dues from made o`,
    values: [
      randomBytes(18).toString('base64url'),
      service,
      account.kind,
      account.number,
      account,
      totalOf(order),
      citizenId,
      language,
      endOf(order),
      JSON.stringify(dues),
    ],
  });
  const [row] = rows;
  if (!row) throw new Error('an order was not made');
  return orderOf(row);
}

function totalOf({ dues }: NewOrder): Paise {
  return sum(dues.map(({ payable }) => payable));
}

/** An order ends with the day on which any of its amounts ends to hold. */
function endOf({ dues, lifetimeMs }: NewOrder): number {
  const ends = dues.flatMap(({ holdsUntil }) => (holdsUntil === undefined ? [] : [endOfDay(holdsUntil)]));
  return Math.min(Date.now() + lifetimeMs, ...ends);
}

export async function readOrder(db: Database, id: OrderId): Promise<Order | undefined> {
  return readOne(db, 'read-order', 'o.id = $1', id);
}

export async function orderByToken(db: Database, token: string): Promise<Order | undefined> {
  return readOne(db, 'order-by-token', 'o.token = $1', token);
}

/** The order to which a gateway's reference belongs. */
export async function orderByReference(db: Database, reference: string): Promise<Order | undefined> {
  return readOne(
    db,
    'order-by-reference',
    'o.id = (select a.order_id from attempts a where a.reference = $1)',
    reference,
  );
}

async function readOne(
  db: Database,
  name: string,
  condition: string,
  value: string,
): Promise<Order | undefined> {
  const text = `select ${columns} from orders o where ${condition}`;
  const { rows } = await db.query<OrderRow>({ name, text, values: [value] });
  return rows[0] && orderOf(rows[0]);
}

/** Ends an order: no attempt may begin any more. */
export async function cancelOrder(on: Database | pg.PoolClient, id: OrderId): Promise<void> {
  await on.query({
    name: 'cancel-order',
    text: 'update orders set cancelled_at = coalesce(cancelled_at, now()) where id = $1',
    values: [id],
  });
}

function orderOf(row: OrderRow): Order {
  return {
    id: row.id,
    token: row.token,
    service: row.service,
    account: row.account,
    dues: row.dues,
    amount: paise(Number(row.amount)),
    ...(row.credit > 0n && { credit: paise(Number(row.credit)) }),
    ...(row.citizen_id !== null && { citizenId: row.citizen_id }),
    language: row.language,
    createdAt: row.created_at.getTime(),
    expiresAt: row.expires_at.getTime(),
  };
}
