/** Razorpay in the house of `npm start`: its stand-in is the gateway, with keys that are made once. */
import type { RazorpayMerchant } from '../../../gateways/razorpay/merchant.ts';
import type { HouseGateway } from '../house-gateway.ts';
import { razorpayStandIn } from './razorpay.tsx';

export const razorpayHouse: HouseGateway = {
  secrets: ['razorpayKeySecret', 'razorpayWebhookSecret'],

  settings(secrets, sandboxUrl) {
    const merchant: RazorpayMerchant = {
      id: 'sandbox-razorpay',
      // In the house BillDesk takes what it can.
      weight: 0,
      accountId: 'acc_KMCSANDBOX0001',
      ways: ['upiApp', 'upiQr'],
      whatsappConfiguration: 'razorpay-sandbox',
      // Razorpay makes links to UPI apps under keys of its live mode alone.
      keys: [{ keyId: 'rzp_live_KMCSANDBOX0001', keySecret: secrets('razorpayKeySecret') }],
      webhookSecrets: [{ secret: secrets('razorpayWebhookSecret') }],
    };
    return { RAZORPAY_API_URL: `${sandboxUrl}/razorpay`, RAZORPAY_MERCHANTS: JSON.stringify([merchant]) };
  },

  standIn: ({ RAZORPAY_MERCHANTS: merchants, RAZORPAY_API_URL: apiUrl }, { webhookUrl, sandboxPort }) =>
    merchants &&
    razorpayStandIn({ merchants, webhookUrl, inUse: apiUrl.endsWith(`:${sandboxPort}/razorpay`) }),
};
