/** Pays what credit covers whole, when its citizen says so in the chat. */
import type { Database } from '../database/connection.ts';
import { orderByToken } from '../database/payments/orders.ts';
import type { PaidByCredit } from '../database/payments/pay-by-credit.ts';
import type { PayToken } from '../domain/payments/order.ts';
import type { CreditPayment } from '../records/credit-payment.ts';

export interface CreditActivities {
  /** Safe to repeat: an order is paid once. `anyway`: the citizen knows that somebody else may be paying the same. */
  payByCredit(wanted: { readonly token: PayToken; readonly anyway: boolean }): Promise<PaidByCredit>;
}

export function createCreditActivities({
  db,
  pay,
}: {
  readonly db: Database;
  readonly pay: CreditPayment;
}): CreditActivities {
  return {
    async payByCredit({ token, anyway }) {
      const order = await orderByToken(db, token);
      return order ? pay(order, { anyway }) : { outcome: 'refused', because: 'changed' };
    },
  };
}
