/** What the bot says about property tax. How much of it fits into one message is decided here, too. */
import { groupAssesseeNumber, type AssesseeNumber } from '../domain/assessee-number.ts';
import { financialYear } from '../domain/calendar.ts';
import type { Account, Due, LineKind, Written } from '../domain/dues.ts';
import type { InEveryLanguage, Language } from '../domain/language.ts';
import { sum } from '../domain/money.ts';
import { cut } from '../domain/outbound.ts';
import type { ReplyKey, ReplyParams } from '../domain/reply.ts';
import type { CorporationFacts, Text, Words } from './words.ts';
import { formatDate, formatDateTime, formatMoney, formatNumber, formatPeriod, kindNames } from './format.ts';
import { paidFor, payLabel, payUrl } from './payments.ts';

type PropertyTaxKey = Extract<
  ReplyKey,
  | 'askAssesseeNumber'
  | 'unknownNumber'
  | 'dues'
  | 'chooseBills'
  | 'nothingDue'
  | 'tooManyLookUps'
  | 'recordsAway'
  | 'billPicture'
  | 'whereIsIt'
  | 'forgotten'
  | 'statement'
  | 'statementFailed'
>;

const listButton = { bn: 'তালিকা দেখুন', en: 'See the list', hi: 'सूची देखें' } as const;

export const lines: Readonly<Record<LineKind, InEveryLanguage<string>>> = {
  principal: { bn: 'কর', en: 'tax', hi: 'कर' },
  interest: { bn: 'সুদ', en: 'interest', hi: 'ब्याज' },
  penalty: { bn: 'জরিমানা', en: 'penalty', hi: 'जुर्माना' },
  charge: { bn: 'অন্যান্য', en: 'other charges', hi: 'अन्य' },
};

export const words = {
  owner: { bn: 'মালিক', en: 'Owner', hi: 'मालिक' },
  ward: { bn: 'ওয়ার্ড', en: 'Ward', hi: 'वार्ड' },
  total: { bn: 'মোট বকেয়া', en: 'Total due', hi: 'कुल बकाया' },
  chosen: { bn: 'বাছাই করা বিলের মোট', en: 'Total of the chosen bills', hi: 'चुने हुए बिलों का योग' },
} as const;

export const rebate: InEveryLanguage<(amount: string, until: string) => string> = {
  bn: (amount, until) => `${until} পর্যন্ত ছাড় ${amount}, ধরা আছে`,
  en: (amount, until) => `rebate ${amount} until ${until}, taken off`,
  hi: (amount, until) => `${until} तक छूट ${amount}, घटाई गई है`,
};
export const waiver: InEveryLanguage<(amount: string) => string> = {
  bn: (amount) => `সুদ-জরিমানায় মকুব ${amount}, ধরা আছে`,
  en: (amount) => `waiver ${amount}, taken off`,
  hi: (amount) => `ब्याज-जुर्माने में माफ़ी ${amount}, घटाई गई है`,
};
/** Of a bill that was paid in part. */
export const paidBefore: InEveryLanguage<(amount: string) => string> = {
  bn: (amount) => `আগে জমা ${amount}, বাদ দেওয়া আছে`,
  en: (amount) => `paid before ${amount}, taken off`,
  hi: (amount) => `पहले जमा ${amount}, घटाया गया है`,
};
const bills: InEveryLanguage<(count: number) => string> = {
  bn: (count) => `${formatNumber(count, 'bn')}টি বিল`,
  en: (count) => (count === 1 ? '1 bill' : `${count} bills`),
  hi: (count) => `${formatNumber(count, 'hi')} बिल`,
};
export const asOf: InEveryLanguage<(time: string) => string> = {
  bn: (time) => `${time}-এর হিসাব।`,
  en: (time) => `As of ${time}.`,
  hi: (time) => `${time} का हिसाब।`,
};
const summarised: InEveryLanguage<string> = {
  bn: 'প্রতিটি বিলের হিসাব ‘পুরো হিসাব’-এ পাবেন।',
  en: 'Every single bill is in the full statement.',
  hi: 'हर बिल का हिसाब ‘पूरा हिसाब’ में मिलेगा।',
};

