/** Money that a gateway certainly has: allocated to the demands of its order, as far as they are unpaid; the rest is excess. */
import type pg from 'pg';
import { dateInKolkata } from '../../domain/calendar.ts';
import { paise, sum } from '../../domain/money.ts';
import { allocate, total } from '../../domain/payments/allocate.ts';
import type { KnownCapture } from '../../domain/payments/capture.ts';
import { creditNeeded, fundedBy } from '../../domain/payments/credit.ts';
import type { GatewayFact, PaymentFact } from '../../domain/payments/fact.ts';
import type { PostingSettings } from '../../domain/payments/posting.ts';

import { openCase } from '../cases.ts';
import { moveAttempt, type Attempt } from './attempts.ts';
import { creditFor, postUses, useCredit } from './credit.ts';
import {
  duesInBooks,
  lockAccount,
  writeAllocations,
  type OrderedDue,
  type OrderedPart,
  type Payer,
} from './demand-balances.ts';
import { clearingAccount, paymentLines, postEntry } from './ledger.ts';
import { keepMerchantAccount } from './merchants.ts';
import { issueReceipt } from './receipts.ts';
import { whatFollows } from './what-follows.ts';

/** What the books hold of an attempt's money. */
export async function capturesOf(client: pg.PoolClient, attemptId: bigint): Promise<KnownCapture[]> {
  const { rows } = await client.query<Omit<KnownCapture, 'bankReference'> & { bankReference: string | null }>(
    {
      name: 'captures-of',
      text: `select c.id::text as id, c.amount::float8 as amount, c.bank_reference as "bankReference",
             array(select i.transaction_id from capture_ids i where i.capture_id = c.id) as "transactionIds"
           from captures c where c.attempt_id = $1`,
      values: [attemptId],
    },
  );
  return rows.map(({ bankReference, ...row }) => ({
    ...row,
    ...(bankReference !== null && { bankReference }),
  }));
}

/** The money of an attempt that a gateway speaks of: by its id, or the only one that there is. */
export async function captureMeant(
  client: pg.PoolClient,
  { transactionId }: { readonly transactionId?: string },
  attemptId: bigint,
): Promise<bigint | undefined> {
  const captures = await capturesOf(client, attemptId);
  const [only, ...others] = captures;
  const meant =
    captures.find(
      ({ transactionIds }) => transactionId !== undefined && transactionIds.includes(transactionId),
    ) ?? (others.length === 0 ? only : undefined);
  return meant && BigInt(meant.id);
}

/**
 * The attempt for which a transaction of a gateway is in the books. Whoever asks holds the transaction until the end of their
 * own: of two that claim it at once, one waits.
 */
export async function lockTransaction(
  client: pg.PoolClient,
  gateway: string,
  transactionId: string,
): Promise<{ readonly attemptId: bigint } | undefined> {
  await client.query({
    name: 'lock-transaction',
    text: `select pg_advisory_xact_lock(hashtextextended('transaction ' || $1 || ' ' || $2, 0))`,
    values: [gateway, transactionId],
  });
  const { rows } = await client.query<{ attemptId: bigint }>({
    name: 'attempt-of-transaction',
    text: `select c.attempt_id as "attemptId" from capture_ids i join captures c on c.id = i.capture_id
           where i.gateway = $1 and i.transaction_id = $2`,
    values: [gateway, transactionId],
  });
  return rows[0];
}

/** The attempt that brought the money which a fact names by the gateway's id alone. */
export async function attemptOfMoney(
  client: pg.PoolClient,
  { gateway, transactionId }: Pick<GatewayFact, 'gateway' | 'transactionId'>,
): Promise<{ readonly reference: string } | undefined> {
  const { rows } = await client.query<{ reference: string }>({
    name: 'attempt-of-money',
    text: `select a.reference from capture_ids i join captures c on c.id = i.capture_id join attempts a on a.id = c.attempt_id
           where i.gateway = $1 and i.transaction_id = $2`,
    values: [gateway, transactionId],
  });
  return rows[0];
}

/** Gives money in the books an id of the gateway's that came late. */
export async function keepTransactionId(
  client: pg.PoolClient,
  { gateway, transactionId }: PaymentFact,
  captureId: string | bigint,
): Promise<void> {
  if (transactionId === undefined) return;
  await client.query({
    name: 'keep-transaction-id',
    text: `insert into capture_ids (gateway, transaction_id, capture_id) values ($1, $2, $3) on conflict do nothing`,
    values: [gateway, transactionId, captureId],
  });
}

export interface Money {
  /** Our id of the merchant account whose key proved it: there the money is. */
  readonly merchant: string;
  readonly fact: PaymentFact & { readonly amount: number };
  /** Whether it may pay demands; otherwise all of it is excess. */
  readonly mayPay: boolean;
}

