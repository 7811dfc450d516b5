/** Renewals of licences: who applied, what an officer decided, where each stands. */
import type pg from 'pg';
import type { CertificateNumber } from '../../domain/certificate.ts';
import type { CalendarDate } from '../../domain/calendar.ts';
import type { CitizenId } from '../../domain/citizen.ts';
import type { Due, Licence } from '../../domain/dues.ts';
import type { Language } from '../../domain/language.ts';
import { paise } from '../../domain/money.ts';
import type { Order, OrderId, PayToken } from '../../domain/payments/order.ts';
import type {
  Applicant,
  RenewalId,
  RenewalPayment,
  RenewalStanding,
  RenewalState,
} from '../../domain/renewal.ts';
import { inTransaction, type Database } from '../connection.ts';
import { tell } from '../outbox.ts';
import { isTold } from '../messages.ts';
import { writeAudit, type Act } from '../audit.ts';
import { addOrder, cancelOrder } from '../payments/orders.ts';

export interface NewApplication {
  readonly id: RenewalId;
  readonly period: string;
  /** Masked. */
  readonly licence: Licence;
  readonly citizenId: CitizenId;
  readonly language: Language;
  readonly years: number;
  /** What is to be paid, in force on this day. */
  readonly dues: readonly Due[];
  readonly needsApproval: boolean;
  /** For how long it may stay unpaid, in milliseconds. */
  readonly lifetimeMs: number;
}

export type Applied =
  /** To be paid; without a payment, an officer has it first. */
  | { readonly is: 'applied'; readonly payment?: RenewalPayment }
  /** Somebody else is renewing the licence, in milliseconds since 1970 until when at most. */
  | { readonly is: 'taken'; readonly until?: number }
  /** The same citizen is paying for it at this moment, and cannot change it. */
  | { readonly is: 'paying' }
  | { readonly is: 'renewed' };

interface Held {
  readonly citizenId: CitizenId | null;
  readonly years: number;
  readonly state: RenewalState;
  readonly orderId: OrderId | null;
  readonly token: PayToken | null;
  readonly amount: number | null;
  /** Milliseconds since 1970. */
  readonly expiresAt: number | null;
  readonly over: boolean;
  readonly paying: boolean;
}

const ms = (column: string): string => `(extract(epoch from ${column}) * 1000)::float8`;

/** Whether money may be on its way for the order of the renewal `r`. */
const paying = `exists (select from attempts a where a.order_id = r.order_id
  and (a.state in ('pending', 'review') or (a.state in ('created', 'redirected')
    and coalesce(a.usable_until, a.opened_at + interval '1 minute') > now())))`;

/** Takes an application, unless somebody else's stands. The same citizen may choose another term as long as it is unpaid. */
export async function applyForRenewal(db: Database, wanted: NewApplication): Promise<Applied> {
  const { id, citizenId, years } = wanted;
  return inTransaction(db, async (client): Promise<Applied> => {
    const held = await hold(client, wanted);
    const { state, orderId } = held;
    if (state === 'renewed') return { is: 'renewed' };
    const stands = state === 'awaitingApproval' || held.paying || (state === 'awaitingPayment' && !held.over);
    if (stands) {
      if (held.citizenId !== citizenId) {
        return { is: 'taken', ...(held.expiresAt !== null && { until: held.expiresAt }) };
      }
      if (held.paying) return { is: 'paying' };
      if (held.years === years) return { is: 'applied', ...paymentOf(held) };
    }
    if (orderId !== null) await cancelOrder(client, orderId);
    const order = wanted.needsApproval ? undefined : await orderFor(client, wanted);
    await client.query({
      name: 'apply-for-renewal',
      text: `update renewals set application = gen_random_uuid()::text, citizen_id = $2, language = $3, licence = $4,
               years = $5, state = $6, reason = null, decided_at = null, order_id = $7, applied_at = now(),
               expires_at = to_timestamp($8::float8 / 1000)
             where id = $1`,
      values: [
        id,
        citizenId,
        wanted.language,
        wanted.licence,
        years,
        order ? 'awaitingPayment' : 'awaitingApproval',
        order?.id,
        order?.expiresAt,
      ],
    });
    await tellOfApplication(client, id);
    return { is: 'applied', ...(order && { payment: order }) };
  });
}

