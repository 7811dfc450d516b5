/** What is said of bills, whatever they are for. How much of it fits into one message is decided here, too. */
import type { Written } from '../domain/accounts/account.ts';
import { serviceOf, type DemandKind, type PaidService } from '../domain/accounts/kinds.ts';
import { specOf } from '../domain/accounts/specs.ts';
import { dateInKolkata, financialYear } from '../domain/calendar.ts';
import type { Due, LineKind } from '../domain/dues.ts';
import { inert } from '../domain/inert.ts';
import type { InEveryLanguage, Language } from '../domain/language.ts';
import type { MoneyOnItsWay } from '../domain/look-up.ts';
import { paise, sum, type Paise } from '../domain/money.ts';
import { cut } from '../domain/outbound.ts';
import type { ChatOrder } from '../domain/payments/chat-order.ts';
import type { CreditSource } from '../domain/payments/receipt.ts';
import type { ReplyKey, ReplyParams } from '../domain/reply.ts';
import { formatDate, formatDateTime, formatMoney, formatNumber, formatPeriod } from './format.ts';
import { frame } from './pages.ts';
import { soFar } from './pay.ts';
import type { CorporationFacts, Text, Words } from './words.ts';

/** Above the numbers that a citizen asked for before. */
export const earlierNumbers = { bn: 'আগের নম্বর', en: 'Earlier numbers', hi: 'पिछले नंबर' } as const;

/** What bills of one kind are called, in short and in full. The Bengali is that of the corporation's own page. */
export type BillName = InEveryLanguage<{ readonly short: string; readonly full: string }>;

type BillNames = Readonly<Partial<Record<DemandKind, BillName>>>;

export const words = {
  owner: { bn: 'মালিক', en: 'Owner', hi: 'मालिक' },
  ward: { bn: 'ওয়ার্ড', en: 'Ward', hi: 'वार्ड' },
  total: { bn: 'মোট দিতে হবে', en: 'Total due', hi: 'कुल देय' },
  chosen: { bn: 'বাছাই করা বিলের মোট', en: 'Total of the bills you chose', hi: 'चुने गए बिलों का कुल' },
} as const;

export const rebate: InEveryLanguage<(amount: string, until: string) => string> = {
  bn: (amount, until) => `ছাড় ${amount} বাদ দেওয়া আছে (${until} পর্যন্ত)`,
  en: (amount, until) => `${amount} rebate deducted (until ${until})`,
  hi: (amount, until) => `छूट ${amount} घटाई गई (${until} तक)`,
};
export const waiver: InEveryLanguage<(amount: string) => string> = {
  bn: (amount) => `সুদ-জরিমানায় ${amount} মকুব, বাদ দেওয়া আছে`,
  en: (amount) => `${amount} of interest and penalty waived`,
  hi: (amount) => `ब्याज-जुर्माने में ${amount} माफ़`,
};
/** Of a bill that was paid in part. */
export const paidBefore: InEveryLanguage<(amount: string) => string> = {
  bn: (amount) => `আগে জমা ${amount} বাদ দেওয়া আছে`,
  en: (amount) => `${amount} paid before, deducted`,
  hi: (amount) => `पहले जमा ${amount} घटाए गए`,
};
export const bills: InEveryLanguage<(count: number) => string> = {
  bn: (count) => `${formatNumber(count, 'bn')}টি বিল`,
  en: (count) => (count === 1 ? '1 bill' : `${count} bills`),
  hi: (count) => `${formatNumber(count, 'hi')} बिल`,
};
export const asOf: InEveryLanguage<(time: string) => string> = {
  bn: (time) => `${time}-এর হিসাব।`,
  en: (time) => `As of ${time}.`,
  hi: (time) => `${time} का हिसाब।`,
};
export const linkHolds: InEveryLanguage<(until: string) => string> = {
  bn: (until) => `লিঙ্কটি ${until} পর্যন্ত চলবে।`,
  en: (until) => `The link works until ${until}.`,
  hi: (until) => `लिंक ${until} तक चलेगा।`,
};
/** Of an order that is paid within WhatsApp. */
const chatHolds: InEveryLanguage<(until: string) => string> = {
  bn: (until) => `${until} পর্যন্ত এখানেই টাকা দেওয়া যাবে।`,
  en: (until) => `You can pay right here until ${until}.`,
  hi: (until) => `${until} तक यहीं भुगतान किया जा सकता है।`,
};
export const neverPin: InEveryLanguage<string> = {
  bn: 'পুরসভা কখনও PIN বা OTP চায় না।',
  en: 'The Corporation never asks for a PIN or an OTP.',
  hi: 'निगम कभी PIN या OTP नहीं माँगता।',
};
/** The total above still has in it what is on its way. */
const undecided: InEveryLanguage<(amount: string, date: string, soFar: string) => string> = {
  bn: (amount, date, soFar) =>
    `*এর মধ্যে ${amount}-এর পেমেন্ট (${date}) ব্যাঙ্ক এখনও নিশ্চিত করেনি। এখন আর টাকা দেবেন না; খবর এলেই জানাব।* ${soFar}`,
  en: (amount, date, soFar) =>
    `*A payment of ${amount} towards this (${date}) has not been confirmed by the bank yet. Please do not pay again; we will tell you.* ${soFar}`,
  hi: (amount, date, soFar) =>
    `*इसमें से ${amount} के एक भुगतान (${date}) की पुष्टि बैंक ने अभी नहीं की है। दोबारा भुगतान न करें; ख़बर आते ही बताएँगे।* ${soFar}`,
};

