/** Receipts: numbered without gaps, one for each payment that paid something, never changed; and what the records know of them. */
import type pg from 'pg';
import { dateInKolkata } from '../../domain/calendar.ts';
import type { PaidService } from '../../domain/accounts/kinds.ts';
import { lineKinds, type Due, type LineKind } from '../../domain/dues.ts';
import { paise, sum } from '../../domain/money.ts';
import type { OrderId } from '../../domain/payments/order.ts';
import {
  receiptNumber,
  type CreditSource,
  type PaidDue,
  type Receipt,
  type ReceiptNumber,
  type ReceiptYear,
  type VerifiedReceipt,
} from '../../domain/payments/receipt.ts';
import { openCase, settleCase, settleCasesAbout } from '../cases.ts';
import { inTransaction, type Database } from '../connection.ts';
import { nextInSeries } from '../number-series.ts';
import { creditOnReceipt } from './credit.ts';
import type { OrderedPart } from './demand-balances.ts';

export interface NewReceipt {
  readonly counter: string;
  readonly receiptYear: ReceiptYear;
  readonly ownRegister: boolean;
  /** Missing where credit paid everything. */
  readonly captureId?: bigint;
  readonly orderId: OrderId;
  /** In paise. */
  readonly amount: number;
  readonly paidAt: Date;
  /** The bills that it pays, all or part of each. */
  readonly parts: readonly Pick<OrderedPart, 'demandId' | 'position' | 'settles'>[];
}

/** Takes the next number of the year and writes the receipt. */
export async function issueReceipt(
  client: pg.PoolClient,
  { counter, receiptYear, ownRegister, captureId, orderId, amount, paidAt, parts }: NewReceipt,
): Promise<void> {
  const { year, ordinal } = await nextInSeries(
    client,
    counter,
    dateInKolkata(receiptYear === 'payment' ? paidAt.getTime() : Date.now()),
    orderId,
  );
  await client.query({
    name: 'issue-receipt',
    text: `with issued as (
             insert into receipts (number, counter, financial_year, ordinal, capture_id, order_id, amount, paid_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8)
           )
           insert into postings (receipt_number, demand_id, position, settles, state)
           select $1, p.demand_id, p.position, p.settles, case when $9 then 'posted' else 'due' end
           from unnest($10::text[], $11::smallint[], $12::boolean[]) as p (demand_id, position, settles)`,
    values: [
      receiptNumber(counter, year, ordinal),
      counter,
      year,
      ordinal,
      captureId,
      orderId,
      amount,
      paidAt,
      ownRegister,
      parts.map(({ demandId }) => demandId),
      parts.map(({ position }) => position),
      parts.map(({ settles }) => settles),
    ],
  });
}

interface ReceiptRow extends Omit<Receipt, 'amount' | 'paid' | keyof FromGateway | 'credit'> {
  readonly amount: number;
  readonly paid: readonly {
    readonly due: Due;
    /** What of the money went to it, by line. */
    readonly cash: Partial<Record<LineKind, number>>;
    readonly settles: boolean;
    readonly state: PaidDue['posting'];
  }[];
  readonly credit: readonly CreditSource[] | null;
  /** As JSON without nulls. */
  readonly through: FromGateway;
}

type FromGateway = Pick<Receipt, 'gateway' | 'transactionId' | 'bankReference' | 'method'>;

const ms = (column: string): string => `(extract(epoch from ${column}) * 1000)::float8`;

const receipt = `
  select r.number, o.service, o.account, r.amount::float8 as amount, ${ms('r.paid_at')} as "paidAt",
    ${ms('r.issued_at')} as "issuedAt", r.check_code as "checkCode", ${creditOnReceipt} as credit,
    jsonb_strip_nulls(jsonb_build_object('gateway', c.gateway, 'bankReference', c.bank_reference, 'method', c.method,
      'transactionId',
      coalesce((select min(i.transaction_id) from capture_ids i where i.capture_id = c.id), a.reference))) as through,
    (select jsonb_agg(jsonb_build_object('due', d.due, 'state', p.state, 'settles', p.settles, 'cash', (
         select jsonb_object_agg(l.line, l.amount) from (
           select split_part(l.head, '/', 2) as line, sum(l.amount) as amount
           from allocations l left join credit_uses u on u.id = l.credit_use_id
           where l.order_id = o.id and l.demand_id = p.demand_id and l.reverses is null
             and case when u.id is null then l.capture_id else u.capture_id end is not distinct from c.id
           group by 1) l)) order by p.position)
       from postings p join order_demands d on d.order_id = o.id and d.position = p.position
       where p.receipt_number = r.number) as paid
  from receipts r join orders o on o.id = r.order_id left join captures c on c.id = r.capture_id
  left join attempts a on a.id = c.attempt_id`;

/** A receipt, whole. */
export async function readReceipt(db: Database, number: string): Promise<Receipt | undefined> {
  const { rows } = await db.query<ReceiptRow>({
    name: 'read-receipt',
    text: `${receipt} where r.number = $1`,
    values: [number],
  });
  return rows[0] && receiptOf(rows[0]);
}

/** The receipts of an order, whole, oldest first. */
export async function receiptsOf(db: Database, orderId: OrderId): Promise<Receipt[]> {
  const { rows } = await db.query<ReceiptRow>({
    name: 'receipts-of',
    text: `${receipt} where r.order_id = $1 order by r.capture_id nulls first`,
    values: [orderId],
  });
  return rows.map(receiptOf);
}

