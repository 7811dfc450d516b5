/** BillDesk keeps the contract of all gateways, with an account of each of its schemes. */
import { createBillDesk } from '../../gateways/billdesk/billdesk.ts';
import type { BillDeskMerchant } from '../../gateways/billdesk/merchant.ts';
import { billDeskStandIn } from '../../sandbox/gateways/billdesk/billdesk.tsx';
import { gatewayContract } from '../support/gateway-contract.ts';
import { encrypting, signing } from './billdesk-support.ts';

const merchants: readonly [BillDeskMerchant, BillDeskMerchant] = [
  { ...encrypting, services: ['propertyTax', 'marketRent'] },
  { ...signing, services: ['tradeLicence'] },
];
const account = ({ id, mercid: merchantId }: BillDeskMerchant) => ({ id, merchantId });
const guessed = (merchant: BillDeskMerchant): BillDeskMerchant => ({
  ...merchant,
  keys: [{ scheme: 'hmac', secret: 'guessed-by-somebody-who-has-no-key' }],
});

gatewayContract({
  name: 'billdesk',
  accounts: {
    propertyTax: account(merchants[0]),
    tradeLicence: account(merchants[1]),
    marketRent: account(merchants[0]),
  },
  standIn: (webhookUrl) => billDeskStandIn({ merchants, webhookUrl, inUse: true, retriesMs: [] }),
  gateway: (apiUrl, timeoutMs) => createBillDesk({ merchants, apiUrl, timeoutMs }),
  stranger: (apiUrl) => createBillDesk({ merchants: [guessed(merchants[0])], apiUrl }),
  secrets: merchants.flatMap(({ keys }) =>
    keys.flatMap((key) =>
      key.scheme === 'hmac' ? [key.secret] : [key.encryptionPassword, key.signingPassword],
    ),
  ),
  refused: { returnUrl: 'https://pay.example.test/return?order=1' },
  listsRefunds: true,
  forgeries: ['signature', 'key', 'encryptionKey', 'algNone'],
  signsAnswers: true,
});
