/** Everything on a receipt, each text side by side in Bengali, English and Hindi. Bengali is written first. */
import type { PaymentMethod } from '../domain/payments/fact.ts';
import type { InEveryLanguage, Language } from '../domain/language.ts';

export const receipt = {
  number: { bn: 'রসিদ নম্বর', en: 'Receipt number', hi: 'रसीद नंबर' },
  paidAt: { bn: 'টাকা জমার সময়', en: 'Paid on', hi: 'भुगतान का समय' },
  issuedOn: { bn: 'রসিদ দেওয়ার তারিখ', en: 'Receipt issued on', hi: 'रसीद जारी होने की तारीख' },
  ordinal: { bn: 'ক্রম', en: 'No.', hi: 'क्रम' },
  paid: { bn: 'জমা', en: 'Paid', hi: 'जमा' },
  total: { bn: 'মোট জমা', en: 'Total paid', hi: 'कुल जमा' },
  inWords: { bn: 'কথায়', en: 'In words', hi: 'शब्दों में' },
  credit: {
    bn: 'আগের বেশি জমা থেকে',
    en: 'Paid by credit',
    hi: 'पहले की ज़्यादा जमा राशि से',
  },
  method: { bn: 'জমার মাধ্যম', en: 'Paid by', hi: 'भुगतान का तरीका' },
  transaction: { bn: 'লেনদেন নম্বর', en: 'Transaction ID', hi: 'लेन-देन नंबर' },
  bankReference: { bn: 'ব্যাঙ্কের রেফারেন্স', en: 'Bank reference', hi: 'बैंक रेफ़रेंस' },
} as const satisfies Readonly<Record<string, InEveryLanguage<string>>>;

/** @param gateway its name as its owner writes it, in every language */
export function paidThrough(method: PaymentMethod, gateway: string, language: Language): string {
  return `${methods[method][language]} (${gateway})`;
}

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
