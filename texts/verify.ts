/**
 * What the page says that checks a receipt, a credit note or a certificate, side by side in Bengali, English and Hindi. Bengali is
 * written first.
 */
import type { InEveryLanguage } from '../domain/language.ts';

type Texts = Readonly<Record<string, InEveryLanguage<string>>>;

export const verify = {
  title: {
    bn: 'রসিদ, ক্রেডিট নোট বা শংসাপত্র যাচাই',
    en: 'Check a receipt, credit note or certificate',
    hi: 'रसीद, क्रेडिट नोट या प्रमाणपत्र की जाँच',
  },
  lead: {
    bn: 'রসিদ, ক্রেডিট নোট বা ট্রেড লাইসেন্সের শংসাপত্রের নম্বরটি লিখুন। পুরসভা সেটি দিয়েছে কি না, জানতে পারবেন।',
    en: 'Type the number of a receipt, a credit note or a trade licence certificate to see whether the Corporation issued it.',
    hi: 'रसीद, क्रेडिट नोट या ट्रेड लाइसेंस के प्रमाणपत्र की संख्या लिखें। पता चल जाएगा कि वह निगम ने दिया है या नहीं।',
  },
  another: { bn: 'অন্য নম্বর যাচাই', en: 'Check another number', hi: 'दूसरी संख्या की जाँच' },
  again: { bn: 'আবার লিখুন', en: 'Type it again', hi: 'फिर से लिखें' },
  field: {
    bn: 'রসিদ, ক্রেডিট নোট বা শংসাপত্রের নম্বর',
    en: 'Number of the receipt, credit note or certificate',
    hi: 'रसीद, क्रेडिट नोट या प्रमाणपत्र की संख्या',
  },
  button: { bn: 'যাচাই করুন', en: 'Check', hi: 'जाँचें' },
  compare: {
    bn: 'নীচের প্রতিটি তথ্য হাতের কাগজের সঙ্গে মিলিয়ে নিন। না মিললে কাগজটি আসল নয়।',
    en: 'Compare each of these with the paper. If anything differs, the paper is not genuine.',
    hi: 'नीचे की हर जानकारी काग़ज़ से मिलाएँ। कुछ भी अलग हो तो काग़ज़ असली नहीं है।',
  },
  byNumberAlone: {
    bn: 'নম্বর থেকে শুধু এটুকুই জানা যায়। কাগজের তথ্য মিলিয়ে দেখতে কাগজের QR কোডটি স্ক্যান করুন।',
    en: 'A number alone tells no more. To compare what is printed, scan the QR code on the paper.',
    hi: 'केवल संख्या से इतना ही पता चलता है। काग़ज़ पर छपी जानकारी मिलाने के लिए उसका QR कोड स्कैन करें।',
  },
  notIssued: {
    bn: 'এই নম্বরে কোনও রসিদ, ক্রেডিট নোট বা শংসাপত্র দেওয়া হয়নি',
    en: 'No such receipt, credit note or certificate was issued',
    hi: 'इस संख्या की कोई रसीद, क्रेडिट नोट या प्रमाणपत्र नहीं दिया गया',
  },
  notIssuedBody: {
    bn: 'নম্বরটি কাগজের সঙ্গে একটি একটি অক্ষর মিলিয়ে আবার লিখুন। তার পরেও না পাওয়া গেলে কাগজটিকে আসল বলে মানবেন না, পুরসভাকে জানান।',
    en: 'Compare the number with the paper, character by character, and type it again. If it is still not found, do not accept the paper as genuine, and tell the Corporation.',
    hi: 'संख्या को काग़ज़ से एक-एक अक्षर मिलाकर फिर लिखें। तब भी न मिले तो काग़ज़ को असली न मानें और निगम को बताएँ।',
  },
  counters: {
    bn: 'এখানে শুধু অনলাইনে দেওয়া টাকার রসিদ, ক্রেডিট নোট ও শংসাপত্র দেখা যায়, কাউন্টারের নয়।',
    en: 'Only receipts, credit notes and certificates for online payments can be checked here, not those of the counters.',
    hi: 'यहाँ केवल ऑनलाइन भुगतान की रसीदें, क्रेडिट नोट और प्रमाणपत्र जाँचे जा सकते हैं, काउंटर के नहीं।',
  },
  tell: { bn: 'কোথায় জানাবেন', en: 'Where to report it', hi: 'कहाँ बताएँ' },
  malformed: {
    bn: 'এটি রসিদ, ক্রেডিট নোট বা শংসাপত্রের নম্বরের মতো নয়',
    en: 'That does not look like a receipt, credit note or certificate number',
    hi: 'यह रसीद, क्रेडिट नोट या प्रमाणपत्र की संख्या जैसी नहीं है',
  },
  malformedBody: {
    bn: 'কাগজের উপর থেকে নম্বরটি হুবহু তুলে লিখুন।',
    en: 'Please copy the number exactly as it is on the paper.',
    hi: 'संख्या काग़ज़ से ज्यों की त्यों लिखें।',
  },
} as const satisfies Texts;

