/** Identifiers that look like Meta's. */
import { createHash, randomBytes, randomInt } from 'node:crypto';

const digits = (count: number): string =>
  Array.from({ length: count }, (_, index) => randomInt(index === 0 ? 1 : 0, 10)).join('');

/** `wamid.` and Base64, as WhatsApp packs it: whom it concerns, which way it went, twenty hex digits. */
export function newWamid(peer: string, direction: 'inbound' | 'outbound'): string {
  const name = Buffer.from(peer.replace(/\D/g, '').slice(0, 20));
  const unique = Buffer.from(randomBytes(10).toString('hex').toUpperCase());
  const packed = Buffer.concat([
    Buffer.from([0x1c, 0x18, name.length]),
    name,
    Buffer.from([0x15, 0x02, 0x00, direction === 'inbound' ? 0x12 : 0x11, 0x18, unique.length]),
    unique,
    Buffer.from([0x00]),
  ]);
  return `wamid.${packed.toString('base64')}`;
}

export const newMediaId = (): string => digits(16);

export const newEventId = (): string => randomBytes(9).toString('base64url');

/** Meta's trace id of a refusal. */
export const newTraceId = (): string => `A${randomBytes(16).toString('base64url')}`;

/** A business-scoped user id: country and digits, the same for the same seed. */
export function bsuidFor(country: string, seed: string): string {
  const number = BigInt(`0x${createHash('sha256').update(seed).digest('hex').slice(0, 16)}`);
  return `${country}.1${number.toString().padStart(19, '0').slice(0, 19)}`;
}
