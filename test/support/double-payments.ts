/** Bills that two people pay at the same time, each by an order of their own and at another gateway. */
import type { Database } from '../../database/connection.ts';
import { makeOrder } from '../../database/payments/orders.ts';
import { lookUp, readRules } from '../../database/register.ts';
import { groupAssesseeNumber, type AssesseeNumber } from '../../domain/accounts/property.ts';
import { dateInKolkata } from '../../domain/calendar.ts';
import type { Paise } from '../../domain/money.ts';
import type { AttemptReference } from '../../domain/payments/attempt.ts';
import { gatewayNames, type GatewayName } from '../../domain/payments/gateways.ts';
import type { OrderId, PayToken } from '../../domain/payments/order.ts';
import { duesOf } from '../../domain/rules.ts';
import type { BillDeskMerchant } from '../../gateways/billdesk/merchant.ts';
import type { PaytmMerchant } from '../../gateways/paytm/merchant.ts';
import type { RazorpayMerchant } from '../../gateways/razorpay/merchant.ts';
import type { Citizen } from '../../sandbox/graph/model.ts';
import type { Refund } from '../../sandbox/kit/books.ts';
import type { ReturnForm } from '../../sandbox/kit/payments.ts';
import { waitFor } from '../../sandbox/wait.ts';
import { comeBack } from './come-back.ts';
import { inTurns } from './in-turns.ts';
import type { How } from './payers.ts';
import type { Town } from './town.ts';

/** One of the two payments of a bill. */
export interface Paying {
  readonly number: AssesseeNumber;
  readonly orderId: OrderId;
  readonly token: PayToken;
  readonly amount: Paise;
  /** Nobody where the order was not made in a chat. */
  readonly citizen?: Citizen;
  readonly gateway: GatewayName;
}

/** How long people go on trying, and what died has to catch up with all of them on a busy machine. */
export const patience = { timeoutMs: 240_000, everyMs: 500 };

const billDesk: BillDeskMerchant = {
  id: 'double-billdesk',
  mercid: 'KMCDOUBLE',
  clientid: 'kmcdouble',
  keys: [{ scheme: 'hmac', secret: 'an-invented-secret-of-a-test-0101' }],
};
const paytm: PaytmMerchant = {
  id: 'double-paytm',
  mid: 'KMCDOUBLE00000000001',
  keys: [{ key: 'InventedKey00101' }],
};
const razorpay: RazorpayMerchant = {
  id: 'double-razorpay',
  accountId: 'acc_KMCDOUBLE00001',
  keys: [{ keyId: 'rzp_test_KMCDOUBLE00001', keySecret: 'an-invented-secret-of-a-test-0102' }],
  webhookSecrets: [{ secret: 'an-invented-secret-of-a-test-0103' }],
};

/** The settings with which one gateway takes the new payments of property tax, while the others go on with what they took. */
export function takenBy(gateway: GatewayName): Record<string, string> {
  const accounts = { billdesk: billDesk, paytm, razorpay };
  return Object.fromEntries(
    gatewayNames.map((name) => {
      const others = { services: ['tradeLicence'] };
      const merchant = { ...accounts[name], ...(name !== gateway && others) };
      return [`${name.toUpperCase()}_MERCHANTS`, JSON.stringify([merchant])];
    }),
  );
}

/** Properties with one bill each, no two of the same amount. */
export async function addBills(town: Town, count: number): Promise<AssesseeNumber[]> {
  await town.rows(
    `with made as (
       insert into accounts (kind, number, owner_en, address_en, ward, residential)
       select 'property', '3310788' || lpad(n::text, 5, '0'), 'Invented Owner', '1 Double Street', 107, true
       from generate_series(1, $1) n returning number)
     insert into demands (account_kind, account_number, id, kind, period_from, period_to, presented_on, principal,
       interest, penalty, charge)
     select 'property', number, 'B1', 'PD', '2025-04-01', '2026-03-31', '2025-06-01',
       100000 + 100 * right(number, 5)::int, 0, 0, 0 from made`,
    [count],
  );
  const rows = await town.rows<{ number: AssesseeNumber }>(
    `select number from accounts where number like '3310788%' order by 1`,
  );
  return rows.map(({ number }) => number);
}

type OrderMade = Pick<Paying, 'orderId' | 'token' | 'amount'>;

