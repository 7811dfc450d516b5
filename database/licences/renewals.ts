/** Renewals of licences: who applied, what an officer decided, where each stands. */
import type pg from 'pg';
import type { CertificateNumber } from '../../domain/certificate.ts';
import type { CalendarDate } from '../../domain/calendar.ts';
import type { CitizenId } from '../../domain/citizen.ts';
import type { Licence } from '../../domain/accounts/licence.ts';
import type { Due } from '../../domain/dues.ts';
import type { Language } from '../../domain/language.ts';
import { paise, sum } from '../../domain/money.ts';
import type { Order, OrderId, PayToken } from '../../domain/payments/order.ts';
import type {
  Outdone,
  RenewalCase,
  RenewalId,
  RenewalPayment,
  RenewalStanding,
  RenewalState,
} from '../../domain/renewal.ts';
import { inTransaction, type Database } from '../connection.ts';
import { tell } from '../outbox.ts';
import { isTold } from '../messages.ts';
import { openCase, settleCasesAbout } from '../cases.ts';
import { addOrder, cancelOrder } from '../payments/orders.ts';
import { isAtGateway, isUndecided } from '../payments/states.ts';
import { asOutdone } from './extend.ts';

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
  /** How many applications one citizen may have open. */
  readonly openAtMost: number;
}

export type Applied =
  /** To be paid; without a payment, an officer has it first. `appliedAt`: milliseconds since 1970. */
  | { readonly outcome: 'applied'; readonly appliedAt: number; readonly payment?: RenewalPayment }
  /** Somebody else is renewing the licence, in milliseconds since 1970 until when at most. */
  | { readonly outcome: 'taken'; readonly until?: number }
  /** The same citizen is paying for it at this moment, and cannot change it. */
  | { readonly outcome: 'paying' }
  /** The citizen has as many open applications as they may have. */
  | { readonly outcome: 'tooMany'; readonly openAtMost: number }
  | { readonly outcome: 'renewed' };

/** The order of a renewal, where there is one. */
interface OrderOfRenewal {
  readonly token: PayToken | null;
  readonly amount: number | null;
  readonly credit: number | null;
  /** Milliseconds since 1970. */
  readonly expiresAt: number | null;
}

interface Held extends OrderOfRenewal {
  readonly citizenId: CitizenId | null;
  readonly years: number;
  readonly state: RenewalState;
  readonly orderId: OrderId | null;
  /** Milliseconds since 1970. */
  readonly appliedAt: number;
  readonly over: boolean;
  readonly paying: boolean;
  readonly atGateway: boolean;
}

const ms = (column: string): string => `(extract(epoch from ${column}) * 1000)::float8`;

/** Whether somebody may be on the gateway's page for the order of the renewal `r`. */
const atGateway = `exists (select from attempts a where a.order_id = r.order_id and ${isAtGateway})`;

/** Whether money may be on its way for it. */
const paying = `exists (select from attempts a where a.order_id = r.order_id and (${isAtGateway} or ${isUndecided}))`;

/**
 * Takes an application, unless somebody else's stands. The same citizen may choose another term as long as it is unpaid;
 * whoever paid last for the licence goes before everybody else who is not at the gateway.
 */
