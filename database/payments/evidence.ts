/** The very words of gateways, kept for ever: what finance shows when a payment is disputed. */
import { createHash } from 'node:crypto';

export function digestOf(raw: string): string {
  return createHash('sha256').update(raw).digest('hex');
}
