/**
 * How the books and Temporal come to agree again after one of the two was restored to an earlier moment (docs/restore.md).
 * Everything here may be done again: what is there already stays as it is.
 */
import type pg from 'pg';
import { attemptStates, type AttemptState } from '../domain/payments/attempt.ts';
import type { CitizenId } from '../domain/citizen.ts';
import {
  toPay,
  type AttemptStanding,
  type Order,
  type OrderId,
  type Standing,
} from '../domain/payments/order.ts';
import type { RefundStanding, RefundState } from '../domain/payments/refund.ts';
import type { MessageAbout } from '../domain/outbound.ts';
import type { RenewalStanding } from '../domain/renewal.ts';
import { readSerialNumber } from '../domain/serial-number.ts';
import { openCase, settleCasesAbout } from './cases.ts';
import { inTransaction, type Database } from './connection.ts';
import { askOfficer } from './licences/renewals.ts';
import { tell } from './outbox.ts';
import { refundsUnderWay } from './payments/states.ts';
import { keepMerchantAccount } from './payments/merchants.ts';
import { unfinished } from './payments/states.ts';

/** What Temporal remembers of a payment; without a standing, of one that was never looked at. */
export interface RememberedPayment {
  readonly order: Order;
  readonly standing?: Standing;
}

/**
 * Writes into books that have lost it what Temporal remembers of a payment: the order, where it was tried, the numbers of
 * its receipts and what the citizen was told. The money itself is not written: the workflow asks the gateway, as always.
 *
 * @param restore names the restore, so that each leaves its own word for the workflow
 */
export async function rebuildPayment(
  db: Database,
  { order, standing }: RememberedPayment,
  restore: string,
): Promise<void> {
  await inTransaction(db, async (client) => {
    await writeOrder(client, order);
    if (standing) {
      if (standing.state === 'cancelled')
        await client.query('update orders set cancelled_at = coalesce(cancelled_at, now()) where id = $1', [
          order.id,
        ]);
      await writeAttempts(client, order, standing.attempts);
      for (const { number } of standing.receipts) await keepNumber(client, number, order.id);
      await noteTold(
        client,
        order.citizenId,
        { entity: 'payment', id: order.id },
        standing.told.map((telling) => `${order.id}-${telling}`),
      );
    }
    await tell(client, 'payment', order.id, {
      key: `restored:${restore}:${order.id}`,
      news: { check: false },
    });
    await tell(client, 'payment', order.id, {
      key: `restored:${restore}:${order.id}:check`,
      news: { check: true },
    });
  });
}

async function writeOrder(client: pg.PoolClient, order: Order): Promise<void> {
  const {
    id,
    token,
    service,
    account,
    amount,
    credit = 0,
    citizenId,
    language,
    createdAt,
    expiresAt,
    dues,
  } = order;
  await keepCitizen(client, citizenId);
  await client.query({
    name: 'rebuild-order',
    text: `with made as (
             insert into orders (id, token, service, account_kind, account_number, account, amount, citizen_id, language,
               created_at, expires_at, credit)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, to_timestamp($10::float8 / 1000), to_timestamp($11::float8 / 1000), $13)
             on conflict (id) do nothing returning id
           )
           insert into order_demands (order_id, position, demand_id, due)
           select made.id, d.place, d.due ->> 'id', d.due
           from made, jsonb_array_elements($12::jsonb) with ordinality as d (due, place)`,
    values: [
      id,
      token,
      service,
      account.kind,
      account.number,
      account,
      amount,
      citizenId,
      language,
      createdAt,
      expiresAt,
      JSON.stringify(dues),
      credit,
    ],
  });
}

/** A citizen of whom only our own id is left. Who they are is learnt when they write again, under another id. */
async function keepCitizen(client: pg.PoolClient, citizenId: CitizenId | undefined): Promise<void> {
  if (citizenId === undefined) return;
  await client.query({
    name: 'rebuild-citizen',
    text: 'insert into citizens (id) values ($1) on conflict do nothing',
    values: [citizenId],
  });
}

/** An attempt at which money may have come is written as undecided: what the gateway says, when it is asked, decides. */
const rebuiltAs = (state: AttemptState): AttemptState =>
  state === 'success' || attemptStates[state] === 'undecided' ? 'pending' : state;

