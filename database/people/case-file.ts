/** Everything that a person needs to decide: a case, what it is about, the money of an order, and the words of gateways. */
import { paise, type Paise } from '../../domain/money.ts';
import type { Order, OrderId, Standing } from '../../domain/payments/order.ts';
import type { Money, RefundReference, RefundState } from '../../domain/payments/refund.ts';
import type { CaseRecord } from '../../domain/people/case.ts';
import type { RenewalId, RenewalStanding } from '../../domain/renewal.ts';
import { orderOf, readCase } from '../cases.ts';
import type { Database } from '../connection.ts';
import { readRenewal } from '../licences/renewals.ts';
import { moneysOf } from '../payments/money.ts';
import { readOrder } from '../payments/orders.ts';
import { readStanding } from '../payments/standing.ts';

/** Words of a gateway, as far as they can be shown: when they came, on which way, about what. */
export interface KeptWords {
  readonly id: string;
  readonly gateway: string;
  readonly source: string;
  readonly reference: string | null;
  /** Milliseconds since 1970. */
  readonly receivedAt: number;
}

/** A refund of some money of an order. */
export interface RefundOfOrder {
  readonly reference: RefundReference;
  /** Of the capture. */
  readonly moneyId: string;
  readonly amount: Paise;
  readonly state: RefundState;
  readonly requestedBy: string;
  readonly approvedBy: string | null;
  readonly creditNote: string | null;
}

export interface OrderFile {
  readonly order: Order;
  readonly standing: Standing;
  /** What came for it, oldest first, and what of it can be given back. */
  readonly money: readonly Money[];
  readonly refunds: readonly RefundOfOrder[];
}

export interface CaseFile {
  readonly case: CaseRecord;
  readonly order?: OrderFile;
  readonly renewal?: RenewalStanding;
  /** Oldest first. */
  readonly words: readonly KeptWords[];
}

export async function readCaseFile(db: Database, caseId: string): Promise<CaseFile | undefined> {
  const found = await readCase(db, caseId);
  if (!found) return undefined;
  const { subject, subjectId } = found;
  const renewal = subject === 'renewal' ? await readRenewal(db, subjectId as RenewalId) : undefined;
  const orderId = orderOf(found);
  const order = orderId === undefined ? undefined : await orderFileOf(db, orderId);
  return {
    case: found,
    ...(renewal && { renewal }),
    ...(order && { order }),
    words: await wordsAbout(db, found, order?.standing),
  };
}

/** An order by its id, or by the number of one of its receipts. */
export async function readOrderFile(db: Database, name: string): Promise<OrderFile | undefined> {
  const { rows } = await db.query<{ id: OrderId }>({
    name: 'order-named',
    text: 'select order_id as id from receipts where number = upper($1) union select id from orders where id = $1',
    values: [name],
  });
  return rows[0] && orderFileOf(db, rows[0].id);
}

async function orderFileOf(db: Database, orderId: OrderId): Promise<OrderFile | undefined> {
  const order = await readOrder(db, orderId);
  if (!order) return undefined;
  const [standing, money, refunds] = await Promise.all([
    readStanding(db, orderId),
    moneysOf(db, orderId),
    refundsOf(db, orderId),
  ]);
  return { order, standing, money, refunds };
}

async function refundsOf(db: Database, orderId: OrderId): Promise<RefundOfOrder[]> {
  const { rows } = await db.query<Omit<RefundOfOrder, 'amount'> & { amount: number }>({
    name: 'refunds-of-order',
    text: `select r.reference, i.capture_id::text as "moneyId", r.amount::float8 as amount, r.state,
             r.requested_by as "requestedBy", r.approved_by as "approvedBy", n.number as "creditNote"
           from refunds r join capture_ids i on i.gateway = r.gateway and i.transaction_id = r.transaction_id
           left join credit_notes n on n.refund = r.reference where r.order_id = $1 order by r.requested_at`,
    values: [orderId],
  });
  return rows.map(({ amount, ...row }) => ({ ...row, amount: paise(amount) }));
}

/** The words that opened the case, and all others about the attempts of its order. */
async function wordsAbout(
  db: Database,
  { details }: CaseRecord,
  standing: Standing | undefined,
): Promise<KeptWords[]> {
  const references = standing?.attempts.map(({ reference }) => reference) ?? [];
  const { rows } = await db.query<KeptWords>({
    name: 'words-about',
    text: `select id::text as id, gateway, source, reference,
             (extract(epoch from received_at) * 1000)::float8 as "receivedAt"
           from evidence where reference = any ($1::text[]) or id::text = $2 order by evidence.id`,
    values: [references, details['evidence']],
  });
  return rows;
}