export const linkHolds: InEveryLanguage<(until: string) => string> = {
  bn: (until) => `লিঙ্কটি ${until} পর্যন্ত চলবে।`,
  en: (until) => `The link works until ${until}.`,
  hi: (until) => `लिंक ${until} तक चलेगा।`,
};
/** A message with a link has no buttons: what else there is to do is written. */
const more: InEveryLanguage<{ readonly one: string; readonly several: string }> = {
  bn: {
    one: 'পুরো হিসাবের PDF পেতে *হিসাব* লিখুন।',
    several: 'কয়েকটি বিল বেছে মেটাতে *বাছাই*, পুরো হিসাবের PDF পেতে *হিসাব* লিখুন।',
  },
  en: {
    one: 'For the full statement (PDF) write *statement*.',
    several: 'To pay only some bills write *choose*, for the full statement (PDF) *statement*.',
  },
  hi: {
    one: 'पूरे हिसाब की PDF के लिए *हिसाब* लिखें।',
    several: 'कुछ ही बिल चुकाने हों तो *चुनें*, पूरे हिसाब की PDF के लिए *हिसाब* लिखें।',
  },
};
export const neverPin: InEveryLanguage<string> = {
  bn: 'পুরসভা কখনও PIN বা OTP চায় না।',
  en: 'The Corporation never asks for a PIN or an OTP.',
  hi: 'निगम कभी PIN या OTP नहीं माँगता।',
};
export const undecided: InEveryLanguage<string> = {
  bn: '*এই বকেয়ার একটি পেমেন্টের উত্তর ব্যাঙ্ক এখনও দেয়নি। আবার টাকা দেবেন না; উত্তর এলে জানানো হবে।*',
  en: '*The bank has not answered about a payment of these dues yet. Please do not pay again; you will be told.*',
  hi: '*इस बकाये के एक भुगतान का उत्तर बैंक ने अभी नहीं दिया है। दोबारा भुगतान न करें; उत्तर आने पर बताया जाएगा।*',
};

export const elsewhere: InEveryLanguage<string> = {
  bn: '*এই বকেয়ার জন্য আর একজন টাকা দিয়ে থাকতে পারেন। দেওয়ার আগে বাড়িতে জেনে নিন।*',
  en: '*Somebody else may be paying these dues. Please ask at home before you pay.*',
  hi: '*इस बकाये का भुगतान कोई और भी कर रहा हो सकता है। चुकाने से पहले घर में पूछ लें।*',
};

type DuesParams = ReplyParams['dues'];

/** What is due, with the way to pay it. */
function duesWords(dues: DuesParams, language: Language, facts: CorporationFacts): Words {
  const body = duesBody(dues, language);
  if (dues.token === undefined) return { body };
  return {
    body,
    footer: neverPin[language],
    link: { label: payLabel[language], url: payUrl(dues.token, language, facts) },
  };
}

/** What stands below the total. */
function lastLines(dues: DuesParams, language: Language): string[] {
  if (dues.undecided === true) return [undecided[language]];
  if (dues.expiresAt === undefined) return [];
  const hint = dues.dues.length > 1 && dues.chosen !== true ? more[language].several : more[language].one;
  return [
    ...(dues.elsewhere === true ? [elsewhere[language]] : []),
    linkHolds[language](formatDateTime(dues.expiresAt, language)),
    hint,
  ];
}

/** WhatsApp takes 1024 characters beside buttons; the rest is left for a line that may go before. */
export const mostCharacters = 900;

/** All that is due: every bill with its parts where it fits, else by kind and year, else by kind. */
function duesBody(dues: DuesParams, language: Language): string {
  const around = (middle: readonly string[], last: readonly string[] = []): string =>
    [
      head(dues.account, language),
      middle.join('\n'),
      `*${words[dues.chosen === true ? 'chosen' : 'total'][language]}: ${formatMoney(dues.total, language)}*`,
      [...last, ...lastLines(dues, language), asOf[language](formatDateTime(dues.asOf, language))].join('\n'),
    ].join('\n\n');
  const versions = [
    () => around(dues.dues.map((due, index) => wholeBill(due, index + 1, language))),
    () => around(grouped(dues.dues, language, byYear), [summarised[language]]),
    () => around(grouped(dues.dues, language, byKind), [summarised[language]]),
  ];
  const bodies = versions.map((version) => version());
  return bodies.find((body) => Array.from(body).length <= mostCharacters) ?? bodies.at(-1) ?? '';
}

function head({ number, owner, address, ward }: Account, language: Language): string {
  return [
    `*${paidFor.propertyTax.name[language]}*`,
    `${paidFor.propertyTax.number[language]}: ${groupAssesseeNumber(number as AssesseeNumber)}`,
    `${words.owner[language]}: ${briefly(owner, language)}`,
    `${briefly(address, language)}, ${words.ward[language]} ${formatNumber(ward, language)}`,
  ].join('\n');
}