async function writeAttempts(
  client: pg.PoolClient,
  order: Order,
  attempts: readonly AttemptStanding[],
): Promise<void> {
  for (const attempt of attempts) {
    const {
      reference,
      gateway,
      merchant,
      merchantId,
      gatewayOrderId,
      state,
      reason,
      choice,
      chat,
      openedAt,
    } = attempt;
    await keepMerchantAccount(client, { id: merchant, gateway, merchantId });
    const rebuilt = rebuiltAs(state);
    await client.query({
      name: 'rebuild-attempt',
      // One that the books have as open may have failed since; whatever they have decided stays.
      text: `insert into attempts as a (order_id, gateway, merchant, merchant_id, reference, gateway_order_id, amount, state,
               reason, usable_until, opened_at, decided_at, choice, chat)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, to_timestamp($10::float8 / 1000),
               to_timestamp($11::float8 / 1000), case when $12 then now() end, $13, $14)
             on conflict (reference) do update set state = excluded.state, reason = excluded.reason,
               gateway_order_id = coalesce(a.gateway_order_id, excluded.gateway_order_id),
               usable_until = excluded.usable_until, decided_at = excluded.decided_at,
               redirect = case when $12 then null else a.redirect end
             where a.state in (${unfinished})`,
      values: [
        order.id,
        gateway,
        merchant,
        merchantId,
        reference,
        gatewayOrderId,
        toPay(order),
        rebuilt,
        reason,
        attempt.usableUntil,
        openedAt,
        attemptStates[rebuilt] === 'decided',
        choice,
        chat,
      ],
    });
  }
}

/** Keeps a number that was given for whatever it was given to, and for nobody else. */
async function keepNumber(client: pg.PoolClient, number: string, about: string): Promise<void> {
  const { series, year, ordinal } = readSerialNumber(number);
  await client.query({
    name: 'keep-number',
    text: `with series as (
             insert into number_series as s (series, financial_year, last) values ($1, $2, $3)
             on conflict (series, financial_year) do update set last = greatest(s.last, excluded.last)
           )
           insert into given_numbers (series, financial_year, ordinal, about) select $1, $2, $3, $4
           where not exists (select from receipts where number = $5 union all select from certificates where number = $5
             union all select from credit_notes where number = $5)
           on conflict do nothing`,
    values: [series, year, ordinal, about, number],
  });
}

/** What a citizen was told is not told again. */
async function noteTold(
  client: pg.PoolClient,
  citizenId: CitizenId | undefined,
  about: MessageAbout,
  messageIds: readonly string[],
): Promise<void> {
  if (citizenId === undefined) return;
  await client.query({
    name: 'rebuild-told',
    text: `insert into messages as m (id, citizen_id, about, about_id, text_key, kind, state, wamid)
           select id, $1, $2, $3, 'told before the restore', 'text', 'accepted', 'restored:' || id
           from unnest($4::text[]) id
           on conflict (id) do update set state = greatest(m.state, 'accepted'), wamid = coalesce(m.wamid, excluded.wamid),
             in_flight_since = null`,
    values: [citizenId, about.entity, about.id, messageIds],
  });
}

