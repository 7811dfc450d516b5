/**
 * Refunds in the books: where one stands, how it moves, and what that does to the ledger and to the bills. Whoever moves one has
 * locked its order, as for every fact about an order.
 */
import type pg from 'pg';
import { dateInKolkata } from '../../domain/calendar.ts';
import type { AttemptReference } from '../../domain/payments/attempt.ts';
import type { PaidService } from '../../domain/accounts/kinds.ts';
import { paise, type Paise } from '../../domain/money.ts';
import type { GatewayName } from '../../domain/payments/gateways.ts';
import type { OrderId } from '../../domain/payments/order.ts';
import type { PostingSettings } from '../../domain/payments/posting.ts';
import {
  mayRefundMove,
  type RefundReference,
  type RefundStanding,
  type RefundState,
} from '../../domain/payments/refund.ts';
import { caseJson, openCase, settleCasesAbout } from '../cases.ts';
import { inTransaction, type Database } from '../connection.ts';
import { isTold } from '../messages.ts';
import { issueCreditNote } from './credit-notes.ts';
import type { AccountKey } from './demand-balances.ts';
import { clearingAccount, postEntry, type Lines } from './ledger.ts';
import { settleExcess } from './money.ts';
import { readOrder } from './orders.ts';
import { reverseAllocations } from './reverse-allocations.ts';

/** What a gateway knows a refund and its money by. */
interface AtGateway {
  readonly refundReference: RefundReference;
  /** Our id of the merchant account. */
  readonly merchant: string;
  readonly reference: AttemptReference;
  readonly gatewayOrderId?: string;
  readonly transactionId: string;
}

/** A refund of an order that is locked until the end of the transaction. */
export interface LockedRefund extends AccountKey {
  readonly reference: RefundReference;
  readonly orderId: OrderId;
  readonly service: PaidService;
  readonly gateway: GatewayName;
  /** Our id of the merchant account that took the money, and the gateway's. */
  readonly merchant: string;
  readonly merchantId: string;
  /** Null while the books, after a restore, do not have the money yet that it gives back. */
  readonly captureId: bigint | null;
  readonly amount: Paise;
  readonly excess: Paise;
  readonly dueAgain: boolean;
  readonly state: RefundState;
  readonly requestedBy: string;
  readonly asked: AtGateway;
  readonly isDisputed: boolean;
}

interface RefundRow extends Omit<LockedRefund, 'amount' | 'excess' | 'asked'> {
  readonly amount: number;
  readonly excess: number;
  readonly attemptReference: AttemptReference;
  readonly gatewayOrderId: string | null;
  readonly isInChat: boolean;
  readonly transactionId: string;
}

/** Locks the order of a refund, and reads the refund. */
export async function lockRefund(
  client: pg.PoolClient,
  reference: string,
): Promise<LockedRefund | undefined> {
  await client.query({
    name: 'lock-order-of-refund',
    text: 'select from orders where id = (select order_id from refunds where reference = $1) for update',
    values: [reference],
  });
  return refundBy(client, 'r.reference = $1', [reference]);
}

/** The refund of ours that a gateway speaks of: by our reference, or else by the id that the gateway has given it. */
export async function refundSpokenOf(
  client: pg.PoolClient,
  {
    gateway,
    refundReference,
    refundId,
  }: { readonly gateway: GatewayName; readonly refundReference?: string; readonly refundId?: string },
): Promise<LockedRefund | undefined> {
  const text = 'r.gateway = $1 and (r.reference = $2 or $2 is null and r.refund_id = $3)';
  return refundBy(client, text, [gateway, refundReference ?? null, refundId ?? null]);
}

