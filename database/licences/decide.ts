/** What an officer decides about the renewal of a licence that waits for one. */
import type pg from 'pg';
import type { CitizenId } from '../../domain/citizen.ts';
import type { Language } from '../../domain/language.ts';
import type { Order } from '../../domain/payments/order.ts';
import type { RenewalId, RenewalState } from '../../domain/renewal.ts';
import type { Decide, Decided, Decision } from '../people/decision.ts';
import { orderFor, tellOfApplication } from './renewals.ts';

/** The citizen gets the link. */
export const approveRenewal: Decide = (client, decision) =>
  decideRenewal(client, decision, 'awaitingPayment', (application) => {
    if (!decision.price) throw new Error('an approval without a price');
    return orderFor(client, { ...application, ...decision.price });
  });

/** The citizen reads the reason, and may apply again. */
export const sendRenewalBack: Decide = (client, decision) => decideRenewal(client, decision, 'sentBack');

/** The citizen reads the reason. */
export const refuseRenewal: Decide = (client, decision) => decideRenewal(client, decision, 'refused');

interface Application {
  readonly citizenId: CitizenId;
  readonly language: Language;
  readonly years: number;
}

async function decideRenewal(
  client: pg.PoolClient,
  { case: { subjectId }, by }: Decision,
  to: RenewalState,
  makeOrder?: (application: Application) => Promise<Order>,
): Promise<Decided> {
  const { rows } = await client.query<Application>({
    name: 'application-to-decide',
    text: `select citizen_id as "citizenId", language, years from renewals where id = $1 and state = 'awaitingApproval'`,
    values: [subjectId],
  });
  const [application] = rows;
  if (!application) return { outcome: 'refused', because: 'the renewal does not wait for an officer' };
  const order = await makeOrder?.(application);
  await client.query({
    name: 'decide-renewal',
    text: `update renewals set state = $2, reason = $3, decided_at = now(), order_id = $4,
             expires_at = to_timestamp($5::float8 / 1000)
           where id = $1`,
    values: [subjectId, to, order ? null : by.why, order?.id, order?.expiresAt],
  });
  await tellOfApplication(client, subjectId as RenewalId);
  return { outcome: 'done' };
}