/** Locks the renewal, as it is or made free to be taken; its order first, as a payment does. */
async function hold(client: pg.PoolClient, wanted: NewApplication): Promise<Held> {
  const { id, period, licence, citizenId, language, years } = wanted;
  await client.query({
    name: 'open-renewal',
    text: `insert into renewals (id, licence_number, period, citizen_id, language, licence, years, state)
           values ($1, $2, $3, $4, $5, $6, $7, 'lapsed') on conflict (id) do nothing`,
    values: [id, licence.number, period, citizenId, language, licence, years],
  });
  await client.query({
    name: 'lock-order-of-renewal',
    text: 'select from orders where id = (select order_id from renewals where id = $1) for update',
    values: [id],
  });
  const { rows } = await client.query<Held>({
    name: 'lock-renewal',
    text: `select r.citizen_id as "citizenId", r.years, r.state, r.order_id as "orderId", o.token,
             o.amount::float8 as amount, ${ms('r.expires_at')} as "expiresAt",
             coalesce(r.expires_at <= now(), false) as over, ${paying} as paying
           from renewals r left join orders o on o.id = r.order_id where r.id = $1 for update of r`,
    values: [id],
  });
  const [held] = rows;
  if (!held) throw new Error(`no renewal ${id}`);
  return held;
}

function paymentOf({ token, amount, expiresAt }: Held): { readonly payment?: RenewalPayment } {
  if (token === null || amount === null || expiresAt === null) return {};
  return { payment: { token, amount: paise(amount), expiresAt } };
}

function orderFor(client: pg.PoolClient, wanted: Omit<NewApplication, 'id' | 'period'>): Promise<Order> {
  const { licence: account, dues, citizenId, language, lifetimeMs } = wanted;
  return addOrder(client, { service: 'tradeLicence', account, dues, citizenId, language, lifetimeMs });
}

/** Leaves word in the transaction of what there is to tell; each application and decision is news of its own. */
async function tellOfApplication(client: pg.PoolClient, id: RenewalId): Promise<void> {
  const { rows } = await client.query<{ key: string }>({
    name: 'news-of-renewal',
    text: `select application || ':' || state as key from renewals where id = $1`,
    values: [id],
  });
  await tell(client, 'renewal', id, { key: `n:${rows[0]?.key ?? id}`, news: {} });
}

/** What an officer decides. */
export type RenewalDecision = 'approve' | 'sendBack' | 'refuse';

export interface Deciding extends Act {
  readonly id: RenewalId;
  /** The application that the officer saw. */
  readonly application: string;
  readonly decision: RenewalDecision;
}

/**
 * Carries out an officer's decision, in one transaction with its entry in the audit log.
 * @param approved what is to be paid from now on; for `approve`
 * @returns false when the application does not wait for a decision
 */
export async function decideRenewal(
  db: Database,
  { id, application, decision, ...act }: Deciding,
  approved:
    { readonly licence: Licence; readonly dues: readonly Due[]; readonly lifetimeMs: number } | undefined,
): Promise<boolean> {
  return inTransaction(db, async (client) => {
    const { rows } = await client.query<{
      citizenId: CitizenId;
      language: Language;
      years: number;
      state: RenewalState;
      known: boolean;
    }>({
      name: 'lock-application',
      text: `select citizen_id as "citizenId", language, years, state,
               exists (select from audit_log where key = $3) as known
             from renewals where id = $1 and application = $2 for update`,
      values: [id, application, act.key],
    });
    const [row] = rows;
    if (!row) return false;
    // Decided by an earlier try of the same act whose end nobody heard of.
    if (row.known) return true;
    if (row.state !== 'awaitingApproval') return false;
    const order = approved && (await orderFor(client, { ...row, ...approved, needsApproval: false }));
    const state: Readonly<Record<RenewalDecision, RenewalState>> = {
      approve: 'awaitingPayment',
      sendBack: 'sentBack',
      refuse: 'refused',
    };
    await client.query({
      name: 'decide-renewal',
      text: `update renewals set state = $2, reason = $3, decided_at = now(), order_id = $4,
               expires_at = to_timestamp($5::float8 / 1000)
             where id = $1`,
      values: [id, state[decision], decision === 'approve' ? null : act.why, order?.id, order?.expiresAt],
    });
    await writeAudit(client, act, { renewal: id, decision });
    return true;
  });
}

