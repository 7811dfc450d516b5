/** The merchant accounts of one gateway: which takes a service, and which an attempt was made for. */
import type { PaidService } from '../domain/accounts/kinds.ts';
import { GatewayUnavailableError } from './gateway.ts';
import { sendingKey, type DatedKey } from './keys.ts';

interface Merchant {
  readonly id: string;
  readonly services?: readonly PaidService[];
  readonly keys: readonly DatedKey[];
}

/** The first account that takes a service and has a key in force; where none has one, the first that takes it. */
export function takerOf<M extends Merchant>(
  merchants: readonly M[],
  service: PaidService,
  now: number,
): M | undefined {
  const takers = merchants.filter(({ services }) => services?.includes(service) ?? true);
  return takers.find((each) => sendingKey(each, now) !== undefined) ?? takers[0];
}

/**
 * The account of our id.
 * @param setting that lists the accounts
 * @throws GatewayUnavailableError when the settings do not have it any more
 */
export function merchantWith<M extends Merchant>(merchants: readonly M[], id: string, setting: string): M {
  const merchant = merchants.find((each) => each.id === id);
  if (merchant === undefined) throw new GatewayUnavailableError(`${setting} has no merchant account ${id}`);
  return merchant;
}
