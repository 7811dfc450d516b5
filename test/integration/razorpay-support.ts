/** Razorpay's merchant accounts of tests, and requests as its stand-in makes them. */
import type { RazorpayMerchant } from '../../gateways/razorpay/merchant.ts';

export const account: RazorpayMerchant = {
  id: 'razorpay-main',
  accountId: 'acc_KMCTEST0000001',
  ways: ['upiApp', 'upiQr'],
  upiMost: 500_000,
  // Razorpay makes links to UPI apps under keys of its live mode alone.
  keys: [{ keyId: 'rzp_live_KMCTEST000001', keySecret: 'an-invented-key-of-a-test-0001' }],
  webhookSecrets: [{ secret: 'an-invented-webhook-secret-0001' }],
};

export const licences: RazorpayMerchant = {
  id: 'razorpay-licences',
  accountId: 'acc_KMCTEST0000002',
  keys: [{ keyId: 'rzp_test_KMCTEST000002', keySecret: 'an-invented-key-of-a-test-0002' }],
  webhookSecrets: [{ secret: 'an-invented-webhook-secret-0002' }],
};
