/** What is said of the renewal of a trade licence, to its certificate. Bengali is written first. */
import type { Licence } from '../../domain/accounts/licence.ts';
import { dateInKolkata } from '../../domain/calendar.ts';
import type { Due, LineKind } from '../../domain/dues.ts';
import type { InEveryLanguage, Language } from '../../domain/language.ts';
import { paise, sum, type Paise } from '../../domain/money.ts';
import { earlierYears, type Term } from '../../domain/renewal.ts';
import type { LicenceChange, ReplyKey, ReplyParams } from '../../domain/reply.ts';
import { afterCredit, withPayLink } from '../bills.ts';
import { formatDate, formatDateTime, formatMoney, formatNumber } from '../format.ts';
import type { CorporationFacts, Text, Words } from '../words.ts';
import {
  extendsIt,
  head,
  licenceLines,
  named,
  office,
  outOfForce,
  standings,
  validUntilWords,
} from './trade-licence.ts';

type RenewalKey = Extract<
  ReplyKey,
  | 'confirmLicence'
  | 'whatChanged'
  | 'licenceChange'
  | 'notRenewable'
  | 'chooseTerm'
  | 'renewalSummary'
  | 'renewalApplied'
  | 'renewalTaken'
  | 'renewalTooMany'
  | 'renewalPaying'
  | 'renewalChanged'
  | 'renewalApproved'
  | 'renewalReminder'
  | 'renewalSentBack'
  | 'renewalRefused'
  | 'renewalOutdone'
  | 'renewalGivenWay'
  | 'renewalHeld'
  | 'certificate'
  | 'certificateWords'
  | 'certificateFailed'
>;

export const yearsWords: InEveryLanguage<(years: number) => string> = {
  bn: (years) => `${formatNumber(years, 'bn')} বছর`,
  en: (years) => (years === 1 ? '1 year' : `${years} years`),
  hi: (years) => `${formatNumber(years, 'hi')} वर्ष`,
};

/** Why a licence that was paid for is not extended. */
function heldAs({ status }: Licence): 'suspended' | 'closed' {
  return status === 'closed' ? status : 'suspended';
}

const expiredNote: InEveryLanguage<(date: string) => string> = {
  bn: (date) => `লাইসেন্সের মেয়াদ ${date} তারিখে শেষ হয়েছে। সেই সময় থেকে প্রতি বছরের ফি দিয়ে নবীকরণ করা যাবে।`,
  en: (date) =>
    `The licence expired on ${date}. To renew it, the fee for every year since then must be paid.`,
  hi: (date) => `लाइसेंस की वैधता ${date} को समाप्त हो गई। तब से हर वर्ष का शुल्क देकर नवीनीकरण हो सकता है।`,
};

function confirmLicence(
  { licence, trade, expiredOn }: ReplyParams['confirmLicence'],
  language: Language,
  question: string,
): Words {
  const expired = expiredOn === undefined ? [] : [expiredNote[language](formatDate(expiredOn, language))];
  const shown = head(licence, trade, language, expiredOn === undefined ? 'valid' : 'expired');
  return { body: [shown, ...expired, question].join('\n\n') };
}

/** @param behind years before the term that are paid with it; 0 where there are none */
const summary: InEveryLanguage<(years: string, behind: number, until: string) => string> = {
  bn: (years, behind, until) => {
    const earlier = behind > 0 ? ` ও আগের ${yearsWords.bn(behind)}ের বকেয়া ফি` : '';
    return `*${years}ের নবীকরণ${earlier}*, মেয়াদ হবে ${until}`;
  },
  en: (years, behind, until) => {
    const fees = behind === 1 ? 'the fee of 1 earlier year' : `the fees of ${behind} earlier years`;
    return `*Renewal for ${years}${behind > 0 ? `, and ${fees}` : ''}*, valid ${until}`;
  },
  hi: (years, behind, until) => {
    const earlier = behind > 0 ? ` और पिछले ${formatNumber(behind, 'hi')} वर्षों का शुल्क` : '';
    return `*${years} का नवीनीकरण${earlier}*, वैधता ${until}`;
  },
};

