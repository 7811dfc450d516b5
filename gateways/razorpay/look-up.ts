/** What Razorpay has of an attempt: its link, the payments that were tried under it, and their refunds. */
import type { AskedAttempt } from '../gateway.ts';
import { readReference } from '../readers.ts';
import type { Calls } from './call.ts';
import { linkIn, type Link } from './link.ts';
import { readList, type Fields } from './readers.ts';

/**
 * The link of an attempt, by its id where that is known. @returns undefined where Razorpay knows of none
 * @throws GatewayUnavailableError, as all of these
 */
export async function linkOf(
  calls: Calls,
  { reference, gatewayOrderId }: Pick<AskedAttempt, 'reference' | 'gatewayOrderId'>,
): Promise<Link | undefined> {
  const path = gatewayOrderId === undefined ? `?reference_id=${reference}` : `/${gatewayOrderId}`;
  const { status, content, refusal } = await calls.get(`/payment_links${path}`);
  if (refusal !== undefined) throw calls.unavailable(`payment_links: HTTP ${status}, ${refusal.code}`);
  if (gatewayOrderId === undefined) {
    const links = readList(content, 'payment_links');
    if (links === undefined) throw calls.unavailable('answers with no list of payment links');
    return links.map(linkIn).find((each) => each?.reference === reference);
  }
  const link = linkIn(content);
  if (link === undefined) throw calls.unavailable('answers with something else than a payment link');
  if (link.reference !== reference) throw calls.unavailable('tells of another payment link');
  return link;
}

/** Oldest first; none where nobody has opened the page. */
export const paymentsOf = async (calls: Calls, link: Link | undefined): Promise<readonly Fields[]> =>
  link?.orderId === undefined ? [] : listed(calls, `/orders/${link.orderId}/payments`);

/** Oldest first. */
export const refundsOf = (calls: Calls, { id }: Fields): Promise<readonly Fields[]> =>
  listed(calls, `/payments/${encodeURIComponent(readReference(id) ?? '')}/refunds`);

async function listed(calls: Calls, path: string): Promise<readonly Fields[]> {
  const { status, content, refusal } = await calls.get(path);
  const items = readList(content, 'items');
  if (refusal === undefined && items !== undefined) return items.toReversed();
  throw calls.unavailable(`${path.split('/')[1] ?? ''}: HTTP ${status}, ${refusal?.code ?? 'no list'}`);
}
