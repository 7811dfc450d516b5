/** The hosted payment page, in plain HTML: what is paid, how, and what is to come of it. */
import type { ComponentChildren, VNode } from 'preact';
import { methods, type Method, type Order } from './books.ts';
import { forgeries, webhookTimes, type Forgery } from './faults.ts';
import type { NotPayable, Outcome, ReturnForm } from './payments.ts';
import { inPaise } from './transaction.ts';

const methodWords: Readonly<Record<Method, string>> = {
  upi: 'UPI',
  card: 'Card',
  netbanking: 'Net banking',
  wallet: 'Wallet',
};

const otherOutcomes: readonly (readonly [Exclude<Outcome, 'success'>, string])[] = [
  ['failure', 'The bank declines'],
  ['cancel', 'Cancel and go back'],
  ['pending', 'Pending, until decided in the panel'],
  ['pendingThenSuccess', 'Pending, then success'],
  ['pendingThenFailure', 'Pending, then failure'],
  ['failureThenSuccess', 'Fail now, success later'],
];

export const webhookWords: Readonly<Record<(typeof webhookTimes)[number], string>> = {
  beforeReturn: 'before the browser returns',
  afterReturn: 'after the browser has returned',
  never: 'never',
};

export const forgeryWords: Readonly<Record<Forgery, string>> = {
  none: 'nothing',
  amount: 'amount',
  currency: 'currency',
  merchant: 'merchant',
  order: 'order number',
  signature: 'signature altered',
  key: "somebody else's key",
  encryptionKey: "somebody else's encryption key",
  algNone: 'no signature',
};

const rupees = new Intl.NumberFormat('en-IN', { style: 'currency', currency: 'INR' });
const shown = ({ amount }: Order): string => rupees.format((inPaise(amount) ?? 0) / 100);

function Page({ title, children }: { readonly title: string; readonly children: ComponentChildren }): VNode {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{title}</title>
        <link rel="stylesheet" href="/billdesk/assets/page.css" />
      </head>
      <body>
        <main>
          {children}
          <footer>This is a stand-in for BillDesk. No money moves.</footer>
        </main>
      </body>
    </html>
  );
}

function Facts({ order }: { readonly order: Order }): VNode {
  return (
    <header>
      <p>
        Pay to <strong>Kolkata Municipal Corporation</strong>
      </p>
      <p class="amount" data-testid="amount">
        {shown(order)}
      </p>
      <p class="order">
        Merchant {order.mercid} · order <span data-testid="order">{order.orderid}</span>
      </p>
    </header>
  );
}

export function PaymentPage({ order }: { readonly order: Order }): VNode {
  return (
    <Page title={`Pay ${shown(order)}`}>
      <Facts order={order} />
      <form method="post" action="/billdesk/web/v1_2/pay" autoComplete="off">
        <input type="hidden" name="bdorderid" value={order.bdorderid} />
        <input type="hidden" name="rdata" value={order.rdata} />
        <fieldset>
          <legend>Pay by</legend>
          {methods.map((method, index) => (
            <label>
              <input type="radio" name="method" value={method} checked={index === 0} />
              {methodWords[method]}
            </label>
          ))}
        </fieldset>
        <button type="submit" name="outcome" value="success" class="pay" data-testid="pay">
          Pay {shown(order)}
        </button>
        <h2>Or something else happens</h2>
        {otherOutcomes.map(([outcome, words]) => (
          <button type="submit" name="outcome" value={outcome} data-testid={outcome}>
            {words}
          </button>
        ))}
        <details>
          <summary>And BillDesk misbehaves</summary>
          <label>
            The webhook comes
            <select name="webhook">
              <option value="">as the panel says</option>
              {webhookTimes.map((time) => (
                <option value={time}>{webhookWords[time]}</option>
              ))}
            </select>
          </label>
          <label>
            Wrong in what it says
            <select name="forge">
              <option value="">as the panel says</option>
              {forgeries.map((forgery) => (
                <option value={forgery}>{forgeryWords[forgery]}</option>
              ))}
            </select>
          </label>
          <label>
            The browser returns
            <select name="returnForm">
              <option value="">as the panel says</option>
              <option value="true">yes</option>
              <option value="false">no</option>
            </select>
          </label>
        </details>
      </form>
    </Page>
  );
}

const obstacleWords: Readonly<Record<NotPayable['reason'], string>> = {
  paid: 'This order is already paid.',
  pending: 'A payment of this order is being processed.',
  expired: 'The session has expired.',
};

/** Sends the browser back by itself where it runs scripts, and by the button where it does not. */
export function WayBackPage(props: {
  readonly order: Order;
  readonly form: ReturnForm;
  /** Why nothing was done; then it stays for the citizen to read. */
  readonly obstacle?: NotPayable['reason'];
}): VNode {
  const { order, form, obstacle } = props;
  return (
    <Page title="Back to the merchant">
      <Facts order={order} />
      <p role="status">
        {obstacle === undefined ? 'You are being sent back to the merchant.' : obstacleWords[obstacle]}
      </p>
      <form method="post" action={form.url} id="back">
        {Object.entries(form.fields).map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
        <button type="submit" class="pay" data-testid="back">
          Back to the merchant
        </button>
      </form>
      {obstacle === undefined && <script src="/billdesk/assets/back.js" />}
    </Page>
  );
}

export function StayPage({ order }: { readonly order: Order }): VNode {
  return (
    <Page title="Nothing more happens here">
      <Facts order={order} />
      <p role="status">
        The payment is done as you wished, and the browser is not sent back. You may close this page.
      </p>
    </Page>
  );
}

export function LostPage(): VNode {
  return (
    <Page title="No such order">
      <p role="status">BillDesk knows no such order, or the way here was not the merchant's.</p>
    </Page>
  );
}
