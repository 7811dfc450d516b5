/** What is said of a trade licence and its fee. Bengali is written first. */
import type { Licence } from '../../domain/accounts/licence.ts';
import { dateInKolkata } from '../../domain/calendar.ts';
import type { LineKind } from '../../domain/dues.ts';
import { inert } from '../../domain/inert.ts';
import type { InEveryLanguage, Language } from '../../domain/language.ts';
import type { ReplyParams } from '../../domain/reply.ts';
import {
  asOf,
  billLine,
  briefly,
  byKind,
  duesWords,
  earlierNumbers,
  grouped,
  partsOf,
  withCredit,
  words,
  type BillName,
} from '../bills.ts';
import { licence as papers } from '../certificate.ts';
import { formatDate, formatDateTime, formatNumber } from '../format.ts';
import type { CorporationFacts, Words } from '../words.ts';
import type { ServiceTexts } from './service.ts';

const name: InEveryLanguage<string> = { bn: 'ট্রেড লাইসেন্স', en: 'Trade licence', hi: 'ट्रेड लाइसेंस' };

/** What a yearly demand of a licence consists of. */
export const licenceLines: Readonly<Record<LineKind, InEveryLanguage<string>>> = {
  principal: { bn: 'ফি', en: 'fee', hi: 'शुल्क' },
  interest: { bn: 'সুদ', en: 'interest', hi: 'ब्याज' },
  penalty: { bn: 'দেরির জরিমানা', en: 'late fine', hi: 'विलंब जुर्माना' },
  charge: { bn: 'জঞ্জাল ও অন্যান্য চার্জ', en: 'solid waste and other charges', hi: 'कचरा व अन्य शुल्क' },
};

const business: InEveryLanguage<string> = { bn: 'ব্যবসা', en: 'Business', hi: 'व्यापार' };

export const validUntilWords: InEveryLanguage<(date: string) => string> = {
  bn: (date) => `${date} পর্যন্ত`,
  en: (date) => `until ${date}`,
  hi: (date) => `${date} तक`,
};

type Standing = 'valid' | 'expired' | 'suspended' | 'closed';

export const standings: Readonly<Record<'suspended' | 'closed', InEveryLanguage<string>>> = {
  suspended: { bn: 'স্থগিত', en: 'suspended', hi: 'निलंबित' },
  closed: { bn: 'বন্ধ', en: 'closed', hi: 'बंद' },
};

/** With the last day of the licence. */
const validity: Readonly<Record<Standing, InEveryLanguage<(until: string) => string>>> = {
  valid: {
    bn: (until) => `মেয়াদ ${until} পর্যন্ত (*চালু আছে*)`,
    en: (until) => `*Valid until* ${until}`,
    hi: (until) => `${until} तक वैध (*चालू*)`,
  },
  expired: {
    bn: (until) => `মেয়াদ *শেষ হয়েছে* ${until}`,
    en: (until) => `*Expired on* ${until}`,
    hi: (until) => `वैधता ${until} को *समाप्त*`,
  },
  suspended: {
    bn: (until) => `মেয়াদ ${until} পর্যন্ত (*স্থগিত*)`,
    en: (until) => `Valid until ${until} (*suspended*)`,
    hi: (until) => `${until} तक वैध (*निलंबित*)`,
  },
  closed: {
    bn: (until) => `মেয়াদ ${until} পর্যন্ত (*লাইসেন্স বন্ধ*)`,
    en: (until) => `Valid until ${until} (*closed*)`,
    hi: (until) => `${until} तक वैध (*बंद*)`,
  },
};

function standingOf({ status, validUntil }: Licence, instant: number): Standing {
  if (status !== 'active') return status;
  return validUntil < dateInKolkata(instant) ? 'expired' : 'valid';
}

/** As much of a trade as a message has room for beside the rest of a licence. */
const longestTrade = 60;

/** The licence, as anybody may see it who knows its number. */
export function head(
  licence: Licence,
  trade: InEveryLanguage<string> | undefined,
  language: Language,
  standing: Standing,
): string {
  const { number, tradeName, owner, address, ward, validUntil } = licence;
  const kind = trade === undefined ? '' : ` (${inert(trade[language], longestTrade)})`;
  return [
    `*${name[language]}*`,
    `${papers.number[language]}: ${number}`,
    `${business[language]}: ${briefly(tradeName, language)}${kind}`,
    `${papers.holder[language]}: ${briefly(owner, language)}`,
    `${briefly(address, language)}, ${words.ward[language]}\u00a0${formatNumber(ward, language)}`,
    validity[standing][language](formatDate(validUntil, language)),
  ].join('\n');
}

