/**
 * Everything on a trade licence's certificate, which is in Bengali and English whoever asks for it, and what other papers
 * and pages say of a licence. Bengali is written first.
 */
import type { InEveryLanguage } from '../domain/language.ts';

/** A text of the certificate. */
export type OnPaper = Readonly<Record<'bn' | 'en', string>>;

/** What is said of a licence, on any paper or page. */
export const licence = {
  number: { bn: 'সি\u00a0ই নম্বর', en: 'CE number', hi: 'सीई नंबर' },
  tradeName: { bn: 'ব্যবসার নাম', en: 'Trade name', hi: 'व्यापार का नाम' },
  holder: { bn: 'লাইসেন্সধারী', en: 'Holder', hi: 'लाइसेंसधारी' },
  certificateNumber: { bn: 'শংসাপত্র নম্বর', en: 'Certificate number', hi: 'प्रमाणपत्र नंबर' },
  validFrom: { bn: 'মেয়াদ শুরুর তারিখ', en: 'Valid from', hi: 'वैधता शुरू' },
  validUntil: { bn: 'মেয়াদ শেষের তারিখ', en: 'Valid until', hi: 'वैध तक' },
  issuedOn: { bn: 'দেওয়ার তারিখ', en: 'Date of issue', hi: 'जारी करने की तिथि' },
} as const satisfies Readonly<Record<string, InEveryLanguage<string>>>;

export const certificate = {
  title: {
    bn: 'তালিকাভুক্তির শংসাপত্র (ট্রেড লাইসেন্স)',
    en: 'Certificate of Enlistment (Trade Licence)',
  },
  /** The trade name follows. */
  enlists: {
    bn: 'কলকাতা পৌরসংস্থা আইন, ১৯৮০-র ১৯৯ ধারা অনুযায়ী কলকাতা পৌরসংস্থায় তালিকাভুক্ত করা হল',
    en: 'Enlisted with the Kolkata Municipal Corporation under section 199 of the Kolkata Municipal Corporation Act, 1980',
  },
  trade: { bn: 'ব্যবসার ধরন', en: 'Trade' },
  address: { bn: 'ব্যবসার ঠিকানা', en: 'Place of trade' },
  fee: { bn: 'জমা দেওয়া ফি', en: 'Fee paid' },
} as const satisfies Readonly<Record<string, OnPaper>>;

/** Below everything else, one after the other. */
export const notes: readonly OnPaper[] = [
  {
    bn: 'শংসাপত্রটি ব্যবসার জায়গায় সকলের চোখে পড়ে এমন ভাবে টাঙিয়ে রাখুন।',
    en: 'Display this certificate in plain view at the place of trade.',
  },
  {
    bn: 'এই ব্যবসার জন্য অন্য যে-সব ছাড়পত্র লাগে (দমকল, দূষণ নিয়ন্ত্রণ, ক্লিনিক্যাল এস্টাবলিশমেন্ট, রিজার্ভ ব্যাঙ্ক, সেবি), ব্যবসা শুরুর আগেই সেগুলি নিতে হবে।',
    en: 'Any other clearance that the trade needs (fire, pollution control, clinical establishment, RBI, SEBI) must be had before trading starts.',
  },
  {
    bn: 'শংসাপত্রটি কম্পিউটারে তৈরি, সইয়ের দরকার নেই।',
    en: 'This certificate is computer-generated and needs no signature.',
  },
];

/** Beside the QR code; the address follows. */
export const howToVerify: OnPaper = {
  bn: 'শংসাপত্রটি আসল কি না, আর এখনও বৈধ কি না দেখতে QR কোডটি স্ক্যান করুন, অথবা এই ঠিকানায় যান:',
  en: 'To check that this certificate is genuine and still valid, scan the QR code or open this address:',
};

/** What is read aloud in place of the QR code. */
export const qrCode = (address: string): string => `QR কোড: শংসাপত্র যাচাইয়ের ঠিকানা ${address}`;