const elsewhere: InEveryLanguage<string> = {
  bn: '*এই টাকা হয়তো আর কেউ এখন জমা দিচ্ছেন। জমা দেওয়ার আগে বাড়িতে জেনে নিন।*',
  en: '*Somebody else may be paying these dues. Please ask at home before you pay.*',
  hi: '*हो सकता है कोई और इसका भुगतान कर रहा हो। भुगतान से पहले घर में पूछ लें।*',
};

/** Where credit comes from. */
const fromPayment: InEveryLanguage<Readonly<Record<'receipt' | 'payment', (of: string) => string>>> = {
  bn: { receipt: (number) => `রসিদ ${number}`, payment: (date) => `${date} তারিখের জমা` },
  en: { receipt: (number) => `receipt ${number}`, payment: (date) => `payment of ${date}` },
  hi: { receipt: (number) => `रसीद ${number}`, payment: (date) => `${date} का भुगतान` },
};

/** The payments that came too much, each by its receipt, or by its day where it had paid nothing. */
export function sourcesOfCredit(from: readonly CreditSource[], language: Language): string {
  return from
    .map(({ receipt, paidAt }) =>
      receipt === undefined
        ? fromPayment[language].payment(formatDate(dateInKolkata(paidAt), language))
        : fromPayment[language].receipt(receipt),
    )
    .join(', ');
}

export const creditTaken: InEveryLanguage<(amount: string) => string> = {
  bn: (amount) => `আগে বেশি জমা পড়া ${amount} বাদ`,
  en: (amount) => `${amount} credit deducted`,
  hi: (amount) => `पहले ज़्यादा जमा हुए ${amount} घटाए गए`,
};

/** What stands beside its amount in the order that WhatsApp shows. */
const creditOff: InEveryLanguage<string> = {
  bn: 'আগে বেশি জমা পড়া টাকা',
  en: 'Credit',
  hi: 'पहले ज़्यादा जमा हुई राशि',
};

export const toPayNow: InEveryLanguage<string> = {
  bn: 'এখন দিতে হবে',
  en: 'To pay now',
  hi: 'अभी देना है',
};

/** Credit pays all of it. */
const covered: InEveryLanguage<string> = {
  bn: '*নতুন করে টাকা দিতে হবে না।* নীচের বোতাম টিপলেই জমা হয়ে যাবে, রসিদ পাবেন।',
  en: '*There is nothing to pay.* Tap the button below to pay with the credit and get the receipt.',
  hi: '*नया भुगतान नहीं करना है।* नीचे का बटन दबाते ही भुगतान हो जाएगा और रसीद मिलेगी।',
};

