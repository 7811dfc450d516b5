/** What the pages around a payment say, each text side by side in Bengali, English and Hindi. Bengali is written first. */
import { dateInKolkata } from '../domain/calendar.ts';
import { decidedBy, type FailureReason } from '../domain/payments/attempt.ts';
import type { InEveryLanguage, Language } from '../domain/language.ts';
import { formatDate, formatNumber } from './format.ts';

type Text = InEveryLanguage<string>;
type TextWith = InEveryLanguage<(value: string) => string>;
/** Of the most that can be paid at once, and the amount, which is more. */
type TooMuch = InEveryLanguage<(most: string, amount: string) => string>;

/** What stands at the top, on the pages that need nothing but that and a sentence. */
interface Told {
  readonly heading: Text;
  readonly body: Text;
}

/** How the page is headed as long as nothing has been tried. */
export const payFor: TextWith = {
  bn: (service) => `${service} জমা দিন`,
  en: (service) => `Pay ${service.toLowerCase()}`,
  hi: (service) => `${service} का भुगतान करें`,
};

export const payButton: TextWith = {
  bn: (amount) => `${amount} জমা দিন`,
  en: (amount) => `Pay ${amount}`,
  hi: (amount) => `${amount} का भुगतान करें`,
};

export const payableUntil: TextWith = {
  bn: (time) => `এই টাকা জমা দেওয়া যাবে ${time} পর্যন্ত।`,
  en: (time) => `You can pay this amount until ${time}.`,
  hi: (time) => `इस राशि का भुगतान ${time} तक हो सकता है।`,
};

/** @param gateway who takes the payment, or one of whom */
export const ways: TextWith = {
  bn: (gateway) =>
    `UPI (Google Pay, PhonePe, Paytm ইত্যাদি), ডেবিট বা ক্রেডিট কার্ড, নেট ব্যাঙ্কিং, ওয়ালেট: যেটায় সুবিধা। টাকা দেবেন ${gateway} সংস্থার পাতায়; কার্ড বা ব্যাঙ্কের কোনও তথ্য এখানে দিতে হয় না।`,
  en: (gateway) =>
    `By UPI (Google Pay, PhonePe, Paytm and others), debit or credit card, net banking or wallet. You pay on the page of ${gateway}; no card or bank details are entered here.`,
  hi: (gateway) =>
    `UPI (Google Pay, PhonePe, Paytm आदि), डेबिट या क्रेडिट कार्ड, नेट बैंकिंग या वॉलेट: जो सुविधाजनक हो। भुगतान ${gateway} के पृष्ठ पर होता है; कार्ड या बैंक की कोई जानकारी यहाँ नहीं देनी होती।`,
};

/** The same where UPI has its own buttons, or the amount is too large for it. */
export const otherWays: TextWith = {
  bn: (gateway) =>
    `ডেবিট বা ক্রেডিট কার্ড, নেট ব্যাঙ্কিং বা ওয়ালেটে টাকা দেবেন ${gateway} সংস্থার পাতায়; কার্ড বা ব্যাঙ্কের কোনও তথ্য এখানে দিতে হয় না।`,
  en: (gateway) =>
    `By debit or credit card, net banking or wallet you pay on the page of ${gateway}; no card or bank details are entered here.`,
  hi: (gateway) =>
    `डेबिट या क्रेडिट कार्ड, नेट बैंकिंग या वॉलेट से भुगतान ${gateway} के पृष्ठ पर होता है; कार्ड या बैंक की कोई जानकारी यहाँ नहीं देनी होती।`,
};

