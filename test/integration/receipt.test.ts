import { describe, expect, test } from 'vitest';
import type { CalendarDate } from '../../domain/calendar.ts';
import type { Due } from '../../domain/dues.ts';
import { languages, type Language } from '../../domain/language.ts';
import { paise } from '../../domain/money.ts';
import { receiptNumber, type Receipt } from '../../domain/payments/receipt.ts';
import { receiptPdf } from '../../documents/receipt.ts';
import { formatDate, formatMoney, formatMoneyOnPaper } from '../../texts/format.ts';
import { inert } from '../../domain/inert.ts';
import { due, evil, facts, hostileAccount, licence, receiptOf } from '../support/bills.ts';
import { openPdf } from '../support/open-pdf.ts';
import { asFound, textOf } from '../support/pdf-text.ts';
import { leadsTo } from '../support/qr-code.ts';

const usual = receiptOf([
  due('LOI', 2023, [12_345, 3_456, 1_234, 250], {
    waiver: { amount: paise(2_000_00), rule: { name: 'arrears waiver' } },
    payable: paise(15_285_00),
  }),
  due('PD', 2026, [4_560], {
    rebate: {
      amount: paise(228_00),
      until: '2026-12-13' as CalendarDate,
      rules: [{ name: 'prompt rebate' }],
    },
    payable: paise(4_332_00),
  }),
]);

/** Bills on which nothing is missing, so that each takes all the room that a bill can take. */
const bills = (count: number): Due[] =>
  Array.from({ length: count }, (_, index) =>
    due('FS', 2026 - index, [1_23_456 + index * 17, 12_345, 1_234 + index, 500], {
      waiver: { amount: paise(10_000_00), rule: { name: 'arrears waiver' } },
      payable: paise(1_27_535_00 + index * 18_00),
    }),
  );

const address = 'https://seva.example.org/verify/W-2026-27-000123?code=C0DE0001';

interface Expected {
  readonly title: string;
  readonly language: string;
  /** In the order in which they are read. */
  readonly words: readonly string[];
  readonly page: (page: number, pages: number) => string;
}

const expected: Record<Language, Expected> = {
  bn: {
    title: 'সম্পত্তি করের রসিদ',
    language: 'bn-IN',
    words: [
      'কলকাতা পৌরসংস্থা',
      'Kolkata Municipal Corporation',
      'সম্পত্তি করের রসিদ',
      'Property tax receipt',
      'রসিদ নম্বর · Receipt number',
      'W-2026-27-000123',
      '২২ নভেম্বর ২০২৬, রাত ৮:৪২',
      'অ্যাসেসি নম্বর · Assessee number',
      '31-107-11-0057-1',
      '১০৭',
      'অ',
      'সন্তোষপুর অ্যাভিনিউ, কলকাতা ৭০০০৭৫',
      'লেটার অব ইন্টিমেশন (এল ও আই), ২০২৩-২৪',
      '₹১২,৩৪৫.০০',
      '−₹২,০০০.০০',
      'মকুব',
      '₹১৫,২৮৫.০০',
      'পি ডি বিল',
      '২০২৬-২৭',
      '−₹২২৮.০০',
      '₹৪,৩৩২.০০',
      'মোট জমা · Total paid',
      '₹১৯,৬১৭.০০',
      'উনিশ হাজার ছয়শো সতেরো টাকা মাত্র',
      'Rupees nineteen thousand six hundred seventeen only',
      'UPI (BillDesk)',
      'U123000456789',
      'ব্যাঙ্কের রেফারেন্স',
      '632781000123',
      address,
      'সইয়ের দরকার নেই',
      'PIN বা OTP',
    ],
    page: (page, pages) => `পৃষ্ঠা ${'০১২৩৪'.charAt(page)} / ${'০১২৩৪'.charAt(pages)}`,
  },
  en: {
    title: 'Property tax receipt',
    language: 'en-IN',
    words: [
      'Kolkata Municipal Corporation',
      'Property tax receipt',
      'Receipt number',
      'W-2026-27-000123',
      '22 November 2026, 8:42 pm',
      '31-107-11-0057-1',
      '107',
      'Santoshpur Avenue, Kolkata 700075',
      'Letter of Intimation (LOI), 2023-24',
      '₹12,345.00',
      'Waiver',
      '₹15,285.00',
      'Annual bill (PD, Periodic Demand), 2026-27',
      'Rebate',
      '₹4,332.00',
      '₹19,617.00',
      'Rupees nineteen thousand six hundred seventeen only',
      'UPI (BillDesk)',
      'U123000456789',
      '632781000123',
      address,
      'computer-generated and needs no signature',
      'never asks for a PIN or an OTP',
    ],
    page: (page, pages) => `Page ${page} of ${pages}`,
  },
  hi: {
    title: 'संपत्ति कर की रसीद',
    language: 'hi-IN',
    words: [
      'कोलकाता नगर निगम',
      'Kolkata Municipal Corporation',
      'संपत्ति कर की रसीद',
      'Property tax receipt',
      'W-2026-27-000123',
      '22 नवंबर 2026, रात 8:42 बजे',
      '31-107-11-0057-1',
      'लेटर ऑफ़ इंटिमेशन (एलओआई), 2023-24',
      'माफ़ी',
      '₹15,285.00',
      '₹19,617.00',
      'उन्नीस हज़ार छह सौ सत्रह रुपये मात्र',
      'UPI (BillDesk)',
      'U123000456789',
      address,
      'हस्ताक्षर की आवश्यकता नहीं',
      'PIN या OTP',
    ],
    page: (page, pages) => `पृष्ठ ${page} / ${pages}`,
  },
};

