/** Razorpay keeps the contract of all gateways, with an account for licences beside one for the rest. */
import { createRazorpay } from '../../gateways/razorpay/razorpay.ts';
import type { RazorpayMerchant } from '../../gateways/razorpay/merchant.ts';
import { paise } from '../../domain/money.ts';
import { razorpayStandIn } from '../../sandbox/gateways/razorpay/razorpay.tsx';
import { gatewayContract } from '../support/gateway-contract.ts';
import { account, licences } from './razorpay-support.ts';

const merchants: readonly [RazorpayMerchant, RazorpayMerchant] = [
  { ...account, services: ['propertyTax', 'marketRent'] },
  { ...licences, services: ['tradeLicence'] },
];
const named = ({ id, accountId: merchantId }: RazorpayMerchant) => ({ id, merchantId });
const guessed = (merchant: RazorpayMerchant): RazorpayMerchant => ({
  ...merchant,
  keys: [{ keyId: 'rzp_live_KMCTEST000001', keySecret: 'guessed-by-somebody-who-has-no-key' }],
});

gatewayContract({
  name: 'razorpay',
  accounts: {
    propertyTax: named(merchants[0]),
    tradeLicence: named(merchants[1]),
    marketRent: named(merchants[0]),
  },
  // One webhook for each change of a payment, as the contract counts them.
  standIn: (webhookUrl) =>
    razorpayStandIn({ merchants, webhookUrl, inUse: true, retriesMs: [], events: 'last' }),
  gateway: (apiUrl, timeoutMs) => createRazorpay({ merchants, apiUrl, timeoutMs }),
  stranger: (apiUrl) => createRazorpay({ merchants: [guessed(merchants[0])], apiUrl }),
  secrets: merchants.flatMap(({ keys, webhookSecrets }) => [
    ...keys.map(({ keySecret }) => keySecret),
    ...webhookSecrets.map(({ secret }) => secret),
  ]),
  refused: { amount: paise(99) },
  ways: ['page', 'upiApp', 'upiQr'],
  listsRefunds: true,
  forgeries: ['signature', 'key'],
  signsAnswers: false,
});