/** UPI on the corporation's page, where the merchant account offers it. */
export const upi = {
  apps: {
    bn: 'এই ফোনের UPI অ্যাপ দিয়ে',
    en: 'With a UPI app on this phone',
    hi: 'इस फ़ोन के UPI ऐप से',
  },
  anyApp: { bn: 'BHIM বা অন্য UPI অ্যাপ', en: 'BHIM or another UPI app', hi: 'BHIM या कोई दूसरा UPI ऐप' },
  showCode: {
    bn: 'UPI-তে দিন: QR কোড দেখান',
    en: 'Pay by UPI: show the QR code',
    hi: 'UPI से दें: QR कोड दिखाएँ',
  },
  others: {
    bn: 'কার্ড, নেট ব্যাঙ্কিং ও অন্য সব উপায়',
    en: 'Card, net banking and all other ways',
    hi: 'कार्ड, नेट बैंकिंग और बाकी सब तरीके',
  },
  scan: {
    heading: { bn: 'QR কোড স্ক্যান করে টাকা দিন', en: 'Scan the code to pay', hi: 'QR कोड स्कैन करके भुगतान करें' },
    body: {
      bn: 'ফোনে Google Pay, PhonePe, Paytm, BHIM বা অন্য কোনও UPI অ্যাপ খুলে কোডটি স্ক্যান করুন।',
      en: 'Scan the code with Google Pay, PhonePe, Paytm, BHIM or any other UPI app on your phone.',
      hi: 'फ़ोन पर Google Pay, PhonePe, Paytm, BHIM या कोई दूसरा UPI ऐप खोलकर कोड स्कैन करें।',
    },
  },
  /** What is read aloud in place of the code. */
  codeOf: {
    bn: (amount) => `${amount} দেওয়ার QR কোড`,
    en: (amount) => `QR code to pay ${amount}`,
    hi: (amount) => `${amount} के भुगतान का QR कोड`,
  },
  until: {
    bn: (time) => `কোডটি চলবে ${time} পর্যন্ত। টাকা জমা পড়লেই এই পাতায় দেখাবে।`,
    en: (time) => `The code works until ${time}. This page shows the payment as soon as it has come.`,
    hi: (time) => `यह कोड ${time} तक चलेगा। भुगतान होते ही इस पृष्ठ पर दिखेगा।`,
  },
  inApp: {
    heading: { bn: 'UPI অ্যাপে টাকা দিন', en: 'Pay in your UPI app', hi: 'UPI ऐप में भुगतान करें' },
    body: {
      bn: 'অ্যাপ নিজে থেকে না খুললে নীচে থেকে বেছে নিন। টাকা দেওয়ার পরে এই পাতায় ফিরে আসুন।',
      en: 'If the app does not open by itself, choose it below. When you have paid, come back to this page.',
      hi: 'ऐप अपने-आप न खुले तो नीचे से चुनें। भुगतान करके इसी पृष्ठ पर लौट आएँ।',
    },
  },
} as const satisfies Record<string, Text | TextWith | Told>;

export const mostByUpi: TooMuch = {
  bn: (most, amount) =>
    `UPI-তে একবারে সর্বাধিক ${most} দেওয়া যায়। ${amount} তার বেশি, তাই এখানে UPI দিয়ে দেওয়ার বোতাম নেই।`,
  en: (most, amount) =>
    `UPI takes up to ${most} in one payment. ${amount} is more than that, so UPI is not offered here.`,
  hi: (most, amount) =>
    `UPI से एक बार में अधिकतम ${most} दिए जा सकते हैं। ${amount} उससे ज़्यादा है, इसलिए यहाँ UPI का विकल्प नहीं है।`,
};

export const mostOnline: TooMuch = {
  bn: (most, amount) => `অনলাইনে একবারে সর্বাধিক ${most} দেওয়া যায়, এখানে দেওয়ার কথা ${amount}।`,
  en: (most, amount) => `Online, one payment can be up to ${most}; this one would be ${amount}.`,
  hi: (most, amount) => `ऑनलाइन एक बार में अधिकतम ${most} दिए जा सकते हैं, यहाँ ${amount} देने हैं।`,
};

/** What a citizen can see to before paying. Nothing follows the address, or it would be taken for a part of it. */
export const seeAddress: TextWith = {
  bn: (address) => `টাকা দেওয়ার আগে দেখে নিন, উপরের ঠিকানা এই দিয়ে শুরু কি না: ${address}`,
  en: (address) => `Before you pay, check that the address at the top begins with ${address}`,
  hi: (address) => `भुगतान से पहले देख लें कि ऊपर का पता इससे शुरू होता है: ${address}`,
};

export const neverAsks: Text = {
  bn: 'পুরসভা কখনও PIN বা OTP চায় না। UPI-এর PIN শুধু নিজের UPI অ্যাপে, OTP শুধু ব্যাঙ্কের পাতায় দেবেন।',
  en: 'The Corporation never asks for a PIN or an OTP. Enter your UPI PIN only in your own UPI app, and an OTP only on your bank’s page.',
  hi: 'निगम कभी PIN या OTP नहीं माँगता। UPI PIN केवल अपने UPI ऐप में और OTP केवल बैंक के पृष्ठ पर दें।',
};