/** Ends an application that was not paid in time; not while money may be on its way. */
export async function lapseRenewal(db: Database, id: RenewalId, application: string): Promise<void> {
  await db.query({
    name: 'lapse-renewal',
    text: `update renewals r set state = 'lapsed'
           where id = $1 and application = $2 and state = 'awaitingPayment' and expires_at <= now() and not ${paying}`,
    values: [id, application],
  });
}

interface StandingRow {
  readonly application: string;
  readonly citizenId: CitizenId | null;
  readonly language: Language;
  readonly licence: Licence;
  readonly years: number;
  readonly state: RenewalState;
  readonly reason: string | null;
  readonly approved: boolean;
  readonly appliedAt: number;
  readonly orderId: OrderId | null;
  readonly token: PayToken | null;
  readonly amount: number | null;
  readonly expiresAt: number | null;
  readonly paying: boolean;
  readonly mayRemind: boolean;
  readonly certificate: { readonly number: CertificateNumber; readonly validUntil: CalendarDate } | null;
  readonly outdone: readonly Applicant[];
  readonly told: readonly string[] | null;
}

/** The ids of all messages that there may be about the renewal `r`. */
const tellings = `array(select r.application || kind from unnest(array[
    '-approved', '-sentBack', '-refused', '-reminder', '-certificate-' || c.number, '-words-' || c.number]) kind)
  || array(select (o ->> 'application') || '-outdone' from jsonb_array_elements(r.outdone) o)`;

const standing = `
  select r.application, r.citizen_id as "citizenId", r.language, r.licence, r.years, r.state, r.reason,
    r.state = 'awaitingPayment' and r.decided_at is not null as approved,
    ${ms('coalesce(r.decided_at, r.applied_at)')} as "appliedAt", o.token, o.amount::float8 as amount,
    ${ms('r.expires_at')} as "expiresAt", ${paying} as paying, z.opted_out_at is null as "mayRemind",
    case when c.number is not null
      then jsonb_build_object('number', c.number, 'validUntil', r.valid_until) end as certificate,
    r.outdone, (select array_agg(m.id) from messages m where m.id = any (${tellings}) and ${isTold}) as told
  from renewals r
  left join orders o on o.id = r.order_id
  left join citizens z on z.id = r.citizen_id
  left join certificates c on c.renewal_id = r.id and c.revoked_at is null
  where r.id = $1`;

export async function readRenewal(db: Database, id: RenewalId): Promise<RenewalStanding | undefined> {
  const { rows } = await db.query<StandingRow>({ name: 'read-renewal', text: standing, values: [id] });
  const [row] = rows;
  if (!row) return undefined;
  const { citizenId, reason, token, amount, expiresAt, certificate, told, ...rest } = row;
  const payment = token !== null && amount !== null && expiresAt !== null;
  return {
    id,
    ...rest,
    ...(citizenId !== null && { citizenId }),
    ...(reason !== null && { reason }),
    ...(payment && { payment: { token, amount: paise(amount), expiresAt } }),
    ...(certificate && { certificate }),
    told: told ?? [],
  };
}

/** The certificate in force of the last renewal of a licence that this very citizen paid or had paid. */
export async function ownCertificate(
  db: Database,
  citizenId: CitizenId,
  licenceNumber: string,
): Promise<CertificateNumber | undefined> {
  const { rows } = await db.query<{ number: CertificateNumber }>({
    name: 'own-certificate',
    text: `select c.number from renewals r join certificates c on c.renewal_id = r.id and c.revoked_at is null
           where r.licence_number = $1 and r.valid_until is not null and r.citizen_id = $2
           order by r.valid_until desc limit 1`,
    values: [licenceNumber, citizenId],
  });
  return rows[0]?.number;
}
