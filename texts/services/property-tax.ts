/** What is said of property tax. Bengali is written first. */
import { groupAssesseeNumber, type Property } from '../../domain/accounts/property.ts';
import type { Due } from '../../domain/dues.ts';
import type { InEveryLanguage, Language } from '../../domain/language.ts';
import type { ReplyKey, ReplyParams } from '../../domain/reply.ts';
import {
  asOf,
  briefBill,
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
import { formatDateTime, formatMoney, formatNumber } from '../format.ts';
import { paper, taxColumns } from '../statement.ts';
import type { CorporationFacts, Text, Words } from '../words.ts';
import type { ServiceTexts } from './service.ts';

const name: InEveryLanguage<string> = { bn: 'সম্পত্তি কর', en: 'Property tax', hi: 'संपत्ति कर' };

const summarised: InEveryLanguage<string> = {
  bn: 'প্রতিটি বিলের হিসাব ‘পুরো হিসাব’-এ পাবেন।',
  en: 'Each bill is listed in the full statement.',
  hi: 'हर बिल का हिसाब ‘पूरा हिसाब’ में मिलेगा।',
};

/** A message with a link has no buttons: what else there is to do is written. */
const more: InEveryLanguage<Readonly<Record<'choose' | 'statement', string>>> = {
  bn: {
    statement: 'পুরো হিসাব (PDF) পেতে লিখুন *হিসাব*',
    choose: 'শুধু কিছু বিল জমা দিতে লিখুন *বাছাই*',
  },
  en: {
    statement: 'For the full statement (PDF), type *statement*.',
    choose: 'To pay only some bills, type *choose*.',
  },
  hi: {
    statement: 'पूरे हिसाब (PDF) के लिए लिखें *हिसाब*',
    choose: 'कुछ ही बिलों का भुगतान करना हो तो लिखें *चुनें*',
  },
};
type TaxDues = ReplyParams['dues.property'];

/** What is due: every bill with its parts where it fits, else by kind and year, else by kind. */
function taxDues(dues: TaxDues, language: Language, facts: CorporationFacts): Words {
  const { choose, statement } = more[language];
  const mayChoose = dues.dues.length > 1 && dues.chosen !== true;
  const note = summarised[language];
  return duesWords(
    dues,
    {
      head: head(dues.account, language),
      names: bills,
      versions: [
        { bills: dues.dues.map((due, index) => wholeBill(due, index + 1, language)) },
        { bills: grouped(dues.dues, bills, language, byYear), note },
        { bills: grouped(dues.dues, bills, language, byKind), note },
      ],
      after: dues.token === undefined ? [] : [...(mayChoose ? [choose] : []), statement],
    },
    language,
    facts,
  );
}

function head({ number, owner, address, ward }: Property, language: Language): string {
  return [
    `*${name[language]}*`,
    `${paper.assesseeNumber[language]}: ${groupAssesseeNumber(number)}`,
    `${words.owner[language]}: ${briefly(owner, language)}`,
    `${briefly(address, language)}, ${words.ward[language]}\u00a0${formatNumber(ward, language)}`,
  ].join('\n');
}

function wholeBill(due: Due, place: number, language: Language): string {
  const bill = briefBill(due, bills, language);
  return [
    `${formatNumber(place, language)}. ${bill}: *${formatMoney(due.payable, language)}*`,
    ...partsOf(due, lines, language),
  ].join('\n');
}

const bills = {
  PD: {
    bn: { short: 'পি\u00a0ডি বিল', full: 'পি\u00a0ডি বিল (বার্ষিক)' },
    en: { short: 'PD bill', full: 'Annual bill (PD, Periodic Demand)' },
    hi: { short: 'पीडी बिल', full: 'पीडी बिल (वार्षिक)' },
  },
  FS: {
    bn: { short: 'এফ/এস বিল', full: 'এফ/এস বিল (শুনানির পরের বিল)' },
    en: { short: 'F/S bill', full: 'F/S bill (after a hearing)' },
    hi: { short: 'एफ़/एस बिल', full: 'एफ़/एस बिल (सुनवाई के बाद)' },
  },
  LOI: {
    bn: { short: 'বকেয়া (এল\u00a0ও\u00a0আই)', full: 'লেটার অব ইন্টিমেশন (এল\u00a0ও\u00a0আই)' },
    en: { short: 'Arrears (LOI)', full: 'Letter of Intimation (LOI)' },
    hi: { short: 'बकाया (एलओआई)', full: 'लेटर ऑफ़ इंटिमेशन (एलओआई)' },
  },
} as const satisfies Readonly<Record<string, BillName>>;

const lines = {
  principal: { bn: 'কর', en: 'tax', hi: 'कर' },
  interest: { bn: 'সুদ', en: 'interest', hi: 'ब्याज' },
  penalty: { bn: 'জরিমানা', en: 'penalty', hi: 'जुर्माना' },
  charge: { bn: 'অন্যান্য চার্জ', en: 'other charges', hi: 'अन्य शुल्क' },
} as const;

export const propertyTax: ServiceTexts<'property'> = {
  name,
  number: paper.assesseeNumber,
  numberOf: {
    bn: 'সম্পত্তি করের অ্যাসেসি নম্বর',
    en: 'the assessee number of a property',
    hi: 'संपत्ति कर का असेसी नंबर',
  },
  menu: {
    bn: { title: 'সম্পত্তি কর', description: 'পুরকর, বাড়ির ট্যাক্স: বকেয়া দেখুন, জমা দিন' },
    en: { title: 'Property tax', description: 'House tax: see what is due and pay' },
    hi: { title: 'संपत्ति कर', description: 'हाउस टैक्स: बकाया देखें और भुगतान करें' },
  },
  whereIsNumber: {
    bn: { title: 'নম্বর কোথায় পাব?', description: 'বিলের ছবিতে জায়গাটি দেখুন' },
    en: { title: 'Where is my number?', description: 'See the place on a picture of a bill' },
    hi: { title: 'नंबर कहाँ मिलेगा?', description: 'बिल की तस्वीर में जगह देखें' },
  },
  problems: {
    length: {
      bn: 'অ্যাসেসি নম্বরে ঠিক ১২টি সংখ্যা থাকে। আপনার লেখা নম্বরে কম বা বেশি আছে।',
      en: 'An assessee number has exactly 12 digits. Yours has fewer or more.',
      hi: 'असेसी नंबर में ठीक 12 अंक होते हैं। आपके नंबर में कम या ज़्यादा हैं।',
    },
    ward: {
      bn: 'এই নম্বরের ওয়ার্ড অংশটি (তৃতীয় থেকে পঞ্চম সংখ্যা) ০০১ থেকে ১৪৪-এর মধ্যে নয়। নম্বরটি মিলিয়ে দেখুন।',
      en: 'The ward in this number (third to fifth digit) is not between 001 and 144. Please check it.',
      hi: 'इस नंबर का वार्ड (तीसरे से पाँचवाँ अंक) 001 से 144 के बीच नहीं है। कृपया नंबर जाँच लें।',
    },
  },
  bills,
  lines,
  page: { owner: words.owner, bills: { bn: 'বিল', en: 'Bills', hi: 'बिल' } },
  receipt: {
    title: { bn: 'সম্পত্তি করের রসিদ', en: 'Property tax receipt', hi: 'संपत्ति कर की रसीद' },
    owner: paper.owner,
    bill: paper.bill,
    columns: taxColumns,
    noteOnPayer: {
      bn: 'মালিকের নাম ও ঠিকানার একাংশ • চিহ্নে ঢাকা, কারণ একজনের কর অন্য যে-কেউ জমা দিতে পারেন।',
      en: 'The owner’s name and part of the address are hidden (•), since anyone may pay.',
      hi: 'मालिक का नाम और पते का कुछ भाग • से छिपाया गया है, क्योंकि किसी का भी कर कोई भी जमा कर सकता है।',
    },
  },
  replies: {
    'askNumber.property': {
      bn: () => ({
        body: 'আপনার সম্পত্তির ১২ সংখ্যার অ্যাসেসি নম্বরটি লিখুন। ফাঁক বা হাইফেন না দিলেও চলবে।\n\nদেখতে এই রকম: 00-000-00-0000-0',
        listButton: earlierNumbers.bn,
      }),
      en: () => ({
        body: 'Please type the 12-digit assessee number of your property. Spaces and hyphens do not matter.\n\nIt looks like this: 00-000-00-0000-0',
        listButton: earlierNumbers.en,
      }),
      hi: () => ({
        body: 'अपनी संपत्ति का 12 अंकों का असेसी नंबर लिखें। बीच में जगह या हाइफ़न न हो तो भी चलेगा।\n\nवह ऐसा दिखता है: 00-000-00-0000-0',
        listButton: earlierNumbers.hi,
      }),
    },
    'unknownNumber.property': {
      bn: ({ number }) => ({
        body: `${groupAssesseeNumber(number)} নম্বরে কোনও সম্পত্তি পাওয়া গেল না। বিলের সঙ্গে মিলিয়ে নম্বরটি আবার লিখুন।`,
        listButton: earlierNumbers.bn,
      }),
      en: ({ number }) => ({
        body: `We found no property with the number ${groupAssesseeNumber(number)}. Please compare it with your bill and type it again.`,
        listButton: earlierNumbers.en,
      }),
      hi: ({ number }) => ({
        body: `${groupAssesseeNumber(number)} नंबर पर कोई संपत्ति नहीं मिली। बिल से मिलाकर नंबर फिर लिखें।`,
        listButton: earlierNumbers.hi,
      }),
    },
    'dues.property': {
      bn: (dues, facts) => taxDues(dues, 'bn', facts),
      en: (dues, facts) => taxDues(dues, 'en', facts),
      hi: (dues, facts) => taxDues(dues, 'hi', facts),
    },
    'nothingDue.property': {
      bn: ({ account, asOf: time, credit }) => ({
        body: withCredit(
          `${head(account, 'bn')}\n\n*কোনও বকেয়া নেই।*\n\n${asOf.bn(formatDateTime(time, 'bn'))}`,
          credit,
          'bn',
        ),
      }),
      en: ({ account, asOf: time, credit }) => ({
        body: withCredit(
          `${head(account, 'en')}\n\n*Nothing is due.*\n\n${asOf.en(formatDateTime(time, 'en'))}`,
          credit,
          'en',
        ),
      }),
      hi: ({ account, asOf: time, credit }) => ({
        body: withCredit(
          `${head(account, 'hi')}\n\n*कुछ भी बकाया नहीं है।*\n\n${asOf.hi(formatDateTime(time, 'hi'))}`,
          credit,
          'hi',
        ),
      }),
    },
    'whereIsNumber.property': {
      bn: () => ({
        body: 'সম্পত্তি করের বিল বা রসিদের উপরের দিকে ‘Assessee No.’ লেখার পাশে ১২ সংখ্যার নম্বরটি থাকে। নম্বরটি এখানে লিখুন।',
      }),
      en: () => ({
        body: 'The 12-digit number is near the top of a property tax bill or receipt, beside “Assessee No.”. Please type it here.',
      }),
      hi: () => ({
        body: 'संपत्ति कर के बिल या रसीद में ऊपर ‘Assessee No.’ के पास 12 अंकों का नंबर होता है। वह नंबर यहाँ लिखें।',
      }),
    },
  },
};

type OnlyHere = Extract<ReplyKey, 'billPicture' | 'statement' | 'statementFailed'>;

/** What is said of property tax alone. */
export const propertyTaxReplies: { readonly [K in OnlyHere]: Text<K> } = {
  billPicture: {
    bn: ({ mediaId }) => ({
      body: 'বিলের উপরের দিকে দাগ দেওয়া জায়গায় ১২ সংখ্যার অ্যাসেসি নম্বর থাকে। নম্বরটি এখানে লিখুন।',
      image: { id: mediaId },
    }),
    en: ({ mediaId }) => ({
      body: 'The 12-digit assessee number is near the top of the bill, in the place marked here. Please type it here.',
      image: { id: mediaId },
    }),
    hi: ({ mediaId }) => ({
      body: 'बिल में ऊपर, निशान लगी जगह पर 12 अंकों का असेसी नंबर होता है। वह नंबर यहाँ लिखें।',
      image: { id: mediaId },
    }),
  },
  statement: {
    bn: ({ number, mediaId, filename }) => ({
      body: `${number} নম্বরের পুরো হিসাব।`,
      document: { id: mediaId, filename },
    }),
    en: ({ number, mediaId, filename }) => ({
      body: `Full statement of ${number}.`,
      document: { id: mediaId, filename },
    }),
    hi: ({ number, mediaId, filename }) => ({
      body: `${number} का पूरा हिसाब।`,
      document: { id: mediaId, filename },
    }),
  },
  statementFailed: {
    bn: () => ({ body: 'PDF-টি এখন তৈরি করা গেল না। কিছুক্ষণ পরে নম্বরটি আবার পাঠান।' }),
    en: () => ({ body: 'The PDF could not be made just now. Please send the number again in a while.' }),
    hi: () => ({ body: 'PDF अभी नहीं बन सकी। थोड़ी देर बाद नंबर फिर भेजें।' }),
  },
};