export const failed = {
  heading: { bn: 'টাকা জমা পড়েনি', en: 'The payment did not go through', hi: 'भुगतान नहीं हुआ' },
  again: { bn: 'আবার চেষ্টা করতে পারেন।', en: 'You can try again.', hi: 'आप फिर कोशिश कर सकते हैं।' },
} as const satisfies Record<string, Text>;

export const failureReasons: Readonly<Record<FailureReason, Text>> = {
  declined: {
    bn: 'আপনার ব্যাঙ্ক লেনদেনটি মঞ্জুর করেনি।',
    en: 'Your bank declined the payment.',
    hi: 'आपके बैंक ने भुगतान मंज़ूर नहीं किया।',
  },
  cancelled: {
    bn: 'টাকা দেওয়ার পাতায় লেনদেনটি বাতিল করা হয়েছে।',
    en: 'It was cancelled on the payment page.',
    hi: 'भुगतान के पृष्ठ पर इसे रद्द कर दिया गया।',
  },
  expired: {
    bn: 'টাকা দেওয়ার সময় পেরিয়ে গেছে।',
    en: 'The time to pay ran out.',
    hi: 'भुगतान का समय पूरा हो गया।',
  },
  other: {
    bn: 'লেনদেনটি শেষ হয়নি।',
    en: 'It could not be completed.',
    hi: 'लेन-देन पूरा नहीं हो सका।',
  },
};

/** Said wherever something was tried and no money has come. */
export const ifDebited: Text = {
  bn: 'পুরসভার কাছে কোনও টাকা আসেনি। অ্যাকাউন্ট থেকে টাকা কেটে গিয়ে থাকলে ব্যাঙ্ক নিজে থেকেই তা ফেরত দেবে।',
  en: 'No money has reached the Corporation. If your account was debited, your bank will return it automatically.',
  hi: 'निगम के पास कोई पैसा नहीं आया। खाते से पैसे कटे हों तो बैंक उन्हें अपने-आप लौटा देगा।',
};

/** When nobody told us that it failed: the news may still come. */
export const ifDebitedWait: Text = {
  bn: 'পুরসভার কাছে এখনও কোনও টাকা আসেনি। অ্যাকাউন্ট থেকে টাকা কেটে গিয়ে থাকলে এখনই আবার দেবেন না; কিছুক্ষণ পরে এই পাতাটি আর একবার দেখুন।',
  en: 'No money has reached the Corporation so far. If your account was debited, do not pay again yet; look at this page again in a while.',
  hi: 'निगम के पास अभी तक कोई पैसा नहीं आया। खाते से पैसे कटे हों तो अभी दोबारा न दें; थोड़ी देर बाद यह पृष्ठ फिर देखें।',
};

export const problems: Readonly<Record<'gatewayAway' | 'aboveLimit' | 'tryAgain', Told>> = {
  gatewayAway: {
    heading: {
      bn: 'টাকা দেওয়ার পাতা এখন খোলা যাচ্ছে না',
      en: 'The payment page cannot be opened now',
      hi: 'भुगतान का पृष्ठ अभी नहीं खुल रहा',
    },
    body: {
      bn: 'কোনও টাকা কাটা হয়নি। কয়েক মিনিট পরে আবার চেষ্টা করুন।',
      en: 'Nothing was charged. Please try again in a few minutes.',
      hi: 'कोई पैसा नहीं कटा है। कुछ मिनट बाद फिर कोशिश करें।',
    },
  },
  aboveLimit: {
    heading: {
      bn: 'এত টাকা অনলাইনে একবারে দেওয়া যায় না',
      en: 'This amount is too large for one online payment',
      hi: 'इतनी रक़म ऑनलाइन एक बार में नहीं दी जा सकती',
    },
    body: {
      bn: 'কোনও টাকা কাটা হয়নি। WhatsApp-এ ফিরে ভাগে ভাগে টাকা দিন, অথবা পুরসভার কাউন্টারে যান।',
      en: 'Nothing was charged. Go back to WhatsApp and pay in parts, or go to a counter of the Corporation.',
      hi: 'कोई पैसा नहीं कटा है। WhatsApp पर लौटकर हिस्सों में भुगतान करें, या निगम के काउंटर पर जाएँ।',
    },
  },
  tryAgain: {
    heading: {
      bn: 'এই মুহূর্তে কাজটি হল না',
      en: 'That did not work just now',
      hi: 'अभी यह नहीं हो सका',
    },
    body: {
      bn: 'কোনও টাকা কাটা হয়নি। একটু পরে আবার চেষ্টা করুন।',
      en: 'Nothing was charged. Please try again in a moment.',
      hi: 'कोई पैसा नहीं कटा है। थोड़ी देर बाद फिर कोशिश करें।',
    },
  },
};

