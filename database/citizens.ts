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
  /** The message in which they said so. */
  readonly wamid: string;
}

/** Records what a citizen said about hearing from us; the same message twice is recorded once. */
export async function recordConsent(db: Database, consent: Consent): Promise<void> {
  await db.query({
    name: 'record-consent',
    text: `with said as (
             insert into consents (citizen_id, granted, words, wamid_digest) values ($1, $2, $3, digest_of($4))
             on conflict (wamid_digest) do nothing returning citizen_id, granted, at
           )
           update citizens c set opted_out_at = case when said.granted then null else said.at end
           from said where c.id = said.citizen_id`,
    values: [consent.citizenId, consent.granted, consent.words, consent.wamid],
  });
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
