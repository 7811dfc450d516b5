/** Files that WhatsApp already keeps for us. */
import type { Database } from './connection.ts';

/** The media id of a file that was uploaded within the last 25 days; WhatsApp keeps it for 30. */
export async function knownUpload(
  db: Database,
  phoneNumberId: string,
  fingerprint: string,
): Promise<string | undefined> {
  const { rows } = await db.query<{ media_id: string }>({
    name: 'known-upload',
    text: `select media_id from uploads
           where phone_number_id = $1 and fingerprint = $2 and uploaded_at > now() - interval '25 days'`,
    values: [phoneNumberId, fingerprint],
  });
  return rows[0]?.media_id;
}

export async function rememberUpload(
  db: Database,
  phoneNumberId: string,
  fingerprint: string,
  mediaId: string,
): Promise<void> {
  await db.query({
    name: 'remember-upload',
    text: `insert into uploads (phone_number_id, fingerprint, media_id) values ($1, $2, $3)
           on conflict (phone_number_id, fingerprint) do update set media_id = $3, uploaded_at = now()`,
    values: [phoneNumberId, fingerprint, mediaId],
  });
}

/** Puts a new upload of a file in the place of one that WhatsApp could not use. */
export async function replaceUpload(db: Database, mediaId: string, by: string): Promise<void> {
  await db.query({
    name: 'replace-upload',
    text: 'update uploads set media_id = $2, uploaded_at = now() where media_id = $1',
    values: [mediaId, by],
  });
}