export const begun = {
  heading: { bn: 'টাকা দেওয়া শেষ হয়নি', en: 'Payment not finished yet', hi: 'भुगतान अभी पूरा नहीं हुआ' },
  body: {
    bn: 'এখনও টাকা না দিয়ে থাকলে নীচের বোতাম টিপুন, টাকা দেওয়ার পাতা আবার খুলবে।',
    en: 'If you have not paid yet, go back to the payment page with the button below.',
    hi: 'अभी भुगतान नहीं किया है तो नीचे के बटन से भुगतान के पृष्ठ पर लौटें।',
  },
  debited: {
    bn: 'অ্যাকাউন্ট থেকে টাকা কেটে গিয়ে থাকলে আর দেবেন না: কয়েক মিনিটের মধ্যে এই পাতাতেই খবর পাবেন।',
    en: 'If your account was already debited, do not pay again: you will see it on this page within minutes.',
    hi: 'खाते से पैसे कट चुके हों तो दोबारा न दें: कुछ मिनट में इसी पृष्ठ पर ख़बर मिलेगी।',
  },
  button: { bn: 'টাকা দেওয়ার পাতায় ফিরুন', en: 'Continue payment', hi: 'भुगतान जारी रखें' },
  again: {
    bn: 'পাতাটি এখন খোলা গেল না। একটু পরে আবার চেষ্টা করুন।',
    en: 'The page could not be opened just now. Please try again in a moment.',
    hi: 'पृष्ठ अभी नहीं खुल सका। थोड़ी देर बाद फिर कोशिश करें।',
  },
} as const satisfies Record<string, Text>;

export const undecided: Readonly<Record<'undecided' | 'review', Told>> = {
  undecided: {
    heading: { bn: 'ব্যাঙ্কের উত্তরের অপেক্ষা', en: 'Waiting for the bank', hi: 'बैंक के उत्तर की प्रतीक्षा' },
    body: {
      bn: 'টাকা জমা পড়েছে কি না, আপনার ব্যাঙ্ক এখনও জানায়নি।',
      en: 'Your bank has not confirmed this payment yet.',
      hi: 'भुगतान हुआ या नहीं, आपके बैंक ने अभी नहीं बताया है।',
    },
  },
  review: {
    heading: {
      bn: 'পুরসভা মিলিয়ে দেখছে',
      en: 'The Corporation is checking',
      hi: 'निगम मिलान कर रहा है',
    },
    body: {
      bn: 'টাকার যে খবর এসেছে, তা আমাদের হিসাবের সঙ্গে মিলছে না। পুরসভার কর্মী তা মিলিয়ে দেখছেন।',
      en: 'What the bank reported does not match our records. An officer is checking it.',
      hi: 'भुगतान की जो ख़बर आई है, वह हमारे हिसाब से मेल नहीं खाती। निगम के कर्मचारी मिलान कर रहे हैं।',
    },
  },
};

/** What becomes of money about which the bank has not decided, and by which day. */
export const decided: TextWith = {
  bn: (by) => `${by}-এর মধ্যে হয় রসিদ আসবে, নয় ব্যাঙ্ক টাকা ফেরত দেবে।`,
  en: (by) => `By ${by} either your receipt comes or your bank returns the money.`,
  hi: (by) => `${by} तक या तो रसीद आएगी, या बैंक पैसे लौटा देगा।`,
};