async function refundBy(
  client: pg.PoolClient,
  condition: string,
  values: readonly (string | null)[],
): Promise<LockedRefund | undefined> {
  const { rows } = await client.query<RefundRow>({
    text: `select r.reference, r.order_id as "orderId", o.service, o.account_kind as "accountKind",
             o.account_number as "accountNumber", r.gateway, a.merchant, a.merchant_id as "merchantId",
             i.capture_id as "captureId", r.amount::float8 as amount, r.excess::float8 as excess, r.due_again as "dueAgain",
             r.state, r.requested_by as "requestedBy", a.reference as "attemptReference",
             a.gateway_order_id as "gatewayOrderId", a.chat is not null as "isInChat",
             r.transaction_id as "transactionId",
             exists (select from disputes d where d.capture_id = i.capture_id and d.state = 'open') as "isDisputed"
           from refunds r join orders o on o.id = r.order_id join attempts a on a.id = r.attempt_id
           left join capture_ids i on i.gateway = r.gateway and i.transaction_id = r.transaction_id
           where ${condition}`,
    values: [...values],
  });
  const [row] = rows;
  if (!row) return undefined;
  const { amount, excess, attemptReference, gatewayOrderId, isInChat, transactionId, ...refund } = row;
  return {
    ...refund,
    amount: paise(amount),
    excess: paise(excess),
    asked: {
      refundReference: row.reference,
      merchant: row.merchant,
      reference: attemptReference,
      ...(gatewayOrderId !== null && { gatewayOrderId }),
      ...(isInChat && { isInChat }),
      transactionId,
    },
  };
}

interface StandingRow extends Omit<
  RefundStanding,
  'order' | 'amount' | 'excess' | 'approvedBy' | 'approvedAt' | 'submittedAt' | 'failure' | 'creditNote'
> {
  readonly orderId: OrderId;
  readonly amount: number;
  readonly excess: number;
  /** What may be missing, as JSON without nulls. */
  readonly rest: Pick<RefundStanding, 'approvedBy' | 'approvedAt' | 'submittedAt' | 'failure' | 'creditNote'>;
}

const ms = (column: string): string => `(extract(epoch from ${column}) * 1000)::bigint`;

/** Where a refund stands. */
export async function readRefund(db: Database, reference: string): Promise<RefundStanding | undefined> {
  const { rows } = await db.query<StandingRow>({
    name: 'read-refund',
    text: `select r.reference, r.order_id as "orderId", r.transaction_id as "transactionId", r.amount::float8 as amount,
             r.excess::float8 as excess, r.reason, r.due_again as "dueAgain", r.state, r.requested_by as "requestedBy",
             exists (select from capture_ids i where i.gateway = r.gateway and i.transaction_id = r.transaction_id) as "hasMoney",
             ${ms('r.requested_at')}::float8 as "requestedAt",
             jsonb_strip_nulls(jsonb_build_object('reference', a.reference, 'gateway', a.gateway, 'merchant', a.merchant,
               'merchantId', a.merchant_id, 'gatewayOrderId', a.gateway_order_id, 'openedAt', ${ms('a.opened_at')},
               'usableUntil', ${ms('coalesce(a.usable_until, a.opened_at)')})) as attempt,
             jsonb_strip_nulls(jsonb_build_object('approvedBy', r.approved_by, 'approvedAt', ${ms('r.approved_at')},
               'submittedAt', ${ms('r.submitted_at')}, 'failure', r.failure, 'creditNote',
               (select n.number from credit_notes n where n.refund = r.reference))) as rest,
             coalesce((select jsonb_agg(${caseJson} order by v.opened_at) from cases v where v.subject = 'refund'
               and v.subject_id = r.reference and v.closed_at is null), '[]') as cases,
             array(select substr(m.id, length(r.reference) + 2) from messages m
               where m.about = 'refund' and m.about_id = r.reference and ${isTold}) as told
           from refunds r join attempts a on a.id = r.attempt_id where r.reference = $1`,
    values: [reference],
  });
  const [row] = rows;
  if (!row) return undefined;
  const { orderId, amount, excess, rest, ...refund } = row;
  const order = await readOrder(db, orderId);
  if (!order) throw new Error(`no order ${orderId}`);
  return { ...refund, ...rest, order, amount: paise(amount), excess: paise(excess) };
}

interface Moved {
  readonly failure?: string;
  readonly refundId?: string | undefined;
}

