/** The ways in which an amount can be paid to a merchant account. */
import type { Paise } from '../domain/money.ts';
import { waysToPay, type OfferedWay, type WaysToPay } from '../domain/payments/way.ts';
import type { PoolAccount } from '../domain/payments/pick.ts';
import type { Gateway } from './gateway.ts';
import type { GatewayPool } from './pool.ts';

const pageAlone: readonly OfferedWay[] = [{ way: 'page' }];

/**
 * A gateway that says nothing of ways has its page.
 * @param merchant our id of the account
 */
export const waysAt = (gateway: Gateway, merchant: string, amount: Paise): WaysToPay =>
  waysToPay(offeredAt(gateway, merchant), amount);

/** What several accounts offer between them. */
export const waysAmong = (
  gateways: Pick<GatewayPool, 'by'>,
  accounts: readonly PoolAccount[],
  amount: Paise,
): WaysToPay =>
  waysToPay(
    accounts.flatMap(({ gateway, id }) => offeredAt(gateways.by(gateway), id)),
    amount,
  );

const offeredAt = (gateway: Gateway, merchant: string): readonly OfferedWay[] =>
  gateway.ways?.(merchant) ?? pageAlone;
