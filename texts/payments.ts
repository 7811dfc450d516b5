/** What the bot says about payments: links, receipts, and what went wrong. Bengali is written first. */
import { accountKinds } from '../domain/accounts/kinds.ts';
import { decidedBy, type FailureReason } from '../domain/payments/attempt.ts';
import { dateInKolkata } from '../domain/calendar.ts';
import type { InEveryLanguage, Language } from '../domain/language.ts';
import type { RecentPayment } from '../domain/payments/order.ts';
import type { AboutPayment, ReplyKey, ReplyParams } from '../domain/reply.ts';
import { bills, briefBill, payLabel, payUrl, shownAccount, wholePeriod } from './bills.ts';
import { decided, failureReasons, ifDebited, stillUndecided } from './pay.ts';
import { howToName } from './places.ts';
import type { Text } from './words.ts';
import { formatDate, formatMoney, formatPeriod } from './format.ts';
import { billNames, numbersOf, serviceTexts } from './services/services.ts';

type PaymentKey = Extract<
  ReplyKey,
  | 'receipt'
  | 'receiptWords'
  | 'receiptFailed'
  | 'paymentFailed'
  | 'paymentFailedForGood'
  | 'paymentPending'
  | 'paymentInReview'
  | 'paymentExcess'
  | 'excessCredited'
  | 'payments'
  | 'status'
>;

/** That the time ran out is our own guess: the money may still be on its way. */
const notYet: InEveryLanguage<string> = {
  bn: 'পুরসভার কাছে এখনও কোনও টাকা আসেনি। টাকা কেটে গিয়ে থাকলে *এখনই আবার দেবেন না*',
  en: 'No money has reached the Corporation so far. If your account was debited, *do not pay again yet*',
  hi: 'निगम के पास अभी तक कोई पैसा नहीं आया। खाते से पैसे कटे हों तो *अभी दोबारा न दें*',
};

/** What to do after a payment that failed, under its link. */
const next: InEveryLanguage<Readonly<Record<'again' | 'wait', string>>> = {
  bn: {
    again: `${ifDebited.bn} আবার জমা দিতে নীচের বোতাম টিপুন।`,
    wait: `${notYet.bn}; কিছুক্ষণ পরে নীচের বোতাম টিপে দেখুন।`,
  },
  en: {
    again: `${ifDebited.en} To pay again, tap the button below.`,
    wait: `${notYet.en}; tap the button a little later and look.`,
  },
  hi: {
    again: `${ifDebited.hi} फिर से भुगतान के लिए नीचे का बटन दबाएँ।`,
    wait: `${notYet.hi}; थोड़ी देर बाद नीचे का बटन दबाकर देखें।`,
  },
};

/** The same where the link can no longer be used. */
const nextWithoutLink: typeof next = {
  bn: {
    again: `${ifDebited.bn} আগের লিঙ্কে আর টাকা জমা দেওয়া যাবে না। এখন কত দিতে হবে তা জানতে এই নম্বরটি আবার লিখে পাঠান।`,
    wait: `${notYet.bn}; আগের লিঙ্কটি আর চলবে না। এখন কত দিতে হবে তা জানতে কিছুক্ষণ পরে এই নম্বরটি আবার লিখে পাঠান।`,
  },
  en: {
    again: `${ifDebited.en} The earlier link can no longer be used. To see what is due now, send this number again.`,
    wait: `${notYet.en}. The earlier link can no longer be used. To see what is due now, send this number again a little later.`,
  },
  hi: {
    again: `${ifDebited.hi} पिछले लिंक से अब भुगतान नहीं हो सकता। अब कितना देना है, यह जानने के लिए यही नंबर फिर लिखकर भेजें।`,
    wait: `${notYet.hi}; पिछले लिंक से अब भुगतान नहीं हो सकता। अब कितना देना है, यह जानने के लिए थोड़ी देर बाद यही नंबर फिर लिखकर भेजें।`,
  },
};

const stepAfter = (reason: FailureReason): 'again' | 'wait' => (reason === 'expired' ? 'wait' : 'again');

const waitForNews: InEveryLanguage<string> = {
  bn: 'অনুগ্রহ করে *আবার টাকা দেবেন না*; খবর এলেই এখানে জানাব।',
  en: 'Please *do not pay again*; we will tell you here as soon as we know.',
  hi: 'कृपया *दोबारा भुगतान न करें*; ख़बर आते ही यहाँ बताएँगे।',
};

/** What was paid for, by its number, and how much. */
export function aboutPayment({ service, accountNumber, amount }: AboutPayment, language: Language): string {
  return `${serviceTexts[service].number[language]}: ${shownAccount(service, accountNumber)}\n${amountWord[language]}: *${formatMoney(amount, language)}*`;
}

