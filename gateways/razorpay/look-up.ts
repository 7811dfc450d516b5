/** What Razorpay has of an attempt: its link or QR code, the payments that were tried by it, and their refunds. */
import type { AskedAttempt } from '../gateway.ts';
import { readReference } from '../readers.ts';
import type { Calls } from './call.ts';
import { linkIn, type Link } from './link.ts';
import { qrCodeIn } from './qr-code.ts';
import { readEntityId, readList, type Fields } from './readers.ts';

type Asked = Pick<AskedAttempt, 'reference' | 'gatewayOrderId'>;

export interface LookedUp {
  /** Of the link or the code; undefined where Razorpay knows of none. */
  readonly id: string | undefined;
  /** Razorpay's word for where it stands. */
  readonly status: string | undefined;
  readonly isPaid: boolean;
  /** Oldest first; none where nobody has begun. */
  readonly payments: readonly Fields[];
}

/**
 * By the id that tells a code from a link. Without one there is a link or nothing: a code whose making was not answered has
 * been shown to nobody.
 * @throws GatewayUnavailableError, as all of these
 */
export async function lookUp(calls: Calls, asked: Asked): Promise<LookedUp> {
  const { reference, gatewayOrderId } = asked;
  if (gatewayOrderId === undefined || !isQrCode(gatewayOrderId)) {
    const link = await linkOf(calls, asked);
    const payments =
      link?.orderId === undefined ? [] : await listed(calls, `/orders/${link.orderId}/payments`);
    return { id: link?.id, status: link?.status, isPaid: link?.isPaid ?? false, payments };
  }
  const path = `/payments/qr_codes/${gatewayOrderId}`;
  const { status, content, refusal } = await calls.get(path);
  if (refusal !== undefined) throw calls.unavailable(`qr_codes: HTTP ${status}, ${refusal.code}`);
  const code = qrCodeIn(content);
  if (code?.id !== gatewayOrderId || code.reference !== reference)
    throw calls.unavailable('tells of another QR code');
  return { ...code, payments: await listed(calls, `${path}/payments`) };
}

export const isQrCode = (id: string): boolean => id.startsWith('qr_');

/** The link of an attempt, by its id where that is known. @returns undefined where Razorpay knows of none */
export async function linkOf(calls: Calls, { reference, gatewayOrderId }: Asked): Promise<Link | undefined> {
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

/**
 * Of an order in the chat Razorpay has an order of its own with our reference as its receipt, made by Meta; several, where Meta
 * makes one for each try. None while nobody has begun to pay.
 */
export async function lookUpInChat(calls: Calls, reference: string): Promise<LookedUp> {
  const all = await listed(calls, `/orders?receipt=${reference}`);
  const orders = all.filter((order) => readReference(order['receipt']) === reference);
  const payments = [];
  for (const order of orders) {
    const id = readEntityId('order', order['id']);
    if (id !== undefined) payments.push(...(await listed(calls, `/orders/${id}/payments`)));
  }
  const isPaid = orders.some(({ status }) => status === 'paid');
  return { id: undefined, status: undefined, isPaid, payments };
}

/** Oldest first. */
export const refundsOf = (calls: Calls, { id }: Fields): Promise<readonly Fields[]> =>
  listed(calls, `/payments/${encodeURIComponent(readReference(id) ?? '')}/refunds`);

async function listed(calls: Calls, path: string): Promise<readonly Fields[]> {
  const { status, content, refusal } = await calls.get(path);
  const items = readList(content, 'items');
  if (refusal === undefined && items !== undefined) return items.toReversed();
  throw calls.unavailable(`${path.split(/[/?]/)[1] ?? ''}: HTTP ${status}, ${refusal?.code ?? 'no list'}`);
}
