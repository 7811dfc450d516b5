/** The corporation's accounts at gateways, as the books know them: by an id of ours that never changes. */
import type pg from 'pg';
import type { GatewayName } from '../../domain/payments/gateways.ts';
import { clearingAccount, openAccounts } from './ledger.ts';

export interface MerchantAccount {
  /** Ours. */
  readonly id: string;
  readonly gateway: GatewayName;
  /** The gateway's own, of today. */
  readonly merchantId: string;
}

/** Writes a merchant account down that the books do not know yet. */
export async function keepMerchantAccount(
  client: pg.PoolClient,
  { id, gateway, merchantId }: MerchantAccount,
): Promise<void> {
  const { rowCount } = await client.query({
    name: 'known-merchant-account',
    text: 'select from merchant_accounts where id = $1',
    values: [id],
  });
  if (rowCount === 1) return;
  await openAccounts(client, [clearingAccount(id)]);
  await client.query({
    name: 'keep-merchant-account',
    text: `insert into merchant_accounts (id, gateway, merchant_id, clearing_account) values ($1, $2, $3, $4)
           on conflict do nothing`,
    values: [id, gateway, merchantId, clearingAccount(id)],
  });
}
