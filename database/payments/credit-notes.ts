/** Credit notes: the papers of refunds, numbered without gaps, never changed. */
import type pg from 'pg';
import { dateInKolkata } from '../../domain/calendar.ts';
import { paise } from '../../domain/money.ts';
import type { PostingSettings } from '../../domain/payments/posting.ts';
import type { ReceiptNumber } from '../../domain/payments/receipt.ts';
import type { CreditNote, RefundReference, VerifiedCreditNote } from '../../domain/payments/refund.ts';
import { serialNumber } from '../../domain/serial-number.ts';
import type { Database } from '../connection.ts';
import { nextInSeries } from '../number-series.ts';

interface NewCreditNote extends Pick<PostingSettings, 'creditNoteCounter' | 'receiptYear'> {
  readonly reference: RefundReference;
  /** In paise. */
  readonly amount: number;
  readonly refundedAt: Date;
}

/** Takes the next number of the year and writes the credit note. */
export async function issueCreditNote(
  client: pg.PoolClient,
  { creditNoteCounter: counter, receiptYear, reference, amount, refundedAt }: NewCreditNote,
): Promise<void> {
  const date = dateInKolkata(receiptYear === 'payment' ? refundedAt.getTime() : Date.now());
  const { year, ordinal } = await nextInSeries(client, counter, date, reference);
  await client.query({
    name: 'issue-credit-note',
    text: `insert into credit_notes (number, counter, financial_year, ordinal, refund, amount, refunded_at)
           values ($1, $2, $3, $4, $5, $6, $7)`,
    values: [serialNumber(counter, year, ordinal), counter, year, ordinal, reference, amount, refundedAt],
  });
}

type CreditNoteRow = Omit<CreditNote, 'order' | 'amount' | 'receipt'> &
  CreditNote['order'] & { readonly amount: number; readonly receipt: ReceiptNumber | null };

const ms = (column: string): string => `(extract(epoch from ${column}) * 1000)::float8`;

/** A credit note, whole. */
export async function readCreditNote(db: Database, number: string): Promise<CreditNote | undefined> {
  const { rows } = await db.query<CreditNoteRow>({
    name: 'read-credit-note',
    text: `select n.number, o.service, o.account, n.amount::float8 as amount, f.reason, f.due_again as "dueAgain",
             r.number as receipt, ${ms('c.captured_at')} as "paidAt", ${ms('n.refunded_at')} as "refundedAt",
             ${ms('n.issued_at')} as "issuedAt", n.check_code as "checkCode", f.gateway, f.transaction_id as "transactionId",
             coalesce(f.refund_id, f.reference) as "refundId"
           from credit_notes n join refunds f on f.reference = n.refund join orders o on o.id = f.order_id
           join capture_ids i on i.gateway = f.gateway and i.transaction_id = f.transaction_id
           join captures c on c.id = i.capture_id left join receipts r on r.capture_id = c.id
           where n.number = $1`,
    values: [number],
  });
  const [row] = rows;
  if (!row) return undefined;
  const { service, account, amount, receipt, ...note } = row;
  return {
    ...note,
    order: { service, account },
    amount: paise(amount),
    ...(receipt !== null && { receipt }),
  };
}

/** What anybody may know of a credit note whose number they have. */
export async function verifyCreditNote(
  db: Database,
  number: string,
): Promise<(VerifiedCreditNote & { readonly checkCode: string }) | undefined> {
  const note = await readCreditNote(db, number);
  if (!note) return undefined;
  const { order, amount, refundedAt, receipt, checkCode } = note;
  return {
    number: note.number,
    checkCode,
    service: order.service,
    amount,
    refundedAt,
    accountEnding: order.account.number.slice(-4),
    ...(receipt !== undefined && { receipt }),
  };
}
