/** Fetches a file that a message names by its public address, as WhatsApp does. */

const timeoutMs = 10_000;
const maxBytes = 100 * 1024 * 1024;

/** Rejects when the address does not answer, or not with a file that WhatsApp takes. */
export async function fetchLink(
  link: string,
): Promise<{ readonly bytes: Buffer; readonly mimeType: string }> {
  const response = await fetch(link, { signal: AbortSignal.timeout(timeoutMs) });
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  const bytes = Buffer.from(await response.arrayBuffer());
  if (bytes.length > maxBytes) throw new Error('too large');
  const [mimeType = ''] = (response.headers.get('content-type') ?? '').split(';');
  return { bytes, mimeType: mimeType.trim() || 'application/octet-stream' };
}
