/** What is said of refunds: in the chat, on the credit note, and where it is checked. Bengali is written first. */
import type { InEveryLanguage, Language } from '../domain/language.ts';
import type { RefundReason } from '../domain/payments/refund.ts';
import type { AboutRefund, ReplyKey } from '../domain/reply.ts';
import { formatDate } from './format.ts';
import { aboutPayment } from './payments.ts';
import type { Text } from './words.ts';

type RefundKey = Extract<ReplyKey, 'refundOnItsWay' | 'refundSent' | 'refundSentWords' | 'refundFailed'>;

/** The heading of a credit note, and what becomes of the bills. */
function sent(refund: AboutRefund, language: Language): string {
  const { number, dueAgain } = refund;
  return [
    `${isSent[language]}\n*${creditNote.name[language]} ${number}*\n${aboutPayment(refund, language)}`,
    arrives[language],
    ...(dueAgain ? [dueAgainInChat[language]] : []),
  ].join('\n\n');
}

const isSent: InEveryLanguage<string> = {
  bn: 'আপনার টাকা ফেরত পাঠানো হয়েছে।',
  en: 'Your money has been sent back.',
  hi: 'आपका पैसा लौटा दिया गया है।',
};

const arrives: InEveryLanguage<string> = {
  bn: 'যে মাধ্যমে দিয়েছিলেন, সেখানেই ফেরত গেছে। অ্যাকাউন্টে দেখাতে ব্যাঙ্কের কয়েক দিন লাগতে পারে।',
  en: 'It went back the way you paid. Your bank may take a few days to show it.',
  hi: 'जिस माध्यम से आपने भुगतान किया था, पैसा उसी में लौटा है। खाते में दिखने में बैंक को कुछ दिन लग सकते हैं।',
};

const dueAgainInChat: InEveryLanguage<string> = {
  bn: 'এই টাকায় যে বিল জমা দেওয়া হয়েছিল, সেটি *আবার বকেয়া*। এখন কত দিতে হবে তা জানতে নম্বরটি লিখে পাঠান।',
  en: 'The bill that was paid with it is *due again*. To see what is due now, send its number.',
  hi: 'इससे जिस बिल का भुगतान हुआ था, वह *फिर से बकाया* है। अब कितना देना है, यह जानने के लिए उसका नंबर लिखकर भेजें।',
};

const keep: InEveryLanguage<string> = {
  bn: 'ক্রেডিট নোটটি রেখে দিন। এর QR কোড স্ক্যান করে যে-কেউ দেখে নিতে পারেন, এটি আসল কি না।',
  en: 'Please keep the credit note. Anyone can scan its QR code to check that it is genuine.',
  hi: 'क्रेडिट नोट सँभालकर रखें। इसके QR कोड से कोई भी जाँच सकता है कि यह असली है।',
};

const pdfLater: InEveryLanguage<string> = {
  bn: 'ক্রেডিট নোটের PDF তৈরি হতে দেরি হচ্ছে। তৈরি হলেই এখানে পাঠানো হবে।',
  en: 'The PDF of the credit note is taking longer than usual. It will come here as soon as it is ready.',
  hi: 'क्रेडिट नोट की PDF बनने में देर हो रही है। बनते ही यहाँ भेजी जाएगी।',
};

const withPaper =
  (language: Language): Text<'refundSent'>[Language] =>
  (refund) => ({
    body: `${sent(refund, language)}\n\n${keep[language]}`,
    document: { id: refund.mediaId, filename: refund.filename },
  });

const inWords =
  (language: Language): Text<'refundSentWords'>[Language] =>
  (refund) => ({
    body: `${sent(refund, language)}\n\n${pdfLater[language]}`,
  });