export const verifiedReceipt = {
  genuine: { bn: 'রসিদটি আসল', en: 'This receipt is genuine', hi: 'यह रसीद असली है' },
  service: { bn: 'কী বাবদ', en: 'Paid for', hi: 'किस मद में' },
  amount: { bn: 'টাকার পরিমাণ', en: 'Amount', hi: 'राशि' },
} as const satisfies Texts;

/** Where a certificate that was issued stands on the day of the question. */
export type Validity = 'inForce' | 'notBegun' | 'expired' | 'revoked';

export const verifiedCertificate: Readonly<
  Record<Validity, { readonly heading: InEveryLanguage<string>; readonly body: InEveryLanguage<string> }>
> = {
  inForce: {
    heading: {
      bn: 'শংসাপত্রটি আসল ও বৈধ',
      en: 'This certificate is genuine and valid',
      hi: 'यह प्रमाणपत्र असली है और वैध है',
    },
    body: verify.compare,
  },
  notBegun: {
    heading: {
      bn: 'শংসাপত্রটি আসল',
      en: 'This certificate is genuine',
      hi: 'यह प्रमाणपत्र असली है',
    },
    body: verify.compare,
  },
  expired: {
    heading: {
      bn: 'শংসাপত্রটির মেয়াদ শেষ হয়ে গেছে',
      en: 'This certificate has expired',
      hi: 'इस प्रमाणपत्र की वैधता समाप्त हो चुकी है',
    },
    body: {
      bn: 'পুরসভাই এটি দিয়েছিল, কিন্তু এখন আর বৈধ নয়। নবীকরণ হয়ে থাকলে লাইসেন্সধারীর কাছে নতুন শংসাপত্র আছে।',
      en: 'The Corporation issued it, but it is no longer valid. If the licence was renewed, its holder has a new certificate.',
      hi: 'यह निगम ने ही दिया था, पर अब वैध नहीं है। नवीनीकरण हुआ हो तो लाइसेंसधारी के पास नया प्रमाणपत्र है।',
    },
  },
  revoked: {
    heading: {
      bn: 'শংসাপত্রটি বাতিল',
      en: 'This certificate was revoked',
      hi: 'यह प्रमाणपत्र रद्द कर दिया गया है',
    },
    body: {
      bn: 'পুরসভা এটি বাতিল করেছে। এই কাগজটিকে ট্রেড লাইসেন্স বলে মানবেন না।',
      en: 'The Corporation has revoked it. Do not accept the paper as a trade licence.',
      hi: 'निगम ने इसे रद्द कर दिया है। इस काग़ज़ को ट्रेड लाइसेंस न मानें।',
    },
  },
};

/** Of a certificate that was renewed early: the one before it covers the days until then. */
export const beginsOn: InEveryLanguage<(date: string) => string> = {
  bn: (date) => `মেয়াদ ${date} থেকে। তার আগের দিনের জন্য আগের শংসাপত্রটি দেখুন।`,
  en: (date) => `Valid from ${date}. For the days before that, look at the earlier certificate.`,
  hi: (date) => `${date} से वैध। उससे पहले के दिनों के लिए पिछला प्रमाणपत्र देखें।`,
};

export const ofCertificate = {
  revokedOn: { bn: 'বাতিলের তারিখ', en: 'Revoked on', hi: 'रद्द होने की तिथि' },
  replacedBy: { bn: 'এর বদলে দেওয়া শংসাপত্র', en: 'Replaced by', hi: 'इसके बदले दिया गया प्रमाणपत्र' },
  /** For its holder alone. */
  pdf: { bn: 'শংসাপত্র দেখুন (PDF)', en: 'Open the certificate (PDF)', hi: 'प्रमाणपत्र देखें (PDF)' },
  private: {
    bn: 'এই লিঙ্কটি শুধু আপনার। এখান থেকে যে-কেউ শংসাপত্রটি খুলতে পারবেন, তাই অন্যকে পাঠাবেন না।',
    en: 'This link is for you alone: whoever has it can open the certificate. Please do not share it.',
    hi: 'यह लिंक केवल आपके लिए है। इससे कोई भी प्रमाणपत्र खोल सकता है, इसलिए किसी और को न भेजें।',
  },
} as const satisfies Texts;

/** What the number of each looks like. */
export const numberExample: InEveryLanguage<(receipt: string, certificate: string) => string> = {
  bn: (receipt, certificate) => `যেমন: ${receipt} বা ${certificate}`,
  en: (receipt, certificate) => `For example: ${receipt} or ${certificate}`,
  hi: (receipt, certificate) => `जैसे: ${receipt} या ${certificate}`,
};
