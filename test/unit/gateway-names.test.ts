/** How the gateways that may take a payment are listed in a sentence. */
import { expect, test } from 'vitest';
import { oneOf } from '../../texts/gateways.ts';

test('one, two or three gateways are listed as people list things', () => {
  expect(oneOf(['billdesk'], 'en')).toBe('BillDesk');
  expect(oneOf(['billdesk', 'paytm'], 'hi')).toBe('BillDesk या Paytm');
  expect(oneOf(['billdesk', 'paytm', 'razorpay'], 'en')).toBe('BillDesk, Paytm or Razorpay');
});