/** The licence in one line. */
export function named({ tradeName, number }: Licence, language: Language): string {
  return `${briefly(tradeName, language)}, ${papers.number[language]} ${number}`;
}

export const extendsIt: InEveryLanguage<string> = {
  bn: 'ফি জমা পড়লেই লাইসেন্সের মেয়াদ বাড়বে, শংসাপত্র এখানেই আসবে।',
  en: 'Once the fee is paid, the licence is extended and the certificate comes here.',
  hi: 'शुल्क जमा होते ही लाइसेंस की वैधता बढ़ेगी और प्रमाणपत्र यहीं आएगा।',
};
const severalYears: InEveryLanguage<string> = {
  bn: 'একসঙ্গে কয়েক বছরের জন্য নবীকরণ করতে *নবীকরণ* লিখুন।',
  en: 'To renew for several years at once, type *renew*.',
  hi: 'एक साथ कई वर्षों के लिए नवीनीकरण करना हो तो *नवीनीकरण* लिखें।',
};
const approvalFirst: InEveryLanguage<string> = {
  bn: 'এই ব্যবসার লাইসেন্স নবীকরণে আগে আধিকারিকের অনুমোদন লাগে, টাকা তার পরে নেওয়া হয়। আবেদন করতে *নবীকরণ করুন* বোতাম টিপুন।',
  en: 'For this trade an officer must approve the renewal before you pay. To apply, tap *Renew*.',
  hi: 'इस व्यापार के लाइसेंस के नवीनीकरण में पहले अधिकारी की स्वीकृति चाहिए, भुगतान उसके बाद होता है। आवेदन के लिए *नवीनीकरण करें* दबाएँ।',
};
const awaitsApproval: InEveryLanguage<(date: string) => string> = {
  bn: (date) => `আপনার নবীকরণের আবেদন ${date} তারিখে জমা পড়েছে, আধিকারিকের সিদ্ধান্তের অপেক্ষায় আছে।`,
  en: (date) => `Your application of ${date} is waiting for the officer’s decision.`,
  hi: (date) => `आपका ${date} का आवेदन अधिकारी के निर्णय की प्रतीक्षा में है।`,
};

/** Why nothing can be done here about a licence that is out of force. */
export const outOfForce: Readonly<Record<'suspended' | 'closed', InEveryLanguage<string>>> = {
  closed: {
    bn: 'এই লাইসেন্সটি বন্ধ করা হয়েছে, তাই নবীকরণ হয় না। আবার ব্যবসা শুরু করলে নতুন লাইসেন্সের আবেদন করুন।',
    en: 'This licence has been closed and cannot be renewed. To trade again, apply for a new one.',
    hi: 'यह लाइसेंस बंद किया जा चुका है, इसलिए नवीनीकरण नहीं हो सकता। फिर व्यापार शुरू करना हो तो नए लाइसेंस का आवेदन करें।',
  },
  suspended: {
    bn: 'এই লাইসেন্সটি এখন স্থগিত আছে। স্থগিতাদেশ না ওঠা পর্যন্ত নবীকরণ হয় না। কারণ জানতে লাইসেন্স বিভাগে যোগাযোগ করুন।',
    en: 'This licence is suspended and cannot be renewed until that is lifted. Please ask the Licence Department for the reason.',
    hi: 'यह लाइसेंस अभी निलंबित है। निलंबन हटने तक नवीनीकरण नहीं हो सकता। कारण जानने के लिए लाइसेंस विभाग से संपर्क करें।',
  },
};

/** Said to whoever has to go somewhere: where that is. */
export function office(language: Language, { licences, hours }: CorporationFacts): string {
  return `${licences[language]}\n${hours[language]}`;
}

const nothingDue: InEveryLanguage<string> = {
  bn: '*কোনও ফি বকেয়া নেই।*',
  en: '*No fee is due.*',
  hi: '*कोई शुल्क बकाया नहीं है।*',
};