/** The register knows Bengali and English; Hindi readers get English. */
export function inLanguage({ en, bn }: Written, language: Language): string {
  return language === 'bn' ? (bn ?? en) : en;
}

/** As much of a name or an address as a message has room for: registers hold up to 300 characters. */
const longestWritten = 100;

/** What stands in the register, short enough for a message. Pages and papers show it whole. */
export function briefly(written: Written, language: Language): string {
  return cut(inLanguage(written, language), longestWritten);
}

function wholeBill(due: Due, place: number, language: Language): string {
  const money = (amount: Due['amount']): string => formatMoney(amount, language);
  const period = formatPeriod(due.periodFrom, due.periodTo, language);
  const parts = due.lines.map(({ kind, amount }) => `${lines[kind][language]} ${money(amount)}`);
  return [
    `${formatNumber(place, language)}. ${kindNames[due.kind][language].short}, ${period}: *${money(due.payable)}*`,
    ...(parts.length > 1 ? [`   ${parts.join(', ')}`] : []),
    ...(due.rebate
      ? [`   ${rebate[language](money(due.rebate.amount), formatDate(due.rebate.until, language))}`]
      : []),
    ...(due.waiver ? [`   ${waiver[language](money(due.waiver.amount))}`] : []),
    ...(due.paidPart === undefined ? [] : [`   ${paidBefore[language](money(due.paidPart))}`]),
  ].join('\n');
}

const byYear = (due: Due): string =>
  `${due.kind} ${financialYear(due.periodFrom)} ${financialYear(due.periodTo)}`;
export const byKind = (due: Due): string => due.kind;

export function grouped(dues: readonly Due[], language: Language, key: (due: Due) => string): string[] {
  const groups = new Map<string, Due[]>();
  for (const due of dues) groups.set(key(due), [...(groups.get(key(due)) ?? []), due]);
  return [...groups.values()].map((group) => {
    const [first] = group;
    if (!first) return '';
    const from = group.reduce(
      (least, due) => (due.periodFrom < least ? due.periodFrom : least),
      first.periodFrom,
    );
    const to = group.reduce((latest, due) => (due.periodTo > latest ? due.periodTo : latest), first.periodTo);
    const period = formatPeriod(from, to, language);
    const amount = formatMoney(sum(group.map(({ payable }) => payable)), language);
    return `${kindNames[first.kind][language].short}, ${period} (${bills[language](group.length)}): *${amount}*`;
  });
}