const amountWord: InEveryLanguage<string> = { bn: 'টাকার পরিমাণ', en: 'Amount', hi: 'राशि' };

/** More bills than these are counted and not named. */
const mostNamed = 2;

/** The heading of a receipt, and which bills it is for: whoever pays for two flats must tell their receipts apart. */
function receiptOf(payment: AboutReceipt, language: Language): string {
  const { service, number, byCredit, paid = [] } = payment;
  const whole = paid.length > mostNamed && wholePeriod(paid);
  const named = whole
    ? [`${bills[language](paid.length)}, ${formatPeriod(whole.periodFrom, whole.periodTo, language)}`]
    : paid.map((bill) => briefBill(bill, billNames, language));
  return [
    `${received[language]}\n*${receiptWord[language]} ${number}*`,
    ...(named.length > 0 ? [`${serviceTexts[service].name[language]}: ${named.join('; ')}`] : []),
    aboutPayment(payment, language),
    ...(byCredit === undefined ? [] : [ofItCredit[language](formatMoney(byCredit, language))]),
  ].join('\n');
}

/** Of what a receipt comes to. */
export const ofItCredit: InEveryLanguage<(amount: string) => string> = {
  bn: (amount) => `এর মধ্যে ${amount} আগের বেশি জমা থেকে`,
  en: (amount) => `${amount} of it from credit`,
  hi: (amount) => `इसमें से ${amount} पहले की ज़्यादा जमा राशि से`,
};

type AboutReceipt = Omit<ReplyParams['receipt'], 'mediaId' | 'filename'>;

const received: InEveryLanguage<string> = {
  bn: 'টাকা জমা পড়েছে।',
  en: 'Payment received.',
  hi: 'भुगतान हो गया।',
};

const receiptWord: InEveryLanguage<string> = { bn: 'রসিদ', en: 'Receipt', hi: 'रसीद' };

const receiptLink: InEveryLanguage<string> = { bn: 'রসিদ দেখুন', en: 'See the receipt', hi: 'रसीद देखें' };

/** One payment, each number on a line where it need not break. */
function paymentLine(payment: RecentPayment, language: Language): string {
  const { service, accountNumber, amount, receipt } = payment;
  const day = formatDate(dateInKolkata(payment.at), language);
  return [
    `• ${day}: *${formatMoney(amount, language)}*`,
    `${serviceTexts[service].name[language]}, ${shownAccount(service, accountNumber)}`,
    receipt === undefined
      ? states[payment.state][language](formatDate(decidedBy(payment.at), language))
      : `${receiptWord[language]} ${receipt}`,
  ].join('\n');
}

const states: Readonly<Record<RecentPayment['state'], InEveryLanguage<(until: string) => string>>> = {
  paid: { bn: () => 'জমা পড়েছে', en: () => 'paid', hi: () => 'भुगतान हो गया' },
  undecided: {
    bn: (until) => `ব্যাঙ্ক এখনও নিশ্চিত করেনি। ${decided.bn(until)} আবার টাকা দেবেন না।`,
    en: (until) => `the bank has not confirmed it yet. ${decided.en(until)} Please do not pay again.`,
    hi: (until) => `बैंक ने अभी पुष्टि नहीं की है। ${decided.hi(until)} दोबारा भुगतान न करें।`,
  },
  atDesk: {
    bn: () => `${stillUndecided.bn} আবার টাকা দেবেন না, খবর এলেই জানাব।`,
    en: () => `${stillUndecided.en} Please do not pay again; we will tell you.`,
    hi: () => `${stillUndecided.hi} दोबारा भुगतान न करें, ख़बर आते ही बताएँगे।`,
  },
  failed: { bn: () => 'জমা পড়েনি', en: () => 'not paid', hi: () => 'भुगतान नहीं हुआ' },
};

const listButton = { bn: 'রসিদ বাছুন', en: 'Choose a receipt', hi: 'रसीद चुनें' } as const;