export async function applyForRenewal(db: Database, wanted: NewApplication): Promise<Applied> {
  const { id, citizenId, years, openAtMost } = wanted;
  return inTransaction(db, async (client): Promise<Applied> => {
    const open = await otherApplications(client, citizenId, id);
    const held = await hold(client, wanted);
    const { state, orderId } = held;
    if (state === 'renewed') return { outcome: 'renewed' };
    if (state === 'held') return { outcome: 'paying' };
    const stands = state === 'awaitingApproval' || held.paying || (state === 'awaitingPayment' && !held.over);
    if (stands && held.citizenId === citizenId) {
      if (held.paying) return { outcome: 'paying' };
      if (held.years === years) return { outcome: 'applied', appliedAt: held.appliedAt, ...paymentOf(held) };
    } else if (stands && (held.atGateway || !(await paidLast(client, wanted)))) {
      return { outcome: 'taken', ...(held.expiresAt !== null && { until: held.expiresAt }) };
    } else if (open >= openAtMost) {
      return { outcome: 'tooMany', openAtMost };
    } else if (stands) await giveWay(client, id);
    if (orderId !== null) await cancelOrder(client, orderId);
    const order = wanted.needsApproval ? undefined : await orderFor(client, wanted);
    const { rows } = await client.query<{ appliedAt: number }>({
      name: 'apply-for-renewal',
      text: `update renewals set application = gen_random_uuid()::text, citizen_id = $2, language = $3, licence = $4,
               years = $5, state = $6, reason = null, decided_at = null, order_id = $7, applied_at = now(),
               expires_at = to_timestamp($8::float8 / 1000)
             where id = $1 returning ${ms('applied_at')} as "appliedAt"`,
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
    await settleCasesAbout(
      client,
      ['licenceApproval'],
      { subject: 'renewal', subjectId: id },
      'another application has taken its place',
    );
    if (!order) await askOfficer(client, wanted);
    await tellOfApplication(client, id);
    return {
      outcome: 'applied',
      appliedAt: rows[0]?.appliedAt ?? Date.now(),
      ...(order && { payment: order }),
    };
  });
}

/** How many other applications of a citizen are open. Two of theirs at once wait for each other here. */
async function otherApplications(
  client: pg.PoolClient,
  citizenId: CitizenId,
  id: RenewalId,
): Promise<number> {
  await client.query({
    name: 'lock-applicant',
    text: 'select from citizens where id = $1 for no key update',
    values: [citizenId],
  });
  const { rows } = await client.query<{ open: number }>({
    name: 'other-applications',
    text: `select count(*)::int as open from renewals
           where citizen_id = $1 and id <> $2 and (state = 'awaitingApproval'
             or (state = 'awaitingPayment' and expires_at > now()))`,
    values: [citizenId, id],
  });
  return rows[0]?.open ?? 0;
}

/** Whether the last receipt for the licence is this citizen's: strangers can apply, and have never paid for it. */
async function paidLast(client: pg.PoolClient, { licence, citizenId }: NewApplication): Promise<boolean> {
  const { rows } = await client.query<{ citizenId: CitizenId | null }>({
    name: 'last-payer',
    text: `select o.citizen_id as "citizenId" from receipts p join orders o on o.id = p.order_id
           where o.account_kind = 'licence' and o.account_number = $1 order by p.issued_at desc limit 1`,
    values: [licence.number],
  });
  return rows[0]?.citizenId === citizenId;
}

/** The application that stands ends; whoever made it is to be told. */
async function giveWay(client: pg.PoolClient, id: RenewalId): Promise<void> {
  await client.query({
    name: 'give-way',
    text: `update renewals r set outdone = r.outdone || ${asOutdone('holder')} where id = $1`,
    values: [id],
  });
}

/** An application that needs an officer is a case from the first moment. */
export async function askOfficer(
  client: pg.PoolClient,
  {
    id,
    licence,
    years,
    dues,
  }: Pick<NewApplication, 'id' | 'licence' | 'years'> & Partial<Pick<NewApplication, 'dues'>>,
): Promise<void> {
  const { rows } = await client.query<{ application: string }>({
    name: 'application-of',
    text: 'select application from renewals where id = $1',
    values: [id],
  });
  await openCase(client, {
    kind: 'licenceApproval',
    fact: rows[0]?.application ?? id,
    subject: 'renewal',
    subjectId: id,
    reason: 'application',
    ...(dues && { amount: sum(dues.map(({ payable }) => payable)) }),
    details: { licence: licence.number, trade: licence.trade, years },
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
             o.amount::float8 as amount, o.credit::float8 as credit, ${ms('r.applied_at')} as "appliedAt", ${ms('r.expires_at')} as "expiresAt",
             coalesce(r.expires_at <= now(), false) as over, ${paying} as paying,
             ${atGateway} as "atGateway"
           from renewals r left join orders o on o.id = r.order_id where r.id = $1 for update of r`,
    values: [id],
  });
  const [held] = rows;
  if (!held) throw new Error(`no renewal ${id}`);
  return held;
}

function paymentOf({ token, amount, credit, expiresAt }: OrderOfRenewal): {
  readonly payment?: RenewalPayment;
} {
  if (token === null || amount === null || expiresAt === null) return {};
  const byCredit = credit ? { credit: paise(credit) } : {};
  return { payment: { token, amount: paise(amount), ...byCredit, expiresAt } };
}

/** The order under which an application is paid. */
export function orderFor(
  client: pg.PoolClient,
  wanted: Omit<NewApplication, 'id' | 'period' | 'needsApproval' | 'openAtMost'>,
): Promise<Order> {
  const { licence: account, dues, citizenId, language, lifetimeMs } = wanted;
  return addOrder(client, { service: 'tradeLicence', account, dues, citizenId, language, lifetimeMs });
}

/** Leaves word of an application in the transaction of what there is to tell; each application and decision is news of its own. */
export async function tellOfApplication(client: pg.PoolClient, id: RenewalId): Promise<void> {
  const { rows } = await client.query<{ key: string }>({
    name: 'news-of-renewal',
    text: `select application || ':' || state as key from renewals where id = $1`,
    values: [id],
  });
  await tell(client, 'renewal', id, { key: `n:${rows[0]?.key ?? id}`, news: {} });
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

interface StandingRow extends OrderOfRenewal {
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
  readonly dues: readonly Due[] | null;
  readonly paying: boolean;
  readonly mayRemind: boolean;
  readonly certificate: { readonly number: CertificateNumber; readonly validUntil: CalendarDate } | null;
  readonly outdone: readonly Outdone[];
  readonly cases: readonly RenewalCase[] | null;
  readonly told: readonly string[] | null;
}

/** The ids of all messages that there may be about the renewal `r`. */
const tellings = `array(select r.application || kind from unnest(array[
    '-approved', '-sentBack', '-refused', '-held', '-reminder', '-certificate-' || c.number, '-words-' || c.number]) kind)
  || array(select (o ->> 'application') || '-outdone' from jsonb_array_elements(r.outdone) o)`;

const standing = `
  select r.application, r.citizen_id as "citizenId", r.language, r.licence, r.years, r.state, r.reason,
    r.state = 'awaitingPayment' and r.decided_at is not null as approved, o.id as "orderId",
    (select jsonb_agg(d.due order by d.position) from order_demands d where d.order_id = o.id) as dues,
    ${ms('coalesce(r.decided_at, r.applied_at)')} as "appliedAt", o.token, o.amount::float8 as amount,
    o.credit::float8 as credit, ${ms('r.expires_at')} as "expiresAt", ${paying} as paying, z.opted_out_at is null as "mayRemind",
    case when c.number is not null
      then jsonb_build_object('number', c.number, 'validUntil', r.valid_until) end as certificate,
    r.outdone, (select jsonb_agg(jsonb_build_object('id', k.id, 'kind', k.kind, 'fact', k.fact) order by k.opened_at, k.id)
      from cases k where k.subject = 'renewal' and k.subject_id = r.id and k.closed_at is null) as cases,
    (select array_agg(m.id) from messages m where m.id = any (${tellings}) and ${isTold}) as told
  from renewals r
  left join orders o on o.id = r.order_id
  left join citizens z on z.id = r.citizen_id
  left join certificates c on c.renewal_id = r.id and c.revoked_at is null
  where r.id = $1`;

export async function readRenewal(db: Database, id: RenewalId): Promise<RenewalStanding | undefined> {
  const { rows } = await db.query<StandingRow>({ name: 'read-renewal', text: standing, values: [id] });
  const [row] = rows;
  if (!row) return undefined;
  const {
    citizenId,
    reason,
    orderId,
    dues,
    token,
    amount,
    credit,
    expiresAt,
    certificate,
    cases,
    told,
    ...rest
  } = row;
  return {
    id,
    ...rest,
    ...(citizenId !== null && { citizenId }),
    ...(reason !== null && { reason }),
    ...paymentOf({ token, amount, credit, expiresAt }),
    ...(orderId !== null && { order: { id: orderId, dues: dues ?? [] } }),
    ...(certificate && { certificate }),
    cases: cases ?? [],
    told: told ?? [],
  };
}

/** When a citizen applied for what an officer has to decide, in milliseconds since 1970; undefined where nothing waits. */
export async function waitingSince(
  db: Database,
  citizenId: CitizenId,
  licenceNumber: string,
): Promise<number | undefined> {
  const { rows } = await db.query<{ appliedAt: number }>({
    name: 'waiting-since',
    text: `select ${ms('applied_at')} as "appliedAt" from renewals
           where licence_number = $1 and citizen_id = $2 and state = 'awaitingApproval'
           order by applied_at desc limit 1`,
    values: [licenceNumber, citizenId],
  });
  return rows[0]?.appliedAt;
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