/** After that day. */
export const stillUndecided: Text = {
  bn: 'ব্যাঙ্কের স্পষ্ট উত্তর মেলেনি। পুরসভার কর্মী খোঁজ নিচ্ছেন।',
  en: 'There is no clear answer from your bank. An officer of the Corporation is looking into it.',
  hi: 'बैंक से साफ़ उत्तर नहीं मिला है। निगम के कर्मचारी पता कर रहे हैं।',
};

/**
 * What becomes of money that is undecided.
 * @param since when it was paid, milliseconds since 1970, as is `now`
 */
export function soFar(since: number, now: number, language: Language): string {
  const by = decidedBy(since);
  return dateInKolkata(now) <= by ? decided[language](formatDate(by, language)) : stillUndecided[language];
}

export const doNotPayAgain: Text = {
  bn: 'এখন আর টাকা দেবেন না।',
  en: 'Please do not pay again.',
  hi: 'अभी दोबारा भुगतान न करें।',
};

/** How the news will come. A citizen that came from the chat hears it there, too. */
export const news: Readonly<Record<'here' | 'hereAndInTheChat', Text>> = {
  here: {
    bn: 'খবর এলেই এই পাতায় দেখাবে। পাতাটি বন্ধ করলেও ক্ষতি নেই, একই লিঙ্কে আবার দেখতে পাবেন।',
    en: 'This page updates by itself. You may close it and open the same link again later.',
    hi: 'ख़बर आते ही इस पृष्ठ पर दिखेगी। पृष्ठ बंद भी कर सकते हैं, इसी लिंक से फिर देख सकेंगे।',
  },
  hereAndInTheChat: {
    bn: 'খবর এলেই এই পাতায় দেখাবে, হোয়াটসঅ্যাপেও জানিয়ে দেব। পাতাটি বন্ধ করলেও ক্ষতি নেই।',
    en: 'This page updates by itself, and we will tell you on WhatsApp, too. You may close it.',
    hi: 'ख़बर आते ही इस पृष्ठ पर दिखेगी, व्हाट्सऐप पर भी बता देंगे। पृष्ठ बंद भी कर सकते हैं।',
  },
};

export const paid = {
  heading: { bn: 'টাকা জমা পড়েছে', en: 'Payment received', hi: 'भुगतान हो गया' },
  receiptNumber: { bn: 'রসিদ নম্বর', en: 'Receipt number', hi: 'रसीद नंबर' },
  paidAt: { bn: 'জমার সময়', en: 'Paid on', hi: 'भुगतान का समय' },
  receipt: { bn: 'রসিদ দেখুন (PDF)', en: 'Open the receipt (PDF)', hi: 'रसीद देखें (PDF)' },
  inPart: {
    bn: 'এর মধ্যে পুরসভার খাতায় মোট টাকা বেড়েছে, তাই সবটা এখনও জমা পড়েনি। বাকি টাকা দেখতে হোয়াটসঅ্যাপে নম্বরটি আবার পাঠান।',
    en: 'The Corporation has raised the amount since, so some of it is still to be paid. Send the number again on WhatsApp to see the rest.',
    hi: 'इस बीच निगम के खाते में देय राशि बढ़ी है, इसलिए पूरी राशि का भुगतान अभी नहीं हुआ है। बाकी राशि देखने के लिए व्हाट्सऐप पर नंबर फिर भेजें।',
  },
  chat: { bn: 'হোয়াটসঅ্যাপে ফিরে যান', en: 'Back to WhatsApp', hi: 'व्हाट्सऐप पर लौटें' },
} as const satisfies Record<string, Text>;

/** The heading where nothing else came of the money. */
export const alreadyPaid: Text = {
  bn: 'এর টাকা আগেই জমা পড়েছে',
  en: 'This had already been paid',
  hi: 'यह भुगतान पहले ही हो चुका है',
};

/** Nothing came of this link, and nothing need. */
export const settled: Text = {
  bn: 'অন্য লিঙ্ক থেকে বা পুরসভার কাউন্টারে এর টাকা জমা পড়ে গেছে। আর টাকা দেবেন না।',
  en: 'It was paid on another link or at a counter of the Corporation. Please do not pay again.',
  hi: 'इसका भुगतान दूसरे लिंक से या निगम के काउंटर पर हो चुका है। दोबारा भुगतान न करें।',
};