export const refundReplies: { readonly [K in RefundKey]: Text<K> } = {
  refundOnItsWay: {
    bn: (refund) => ({
      body: `আপনার টাকা ফেরত দেওয়া হচ্ছে।\n${aboutPayment(refund, 'bn')}\n\nযে মাধ্যমে দিয়েছিলেন, সেখানেই *${formatDate(refund.by, 'bn')}*-এর মধ্যে পৌঁছে যাবে। আপনাকে কিছু করতে হবে না। এর জন্য কেউ PIN বা OTP চাইলে দেবেন না।`,
    }),
    en: (refund) => ({
      body: `Your money is on its way back.\n${aboutPayment(refund, 'en')}\n\nIt goes back the way you paid, by *${formatDate(refund.by, 'en')}*. You do not need to do anything. If anyone asks for a PIN or an OTP for this, do not give it.`,
    }),
    hi: (refund) => ({
      body: `आपका पैसा लौटाया जा रहा है।\n${aboutPayment(refund, 'hi')}\n\nजिस माध्यम से आपने भुगतान किया था, उसी में *${formatDate(refund.by, 'hi')}* तक पहुँच जाएगा। आपको कुछ नहीं करना है। इसके लिए कोई PIN या OTP माँगे तो न दें।`,
    }),
  },
  refundSent: { bn: withPaper('bn'), en: withPaper('en'), hi: withPaper('hi') },
  refundSentWords: { bn: inWords('bn'), en: inWords('en'), hi: inWords('hi') },
  refundFailed: {
    bn: (refund) => ({
      body: `টাকা ফেরত পাঠানো যায়নি।\n${aboutPayment(refund, 'bn')}\n\nটাকা পুরসভার কাছেই আছে, কোথাও হারায়নি। পুরসভার হিসাব বিভাগ বিষয়টি দেখছে। আপনাকে কিছু করতে হবে না; ফেরত গেলেই এখানে জানাব।`,
    }),
    en: (refund) => ({
      body: `The money could not be sent back.\n${aboutPayment(refund, 'en')}\n\nIt is still with the Corporation and is not lost. Our accounts department is looking into it. You do not need to do anything; we will tell you here when it goes back.`,
    }),
    hi: (refund) => ({
      body: `पैसा लौटाया नहीं जा सका।\n${aboutPayment(refund, 'hi')}\n\nपैसा निगम के पास ही है, कहीं खोया नहीं है। निगम का लेखा विभाग मामला देख रहा है। आपको कुछ नहीं करना है; लौटते ही यहाँ बताएँगे।`,
    }),
  },
};

/** Everything on a credit note. */
export const creditNote = {
  name: { bn: 'ক্রেডিট নোট', en: 'Credit note', hi: 'क्रेडिट नोट' },
  title: {
    bn: 'ক্রেডিট নোট: টাকা ফেরত',
    en: 'Credit note: money given back',
    hi: 'क्रेडिट नोट: राशि की वापसी',
  },
  number: { bn: 'ক্রেডিট নোট নম্বর', en: 'Credit note number', hi: 'क्रेडिट नोट नंबर' },
  refundedAt: { bn: 'টাকা ফেরতের সময়', en: 'Given back on', hi: 'राशि लौटाने का समय' },
  issuedOn: { bn: 'ক্রেডিট নোট দেওয়ার তারিখ', en: 'Credit note issued on', hi: 'क्रेडिट नोट जारी होने की तारीख' },
  paidAt: { bn: 'টাকা জমার সময়', en: 'Paid on', hi: 'भुगतान का समय' },
  receipt: { bn: 'যে রসিদের টাকা', en: 'Receipt of the payment', hi: 'भुगतान की रसीद' },
  service: { bn: 'কী বাবদ জমা পড়েছিল', en: 'Was paid for', hi: 'किस मद में भुगतान हुआ था' },
  reason: { bn: 'ফেরতের কারণ', en: 'Reason', hi: 'लौटाने का कारण' },
  total: { bn: 'মোট ফেরত', en: 'Total given back', hi: 'कुल लौटाई गई राशि' },
  through: { bn: 'ফেরতের মাধ্যম', en: 'Given back through', hi: 'लौटाने का माध्यम' },
  transaction: { bn: 'জমার লেনদেন নম্বর', en: 'Transaction ID of the payment', hi: 'भुगतान का लेन-देन नंबर' },
  refund: { bn: 'ফেরতের লেনদেন নম্বর', en: 'Transaction ID of the refund', hi: 'वापसी का लेन-देन नंबर' },
} as const satisfies Readonly<Record<string, InEveryLanguage<string>>>;

