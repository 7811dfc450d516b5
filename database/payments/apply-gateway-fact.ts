/**
 * The one way in which what a gateway says becomes true here. Its words are kept first, committed in their own right; then
 * each fact among them has its effect in one transaction: the claim is checked against what we asked for, the attempt moved,
 * money allocated, the ledger posted, the receipt issued, a person called where one is needed, and the workflow told. A fact is
 * applied again whenever it comes again: what is true already changes nothing, and what the same words mean may depend on the time.
 */
import type pg from 'pg';
import { dateInKolkata } from '../../domain/calendar.ts';
import type { GatewayName } from '../../domain/payments/gateways.ts';
import { isSameMoney } from '../../domain/payments/capture.ts';
import type { FactSource, GatewayFact, PaymentFact, RefundFact } from '../../domain/payments/fact.ts';
import type { OrderId, ReviewReason } from '../../domain/payments/order.ts';
import { openCase, settleCase } from '../cases.ts';
import { inTransaction, isRefusedByData, type Database } from '../connection.ts';
import { tell } from '../outbox.ts';
import { lockAttempt, moveAttempt, type Attempt } from './attempts.ts';
import {
  attemptOfMoney,
  captureMeant,
  captureMoney,
  capturesOf,
  keepTransactionId,
  lockTransaction,
} from './capture.ts';
import type { PostingSettings } from '../../domain/payments/posting.ts';
import type { Claim } from './claim.ts';
import { keepEvidence } from './evidence.ts';
import { clearingAccount, postEntry } from './ledger.ts';
import { takeDispute } from './disputes.ts';
import { keepMerchantAccount } from './merchants.ts';
import { takeOwnRefund } from './own-refund.ts';
import { decidedNow, noteDecided } from './pool.ts';
import { callIfBeyond, refundSpokenOf } from './refunds.ts';
import { openReview, settleUndecided } from './reviews.ts';

/** What a gateway told, and the very words in which it did. */
export interface ToldFacts {
  readonly gateway: GatewayName;
  readonly facts: readonly GatewayFact[];
  /** Our id of the merchant account whose key proved it. */
  readonly merchant: string;
  readonly source: FactSource;
  readonly raw: string;
  /** What we asked, where this answers it. */
  readonly request?: string | undefined;
}

/** What came of one fact: whose it is, where it is ours. */
export interface FactOutcome {
  readonly fact: GatewayFact;
  readonly orderId: OrderId | undefined;
  /** `kept`: it could not be carried out; its words are kept, and a person was called. */
  readonly outcome: 'applied' | 'kept';
}

/**
 * Keeps the words and applies the facts in them.
 * @throws when the database cannot be reached: whoever brought the words may bring them again
 */
export async function receiveFacts(
  db: Database,
  { gateway, facts, merchant, source, raw, request }: ToldFacts,
  settings: PostingSettings,
): Promise<FactOutcome[]> {
  const [first] = facts;
  const { id: evidence, isNew } = await keepEvidence(db, {
    gateway,
    source,
    reference: first?.reference,
    request,
    raw,
  });
  const outcomes: FactOutcome[] = [];
  for (const [place, fact] of facts.entries()) {
    const claim = { fact, merchant, evidence, source };
    try {
      const orderId = await applyGatewayFact(db, claim, settings);
      if (!isNew)
        await settleCase(
          db,
          'notApplied',
          `evidence-${evidence}-${place}`,
          'it was carried out when it came again',
        );
      outcomes.push({ fact, orderId, outcome: 'applied' });
    } catch (error) {
      if (!isRefusedByData(error)) throw error;
      await openCase(db, {
        kind: 'notApplied',
        fact: `evidence-${evidence}-${place}`,
        subject: 'evidence',
        subjectId: String(evidence),
        reason: `${fact.kind} ${fact.says}`,
        ...(fact.amount !== undefined && { amount: fact.amount }),
        details: { gateway, reference: fact.reference, refusedBy: error.constraint ?? error.code },
      });
      outcomes.push({ fact, orderId: undefined, outcome: 'kept' });
    }
  }
  return outcomes;
}

/** Whose news it is; undefined when the gateway speaks of an attempt that is not ours. */
export async function applyGatewayFact(
  db: Database,
  claim: Claim,
  settings: PostingSettings,
): Promise<OrderId | undefined> {
  const { orderId, decided } = await inTransaction(db, async (client) => {
    const { fact, evidence } = claim;
    const attempt = await lockAttempt(client, fact.gateway, await namedAttempt(client, fact));
    const effect = await takeFact(client, claim, attempt, settings);
    if (!attempt || effect === false) return { orderId: attempt?.orderId };
    // Each effect is news of its own, also when the same words have it a second time.
    const key = `f:${attempt.orderId}:${evidence}:${fact.kind}:${attempt.state}`;
    await tell(client, 'payment', attempt.orderId, { key, news: { check: effect === 'ask' } });
    return { orderId: attempt.orderId, decided: await decidedNow(client, attempt.id) };
  });
  // In a transaction of its own: all payments of a merchant account meet at its health, and none waits there for a receipt.
  if (decided) await noteDecided(db, decided, Date.now());
  return orderId;
}

