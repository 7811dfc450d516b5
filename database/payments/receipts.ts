/** Receipts: numbered without gaps, one for each order, never changed. */
import type pg from 'pg';
import type { GatewayName } from '../../domain/payments/attempt.ts';
import type { PaymentMethod } from '../../domain/payments/fact.ts';
import type { Account, Due } from '../../domain/dues.ts';
import { paise } from '../../domain/money.ts';
import type { OrderId } from '../../domain/payments/order.ts';
import {
  receiptNumber,
  type Receipt,
  type ReceiptNumber,
  type VerifiedReceipt,
} from '../../domain/payments/receipt.ts';
import type { PaidService } from '../../domain/services.ts';
import type { Database } from '../connection.ts';
import { nextInSeries } from '../number-series.ts';

export interface NewReceipt {
  readonly counter: string;
  readonly orderId: OrderId;
  /** Of the attempt. */
  readonly id: bigint;
  readonly gateway: GatewayName;
  readonly transactionId: string;
  /** In paise. */
  readonly amount: number;
  readonly paidAt: Date;
  /** Whether the corporation's records know already. */
  readonly posted: boolean;
}

/** Takes the next number of the year and writes the receipt. */
export async function issueReceipt(client: pg.PoolClient, receipt: NewReceipt): Promise<void> {
  const { year, ordinal } = await nextInSeries(client, receipt.counter);
  await client.query({
    name: 'issue-receipt',
    text: `insert into receipts (number, counter, financial_year, ordinal, order_id, attempt_id, gateway,
             transaction_id, amount, paid_at, posted_at)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, case when $11 then now() end)`,
    values: [
      receiptNumber(receipt.counter, year, ordinal),
      receipt.counter,
      year,
      ordinal,
      receipt.orderId,
      receipt.id,
      receipt.gateway,
      receipt.transactionId,
      receipt.amount,
      receipt.paidAt,
      receipt.posted,
    ],
  });
}

/** The receipt of an order, whole. */
export async function readReceipt(db: Database, orderId: OrderId): Promise<Receipt | undefined> {
  const { rows } = await db.query<{
    number: ReceiptNumber;
    service: PaidService;
    account: Account;
    paid: readonly Due[];
    amount: bigint;
    paid_at: Date;
    gateway: GatewayName;
    transaction_id: string;
    bank_reference: string | null;
    method: PaymentMethod | null;
  }>({
    name: 'read-receipt',
    text: `select r.number, o.service, o.account, r.amount, r.paid_at, r.gateway, r.transaction_id,
             c.bank_reference, c.method,
             (select jsonb_agg(d.due order by d.position) from order_demands d
                join demand_payments p on p.account_kind = o.account_kind and p.account_number = o.account_number
                  and p.demand_id = d.demand_id and p.order_id = o.id
              where d.order_id = o.id) as paid
           from receipts r join orders o on o.id = r.order_id
           join captures c on c.gateway = r.gateway and c.transaction_id = r.transaction_id
           where r.order_id = $1`,
    values: [orderId],
  });
  const [row] = rows;
  return (
    row && {
      number: row.number,
      service: row.service,
      account: row.account,
      paid: row.paid,
      amount: paise(Number(row.amount)),
      paidAt: row.paid_at.getTime(),
      gateway: row.gateway,
      transactionId: row.transaction_id,
      ...(row.bank_reference !== null && { bankReference: row.bank_reference }),
      ...(row.method !== null && { method: row.method }),
    }
  );
}

/** What anybody may know of a receipt whose number they have. */
export async function verifyReceipt(db: Database, number: string): Promise<VerifiedReceipt | undefined> {
  const { rows } = await db.query<{
    service: PaidService;
    amount: bigint;
    paid_at: Date;
    account_number: string;
  }>({
    name: 'verify-receipt',
    text: `select o.service, r.amount, r.paid_at, o.account_number
           from receipts r join orders o on o.id = r.order_id where r.number = $1`,
    values: [number],
  });
  const [row] = rows;
  return (
    row && {
      number: number as ReceiptNumber,
      service: row.service,
      amount: paise(Number(row.amount)),
      paidAt: row.paid_at.getTime(),
      accountEnding: row.account_number.slice(-4),
    }
  );
}

/** Notes that the corporation's records were told of a receipt. */
export async function receiptPosted(db: Database, number: ReceiptNumber): Promise<void> {
  await db.query({
    name: 'receipt-posted',
    text: 'update receipts set posted_at = coalesce(posted_at, now()) where number = $1',
    values: [number],
  });
}