export const reasons: Readonly<Record<RefundReason, InEveryLanguage<string>>> = {
  paidTwice: {
    bn: 'দু’বার বা বেশি টাকা জমা পড়েছিল',
    en: 'Paid twice, or more than was due',
    hi: 'दो बार या ज़्यादा भुगतान हुआ था',
  },
  notDue: { bn: 'টাকাটি বকেয়া ছিল না', en: 'The amount was not due', hi: 'यह राशि देय नहीं थी' },
  wrongAccount: {
    bn: 'ভুল নম্বরের জন্য জমা পড়েছিল',
    en: 'Paid for the wrong account',
    hi: 'ग़लत नंबर के लिए भुगतान हुआ था',
  },
  ordered: {
    bn: 'আদালত বা কর্তৃপক্ষের নির্দেশ',
    en: 'Ordered by a court or an authority',
    hi: 'न्यायालय या प्राधिकारी का आदेश',
  },
  other: { bn: 'অন্য কারণ', en: 'Other', hi: 'अन्य कारण' },
};

/** What the paper means for the bills. */
export const noteOnBills: Readonly<Record<'dueAgain' | 'notDue', InEveryLanguage<string>>> = {
  dueAgain: {
    bn: 'এই টাকায় যে-সব বিল জমা দেওয়া হয়েছিল, সেগুলি আবার বকেয়া। আগের রসিদটি আর টাকা দেওয়ার প্রমাণ নয়।',
    en: 'The bills that were paid with this money are due again. The earlier receipt no longer proves that they are paid.',
    hi: 'इस राशि से जिन बिलों का भुगतान हुआ था, वे फिर से बकाया हैं। पिछली रसीद अब भुगतान का प्रमाण नहीं है।',
  },
  notDue: {
    bn: 'এই টাকা ফেরতের জন্য নতুন করে কিছু বকেয়া হয়নি।',
    en: 'Nothing has become due because of this refund.',
    hi: 'इस वापसी के कारण कुछ भी फिर से बकाया नहीं हुआ है।',
  },
};

/** Beside the QR code; the address follows. */
export const howToVerify: InEveryLanguage<string> = {
  bn: 'ক্রেডিট নোটটি আসল কি না দেখতে QR কোডটি স্ক্যান করুন, অথবা এই ঠিকানায় যান:',
  en: 'To check that this credit note is genuine, scan the QR code or open this address:',
  hi: 'क्रेडिट नोट असली है या नहीं, यह देखने के लिए QR कोड स्कैन करें या यह पता खोलें:',
};

/** What is read aloud in place of the QR code. */
export const qrCode: InEveryLanguage<(address: string) => string> = {
  bn: (address) => `QR কোড: ক্রেডিট নোট যাচাইয়ের ঠিকানা ${address}`,
  en: (address) => `QR code: the address to check this credit note, ${address}`,
  hi: (address) => `QR कोड: क्रेडिट नोट जाँचने का पता ${address}`,
};

export const noteOnSignature: InEveryLanguage<string> = {
  bn: 'ক্রেডিট নোটটি কম্পিউটারে তৈরি, সইয়ের দরকার নেই।',
  en: 'This credit note is computer-generated and needs no signature.',
  hi: 'यह क्रेडिट नोट कंप्यूटर से बना है, हस्ताक्षर की आवश्यकता नहीं है।',
};

export const noteOnArrival: InEveryLanguage<string> = {
  bn: 'টাকা যে মাধ্যমে এসেছিল, সেখানেই ফেরত যায়। অ্যাকাউন্টে দেখাতে ব্যাঙ্কের কয়েক দিন লাগতে পারে।',
  en: 'Money goes back the way it came. The bank may take a few days to show it.',
  hi: 'पैसा जिस माध्यम से आया था, उसी में लौटता है। खाते में दिखने में बैंक को कुछ दिन लग सकते हैं।',
};

/** Where it is checked. */
export const verifiedCreditNote = {
  genuine: { bn: 'ক্রেডিট নোটটি আসল', en: 'This credit note is genuine', hi: 'यह क्रेडिट नोट असली है' },
  amount: { bn: 'ফেরতের পরিমাণ', en: 'Amount given back', hi: 'लौटाई गई राशि' },
} as const satisfies Readonly<Record<string, InEveryLanguage<string>>>;

/** Of a receipt that is checked: what went back of its money since. */
export const givenBack: InEveryLanguage<string> = {
  bn: 'পরে ফেরত দেওয়া হয়েছে',
  en: 'Given back since',
  hi: 'बाद में लौटाई गई राशि',
};