/** Of money that paid nothing, for whatever reason. */
export const excessKept: TextWith = {
  bn: (amount) =>
    `যা দেওয়ার ছিল, তার চেয়ে ${amount} বেশি জমা পড়েছে। বাড়তি টাকা পুরসভার কাছে আপনার নামে জমা আছে; ফেরত দেওয়া হবে, অথবা পরের বার বাদ যাবে।`,
  en: (amount) =>
    `You paid ${amount} more than was due. The Corporation is holding the extra amount for you; it will be refunded or deducted next time.`,
  hi: (amount) =>
    `जितना देना था, उससे ${amount} ज़्यादा का भुगतान हुआ है। अतिरिक्त राशि निगम के पास आपके नाम पर जमा है; वह लौटाई जाएगी या अगली बार घटाई जाएगी।`,
};

/** Of money that came too much and pays the next bills. */
export const becameCredit: TextWith = {
  bn: (amount) =>
    `বাড়তি ${amount} পুরসভার কাছে এই নম্বরে জমা আছে; পরের বার টাকা দেওয়ার সময় নিজে থেকেই বাদ যাবে।`,
  en: (amount) => `The extra ${amount} is credit of this number; it is deducted by itself next time.`,
  hi: (amount) => `अतिरिक्त ${amount} निगम के पास इसी नंबर पर जमा हैं; अगले भुगतान में अपने-आप घट जाएँगे।`,
};

/** Of an order that credit pays whole. */
export const byCredit = {
  body: {
    bn: 'আগে বেশি জমা পড়া টাকাতেই সবটা হয়ে যায়। নতুন করে টাকা দিতে হবে না।',
    en: 'What was paid too much before covers all of it. There is nothing to pay.',
    hi: 'पहले ज़्यादा जमा हुई राशि से ही पूरा भुगतान हो जाता है। नया भुगतान नहीं करना है।',
  },
  button: { bn: 'বাড়তি জমা থেকে দিন', en: 'Pay with the credit', hi: 'जमा राशि से भुगतान करें' },
} as const satisfies Record<string, Text>;

/** Of money that goes back, and of money that went back: how much, when, and the number of the credit note. */
export const givenBack: Readonly<Record<'onItsWay', TextWith>> & {
  readonly sent: InEveryLanguage<(amount: string, date: string, creditNote: string) => string>;
  readonly dueAgain: Text;
} = {
  onItsWay: {
    bn: (amount) => `${amount} ফেরত দেওয়া হচ্ছে। যে মাধ্যমে দিয়েছিলেন, সেখানেই পৌঁছে যাবে।`,
    en: (amount) => `${amount} is on its way back. It goes back the way you paid.`,
    hi: (amount) => `${amount} लौटाए जा रहे हैं। जिस माध्यम से भुगतान हुआ था, उसी में पहुँच जाएँगे।`,
  },
  sent: {
    bn: (amount, date, creditNote) => `${date}: ${amount} ফেরত পাঠানো হয়েছে। ক্রেডিট নোট: ${creditNote}`,
    en: (amount, date, creditNote) => `${amount} was sent back on ${date}. Credit note: ${creditNote}`,
    hi: (amount, date, creditNote) => `${date}: ${amount} लौटा दिए गए। क्रेडिट नोट: ${creditNote}`,
  },
  dueAgain: {
    bn: 'এই টাকা যে বাবদ জমা পড়েছিল, তা আবার বকেয়া।',
    en: 'What was paid with it is due again.',
    hi: 'इससे जिसका भुगतान हुआ था, वह फिर से बकाया है।',
  },
};

