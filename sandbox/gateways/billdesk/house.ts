/** BillDesk in the house of `npm start`: its stand-in is the gateway, with keys that are made once. */
import type { HouseGateway } from '../house-gateway.ts';
import type { BillDeskMerchant } from '../../../gateways/billdesk/merchant.ts';
import { billDeskStandIn } from './billdesk.tsx';

export const billDeskHouse: HouseGateway = {
  secrets: ['billDeskEncryptionPassword', 'billDeskSigningPassword'],

  settings(secrets, sandboxUrl) {
    const merchant: BillDeskMerchant = {
      id: 'sandbox',
      mercid: 'KMCSANDBOX',
      clientid: 'kmcsandbox',
      whatsappConfiguration: 'billdesk-sandbox',
      upiMost: 500_000,
      keys: [
        {
          scheme: 'symmetric',
          keyId: 'SANDBOXKEY1',
          encryptionPassword: secrets('billDeskEncryptionPassword'),
          signingPassword: secrets('billDeskSigningPassword'),
        },
      ],
    };
    return { BILLDESK_API_URL: `${sandboxUrl}/billdesk`, BILLDESK_MERCHANTS: JSON.stringify([merchant]) };
  },

  standIn: ({ BILLDESK_MERCHANTS: merchants, BILLDESK_API_URL: apiUrl }, { webhookUrl, sandboxPort }) =>
    merchants &&
    billDeskStandIn({ merchants, webhookUrl, inUse: apiUrl.endsWith(`:${sandboxPort}/billdesk`) }),
};