const withEarlierYears: InEveryLanguage<(behind: number) => string> = {
  bn: (behind) => `আগের ${yearsWords.bn(behind)} সহ`,
  en: (behind) => `with ${behind} earlier ${behind === 1 ? 'year' : 'years'}`,
  hi: (behind) => `पिछले ${yearsWords.hi(behind)} सहित`,
};

/** A term in the list of terms: until when, and what else is paid with it. */
export function describedTerm(term: Term, language: Language): string {
  const behind = earlierYears(term);
  const until = validUntilWords[language](formatDate(term.until, language));
  return behind > 0 ? `${until}, ${withEarlierYears[language](behind)}` : until;
}

const lapses: InEveryLanguage<(time: string) => string> = {
  bn: (time) => `${time}-এর মধ্যে টাকা জমা না পড়লে আবেদনটি বাতিল হয়ে যাবে।`,
  en: (time) => `If it is not paid by ${time}, the application is cancelled.`,
  hi: (time) => `${time} तक भुगतान न होने पर आवेदन रद्द हो जाएगा।`,
};

function renewalSummary(
  { licence, term, token, credit, expiresAt }: ReplyParams['renewalSummary'],
  language: Language,
  facts: CorporationFacts,
): Words {
  const until = validUntilWords[language](formatDate(term.until, language));
  const parts = sumsOf(term.dues).map(
    ([kind, amount]) => `${capital(licenceLines[kind][language])}: ${formatMoney(amount, language)}`,
  );
  const body = [
    `${summary[language](yearsWords[language](term.years), earlierYears(term), until)}\n${named(licence, language)}`,
    [...(parts.length > 1 ? parts : []), ...total(term.total, credit, language)].join('\n'),
    `${lapses[language](formatDateTime(expiresAt, language))}\n${extendsIt[language]}`,
  ].join('\n\n');
  return withPayLink(body, token, language, facts);
}

/** At the beginning of a line; Bengali and Hindi have no capitals. */
function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function total(amount: Paise, credit: Paise | undefined, language: Language): string[] {
  return [
    `*${totalWord[language]}: ${formatMoney(amount, language)}*`,
    ...(credit === undefined ? [] : afterCredit(amount, { amount: credit, from: [] }, language)),
  ];
}

/** What all years of a term consist of together. */
function sumsOf(dues: readonly Due[]): [LineKind, Paise][] {
  const sums = new Map<LineKind, Paise>();
  for (const { kind, amount } of dues.flatMap(({ lines }) => lines)) {
    sums.set(kind, sum([sums.get(kind) ?? paise(0), amount]));
  }
  return [...sums];
}

/** A renewal that can be paid: what it is, how much, until when. */
function toPay(
  { licence, years, amount, credit, expiresAt, token, nickname }: ReplyParams['renewalReminder'],
  news: string,
  language: Language,
  facts: CorporationFacts,
): Words {
  const body = [
    nickname === undefined ? news : `*${nickname}*\n${news}`,
    `${named(licence, language)}\n${yearsWords[language](years)}, ${total(amount, credit, language).join('\n')}`,
    lapses[language](formatDateTime(expiresAt, language)),
  ].join('\n\n');
  return withPayLink(body, token, language, facts);
}

const receivedOn: InEveryLanguage<(date: string) => string> = {
  bn: (date) => ` (${date})`,
  en: (date) => ` on ${date}`,
  hi: (date) => ` (${date})`,
};

function received(instant: number | undefined, language: Language): string {
  return instant === undefined ? '' : receivedOn[language](formatDate(dateInKolkata(instant), language));
}

/** So that an officer's words never make a message too long. */
const longestReason = 400;

function told(reason: string): string {
  const characters = Array.from(reason);
  return characters.length <= longestReason ? reason : `${characters.slice(0, longestReason - 1).join('')}…`;
}