function receiptOf({ amount, paid, credit, through, ...row }: ReceiptRow): Receipt {
  return {
    ...row,
    ...through,
    amount: paise(amount),
    ...(credit && { credit }),
    paid: paid.map(({ due, cash, settles, state }) => ({
      ...paidDue(due, cash, settles),
      settles,
      posting: state,
    })),
  };
}

/** A bill as a receipt shows it: as it was asked for where it is paid whole, and else by the lines that were paid of it. */
function paidDue(
  due: Due,
  cash: Partial<Record<LineKind, number>>,
  settles: boolean,
): Omit<PaidDue, 'posting' | 'settles'> {
  const lines = lineKinds.flatMap((kind) => {
    const amount = paise(cash[kind] ?? 0);
    return amount > 0 ? [{ kind, amount }] : [];
  });
  const paid = sum(lines.map((line) => line.amount));
  if (settles && paid === due.payable && due.paidPart === undefined) return { ...due, isPart: false };
  const { rebate, waiver, lateFine, paidPart, ...bill } = due;
  return { ...bill, lines, amount: paid, payable: paid, isPart: true };
}

/** What anybody may know of a receipt whose number they have. */
export async function verifyReceipt(
  db: Database,
  number: string,
): Promise<(VerifiedReceipt & { readonly checkCode: string }) | undefined> {
  const { rows } = await db.query<{
    check_code: string;
    service: PaidService;
    amount: bigint;
    paid_at: Date;
    account_number: string;
    back: number;
    back_on: Date | null;
  }>({
    name: 'verify-receipt',
    // What came too much stands on no receipt.
    text: `select o.service, r.amount, r.check_code, r.paid_at, o.account_number, g.back::float8 as back, g.back_on
           from receipts r join orders o on o.id = r.order_id
           cross join lateral (select coalesce(sum(f.amount - f.excess), 0) as back, max(n.refunded_at) as back_on
             from capture_ids i join refunds f on f.gateway = i.gateway and f.transaction_id = i.transaction_id
             join credit_notes n on n.refund = f.reference
             where i.capture_id = r.capture_id and f.amount > f.excess) g
           where r.number = $1`,
    values: [number],
  });
  const [row] = rows;
  return (
    row && {
      number: number as ReceiptNumber,
      checkCode: row.check_code,
      service: row.service,
      amount: paise(Number(row.amount)),
      paidAt: row.paid_at.getTime(),
      accountEnding: row.account_number.slice(-4),
      ...(row.back_on && {
        givenBack: { amount: paise(row.back), on: dateInKolkata(row.back_on.getTime()) },
      }),
    }
  );
}

/** What the records were told of one demand of a receipt, and how often they have refused it. */
interface Posting {
  readonly demandId: string;
  readonly refusals: number;
}

/** Each refusal is a fact of its own: what is refused again, after somebody has dealt with it, calls somebody again. */
function refusalOf(number: ReceiptNumber, { demandId, refusals }: Posting): string {
  return `${number} ${demandId} ${refusals}`;
}

/** The corporation's records took a receipt, or those of its demands that they did not refuse before. */
export async function noteReceiptPosted(
  db: Database,
  number: ReceiptNumber,
  orderId: OrderId,
): Promise<void> {
  await inTransaction(db, async (client) => {
    const { rows } = await client.query<Posting>({
      name: 'receipt-posted',
      text: `update postings set state = 'posted', reason = null, changed_at = now()
             where receipt_number = $1 and state = 'due' returning demand_id as "demandId", refusals`,
      values: [number],
    });
    // What was refused before and has been taken now.
    for (const posting of rows) {
      await settleCase(client, 'postingRefused', refusalOf(number, posting), 'the records took it');
    }
    await settleCasesAbout(
      client,
      ['postingLate'],
      { subject: 'payment', subjectId: orderId },
      'the records took it',
    );
  });
}

/**
 * The corporation's records refuse some demands of a receipt: a person has to look. The others stay due.
 * @param demands those that they named; all that are due when they named none
 */
export async function notePostingRefused(
  db: Database,
  number: ReceiptNumber,
  orderId: OrderId,
  { reason, demands }: { readonly reason: string; readonly demands: readonly string[] | undefined },
): Promise<void> {
  await inTransaction(db, async (client) => {
    const { rows } = await client.query<Posting>({
      name: 'posting-refused',
      text: `update postings set state = 'refused', reason = $2, refusals = refusals + 1, changed_at = now()
             where receipt_number = $1 and state = 'due' and ($3::text[] is null or position in (
               select d.position from order_demands d where d.order_id = $4 and d.demand_id = any ($3)))
             returning demand_id as "demandId", refusals`,
      values: [number, reason, demands, orderId],
    });
    for (const posting of rows) {
      const { demandId, refusals } = posting;
      const before = refusalOf(number, { demandId, refusals: refusals - 1 });
      await settleCase(client, 'postingRefused', before, 'they were refused again');
      await openCase(client, {
        kind: 'postingRefused',
        fact: refusalOf(number, posting),
        subject: 'payment',
        subjectId: orderId,
        reason,
        details: { receipt: number, demand: demandId },
      });
    }
  });
}

/** The records are to be told again of what they refused. */
export async function retryPosting(client: pg.PoolClient | Database, orderId: OrderId): Promise<void> {
  await client.query({
    name: 'retry-posting',
    text: `update postings set state = 'due', changed_at = now()
           where state = 'refused' and receipt_number in (select number from receipts where order_id = $1)`,
    values: [orderId],
  });
}
