/** The ledger: double entry, append-only. Debits are positive, credits negative; Postgres refuses what does not balance. */
import type pg from 'pg';
import type { GatewayName } from '../../domain/payments/attempt.ts';
import type { Due } from '../../domain/dues.ts';
import type { OrderId } from '../../domain/payments/order.ts';
import type { PaidService } from '../../domain/services.ts';

export interface Money {
  readonly orderId: OrderId;
  readonly service: PaidService;
  readonly gateway: GatewayName;
  readonly merchant: string;
  readonly transactionId: string;
}

/** Paise by account. */
type Lines = ReadonlyMap<string, number>;

/**
 * Posts what a gateway took: the demands that it paid, by revenue head and with what was taken off, and the rest as
 * excess, which the corporation owes the payer.
 */
export async function postPayment(
  client: pg.PoolClient,
  money: Money,
  paid: readonly Due[],
  excess: number,
): Promise<void> {
  const gateway = `gateway/${money.gateway}/${money.merchant}`;
  if (paid.length > 0) await post(client, money, 'payment', paymentLines(money.service, paid, gateway));
  if (excess > 0) {
    const lines = new Map([
      [gateway, excess],
      ['liability/excess', -excess],
    ]);
    await post(client, money, 'excess', lines);
  }
}

function paymentLines(service: PaidService, paid: readonly Due[], gateway: string): Lines {
  const lines = new Map<string, number>();
  const add = (account: string, amount: number): unknown =>
    lines.set(account, (lines.get(account) ?? 0) + amount);
  for (const due of paid) {
    add(gateway, due.payable);
    add('relief/rebate', due.rebate?.amount ?? 0);
    add('relief/waiver', due.waiver?.amount ?? 0);
    for (const { kind, amount } of due.lines) add(`revenue/${service}/${kind}`, 0 - amount);
  }
  return lines;
}

async function post(
  client: pg.PoolClient,
  { orderId, gateway, transactionId }: Money,
  kind: 'payment' | 'excess',
  lines: Lines,
): Promise<void> {
  const moved = [...lines].filter(([, amount]) => amount !== 0);
  await client.query({
    name: 'post-entry',
    text: `with entry as (
             insert into ledger_entries (kind, gateway, transaction_id, order_id) values ($1, $2, $3, $4) returning id
           )
           insert into ledger_lines (entry_id, account, amount)
           select entry.id, line.account, line.amount
           from entry, unnest($5::text[], $6::bigint[]) as line (account, amount)`,
    values: [
      kind,
      gateway,
      transactionId,
      orderId,
      moved.map(([account]) => account),
      moved.map(([, amount]) => amount),
    ],
  });
}