describe.each(languages)('the receipt in %s', (language) => {
  const { title, language: tag, words, page } = expected[language];

  test('says what was paid, on one page, in text that can be searched and read aloud', async () => {
    const pdf = await receiptPdf(usual, language, facts);
    expect(pdf.toString('latin1', 0, 5)).toBe('%PDF-');
    expect(pdf.length).toBeLessThan(60_000);
    const { info, texts, marked, tree } = await openPdf(pdf);
    expect(info).toMatchObject({ Title: title.normalize('NFC'), Language: tag });
    expect(marked).toMatchObject({ Marked: true });
    for (const role of ['H1', 'Table', 'TH', 'TD', 'Figure', 'Link']) {
      expect(tree).toContain(`"role":"${role}"`);
    }
    // The QR code is read aloud as its address.
    expect(tree).toMatch(new RegExp(`"alt":"[^"]*${address.replace('?', '\\?')}"`));
    expect(texts).toHaveLength(1);
    for (const number of ['W-2026-27-000123', '31-107-11-0057-1', 'U123000456789', '632781000123']) {
      expect(texts[0]).toContain(number);
    }
    const text = textOf(pdf);
    let at = 0;
    for (const word of words) {
      const next = text.indexOf(word.normalize('NFC'), at);
      expect(next, `${word} after ${text.slice(Math.max(0, at - 20), at)}`).toBeGreaterThanOrEqual(at);
      at = next + word.length;
    }
    expect(text).toContain(page(1, 1).normalize('NFC'));
  });

  test('says what of it was credit and of which payments, with or without money of a gateway beside it', async () => {
    const credit = [
      { amount: paise(1_000_00), receipt: receiptNumber('W', 2025, 77), paidAt: Date.UTC(2026, 2, 1) },
      { amount: paise(617_00), paidAt: Date.UTC(2026, 3, 1) },
    ];
    const beside = await receiptPdf({ ...usual, credit }, language, facts);
    const { texts } = await openPdf(beside);
    expect(texts).toHaveLength(1);
    for (const said of [
      'W-2025-26-000077',
      'BillDesk',
      'U123000456789',
      formatMoneyOnPaper(paise(18_000_00), language),
    ])
      expect(textOf(beside)).toContain(said);
    const { gateway, transactionId, bankReference, method, ...alone } = usual;
    const text = textOf(await receiptPdf({ ...alone, credit }, language, facts));
    expect(text).toContain('W-2025-26-000077');
    expect(text).not.toContain('BillDesk');
  });

  test('holds eight full bills on one page', async () => {
    const { texts } = await openPdf(await receiptPdf(receiptOf(bills(8)), language, facts));
    expect(texts).toHaveLength(1);
  });

  test('goes on over pages with its header row, and parts no bill from its amounts', async () => {
    const pdf = await receiptPdf(receiptOf(bills(30)), language, facts);
    expect(pdf.length).toBeLessThan(100_000);
    const { texts, tree, lastTree } = await openPdf(pdf);
    const pages = texts.length;
    expect(pages).toBeGreaterThan(2);
    const text = textOf(pdf);
    texts.forEach((each, index) => {
      expect(each).toContain('W-2026-27-000123');
      expect(text).toContain(page(index + 1, pages).normalize('NFC'));
    });
    if (language === 'en') {
      for (const each of texts.filter((it) => it.includes('Fresh/Supplementary'))) {
        expect(each).toMatch(/Principal\s+Interest\s+Penalty/);
        expect(each.split('Fresh/Supplementary').length).toBe(each.split('₹500.00').length);
      }
    }
    expect(tree).not.toContain('"role":"Figure"');
    expect(lastTree).toContain('"role":"Figure"');
  });

  test('takes whatever the register and the gateway say as text', async () => {
    const receipt = receiptOf([due('PD', 2025, [1_23_45_67_890, 98_76_54_321, 1, 12_34_567])], {
      account: hostileAccount,
      transactionId: evil,
      bankReference: `#panic("no")${'9'.repeat(200)}`,
    });
    const pdf = await receiptPdf(receipt, language, facts);
    expect(pdf.length).toBeLessThan(100_000);
    const text = textOf(pdf);
    expect(text).toContain(evil);
    expect(text).toContain(inert(evil));
    expect(text).toContain('#panic("no")');
  });

  test.each(['card', 'netbanking', 'wallet', 'other', undefined] as const)(
    'names the way of paying: %s',
    async (method) => {
      const pdf = await receiptPdf(receiptOf(bills(1), { method }), language, facts);
      const names = {
        card: { bn: 'কার্ড', en: 'Card', hi: 'कार्ड' },
        netbanking: { bn: 'নেট ব্যাঙ্কিং', en: 'Net banking', hi: 'नेट बैंकिंग' },
        wallet: { bn: 'ওয়ালেট', en: 'Wallet', hi: 'वॉलेट' },
        other: { bn: 'অনলাইন', en: 'Online', hi: 'ऑनलाइन' },
      };
      expect(textOf(pdf)).toContain(names[method ?? 'other'][language].normalize('NFC'));
    },
  );
});