const changes: Readonly<Record<LicenceChange, InEveryLanguage<string>>> = {
  tradeName: {
    bn: 'ব্যবসার নতুন নাম আগে লাইসেন্সে তুলতে হবে, নবীকরণ তার পরে।',
    en: 'The new name has to be entered on the licence first, and then it can be renewed.',
    hi: 'नया नाम पहले लाइसेंस में दर्ज कराना होगा, नवीनीकरण उसके बाद होगा।',
  },
  holder: {
    bn: 'মালিক বা অংশীদারের বদল আগে লাইসেন্সে তুলতে হবে, নবীকরণ তার পরে।',
    en: 'The change of owner or partner has to be entered on the licence first, and then it can be renewed.',
    hi: 'मालिक या साझेदार का बदलाव पहले लाइसेंस में दर्ज कराना होगा, नवीनीकरण उसके बाद होगा।',
  },
  address: {
    bn: 'নতুন ঠিকানা আগে লাইসেন্সে তুলতে হবে, নবীকরণ তার পরে। নতুন জায়গার দখলের প্রমাণ (ভাড়ার রসিদ, ট্যাক্সের বিল, দলিল ইত্যাদি) সঙ্গে আনুন।',
    en: 'The new address has to be entered on the licence first, and then it can be renewed. Bring proof of occupancy of the new place (rent receipt, tax bill, deed).',
    hi: 'नया पता पहले लाइसेंस में दर्ज कराना होगा, नवीनीकरण उसके बाद होगा। नई जगह के कब्ज़े का प्रमाण (किराये की रसीद, टैक्स बिल, दस्तावेज़) साथ लाएँ।',
  },
  trade: {
    bn: 'ব্যবসার ধরন বদলালে, অথবা ব্যবসা ছোট-বড় হলে, ফি-ও বদলাতে পারে। তাই টাকা জমা দেওয়ার আগেই তা লাইসেন্সে তুলতে হবে।',
    en: 'A different trade, or a bigger or smaller one, may change the fee. It has to be entered on the licence before you pay.',
    hi: 'व्यापार का प्रकार बदलने या व्यापार छोटा-बड़ा होने पर शुल्क भी बदल सकता है। इसलिए भुगतान से पहले उसे लाइसेंस में दर्ज कराना होगा।',
  },
  closing: {
    bn: 'ব্যবসা বন্ধ করলে লাইসেন্স নবীকরণ করবেন না। লাইসেন্সটি বন্ধ করানোর আবেদন করুন।',
    en: 'If the business is closing, do not renew. Apply for the licence to be closed.',
    hi: 'व्यापार बंद कर रहे हों तो नवीनीकरण न करें। लाइसेंस बंद कराने का आवेदन करें।',
  },
  other: {
    bn: 'টাকা জমা দেওয়ার আগেই লাইসেন্সের ভুল শুধরে নিতে হয়, পরে ফি ফেরত বা বদল করা কঠিন।',
    en: 'Whatever is wrong on a licence has to be corrected before the fee is paid; afterwards that is difficult.',
    hi: 'लाइसेंस में जो भी ग़लत हो, उसे भुगतान से पहले ठीक कराना होता है; बाद में यह कठिन है।',
  },
};
const applyAt: InEveryLanguage<string> = {
  bn: 'আবেদনের জায়গা:',
  en: 'Where to apply:',
  hi: 'आवेदन का स्थान:',
};
const comeBack: InEveryLanguage<string> = {
  bn: 'ঠিক হয়ে গেলে এখানে আবার *নবীকরণ* লিখুন।',
  en: 'When that is done, type *renew* here again.',
  hi: 'ठीक हो जाने पर यहाँ फिर *नवीनीकरण* लिखें।',
};

function licenceChange(
  { what }: ReplyParams['licenceChange'],
  language: Language,
  facts: CorporationFacts,
): Words {
  const next = what === 'closing' ? [] : [comeBack[language]];
  return {
    body: [changes[what][language], `${applyAt[language]}\n${office(language, facts)}`, ...next].join('\n\n'),
  };
}

type Because = ReplyParams['notRenewable']['because'];

