/** Files that citizens send: what they really are, whether they arrived whole, and where they may be fetched from. */
import { createHash } from 'node:crypto';
import { isLoopback } from './limits.ts';

/** First bytes of the kinds of file that we take; `latin1` so that one byte is one character. */
const signatures: readonly (readonly [start: RegExp, mimeType: string])[] = [
  [/^\xff\xd8\xff/, 'image/jpeg'],
  [/^\x89PNG\r\n\x1a\n/, 'image/png'],
  [/^RIFF[^]{4}WEBP/, 'image/webp'],
  [/^%PDF-/, 'application/pdf'],
  [/^OggS/, 'audio/ogg'],
  [/^[^]{4}ftypM4A /, 'audio/mp4'],
  [/^[^]{4}ftyp3g/, 'video/3gpp'],
  // Other brands in the same box are other things, e.g. HEIC pictures.
  [/^[^]{4}ftyp(isom|iso[2-9]|mp4[12]|avc1|M4V |MSNV)/, 'video/mp4'],
];

/** The type of a file by its first bytes; what the sender says about it proves nothing. */
export function sniff(bytes: Uint8Array): string {
  const start = Buffer.from(bytes.subarray(0, 16)).toString('latin1');
  return signatures.find(([signature]) => signature.test(start))?.[1] ?? 'application/octet-stream';
}

/** SHA-256 in hex. */
export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Whether Meta's hash is ours. Webhooks carry it in base64, the media endpoint in hex; one that is neither tells nothing. */
export function sameHash(hex: string, given: string | undefined): boolean {
  if (given === undefined) return true;
  const bytes = Buffer.from(given, /^[0-9a-f]{64}$/i.test(given) ? 'hex' : 'base64');
  return bytes.length !== 32 || bytes.toString('hex') === hex;
}

/**
 * Whether our token may be sent to `url`. Media addresses come from outside, so only Meta's own hosts and the API's
 * own host will do: anything else could read the token or make us knock at addresses inside our network.
 */
export function mayFetch(url: URL, api: URL): boolean {
  if (url.host === api.host && url.protocol === api.protocol) return true;
  if (isLoopback(url) && isLoopback(api)) return true;
  return (
    url.protocol === 'https:' &&
    url.port === '' &&
    (url.hostname === 'graph.facebook.com' || url.hostname.endsWith('.fbsbx.com'))
  );
}