export const over: Readonly<Record<'changed' | 'expired' | 'cancelled', Told>> = {
  changed: {
    heading: {
      bn: 'টাকার পরিমাণ বদলেছে',
      en: 'The amount has changed',
      hi: 'देय राशि बदल गई है',
    },
    body: {
      bn: 'এই লিঙ্ক দেওয়ার পরে টাকার পরিমাণ বদলেছে, তাই এই লিঙ্কে আর টাকা নেওয়া হয় না। হোয়াটসঅ্যাপে আবার নম্বরটি পাঠালেই আজকের হিসাব আর নতুন লিঙ্ক পাবেন।',
      en: 'What is due has changed since this link was made, so it can no longer be used. Send the number again on WhatsApp to get today’s amount and a new link.',
      hi: 'यह लिंक बनने के बाद बकाया बदल गया है, इसलिए इससे अब भुगतान नहीं हो सकता। व्हाट्सऐप पर नंबर फिर भेजें, आज का हिसाब और नया लिंक मिल जाएगा।',
    },
  },
  expired: {
    heading: {
      bn: 'এই লিঙ্কের মেয়াদ শেষ',
      en: 'This link has expired',
      hi: 'इस लिंक का समय पूरा हो गया',
    },
    body: {
      bn: 'হোয়াটসঅ্যাপে আবার নম্বরটি পাঠালেই আজকের হিসাব আর নতুন লিঙ্ক পাবেন। টাকার পরিমাণ বদলে থাকতে পারে।',
      en: 'Send the number again on WhatsApp to get today’s amount and a new link. The amount may have changed.',
      hi: 'व्हाट्सऐप पर नंबर फिर भेजें, आज का हिसाब और नया लिंक मिल जाएगा। राशि बदल गई हो सकती है।',
    },
  },
  cancelled: {
    heading: {
      bn: 'এই লিঙ্ক বাতিল হয়েছে',
      en: 'This link was cancelled',
      hi: 'यह लिंक रद्द कर दिया गया है',
    },
    body: {
      bn: 'এই লিঙ্কে আর টাকা দেওয়া যাবে না। হোয়াটসঅ্যাপে আবার নম্বরটি পাঠালেই আজকের হিসাব আর নতুন লিঙ্ক পাবেন।',
      en: 'It can no longer be used. Send the number again on WhatsApp to get today’s amount and a new link.',
      hi: 'इस लिंक से अब भुगतान नहीं हो सकता। व्हाट्सऐप पर नंबर फिर भेजें, आज का हिसाब और नया लिंक मिल जाएगा।',
    },
  },
};

export const newLink = {
  button: {
    bn: 'হোয়াটসঅ্যাপে নতুন লিঙ্ক নিন',
    en: 'Get a new link on WhatsApp',
    hi: 'व्हाट्सऐप पर नया लिंक लें',
  },
  typed: {
    bn: 'নম্বরটি লেখাই থাকবে, শুধু পাঠিয়ে দিন।',
    en: 'The number is already typed; just send it.',
    hi: 'नंबर लिखा हुआ मिलेगा, बस भेज दें।',
  },
} as const satisfies Record<string, Text>;

/** By somebody else, or by the same citizen, who chose otherwise meanwhile. */
export const elsewhere = {
  heading: {
    bn: 'এই টাকা এখন অন্য লিঙ্ক থেকে দেওয়া হচ্ছে',
    en: 'This is being paid on another link right now',
    hi: 'यह भुगतान अभी दूसरे लिंक से हो रहा है',
  },
  body: {
    bn: 'একটু অপেক্ষা করে আবার দেখুন। এখনই দিলে একই টাকা দু’বার চলে যেতে পারে।',
    en: 'Please wait a little and check again. If you pay now, it may be paid twice.',
    hi: 'थोड़ा रुककर फिर देखें। अभी देने पर एक ही भुगतान दो बार हो सकता है।',
  },
  look: { bn: 'আবার দেখুন', en: 'Check again', hi: 'फिर देखें' },
  anyway: { bn: 'তবু এখনই টাকা জমা দিন', en: 'Pay anyway', hi: 'फिर भी अभी भुगतान करें' },
} as const satisfies Record<string, Text>;

export const details = {
  heading: { bn: 'কী বাবদ', en: 'What you are paying for', hi: 'किस मद में' },
  /** As soon as nothing is left to pay. */
  paidHeading: { bn: 'কী বাবদ', en: 'What was paid', hi: 'किस मद में' },
  address: { bn: 'ঠিকানা', en: 'Address', hi: 'पता' },
  total: { bn: 'মোট', en: 'Total', hi: 'कुल' },
} as const satisfies Record<string, Text>;

/** Of a letter of intimation. */
export const coversBills: InEveryLanguage<(count: number) => string> = {
  bn: (count) => `আগের ${formatNumber(count, 'bn')}টি বিল এতে ধরা আছে`,
  en: (count) => (count === 1 ? 'covers 1 earlier bill' : `covers ${count} earlier bills`),
  hi: (count) =>
    count === 1 ? 'पहले का 1 बिल इसमें शामिल है' : `पहले के ${formatNumber(count, 'hi')} बिल इसमें शामिल हैं`,
};

