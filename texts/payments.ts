/** What the bot says about payments: links, receipts, and what went wrong. Bengali is written first. */
import { accountKinds } from '../domain/accounts/kinds.ts';
import type { FailureReason } from '../domain/payments/attempt.ts';
import { dateInKolkata } from '../domain/calendar.ts';
import type { InEveryLanguage, Language } from '../domain/language.ts';
import type { RecentPayment } from '../domain/payments/order.ts';
import type { AboutPayment, ReplyKey } from '../domain/reply.ts';
import { payLabel, payUrl, shownAccount } from './bills.ts';
import type { Text } from './words.ts';
import { formatDate, formatMoney } from './format.ts';
import { numbersOf, serviceTexts } from './services/services.ts';

type PaymentKey = Extract<
  ReplyKey,
  | 'receipt'
  | 'receiptWords'
  | 'receiptFailed'
  | 'paymentFailed'
  | 'paymentFailedForGood'
  | 'paymentPending'
  | 'paymentExcess'
  | 'payments'
  | 'status'
>;

const reasons: Readonly<Record<FailureReason, InEveryLanguage<string>>> = {
  declined: {
    bn: 'ব্যাঙ্ক টাকা দিতে রাজি হয়নি।',
    en: 'The bank declined the payment.',
    hi: 'बैंक ने भुगतान मंज़ूर नहीं किया।',
  },
  cancelled: {
    bn: 'পেমেন্ট বাতিল করা হয়েছে।',
    en: 'The payment was cancelled.',
    hi: 'भुगतान रद्द किया गया।',
  },
  expired: {
    bn: 'সময় পেরিয়ে গেছে।',
    en: 'The time for it ran out.',
    hi: 'समय निकल गया।',
  },
  other: {
    bn: 'গেটওয়ে পেমেন্ট নিতে পারেনি।',
    en: 'The gateway could not take the payment.',
    hi: 'गेटवे भुगतान नहीं ले सका।',
  },
};

/** What was paid for, by its number, and how much. */
function about({ service, accountNumber, amount }: AboutPayment, language: Language): string {
  return `${serviceTexts[service].number[language]}: ${shownAccount(service, accountNumber)}\n${amountWord[language]}: *${formatMoney(amount, language)}*`;
}

const amountWord: InEveryLanguage<string> = { bn: 'টাকার অঙ্ক', en: 'Amount', hi: 'राशि' };

const receiptLink: InEveryLanguage<string> = { bn: 'রসিদ দেখুন', en: 'See the receipt', hi: 'रसीद देखें' };

/** One payment, each number on a line where it need not break. */
function paymentLine(payment: RecentPayment, language: Language): string {
  const { service, accountNumber, amount, receipt } = payment;
  const day = formatDate(dateInKolkata(payment.at), language);
  return [
    `• ${day}: *${formatMoney(amount, language)}*`,
    `   ${serviceTexts[service].name[language]}, ${shownAccount(service, accountNumber)}`,
    `   ${receipt ?? states[payment.state][language]}`,
  ].join('\n');
}

const states: Readonly<Record<RecentPayment['state'], InEveryLanguage<string>>> = {
  paid: { bn: 'মেটানো হয়েছে', en: 'paid', hi: 'भुगतान हो गया' },
  undecided: {
    bn: 'ব্যাঙ্কের উত্তর আসেনি। আবার টাকা দেবেন না, উত্তর এলে জানানো হবে।',
    en: 'the bank has not answered yet. Please do not pay again; you will be told.',
    hi: 'बैंक का उत्तर नहीं आया। दोबारा भुगतान न करें, उत्तर आने पर बताया जाएगा।',
  },
  failed: { bn: 'টাকা জমা পড়েনি', en: 'not paid', hi: 'भुगतान नहीं हुआ' },
};

const listButton = { bn: 'রসিদ বাছুন', en: 'Choose a receipt', hi: 'रसीद चुनें' } as const;

