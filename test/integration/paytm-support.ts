/** Paytm's stand-in and our adapter, for the tests of both sides of the wire. */
import type { PaytmMerchant } from '../../gateways/paytm/merchant.ts';

export const taxes: PaytmMerchant = {
  id: 'paytm-taxes',
  mid: 'KMCTAXES000000000001',
  websiteName: 'WEBSTAGING',
  ways: ['upiApp', 'upiQr'],
  upiMost: 500_000,
  services: ['propertyTax', 'marketRent'],
  keys: [{ key: 'InventedKey00001' }],
};
export const licences: PaytmMerchant = {
  id: 'paytm-licences',
  mid: 'KMCLICENCES000000001',
  services: ['tradeLicence'],
  keys: [{ key: 'an-invented-key-of-32-characters' }],
};
