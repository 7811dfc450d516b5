/** What is said of the rent of a market stall. Bengali is written first. */
import { stall, type Stall } from '../../domain/accounts/stall.ts';
import type { InEveryLanguage, Language } from '../../domain/language.ts';
import type { ReplyParams } from '../../domain/reply.ts';
import {
  asOf,
  billLine,
  briefly,
  byKind,
  byYear,
  duesWords,
  earlierNumbers,
  grouped,
  partsOf,
  withCredit,
  words,
  type BillName,
} from '../bills.ts';
import { formatDateTime, formatNumber } from '../format.ts';
import type { CorporationFacts, Words } from '../words.ts';
import type { ServiceTexts } from './service.ts';

const name: InEveryLanguage<string> = {
  bn: 'বাজারের স্টল ভাড়া',
  en: 'Market stall rent',
  hi: 'बाज़ार स्टॉल किराया',
};
const number: InEveryLanguage<string> = { bn: 'স্টল নম্বর', en: 'Stall number', hi: 'स्टॉल नंबर' };
const holder: InEveryLanguage<string> = { bn: 'স্টলধারী', en: 'Stallholder', hi: 'स्टॉलधारक' };

const bills = {
  RENT: {
    bn: { short: 'স্টল ভাড়া', full: 'স্টলের মাসিক ভাড়া' },
    en: { short: 'Stall rent', full: 'Monthly stall rent' },
    hi: { short: 'स्टॉल किराया', full: 'स्टॉल का मासिक किराया' },
  },
} as const satisfies Readonly<Record<string, BillName>>;

const lines = {
  principal: { bn: 'ভাড়া', en: 'rent', hi: 'किराया' },
  interest: { bn: 'সুদ', en: 'interest', hi: 'ब्याज' },
  penalty: { bn: 'দেরির মাশুল', en: 'late fee', hi: 'विलंब शुल्क' },
  charge: { bn: 'বিদ্যুৎ ও অন্যান্য', en: 'electricity and other charges', hi: 'बिजली व अन्य शुल्क' },
} as const;

function head({ number: digits, owner, address, ward }: Stall, language: Language): string {
  return [
    `*${name[language]}*`,
    `${number[language]}: ${stall.shown(digits)}`,
    `${holder[language]}: ${briefly(owner, language)}`,
    `${briefly(address, language)}, ${words.ward[language]}\u00a0${formatNumber(ward, language)}`,
  ].join('\n');
}

/** Every month with its parts where it fits, else every month, else every year, else the sum. */
function rentDues(dues: ReplyParams['dues.stall'], language: Language, facts: CorporationFacts): Words {
  const months = dues.dues;
  const versions = [
    months.flatMap((due) => [billLine(due, language), ...partsOf(due, lines, language)]),
    months.map((due) => billLine(due, language)),
    grouped(months, bills, language, byYear),
    grouped(months, bills, language, byKind),
  ];
  const message = {
    head: head(dues.account, language),
    names: bills,
    versions: versions.map((each) => ({ bills: each })),
  };
  return duesWords(dues, message, language, facts);
}