/** Writes into books that have lost it what Temporal remembers of a renewal; what was paid for it comes with its payment. */
export async function rebuildRenewal(
  db: Database,
  standing: RenewalStanding,
  restore: string,
): Promise<void> {
  const { id, licence, application, citizenId, language, years, payment, order, appliedAt } = standing;
  await inTransaction(db, async (client) => {
    await keepCitizen(client, citizenId);
    if (payment && order) {
      await writeOrder(client, {
        ...order,
        ...payment,
        service: 'tradeLicence',
        account: licence,
        ...(citizenId && { citizenId }),
        language,
        createdAt: appliedAt,
      });
    }
    const isPaid = standing.state === 'renewed' || standing.state === 'held';
    await client.query({
      name: 'rebuild-renewal',
      text: `insert into renewals as r (id, licence_number, period, application, citizen_id, language, licence, years, state,
               reason, decided_at, order_id, applied_at, expires_at, outdone)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, case when $11 then to_timestamp($13::float8 / 1000) end, $12,
               to_timestamp($13::float8 / 1000), to_timestamp($14::float8 / 1000), $15)
             on conflict (id) do update set application = excluded.application, citizen_id = excluded.citizen_id,
               language = excluded.language, licence = excluded.licence, years = excluded.years, state = excluded.state,
               reason = excluded.reason, decided_at = excluded.decided_at, order_id = excluded.order_id,
               applied_at = excluded.applied_at, expires_at = excluded.expires_at, outdone = excluded.outdone
             where r.state not in ('renewed', 'held')`,
      values: [
        id,
        licence.number,
        id.slice(licence.number.length + 1),
        application,
        citizenId,
        language,
        licence,
        years,
        isPaid ? 'awaitingPayment' : standing.state,
        standing.reason,
        standing.approved,
        order?.id,
        appliedAt,
        payment?.expiresAt,
        JSON.stringify(standing.outdone),
      ],
    });
    const about = { subject: 'renewal', subjectId: id } as const;
    // What it costs is remembered only where there is an order, and before the officer agrees there is none.
    if (standing.state === 'awaitingApproval') await askOfficer(client, { id, licence, years });
    else await settleCasesAbout(client, ['licenceApproval'], about, 'it was decided before the restore');
    if (standing.certificate) await keepNumber(client, standing.certificate.number, id);
    await noteTold(client, citizenId, { entity: 'renewal', id }, standing.told);
    await tell(client, 'renewal', id, { key: `restored:${restore}:${id}`, news: {} });
  });
}

/** What the gateway has said that it did is asked for again, by our reference: it says the same once more. */
const rebuiltRefund = (state: RefundState): RefundState => (state === 'refunded' ? 'submitted' : state);

/**
 * Writes into books that have lost it what Temporal remembers of a refund to which two persons had agreed. No money is written:
 * the workflow asks the gateway, as soon as the books have the payment again. A request that waited for its second person is made
 * anew by whoever made it.
 */
export async function rebuildRefund(db: Database, standing: RefundStanding, restore: string): Promise<void> {
  const { reference, order, attempt, state, approvedBy, creditNote, cases } = standing;
  if (approvedBy === undefined) return;
  const rebuilt = rebuiltRefund(state);
  await inTransaction(db, async (client) => {
    await writeOrder(client, order);
    await writeAttempts(client, order, [{ ...attempt, state: 'success' }]);
    await client.query({
      name: 'rebuild-refund',
      text: `insert into refunds as r (reference, order_id, attempt_id, gateway, transaction_id, amount, excess, reason, due_again,
               state, requested_by, requested_at, approved_by, approved_at, submitted_at, decided_at, failure)
             select $1, $2, a.id, $4, $5, $6, $7, $8, $9, $10::refund_state, $11, to_timestamp($12::float8 / 1000), $13,
               to_timestamp($14::float8 / 1000), to_timestamp($15::float8 / 1000), case when $10::refund_state = 'failed' then now() end, $16
             from attempts a where a.reference = $3
             on conflict (reference) do update set state = excluded.state, approved_by = excluded.approved_by,
               approved_at = excluded.approved_at, submitted_at = excluded.submitted_at, decided_at = excluded.decided_at,
               failure = excluded.failure
             where r.state in (${refundsUnderWay})`,
      values: [
        reference,
        order.id,
        attempt.reference,
        attempt.gateway,
        standing.transactionId,
        standing.amount,
        standing.excess,
        standing.reason,
        standing.dueAgain,
        rebuilt,
        standing.requestedBy,
        standing.requestedAt,
        approvedBy,
        standing.approvedAt,
        standing.submittedAt,
        standing.failure,
      ],
    });
    const about = { subject: 'refund', subjectId: reference } as const;
    await settleCasesAbout(client, ['refundApproval'], about, 'it was decided before the restore');
    // Nothing else would say any more that nobody has looked after it.
    if (cases.some(({ kind }) => kind === 'refundFailed')) {
      const failed = {
        kind: 'refundFailed',
        fact: reference,
        ...about,
        reason: standing.failure ?? state,
      } as const;
      await openCase(client, { ...failed, amount: standing.amount, details: { orderId: order.id } });
    }
    if (creditNote !== undefined) await keepNumber(client, creditNote, reference);
    await noteTold(
      client,
      order.citizenId,
      { entity: 'refund', id: reference },
      standing.told.map((telling) => `${reference}-${telling}`),
    );
    await tell(client, 'refund', reference, {
      key: `restored:${restore}:${reference}`,
      news: { check: true },
    });
  });
}

