/** What is said of an order that is paid within WhatsApp when it has ended. Bengali is written first. */
import type { InEveryLanguage, Language } from '../domain/language.ts';
import type { ReplyParams } from '../domain/reply.ts';
import { payUrl } from './bills.ts';
import { failureReasons, ifDebited } from './pay.ts';
import { aboutPayment } from './payments.ts';
import type { CorporationFacts, Text, Words } from './words.ts';

type Ended = ReplyParams['chatOrderEnded'];

const paid: InEveryLanguage<string> = {
  bn: 'অর্ডারটি সম্পূর্ণ হল। রসিদ এখানেই আসছে।',
  en: 'The order is complete. Its receipt comes here.',
  hi: 'ऑर्डर पूरा हुआ। रसीद यहीं आ रही है।',
};

/** Nobody needs to do anything about it. */
const settled: Readonly<Record<'paidElsewhere' | 'replaced', InEveryLanguage<string>>> = {
  paidElsewhere: {
    bn: 'এই টাকা অন্য ভাবে জমা পড়ে গেছে, তাই এই অর্ডারটি বন্ধ করা হল। এখানে আর কিছু দিতে হবে না।',
    en: 'This has been paid in another way, so this order is closed. Nothing more is to be paid here.',
    hi: 'इसका भुगतान दूसरे तरीक़े से हो चुका है, इसलिए यह ऑर्डर बंद किया गया। यहाँ अब कुछ नहीं देना है।',
  },
  replaced: {
    bn: 'আপনি লিঙ্ক খুলে টাকা দিচ্ছেন, তাই এই অর্ডারটি বন্ধ করা হল। টাকা একবারই দিন, লিঙ্কের পাতায়।',
    en: 'You are paying under the link, so this order is closed. Please pay once only, on that page.',
    hi: 'आप लिंक खोलकर भुगतान कर रहे हैं, इसलिए यह ऑर्डर बंद किया गया। भुगतान एक ही बार करें, लिंक के पृष्ठ पर।',
  },
};

const notPaid: InEveryLanguage<string> = {
  bn: 'এই অর্ডারের টাকা জমা পড়েনি, তাই এটি বন্ধ করা হল।',
  en: 'This order was not paid and is closed.',
  hi: 'इस ऑर्डर का भुगतान नहीं हुआ, इसलिए इसे बंद किया गया।',
};

const payByLink: InEveryLanguage<string> = {
  bn: 'টাকা দিতে এই লিঙ্ক খুলুন:',
  en: 'To pay, open this link:',
  hi: 'भुगतान के लिए यह लिंक खोलें:',
};
const sendNumber: InEveryLanguage<string> = {
  bn: 'এখন কত দিতে হবে তা জানতে এই নম্বরটি আবার লিখে পাঠান।',
  en: 'To see what is due now, send this number again.',
  hi: 'अब कितना देना है, यह जानने के लिए यही नंबर फिर लिखकर भेजें।',
};

function ended(order: Ended, language: Language, facts: CorporationFacts): Words {
  const { because, reference, token } = order;
  const about = aboutPayment(order, language);
  const orderStatus = { reference, status: 'canceled' } as const;
  if (because === 'paidElsewhere' || because === 'replaced') {
    return { body: `${settled[because][language]}\n\n${about}`, orderStatus };
  }
  const next =
    token === undefined ? sendNumber[language] : `${payByLink[language]}\n${payUrl(token, language, facts)}`;
  const what = `${notPaid[language]} ${failureReasons[because][language]}`;
  return { body: `${what}\n${about}\n\n${ifDebited[language]}\n\n${next}`, orderStatus };
}

export const chatOrderReplies: { readonly [K in 'chatOrderPaid' | 'chatOrderEnded']: Text<K> } = {
  chatOrderPaid: {
    bn: ({ reference }) => ({ body: paid.bn, orderStatus: { reference, status: 'completed' } }),
    en: ({ reference }) => ({ body: paid.en, orderStatus: { reference, status: 'completed' } }),
    hi: ({ reference }) => ({ body: paid.hi, orderStatus: { reference, status: 'completed' } }),
  },
  chatOrderEnded: {
    bn: (order, facts) => ended(order, 'bn', facts),
    en: (order, facts) => ended(order, 'en', facts),
    hi: (order, facts) => ended(order, 'hi', facts),
  },
};