export const paymentReplies: { readonly [K in PaymentKey]: Text<K> } = {
  receipt: {
    bn: (payment) => ({
      body: `টাকা জমা পড়েছে।\n*রসিদ ${payment.number}*\n${about(payment, 'bn')}\n\nধন্যবাদ। রসিদটি রেখে দিন। এর QR কোড থেকে যে-কেউ রসিদটি যাচাই করতে পারবেন।`,
      document: { id: payment.mediaId, filename: payment.filename },
    }),
    en: (payment) => ({
      body: `Payment received.\n*Receipt ${payment.number}*\n${about(payment, 'en')}\n\nThank you. Please keep the receipt. Anyone can check by its QR code that it is genuine.`,
      document: { id: payment.mediaId, filename: payment.filename },
    }),
    hi: (payment) => ({
      body: `भुगतान जमा हो गया।\n*रसीद ${payment.number}*\n${about(payment, 'hi')}\n\nधन्यवाद। रसीद सँभालकर रखें। इसके QR कोड से कोई भी रसीद जाँच सकता है।`,
      document: { id: payment.mediaId, filename: payment.filename },
    }),
  },
  receiptWords: {
    bn: (payment, facts) => ({
      body: `টাকা জমা পড়েছে।\n*রসিদ ${payment.number}*\n${about(payment, 'bn')}\n\nরসিদের PDF তৈরি হতে দেরি হচ্ছে। তৈরি হলেই এখানে পাঠানো হবে।`,
      link: { label: receiptLink.bn, url: payUrl(payment.token, 'bn', facts) },
    }),
    en: (payment, facts) => ({
      body: `Payment received.\n*Receipt ${payment.number}*\n${about(payment, 'en')}\n\nThe PDF of the receipt takes longer than usual. It will come here as soon as it is ready.`,
      link: { label: receiptLink.en, url: payUrl(payment.token, 'en', facts) },
    }),
    hi: (payment, facts) => ({
      body: `भुगतान जमा हो गया।\n*रसीद ${payment.number}*\n${about(payment, 'hi')}\n\nरसीद की PDF बनने में देर हो रही है। बनते ही यहाँ भेजी जाएगी।`,
      link: { label: receiptLink.hi, url: payUrl(payment.token, 'hi', facts) },
    }),
  },
  receiptFailed: {
    bn: () => ({ body: 'রসিদের PDF এখন তৈরি করা গেল না। কিছুক্ষণ পরে ‘রসিদ’ লিখে আবার চান।' }),
    en: () => ({
      body: 'The PDF of the receipt could not be made just now. Please write “receipt” again in a while.',
    }),
    hi: () => ({ body: 'रसीद की PDF अभी नहीं बन सकी। थोड़ी देर बाद ‘रसीद’ लिखकर फिर माँगें।' }),
  },
  paymentFailed: {
    bn: (payment, facts) => ({
      body: `টাকা জমা পড়েনি। ${reasons[payment.reason].bn}\n${about(payment, 'bn')}\n\nঅ্যাকাউন্ট থেকে টাকা কেটে থাকলে ব্যাঙ্ক তা নিজেই ফেরত দেবে। আবার মেটাতে নীচের বোতামে চাপুন।`,
      link: { label: payLabel.bn, url: payUrl(payment.token, 'bn', facts) },
    }),
    en: (payment, facts) => ({
      body: `The payment did not go through. ${reasons[payment.reason].en}\n${about(payment, 'en')}\n\nIf money has left your account, the bank returns it by itself. To pay again, tap the button below.`,
      link: { label: payLabel.en, url: payUrl(payment.token, 'en', facts) },
    }),
    hi: (payment, facts) => ({
      body: `भुगतान नहीं हुआ। ${reasons[payment.reason].hi}\n${about(payment, 'hi')}\n\nखाते से पैसे कटे हों तो बैंक उन्हें अपने-आप लौटा देगा। फिर से भुगतान के लिए नीचे का बटन दबाएँ।`,
      link: { label: payLabel.hi, url: payUrl(payment.token, 'hi', facts) },
    }),
  },
  paymentFailedForGood: {
    bn: (payment) => ({
      body: `যে পেমেন্টের উত্তরের অপেক্ষা ছিল, তা জমা পড়েনি। ${reasons[payment.reason].bn}\n${about(payment, 'bn')}\n\nঅ্যাকাউন্ট থেকে টাকা কেটে থাকলে ব্যাঙ্ক তা নিজেই ফেরত দেবে। আগের লিঙ্কে আর টাকা মেটানো যাবে না। এখন কত বাকি তা জানতে এই নম্বরটি আবার লিখে পাঠান।`,
    }),
    en: (payment) => ({
      body: `The payment that the bank had still to decide did not go through. ${reasons[payment.reason].en}\n${about(payment, 'en')}\n\nIf money has left your account, the bank returns it by itself. The earlier link can no longer be used. To see what is due now, send this number again.`,
    }),
    hi: (payment) => ({
      body: `जिस भुगतान पर बैंक के उत्तर की प्रतीक्षा थी, वह नहीं हुआ। ${reasons[payment.reason].hi}\n${about(payment, 'hi')}\n\nखाते से पैसे कटे हों तो बैंक उन्हें अपने-आप लौटा देगा। पिछले लिंक से अब भुगतान नहीं हो सकता। अब कितना बकाया है, यह जानने के लिए यही नंबर फिर लिखकर भेजें।`,
    }),
  },
  paymentPending: {
    bn: (payment) => ({
      body: `ব্যাঙ্ক এখনও পেমেন্টের উত্তর দেয়নি।\n${about(payment, 'bn')}\n\nঅনুগ্রহ করে *আবার টাকা দেবেন না*। উত্তর এলেই এখানে জানানো হবে; কখনও কয়েক দিন লাগতে পারে।`,
    }),
    en: (payment) => ({
      body: `The bank has not answered about this payment yet.\n${about(payment, 'en')}\n\nPlease *do not pay again*. You will be told here as soon as the answer comes; it can take a few days.`,
    }),
    hi: (payment) => ({
      body: `बैंक ने अभी इस भुगतान का उत्तर नहीं दिया है।\n${about(payment, 'hi')}\n\nकृपया *दोबारा भुगतान न करें*। उत्तर आते ही यहाँ बताया जाएगा; कभी-कभी कुछ दिन लग सकते हैं।`,
    }),
  },
  paymentExcess: {
    bn: (payment) => ({
      body: `এই টাকা বকেয়ায় ধরা হয়নি।\n${about(payment, 'bn')}\n\nটাকাটি পুরসভায় আপনার নামে অতিরিক্ত জমা আছে। তা ফেরত দেওয়া হবে বা পরের বিলে ধরা হবে। আপনাকে কিছু করতে হবে না।`,
    }),
    en: (payment) => ({
      body: `This money was not set against what was due.\n${about(payment, 'en')}\n\nThe Corporation holds it for you as excess. It will be refunded or set against a later bill. You need not do anything.`,
    }),
    hi: (payment) => ({
      body: `यह राशि बकाये में नहीं जोड़ी गई है।\n${about(payment, 'hi')}\n\nयह निगम में आपके लिए अतिरिक्त जमा है। वह लौटाई जाएगी या अगले बिल में जोड़ी जाएगी। आपको कुछ नहीं करना है।`,
    }),
  },
  payments: {
    bn: ({ payments }) => ({
      body: `আপনার শেষ পেমেন্টগুলি:\n\n${payments.map((payment) => paymentLine(payment, 'bn')).join('\n')}\n\nরসিদের PDF আবার পেতে তালিকা থেকে বাছুন।`,
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
      body: `এই নম্বর থেকে এখনও কোনও টাকা মেটানো হয়নি। বকেয়া দেখতে ${numbersOf(accountKinds).bn} লিখুন।`,
    }),
    en: () => ({
      body: `Nothing has been paid from this number yet. To see what is due, write ${numbersOf(accountKinds).en}.`,
    }),
    hi: () => ({
      body: `इस नंबर से अभी तक कोई भुगतान नहीं हुआ है। बकाया देखने के लिए ${numbersOf(accountKinds).hi} लिखें।`,
    }),
  },
};
