/** The card of an order that is paid within WhatsApp, and the sheet on which it is reviewed and paid. */
import type { VNode } from 'preact';
import type { OutboundMessage } from '../graph/model.ts';
import { cardStateOf, parametersOf, type CardState } from '../graph/orders.ts';
import type { OrderParameters } from '../graph/payload.ts';
import type { Outcome } from '../kit/payments.ts';
import { Icon } from './icons.tsx';

const states: Readonly<Record<CardState, string>> = {
  payable: 'Not paid yet',
  pending: 'Payment pending',
  paid: 'Paid',
  completed: 'Completed',
  canceled: 'Canceled',
  expired: 'Expired',
};

/** What the bank does when the citizen pays: the stand-in of the gateway carries it out. */
const choices: Readonly<Partial<Record<Outcome, string>>> = {
  success: 'Pay',
  failure: 'The bank declines',
  failureThenSuccess: 'Declined, then paid after all',
  pending: 'The bank does not answer',
  pendingThenSuccess: 'No answer, then paid',
};

const rupees = (paise: number): string =>
  `₹${(paise / 100).toLocaleString('en-IN', { minimumFractionDigits: 2 })}`;

function Items({ order, total_amount }: Pick<OrderParameters, 'order' | 'total_amount'>): VNode {
  return (
    <ul class="items">
      {order.items.map(({ name, amount }) => (
        <li>
          <span dir="auto">{name}</span>
          <span>{rupees(amount.value)}</span>
        </li>
      ))}
      {order.discount && (
        <li>
          <span dir="auto">{order.discount.description}</span>
          <span>−{rupees(order.discount.value)}</span>
        </li>
      )}
      <li class="total">
        <span>Total</span>
        <span>{rupees(total_amount.value)}</span>
      </li>
    </ul>
  );
}

export function OrderCard({ message }: { readonly message: OutboundMessage }): VNode | null {
  const parameters = parametersOf(message);
  if (!parameters) return null;
  const state = cardStateOf(message, Date.now());
  return (
    <div class="order" data-testid="order-card" data-state={state}>
      <Items {...parameters} />
      <small data-testid="order-state">{states[state]}</small>
    </div>
  );
}

export function PayButton({ message }: { readonly message: OutboundMessage }): VNode | null {
  const parameters = parametersOf(message);
  if (!parameters || cardStateOf(message, Date.now()) !== 'payable') return null;
  return (
    <div class="buttons">
      <button type="button" data-testid="review-and-pay" data-action="review" aria-haspopup="dialog">
        <Icon name="list" />
        Review and pay
      </button>
      <PaySheet parameters={parameters} />
    </div>
  );
}

function PaySheet({ parameters }: { readonly parameters: OrderParameters }): VNode {
  const { reference_id, order, payment_settings } = parameters;
  return (
    <template data-sheet>
      <form method="dialog" class="sheet" data-testid="pay-sheet" data-reference={reference_id}>
        <header>
          <button type="submit" value="" class="plain" aria-label="Close">
            <Icon name="close" />
          </button>
          <h2>Your order</h2>
        </header>
        <div class="rows">
          <Items {...parameters} />
          <p class="remark" dir="auto">
            {order.expiration?.description}
          </p>
          <p class="remark">Paid at the stand-in of {payment_settings[0].payment_gateway.type}.</p>
        </div>
        <footer>
          {Object.entries(choices).map(([outcome, words]) => (
            <button
              type="submit"
              value={outcome}
              class={outcome === 'success' ? 'primary' : 'plain-choice'}
              data-testid={`pay-${outcome}`}
            >
              {words}
            </button>
          ))}
        </footer>
      </form>
    </template>
  );
}
