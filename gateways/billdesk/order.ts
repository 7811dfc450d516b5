/** Creating an order: what is sent, and the way to the payment page in what comes back. */
import { z } from 'zod';
import type { BillDeskMerchant } from './merchant.ts';
import { clockInKolkata } from '../../domain/calendar.ts';
import { specOf } from '../../domain/accounts/specs.ts';
import { rupees } from '../amount.ts';
import { GatewayUnavailableError, type Exchange, type NewAttempt, type Opened } from '../gateway.ts';
import { payerAddress, payerBrowser, readAmount, readCurrency, readReference, readTime } from '../readers.ts';

/** ISO 4217's number of the Indian rupee. */
export const rupee = '356';

/** Which of the seven values names the attempt, where the order was made for an order in the chat and has an id of Meta's. */
export const referencePlace = 'additional_info4';

/**
 * Seven values, at least three of them real: BillDesk's sign-off asks for exactly that. Nothing about a person.
 * @param more values beside the usual ones
 */
export function additionalInfo(
  { service, accountNumber, ward }: Pick<NewAttempt, 'service' | 'accountNumber' | 'ward'>,
  ...more: readonly string[]
): Record<string, string> {
  // By the revenue head finance finds the money in BillDesk's settlement files.
  const real = [specOf(service).head, accountNumber, `WARD${String(ward).padStart(2, '0')}`, ...more];
  return Object.fromEntries(
    Array.from({ length: 7 }, (_, index) => [
      `additional_info${index + 1}`,
      // Other characters than these are refused.
      (real[index] ?? 'NA').replace(/[^A-Za-z0-9@,.-]/g, '-'),
    ]),
  );
}

/** The order as BillDesk wants it (docs.billdesk.io, "Create order"). */
export function orderRequest(attempt: NewAttempt, { mercid, settlementLob }: BillDeskMerchant): object {
  const { reference, amount, returnUrl, browser, at } = attempt;
  return {
    mercid,
    orderid: reference,
    amount: rupees(amount),
    order_date: `${clockInKolkata(at)}+05:30`,
    currency: rupee,
    ru: returnUrl,
    itemcode: 'DIRECT',
    ...(settlementLob === undefined ? {} : { settlement_lob: settlementLob }),
    additional_info: additionalInfo(attempt),
    device: {
      init_channel: 'internet',
      ip: payerAddress(browser.ip),
      user_agent: payerBrowser(browser.userAgent),
      accept_header: 'text/html',
    },
  };
}

const redirectSchema = z.object({
  rel: z.literal('redirect'),
  href: z.url({ protocol: /^https?$/ }),
  parameters: z.object({ mercid: z.string(), bdorderid: z.string(), rdata: z.string().min(1) }),
  valid_date: z.unknown().optional(),
});

const orderSchema = z.object({
  mercid: z.unknown().transform(readReference),
  orderid: z.unknown().transform(readReference),
  bdorderid: z.unknown().transform(readReference).pipe(z.string()),
  amount: z.unknown().transform(readAmount),
  currency: z.unknown().transform(readCurrency),
  // Which place the link has among them is not promised.
  links: z.array(z.unknown()),
});

/** How long the page lasts where BillDesk does not say. */
const usualSessionMs = 30 * 60_000;

/** What we asked for, and how the answer came. */
interface Asked {
  readonly attempt: NewAttempt;
  readonly merchant: BillDeskMerchant;
  readonly exchange: Required<Exchange>;
}

/**
 * Reads the order that BillDesk made.
 * @throws GatewayUnavailableError when it is another one, or leads nowhere
 */
export function openedOrder(answer: unknown, { attempt, merchant, exchange }: Asked): Opened {
  const unusable = (reason: string): GatewayUnavailableError =>
    new GatewayUnavailableError(`BillDesk ${reason}`, exchange);
  const order = orderSchema.safeParse(answer).data;
  if (order === undefined) throw unusable('answers with something else than an order');
  if (
    order.mercid !== merchant.mercid ||
    order.orderid !== attempt.reference ||
    order.amount !== attempt.amount ||
    order.currency !== 'INR'
  ) {
    throw unusable('answers with another order');
  }
  const link = order.links
    .map((each) => redirectSchema.safeParse(each).data)
    .find((each) => each !== undefined);
  if (link === undefined) throw unusable('gives no way to its payment page');
  const { parameters } = link;
  return {
    gatewayOrderId: order.bdorderid,
    redirect: {
      kind: 'form',
      url: link.href,
      // The form names its first field otherwise than the link does.
      fields: { merchantid: parameters.mercid, bdorderid: parameters.bdorderid, rdata: parameters.rdata },
    },
    usableUntil: readTime(link.valid_date, { now: attempt.at }) ?? attempt.at + usualSessionMs,
    exchange,
  };
}
