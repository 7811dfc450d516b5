/** References of ours, by which gateways know attempts. */
import { randomBytes } from 'node:crypto';
import type { AttemptReference } from '../domain/payments/attempt.ts';

const alphabet = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';

/** 22 characters of 5 bits: nobody guesses another's. Gateways take no hyphens. */
export function newReference(): AttemptReference {
  return `PS${Array.from(randomBytes(22), (byte) => alphabet[byte % 32]).join('')}` as AttemptReference;
}