/** That nothing is due means nothing to whoever holds a suspended licence: they are told of that instead. */
function licencePaidUp(
  { account, trade, asOf: time, credit }: ReplyParams['nothingDue.licence'],
  language: Language,
  facts: CorporationFacts,
): Words {
  const { status } = account;
  const news =
    status === 'active'
      ? [nothingDue[language], asOf[language](formatDateTime(time, language))]
      : [outOfForce[status][language], office(language, facts)];
  const body = [head(account, trade, language, standingOf(account, time)), ...news].join('\n\n');
  return { body: withCredit(body, credit, language) };
}

function licenceDues(dues: ReplyParams['dues.licence'], language: Language, facts: CorporationFacts): Words {
  const { account, trade, token, asOf: instant } = dues;
  const hasLink = token !== undefined;
  return duesWords(
    dues,
    {
      head: head(account, trade, language, standingOf(account, instant)),
      names: bills,
      versions: [
        {
          bills: dues.dues.flatMap((due) => [
            billLine(due, language),
            ...partsOf(due, licenceLines, language),
          ]),
        },
        { bills: dues.dues.map((due) => billLine(due, language)) },
        { bills: grouped(dues.dues, bills, language, byKind) },
      ],
      before: dues.needsApproval === true ? [approval(dues, language)] : [],
      after: [
        ...(hasLink && isExtendedBy(dues) ? [extendsIt[language]] : []),
        ...(hasLink && dues.renewable ? [severalYears[language]] : []),
      ],
    },
    language,
    facts,
  );
}

function approval({ appliedAt }: ReplyParams['dues.licence'], language: Language): string {
  if (appliedAt === undefined) return approvalFirst[language];
  return awaitsApproval[language](formatDate(dateInKolkata(appliedAt), language));
}

function isExtendedBy({ account, dues }: ReplyParams['dues.licence']): boolean {
  return account.status === 'active' && dues.some(({ periodTo }) => periodTo > account.validUntil);
}

const bills = {
  CE: {
    bn: { short: 'লাইসেন্স ফি', full: 'ট্রেড লাইসেন্স ফি' },
    en: { short: 'Licence fee', full: 'Trade licence fee' },
    hi: { short: 'लाइसेंस शुल्क', full: 'ट्रेड लाइसेंस शुल्क' },
  },
} as const satisfies Readonly<Record<string, BillName>>;