/** Whether the books know a citizen. */
export async function isKnown(db: Database, citizenId: CitizenId): Promise<boolean> {
  const { rowCount } = await db.query({
    name: 'known-citizen',
    text: 'select from citizens where id = $1',
    values: [citizenId],
  });
  return rowCount === 1;
}

/** A number that waits for what it was given to. */
export interface GivenNumber {
  readonly series: string;
  readonly year: number;
  readonly ordinal: number;
  readonly about: string;
}

/** Numbers that were given before the restore, and to which nothing has come since: the gateway has not confirmed the money. */
export async function givenNumbers(db: Database): Promise<GivenNumber[]> {
  const { rows } = await db.query<GivenNumber>(
    `select series, financial_year as year, ordinal, about from given_numbers order by series, financial_year, ordinal`,
  );
  return rows;
}

/** Citizens whose conversations have gone on since a moment that Temporal no longer remembers. */
export async function conversationsSince(db: Database, since: Date): Promise<CitizenId[]> {
  const { rows } = await db.query<{ citizenId: CitizenId }>(
    `select distinct subject as "citizenId" from outbox where entity = 'conversation' and delivered_at >= $1`,
    [since],
  );
  return rows.map(({ citizenId }) => citizenId);
}

/**
 * Leaves word again for everything that Temporal may have forgotten since a moment: messages of citizens that nothing was
 * answered to, and every payment, renewal and refund that is not settled for long.
 *
 * @param watchMs for how long a payment asks its gateway
 */
export async function retell(
  db: Database,
  { since, watchMs, restore }: { readonly since: Date; readonly watchMs: number; readonly restore: string },
): Promise<void> {
  await inTransaction(db, async (client) => {
    await client.query(
      `update outbox o set delivered_at = null
       where o.entity = 'conversation' and o.delivered_at >= $1 and not exists (
         select from messages m where m.about = 'conversation' and m.about_id = o.subject
           and m.begun_at >= o.delivered_at and m.wamid is not null)`,
      [since],
    );
    const { rows: orders } = await client.query<{ id: OrderId }>(
      `select distinct a.order_id as id from attempts a
       where a.state in (${unfinished}) or greatest(a.opened_at, a.decided_at) >= $1::timestamptz - $2 * interval '1 millisecond'
       union select r.order_id from receipts r join postings p on p.receipt_number = r.number and p.state = 'due'
       union select order_id from credit_uses where at >= $1
       union select a.order_id from credits k join captures c on c.id = k.capture_id join attempts a on a.id = c.attempt_id
         where k.granted_at >= $1
       union select c.subject_id from cases c where c.subject = 'payment' and c.closed_at is null`,
      [since, watchMs],
    );
    for (const { id } of orders)
      await tell(client, 'payment', id, { key: `restored:${restore}:${id}`, news: { check: false } });
    const { rows: renewals } = await client.query<{ id: RenewalStanding['id'] }>(
      `select id from renewals
       where state in ('awaitingApproval', 'awaitingPayment') or greatest(applied_at, decided_at, renewed_at) >= $1
       union select c.subject_id from cases c where c.subject = 'renewal' and c.closed_at is null`,
      [since],
    );
    for (const { id } of renewals)
      await tell(client, 'renewal', id, { key: `restored:${restore}:${id}`, news: {} });
    const { rows: refunds } = await client.query<{ reference: RefundStanding['reference'] }>(
      `select reference from refunds
       where state in (${refundsUnderWay}) or greatest(requested_at, approved_at, decided_at) >= $1
       union select c.subject_id from cases c where c.subject = 'refund' and c.closed_at is null`,
      [since],
    );
    for (const { reference } of refunds)
      await tell(client, 'refund', reference, {
        key: `restored:${restore}:${reference}`,
        news: { check: false },
      });
  });
}
