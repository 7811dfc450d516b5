/** A yearly demand that is paid extends its licence: once, in the transaction of the payment, with a certificate for it. */
import type pg from 'pg';
import { addDays, type CalendarDate } from '../../domain/calendar.ts';
import type { CitizenId } from '../../domain/citizen.ts';
import type { Licence, LicenceStatus } from '../../domain/accounts/licence.ts';
import type { Due } from '../../domain/dues.ts';
import type { Language } from '../../domain/language.ts';
import { sum } from '../../domain/money.ts';
import { renewalId, renewalPeriod, type RenewalId, type RenewalState } from '../../domain/renewal.ts';
import type { OrderId } from '../../domain/payments/order.ts';
import type { PostedPayment, PostingSettings } from '../../domain/payments/posting.ts';
import { openCase, settleCasesAbout } from '../cases.ts';
import { tell } from '../outbox.ts';
import type { Decide } from '../people/decision.ts';
import { issueCertificate } from './certificates.ts';
import { extensionOf } from './extension.ts';

/** The licence of an order, as it stands at this moment. */
interface PaidLicence {
  /** As it was shown, with its present status. */
  readonly licence: Licence;
  readonly citizenId: CitizenId | null;
  readonly language: Language;
  /** The last day up to which it is valid, by whoever keeps it or by a renewal here. */
  readonly before: CalendarDate;
}

/** What a payment is for: enough to extend the licence by it, now or later. */
interface Extending {
  readonly id: RenewalId;
  readonly orderId: OrderId;
  readonly years: number;
  readonly validUntil: CalendarDate;
  /** When it was paid: milliseconds since 1970. */
  readonly paidAt: number;
}

/**
 * Nothing follows from a payment for years that are over. One for a licence that was suspended or closed after the link
 * was given out does not extend it: an officer has to look.
 */
export async function extendLicence(
  client: pg.PoolClient,
  { orderId, paid, paidAt }: PostedPayment,
  settings: PostingSettings,
): Promise<void> {
  const paidLicence = await lockLicence(client, orderId, settings);
  const { licence, before } = paidLicence;
  const validUntil = latest(paid.map(({ periodTo }) => periodTo));
  if (validUntil <= before) return;
  const id = renewalId(licence.number, renewalPeriod(addDays(before, 1)));
  const extending = { id, orderId, years: yearsIn(paid, before), validUntil, paidAt: paidAt.getTime() };
  if (licence.status === 'active') await extend(client, paidLicence, extending, settings);
  else await hold(client, paidLicence, extending, sum(paid.map(({ payable }) => payable)));
}

/** The licence is in order again: what was paid for it takes effect. */
export const extendAfterAll: Decide = async (client, { case: { details }, settings }) => {
  const extending = details as unknown as Extending;
  const paidLicence = await lockLicence(client, extending.orderId, settings);
  const { licence, before } = paidLicence;
  if (licence.status !== 'active') {
    return {
      outcome: 'refused',
      because: `the licence ${licence.number} is ${licence.status} in the records`,
    };
  }
  if (extending.validUntil <= before) {
    return { outcome: 'refused', because: `the licence ${licence.number} is valid until ${before} already` };
  }
  await extend(client, paidLicence, extending, settings);
  return { outcome: 'done' };
};

/** It stays as it is, and whoever wants to may apply again. */
export const leaveUnextended: Decide = async (client, { case: { subjectId } }) => {
  await client.query({
    name: 'leave-unextended',
    text: `update renewals set state = 'lapsed' where id = $1 and state = 'held'`,
    values: [subjectId],
  });
  await tell(client, 'renewal', subjectId as RenewalId, { key: `n:${subjectId}:unextended`, news: {} });
  return { outcome: 'done' };
};

async function extend(
  client: pg.PoolClient,
  paidLicence: PaidLicence,
  extending: Extending,
  { certificateCounter }: PostingSettings,
): Promise<void> {
  await writeRenewal(client, paidLicence, extending, 'renewed');
  const certificate = await issueCertificate(client, extending.id, certificateCounter);
  await tell(client, 'renewal', extending.id, { key: `n:${certificate}`, news: {} });
}

/** The money is taken, the licence stays as it is, and an officer learns of it. */
async function hold(
  client: pg.PoolClient,
  paidLicence: PaidLicence,
  extending: Extending,
  amount: number,
): Promise<void> {
  const { id, orderId, validUntil } = extending;
  await writeRenewal(client, paidLicence, extending, 'held');
  await openCase(client, {
    kind: 'notExtended',
    fact: `${orderId} ${validUntil}`,
    subject: 'renewal',
    subjectId: id,
    reason: paidLicence.licence.status,
    amount,
    details: { licence: paidLicence.licence.number, ...extending },
  });
  await tell(client, 'renewal', id, { key: `n:${orderId}:held`, news: {} });
}