/**
 * What names the attempt of a fact: of a refund of ours its reference does, whatever else the gateway says of the order. Where
 * nothing names it, the money does, if it is in the books.
 */
async function namedAttempt(
  client: pg.PoolClient,
  fact: GatewayFact,
): Promise<Pick<GatewayFact, 'reference' | 'gatewayOrderId'>> {
  if (fact.kind === 'refund' && fact.refundReference !== undefined) {
    const refund = await refundSpokenOf(client, fact);
    if (refund) return { reference: refund.asked.reference };
  }
  if (fact.reference !== undefined || fact.gatewayOrderId !== undefined) return fact;
  return (await attemptOfMoney(client, fact)) ?? fact;
}

/** Whether anything is different now; `ask`: the gateway contradicts itself and is to be asked what holds. */
type Effect = boolean | 'ask';

function takeFact(
  client: pg.PoolClient,
  { fact, ...proof }: Claim,
  attempt: Attempt | undefined,
  settings: PostingSettings,
): Promise<Effect> {
  if (fact.kind === 'refund') return takeRefund(client, { fact, ...proof }, attempt, settings);
  if (fact.kind === 'dispute') return takeDispute(client, { fact, ...proof }, attempt);
  if (!attempt) return takeUnknown(client, { fact, ...proof });
  return fact.says === 'success'
    ? takeSuccess(client, { fact, ...proof }, attempt, settings)
    : takeWord(client, { fact, ...proof }, attempt);
}

/** Checks a claim for merchant, order and currency, whatever it says: one account's key proves nothing about another's money. */
function doubtOf({ fact, merchant }: Claim<PaymentFact>, attempt: Attempt): ReviewReason | undefined {
  if (fact.merchantId !== attempt.merchantId || merchant !== attempt.merchant) return 'merchant';
  const { gatewayOrderId, reference } = fact;
  const isOtherOrder =
    gatewayOrderId !== undefined &&
    attempt.gatewayOrderId !== null &&
    gatewayOrderId !== attempt.gatewayOrderId;
  if (isOtherOrder || (reference !== undefined && reference !== attempt.reference)) return 'order';
  const isOtherCurrency =
    fact.currency === undefined ? fact.currencyAsTold !== undefined : fact.currency !== 'INR';
  return isOtherCurrency ? 'currency' : undefined;
}

async function takeSuccess(
  client: pg.PoolClient,
  claim: Claim<PaymentFact>,
  attempt: Attempt,
  settings: PostingSettings,
): Promise<boolean> {
  const { fact, merchant } = claim;
  const known = await capturesOf(client, attempt.id);
  const elsewhere =
    fact.transactionId === undefined
      ? undefined
      : await lockTransaction(client, fact.gateway, fact.transactionId);
  const doubt =
    doubtOf(claim, attempt) ??
    (fact.currency === undefined ? 'currency' : undefined) ??
    (elsewhere && elsewhere.attemptId !== attempt.id ? 'transaction' : undefined);
  if (doubt) return openReview(client, claim, attempt, doubt);
  const same = known.find((capture) => isSameMoney(fact, capture));
  if (same) {
    // A person may have taken another amount for it, on a word of the gateway that it has mended since.
    if (fact.amount !== undefined && fact.amount !== same.amount)
      return openReview(client, claim, attempt, 'amount');
    await keepTransactionId(client, fact, same.id);
    await settleCase(
      client,
      'reversal',
      `attempt-${attempt.reference}`,
      'the gateway says again that it has the money',
    );
    return moveAttempt(client, attempt, 'success');
  }
  const { amount } = fact;
  if (amount === undefined || amount !== attempt.amount) return openReview(client, claim, attempt, 'amount');
  await captureMoney(client, attempt, { merchant, fact: { ...fact, amount }, mayPay: true }, settings);
  await settleUndecided(client, attempt, 'the gateway has said it rightly since');
  return true;
}

/** Everything but a success. A claim that is not about this very attempt changes nothing of it. */
async function takeWord(client: pg.PoolClient, claim: Claim<PaymentFact>, attempt: Attempt): Promise<Effect> {
  const { fact } = claim;
  if (doubtOf(claim, attempt)) return false;
  if (attempt.state === 'success') return takeReversal(client, claim, attempt);
  // What a person has to decide is settled by a right success, and by no other word.
  if (attempt.state === 'review') return false;
  switch (fact.says) {
    case 'pending':
    case 'failed':
    case 'cancelled': {
      const isMoved = await moveAttempt(client, attempt, fact.says, fact);
      if (isMoved && fact.says !== 'pending')
        await settleUndecided(client, attempt, 'the bank has decided since');
      return isMoved;
    }
    case 'notFound':
      // Decisive only when no payment can be under way any more.
      if (!attempt.isOver || !(await moveAttempt(client, attempt, 'expired'))) return false;
      await settleUndecided(client, attempt, 'the gateway knows of no payment');
      return true;
    default:
      // Words that we do not know may stand for a success: the gateway is asked, unless it has just answered with them.
      return claim.source === 'query' ? false : 'ask';
  }
}

