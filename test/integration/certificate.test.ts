import { expect, test } from 'vitest';
import { certificatePdf } from '../../documents/certificate.ts';
import type { CalendarDate } from '../../domain/calendar.ts';
import type { Certificate } from '../../domain/certificate.ts';
import { paise } from '../../domain/money.ts';
import { inert } from '../../domain/inert.ts';
import { certificate, evil, facts, hostileAccount } from '../support/bills.ts';
import { openPdf } from '../support/open-pdf.ts';
import { textOf } from '../support/pdf-text.ts';
import { leadsTo } from '../support/qr-code.ts';

const address = 'https://seva.example.org/verify/CE-2026-27-000123?code=C0DE0001';

/** In the order in which they are read. */
const words = [
  'কলকাতা পৌরসংস্থা',
  'KOLKATA MUNICIPAL CORPORATION',
  'Central Municipal Office',
  'তালিকাভুক্তির শংসাপত্র (ট্রেড লাইসেন্স)',
  'Certificate of Enlistment (Trade Licence)',
  'শংসাপত্র নম্বর · Certificate number',
  'CE-2026-27-000123',
  'সি ই নম্বর · CE number',
  '700123456789',
  '২২ নভেম্বর ২০২৬',
  '22 November 2026',
  '১৯৯ ধারা',
  'section 199 of the Kolkata Municipal Corporation Act, 1980',
  'অন্নপূর্ণা মিষ্টান্ন ভাণ্ডার',
  'Annapurna Mishtanna Bhandar',
  'মিষ্টান্ন ও জলখাবারের খুচরো দোকান',
  'Sweets and snacks, retail',
  'সুপ্রিয়া ঘোষাল',
  'Supriya Ghoshal',
  '১২/১, নবীন পল্লি লেন, কলকাতা ৭০০০৭৫',
  '12/1, Nabin Pally Lane, Kolkata 700075',
  '১০৭',
  '১ এপ্রিল ২০২৭',
  '1 April 2027',
  '৩১ মার্চ ২০২৮',
  '31 March 2028',
  '₹২,৫৫০.০০',
  '₹2,550.00',
  'W-2026-27-000123',
  'scan the QR code or open this address',
  address,
  'in plain view at the place of trade',
  'before trading starts',
  'সইয়ের দরকার নেই',
  'needs no signature',
];

test('says everything in Bengali and in English, on one page, in text that can be searched and read aloud', async () => {
  const pdf = await certificatePdf(certificate, facts);
  expect(pdf.toString('latin1', 0, 5)).toBe('%PDF-');
  expect(pdf.length).toBeLessThan(70_000);
  const { info, texts, marked, tree } = await openPdf(pdf);
  expect(info).toMatchObject({
    Title: 'তালিকাভুক্তির শংসাপত্র (ট্রেড লাইসেন্স)'.normalize('NFC'),
    Language: 'bn-IN',
  });
  expect(marked).toMatchObject({ Marked: true });
  for (const role of ['H1', 'Figure', 'Link']) expect(tree).toContain(`"role":"${role}"`);
  // The QR code is read aloud as its address.
  expect(tree).toMatch(new RegExp(`"alt":"[^"]*${address.replace('?', '\\?')}"`));
  expect(texts).toHaveLength(1);
  for (const number of ['CE-2026-27-000123', '700123456789', 'W-2026-27-000123']) {
    expect(texts[0]).toContain(number);
  }
  const text = textOf(pdf);
  let at = 0;
  for (const word of words) {
    const next = text.indexOf(word.normalize('NFC'), at);
    expect(next, `${word} after ${text.slice(Math.max(0, at - 20), at)}`).toBeGreaterThanOrEqual(at);
    at = next + word.length;
  }
});

test('the QR code leads to where the certificate is checked', async () => {
  expect(leadsTo(await certificatePdf(certificate, facts), address)).toBe(true);
});

test('the key under which the holder fetches it is not printed', async () => {
  const pdf = await certificatePdf(certificate, facts);
  expect(textOf(pdf)).not.toContain(certificate.key);
});

const { particulars } = certificate;

test('what the records have in English only stands in English, once', async () => {
  const { tradeName, holder, address: place } = particulars;
  const english: Certificate = {
    ...certificate,
    particulars: {
      ...particulars,
      tradeName: { en: tradeName.en },
      holder: { en: holder.en },
      address: { en: place.en },
    },
  };
  const text = textOf(await certificatePdf(english, facts));
  for (const { en } of [tradeName, holder, place]) expect(text.split(en)).toHaveLength(2);
});

test.each<[string, Partial<Certificate['particulars']>]>([
  [
    'long names',
    {
      tradeName: { en: 'A Very Long Name '.repeat(8), bn: 'একটি খুব লম্বা নাম '.repeat(8) },
      holder: { en: 'And Partner '.repeat(12), bn: 'ও অংশীদার '.repeat(12) },
      address: { en: 'Shop No. 12, '.repeat(14), bn: 'দোকান নং ১২, '.repeat(14) },
    },
  ],
  [
    'records in which everything is wrong',
    { tradeName: hostileAccount.owner, holder: hostileAccount.address, address: hostileAccount.address },
  ],
  ['a name without an end', { tradeName: { en: 'No End '.repeat(900) } }],
])('%s stay on the one page', async (_, wrong) => {
  const pdf = await certificatePdf(
    {
      ...certificate,
      licenceNumber: '7001234567890123',
      particulars: { ...particulars, ...wrong },
      validUntil: '2042-03-31' as CalendarDate,
      amount: paise(12_34_56_789_00),
    },
    facts,
  );
  expect(pdf.length).toBeLessThan(120_000);
  const { texts } = await openPdf(pdf);
  expect(texts).toHaveLength(1);
  expect(texts[0]).toContain('31 March 2042');
  const text = textOf(pdf);
  expect(text).toContain(address);
  if (text.includes('evil')) expect(text.split(inert(evil))).toHaveLength(3);
});
