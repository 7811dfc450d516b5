/** Razorpay's refunds (razorpay.com/docs/api/refunds), which are idempotent by a header and bear our reference as `receipt`. */
import { GatewayRefusedError, type AskedRefund, type Refunds, type Told } from '../gateway.ts';
import type { Calls } from './call.ts';
import { lookUp, lookUpInChat, refundsOf } from './look-up.ts';
import { referenceNote } from './link.ts';
import type { RazorpayMerchant } from './merchant.ts';
import { idOf, refundOf, type Whose } from './payment.ts';
import { readFields, type Fields } from './readers.ts';
import { isDuplicateRefund, isFinal } from './refusal.ts';

interface Parts {
  readonly merchantOf: (id: string) => RazorpayMerchant;
  readonly callsOf: (merchant: RazorpayMerchant) => Calls;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

export function givingBack({ merchantOf, callsOf, now }: Parts): Refunds {
  /** The payment as Razorpay writes it, whose id facts have in upper case, and the refunds of it that there are. */
  async function find(refund: AskedRefund): Promise<{
    readonly calls: Calls;
    readonly whose: Whose;
    readonly payment: Fields;
    /** Of our reference, where there is one. */
    readonly known: Fields | undefined;
  }> {
    const merchant = merchantOf(refund.merchant);
    const calls = callsOf(merchant);
    const { id: gatewayOrderId, payments } = refund.isInChat
      ? await lookUpInChat(calls, refund.reference)
      : await lookUp(calls, refund);
    const payment = payments.find(({ id }) => idOf(id) === refund.transactionId);
    if (payment === undefined) throw calls.unavailable('knows of no such payment');
    const known = (await refundsOf(calls, payment)).find(({ receipt }) => receipt === refund.refundReference);
    const whose = { reference: refund.reference, gatewayOrderId, merchantId: merchant.accountId };
    return { calls, whose, payment, known };
  }

  function told(refund: Fields, { merchant }: AskedRefund, calls: Calls, whose: Whose): Told {
    const { request, response: raw } = calls.exchange();
    return { facts: [refundOf(refund, whose, { now: now() })], merchant, raw, request };
  }

  async function ask(refund: AskedRefund): Promise<Told> {
    const { calls, whose, known } = await find(refund);
    if (known !== undefined) return told(known, refund, calls, whose);
    const { refundReference, transactionId, merchant } = refund;
    const nothing = { kind: 'refund', says: 'notFound', gateway: 'razorpay', ...whose } as const;
    const { request, response: raw } = calls.exchange();
    return { facts: [{ ...nothing, refundReference, transactionId }], merchant, raw, request };
  }

  return {
    ask,

    async request(refund) {
      const { calls, whose, payment, known } = await find(refund);
      // Razorpay does not promise that its idempotency key holds for ever, nor in its test mode.
      if (known !== undefined) return told(known, refund, calls, whose);
      const { reference, refundReference, amount } = refund;
      const { status, content, refusal } = await calls.post(
        `/payments/${encodeURIComponent(String(payment['id']))}/refund`,
        { amount, speed: 'normal', receipt: refundReference, notes: { [referenceNote]: reference } },
        { 'x-refund-idempotency': refundReference },
      );
      const made = readFields(content);
      if (refusal === undefined && made?.['receipt'] === refundReference)
        return told(made, refund, calls, whose);
      if (refusal === undefined) throw calls.unavailable('answers with something else than the refund');
      if (isDuplicateRefund(refusal)) {
        // An earlier request arrived meanwhile, and said something else.
        const again = await find(refund);
        if (again.known !== undefined) return told(again.known, refund, again.calls, again.whose);
        throw calls.unavailable('knows our key of a refund, and lists none under it');
      }
      const { code, description } = refusal;
      if (isFinal(refusal)) throw new GatewayRefusedError(code, `Razorpay: ${description}`, calls.exchange());
      throw calls.unavailable(`refund: HTTP ${status}, ${code}`);
    },
  };
}