/** Moves a refund if domain/payments/refund.ts allows it. @returns whether it moved */
export async function moveRefund(
  client: pg.PoolClient,
  { reference, state }: Pick<LockedRefund, 'reference' | 'state'>,
  to: RefundState,
  { failure, refundId }: Moved = {},
): Promise<boolean> {
  if (!mayRefundMove(state, to)) return false;
  await client.query({
    name: 'move-refund',
    text: `update refunds set state = $2::refund_state, failure = $3, refund_id = coalesce(refund_id, $4),
             submitted_at = case when $2 = 'submitted' then now() else submitted_at end,
             decided_at = case when $2 in ('refunded', 'failed', 'withdrawn') then now() end
           where reference = $1`,
    values: [reference, to, failure, refundId],
  });
  return true;
}

/** Keeps the gateway's id of a refund: later words may name it by nothing else. */
export async function keepRefundId(
  client: pg.PoolClient,
  { reference }: Pick<LockedRefund, 'reference'>,
  refundId: string,
): Promise<void> {
  await client.query({
    name: 'keep-refund-id',
    text: 'update refunds set refund_id = coalesce(refund_id, $2) where reference = $1',
    values: [reference, refundId],
  });
}

/** From the corporation's debt to the payer, or from its revenue, to what it is about to give back. */
function approvalLines({ service, amount, excess }: LockedRefund): Lines {
  return [
    ['liability/excess', excess],
    [givenBack(service), amount - excess],
    ['liability/refunds', 0 - amount],
  ];
}

/** Revenue that was given back, whatever bills had brought it. */
const givenBack = (service: PaidService): string => `revenue/${service}/refunded`;

/** Posts that the corporation owes a refund, once. @returns whether it was posted now */
export async function postApproval(client: pg.PoolClient, refund: LockedRefund): Promise<boolean> {
  return postEntry(client, {
    kind: 'refund',
    source: { type: 'refund approval', id: refund.reference },
    valueDate: dateInKolkata(Date.now()),
    narration: `refund of order ${refund.orderId}, approved`,
    lines: approvalLines(refund),
  });
}

/** What a gateway, or a person, says of money that went back. */
export interface Gone {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly refundId?: string | undefined;
}

/** The money went back: the ledger is posted, the credit note issued, and the bills become due that are due again. */
export async function noteRefunded(
  client: pg.PoolClient,
  refund: LockedRefund,
  { at, refundId }: Gone,
  settings: PostingSettings,
): Promise<boolean> {
  const { reference, orderId, service, merchant, captureId, amount, excess, dueAgain } = refund;
  const { accountKind, accountNumber } = refund;
  // After a restore the money comes into the books first, and then what went back of it; and the books may not know that the
  // gateway was asked.
  if (captureId === null) return false;
  const isBehind = refund.state === 'approved' && (await moveRefund(client, refund, 'submitted'));
  const state = isBehind ? 'submitted' : refund.state;
  if (!(await moveRefund(client, { reference, state }, 'refunded', { refundId }))) return false;
  const valueDate = dateInKolkata(at);
  const isNew = await postApproval(client, refund);
  if (refund.state === 'failed' && !isNew) {
    // What had been owed to the payer again is not owed any more.
    await postEntry(client, {
      kind: 'correction',
      source: { type: 'refund approval', id: reference },
      valueDate,
      narration: `refund of order ${orderId}, after all`,
      lines: approvalLines(refund),
    });
  }
  await postEntry(client, {
    kind: 'refund',
    source: { type: 'refund', id: reference },
    valueDate,
    narration: `refund of order ${orderId}`,
    lines: [
      ['liability/refunds', amount],
      [clearingAccount(merchant), 0 - amount],
    ],
  });
  await issueCreditNote(client, { ...settings, reference, amount, refundedAt: new Date(at) });
  if (dueAgain) {
    const against = [givenBack(service), excess - amount] as const;
    const reversal = { accountKind, accountNumber, reference, captureId, orderId, valueDate, against };
    await reverseAllocations(client, reversal, settings);
  }
  await settleExcess(client, captureId, 'it was given back');
  await callIfBeyond(client, captureId, orderId);
  await settleCasesAbout(
    client,
    ['refundFailed', 'refundUndecided'],
    { subject: 'refund', subjectId: reference },
    'the money went back',
  );
  return true;
}

