/** The hosted payment page, in plain HTML: what is paid, how, and what is to come of it. */
import type { ComponentChildren, VNode } from 'preact';
import { callbackTimes, type Traits } from './behaviour.ts';
import { methods, type Method, type Order } from './books.ts';
import type { NotPayable, Outcome, ReturnForm } from './payments.ts';

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

export const callbackWords: Readonly<Record<(typeof callbackTimes)[number], string>> = {
  beforeReturn: 'before the browser returns',
  afterReturn: 'after the browser has returned',
  never: 'never',
};

/** What any gateway may get wrong, in the words of the page and the panel. */
export const forgeryWords = {
  none: 'nothing',
  amount: 'amount',
  currency: 'currency',
  merchant: 'merchant',
  order: 'order number',
  signature: 'signature altered',
  key: "somebody else's key",
} as const;

/** The gateway, as its pages name it. */
export interface PageOf {
  readonly title: string;
  /** Where its addresses begin: `/billdesk`. */
  readonly base: string;
  /** Each of its forgeries in words. */
  readonly forgeries: Readonly<Record<string, string>>;
}

const rupees = new Intl.NumberFormat('en-IN', { style: 'currency', currency: 'INR' });
type Shown = Order<Traits>;
const shown = ({ amount }: Shown): string => rupees.format(amount / 100);

function Page({
  of,
  title,
  children,
}: {
  readonly of: PageOf;
  readonly title: string;
  readonly children: ComponentChildren;
}): VNode {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{title}</title>
        <link rel="stylesheet" href={`${of.base}/assets/page.css`} />
      </head>
      <body>
        <main>
          {children}
          <footer>This is a stand-in for {of.title}. No money moves.</footer>
        </main>
      </body>
    </html>
  );
}

function Facts({ order }: { readonly order: Shown }): VNode {
  return (
    <header>
      <p>
        Pay to <strong>Kolkata Municipal Corporation</strong>
      </p>
      <p class="amount" data-testid="amount">
        {shown(order)}
      </p>
      <p class="order">
        Merchant {order.merchantId} · order <span data-testid="order">{order.reference}</span>
      </p>
    </header>
  );
}

export function PaymentPage({ of, order }: { readonly of: PageOf; readonly order: Shown }): VNode {
  return (
    <Page of={of} title={`Pay ${shown(order)}`}>
      <Facts order={order} />
      <form method="post" action={`${of.base}/page/pay`} autoComplete="off">
        <input type="hidden" name="order" value={order.gatewayOrderId} />
        <input type="hidden" name="secret" value={order.secret} />
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
          <summary>And {of.title} misbehaves</summary>
          <label>
            The webhook comes
            <select name="webhook">
              <option value="">as the panel says</option>
              {callbackTimes.map((time) => (
                <option value={time}>{callbackWords[time]}</option>
              ))}
            </select>
          </label>
          <label>
            Wrong in what it says
            <select name="forge">
              <option value="">as the panel says</option>
              {Object.entries(of.forgeries).map(([forgery, words]) => (
                <option value={forgery}>{words}</option>
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
  readonly of: PageOf;
  readonly order: Shown;
  readonly form: ReturnForm;
  /** Why nothing was done; then it stays for the citizen to read. */
  readonly obstacle?: NotPayable['reason'];
}): VNode {
  const { of, order, form, obstacle } = props;
  return (
    <Page of={of} title="Back to the merchant">
      <Facts order={order} />
      <p role="status">
        {obstacle === undefined ? 'You are being sent back to the merchant.' : obstacleWords[obstacle]}
      </p>
      <form method={form.method} action={form.url} id="back">
        {Object.entries(form.fields).map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
        <button type="submit" class="pay" data-testid="back">
          Back to the merchant
        </button>
      </form>
      {obstacle === undefined && <script src={`${of.base}/assets/back.js`} />}
    </Page>
  );
}

export function StayPage({ of, order }: { readonly of: PageOf; readonly order: Shown }): VNode {
  return (
    <Page of={of} title="Nothing more happens here">
      <Facts order={order} />
      <p role="status">
        The payment is done as you wished, and the browser is not sent back. You may close this page.
      </p>
    </Page>
  );
}

export function LostPage({ of }: { readonly of: PageOf }): VNode {
  return (
    <Page of={of} title="No such order">
      <p role="status">{of.title} knows no such order, or the way here was not the merchant's.</p>
    </Page>
  );
}