/** Takes money that is not in the books yet, and does with it what follows. */
export async function captureMoney(
  client: pg.PoolClient,
  attempt: Attempt,
  { merchant, fact, mayPay }: Money,
  settings: PostingSettings,
): Promise<void> {
  await lockAccount(client, attempt);
  await keepMerchantAccount(client, { id: merchant, gateway: fact.gateway, merchantId: fact.merchantId });
  const paidAt = new Date(fact.at ?? Date.now());
  const paidOn = dateInKolkata(paidAt.getTime());
  const captureId = await writeCapture(client, attempt, { merchant, fact, paidAt });
  await keepTransactionId(client, fact, captureId);

  const { orderId } = attempt;
  const dues = mayPay ? await duesInBooks(client, orderId, attempt) : [];
  const credit = mayPay ? await creditFor(client, orderId) : noCredit;
  const { parts } = allocate(paise(fact.amount + Math.min(credit.wanted, credit.free)), dues, paidOn);
  const paid = sum(parts.map(({ cash }) => total(cash)));
  const excess = Math.max(0, fact.amount - paid);
  const uses = await useCredit(client, attempt, {
    orderId,
    captureId,
    amount: creditNeeded(parts, paise(fact.amount)),
  });
  const money = { captureId, amount: paise(fact.amount - excess) };
  const funded = fundedBy<Payer, OrderedPart>(parts, [...uses, money]);
  if (parts.length > 0) await writeAllocations(client, attempt, { orderId, paidOn, parts, funded });
  // Also where it pays nothing: the gateway has the money, and "failed" would promise that the bank returns it.
  await moveAttempt(client, attempt, 'success');
  const mine = funded.find(({ source }) => source === money)?.parts ?? [];
  await post(client, { attempt, captureId, merchant, parts: mine, excess, paidOn });
  await postUses(client, { orderId, service: attempt.service, paidOn }, funded);
  if (paid > 0) {
    await issueReceipt(client, {
      ...settings,
      captureId,
      orderId,
      amount: paid,
      paidAt,
      parts: parts.filter(({ cash }) => total(cash) > 0),
    });
  }
  const settled = parts.filter(({ settles }) => settles).map(({ due }) => due);
  if (settled.length > 0)
    await whatFollows[attempt.service]?.(client, { orderId, paid: settled, paidAt }, settings);
  const isCreditGone = credit.free < credit.wanted;
  const unpaid = dues.filter(
    ({ demandId, books }) =>
      isCreditGone &&
      !books.isSettled &&
      !books.isClosed &&
      !parts.some((part) => part.demandId === demandId),
  );
  await callPeople(client, { orderId, captureId, parts, unpaid, excess, isCreditGone });
}

const noCredit = { wanted: paise(0), free: paise(0) };

async function writeCapture(
  client: pg.PoolClient,
  attempt: Attempt,
  { merchant, fact, paidAt }: { merchant: string; fact: Money['fact']; paidAt: Date },
): Promise<bigint> {
  const { rows } = await client.query<{ id: bigint }>({
    name: 'write-capture',
    text: `insert into captures (gateway, merchant, attempt_id, amount, bank_reference, method, captured_at, captured_at_as_told)
           values ($1, $2, $3, $4, $5, $6, $7, $8) returning id`,
    values: [
      fact.gateway,
      merchant,
      attempt.id,
      fact.amount,
      fact.bankReference,
      fact.method,
      paidAt,
      fact.atAsTold,
    ],
  });
  if (!rows[0]) throw new Error('a capture was not written');
  return rows[0].id;
}

interface Posting {
  readonly attempt: Attempt;
  readonly captureId: bigint;
  readonly merchant: string;
  readonly parts: readonly OrderedPart[];
  readonly excess: number;
  readonly paidOn: ReturnType<typeof dateInKolkata>;
}

async function post(
  client: pg.PoolClient,
  { attempt, captureId, merchant, parts, excess, paidOn: valueDate }: Posting,
): Promise<void> {
  const { orderId, service } = attempt;
  const clearing = clearingAccount(merchant);
  const shared = { source: { type: 'capture', id: String(captureId) }, valueDate } as const;
  const narration = `order ${orderId}`;
  await postEntry(client, {
    ...shared,
    kind: 'payment',
    narration,
    lines: paymentLines(service, parts, clearing),
  });
  const lines = [[clearing, excess] as const, ['liability/excess', -excess] as const];
  await postEntry(client, { ...shared, kind: 'excess', narration, lines });
}

interface Left {
  readonly orderId: Attempt['orderId'];
  readonly captureId: bigint;
  readonly parts: readonly OrderedPart[];
  /** Bills for which no money was left. */
  readonly unpaid: readonly OrderedDue[];
  readonly excess: number;
  /** Another payment has used the credit: only one that succeeds after it had failed comes so late. */
  readonly isCreditGone: boolean;
}

/** Excess waits for a person, and so does a bill that was paid in part. */
async function callPeople(
  client: pg.PoolClient,
  { orderId, captureId, parts, unpaid, excess, isCreditGone }: Left,
): Promise<void> {
  const about = { subject: 'payment', subjectId: orderId } as const;
  if (excess > 0) {
    await openCase(client, {
      ...about,
      kind: 'excess',
      fact: `capture-${captureId}`,
      reason: 'paid before',
      amount: excess,
    });
  }
  const left = [
    ...parts
      .filter(({ settles }) => !settles)
      .map(({ demandId, amount, cash, covered }) => ({ demandId, amount, covered, paid: total(cash) })),
    ...unpaid.map(({ demandId, due }) => ({ demandId, amount: due.payable, covered: 0, paid: 0 })),
  ];
  for (const { demandId, amount, covered, paid } of left) {
    await openCase(client, {
      ...about,
      kind: 'partPaid',
      fact: `capture-${captureId}-${demandId}`,
      reason: isCreditGone ? 'the credit had paid something else' : 'the register has raised the bill',
      amount: amount - covered - paid,
      details: { demand: demandId, bill: amount, paid },
    });
  }
}
