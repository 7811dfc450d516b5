/** Everything on a statement of dues, each text side by side in Bengali, English and Hindi. Bengali is written first. */
import type { LineKind } from '../domain/dues.ts';
import type { InEveryLanguage } from '../domain/language.ts';
import { frame } from './pages.ts';

/** What every paper about bills has in common. */
export const paper = {
  /** Its name in law, which papers go by. */
  corporation: { ...frame.corporation, bn: 'কলকাতা পৌরসংস্থা' },
  assesseeNumber: { bn: 'অ্যাসেসি নম্বর', en: 'Assessee number', hi: 'असेसी नंबर' },
  owner: { bn: 'মালিক', en: 'Owner', hi: 'मालिक' },
  address: { bn: 'ঠিকানা', en: 'Address', hi: 'पता' },
  ward: { bn: 'ওয়ার্ড', en: 'Ward', hi: 'वार्ड' },
  bill: { bn: 'বিল ও সময়কাল', en: 'Bill and period', hi: 'बिल और अवधि' },
  relief: { bn: 'ছাড় ও মকুব', en: 'Rebate, waiver', hi: 'छूट और माफ़ी' },
  sum: { bn: 'মোট', en: 'Total', hi: 'कुल' },
  rebate: { bn: 'ছাড়', en: 'Rebate', hi: 'छूट' },
  waiver: { bn: 'মকুব', en: 'Waiver', hi: 'माफ़ी' },
  paidBefore: { bn: 'আগে জমা', en: 'Paid before', hi: 'पहले जमा' },
  part: { bn: 'আংশিক', en: 'part payment', hi: 'आंशिक' },
} as const satisfies Readonly<Record<string, InEveryLanguage<string>>>;

/** A column of a table of bills: what stands in it of each. */
export interface LineColumn {
  readonly kind: LineKind;
  readonly name: InEveryLanguage<string>;
  /** Shown even where no bill has such an amount, because every bill is looked through for it. */
  readonly always: boolean;
}

export const taxColumns: readonly LineColumn[] = [
  { kind: 'principal', name: { bn: 'মূল কর', en: 'Principal', hi: 'मूल कर' }, always: true },
  { kind: 'interest', name: { bn: 'সুদ', en: 'Interest', hi: 'ब्याज' }, always: true },
  { kind: 'penalty', name: { bn: 'জরিমানা', en: 'Penalty', hi: 'जुर्माना' }, always: true },
  { kind: 'charge', name: { bn: 'অন্যান্য চার্জ', en: 'Charges', hi: 'अन्य शुल्क' }, always: false },
];

export const statement = {
  title: {
    bn: 'অনাদায়ী সম্পত্তি করের বিবরণী',
    en: 'Statement of property tax due',
    hi: 'देय संपत्ति कर का विवरण',
  },
  asOf: { bn: 'হিসাবের সময়', en: 'As of', hi: 'हिसाब का समय' },
  total: { bn: 'মোট প্রদেয়', en: 'Total due', hi: 'कुल देय' },
  payable: { bn: 'প্রদেয়', en: 'Due', hi: 'देय' },
  notes: { bn: 'জেনে রাখুন', en: 'Please note', hi: 'कृपया ध्यान दें' },
} as const satisfies Readonly<Record<string, InEveryLanguage<string>>>;

/** The last day on which a rebate is given. */
export const rebateUntil: InEveryLanguage<(date: string) => string> = {
  bn: (date) => `${date} পর্যন্ত`,
  en: (date) => `until ${date}`,
  hi: (date) => `${date} तक`,
};

/** What the total depends on. */
export const totalHolds: InEveryLanguage<(date: string) => string> = {
  bn: (date) => `এই অঙ্ক ${date} পর্যন্ত। তার পরে ছাড় না থাকায় টাকা বাড়বে।`,
  en: (date) => `This amount holds until ${date}; after that a rebate ends and the amount goes up.`,
  hi: (date) => `यह राशि ${date} तक है। उसके बाद छूट नहीं रहेगी और राशि बढ़ेगी।`,
};

export const noteOnLoi: InEveryLanguage<string> = {
  bn: 'লেটার অব ইন্টিমেশনে (এল\u00a0ও\u00a0আই) যে-সব পুরনো বিল ধরা আছে, সেগুলির টাকা শুধু ওই লেটারের মাধ্যমেই জমা দেওয়া যায়, আলাদা করে নয়।',
  en: 'Bills covered by a Letter of Intimation (LOI) can only be paid against that letter, not one by one.',
  hi: 'लेटर ऑफ़ इंटिमेशन (एलओआई) में जो पुराने बिल शामिल हैं, उनका भुगतान केवल उसी पत्र के आधार पर हो सकता है, अलग-अलग नहीं।',
};

export const noteOnLaw: InEveryLanguage<string> = {
  bn: 'এই বিবরণী উপরের সময়ে পুরসভার নথিতে যা ছিল, তার তথ্যমাত্র। এটি কলকাতা পৌরসংস্থা আইন, ১৯৮০ (Kolkata Municipal Corporation Act, 1980) অনুযায়ী কোনও বিল বা দাবির নোটিস নয়। অঙ্ক পরে বদলাতে পারে।',
  en: 'This statement tells what the records of the Corporation held at the time above. It is information, not a bill or a notice of demand under the Kolkata Municipal Corporation Act, 1980. The amounts may change later.',
  hi: 'यह विवरण केवल सूचना है कि ऊपर दिए गए समय पर निगम के अभिलेख में क्या था। यह कोलकाता नगर निगम अधिनियम, 1980 (Kolkata Municipal Corporation Act, 1980) के अंतर्गत कोई बिल या माँग की सूचना नहीं है। राशि बाद में बदल सकती है।',
};

export const noteOnMasking: InEveryLanguage<string> = {
  bn: 'মালিকের নাম ও ঠিকানার একাংশ ইচ্ছে করেই • চিহ্নে ঢাকা, কারণ অ্যাসেসি নম্বর জানলে যে-কেউ এই হিসাব দেখতে পারেন।',
  en: 'The owner’s name and part of the address are hidden (•) on purpose, since anyone who knows the assessee number can see these dues.',
  hi: 'मालिक का नाम और पते का कुछ भाग जानबूझकर • से छिपाया गया है, क्योंकि असेसी नंबर जानने वाला कोई भी व्यक्ति यह हिसाब देख सकता है।',
};

/** The office comes last: a postcode with a full stop after it reads as one with another 1. */
export const noteOnHelp: InEveryLanguage<(number: string, office: string) => string> = {
  bn: (number, office) =>
    `পুরসভা কখনও PIN বা OTP চায় না। কিছু জানার থাকলে হোয়াটসঅ্যাপে ${number} নম্বরে লিখুন, অথবা আসুন: ${office}`,
  en: (number, office) =>
    `The Corporation never asks for a PIN or an OTP. For questions write to ${number} on WhatsApp, or come to: ${office}`,
  hi: (number, office) =>
    `निगम कभी PIN या OTP नहीं माँगता। कुछ पूछना हो तो व्हाट्सऐप पर ${number} पर लिखें, या यहाँ आएँ: ${office}`,
};

/** At the foot of every page. */
export const pageOf: InEveryLanguage<(page: string, pages: string) => string> = {
  bn: (page, pages) => `পৃষ্ঠা ${page} / ${pages}`,
  en: (page, pages) => `Page ${page} of ${pages}`,
  hi: (page, pages) => `पृष्ठ ${page} / ${pages}`,
};
