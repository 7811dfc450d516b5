/** Proves that a webhook comes from Meta: HMAC-SHA256 over the raw bytes with the app secret. */
import { createHmac, timingSafeEqual } from 'node:crypto';

/** The value of `X-Hub-Signature-256` (Meta, "Create a webhook endpoint", section "Validate payloads"). */
export function sign(rawBody: Buffer, secret: string): string {
  return `sha256=${createHmac('sha256', secret).update(rawBody).digest('hex')}`;
}

/** Whether a header has the form of a signature: without that, the body need not be read. */
export function isSignature(header: string | undefined): header is string {
  return header !== undefined && /^sha256=[0-9a-f]{64}$/i.test(header);
}

/**
 * Whether one of `secrets` made `header`. Two secrets are in use while the app secret is being changed.
 * `rawBody` must be the bytes as they came: Meta escapes non-ASCII letters, so JSON that was parsed and
 * written again has another signature.
 */
export function verifySignature(
  rawBody: Buffer,
  header: string | undefined,
  secrets: readonly string[],
): boolean {
  if (!isSignature(header)) return false;
  const given = Buffer.from(header.toLowerCase());
  // An empty secret would let everybody sign. Every secret is tried, so time does not tell which one fits.
  return secrets
    .filter((secret) => secret !== '')
    .map((secret) => timingSafeEqual(Buffer.from(sign(rawBody, secret)), given))
    .includes(true);
}