export const propertyTaxReplies: { readonly [K in PropertyTaxKey]: Text<K> } = {
  askAssesseeNumber: {
    bn: () => ({
      body: 'আপনার সম্পত্তির ১২ সংখ্যার অ্যাসেসি নম্বরটি লিখুন।\n\nযেমন: 31-107-11-0057-1। ফাঁক বা হাইফেন না দিলেও চলবে।',
      listButton: listButton.bn,
    }),
    en: () => ({
      body: 'Please type the 12-digit assessee number of your property.\n\nFor example: 31-107-11-0057-1. Spaces and hyphens do not matter.',
      listButton: listButton.en,
    }),
    hi: () => ({
      body: 'अपनी संपत्ति का 12 अंकों का असेसी नंबर लिखें।\n\nजैसे: 31-107-11-0057-1। बीच में जगह या हाइफ़न न हो तो भी चलेगा।',
      listButton: listButton.hi,
    }),
  },
  unknownNumber: {
    bn: ({ number }) => ({
      body: `${number} নম্বরে কোনও সম্পত্তি পাওয়া গেল না। বিলের সঙ্গে মিলিয়ে নম্বরটি আবার লিখুন।`,
      listButton: listButton.bn,
    }),
    en: ({ number }) => ({
      body: `There is no property under the number ${number}. Please compare it with your bill and type it again.`,
      listButton: listButton.en,
    }),
    hi: ({ number }) => ({
      body: `${number} नंबर पर कोई संपत्ति नहीं मिली। बिल से मिलाकर नंबर फिर लिखें।`,
      listButton: listButton.hi,
    }),
  },
  dues: {
    bn: (dues, facts) => duesWords(dues, 'bn', facts),
    en: (dues, facts) => duesWords(dues, 'en', facts),
    hi: (dues, facts) => duesWords(dues, 'hi', facts),
  },
  chooseBills: {
    bn: () => ({
      body: 'কোন বিলটি মেটাতে চান? তালিকা থেকে একটি বাছুন।\n\nএকসঙ্গে কয়েকটি মেটাতে সেগুলির ক্রমিক নম্বর লিখুন, যেমন: 1 3',
      listButton: listButton.bn,
    }),
    en: () => ({
      body: 'Which bill would you like to pay? Choose one from the list.\n\nTo pay several together, write their places in the list, for example: 1 3',
      listButton: listButton.en,
    }),
    hi: () => ({
      body: 'कौन-सा बिल चुकाना है? सूची से एक चुनें।\n\nकई एक साथ चुकाने हों तो उनके क्रमांक लिखें, जैसे: 1 3',
      listButton: listButton.hi,
    }),
  },
  nothingDue: {
    bn: ({ account, asOf: time }) => ({
      body: `${head(account, 'bn')}\n\n*কোনও বকেয়া নেই।*\n\n${asOf.bn(formatDateTime(time, 'bn'))}`,
    }),
    en: ({ account, asOf: time }) => ({
      body: `${head(account, 'en')}\n\n*Nothing is due.*\n\n${asOf.en(formatDateTime(time, 'en'))}`,
    }),
    hi: ({ account, asOf: time }) => ({
      body: `${head(account, 'hi')}\n\n*कुछ भी बकाया नहीं है।*\n\n${asOf.hi(formatDateTime(time, 'hi'))}`,
    }),
  },
  tooManyLookUps: {
    bn: () => ({ body: 'এক ঘণ্টায় অনেকগুলি নম্বর দেখা হয়েছে। অনুগ্রহ করে এক ঘণ্টা পরে আবার চেষ্টা করুন।' }),
    en: () => ({ body: 'Many numbers were looked up within an hour. Please try again in an hour.' }),
    hi: () => ({ body: 'एक घंटे में बहुत-से नंबर देखे गए हैं। कृपया एक घंटे बाद फिर कोशिश करें।' }),
  },
  recordsAway: {
    bn: ({ number }) => ({
      body: `পুরসভার হিসাবের কম্পিউটার এই মুহূর্তে সাড়া দিচ্ছে না। চালু হলেই ${number} নম্বরের হিসাব এখানে পাঠিয়ে দেব, আপনাকে আর লিখতে হবে না।`,
    }),
    en: ({ number }) => ({
      body: `The Corporation's records do not answer at the moment. As soon as they do, the dues of ${number} will be sent here; you need not write again.`,
    }),
    hi: ({ number }) => ({
      body: `निगम का हिसाब रखने वाला कंप्यूटर अभी उत्तर नहीं दे रहा। चालू होते ही ${number} का हिसाब यहीं भेज देंगे, आपको फिर लिखना नहीं होगा।`,
    }),
  },
  billPicture: {
    bn: ({ mediaId }) => ({
      body: 'বিলের উপরের দিকে দাগ দেওয়া জায়গায় ১২ সংখ্যার অ্যাসেসি নম্বর থাকে। নম্বরটি এখানে লিখুন।',
      image: { id: mediaId },
    }),
    en: ({ mediaId }) => ({
      body: 'The 12-digit assessee number stands near the top of the bill, in the place marked here. Please type it.',
      image: { id: mediaId },
    }),
    hi: ({ mediaId }) => ({
      body: 'बिल में ऊपर, निशान लगी जगह पर 12 अंकों का असेसी नंबर होता है। वह नंबर यहाँ लिखें।',
      image: { id: mediaId },
    }),
  },
  whereIsIt: {
    bn: () => ({
      body: 'সম্পত্তি করের বিল বা রসিদের উপরের দিকে ‘Assessee No.’ লেখার পাশে ১২ সংখ্যার নম্বরটি থাকে। নম্বরটি এখানে লিখুন।',
    }),
    en: () => ({
      body: 'The 12-digit number stands near the top of a property tax bill or receipt, beside “Assessee No.”. Please type it.',
    }),
    hi: () => ({
      body: 'संपत्ति कर के बिल या रसीद में ऊपर ‘Assessee No.’ के पास 12 अंकों का नंबर होता है। वह नंबर यहाँ लिखें।',
    }),
  },
  forgotten: {
    bn: () => ({ body: 'আপনি যে নম্বরগুলি দেখেছিলেন, সেগুলি আর মনে রাখা হল না।' }),
    en: () => ({ body: 'The numbers that you looked up are forgotten.' }),
    hi: () => ({ body: 'आपने जो नंबर देखे थे, वे अब याद नहीं रखे जाएँगे।' }),
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
    hi: () => ({ body: 'PDF अभी नहीं बन सका। थोड़ी देर बाद नंबर फिर भेजें।' }),
  },
};
