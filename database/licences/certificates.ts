/** E-certificates: issued once for each renewal, kept for ever, replaced or revoked by people. */
import { randomBytes } from 'node:crypto';
import type pg from 'pg';
import { dateInKolkata, type CalendarDate } from '../../domain/calendar.ts';
import type {
  Certificate,
  CertificateKey,
  CertificateNumber,
  Particulars,
  VerifiedCertificate,
} from '../../domain/certificate.ts';
import type { CeNumber, Licence } from '../../domain/accounts/licence.ts';
import { paise } from '../../domain/money.ts';
import type { ReceiptNumber } from '../../domain/payments/receipt.ts';
import { objectionTo, refused, type Acted } from '../../domain/people/act.ts';
import type { Person } from '../../domain/people/role.ts';
import type { RenewalId } from '../../domain/renewal.ts';
import { serialNumber } from '../../domain/serial-number.ts';
import { inTransaction, type Database } from '../connection.ts';
import { tell } from '../outbox.ts';
import { nextInSeries } from '../number-series.ts';
import { doneBy, readAct, writeAudit } from '../audit.ts';

/** Issues the certificate of a renewal. What is printed on it is filled in when it is first made. */
export async function issueCertificate(
  client: pg.PoolClient,
  renewal: RenewalId,
  series: string,
): Promise<CertificateNumber> {
  const { year, ordinal } = await nextInSeries(client, series, dateInKolkata(Date.now()), renewal);
  const number = serialNumber(series, year, ordinal) as CertificateNumber;
  await client.query({
    name: 'issue-certificate',
    text: 'insert into certificates (number, renewal_id, key) values ($1, $2, $3)',
    values: [number, renewal, randomBytes(18).toString('base64url')],
  });
  return number;
}

/** A certificate as the database has it: without particulars until it was first made. */
export type KeptCertificate = Omit<Certificate, 'particulars'> & {
  readonly renewalId: RenewalId;
  readonly licenceNumber: CeNumber;
  readonly particulars?: Particulars;
  readonly isInForce: boolean;
};

interface CertificateRow {
  readonly number: CertificateNumber;
  readonly key: CertificateKey;
  readonly check_code: string;
  readonly renewal_id: RenewalId;
  readonly licence_number: CeNumber;
  readonly particulars: Particulars | null;
  readonly valid_from: CalendarDate;
  readonly valid_until: CalendarDate;
  readonly issued_at: Date;
  readonly revoked: boolean;
  readonly amount: bigint;
  readonly receipt: ReceiptNumber;
}

export async function readCertificate(db: Database, number: string): Promise<KeptCertificate | undefined> {
  const { rows } = await db.query<CertificateRow>({
    name: 'read-certificate',
    text: `select c.number, c.key, c.check_code, c.renewal_id, r.licence_number, c.particulars, r.valid_from::text, r.valid_until::text,
             c.issued_at, c.revoked_at is not null as revoked, p.amount, p.number as receipt
           from certificates c join renewals r on r.id = c.renewal_id join receipts p on p.order_id = r.order_id
           where c.number = $1 order by p.issued_at limit 1`,
    values: [number],
  });
  const [row] = rows;
  return (
    row && {
      number: row.number,
      key: row.key,
      checkCode: row.check_code,
      renewalId: row.renewal_id,
      licenceNumber: row.licence_number,
      ...(row.particulars && { particulars: row.particulars }),
      validFrom: row.valid_from,
      validUntil: row.valid_until,
      issuedAt: row.issued_at.getTime(),
      isInForce: !row.revoked,
      amount: paise(Number(row.amount)),
      receipt: row.receipt,
    }
  );
}

/** Fixes what is printed on a certificate. @returns what it is from now on: of two who fill it in, the first counts */
export async function fillCertificate(
  db: Database,
  number: CertificateNumber,
  particulars: Particulars,
): Promise<Particulars> {
  const { rows } = await db.query<{ particulars: Particulars }>({
    name: 'fill-certificate',
    text: 'update certificates set particulars = coalesce(particulars, $2) where number = $1 returning particulars',
    values: [number, particulars],
  });
  return rows[0]?.particulars ?? particulars;
}