/** What credit takes off a total, and what is left to pay. */
export function afterCredit(
  total: Paise,
  { amount, from }: { readonly amount: Paise; readonly from: readonly CreditSource[] },
  language: Language,
): string[] {
  const sources = from.length > 0 ? ` (${sourcesOfCredit(from, language)})` : '';
  return [
    `${creditTaken[language](formatMoney(amount, language))}${sources}`,
    amount === total
      ? covered[language]
      : `*${toPayNow[language]}: ${formatMoney(paise(total - amount), language)}*`,
  ];
}

const creditKept: InEveryLanguage<(amount: string, from: string) => string> = {
  bn: (amount, from) => `আগে বেশি জমা পড়া ${amount} (${from}) পুরসভার কাছে আছে, পরের বার বাদ যাবে।`,
  en: (amount, from) =>
    `${amount} of credit (${from}) is held for this number and will be deducted next time.`,
  hi: (amount, from) => `पहले ज़्यादा जमा हुए ${amount} (${from}) निगम के पास हैं, अगली बार घटाए जाएँगे।`,
};

/** Below words that say that nothing is due. */
export function withCredit(
  body: string,
  credit: ReplyParams['nothingDue.property']['credit'],
  language: Language,
): string {
  if (credit === undefined) return body;
  const { amount, from } = credit;
  return `${body}\n\n${creditKept[language](formatMoney(amount, language), sourcesOfCredit(from, language))}`;
}

/** The page under which an order is paid and its receipt fetched. */
export function payUrl(token: string, language: Language, { publicUrl }: CorporationFacts): string {
  return `${publicUrl}/pay/${token}?lang=${language}`;
}

export const payLabel: InEveryLanguage<string> = {
  bn: 'টাকা জমা দিন',
  en: 'Pay now',
  hi: 'भुगतान करें',
};

/** The number of an account as it stands on its bills. */
export function shownAccount(service: PaidService, number: string): string {
  return specOf(service).shown(number);
}

/** The words and the link under which something is paid. */
export function withPayLink(
  body: string,
  token: string | undefined,
  language: Language,
  facts: CorporationFacts,
): Words {
  if (token === undefined) return { body };
  return {
    body,
    footer: neverPin[language],
    link: { label: payLabel[language], url: payUrl(token, language, facts) },
  };
}

/** What a message about dues consists of beside what all of them say. */
interface DuesMessage {
  /** The account. */
  readonly head: string;
  /** What the kinds of its bills are called. */
  readonly names: BillNames;
  /** The bills, from all that there is to say of each to as little as fits into any message. */
  readonly versions: readonly { readonly bills: readonly string[]; readonly note?: string }[];
  /** Lines before the link is mentioned, and after it. */
  readonly before?: readonly string[];
  readonly after?: readonly string[];
}

/** All that is due, as far as it fits, and the way to pay it. */
export function duesWords(
  dues: Pick<
    ReplyParams['dues.property'],
    | 'dues'
    | 'total'
    | 'asOf'
    | 'token'
    | 'expiresAt'
    | 'chat'
    | 'credit'
    | 'undecided'
    | 'elsewhere'
    | 'chosen'
  >,
  { head, names, versions, before = [], after = [] }: DuesMessage,
  language: Language,
  facts: CorporationFacts,
): Words {
  const total = words[dues.chosen === true ? 'chosen' : 'total'][language];
  const { credit, chat, expiresAt } = dues;
  // The choices below the message lead on; there is nothing to be paid under the link.
  const token = credit?.amount === dues.total ? undefined : dues.token;
  const isPayable = expiresAt !== undefined && token !== undefined;
  const last = [
    ...before,
    ...(dues.undecided === undefined ? [] : [onItsWay(dues.undecided, dues.asOf, language)]),
    ...(dues.elsewhere === true ? [elsewhere[language]] : []),
    ...(isPayable
      ? [
          chat === undefined
            ? linkHolds[language](formatDateTime(expiresAt, language))
            : chatHolds[language](formatDateTime(chat.until, language)),
        ]
      : []),
    ...after,
    // Until when the link works is of more use than since when the amounts hold, and two times confuse.
    ...(isPayable ? [] : [asOf[language](formatDateTime(dues.asOf, language))]),
  ];
  const bodies = versions.map(({ bills: lines, note }) =>
    [
      head,
      lines.join('\n'),
      [
        `*${total}: ${formatMoney(dues.total, language)}*`,
        ...(credit ? afterCredit(dues.total, credit, language) : []),
      ].join('\n'),
      [...(note === undefined ? [] : [note]), ...last].join('\n'),
    ].join('\n\n'),
  );
  const body = bodies.find((each) => Array.from(each).length <= mostCharacters) ?? bodies.at(-1) ?? '';
  const paid = withPayLink(body, token, language, facts);
  return chat === undefined ? paid : { ...paid, order: orderOf(chat) };

  function orderOf(order: ChatOrder): Words['order'] {
    const items = dues.dues.map((due) => ({
      name: cut(briefBill(due, names, language), longestItem),
      amount: due.payable,
    }));
    const seller = { name: frame.corporation.en, address: facts.office.en };
    const until = chatHolds[language](formatDateTime(order.until, language));
    if (credit === undefined) return { order, until, items, seller };
    return { order, until, items, discount: { name: creditOff[language], amount: credit.amount }, seller };
  }
}