export const paymentReplies: { readonly [K in PaymentKey]: Text<K> } = {
  receipt: {
    bn: (payment) => ({
      body: `${receiptOf(payment, 'bn')}\n\nধন্যবাদ। রসিদটি রেখে দিন। এর QR কোড স্ক্যান করে যে-কেউ দেখে নিতে পারেন, রসিদটি আসল কি না।\n\n${howToName.bn}`,
      document: { id: payment.mediaId, filename: payment.filename },
    }),
    en: (payment) => ({
      body: `${receiptOf(payment, 'en')}\n\nThank you. Please keep the receipt. Anyone can scan its QR code to check that it is genuine.\n\n${howToName.en}`,
      document: { id: payment.mediaId, filename: payment.filename },
    }),
    hi: (payment) => ({
      body: `${receiptOf(payment, 'hi')}\n\nधन्यवाद। रसीद सँभालकर रखें। इसके QR कोड से कोई भी जाँच सकता है कि रसीद असली है।\n\n${howToName.hi}`,
      document: { id: payment.mediaId, filename: payment.filename },
    }),
  },
  receiptWords: {
    bn: (payment, facts) => ({
      body: `${receiptOf(payment, 'bn')}\n\nরসিদের PDF তৈরি হতে দেরি হচ্ছে। তৈরি হলেই এখানে পাঠানো হবে।`,
      link: { label: receiptLink.bn, url: payUrl(payment.token, 'bn', facts) },
    }),
    en: (payment, facts) => ({
      body: `${receiptOf(payment, 'en')}\n\nThe PDF of the receipt is taking longer than usual. It will come here as soon as it is ready.`,
      link: { label: receiptLink.en, url: payUrl(payment.token, 'en', facts) },
    }),
    hi: (payment, facts) => ({
      body: `${receiptOf(payment, 'hi')}\n\nरसीद की PDF बनने में देर हो रही है। बनते ही यहाँ भेजी जाएगी।`,
      link: { label: receiptLink.hi, url: payUrl(payment.token, 'hi', facts) },
    }),
  },
  receiptFailed: {
    bn: () => ({ body: 'রসিদের PDF এখন তৈরি করা গেল না। কিছুক্ষণ পরে আবার ‘রসিদ’ লিখুন।' }),
    en: () => ({
      body: 'The PDF of the receipt could not be made just now. Please type “receipt” again in a while.',
    }),
    hi: () => ({ body: 'रसीद की PDF अभी नहीं बन सकी। थोड़ी देर बाद फिर ‘रसीद’ लिखें।' }),
  },
  paymentFailed: {
    bn: (payment, facts) => ({
      body: `টাকা জমা পড়েনি। ${failureReasons[payment.reason].bn}\n${aboutPayment(payment, 'bn')}\n\n${next.bn[stepAfter(payment.reason)]}`,
      link: { label: payLabel.bn, url: payUrl(payment.token, 'bn', facts) },
    }),
    en: (payment, facts) => ({
      body: `The payment did not go through. ${failureReasons[payment.reason].en}\n${aboutPayment(payment, 'en')}\n\n${next.en[stepAfter(payment.reason)]}`,
      link: { label: payLabel.en, url: payUrl(payment.token, 'en', facts) },
    }),
    hi: (payment, facts) => ({
      body: `भुगतान नहीं हुआ। ${failureReasons[payment.reason].hi}\n${aboutPayment(payment, 'hi')}\n\n${next.hi[stepAfter(payment.reason)]}`,
      link: { label: payLabel.hi, url: payUrl(payment.token, 'hi', facts) },
    }),
  },
  paymentFailedForGood: {
    bn: (payment) => ({
      body: `যে টাকার খবরের অপেক্ষা ছিল, তা জমা পড়েনি। ${failureReasons[payment.reason].bn}\n${aboutPayment(payment, 'bn')}\n\n${nextWithoutLink.bn[stepAfter(payment.reason)]}`,
    }),
    en: (payment) => ({
      body: `The payment that your bank had not confirmed yet did not go through. ${failureReasons[payment.reason].en}\n${aboutPayment(payment, 'en')}\n\n${nextWithoutLink.en[stepAfter(payment.reason)]}`,
    }),
    hi: (payment) => ({
      body: `जिस भुगतान की पुष्टि की प्रतीक्षा थी, वह नहीं हुआ। ${failureReasons[payment.reason].hi}\n${aboutPayment(payment, 'hi')}\n\n${nextWithoutLink.hi[stepAfter(payment.reason)]}`,
    }),
  },
  paymentPending: {
    bn: (payment) => ({
      body: `টাকা জমা পড়েছে কি না, ব্যাঙ্ক এখনও জানায়নি।\n${aboutPayment(payment, 'bn')}\n\n${decided.bn(formatDate(payment.by, 'bn'))} ${waitForNews.bn}`,
    }),
    en: (payment) => ({
      body: `Your bank has not confirmed this payment yet.\n${aboutPayment(payment, 'en')}\n\n${decided.en(formatDate(payment.by, 'en'))} ${waitForNews.en}`,
    }),
    hi: (payment) => ({
      body: `आपके बैंक ने अभी इस भुगतान की पुष्टि नहीं की है।\n${aboutPayment(payment, 'hi')}\n\n${decided.hi(formatDate(payment.by, 'hi'))} ${waitForNews.hi}`,
    }),
  },
  paymentInReview: {
    bn: (payment) => ({
      body: `টাকার যে খবর এসেছে, তা আমাদের হিসাবের সঙ্গে মিলছে না। পুরসভার কর্মী তা মিলিয়ে দেখছেন।\n${aboutPayment(payment, 'bn')}\n\n${waitForNews.bn}`,
    }),
    en: (payment) => ({
      body: `What the bank reported of this payment does not match our records. An officer is checking it.\n${aboutPayment(payment, 'en')}\n\n${waitForNews.en}`,
    }),
    hi: (payment) => ({
      body: `भुगतान की जो ख़बर आई है, वह हमारे हिसाब से मेल नहीं खाती। निगम के कर्मचारी मिलान कर रहे हैं।\n${aboutPayment(payment, 'hi')}\n\n${waitForNews.hi}`,
    }),
  },
  paymentExcess: {
    bn: (payment) => ({
      body: `যা দেওয়ার ছিল, তার চেয়ে বেশি টাকা জমা পড়েছে। বাড়তি টাকার হিসাব:\n${aboutPayment(payment, 'bn')}\n\nবাড়তি টাকা পুরসভার কাছে আপনার নামে জমা আছে; ফেরত দেওয়া হবে, অথবা পরের বার বাদ যাবে। আপনাকে কিছু করতে হবে না।`,
    }),
    en: (payment) => ({
      body: `You paid more than was due. This is the extra amount:\n${aboutPayment(payment, 'en')}\n\nThe Corporation is holding it for you. It will be refunded or deducted next time. You do not need to do anything.`,
    }),
    hi: (payment) => ({
      body: `जितना देना था, उससे ज़्यादा भुगतान हुआ है। अतिरिक्त राशि:\n${aboutPayment(payment, 'hi')}\n\nयह निगम के पास आपके नाम पर जमा है। वह लौटाई जाएगी या अगली बार घटाई जाएगी। आपको कुछ नहीं करना है।`,
    }),
  },
  excessCredited: {
    bn: (payment) => ({
      body: `আপনার বাড়তি টাকা পরের বারের জন্য এই নম্বরে জমা রাখা হল।\n${aboutPayment(payment, 'bn')}\n\nপরের বার এই নম্বরের টাকা জমা দেওয়ার সময় তা নিজে থেকেই বাদ যাবে। কত বাকি, দেখতে নম্বরটি লিখে পাঠান।`,
    }),
    en: (payment) => ({
      body: `What you paid too much is now credit of this number.\n${aboutPayment(payment, 'en')}\n\nIt is deducted by itself the next time something is paid for this number. To see what is due, send the number.`,
    }),
    hi: (payment) => ({
      body: `आपकी ज़्यादा जमा हुई राशि अगली बार के लिए इसी नंबर पर जमा रखी गई है।\n${aboutPayment(payment, 'hi')}\n\nइस नंबर का अगला भुगतान करते समय वह अपने-आप घट जाएगी। कितना बाकी है, देखने के लिए नंबर लिखकर भेजें।`,
    }),
  },
  payments: {
    bn: ({ payments }) => ({
      body: `আপনার সাম্প্রতিক পেমেন্ট:\n\n${payments.map((payment) => paymentLine(payment, 'bn')).join('\n')}\n\nরসিদের PDF আবার পেতে তালিকা থেকে বাছুন।`,
      listButton: listButton.bn,
    }),
    en: ({ payments }) => ({
      body: `Your latest payments:\n\n${payments.map((payment) => paymentLine(payment, 'en')).join('\n')}\n\nTo get the PDF of a receipt again, choose it from the list.`,
      listButton: listButton.en,
    }),
    hi: ({ payments }) => ({
      body: `आपके पिछले भुगतान:\n\n${payments.map((payment) => paymentLine(payment, 'hi')).join('\n')}\n\nरसीद की PDF फिर पाने के लिए सूची से चुनें।`,
      listButton: listButton.hi,
    }),
  },
  status: {
    bn: () => ({
      body: `এই হোয়াটসঅ্যাপ নম্বর থেকে এখনও কোনও টাকা জমা পড়েনি, কোনও আবেদনও নেই। বকেয়া দেখতে ${numbersOf(accountKinds).bn} লিখুন।`,
    }),
    en: () => ({
      body: `There are no payments or applications from this WhatsApp number yet. To see what is due, type ${numbersOf(accountKinds).en}.`,
    }),
    hi: () => ({
      body: `इस व्हाट्सऐप नंबर से अभी तक न कोई भुगतान हुआ है, न कोई आवेदन। बकाया देखने के लिए ${numbersOf(accountKinds).hi} लिखें।`,
    }),
  },
};