/** The certificate for whoever has its key, as long as it is in force. */
export async function certificateByKey(
  db: Database,
  number: string,
  key: string,
): Promise<Certificate | undefined> {
  const kept = await readCertificate(db, number);
  if (kept?.particulars === undefined || kept.key !== key || !kept.isInForce) return undefined;
  return { ...kept, particulars: kept.particulars };
}

/** What anybody may know of a certificate whose number they have. */
export async function verifyCertificate(
  db: Database,
  number: string,
): Promise<(VerifiedCertificate & { readonly checkCode: string }) | undefined> {
  const { rows } = await db.query<{
    check_code: string;
    valid_from: CalendarDate;
    valid_until: CalendarDate;
    issued_at: Date;
    licence: Licence;
    revoked_at: Date | null;
    replaced_by: CertificateNumber | null;
  }>({
    name: 'verify-certificate',
    text: `select c.check_code, r.valid_from::text, r.valid_until::text, c.issued_at, r.licence, c.revoked_at, c.replaced_by
           from certificates c join renewals r on r.id = c.renewal_id where c.number = $1`,
    values: [number],
  });
  const [row] = rows;
  return (
    row && {
      number: number as CertificateNumber,
      checkCode: row.check_code,
      validFrom: row.valid_from,
      validUntil: row.valid_until,
      issuedAt: row.issued_at.getTime(),
      tradeName: row.licence.tradeName,
      licenceEnding: row.licence.number.slice(-4),
      ...(row.revoked_at && {
        revoked: {
          at: row.revoked_at.getTime(),
          ...(row.replaced_by !== null && { replacedBy: row.replaced_by }),
        },
      }),
    }
  );
}

/** What somebody wants of a certificate, and why. */
export interface CertificateAct {
  readonly number: string;
  readonly why: string;
}

/** Takes a certificate out of force: whoever checks it learns so from now on. */
export function revokeCertificate(db: Database, person: Person, act: CertificateAct): Promise<Acted> {
  return endCertificate(db, person, { ...act, name: 'revoke' }, () => Promise.resolve(undefined));
}

/**
 * Puts a new certificate, with what the records say now, in the place of one that is in force; the citizen gets it.
 * @param series of the new number
 */
export function reissueCertificate(
  db: Database,
  person: Person,
  act: CertificateAct,
  series: string,
): Promise<Acted> {
  return endCertificate(db, person, { ...act, name: 'reissue' }, (client, renewal) =>
    issueCertificate(client, renewal, series),
  );
}

async function endCertificate(
  db: Database,
  person: Person,
  { number, why, name }: CertificateAct & { readonly name: 'reissue' | 'revoke' },
  replace: (client: pg.PoolClient, renewal: RenewalId) => Promise<CertificateNumber | undefined>,
): Promise<Acted> {
  const objection = objectionTo(person, 'licences', why);
  if (objection !== undefined) return refused(objection);
  return inTransaction(db, async (client): Promise<Acted> => {
    const { rows } = await client.query<{ renewal: RenewalId }>({
      name: 'lock-certificate',
      text: 'select renewal_id as renewal from certificates where number = $1 for update',
      values: [number],
    });
    const [certificate] = rows;
    if (!certificate) return refused(`there is no certificate ${number}`);
    // A certificate ends once, so that the number alone names the act.
    const key = `certificate-${number}`;
    const before = await readAct(client, key);
    if (before?.act === name) return { outcome: 'doneBefore', said: `it is done already: ${doneBy(before)}` };
    if (before) return refused(`${number} is not in force: ${doneBy(before)}`);
    const by = { who: person.name, why: why.trim() };
    await client.query({
      name: 'revoke-certificate',
      text: 'update certificates set revoked_at = now(), revoked_because = $2 where number = $1',
      values: [number, by.why],
    });
    const replacedBy = await replace(client, certificate.renewal);
    if (replacedBy !== undefined) {
      await client.query({
        name: 'replace-certificate',
        text: 'update certificates set replaced_by = $2 where number = $1',
        values: [number, replacedBy],
      });
      await tell(client, 'renewal', certificate.renewal, { key: `n:${replacedBy}`, news: {} });
    }
    await writeAudit(
      client,
      { key, act: name, ...by },
      { certificate: number, ...(replacedBy && { replacedBy }) },
    );
    return {
      outcome: 'done',
      said: replacedBy ? `${number} is replaced by ${replacedBy}` : `${number} is revoked`,
    };
  });
}