function onItsWay({ amount, since }: MoneyOnItsWay, now: number, language: Language): string {
  const day = formatDate(dateInKolkata(since), language);
  return undecided[language](formatMoney(amount, language), day, soFar(since, now, language));
}

/** What stands below a bill that is shown whole: its parts, and what is taken off from them. */
export function partsOf(
  due: Due,
  lines: Readonly<Record<LineKind, InEveryLanguage<string>>>,
  language: Language,
): string[] {
  const money = (amount: Paise): string => formatMoney(amount, language);
  const off = [
    ...(due.rebate
      ? [rebate[language](money(due.rebate.amount), formatDate(due.rebate.until, language))]
      : []),
    ...(due.waiver ? [waiver[language](money(due.waiver.amount))] : []),
    ...(due.paidPart === undefined ? [] : [paidBefore[language](money(due.paidPart))]),
  ];
  const isMoreThanItsTotal = due.lines.length > 1 || off.length > 0;
  return [...(isMoreThanItsTotal ? [linesOf(due, lines, language)] : []), ...off];
}

/** What a bill consists of, each amount on one line with what it is for. */
export function linesOf(
  due: Pick<Due, 'lines'>,
  names: Readonly<Record<LineKind, InEveryLanguage<string>>>,
  language: Language,
): string {
  return due.lines
    .map(({ kind, amount }) => `${names[kind][language]}\u00a0${formatMoney(amount, language)}`)
    .join(', ');
}

/** A bill by its period, where its account has bills of one kind. */
export function billLine({ periodFrom, periodTo, payable }: Due, language: Language): string {
  return `• ${formatPeriod(periodFrom, periodTo, language)}: *${formatMoney(payable, language)}*`;
}

/** The longest name of an item that WhatsApp takes. */
const longestItem = 60;

/** WhatsApp takes 1024 characters beside buttons; the rest is left for a line that may go before. */
export const mostCharacters = 900;

/** What the register says, made harmless. It knows Bengali and English; Hindi readers get English. */
export function inLanguage({ en, bn }: Written, language: Language, most?: number): string {
  return inert(language === 'bn' ? (bn ?? en) : en, most);
}

/** As much of a name or an address as a message has room for: registers hold up to 300 characters. */
const longestWritten = 100;

/** What stands in the register, short enough for a message. Pages and papers show it whole. */
export function briefly(written: Written, language: Language): string {
  return inLanguage(written, language, longestWritten);
}

export const byYear = (due: Due): string =>
  `${due.kind} ${financialYear(due.periodFrom)} ${financialYear(due.periodTo)}`;
export const byKind = (due: Due): string => due.kind;

/** A bill's kind, in short, and its period. */
export function briefBill(
  { kind, periodFrom, periodTo }: Pick<Due, 'kind' | 'periodFrom' | 'periodTo'>,
  names: BillNames,
  language: Language,
): string {
  return `${names[kind]?.[language].short ?? kind}, ${formatPeriod(periodFrom, periodTo, language)}`;
}

type Period = Pick<Due, 'periodFrom' | 'periodTo'>;

