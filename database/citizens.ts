/** Citizens: who they are to WhatsApp, the language they chose, and whether they want to hear from us. */
import { createHash } from 'node:crypto';
import type { CitizenId } from '../domain/citizen.ts';
import type { Language } from '../domain/language.ts';
import { toJsonb, type Database } from './connection.ts';

/** Remembers the language that a citizen chose, until they choose another. */
export async function setLanguage(db: Database, citizen: CitizenId, language: Language): Promise<void> {
  await db.query({
    name: 'set-language',
    text: 'update citizens set language = $2 where id = $1',
    values: [citizen, language],
  });
}

export interface Consent {
  readonly citizenId: CitizenId;
  /** True when the citizen wants to hear from us, false when not. */
  readonly granted: boolean;
  /** The citizen's own words. */
  readonly words: string;
  /** The message in which they said so, and when they sent it: seconds since 1970. */
  readonly wamid: string;
  readonly sentAt: number;
}

/**
 * Records what a citizen said about hearing from us; the same message twice is recorded once. What they said last counts, in
 * whatever order it arrives.
 * @returns whether they want no messages now
 */
export async function recordConsent(
  db: Database,
  { citizenId, granted, words, wamid, sentAt }: Consent,
): Promise<{ readonly optedOut: boolean }> {
  const { rows } = await db.query<{ optedOut: boolean }>({
    name: 'record-consent',
    text: `with said as (
             insert into consents (citizen_id, granted, words, wamid_digest, at)
             values ($1, $2, $3, digest_of($4), least(now(), to_timestamp($5)))
             on conflict (wamid_digest) do nothing returning granted, at
           ), latest as (
             select granted, at from (
               select granted, at, true as is_new from said
               union all select granted, at, false from consents where citizen_id = $1
             ) each order by at desc, is_new desc limit 1
           ), noted as (
             update citizens c set opted_out_at = case when latest.granted then null else latest.at end
             from latest where c.id = $1 and exists (select from said)
             returning c.opted_out_at is not null as opted_out
           )
           select coalesce((select opted_out from noted), opted_out_at is not null) as "optedOut"
           from citizens where id = $1`,
    values: [citizenId, granted, words, wamid, sentAt],
  });
  return { optedOut: rows[0]?.optedOut ?? false };
}

/** Something about the account, without people; whom WhatsApp's ids name now is kept by our own id. */
export interface NewNotice {
  readonly field: string;
  readonly value: unknown;
  readonly people: readonly string[];
}

/** Keeps what WhatsApp tells about the account; the same notice twice is kept once. */
export async function keepNotices(db: Database, notices: readonly NewNotice[]): Promise<void> {
  if (notices.length === 0) return;
  const rows = notices.map((notice) => ({
    ...notice,
    fingerprint: createHash('sha256').update(toJsonb(notice)).digest('hex'),
  }));
  await db.query({
    name: 'keep-notices',
    text: `insert into notices (field, value, citizens, fingerprint)
           select n ->> 'field', coalesce(n -> 'value', 'null'), array(
             select distinct i.citizen_id
             from jsonb_array_elements_text(n -> 'people') named (value)
               join citizen_ids i on i.kind in ('bsuid', 'phone') and i.value = named.value and i.until is null
           ), n ->> 'fingerprint'
           from jsonb_array_elements($1::jsonb) n
           on conflict (fingerprint) do nothing`,
    values: [toJsonb(rows)],
  });
}
