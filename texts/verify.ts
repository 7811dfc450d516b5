/** What the page says that checks a receipt, side by side in Bengali, English and Hindi. Bengali is written first. */
import type { InEveryLanguage } from '../domain/language.ts';

export const verify = {
  title: { bn: 'রসিদ যাচাই', en: 'Check a receipt', hi: 'रसीद की जाँच' },
  lead: {
    bn: 'রসিদের নম্বরটি লিখুন। পুরসভা রসিদটি দিয়েছে কি না, জানতে পারবেন।',
    en: 'Type the number of a receipt to see whether the Corporation issued it.',
    hi: 'रसीद की संख्या लिखें। पता चल जाएगा कि रसीद निगम ने दी है या नहीं।',
  },
  another: { bn: 'অন্য রসিদ যাচাই', en: 'Check another receipt', hi: 'दूसरी रसीद की जाँच' },
  again: { bn: 'আবার লিখুন', en: 'Type it again', hi: 'फिर से लिखें' },
  field: { bn: 'রসিদ নম্বর', en: 'Receipt number', hi: 'रसीद नंबर' },
  button: { bn: 'যাচাই করুন', en: 'Check', hi: 'जाँचें' },
  genuine: { bn: 'রসিদটি আসল', en: 'This receipt is genuine', hi: 'यह रसीद असली है' },
  compare: {
    bn: 'নীচের প্রতিটি তথ্য হাতের কাগজের সঙ্গে মিলিয়ে নিন। না মিললে কাগজটি আসল নয়।',
    en: 'Compare each of these with the paper. If anything differs, the paper is not genuine.',
    hi: 'नीचे की हर जानकारी काग़ज़ से मिलाएँ। कुछ भी अलग हो तो काग़ज़ असली नहीं है।',
  },
  service: { bn: 'কী বাবদ', en: 'Paid for', hi: 'किस मद में' },
  amount: { bn: 'টাকা', en: 'Amount', hi: 'राशि' },
  notIssued: {
    bn: 'এই নম্বরে কোনও রসিদ দেওয়া হয়নি',
    en: 'No such receipt was issued',
    hi: 'इस संख्या की कोई रसीद नहीं दी गई',
  },
  notIssuedBody: {
    bn: 'নম্বরটি কাগজের সঙ্গে একটি একটি অক্ষর মিলিয়ে আবার লিখুন। তার পরেও না পাওয়া গেলে কাগজটিকে রসিদ বলে মানবেন না, পুরসভাকে জানান।',
    en: 'Compare the number with the paper, character by character, and type it again. If it is still not found, do not accept the paper as a receipt, and tell the Corporation.',
    hi: 'संख्या को काग़ज़ से एक-एक अक्षर मिलाकर फिर लिखें। तब भी न मिले तो काग़ज़ को रसीद न मानें और निगम को बताएँ।',
  },
  counters: {
    bn: 'এখানে শুধু অনলাইনে দেওয়া টাকার রসিদ দেখা যায়, কাউন্টারের রসিদ নয়।',
    en: 'Only receipts for online payments can be checked here, not those of the counters.',
    hi: 'यहाँ केवल ऑनलाइन भुगतान की रसीदें जाँची जा सकती हैं, काउंटर की नहीं।',
  },
  tell: { bn: 'কোথায় জানাবেন', en: 'Where to tell it', hi: 'कहाँ बताएँ' },
  malformed: {
    bn: 'এটি রসিদ নম্বরের মতো নয়',
    en: 'That is not a receipt number',
    hi: 'यह रसीद नंबर जैसा नहीं है',
  },
  malformedBody: {
    bn: 'রসিদের উপর থেকে নম্বরটি হুবহু তুলে লিখুন।',
    en: 'Please copy the number exactly as it stands on the receipt.',
    hi: 'संख्या रसीद से ज्यों की त्यों लिखें।',
  },
} as const satisfies Readonly<Record<string, InEveryLanguage<string>>>;

/** What a receipt's number looks like. */
export const numberExample: InEveryLanguage<(number: string) => string> = {
  bn: (number) => `যেমন: ${number}`,
  en: (number) => `For example: ${number}`,
  hi: (number) => `जैसे: ${number}`,
};
