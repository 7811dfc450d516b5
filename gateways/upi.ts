/** What holds for UPI at every gateway: which ways there are to it, within WhatsApp too, its limit, and how an intent is read. */
import type { PaidService } from '../domain/accounts/kinds.ts';
import { paise, type Paise } from '../domain/money.ts';
import type { OfferedWay, PayWay } from '../domain/payments/way.ts';
import type { ChatTerms } from './gateway.ts';
import { limitFor, type Limit } from './merchants.ts';

/** A merchant account at a gateway that takes UPI without its page, too. */
export interface UpiMerchant {
  /** What the gateway has enabled for it beside the page. */
  readonly ways?: readonly Exclude<PayWay, 'page'>[];
  /** The most that one payment by UPI may be, where it is not the usual. */
  readonly upiMost?: Limit;
}

/** NPCI's limit of one payment in rupees; for verified merchants of taxes (category code 9311) it is 5,00,000. */
const usualMost = 100_000;

/** How an account can be paid for a service. */
export function waysFor({ ways = [], upiMost }: UpiMerchant, service: PaidService): readonly OfferedWay[] {
  const most = mostFor(upiMost, service);
  return [{ way: 'page' }, ...ways.map((way) => ({ way, most }))];
}

/** A merchant account at a gateway whose orders WhatsApp may have paid in the chat. */
export interface ChatMerchant {
  /** The name of the payment configuration by which Meta knows the account; without it nothing is paid to it in the chat. */
  readonly whatsappConfiguration?: string;
  /** The most that one payment by UPI may be, where it is not the usual. */
  readonly upiMost?: Limit;
}

/** How an account is paid in the chat for a service. @returns undefined where it is not */
export function chatFor(
  { whatsappConfiguration: configuration, upiMost }: ChatMerchant,
  service: PaidService,
): ChatTerms | undefined {
  return configuration === undefined ? undefined : { configuration, most: mostFor(upiMost, service) };
}

const mostFor = (upiMost: Limit | undefined, service: PaidService): Paise =>
  limitFor(upiMost, service) ?? paise(usualMost * 100);

/** Nothing but printable ASCII, which is all that a URI has. */
const intent = /^upi:\/\/pay\?[!-~]{1,2000}$/;
/** Rupees; some gateways leave out what is zero. */
const amountForm = /^(\d{1,9})(?:\.(\d{1,2}))?$/;

/**
 * An app follows whatever stands in an intent, so it is looked at before a citizen is sent there.
 * @returns undefined for whatever is no intent to pay just this amount, in rupees
 */
export function readIntent(uri: unknown, amount: Paise): string | undefined {
  if (typeof uri !== 'string' || !intent.test(uri)) return undefined;
  const query = new URLSearchParams(uri.slice(uri.indexOf('?')));
  const [, whole = '', part = ''] = amountForm.exec(query.get('am') ?? '') ?? [];
  const isThisAmount = whole !== '' && Number(whole) * 100 + Number(part.padEnd(2, '0')) === amount;
  return isThisAmount && (query.get('cu') ?? 'INR') === 'INR' && query.get('pa') ? uri : undefined;
}