export const onward = {
  heading: { bn: 'টাকা দেওয়ার পাতা খুলছে', en: 'Opening the payment page', hi: 'भुगतान का पृष्ठ खुल रहा है' },
  body: {
    bn: (gateway) => `আপনাকে ${gateway} সংস্থার পাতায় নিয়ে যাওয়া হচ্ছে। নিজে থেকে না খুললে বোতাম টিপুন।`,
    en: (gateway) =>
      `You are being taken to the page of ${gateway}. If it does not open by itself, tap the button.`,
    hi: (gateway) => `आपको ${gateway} के पृष्ठ पर ले जाया जा रहा है। अपने-आप न खुले तो बटन दबाएँ।`,
  },
  button: { bn: 'টাকা দেওয়ার পাতা খুলুন', en: 'Open the payment page', hi: 'भुगतान का पृष्ठ खोलें' },
} as const satisfies Record<string, Text | TextWith>;

/** On the page to which a gateway sends the browser back. Whoever knows an order's reference may see it. */
export const wayBack = {
  title: { bn: 'টাকা দেওয়ার পাতা থেকে ফেরা', en: 'Back from the payment page', hi: 'भुगतान के पृष्ठ से वापसी' },
  /** To a browser that comes without an order, or with none that we know. */
  nothing: {
    bn: (gateway) =>
      `টাকা দেওয়া হয়ে গেলে ${gateway} এই ঠিকানায় ফিরিয়ে আনে। আপনার টাকার খবর জানতে যে লিঙ্ক থেকে টাকা দিয়েছেন, সেটি আবার খুলুন।`,
    en: (gateway) =>
      `${gateway} brings you back to this address after a payment. To see how your payment stands, open the link you paid with again.`,
    hi: (gateway) =>
      `भुगतान के बाद ${gateway} आपको इसी पते पर लौटाता है। अपने भुगतान की स्थिति जानने के लिए वही लिंक फिर खोलें जिससे भुगतान किया था।`,
  },
  paid: {
    bn: 'আপনার টাকা পুরসভার কাছে জমা পড়েছে। যে লিঙ্ক থেকে টাকা দিয়েছেন, সেখানেই রসিদ পাবেন।',
    en: 'Your money has reached the Corporation. You will find the receipt at the link you paid with.',
    hi: 'आपका पैसा निगम के पास जमा हो गया है। जिस लिंक से भुगतान किया, वहीं रसीद मिलेगी।',
  },
  settled: {
    bn: 'এর টাকা আগেই জমা পড়ে গেছে, আর দেবেন না। আপনার টাকার কী হল, যে লিঙ্ক থেকে টাকা দিয়েছেন সেখানে দেখতে পাবেন।',
    en: 'This has been paid for, so please do not pay again. To see what became of your money, open the link you paid with.',
    hi: 'इसका भुगतान पहले ही हो चुका है, दोबारा न दें। आपके पैसे का क्या हुआ, यह उसी लिंक में दिखेगा जिससे भुगतान किया था।',
  },
  /** While the gateway is asked, or when the citizen came back without paying. */
  goOn: {
    bn: 'এখনও টাকা না দিয়ে থাকলে হোয়াটসঅ্যাপ থেকে লিঙ্কটি আবার খুলে দিতে পারেন।',
    en: 'If you have not paid yet, open the link in WhatsApp again to do so.',
    hi: 'अभी भुगतान नहीं किया है तो व्हाट्सऐप में लिंक फिर खोलकर कर सकते हैं।',
  },
} as const satisfies Record<string, Text | TextWith>;

export const missing: Told = {
  heading: { bn: 'লিঙ্কটি পাওয়া গেল না', en: 'There is no such link', hi: 'यह लिंक नहीं मिला' },
  body: {
    bn: 'লিঙ্কটি হয়তো পুরো আসেনি, নয়তো অনেক পুরনো। হোয়াটসঅ্যাপে লিখে নতুন লিঙ্ক নিন।',
    en: 'Part of the link may be missing, or it is very old. Write to us on WhatsApp to get a new one.',
    hi: 'हो सकता है लिंक पूरा न आया हो या बहुत पुराना हो। व्हाट्सऐप पर लिखकर नया लिंक लें।',
  },
};