test('leaves out the bank’s reference where there is none', async () => {
  const pdf = await receiptPdf(receiptOf(bills(1), { bankReference: undefined }), 'en', facts);
  expect(textOf(pdf)).not.toContain('Bank reference');
});

test.each([
  ['the usual address', facts.publicUrl],
  [
    'a longer one, for which the code is larger',
    `https://${'municipal-services.'.repeat(5)}example.org/seva`,
  ],
])('the QR code leads to where the receipt is checked: %s', async (_, publicUrl) => {
  const pdf = await receiptPdf(usual, 'bn', { ...facts, publicUrl });
  expect(leadsTo(pdf, `${publicUrl}/verify/${usual.number}?code=C0DE0001`)).toBe(true);
});

describe.each(languages)('the receipt of a trade licence fee in %s', (language) => {
  const ofLicence = (paid: readonly Due[]): Receipt =>
    receiptOf(paid, { service: 'tradeLicence', account: licence });
  const years = (count: number): Due[] =>
    Array.from({ length: count }, (_, index) =>
      due('CE', 2027 + index, [12_250 + index, 0, index === 0 ? 562 : 0, 1_300]),
    );
  const words = {
    bn: [
      'ট্রেড লাইসেন্স ফি-র রসিদ',
      'সি ই নম্বর',
      'অন্নপূর্ণা মিষ্টান্ন ভাণ্ডার',
      'লাইসেন্সধারী',
      'ফি',
      'দেরির জরিমানা',
      'জঞ্জাল',
      '২০২৭-২৮',
    ],
    en: [
      'Trade licence fee receipt',
      'CE number',
      'Annapurna Mishtanna Bhandar',
      'Holder',
      'Fee',
      'Late fine',
      'Solid waste',
      '2027-28',
    ],
    hi: [
      'ट्रेड लाइसेंस शुल्क की रसीद',
      'सीई नंबर',
      'Annapurna Mishtanna Bhandar',
      'लाइसेंसधारी',
      'शुल्क',
      'विलंब जुर्माना',
      'कचरा',
      '2027-28',
    ],
  }[language];
  const ofTax = { bn: /মালিক|সুদ|কর(?=[ ,।])/, en: /Owner|owner|Interest|tax/, hi: /मालिक|ब्याज/ }[language];

  test('speaks of the licence and its fee, and of no tax', async () => {
    const text = textOf(await receiptPdf(ofLicence(years(2)), language, facts));
    for (const word of [...words, '700123456789', formatMoney(paise(562_00), language)]) {
      expect(text).toContain(word.normalize('NFC'));
    }
    expect(text).not.toMatch(ofTax);
  });

  test('holds the fifteen years of the longest renewal on one page', async () => {
    const pdf = await receiptPdf(ofLicence(years(15)), language, facts);
    expect((await openPdf(pdf)).texts).toHaveLength(1);
    expect(textOf(pdf)).toContain({ bn: '২০৪১-৪২', en: '2041-42', hi: '2041-42' }[language]);
  });

  test('writes out a year that is none of the corporation’s', async () => {
    const [year] = years(1);
    const odd = { ...year, periodFrom: '2027-07-15', periodTo: '2028-07-14' } as Due;
    const text = textOf(await receiptPdf(ofLicence([odd]), language, facts));
    expect(text).toContain(asFound(formatDate(odd.periodTo, language)));
  });
});

describe('the date of issue', () => {
  const receipt = receiptOf([due('PD', 2026, [4_560])], {
    paidAt: Date.parse('2027-03-31T23:50:00+05:30'),
    issuedAt: Date.parse('2027-04-01T00:10:00+05:30'),
  });

  test.each<[Language, string, string]>([
    ['bn', 'রসিদ দেওয়ার তারিখ', '১ এপ্রিল ২০২৭'],
    ['en', 'Receipt issued on', '1 April 2027'],
    ['hi', 'रसीद जारी होने की तारीख', '1 अप्रैल 2027'],
  ])('stands beside that of the payment where the two differ, in %s', async (language, name, date) => {
    const text = textOf(await receiptPdf(receipt, language, facts));
    expect(text).toContain(name.normalize('NFC'));
    expect(text).toContain(date.normalize('NFC'));
    const sameDay = textOf(await receiptPdf({ ...receipt, issuedAt: receipt.paidAt }, language, facts));
    expect(sameDay).not.toContain(name.normalize('NFC'));
  });
});