/** Nothing went back: what was owed to the payer before is owed again, and a person looks after it. */
export async function noteNotRefunded(
  client: pg.PoolClient,
  refund: LockedRefund,
  failure: string,
): Promise<boolean> {
  if (!(await moveRefund(client, refund, 'failed', { failure }))) return false;
  const { reference, orderId, amount } = refund;
  // Books that were restored may not have it.
  await postApproval(client, refund);
  await postEntry(client, {
    kind: 'reversal',
    source: { type: 'refund approval', id: reference },
    valueDate: dateInKolkata(Date.now()),
    narration: `refund of order ${orderId}, failed`,
    lines: approvalLines(refund).map(([account, of]) => [account, 0 - of] as const),
  });
  const about = { subject: 'refund', subjectId: reference } as const;
  await settleCasesAbout(client, ['refundUndecided'], about, 'nothing went back');
  await openCase(client, {
    kind: 'refundFailed',
    fact: reference,
    ...about,
    reason: failure,
    amount,
    details: { orderId },
  });
  return true;
}

/** Calls a person where more went back of a capture, whoever gave it, than was taken. */
export async function callIfBeyond(
  client: pg.PoolClient,
  captureId: bigint,
  orderId: OrderId,
): Promise<void> {
  const { rows } = await client.query<{ left: number }>({
    name: 'left-of-capture',
    text: 'select refundable($1)::float8 as left',
    values: [captureId],
  });
  const left = rows[0]?.left ?? 0;
  if (left >= 0) return;
  await openCase(client, {
    kind: 'refundBeyond',
    fact: `capture-${captureId}`,
    subject: 'payment',
    subjectId: orderId,
    reason: 'refunds, credit, or disputes that were lost, come to more than the payment',
    amount: -left,
  });
}

/** What is to be asked of a gateway now. `new`: it was never asked before. */
export interface Submission {
  readonly is: 'new' | 'known';
  readonly gateway: GatewayName;
  readonly refund: AtGateway & {
    readonly amount: Paise;
    /** What was taken, and when: milliseconds since 1970. */
    readonly captured: Paise;
    readonly paidAt: number;
  };
}

/**
 * Writes down that a gateway is about to be asked, before it is: from then on only the gateway says what became of it.
 * @param canAsk whether that gateway gives money back when it is asked
 * @returns undefined when there is nothing to ask
 */
export async function submitRefund(
  db: Database,
  reference: RefundReference,
  canAsk: (gateway: GatewayName) => boolean,
): Promise<Submission | undefined> {
  return inTransaction(db, async (client): Promise<Submission | undefined> => {
    const refund = await lockRefund(client, reference);
    if (!refund || refund.captureId === null) return undefined;
    const { state, gateway, asked, amount, captureId, isDisputed } = refund;
    if (state !== 'approved' && state !== 'submitted') return undefined;
    if (state === 'approved') {
      const obstacle = isDisputed ? 'disputed' : canAsk(gateway) ? undefined : 'by hand only';
      if (obstacle !== undefined) {
        await noteNotRefunded(client, refund, obstacle);
        return undefined;
      }
      await moveRefund(client, refund, 'submitted');
    }
    const { rows } = await client.query<{ captured: number; paidAt: number }>({
      name: 'money-of-refund',
      text: `select amount::float8 as captured, ${ms('captured_at')}::float8 as "paidAt" from captures where id = $1`,
      values: [captureId],
    });
    const [money] = rows;
    if (!money) throw new Error('a refund without its money');
    const { captured, paidAt } = money;
    return {
      is: state === 'approved' ? 'new' : 'known',
      gateway,
      refund: { ...asked, amount, captured: paise(captured), paidAt },
    };
  });
}

/** The gateway refuses a refund. */
export async function refuseRefund(db: Database, reference: RefundReference, code: string): Promise<void> {
  await inTransaction(db, async (client) => {
    const refund = await lockRefund(client, reference);
    if (refund) await noteNotRefunded(client, refund, code);
  });
}