/** The renewal is now that of whoever paid. An application of somebody else, unpaid so far, gives way. */
async function writeRenewal(
  client: pg.PoolClient,
  { licence, citizenId, language, before }: PaidLicence,
  { id, orderId, years, validUntil, paidAt }: Extending,
  state: RenewalState & ('renewed' | 'held'),
): Promise<void> {
  const validFrom = addDays(before, 1);
  await client.query({
    name: 'write-renewal',
    text: `insert into renewals as r (id, licence_number, period, citizen_id, language, licence, years, state, order_id,
             valid_from, valid_until, renewed_at)
           select $1, $2, $3, $4, $5, $6, $7, $8::renewal_state, $9, given.valid_from, given.valid_until, given.renewed_at
           from (select) paid left join (
             select $10::date as valid_from, $11::date as valid_until, to_timestamp($12::float8 / 1000) as renewed_at
           ) given on $8::renewal_state = 'renewed'
           on conflict (id) do update set
             application = case when r.order_id = excluded.order_id then r.application else excluded.application end,
             outdone = case
               when r.order_id is distinct from excluded.order_id and r.state in ('awaitingApproval', 'awaitingPayment')
               then r.outdone || ${asOutdone('paid')}
               else r.outdone end,
             citizen_id = excluded.citizen_id, language = excluded.language, licence = excluded.licence,
             years = excluded.years, state = excluded.state, order_id = excluded.order_id, expires_at = null,
             valid_from = excluded.valid_from, valid_until = excluded.valid_until, renewed_at = excluded.renewed_at`,
    values: [
      id,
      licence.number,
      renewalPeriod(validFrom),
      citizenId,
      language,
      licence,
      years,
      state,
      orderId,
      validFrom,
      validUntil,
      paidAt,
    ],
  });
  const about = { subject: 'renewal', subjectId: id } as const;
  await settleCasesAbout(client, ['licenceApproval'], about, 'somebody has paid the fee');
}

/** The applicant of the renewal `r`, as one of those who are to be told why their application has ended. */
export function asOutdone(because: 'paid' | 'holder'): string {
  return `jsonb_strip_nulls(jsonb_build_object('application', r.application, 'citizenId', r.citizen_id,
    'language', r.language, 'because', '${because}'))`;
}

/** Two payments for one licence wait for each other here. */
async function lockLicence(
  client: pg.PoolClient,
  orderId: OrderId,
  { ownRegister }: PostingSettings,
): Promise<PaidLicence> {
  await client.query({
    name: 'lock-licence',
    text: `select pg_advisory_xact_lock(hashtextextended('licence ' || account_number, 0)) from orders where id = $1`,
    values: [orderId],
  });
  const { rows } = await client.query<{
    licence: Licence;
    citizenId: CitizenId | null;
    language: Language;
    status: LicenceStatus;
    validUntil: CalendarDate;
  }>({
    name: 'licence-of-order',
    // Without a register of our own, the back office's last answer counts: that of the youngest order.
    text: `select o.account as licence, o.citizen_id as "citizenId", o.language,
             coalesce(a.status::text, (select last.account ->> 'status' from orders last
               where last.account_kind = o.account_kind and last.account_number = o.account_number
               order by last.created_at desc limit 1)) as status,
             coalesce(a.valid_until::text, o.account ->> 'validUntil') as "validUntil"
           from orders o left join accounts a on $2 and a.kind = o.account_kind and a.number = o.account_number
           where o.id = $1`,
    values: [orderId, ownRegister],
  });
  const [order] = rows;
  if (!order) throw new Error(`no order ${orderId}`);
  const { validUntil, status, ...rest } = order;
  const here = await extensionOf(client, order.licence.number);
  return {
    ...rest,
    // A certificate that was revoked here suspends the licence.
    licence: { ...order.licence, status: status === 'active' && here.revoked ? 'suspended' : status },
    before: latest([validUntil, here.validUntil ?? validUntil]),
  };
}

/** Arrears lie before what is renewed. */
function yearsIn(paid: readonly Due[], before: CalendarDate): number {
  return Math.max(1, paid.filter(({ periodTo }) => periodTo > before).length);
}

function latest(dates: readonly CalendarDate[]): CalendarDate {
  return dates.reduce((last, date) => (date > last ? date : last));
}
