/** A property and a licence with their bills, and what documents say of the corporation: for tests that look at documents. */
import type { CalendarDate } from '../../domain/calendar.ts';
import type { Certificate, CertificateKey, CertificateNumber } from '../../domain/certificate.ts';
import type { DemandKind } from '../../domain/accounts/kinds.ts';
import type { Licence } from '../../domain/accounts/licence.ts';
import type { Property } from '../../domain/accounts/property.ts';
import type { Due } from '../../domain/dues.ts';
import { maskAddress, maskName } from '../../domain/masking.ts';
import { paise, sum } from '../../domain/money.ts';
import { receiptNumber, type Receipt } from '../../domain/payments/receipt.ts';
import type { CreditNote, CreditNoteNumber } from '../../domain/payments/refund.ts';

export const facts = {
  number: '+91 83359 99111',
  office: {
    bn: 'কেন্দ্রীয় পুর ভবন, ৫ এস এন ব্যানার্জি রোড',
    en: 'Central Municipal Office, 5 S N Banerjee Road',
    hi: 'केंद्रीय नगर भवन, 5 एस एन बनर्जी रोड',
  },
  publicUrl: 'https://seva.example.org',
};

export const account: Property = {
  kind: 'property',
  number: '311071100571',
  owner: { en: maskName('Amitabha Chakraborty'), bn: maskName('অমিতাভ চক্রবর্তী') },
  address: {
    en: maskAddress('57/2A, Santoshpur Avenue, Kolkata 700075'),
    bn: maskAddress('৫৭/২এ, সন্তোষপুর অ্যাভিনিউ, কলকাতা ৭০০০৭৫'),
  },
  ward: 107,
  residential: true,
  senior: false,
};

export const licence: Licence = {
  kind: 'licence',
  number: '700123456789',
  tradeName: { en: 'Annapurna Mishtanna Bhandar', bn: 'অন্নপূর্ণা মিষ্টান্ন ভাণ্ডার' },
  trade: 'sweets',
  owner: { en: maskName('Supriya Ghoshal'), bn: maskName('সুপ্রিয়া ঘোষাল') },
  address: {
    en: maskAddress('12/1, Nabin Pally Lane, Kolkata 700075'),
    bn: maskAddress('১২/১, নবীন পল্লি লেন, কলকাতা ৭০০০৭৫'),
  },
  ward: 107,
  validUntil: '2027-03-31' as CalendarDate,
  status: 'active',
};

export const certificate: Certificate = {
  number: 'CE-2026-27-000123' as CertificateNumber,
  key: 'Sample-Key_0001' as CertificateKey,
  checkCode: 'C0DE0001',
  licenceNumber: licence.number,
  particulars: {
    tradeName: licence.tradeName,
    trade: {
      bn: 'মিষ্টান্ন ও জলখাবারের খুচরো দোকান',
      en: 'Sweets and snacks, retail',
      hi: 'मिठाई और नाश्ते की खुदरा दुकान',
    },
    holder: { en: 'Supriya Ghoshal', bn: 'সুপ্রিয়া ঘোষাল' },
    address: { en: '12/1, Nabin Pally Lane, Kolkata 700075', bn: '১২/১, নবীন পল্লি লেন, কলকাতা ৭০০০৭৫' },
    ward: 107,
  },
  validFrom: '2027-04-01' as CalendarDate,
  validUntil: '2028-03-31' as CalendarDate,
  amount: paise(2_550_00),
  receipt: receiptNumber('W', 2026, 123),
  issuedAt: Date.parse('2026-11-22T20:42:00+05:30'),
};

export const creditNote: CreditNote = {
  number: 'CN-2026-27-000123' as CreditNoteNumber,
  order: { service: 'propertyTax', account },
  amount: paise(19_617_00),
  reason: 'paidTwice',
  dueAgain: false,
  receipt: receiptNumber('W', 2026, 123),
  paidAt: Date.parse('2026-11-22T20:42:00+05:30'),
  refundedAt: Date.parse('2026-11-30T11:05:00+05:30'),
  issuedAt: Date.parse('2026-11-30T11:05:02+05:30'),
  gateway: 'billdesk',
  transactionId: 'U123000456789',
  refundId: 'RF123000456789',
  checkCode: 'C0DE0001',
};

/** @param rupees principal, interest, penalty and other charges */
export function due(kind: DemandKind, year: number, rupees: readonly number[], more: Partial<Due> = {}): Due {
  const [principal = 0, interest = 0, penalty = 0, charge = 0] = rupees.map((amount) => paise(amount * 100));
  const amount = paise(principal + interest + penalty + charge);
  return {
    id: `${kind}-${year}-${principal}`,
    kind,
    periodFrom: `${year}-04-01` as CalendarDate,
    periodTo: `${year + 1}-03-31` as CalendarDate,
    presentedOn: `${year}-04-20` as CalendarDate,
    lines: [
      { kind: 'principal', amount: paise(principal) },
      { kind: 'interest', amount: paise(interest) },
      { kind: 'penalty', amount: paise(penalty) },
      { kind: 'charge', amount: paise(charge) },
    ],
    amount,
    payable: amount,
    ...more,
  };
}

/** It would do something if it were read as Typst. */
export const evil = '#evil[ $x$ "quote" *bold* <tag> @ref \\u{41} ```raw``` // end';

/** A record in which everything is wrong. */
export const hostileAccount: Property = {
  ...account,
  owner: { en: `${evil} ${'Very Long Name '.repeat(30)}`, bn: `${evil} ${'অতি দীর্ঘ নাম '.repeat(30)}` },
  address: { en: `\u202e\u0000${'X'.repeat(400)}`, bn: `#import "x"\n${'ক্ষ্ম'.repeat(200)}` },
};

/** A receipt for bills, with what differs. */
export function receiptOf(paid: readonly Due[], more: Partial<Receipt> = {}): Receipt {
  return {
    number: receiptNumber('W', 2026, 123),
    service: 'propertyTax',
    account,
    paid: paid.map((bill) => ({ isPart: false, settles: true, posting: 'posted', ...bill })),
    amount: sum(paid.map(({ payable }) => payable)),
    paidAt: Date.parse('2026-11-22T20:42:00+05:30'),
    issuedAt: Date.parse('2026-11-22T20:42:05+05:30'),
    checkCode: 'C0DE0001',
    gateway: 'billdesk',
    transactionId: 'U123000456789',
    bankReference: '632781000123',
    method: 'upi',
    ...more,
  };
}
