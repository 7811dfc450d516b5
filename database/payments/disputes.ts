/**
 * What payers want back through the bank. While the bank has not decided, nobody gives that money back by a refund; when it has
 * decided for the payer, the money has left the gateway's account once. Late and repeated words change nothing.
 */
import type pg from 'pg';
import { dateInKolkata } from '../../domain/calendar.ts';
import type { DisputeFact } from '../../domain/payments/fact.ts';
import { openCase, settleCase } from '../cases.ts';
import type { Attempt } from './attempts.ts';
import { captureMeant } from './capture.ts';
import type { Claim } from './claim.ts';
import { clearingAccount, postEntry } from './ledger.ts';
import { callIfBeyond } from './refunds.ts';

type DisputeState = 'open' | 'won' | 'lost' | 'closed';

const states: Readonly<Record<DisputeFact['says'], DisputeState>> = {
  opened: 'open',
  underReview: 'open',
  won: 'won',
  lost: 'lost',
  closed: 'closed',
};

const endings: Readonly<Record<Exclude<DisputeState, 'open'>, string>> = {
  won: 'the bank has decided for the corporation',
  lost: 'the bank has decided for the payer',
  closed: 'it has ended without a decision',
};

/** @returns whether anything is different now */
export async function takeDispute(
  client: pg.PoolClient,
  claim: Claim<DisputeFact>,
  attempt: Attempt | undefined,
): Promise<boolean> {
  const { fact, merchant, evidence } = claim;
  const { gateway, disputeId, says } = fact;
  // One account's key proves nothing about another's money.
  const mine = attempt?.merchant === merchant && attempt.merchantId === fact.merchantId ? attempt : undefined;
  const captureId = mine && (await captureMeant(client, fact, mine.id));
  const state = states[says];
  const before = await write(client, fact, { state, attemptId: mine?.id, captureId });
  if (before === state || (before !== undefined && before !== 'open')) {
    if (before === state || state === 'open') return false;
    return callForContradiction(client, claim, mine, before);
  }
  const name = `${gateway}/${disputeId}`;
  const about = mine
    ? ({ subject: 'payment', subjectId: mine.orderId } as const)
    : ({ subject: 'evidence', subjectId: String(evidence) } as const);
  const { amount, reason, respondBy } = fact;
  const shown = {
    ...about,
    reason: reason ?? 'the gateway gives no reason',
    ...(amount !== undefined && { amount }),
    details: { reference: fact.reference, dispute: disputeId, respondBy, evidence: String(evidence) },
  };
  if (state === 'open') {
    await openCase(client, { kind: 'dispute', fact: name, ...shown });
    return true;
  }
  await settleCase(client, 'dispute', name, endings[state]);
  if (state !== 'lost') return true;
  await openCase(client, { kind: 'disputeLost', fact: name, ...shown });
  if (!mine || captureId === undefined) return true;
  await postLoss(client, claim, captureId);
  await callIfBeyond(client, captureId, mine.orderId);
  return true;
}

interface Written {
  readonly state: DisputeState;
  readonly attemptId: bigint | undefined;
  readonly captureId: bigint | undefined;
}

/** Writes down where a dispute stands, unless it was decided before. @returns where it stood; undefined when it is new */
async function write(
  client: pg.PoolClient,
  { gateway, disputeId, amount, reason, respondBy }: DisputeFact,
  { state, attemptId, captureId }: Written,
): Promise<DisputeState | undefined> {
  await client.query({
    name: 'lock-dispute',
    text: `select pg_advisory_xact_lock(hashtextextended('dispute ' || $1 || ' ' || $2, 0))`,
    values: [gateway, disputeId],
  });
  const { rows } = await client.query<{ state: DisputeState }>({
    name: 'read-dispute',
    text: 'select state from disputes where gateway = $1 and dispute_id = $2',
    values: [gateway, disputeId],
  });
  await client.query({
    name: 'write-dispute',
    text: `insert into disputes as d (gateway, dispute_id, attempt_id, capture_id, amount, state, reason, respond_by, decided_at)
           values ($1, $2, $3, $4, $5, $6, $7, to_timestamp($8::float8 / 1000), case when $6 <> 'open' then now() end)
           on conflict (gateway, dispute_id) do update set state = excluded.state,
             amount = coalesce(excluded.amount, d.amount), reason = coalesce(excluded.reason, d.reason),
             respond_by = coalesce(excluded.respond_by, d.respond_by), decided_at = excluded.decided_at
           where d.state = 'open'`,
    values: [gateway, disputeId, attemptId, captureId, amount, state, reason, respondBy],
  });
  return rows[0]?.state;
}

/** The money has left the gateway's account; what it had paid, a person sets right. */
async function postLoss(
  client: pg.PoolClient,
  { fact, merchant }: Claim<DisputeFact>,
  captureId: bigint,
): Promise<void> {
  const { gateway, disputeId, at = Date.now() } = fact;
  const { rows } = await client.query<{ amount: number }>({
    name: 'disputed-amount',
    text: `select coalesce(d.amount, c.amount)::float8 as amount from disputes d join captures c on c.id = d.capture_id
           where d.gateway = $1 and d.dispute_id = $2`,
    values: [gateway, disputeId],
  });
  const amount = rows[0]?.amount ?? 0;
  await postEntry(client, {
    kind: 'dispute',
    source: { type: 'dispute', id: `${gateway}/${disputeId}` },
    valueDate: dateInKolkata(at),
    narration: `dispute about capture ${captureId}, lost`,
    lines: [
      [clearingAccount(merchant), -amount],
      ['suspense/disputed', amount],
    ],
  });
}

/** It was decided before, and otherwise: nothing is posted twice or taken back, and a person asks the gateway. */
async function callForContradiction(
  client: pg.PoolClient,
  { fact, evidence }: Claim<DisputeFact>,
  attempt: Attempt | undefined,
  before: DisputeState,
): Promise<boolean> {
  const { gateway, disputeId, says, amount } = fact;
  const id = await openCase(client, {
    kind: 'dispute',
    fact: `${gateway}/${disputeId} ${says} after ${before}`,
    subject: attempt ? 'payment' : 'evidence',
    subjectId: attempt?.orderId ?? String(evidence),
    reason: `the gateway says ${says} after ${before}`,
    ...(amount !== undefined && { amount }),
    details: { reference: fact.reference, dispute: disputeId, evidence: String(evidence) },
  });
  return id !== undefined;
}
