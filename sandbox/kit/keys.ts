/** With which of a merchant's keys a stand-in signs: the first or the last of the list while it is late or early in a change of keys. */
import { z } from 'zod';
import { sendingKey, type DatedKey } from '../../gateways/keys.ts';

const keyChoices = ['inForce', 'first', 'last'] as const;
export type KeyChoice = (typeof keyChoices)[number];

/** A fault of the stand-ins whose merchants have keys with dates. */
export const keyChoice = z
  .enum(keyChoices)
  .default('inForce')
  .describe(
    'which of its keys for a merchant the gateway signs with: inForce, or the first or last of the list',
  );

export function keyOf<K extends DatedKey>(
  merchant: { readonly keys: readonly [K, ...K[]] },
  choice: KeyChoice = 'inForce',
): K {
  const [first, ...others] = merchant.keys;
  if (choice === 'first') return first;
  if (choice === 'last') return others.at(-1) ?? first;
  return sendingKey(merchant, Date.now()) ?? first;
}
