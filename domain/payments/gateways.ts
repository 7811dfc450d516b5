/**
 * The payment gateways. A gateway's name stands in the database and in its addresses for ever; beside it stands what people
 * call it, as pages and receipts print it.
 */
import type { InEveryLanguage } from '../language.ts';

export const gateways = {
  billdesk: { bn: 'বিলডেস্ক (BillDesk)', en: 'BillDesk', hi: 'BillDesk' },
  paytm: { bn: 'পেটিএম (Paytm)', en: 'Paytm', hi: 'Paytm' },
  razorpay: { bn: 'রেজরপে (Razorpay)', en: 'Razorpay', hi: 'Razorpay' },
} as const satisfies Readonly<Record<string, InEveryLanguage<string>>>;

export type GatewayName = keyof typeof gateways;

export const gatewayNames = Object.keys(gateways) as readonly GatewayName[];