export const tradeLicence: ServiceTexts<'licence'> = {
  name,
  number: papers.number,
  numberOf: {
    bn: 'ট্রেড লাইসেন্সের সি\u00a0ই নম্বর',
    en: 'the CE number of a trade licence',
    hi: 'ट्रेड लाइसेंस का सीई नंबर',
  },
  menu: {
    bn: { title: 'ট্রেড লাইসেন্স ফি', description: 'বকেয়া ফি দেখুন, জমা দিন (সি\u00a0ই নম্বর লাগবে)' },
    en: { title: 'Trade licence fee', description: 'See the licence and pay its fee (CE number)' },
    hi: { title: 'ट्रेड लाइसेंस शुल्क', description: 'बकाया शुल्क देखें, भुगतान करें (सीई नंबर)' },
  },
  whereIsNumber: {
    bn: { title: 'নম্বর কোথায় পাব?', description: 'লাইসেন্স, বিল বা রসিদের কোথায় আছে' },
    en: { title: 'Where is my number?', description: 'Where to find it on the licence, bill or receipt' },
    hi: { title: 'नंबर कहाँ मिलेगा?', description: 'लाइसेंस, बिल या रसीद में कहाँ है' },
  },
  problems: {
    length: {
      bn: 'সি\u00a0ই নম্বরে ৮ থেকে ১৬টি সংখ্যা থাকে। আপনার লেখা নম্বরে কম বা বেশি আছে।',
      en: 'A CE number has 8 to 16 digits. Yours has fewer or more.',
      hi: 'सीई नंबर में 8 से 16 अंक होते हैं। आपके नंबर में कम या ज़्यादा हैं।',
    },
  },
  bills,
  lines: licenceLines,
  facts: ({ tradeName }) => [[papers.tradeName, tradeName]],
  page: {
    owner: papers.holder,
    bills: { bn: 'যে সময়ের ফি', en: 'Fee for these periods', hi: 'इन अवधियों का शुल्क' },
  },
  receipt: {
    title: { bn: 'ট্রেড লাইসেন্স ফি-র রসিদ', en: 'Trade licence fee receipt', hi: 'ट्रेड लाइसेंस शुल्क की रसीद' },
    owner: papers.holder,
    bill: { bn: 'সময়কাল', en: 'Period', hi: 'अवधि' },
    columns: [
      { kind: 'principal', name: { bn: 'ফি', en: 'Fee', hi: 'शुल्क' }, always: true },
      { kind: 'interest', name: { bn: 'সুদ', en: 'Interest', hi: 'ब्याज' }, always: false },
      { kind: 'penalty', name: { bn: 'দেরির জরিমানা', en: 'Late fine', hi: 'विलंब जुर्माना' }, always: true },
      {
        kind: 'charge',
        name: { bn: 'জঞ্জাল ও অন্যান্য চার্জ', en: 'Solid waste, other', hi: 'कचरा व अन्य शुल्क' },
        always: false,
      },
    ],
    noteOnPayer: {
      bn: 'লাইসেন্সধারীর নাম ও ঠিকানার একাংশ • চিহ্নে ঢাকা, কারণ একজনের ফি অন্য যে-কেউ জমা দিতে পারেন।',
      en: 'The holder’s name and part of the address are hidden (•), since anyone may pay the fee.',
      hi: 'लाइसेंसधारी का नाम और पते का कुछ भाग • से छिपाया गया है, क्योंकि किसी का भी शुल्क कोई भी जमा कर सकता है।',
    },
  },
  replies: {
    'askNumber.licence': {
      bn: () => ({
        body: 'আপনার ট্রেড লাইসেন্সের সি\u00a0ই নম্বরটি (Certificate of Enlistment No.) লিখুন। ফাঁক বা হাইফেন না দিলেও চলবে।',
        listButton: earlierNumbers.bn,
      }),
      en: () => ({
        body: 'Please type the CE number (Certificate of Enlistment No.) of your trade licence. Spaces and hyphens do not matter.',
        listButton: earlierNumbers.en,
      }),
      hi: () => ({
        body: 'अपने ट्रेड लाइसेंस का सीई नंबर (Certificate of Enlistment No.) लिखें। बीच में जगह या हाइफ़न न हो तो भी चलेगा।',
        listButton: earlierNumbers.hi,
      }),
    },
    'whereIsNumber.licence': {
      bn: () => ({
        body: 'ট্রেড লাইসেন্স (Certificate of Enlistment), তার ফি-র বিল বা রসিদে ‘CE No.’ লেখার পাশে নম্বরটি থাকে: ৮ থেকে ১৬টি সংখ্যা। নম্বরটি এখানে লিখুন।',
      }),
      en: () => ({
        body: 'It is on the trade licence (Certificate of Enlistment) and on its bills and receipts, beside “CE No.”: 8 to 16 digits. Please type it here.',
      }),
      hi: () => ({
        body: 'ट्रेड लाइसेंस (Certificate of Enlistment), उसके बिल या रसीद में ‘CE No.’ के पास नंबर होता है: 8 से 16 अंक। वह नंबर यहाँ लिखें।',
      }),
    },
    'unknownNumber.licence': {
      bn: ({ number }) => ({
        body: `${number} নম্বরে কোনও ট্রেড লাইসেন্স পাওয়া গেল না। লাইসেন্স বা রসিদের সঙ্গে মিলিয়ে নম্বরটি আবার লিখুন।`,
        listButton: earlierNumbers.bn,
      }),
      en: ({ number }) => ({
        body: `We found no trade licence with the number ${number}. Please compare it with the licence or a receipt and type it again.`,
        listButton: earlierNumbers.en,
      }),
      hi: ({ number }) => ({
        body: `${number} नंबर पर कोई ट्रेड लाइसेंस नहीं मिला। लाइसेंस या रसीद से मिलाकर नंबर फिर लिखें।`,
        listButton: earlierNumbers.hi,
      }),
    },
    'dues.licence': {
      bn: (dues, facts) => licenceDues(dues, 'bn', facts),
      en: (dues, facts) => licenceDues(dues, 'en', facts),
      hi: (dues, facts) => licenceDues(dues, 'hi', facts),
    },
    'nothingDue.licence': {
      bn: (paidUp, facts) => licencePaidUp(paidUp, 'bn', facts),
      en: (paidUp, facts) => licencePaidUp(paidUp, 'en', facts),
      hi: (paidUp, facts) => licencePaidUp(paidUp, 'hi', facts),
    },
  },
};