const reasons: Readonly<Record<Because, InEveryLanguage<(until: string, opensOn: string) => string>>> = {
  closed: {
    bn: () => outOfForce.closed.bn,
    en: () => outOfForce.closed.en,
    hi: () => outOfForce.closed.hi,
  },
  suspended: {
    bn: () => outOfForce.suspended.bn,
    en: () => outOfForce.suspended.en,
    hi: () => outOfForce.suspended.hi,
  },
  noFee: {
    bn: () => 'এই ব্যবসার ফি এখানে জানা নেই, তাই এখান থেকে নবীকরণ করা গেল না। লাইসেন্স বিভাগে যোগাযোগ করুন।',
    en: () =>
      'The fee of this trade is not known here, so it cannot be renewed here. Please contact the Licence Department.',
    hi: () => 'इस व्यापार का शुल्क यहाँ मालूम नहीं है, इसलिए यहाँ से नवीनीकरण नहीं हो सका। लाइसेंस विभाग से संपर्क करें।',
  },
  renewed: {
    bn: (until, opensOn) =>
      `লাইসেন্সটি আগেই নবীকরণ করা হয়েছে, মেয়াদ ${until}। এখন কিছু করতে হবে না। পরের নবীকরণ ${opensOn} থেকে।`,
    en: (until, opensOn) =>
      `The licence has been renewed already and is valid ${until}. There is nothing to do now. The next renewal opens on ${opensOn}.`,
    hi: (until, opensOn) =>
      `लाइसेंस का नवीनीकरण पहले ही हो चुका है, वैधता ${until}। अभी कुछ नहीं करना है। अगला नवीनीकरण ${opensOn} से।`,
  },
  tooEarly: {
    bn: (until, opensOn) =>
      `লাইসেন্সের মেয়াদ ${until}। নবীকরণ শুরু হবে ${opensOn} থেকে; সেই দিন বা তার পরে আবার লিখুন।`,
    en: (until, opensOn) =>
      `The licence is valid ${until}. It can be renewed from ${opensOn}; please write again on that day or later.`,
    hi: (until, opensOn) =>
      `लाइसेंस की वैधता ${until}। नवीनीकरण ${opensOn} से शुरू होगा; उस दिन या उसके बाद फिर लिखें।`,
  },
};

function notRenewable(
  { licence, because, opensOn = licence.validUntil }: ReplyParams['notRenewable'],
  language: Language,
  facts: CorporationFacts,
): Words {
  const until = validUntilWords[language](formatDate(licence.validUntil, language));
  const isForTheOffice = because !== 'renewed' && because !== 'tooEarly';
  return {
    body: [
      named(licence, language),
      reasons[because][language](until, formatDate(opensOn, language)),
      ...(isForTheOffice ? [office(language, facts)] : []),
    ].join('\n\n'),
  };
}

/** The page on which anybody sees whether a certificate is in force, and its holder fetches it. */
function certificatePage(
  number: string,
  key: string,
  language: Language,
  { publicUrl }: CorporationFacts,
): string {
  return `${publicUrl}/verify/${number}?lang=${language}&key=${key}`;
}

const totalWord: InEveryLanguage<string> = { bn: 'মোট', en: 'Total', hi: 'कुल' };

