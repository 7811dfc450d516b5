/** What is under way for a citizen: their payments, applications, certificates, and what a person looks into. */
import type { CitizenId } from '../domain/citizen.ts';
import type {
  ApplicationStanding,
  CitizenStanding,
  IssuedCertificate,
  OpenMatter,
} from '../domain/standing.ts';
import type { Database } from './connection.ts';
import { recentPayments } from './payments/standing.ts';

const ms = (column: string): string => `(extract(epoch from ${column}) * 1000)::float8`;

interface Row {
  readonly applications: readonly ApplicationStanding[] | null;
  readonly certificates: readonly IssuedCertificate[] | null;
  readonly matters: readonly OpenMatter[] | null;
}

/** @param limit of each kind */
export async function readCitizenStanding(
  db: Database,
  citizenId: CitizenId,
  limit: number,
): Promise<CitizenStanding> {
  const [payments, { rows }] = await Promise.all([
    recentPayments(db, citizenId, limit),
    db.query<Row>({ name: 'citizen-standing', text: statement, values: [citizenId, limit] }),
  ]);
  const [row] = rows;
  return {
    payments,
    applications: row?.applications ?? [],
    certificates: row?.certificates ?? [],
    matters: row?.matters ?? [],
  };
}

const statement = `
  select
    (select jsonb_agg(jsonb_strip_nulls(jsonb_build_object('licenceNumber', n.licence_number, 'years', n.years,
        'state', n.state, 'appliedAt', ${ms('n.applied_at')}, 'expiresAt', ${ms('n.expires_at')})) order by n.applied_at desc)
      from (select * from renewals where citizen_id = $1 and state <> 'renewed'
            order by applied_at desc limit $2) n) as applications,
    (select jsonb_agg(jsonb_build_object('number', c.number, 'licenceNumber', c.licence_number,
        'validUntil', c.valid_until::text) order by c.issued_at desc)
      from (select c.number, c.issued_at, n.licence_number, n.valid_until
            from certificates c join renewals n on n.id = c.renewal_id
            where n.citizen_id = $1 and c.revoked_at is null order by c.issued_at desc limit $2) c) as certificates,
    (select jsonb_agg(jsonb_build_object('about', v.subject, 'openedAt', ${ms('v.opened_at')},
        'dueAt', ${ms('v.due_at')}) order by v.opened_at desc)
      from (select v.* from cases v where v.closed_at is null and (
              v.subject = 'conversation' and v.subject_id = $1
              or v.subject = 'payment' and v.subject_id in (select o.id from orders o where o.citizen_id = $1)
              or v.subject = 'renewal' and v.kind <> 'licenceApproval'
                and v.subject_id in (select n.id from renewals n where n.citizen_id = $1))
            order by v.opened_at desc limit $2) v) as matters`;