export const marketRent: ServiceTexts<'stall'> = {
  name,
  number,
  numberOf: {
    bn: 'বাজারের স্টল নম্বর',
    en: 'the stall number of a municipal market',
    hi: 'बाज़ार का स्टॉल नंबर',
  },
  menu: {
    bn: { title: 'বাজারের স্টল ভাড়া', description: 'পুর বাজারের বকেয়া ভাড়া দেখুন, জমা দিন (স্টল নম্বর লাগবে)' },
    en: {
      title: 'Market stall rent',
      description: 'See the rent due in a municipal market and pay (stall number)',
    },
    hi: { title: 'बाज़ार स्टॉल किराया', description: 'निगम बाज़ार का बकाया किराया देखें, भुगतान करें (स्टॉल नंबर)' },
  },
  whereIsNumber: {
    bn: { title: 'নম্বর কোথায় পাব?', description: 'ভাড়ার বিল বা রসিদের কোথায় আছে' },
    en: { title: 'Where is my number?', description: 'Where to find it on a rent bill or receipt' },
    hi: { title: 'नंबर कहाँ मिलेगा?', description: 'किराये के बिल या रसीद में कहाँ है' },
  },
  problems: {
    length: {
      bn: 'স্টল নম্বরে ঠিক ৭টি সংখ্যা থাকে। আপনার লেখা নম্বরে কম বা বেশি আছে।',
      en: 'A stall number has exactly 7 digits. Yours has fewer or more.',
      hi: 'स्टॉल नंबर में ठीक 7 अंक होते हैं। आपके नंबर में कम या ज़्यादा हैं।',
    },
  },
  bills,
  lines,
  page: {
    owner: holder,
    bills: { bn: 'যে মাসের ভাড়া', en: 'Rent for these months', hi: 'इन महीनों का किराया' },
  },
  receipt: {
    title: { bn: 'বাজারের স্টল ভাড়ার রসিদ', en: 'Market stall rent receipt', hi: 'बाज़ार स्टॉल किराये की रसीद' },
    owner: holder,
    bill: { bn: 'মাস', en: 'Month', hi: 'महीना' },
    columns: [
      { kind: 'principal', name: { bn: 'ভাড়া', en: 'Rent', hi: 'किराया' }, always: true },
      { kind: 'interest', name: { bn: 'সুদ', en: 'Interest', hi: 'ब्याज' }, always: false },
      { kind: 'penalty', name: { bn: 'দেরির মাশুল', en: 'Late fee', hi: 'विलंब शुल्क' }, always: true },
      {
        kind: 'charge',
        name: { bn: 'বিদ্যুৎ ও অন্যান্য', en: 'Electricity, other', hi: 'बिजली व अन्य शुल्क' },
        always: false,
      },
    ],
    noteOnPayer: {
      bn: 'স্টলধারীর নাম ও ঠিকানার একাংশ • চিহ্নে ঢাকা, কারণ একজনের ভাড়া অন্য যে-কেউ জমা দিতে পারেন।',
      en: 'The stallholder’s name and part of the address are hidden (•), since anyone may pay the rent.',
      hi: 'स्टॉलधारक का नाम और पते का कुछ भाग • से छिपाया गया है, क्योंकि किसी का भी किराया कोई भी जमा कर सकता है।',
    },
  },
  replies: {
    'askNumber.stall': {
      bn: () => ({
        body: 'পুর বাজারে আপনার স্টলের ৭ সংখ্যার নম্বরটি লিখুন। ফাঁক বা হাইফেন না দিলেও চলবে।\n\nদেখতে এই রকম: 000-0000',
        listButton: earlierNumbers.bn,
      }),
      en: () => ({
        body: 'Please type the 7-digit number of your stall in a municipal market. Spaces and hyphens do not matter.\n\nIt looks like this: 000-0000',
        listButton: earlierNumbers.en,
      }),
      hi: () => ({
        body: 'निगम बाज़ार में अपने स्टॉल का 7 अंकों का नंबर लिखें। बीच में जगह या हाइफ़न न हो तो भी चलेगा।\n\nवह ऐसा दिखता है: 000-0000',
        listButton: earlierNumbers.hi,
      }),
    },
    'whereIsNumber.stall': {
      bn: () => ({
        body: 'স্টল ভাড়ার বিল বা রসিদে ‘Stall No.’ লেখার পাশে ৭ সংখ্যার নম্বরটি থাকে। নম্বরটি এখানে লিখুন। বিল হাতে না থাকলে বাজারের সুপারিন্টেন্ডেন্টের অফিসে জেনে নিন।',
      }),
      en: () => ({
        body: 'The 7-digit number is on the rent bill or receipt, beside “Stall No.”. Please type it here. Without a bill, ask at the office of the market superintendent.',
      }),
      hi: () => ({
        body: 'स्टॉल किराये के बिल या रसीद में ‘Stall No.’ के पास 7 अंकों का नंबर होता है। वह नंबर यहाँ लिखें। बिल पास न हो तो बाज़ार अधीक्षक के कार्यालय में पूछ लें।',
      }),
    },
    'unknownNumber.stall': {
      bn: ({ number: digits }) => ({
        body: `${stall.shown(digits)} নম্বরে কোনও স্টল পাওয়া গেল না। ভাড়ার বিলের সঙ্গে মিলিয়ে নম্বরটি আবার লিখুন।`,
        listButton: earlierNumbers.bn,
      }),
      en: ({ number: digits }) => ({
        body: `We found no stall with the number ${stall.shown(digits)}. Please compare it with your rent bill and type it again.`,
        listButton: earlierNumbers.en,
      }),
      hi: ({ number: digits }) => ({
        body: `${stall.shown(digits)} नंबर पर कोई स्टॉल नहीं मिला। किराये के बिल से मिलाकर नंबर फिर लिखें।`,
        listButton: earlierNumbers.hi,
      }),
    },
    'dues.stall': {
      bn: (dues, facts) => rentDues(dues, 'bn', facts),
      en: (dues, facts) => rentDues(dues, 'en', facts),
      hi: (dues, facts) => rentDues(dues, 'hi', facts),
    },
    'nothingDue.stall': {
      bn: ({ account, asOf: time, credit }) => ({
        body: withCredit(
          `${head(account, 'bn')}\n\n*কোনও ভাড়া বকেয়া নেই।*\n\n${asOf.bn(formatDateTime(time, 'bn'))}`,
          credit,
          'bn',
        ),
      }),
      en: ({ account, asOf: time, credit }) => ({
        body: withCredit(
          `${head(account, 'en')}\n\n*No rent is due.*\n\n${asOf.en(formatDateTime(time, 'en'))}`,
          credit,
          'en',
        ),
      }),
      hi: ({ account, asOf: time, credit }) => ({
        body: withCredit(
          `${head(account, 'hi')}\n\n*कोई किराया बकाया नहीं है।*\n\n${asOf.hi(formatDateTime(time, 'hi'))}`,
          credit,
          'hi',
        ),
      }),
    },
  },
};
