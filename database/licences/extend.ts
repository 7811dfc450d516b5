/** A yearly demand that is paid extends its licence: once, in the transaction of the payment, with a certificate for it. */
import type pg from 'pg';
import { addDays, type CalendarDate } from '../../domain/calendar.ts';
import type { CitizenId } from '../../domain/citizen.ts';
import type { Due, Licence } from '../../domain/dues.ts';
import type { Language } from '../../domain/language.ts';
import { renewalId, renewalPeriod } from '../../domain/renewal.ts';
import type { OrderId } from '../../domain/payments/order.ts';
import { tell } from '../outbox.ts';
import type { PostingSettings } from '../payments/capture.ts';
import type { Paid } from '../payments/what-follows.ts';
import { issueCertificate } from './certificates.ts';

interface PaidOrder {
  readonly licence: Licence;
  readonly citizenId: CitizenId | null;
  readonly language: Language;
  /** The last day up to which the licence was renewed here before. */
  readonly renewedUntil: CalendarDate | null;
}

/** Nothing follows from a payment for years that are over, nor for a licence that is suspended or closed. */
export async function extendLicence(
  client: pg.PoolClient,
  { orderId, paid, paidAt }: Paid,
  { certificateCounter }: PostingSettings,
): Promise<void> {
  const { licence, citizenId, language, renewedUntil } = await lockLicence(client, orderId);
  const before = latest([licence.validUntil, renewedUntil ?? licence.validUntil]);
  const validUntil = latest(paid.map(({ periodTo }) => periodTo));
  if (licence.status !== 'active' || validUntil <= before) return;
  const validFrom = addDays(before, 1);
  const period = renewalPeriod(validFrom);
  const id = renewalId(licence.number, period);
  await client.query({
    name: 'extend-licence',
    // An application of somebody else, unpaid so far, gives way.
    text: `insert into renewals as r (id, licence_number, period, citizen_id, language, licence, years, state, order_id,
             valid_from, valid_until, renewed_at)
           values ($1, $2, $3, $4, $5, $6, $7, 'renewed', $8, $9, $10, $11)
           on conflict (id) do update set
             application = case when r.order_id = excluded.order_id then r.application else excluded.application end,
             outdone = case
               when r.order_id is distinct from excluded.order_id and r.state in ('awaitingApproval', 'awaitingPayment')
               then r.outdone || jsonb_strip_nulls(jsonb_build_object(
                 'application', r.application, 'citizenId', r.citizen_id, 'language', r.language))
               else r.outdone end,
             citizen_id = excluded.citizen_id, language = excluded.language, licence = excluded.licence,
             years = excluded.years, state = excluded.state, order_id = excluded.order_id, expires_at = null,
             valid_from = excluded.valid_from, valid_until = excluded.valid_until, renewed_at = excluded.renewed_at`,
    values: [
      id,
      licence.number,
      period,
      citizenId,
      language,
      licence,
      yearsIn(paid, before),
      orderId,
      validFrom,
      validUntil,
      paidAt,
    ],
  });
  const certificate = await issueCertificate(client, id, certificateCounter);
  await tell(client, 'renewal', id, { key: `n:${certificate}`, news: {} });
}

/** Two payments for one licence wait for each other here. */
async function lockLicence(client: pg.PoolClient, orderId: OrderId): Promise<PaidOrder> {
  await client.query({
    name: 'lock-licence',
    text: `select pg_advisory_xact_lock(hashtextextended('licence ' || account_number, 0)) from orders where id = $1`,
    values: [orderId],
  });
  const { rows } = await client.query<PaidOrder>({
    name: 'licence-of-order',
    text: `select o.account as licence, o.citizen_id as "citizenId", o.language,
             (select max(r.valid_until)::text from renewals r
              where r.licence_number = o.account_number and r.valid_until is not null) as "renewedUntil"
           from orders o where o.id = $1`,
    values: [orderId],
  });
  const [order] = rows;
  if (!order) throw new Error(`no order ${orderId}`);
  return order;
}

/** Arrears lie before what is renewed. */
function yearsIn(paid: readonly Due[], before: CalendarDate): number {
  return Math.max(1, paid.filter(({ periodTo }) => periodTo > before).length);
}

function latest(dates: readonly CalendarDate[]): CalendarDate {
  return dates.reduce((last, date) => (date > last ? date : last));
}
