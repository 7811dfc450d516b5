/** Paytm keeps the contract of all gateways, with two accounts. */
import { paise } from '../../domain/money.ts';
import type { PaytmMerchant } from '../../gateways/paytm/merchant.ts';
import { createPaytm } from '../../gateways/paytm/paytm.ts';
import { paytmStandIn } from '../../sandbox/gateways/paytm/paytm.tsx';
import { gatewayContract } from '../support/gateway-contract.ts';
import { licences, taxes } from './paytm-support.ts';

const merchants: readonly [PaytmMerchant, PaytmMerchant] = [taxes, licences];
const account = ({ id, mid: merchantId }: PaytmMerchant) => ({ id, merchantId });

gatewayContract({
  name: 'paytm',
  accounts: {
    propertyTax: account(taxes),
    tradeLicence: account(licences),
    marketRent: account(taxes),
  },
  standIn: (webhookUrl) => paytmStandIn({ merchants, webhookUrl, inUse: true, retriesMs: [] }),
  gateway: (apiUrl, timeoutMs) => createPaytm({ merchants, apiUrl, timeoutMs }),
  stranger: (apiUrl) =>
    createPaytm({ merchants: [{ ...taxes, keys: [{ key: 'guessed-by-nobod' }] }], apiUrl }),
  secrets: merchants.flatMap(({ keys }) => keys.map(({ key }) => key)),
  ways: ['page', 'upiApp', 'upiQr'],
  refused: { amount: paise(0) },
  // The answer about an order names no more than the sum of them.
  listsRefunds: false,
  forgeries: ['signature', 'key'],
  signsAnswers: true,
});