/** The gateway takes a success back. The money stays in the books until a person knows what became of it. */
async function takeReversal(
  client: pg.PoolClient,
  { fact, evidence }: Claim<PaymentFact>,
  attempt: Attempt,
): Promise<Effect> {
  if (fact.says !== 'failed' && fact.says !== 'cancelled') return false;
  const captures = await capturesOf(client, attempt.id);
  // Several tries under one order are usual: the failure of another transaction takes nothing back.
  const { transactionId } = fact;
  const about =
    transactionId !== undefined &&
    captures.find(({ transactionIds }) => transactionIds.includes(transactionId));
  if (!about) return false;
  const id = await openCase(client, {
    kind: 'reversal',
    fact: `attempt-${attempt.reference}`,
    subject: 'payment',
    subjectId: attempt.orderId,
    reason: `the gateway says ${fact.says} after success`,
    amount: about.amount,
    details: { reference: attempt.reference, evidence: String(evidence), code: fact.code },
  });
  // It may be old news that comes late: then the gateway says success when it is asked, which closes the case.
  return id === undefined ? false : 'ask';
}

/** Money that a gateway gives back by itself has left it: the books say so, and a person sets right what it had paid. */
async function takeRefund(
  client: pg.PoolClient,
  claim: Claim<RefundFact>,
  attempt: Attempt | undefined,
  settings: PostingSettings,
): Promise<boolean> {
  const { fact, merchant, evidence } = claim;
  const { gateway, amount, says } = fact;
  // Whoever asked hears it; of money that went back it says nothing.
  if (says === 'notFound') return false;
  const own = attempt && (await refundSpokenOf(client, fact));
  if (own) return takeOwnRefund(client, claim, own, settings);
  // Without an id of its own, another refund of the same money is told from it by its amount.
  const refundId =
    fact.refundId ??
    [fact.reference ?? fact.gatewayOrderId, fact.transactionId, fact.amount]
      .map((each) => each ?? '')
      .join('/');
  const captureId = attempt && (await captureMeant(client, fact, attempt.id));
  const { rowCount } = await client.query({
    name: 'keep-gateway-refund',
    text: `insert into gateway_refunds as r (gateway, refund_id, attempt_id, capture_id, amount, says)
           values ($1, $2, $3, $4, $5, $6)
           on conflict (gateway, refund_id) do update set says = excluded.says, amount = coalesce(excluded.amount, r.amount)
             where r.says <> excluded.says and r.says <> 'refunded'`,
    values: [gateway, refundId, attempt?.id, captureId, amount, says],
  });
  if (rowCount === 0) return false;
  if (attempt && captureId !== undefined) await callIfBeyond(client, captureId, attempt.orderId);
  if (says === 'refunded' && amount !== undefined && attempt) {
    await keepMerchantAccount(client, { id: merchant, gateway, merchantId: fact.merchantId });
    await postEntry(client, {
      kind: 'refund',
      source: { type: 'gateway refund', id: `${gateway}/${refundId}` },
      valueDate: dateInKolkata(fact.at ?? Date.now()),
      narration: `refund by the gateway, order ${attempt.orderId}`,
      lines: [
        [clearingAccount(merchant), -amount],
        ['suspense/refunded', amount],
      ],
    });
  }
  await openCase(client, {
    kind: 'gatewayRefund',
    fact: `${gateway}/${refundId}/${says}`,
    subject: attempt ? 'payment' : 'evidence',
    subjectId: attempt?.orderId ?? String(evidence),
    reason: `the gateway says ${says}`,
    ...(amount !== undefined && { amount }),
    details: { reference: fact.reference, refund: refundId, evidence: String(evidence) },
  });
  return true;
}

/** Money under a reference that is not ours stands in suspense until a person knows whose it is. */
async function takeUnknown(
  client: pg.PoolClient,
  { fact, merchant, evidence }: Claim<PaymentFact>,
): Promise<boolean> {
  // Without money there is nothing that a person would have to look into.
  if (fact.says !== 'success') return false;
  const { gateway, amount } = fact;
  const id = `${gateway}/${fact.transactionId ?? fact.reference ?? fact.gatewayOrderId ?? ''}`;
  const opened = await openCase(client, {
    kind: 'unknownReference',
    fact: id,
    subject: 'evidence',
    subjectId: String(evidence),
    reason: 'nobody here asked for it',
    ...(amount !== undefined && { amount }),
    details: {
      gateway,
      merchant,
      reference: fact.reference,
      transaction: fact.transactionId,
      bankReference: fact.bankReference,
      amountAsTold: fact.amountAsTold,
    },
  });
  if (opened === undefined) return false;
  if (amount !== undefined && amount > 0) {
    await keepMerchantAccount(client, { id: merchant, gateway, merchantId: fact.merchantId });
    await postEntry(client, {
      kind: 'suspense',
      source: { type: 'claim', id },
      valueDate: dateInKolkata(fact.at ?? Date.now()),
      narration: 'money under an unknown reference',
      lines: [
        [clearingAccount(merchant), amount],
        ['suspense/unknown', -amount],
      ],
    });
  }
  return true;
}
