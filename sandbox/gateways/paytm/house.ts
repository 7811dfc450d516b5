/** Paytm in the house of `npm start`: its stand-in is the gateway, with a key that is made once. */
import type { HouseGateway } from '../house-gateway.ts';
import type { PaytmMerchant } from '../../../gateways/paytm/merchant.ts';
import { paytmStandIn } from './paytm.tsx';

export const paytmHouse: HouseGateway = {
  secrets: ['paytmKey'],

  settings(secrets, sandboxUrl) {
    const merchant: PaytmMerchant = {
      id: 'sandbox-paytm',
      // In the house BillDesk takes what it can.
      weight: 0,
      mid: 'KMCSANDBOX0000000001',
      websiteName: 'WEBSTAGING',
      ways: ['upiApp', 'upiQr'],
      // Paytm's keys have sixteen characters.
      keys: [{ key: secrets('paytmKey').slice(0, 16) }],
    };
    return { PAYTM_API_URL: `${sandboxUrl}/paytm`, PAYTM_MERCHANTS: JSON.stringify([merchant]) };
  },

  standIn: ({ PAYTM_MERCHANTS: merchants, PAYTM_API_URL: apiUrl }, { webhookUrl, sandboxPort }) =>
    merchants && paytmStandIn({ merchants, webhookUrl, inUse: apiUrl.endsWith(`:${sandboxPort}/paytm`) }),
};