/** From the first day of some bills to the last of them. */
export function wholePeriod(of: readonly Period[]): Period {
  const [first, ...others] = of;
  if (!first) throw new RangeError('no bills have no period');
  return others.reduce(
    (all, { periodFrom, periodTo }) => ({
      periodFrom: periodFrom < all.periodFrom ? periodFrom : all.periodFrom,
      periodTo: periodTo > all.periodTo ? periodTo : all.periodTo,
    }),
    first,
  );
}

/** @param names of the kinds of bills that there may be */
export function grouped(
  dues: readonly Due[],
  names: BillNames,
  language: Language,
  key: (due: Due) => string,
): string[] {
  const groups = new Map<string, Due[]>();
  for (const due of dues) groups.set(key(due), [...(groups.get(key(due)) ?? []), due]);
  return [...groups.values()].map((group) => {
    const [first] = group;
    if (!first) return '';
    const all = briefBill({ kind: first.kind, ...wholePeriod(group) }, names, language);
    const amount = formatMoney(sum(group.map(({ payable }) => payable)), language);
    return `${all} (${bills[language](group.length)}): *${amount}*`;
  });
}

/** As it stands on bills, where it is known of what. */
function named({ kinds: [kind, ...others], number }: ReplyParams['recordsAway']): string {
  return kind === undefined || others.length > 0 ? number : shownAccount(serviceOf[kind], number);
}

type BillKey = Extract<ReplyKey, 'chooseBills' | 'tooManyLookUps' | 'recordsAway' | 'forgotten'>;

export const billReplies: { readonly [K in BillKey]: Text<K> } = {
  chooseBills: {
    bn: () => ({
      body: 'কোন বিলের টাকা জমা দেবেন? তালিকা থেকে একটি বাছুন।\n\nএকসঙ্গে কয়েকটির টাকা দিতে সেগুলির ক্রমিক নম্বর লিখুন, যেমন: ১ ৩',
      listButton: 'বিল বাছুন',
    }),
    en: () => ({
      body: 'Which bill would you like to pay? Choose one from the list.\n\nTo pay several together, type their numbers, for example: 1 3',
      listButton: 'Choose a bill',
    }),
    hi: () => ({
      body: 'किस बिल का भुगतान करना है? सूची से एक चुनें।\n\nएक से ज़्यादा बिलों का भुगतान करना हो तो उनके क्रमांक लिखें, जैसे: 1 3',
      listButton: 'बिल चुनें',
    }),
  },
  tooManyLookUps: {
    bn: () => ({ body: 'এক ঘণ্টায় খুব বেশি নম্বর দেখা হয়েছে। অনুগ্রহ করে এক ঘণ্টা পরে আবার চেষ্টা করুন।' }),
    en: () => ({
      body: 'Too many numbers have been looked up in the last hour. Please try again in an hour.',
    }),
    hi: () => ({ body: 'एक घंटे में बहुत ज़्यादा नंबर देखे गए हैं। कृपया एक घंटे बाद फिर कोशिश करें।' }),
  },
  recordsAway: {
    bn: (account) => ({
      body: `পুরসভার হিসাবের কম্পিউটার এই মুহূর্তে সাড়া দিচ্ছে না। চালু হলেই ${named(account)} নম্বরের হিসাব এখানে পাঠিয়ে দেব, আপনাকে আর লিখতে হবে না।`,
    }),
    en: (account) => ({
      body: `The Corporation’s records are not available right now. As soon as they are, we will send the dues of ${named(account)} here. You do not need to write again.`,
    }),
    hi: (account) => ({
      body: `निगम का हिसाब रखने वाला कंप्यूटर अभी उत्तर नहीं दे रहा। चालू होते ही ${named(account)} का हिसाब यहीं भेज देंगे, आपको फिर लिखना नहीं होगा।`,
    }),
  },
  forgotten: {
    bn: () => ({ body: 'আপনার দেখা নম্বরগুলি মুছে ফেলা হল।' }),
    en: () => ({ body: 'The numbers you looked up have been cleared.' }),
    hi: () => ({ body: 'आपके देखे हुए नंबर मिटा दिए गए।' }),
  },
};
