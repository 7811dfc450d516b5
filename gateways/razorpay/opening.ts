/** Opening an attempt at Razorpay: by a link to its page, by a link that opens a UPI app, or by a QR code; and ending it. */
import {
  AlreadyOpenedError,
  GatewayRefusedError,
  type Gateway,
  type NewAttempt,
  type Opened,
} from '../gateway.ts';
import type { Calls } from './call.ts';
import { linkIn, linkRequest, openedLink } from './link.ts';
import { isQrCode, linkOf, lookUp } from './look-up.ts';
import { openedQrCode, qrCodeIn, qrCodeRequest } from './qr-code.ts';
import { isDuplicateLink, isFinal, isOver } from './refusal.ts';

/** @param merchant our id of the account */
type CallsAt = (merchant: string, timeoutMs: number | undefined) => Calls;

export const openingOf =
  (callsAt: CallsAt): Gateway['open'] =>
  async (attempt) => {
    const calls = callsAt(attempt.merchant, attempt.timeoutMs);
    return (await openByUpi(attempt, calls)) ?? openLink(attempt, calls, false);
  };

/** @returns undefined where another way is wanted, the account may not, or the device cannot */
async function openByUpi(attempt: NewAttempt, calls: Calls): Promise<Opened | undefined> {
  switch (attempt.way) {
    case 'page':
      return undefined;
    case 'upiQr':
      return openQrCode(attempt, calls);
    case 'upiApp':
      // On other phones such a link opens nothing ("UPI Payment Links").
      if (!attempt.browser.userAgent.includes('Android')) return undefined;
      return openLink(attempt, calls, true).catch((error: unknown) => {
        if (error instanceof GatewayRefusedError) return undefined;
        throw error;
      });
  }
}

async function openQrCode(attempt: NewAttempt, calls: Calls): Promise<Opened | undefined> {
  const { status, content, refusal } = await calls.post('/payments/qr_codes', qrCodeRequest(attempt));
  if (refusal === undefined) return openedQrCode(qrCodeIn(content), attempt, calls);
  if (isFinal(refusal)) return undefined;
  throw calls.unavailable(`qr_codes: HTTP ${status}, ${refusal.code}`);
}

async function openLink(attempt: NewAttempt, calls: Calls, opensApp: boolean): Promise<Opened> {
  const { status, content, refusal } = await calls.post('/payment_links', linkRequest(attempt, opensApp));
  if (refusal === undefined) return openedLink(linkIn(content), attempt, calls);
  const { code, description } = refusal;
  if (isDuplicateLink(refusal)) {
    const link = await linkOf(calls, attempt);
    if (link?.status === 'created') return openedLink(link, attempt, calls);
    throw new AlreadyOpenedError(`Razorpay: ${description}`, calls.exchange());
  }
  if (isFinal(refusal)) throw new GatewayRefusedError(code, `Razorpay: ${description}`, calls.exchange());
  throw calls.unavailable(`payment_links: HTTP ${status}, ${code}`);
}

/** Where a link or a code stands when nobody can pay by it any more. */
const over: ReadonlySet<string | undefined> = new Set(['cancelled', 'expired', 'closed']);

/** Razorpay has a thing of its own for each way: one ends before there is another, so that the money is taken once. */
export const closingOf =
  (callsAt: CallsAt): NonNullable<Gateway['close']> =>
  async ({ merchant, timeoutMs, ...attempt }) => {
    const calls = callsAt(merchant, timeoutMs);
    const { id, status, isPaid, payments } = await lookUp(calls, attempt);
    const closed = (isClosed: boolean) => ({ isClosed, exchange: calls.exchange() });
    // Whoever has begun may have paid by the time that it is closed.
    if (isPaid || payments.some((payment) => payment['status'] !== 'failed')) return closed(false);
    if (id === undefined || over.has(status)) return closed(true);
    const path = isQrCode(id) ? `/payments/qr_codes/${id}/close` : `/payment_links/${id}/cancel`;
    const answer = await calls.post(path, {});
    if (answer.refusal !== undefined) {
      if (isFinal(answer.refusal)) return closed(isOver(answer.refusal));
      throw calls.unavailable(`${path}: HTTP ${answer.status}, ${answer.refusal.code}`);
    }
    const ended = isQrCode(id) ? qrCodeIn(answer.content) : linkIn(answer.content);
    return closed(ended?.id === id && !ended.isPaid && over.has(ended.status));
  };
