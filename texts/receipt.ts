/** Everything on a receipt, each text side by side in Bengali, English and Hindi. Bengali is written first. */
import type { PaymentMethod } from '../domain/payments/fact.ts';
import type { InEveryLanguage } from '../domain/language.ts';
import type { PaidService } from '../domain/services.ts';
import { licence } from './certificate.ts';
import { paper, taxColumns, type LineColumn } from './statement.ts';

export const receipt = {
  number: { bn: 'রসিদ নম্বর', en: 'Receipt number', hi: 'रसीद नंबर' },
  paidAt: { bn: 'টাকা জমার সময়', en: 'Paid on', hi: 'भुगतान का समय' },
  issuedOn: { bn: 'রসিদ দেওয়ার তারিখ', en: 'Receipt issued on', hi: 'रसीद जारी होने की तारीख' },
  ordinal: { bn: 'ক্রম', en: 'No.', hi: 'क्रम' },
  paid: { bn: 'জমা', en: 'Paid', hi: 'जमा' },
  total: { bn: 'মোট জমা', en: 'Total paid', hi: 'कुल जमा' },
  inWords: { bn: 'কথায়', en: 'In words', hi: 'शब्दों में' },
  method: { bn: 'যে ভাবে মেটানো হয়েছে', en: 'Paid by', hi: 'भुगतान का तरीका' },
  transaction: { bn: 'লেনদেন নম্বর', en: 'Transaction ID', hi: 'लेनदेन नंबर' },
  bankReference: { bn: 'ব্যাঙ্কের রেফারেন্স', en: 'Bank reference', hi: 'बैंक रेफ़रेंस' },
} as const satisfies Readonly<Record<string, InEveryLanguage<string>>>;

/** What differs from service to service. */
interface OfService {
  readonly title: InEveryLanguage<string>;
  /** By which number its accounts go. */
  readonly accountNumber: InEveryLanguage<string>;
  readonly owner: InEveryLanguage<string>;
  readonly bill: InEveryLanguage<string>;
  readonly columns: readonly LineColumn[];
  readonly noteOnPayer: InEveryLanguage<string>;
}

export const receiptOf: Readonly<Record<PaidService, OfService>> = {
  propertyTax: {
    title: { bn: 'সম্পত্তি করের রসিদ', en: 'Property tax receipt', hi: 'संपत्ति कर की रसीद' },
    accountNumber: paper.assesseeNumber,
    owner: paper.owner,
    bill: paper.bill,
    columns: taxColumns,
    noteOnPayer: {
      bn: 'মালিকের নাম ও ঠিকানার একাংশ • চিহ্নে ঢাকা, কারণ একজনের কর অন্য যে-কেউ জমা দিতে পারেন।',
      en: 'The owner’s name and part of the address are hidden (•), since anyone may pay.',
      hi: 'स्वामी का नाम और पते का कुछ भाग • से छिपाया गया है, क्योंकि किसी का भी कर कोई भी जमा कर सकता है।',
    },
  },
  tradeLicence: {
    title: { bn: 'ট্রেড লাইসেন্স ফি-র রসিদ', en: 'Trade licence fee receipt', hi: 'ट्रेड लाइसेंस शुल्क की रसीद' },
    accountNumber: licence.number,
    owner: licence.holder,
    bill: { bn: 'সময়কাল', en: 'Period', hi: 'अवधि' },
    columns: [
      { kind: 'principal', name: { bn: 'ফি', en: 'Fee', hi: 'शुल्क' }, always: true },
      { kind: 'interest', name: { bn: 'সুদ', en: 'Interest', hi: 'ब्याज' }, always: false },
      { kind: 'penalty', name: { bn: 'দেরির জরিমানা', en: 'Late fine', hi: 'विलंब जुर्माना' }, always: true },
      {
        kind: 'charge',
        name: { bn: 'বর্জ্য ও অন্যান্য', en: 'Solid waste, other', hi: 'कचरा व अन्य शुल्क' },
        always: false,
      },
    ],
    noteOnPayer: {
      bn: 'লাইসেন্সধারীর নাম ও ঠিকানার একাংশ • চিহ্নে ঢাকা, কারণ একজনের ফি অন্য যে-কেউ জমা দিতে পারেন।',
      en: 'The holder’s name and part of the address are hidden (•), since anyone may pay the fee.',
      hi: 'लाइसेंसधारी का नाम और पते का कुछ भाग • से छिपाया गया है, क्योंकि किसी का भी शुल्क कोई भी जमा कर सकता है।',
    },
  },
};

/** @param gateway its name as its owner writes it, in every language */
export const paidThrough: InEveryLanguage<(method: PaymentMethod, gateway: string) => string> = {
  bn: (method, gateway) => `${methods[method].bn}, ${gateway}-এর মাধ্যমে`,
  en: (method, gateway) => `${methods[method].en}, through ${gateway}`,
  hi: (method, gateway) => `${methods[method].hi}, ${gateway} द्वारा`,
};

const methods: Readonly<Record<PaymentMethod, InEveryLanguage<string>>> = {
  card: { bn: 'কার্ড', en: 'Card', hi: 'कार्ड' },
  netbanking: { bn: 'নেট ব্যাঙ্কিং', en: 'Net banking', hi: 'नेट बैंकिंग' },
  upi: { bn: 'UPI', en: 'UPI', hi: 'UPI' },
  wallet: { bn: 'ওয়ালেট', en: 'Wallet', hi: 'वॉलेट' },
  other: { bn: 'অনলাইন', en: 'Online', hi: 'ऑनलाइन' },
};

/** Beside the QR code; the address follows. */
export const howToVerify: InEveryLanguage<string> = {
  bn: 'রসিদটি আসল কি না দেখতে QR কোডটি স্ক্যান করুন, অথবা এই ঠিকানায় যান:',
  en: 'To check that this receipt is genuine, scan the QR code or open this address:',
  hi: 'रसीद असली है या नहीं, यह देखने के लिए QR कोड स्कैन करें या यह पता खोलें:',
};

/** What is read aloud in place of the QR code. */
export const qrCode: InEveryLanguage<(address: string) => string> = {
  bn: (address) => `QR কোড: রসিদ যাচাইয়ের ঠিকানা ${address}`,
  en: (address) => `QR code: the address to check this receipt, ${address}`,
  hi: (address) => `QR कोड: रसीद जाँचने का पता ${address}`,
};

export const noteOnSignature: InEveryLanguage<string> = {
  bn: 'রসিদটি কম্পিউটারে তৈরি, সইয়ের দরকার নেই।',
  en: 'This receipt is computer-generated and needs no signature.',
  hi: 'यह रसीद कंप्यूटर से बनी है, हस्ताक्षर की आवश्यकता नहीं है।',
};