export const renewalReplies: { readonly [K in RenewalKey]: Text<K> } = {
  confirmLicence: {
    bn: (params) =>
      confirmLicence(
        params,
        'bn',
        'উপরের সব তথ্য কি এখনও ঠিক আছে? টাকা জমা দেওয়ার পরে আর বদলানো যাবে না। (নাম-ঠিকানার কিছু অংশ • দিয়ে ঢাকা।)',
      ),
    en: (params) =>
      confirmLicence(
        params,
        'en',
        'Is all of this still correct? It cannot be changed after payment. (Part of the name and address is hidden by •.)',
      ),
    hi: (params) =>
      confirmLicence(
        params,
        'hi',
        'क्या ऊपर की सारी जानकारी अब भी सही है? भुगतान के बाद बदली नहीं जा सकेगी। (नाम-पते का कुछ हिस्सा • से छिपा है।)',
      ),
  },
  whatChanged: {
    bn: () => ({ body: 'কী বদলেছে? তালিকা থেকে বাছুন।', listButton: 'কী বদলেছে' }),
    en: () => ({ body: 'What has changed? Please choose from the list.', listButton: 'What changed' }),
    hi: () => ({ body: 'क्या बदला है? सूची से चुनें।', listButton: 'क्या बदला' }),
  },
  licenceChange: {
    bn: (params, facts) => licenceChange(params, 'bn', facts),
    en: (params, facts) => licenceChange(params, 'en', facts),
    hi: (params, facts) => licenceChange(params, 'hi', facts),
  },
  notRenewable: {
    bn: (params, facts) => notRenewable(params, 'bn', facts),
    en: (params, facts) => notRenewable(params, 'en', facts),
    hi: (params, facts) => notRenewable(params, 'hi', facts),
  },
  chooseTerm: {
    bn: ({ licence }) => ({
      body: `${named(licence, 'bn')}\n\nকত বছরের জন্য নবীকরণ করবেন? তালিকায় প্রতিটি মেয়াদের মোট টাকা দেওয়া আছে।`,
      listButton: 'মেয়াদ বাছুন',
    }),
    en: ({ licence }) => ({
      body: `${named(licence, 'en')}\n\nFor how many years would you like to renew? The list has the total for each term.`,
      listButton: 'Choose the term',
    }),
    hi: ({ licence }) => ({
      body: `${named(licence, 'hi')}\n\nकितने वर्षों के लिए नवीनीकरण करना है? सूची में हर अवधि की कुल राशि है।`,
      listButton: 'अवधि चुनें',
    }),
  },
  renewalSummary: {
    bn: (params, facts) => renewalSummary(params, 'bn', facts),
    en: (params, facts) => renewalSummary(params, 'en', facts),
    hi: (params, facts) => renewalSummary(params, 'hi', facts),
  },
  renewalApplied: {
    bn: ({ licence, years, appliedAt }) => ({
      body: `${named(licence, 'bn')}\n\n${yearsWords.bn(years)}ের নবীকরণের আবেদন জমা পড়েছে${received(appliedAt, 'bn')}। এই ব্যবসায় আধিকারিকের অনুমোদন লাগে। সিদ্ধান্ত হলেই এখানে জানাব, টাকা তার পরে দেবেন। এখন কিছু করতে হবে না।`,
    }),
    en: ({ licence, years, appliedAt }) => ({
      body: `${named(licence, 'en')}\n\nYour application to renew for ${yearsWords.en(years)} has been received${received(appliedAt, 'en')}. For this trade an officer must approve it. We will tell you here, and you pay after that. There is nothing to do now.`,
    }),
    hi: ({ licence, years, appliedAt }) => ({
      body: `${named(licence, 'hi')}\n\n${yearsWords.hi(years)} के नवीनीकरण का आवेदन मिल गया है${received(appliedAt, 'hi')}। इस व्यापार में अधिकारी की स्वीकृति चाहिए। निर्णय होते ही यहाँ बताएँगे, भुगतान उसके बाद करें। अभी कुछ नहीं करना है।`,
    }),
  },
  renewalTaken: {
    bn: ({ licence, until }) => ({
      body: `${named(licence, 'bn')}\n\nঅন্য একটি নম্বর থেকে এই লাইসেন্সের নবীকরণ চলছে, তাই দ্বিতীয় আবেদন নেওয়া গেল না।${until === undefined ? '' : ` টাকা জমা না পড়লে সেটি ${formatDateTime(until, 'bn')}-এর পরে বাতিল হবে, তখন আবার লিখুন।`} বছরের ফি-র বিল এসে থাকলে সি\u00a0ই নম্বর পাঠিয়ে তা এখনই জমা দেওয়া যায়।`,
    }),
    en: ({ licence, until }) => ({
      body: `${named(licence, 'en')}\n\nThis licence is already being renewed from another number, so a second application was not taken.${until === undefined ? '' : ` If it is not paid, it is cancelled after ${formatDateTime(until, 'en')}; please write again then.`} If this year’s bill has come, you can pay it now: send the CE number.`,
    }),
    hi: ({ licence, until }) => ({
      body: `${named(licence, 'hi')}\n\nइस लाइसेंस का नवीनीकरण किसी दूसरे नंबर से चल रहा है, इसलिए दूसरा आवेदन नहीं लिया गया।${until === undefined ? '' : ` भुगतान न होने पर वह ${formatDateTime(until, 'hi')} के बाद रद्द होगा, तब फिर लिखें।`} वर्ष के शुल्क का बिल आ चुका हो तो सीई नंबर भेजकर उसका भुगतान अभी हो सकता है।`,
    }),
  },
  renewalTooMany: {
    bn: ({ licence, openAtMost }) => ({
      body: `${named(licence, 'bn')}\n\nআপনার নম্বর থেকে নবীকরণের ${formatNumber(openAtMost, 'bn')}টি আবেদন খোলা আছে। একসঙ্গে এর বেশি নেওয়া যায় না। আগে একটির টাকা জমা দিন, অথবা তার সময় শেষ হলে আবার লিখুন।`,
    }),
    en: ({ licence, openAtMost }) => ({
      body: `${named(licence, 'en')}\n\nApplications for renewal open from your number: ${openAtMost}. No more can be taken at once. Please pay one of them first, or write again when its time has ended.`,
    }),
    hi: ({ licence, openAtMost }) => ({
      body: `${named(licence, 'hi')}\n\nआपके नंबर से नवीनीकरण के ${formatNumber(openAtMost, 'hi')} आवेदन खुले हैं। एक साथ इससे ज़्यादा नहीं लिए जाते। पहले किसी एक का भुगतान करें, या उसका समय समाप्त होने पर फिर लिखें।`,
    }),
  },
  renewalPaying: {
    bn: ({ licence }) => ({
      body: `${named(licence, 'bn')}\n\nএই নবীকরণের একটি পেমেন্ট চলছে। তা শেষ হওয়া পর্যন্ত কিছু বদলানো যাবে না। আবার টাকা দেবেন না; কী হল, এখানে জানাব।`,
    }),
    en: ({ licence }) => ({
      body: `${named(licence, 'en')}\n\nA payment for this renewal is in progress, and nothing can be changed until it is complete. Please do not pay again; we will tell you the result here.`,
    }),
    hi: ({ licence }) => ({
      body: `${named(licence, 'hi')}\n\nइस नवीनीकरण का एक भुगतान चल रहा है। उसके पूरा होने तक कुछ बदला नहीं जा सकता। दोबारा भुगतान न करें; परिणाम यहाँ बताएँगे।`,
    }),
  },
  renewalChanged: {
    bn: () => ({ body: 'এর মধ্যে লাইসেন্সের হিসাব বদলে গেছে। সি\u00a0ই নম্বরটি আবার পাঠান।' }),
    en: () => ({
      body: 'What is due on this licence has changed in the meantime. Please send the CE number again.',
    }),
    hi: () => ({ body: 'इस बीच लाइसेंस का हिसाब बदल गया है। सीई नंबर फिर भेजें।' }),
  },
  renewalApproved: {
    bn: (params, facts) =>
      toPay(params, 'আধিকারিক নবীকরণ অনুমোদন করেছেন। এখন ফি জমা দিতে পারেন।', 'bn', facts),
    en: (params, facts) =>
      toPay(params, 'The officer has approved the renewal. You can pay the fee now.', 'en', facts),
    hi: (params, facts) =>
      toPay(params, 'अधिकारी ने नवीनीकरण स्वीकृत कर दिया है। अब शुल्क का भुगतान कर सकते हैं।', 'hi', facts),
  },
  renewalReminder: {
    bn: (params, facts) => toPay(params, 'লাইসেন্স নবীকরণের ফি এখনও জমা পড়েনি।', 'bn', facts),
    en: (params, facts) =>
      toPay(params, 'The fee for renewing the licence has not been paid yet.', 'en', facts),
    hi: (params, facts) => toPay(params, 'लाइसेंस नवीनीकरण के शुल्क का भुगतान अभी नहीं हुआ है।', 'hi', facts),
  },
  renewalSentBack: {
    bn: ({ licence, reason }) => ({
      body: `${named(licence, 'bn')}\n\nআধিকারিক নবীকরণের আবেদনটি ফেরত পাঠিয়েছেন:\n${told(reason)}\n\nএটি ঠিক করে আবার *নবীকরণ* লিখুন।`,
    }),
    en: ({ licence, reason }) => ({
      body: `${named(licence, 'en')}\n\nThe officer has sent the application for renewal back:\n${told(reason)}\n\nPlease put this right and type *renew* again.`,
    }),
    hi: ({ licence, reason }) => ({
      body: `${named(licence, 'hi')}\n\nअधिकारी ने नवीनीकरण का आवेदन लौटा दिया है:\n${told(reason)}\n\nइसे ठीक करके फिर *नवीनीकरण* लिखें।`,
    }),
  },
  renewalRefused: {
    bn: ({ licence, reason }, facts) => ({
      body: `${named(licence, 'bn')}\n\nআধিকারিক নবীকরণ মঞ্জুর করেননি:\n${told(reason)}\n\nকোনও টাকা নেওয়া হয়নি। কারণ জানতে বা আপত্তি জানাতে:\n${office('bn', facts)}`,
    }),
    en: ({ licence, reason }, facts) => ({
      body: `${named(licence, 'en')}\n\nThe officer has refused the renewal:\n${told(reason)}\n\nNothing was charged. To ask about this or to object:\n${office('en', facts)}`,
    }),
    hi: ({ licence, reason }, facts) => ({
      body: `${named(licence, 'hi')}\n\nअधिकारी ने नवीनीकरण स्वीकृत नहीं किया:\n${told(reason)}\n\nकोई राशि नहीं ली गई। कारण पूछने या आपत्ति के लिए:\n${office('hi', facts)}`,
    }),
  },
  renewalOutdone: {
    bn: ({ licence }) => ({
      body: `${named(licence, 'bn')}\n\nঅন্য একজন এই লাইসেন্সের ফি জমা দিয়েছেন, তাই আপনার আবেদনটি আর চালু নেই। আপনাকে কিছু দিতে হবে না।`,
    }),
    en: ({ licence }) => ({
      body: `${named(licence, 'en')}\n\nSomebody else has paid the fee of this licence, so your application has ended. You have nothing to pay.`,
    }),
    hi: ({ licence }) => ({
      body: `${named(licence, 'hi')}\n\nकिसी और ने इस लाइसेंस के शुल्क का भुगतान कर दिया है, इसलिए आपका आवेदन समाप्त हो गया। आपको कुछ नहीं देना है।`,
    }),
  },
  renewalGivenWay: {
    bn: ({ licence }) => ({
      body: `${named(licence, 'bn')}\n\nএই লাইসেন্সের ফি আগের বার যে নম্বর থেকে জমা পড়েছিল, এখন সেখান থেকেই নবীকরণ হচ্ছে। তাই আপনার আবেদনটি আর চালু নেই। আপনাকে কিছু দিতে হবে না।`,
    }),
    en: ({ licence }) => ({
      body: `${named(licence, 'en')}\n\nThe number that last paid the fee of this licence is renewing it now, so your application has ended. You have nothing to pay.`,
    }),
    hi: ({ licence }) => ({
      body: `${named(licence, 'hi')}\n\nइस लाइसेंस के शुल्क का भुगतान पिछली बार जिस नंबर से हुआ था, अब वहीं से नवीनीकरण हो रहा है, इसलिए आपका आवेदन समाप्त हो गया। आपको कुछ नहीं देना है।`,
    }),
  },
  renewalHeld: {
    bn: ({ licence }, facts) => ({
      body: `${named(licence, 'bn')}\n\nআপনার টাকা পাওয়া গেছে। কিন্তু পুরসভার নথিতে লাইসেন্সটি এখন *${standings[heldAs(licence)].bn}*, তাই মেয়াদ বাড়ানো হয়নি। একজন আধিকারিক বিষয়টি দেখছেন। আবার টাকা দেবেন না। জানতে:\n${office('bn', facts)}`,
    }),
    en: ({ licence }, facts) => ({
      body: `${named(licence, 'en')}\n\nYour payment has been received. In the Corporation’s records the licence is now *${standings[heldAs(licence)].en}*, so it has not been extended. An officer is looking into it. Please do not pay again. To ask:\n${office('en', facts)}`,
    }),
    hi: ({ licence }, facts) => ({
      body: `${named(licence, 'hi')}\n\nआपका भुगतान मिल गया है। लेकिन निगम के अभिलेख में लाइसेंस अब *${standings[heldAs(licence)].hi}* है, इसलिए उसकी वैधता नहीं बढ़ाई गई। एक अधिकारी इसे देख रहे हैं। दोबारा भुगतान न करें। पूछने के लिए:\n${office('hi', facts)}`,
    }),
  },
  certificate: {
    bn: ({ licence, number, validUntil, mediaId, filename, key }, facts) => ({
      body: `*ট্রেড লাইসেন্স নবীকরণ হয়েছে।*\n${named(licence, 'bn')}\nশংসাপত্র ${number}, মেয়াদ ${validUntilWords.bn(formatDate(validUntil, 'bn'))}\n\nছাপিয়ে ব্যবসার জায়গায় টাঙিয়ে রাখুন। শংসাপত্র পরে আবার নামানো যাবে এই লিঙ্কে (কাউকে পাঠাবেন না):\n${certificatePage(number, key, 'bn', facts)}`,
      document: { id: mediaId, filename },
    }),
    en: ({ licence, number, validUntil, mediaId, filename, key }, facts) => ({
      body: `*The trade licence is renewed.*\n${named(licence, 'en')}\nCertificate ${number}, valid ${validUntilWords.en(formatDate(validUntil, 'en'))}\n\nPlease print it and display it at the place of business. You can download it again here (please do not share this link):\n${certificatePage(number, key, 'en', facts)}`,
      document: { id: mediaId, filename },
    }),
    hi: ({ licence, number, validUntil, mediaId, filename, key }, facts) => ({
      body: `*ट्रेड लाइसेंस का नवीनीकरण हो गया।*\n${named(licence, 'hi')}\nप्रमाणपत्र ${number}, वैधता ${validUntilWords.hi(formatDate(validUntil, 'hi'))}\n\nइसे छापकर व्यापार की जगह पर लगाएँ। बाद में फिर डाउनलोड करने का लिंक (किसी को न भेजें):\n${certificatePage(number, key, 'hi', facts)}`,
      document: { id: mediaId, filename },
    }),
  },
  certificateWords: {
    bn: ({ licence, number, validUntil }) => ({
      body: `*ট্রেড লাইসেন্স নবীকরণ হয়েছে।*\n${named(licence, 'bn')}\nশংসাপত্র ${number}, মেয়াদ ${validUntilWords.bn(formatDate(validUntil, 'bn'))}\n\nশংসাপত্রের PDF তৈরি হতে দেরি হচ্ছে। তৈরি হলেই এখানে পাঠানো হবে।`,
    }),
    en: ({ licence, number, validUntil }) => ({
      body: `*The trade licence is renewed.*\n${named(licence, 'en')}\nCertificate ${number}, valid ${validUntilWords.en(formatDate(validUntil, 'en'))}\n\nThe PDF of the certificate is taking longer than usual. It will come here as soon as it is ready.`,
    }),
    hi: ({ licence, number, validUntil }) => ({
      body: `*ट्रेड लाइसेंस का नवीनीकरण हो गया।*\n${named(licence, 'hi')}\nप्रमाणपत्र ${number}, वैधता ${validUntilWords.hi(formatDate(validUntil, 'hi'))}\n\nप्रमाणपत्र की PDF बनने में देर हो रही है। बनते ही यहाँ भेजी जाएगी।`,
    }),
  },
  certificateFailed: {
    bn: () => ({ body: 'শংসাপত্রের PDF এখন তৈরি করা গেল না। কিছুক্ষণ পরে সি\u00a0ই নম্বরটি আবার পাঠান।' }),
    en: () => ({
      body: 'The PDF of the certificate could not be made just now. Please send the CE number again in a while.',
    }),
    hi: () => ({ body: 'प्रमाणपत्र की PDF अभी नहीं बन सकी। थोड़ी देर बाद सीई नंबर फिर भेजें।' }),
  },
};
