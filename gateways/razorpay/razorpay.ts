/** Razorpay behind the port of all gateways: by payment links, on whose page the citizen pays, and by QR codes. */
import type { ValuesOf } from '../../platform/settings.ts';
import { decisive } from '../decisive.ts';
import type { Gateway } from '../gateway.ts';
import { accountOf, merchantWith, takersOf } from '../merchants.ts';
import { callOptions, type GatewayOptions, type GatewayParts } from '../parts.ts';
import { chatFor, waysFor } from '../upi.ts';
import { callsFor, type Calls } from './call.ts';
import { broughtByBrowser, toldByWebhook } from './incoming.ts';
import { notesOf } from './link.ts';
import { lookUp, lookUpInChat, refundsOf } from './look-up.ts';
import type { RazorpayMerchant } from './merchant.ts';
import { closingOf, openingOf } from './opening.ts';
import { hasRefunds, paymentOf, refundOf } from './payment.ts';
import { givingBack } from './refunds.ts';
import type { RazorpayMerchants, razorpaySettings } from './settings.ts';

/** Razorpay as the settings want it; undefined where they give it no merchant account. */
export function makeRazorpay(
  { RAZORPAY_MERCHANTS: merchants, RAZORPAY_API_URL: apiUrl }: ValuesOf<typeof razorpaySettings>,
  options: GatewayOptions,
): Gateway | undefined {
  return merchants && createRazorpay({ merchants, apiUrl, ...options });
}

export function createRazorpay(parts: GatewayParts<RazorpayMerchants>): Gateway {
  const { merchants } = parts;
  const wire = callOptions(parts);
  const { now } = wire;
  const merchantOf = (id: string): RazorpayMerchant => merchantWith(merchants, id, 'RAZORPAY_MERCHANTS');
  const callsOf = (merchant: RazorpayMerchant, timeoutMs = wire.timeoutMs): Calls =>
    callsFor(merchant, { ...wire, timeoutMs });

  const callsAt = (id: string, timeoutMs?: number): Calls => callsOf(merchantOf(id), timeoutMs);

  return {
    name: 'razorpay',

    merchantsFor: (service) =>
      takersOf(merchants, service, now()).map((each) =>
        accountOf(each, {
          merchantId: each.accountId,
          service,
          ways: waysFor(each, service),
          chat: chatFor(each, service),
        }),
      ),

    open: openingOf(callsAt),
    close: closingOf(callsAt),

    keptInChat: (attempt) => ({ receipt: attempt.reference, notes: notesOf(attempt) }),

    async ask({ merchant: id, reference, gatewayOrderId, inChat }) {
      const merchant = merchantOf(id);
      const calls = callsOf(merchant);
      const {
        id: orderId,
        status,
        isPaid,
        payments,
      } = inChat ? await lookUpInChat(calls, reference) : await lookUp(calls, { reference, gatewayOrderId });
      const whose = { reference, gatewayOrderId: orderId, merchantId: merchant.accountId };
      const told = (): { merchant: string; raw: string; request: string } => {
        const { request, response: raw } = calls.exchange();
        return { merchant: id, raw, request };
      };
      if (payments.length === 0) {
        if (isPaid) throw calls.unavailable('names no payment of what is paid');
        const nothing = { kind: 'payment', gateway: 'razorpay', says: 'notFound', ...whose } as const;
        return { facts: [{ ...nothing, code: status }], ...told() };
      }
      const refunds = [];
      for (const payment of payments.filter(hasRefunds)) refunds.push(...(await refundsOf(calls, payment)));
      const reading = { now: now() };
      return {
        facts: [
          ...decisive(payments.map((payment) => paymentOf(payment, whose, reading))),
          ...refunds.map((refund) => refundOf(refund, whose, reading)),
        ],
        ...told(),
      };
    },

    readCallback: async (request) => Promise.resolve(toldByWebhook(request, merchants, now())),
    readReturn: async (request) => Promise.resolve(broughtByBrowser(request, merchants, now())),
    refunds: givingBack({ merchantOf, callsOf, now }),
  };
}