/** A citizen asks for a bill in the chat, and gets the link. */
export async function linkInChat(town: Town, citizen: Citizen, number: AssesseeNumber): Promise<OrderMade> {
  await town.sandbox('POST', `citizens/${citizen.id}/messages`, { text: groupAssesseeNumber(number) });
  let made: OrderMade | undefined;
  await waitFor(
    `the link for ${number}`,
    async () => {
      [made] = await town.rows<OrderMade & Record<string, unknown>>(
        `select o.id as "orderId", o.token, o.amount::float8 as amount from orders o
         join citizen_ids i on i.citizen_id = o.citizen_id where i.value = $1 and o.account_number = $2`,
        [citizen.bsuid, number],
      );
      return made !== undefined;
    },
    { ...patience, everyMs: 100 },
  );
  if (!made) throw new Error('a link without an order');
  return made;
}

/** An order that nobody made in a chat. */
export async function linkOfNobody(db: Database, number: AssesseeNumber): Promise<OrderMade> {
  const today = dateInKolkata(Date.now());
  const [entry, rules] = [await lookUp(db, 'property', number), await readRules(db, today)];
  if (!entry) throw new Error(`no property ${number}`);
  const { dues } = duesOf({ ...entry, rules, today, asOf: Date.now() });
  const { account } = entry;
  const wanted = { service: 'propertyTax', account, dues, language: 'bn', lifetimeMs: 86_400_000 } as const;
  const { id: orderId, token, amount } = await makeOrder(db, wanted);
  return { orderId, token, amount };
}

let visitors = 0;
/** Nobody has an address twice, as the proxy before the API tells: start the town with PROXY_HOPS=1. */
function headers(): Record<string, string> {
  visitors += 1;
  return {
    'x-forwarded-for': `10.9.${visitors >> 8}.${visitors & 255}`,
    'user-agent': 'Mozilla/5.0',
    'content-type': 'application/x-www-form-urlencoded',
  };
}

/** Presses the button of the pay page, also where somebody else is paying the same, until it leads to the gateway. */
export async function goToGateway(
  town: Town,
  { token, orderId, gateway }: Paying,
): Promise<AttemptReference> {
  let reference: AttemptReference | undefined;
  const isThere = async (): Promise<boolean> => {
    const page = `${town.apiUrl}/pay/${token}?lang=en`;
    const answer = await fetch(page, { method: 'POST', headers: headers(), body: 'anyway=1' });
    const html = await answer.text();
    const [attempt] = await town.rows<{ reference: AttemptReference; gateway: GatewayName }>(
      `select reference, gateway from attempts where order_id = $1 and state = 'redirected'`,
      [orderId],
    );
    if (!attempt) throw new Error(`${answer.status} ${/<h1>(.*?)<\/h1>/s.exec(html)?.[1] ?? ''}`);
    if (attempt.gateway !== gateway) throw new Error(`at ${attempt.gateway} instead of ${gateway}`);
    reference = attempt.reference;
    return true;
  };
  await waitFor("the gateway's page", isThere, { ...patience, everyMs: 1_000 });
  if (reference === undefined) throw new Error('at no gateway');
  return reference;
}

/** Pays on the gateway's page, and comes back where the gateway sends the browser back. */
export async function payAt(
  town: Town,
  { gateway }: Paying,
  reference: AttemptReference,
  how: How,
): Promise<void> {
  const path = `${gateway}/orders/${reference}/pay`;
  const { returnForm } = await town.sandbox<{ returnForm: ReturnForm | null }>('POST', path, how);
  if (!returnForm) return;
  // A browser that finds nobody gives up.
  await comeBack(returnForm, headers())
    .then((answer) => answer.arrayBuffer())
    .catch(() => undefined);
}

/** What all gateways gave back, by the order at which it had been paid: their own books. */
export async function givenBack(town: Town): Promise<Map<string, readonly Refund[]>> {
  const all = new Map<string, readonly Refund[]>();
  await inTurns(gatewayNames, 1, async (gateway) => {
    const { orders } = await town.sandbox<{ orders: { reference: string; refunds: readonly Refund[] }[] }>(
      'GET',
      `${gateway}/orders`,
    );
    for (const { reference, refunds } of orders) all.set(reference, refunds);
  });
  return all;
}
