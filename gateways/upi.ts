/** What holds for UPI at every gateway: its limit, and how an intent is read. */
import { paise, type Paise } from '../domain/money.ts';
import { rupees } from './amount.ts';

/** NPCI's limit of one payment in rupees; for verified merchants of taxes (category code 9311) it is 5,00,000. */
const usualMost = 100_000;

/** The most that one payment to a merchant account may be. */
export const upiMostOf = ({ upiMost = usualMost }: { readonly upiMost?: number }): Paise =>
  paise(upiMost * 100);

/** Nothing but printable ASCII, which is all that a URI has. */
const intent = /^upi:\/\/pay\?[!-~]{1,2000}$/;

/**
 * An app follows whatever stands in an intent, so it is looked at before a citizen is sent there.
 * @returns undefined for whatever is no intent to pay just this amount, in rupees
 */
export function readIntent(uri: unknown, amount: Paise): string | undefined {
  if (typeof uri !== 'string' || !intent.test(uri)) return undefined;
  const query = new URLSearchParams(uri.slice(uri.indexOf('?')));
  const isThisAmount = query.get('am') === rupees(amount) && (query.get('cu') ?? 'INR') === 'INR';
  return isThisAmount && query.get('pa') ? uri : undefined;
}
