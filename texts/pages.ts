/** Everything the public pages say, each text side by side in Bengali, English and Hindi. Bengali is written first. */
import type { InEveryLanguage } from '../domain/language.ts';
import type { GatewayName } from '../domain/payments/gateways.ts';
import type { RetentionChanges, RetentionKind } from '../domain/retention.ts';
import { formatNumber } from './format.ts';
import { oneOf } from './gateways.ts';
import type { CorporationFacts } from './words.ts';
import { verify } from './verify.ts';

/** What the pages need to know of the corporation. */
export type PublicFacts = Pick<CorporationFacts, 'number' | 'office' | 'complaints' | 'publicUrl'> &
  Partial<Pick<CorporationFacts, 'hours'>> & {
    /** The gateways in use, the preferred one first. */
    readonly gateways: readonly GatewayName[];
    /** What the corporation keeps longer or shorter than usual. */
    readonly retention: RetentionChanges;
  };

/** A language is named in itself, so that whoever reads only that one finds it. */
export const languageNames: InEveryLanguage<string> = { bn: 'বাংলা', en: 'English', hi: 'हिन्दी' };

type Texts<Key extends string> = Readonly<Record<Key, InEveryLanguage<string>>>;

export const frame = {
  corporation: {
    bn: 'কলকাতা পুরসভা',
    en: 'Kolkata Municipal Corporation',
    hi: 'कोलकाता नगर निगम',
  },
  service: { bn: 'হোয়াটসঅ্যাপ পরিষেবা', en: 'WhatsApp service', hi: 'व्हाट्सऐप सेवा' },
  skip: { bn: 'মূল লেখায় যান', en: 'Skip to main content', hi: 'मुख्य सामग्री पर जाएँ' },
  languages: { bn: 'ভাষা', en: 'Language', hi: 'भाषा' },
  start: { bn: 'শুরুর পাতা', en: 'Home', hi: 'मुख्य पृष्ठ' },
  verify: verify.title,
  privacy: { bn: 'গোপনীয়তা বিজ্ঞপ্তি', en: 'Privacy notice', hi: 'गोपनीयता सूचना' },
  office: { bn: 'অফিস', en: 'Office', hi: 'कार्यालय' },
  hours: { bn: 'অফিসের সময়', en: 'Office hours', hi: 'कार्यालय का समय' },
  complaints: { bn: 'অভিযোগ জানাতে', en: 'Complaints', hi: 'शिकायत के लिए' },
} as const satisfies Texts<string>;

export const home = {
  title: { bn: 'হোয়াটসঅ্যাপে পুরসভা', en: 'The Corporation on WhatsApp', hi: 'व्हाट्सऐप पर नगर निगम' },
  description: {
    bn: 'কলকাতা পুরসভার হোয়াটসঅ্যাপ পরিষেবা: ‘hi’ লিখে পাঠান, উত্তর পান বাংলা, ইংরেজি বা হিন্দিতে।',
    en: 'The WhatsApp service of the Kolkata Municipal Corporation: send “hi” and get an answer in Bengali, English or Hindi.',
    hi: 'कोलकाता नगर निगम की व्हाट्सऐप सेवा: ‘hi’ लिखकर भेजें, उत्तर बांग्ला, अंग्रेज़ी या हिन्दी में पाएँ।',
  },
  lead: {
    bn: '‘hi’ লিখে পাঠান এই নম্বরে',
    en: 'Send “hi” to this number',
    hi: '‘hi’ लिखकर इस नंबर पर भेजें',
  },
  write: { bn: 'হোয়াটসঅ্যাপে লিখুন', en: 'Write on WhatsApp', hi: 'व्हाट्सऐप पर लिखें' },
  anyTime: {
    bn: 'দিন-রাত যে-কোনও সময়। বাংলা, ইংরেজি বা হিন্দিতে।',
    en: 'Any time, day or night. In Bengali, English or Hindi.',
    hi: 'दिन-रात कभी भी। बांग्ला, अंग्रेज़ी या हिन्दी में।',
  },
  warning: {
    bn: 'পুরসভা কখনও PIN বা OTP চায় না। কেউ চাইলে দেবেন না।',
    en: 'The Corporation never asks for a PIN or an OTP. If anyone does, do not give it.',
    hi: 'निगम कभी PIN या OTP नहीं माँगता। कोई माँगे तो न दें।',
  },
  todayHeading: {
    bn: 'এখানে কী কী করা যায়',
    en: 'What you can do here',
    hi: 'यहाँ क्या-क्या कर सकते हैं',
  },
} as const satisfies Texts<string>;

/** What there is to be had, as a citizen would name it, and how. */
export const todays: readonly InEveryLanguage<{ readonly what: string; readonly how: string }>[] = [
  {
    bn: {
      what: 'সম্পত্তি কর',
      how: 'অ্যাসেসি নম্বর লিখলেই কোন বিলে কত বকেয়া, পুরো হিসাব PDF-এ, আর টাকা জমা দেওয়ার লিঙ্ক।',
    },
    en: {
      what: 'Property tax',
      how: 'Send the assessee number and see what is due on which bill, with the full statement as a PDF and a link to pay.',
    },
    hi: {
      what: 'संपत्ति कर',
      how: 'असेसी नंबर लिखें और देखें किस बिल का कितना बकाया है, पूरा हिसाब PDF में, और भुगतान का लिंक।',
    },
  },
  {
    bn: {
      what: 'ট্রেড লাইসেন্স: ফি ও নবীকরণ',
      how: 'সি\u00a0ই নম্বর লিখলেই লাইসেন্সের মেয়াদ আর বকেয়া ফি। এক বা কয়েক বছরের জন্য নবীকরণ করুন, ফি জমা পড়লেই শংসাপত্র (PDF)।',
    },
    en: {
      what: 'Trade licence: fee and renewal',
      how: 'Send the CE number and see how long the licence is valid and what fee is due. Renew it for one or more years; the certificate (PDF) comes once the fee is paid.',
    },
    hi: {
      what: 'ट्रेड लाइसेंस: शुल्क और नवीनीकरण',
      how: 'सीई नंबर लिखें और देखें लाइसेंस कब तक वैध है और कितना शुल्क बकाया है। एक या कई वर्षों के लिए नवीनीकरण करें, शुल्क जमा होते ही प्रमाणपत्र (PDF)।',
    },
  },
  {
    bn: {
      what: 'এই পরিষেবা সম্পর্কে',
      how: 'অফিস, সময়, অভিযোগ জানানোর উপায়, আর আপনার তথ্য নিয়ে কী করা হয়।',
    },
    en: {
      what: 'About this service',
      how: 'The office, opening hours, how to complain, and what is done with your data.',
    },
    hi: {
      what: 'इस सेवा के बारे में',
      how: 'कार्यालय, समय, शिकायत करने का तरीका, और आपकी जानकारी का क्या होता है।',
    },
  },
];

/** @param address with which every link of ours begins; ends with a slash, so that a longer name cannot pass for it */
export const paying: InEveryLanguage<(address: string) => string> = {
  bn: (address) => `টাকা জমা দেওয়ার লিঙ্ক সব সময় ${address} দিয়ে শুরু হয়। অন্য ঠিকানায় টাকা দেবেন না।`,
  en: (address) => `Our payment links always begin with ${address}. Do not pay anywhere else.`,
  hi: (address) => `भुगतान का लिंक हमेशा ${address} से शुरू होता है। किसी और पते पर पैसे न दें।`,
};

interface Section {
  readonly heading: string;
  readonly items?: readonly string[];
  readonly paragraphs?: readonly string[];
}

/**
 * The notice under the Digital Personal Data Protection Act, 2023. The sections of the Act that it names: 5 notice,
 * 6 consent and taking it back, 7 uses without it, 8(7) erasure, 11 to 14 rights, 13(3) us first and then the Board.
 */
export const privacy = {
  title: {
    bn: 'আপনার তথ্য: গোপনীয়তা বিজ্ঞপ্তি',
    en: 'Your data: privacy notice',
    hi: 'आपकी जानकारी: गोपनीयता सूचना',
  },
  lead: {
    bn: 'কলকাতা পুরসভার হোয়াটসঅ্যাপ পরিষেবায় আপনার কী তথ্য থাকে, কেন থাকে, আর তাতে আপনার কী অধিকার। ডিজিটাল ব্যক্তিগত তথ্য সুরক্ষা আইন, ২০২৩ (Digital Personal Data Protection Act, 2023), ধারা ৫ অনুযায়ী বিজ্ঞপ্তি।',
    en: 'What the WhatsApp service of the Kolkata Municipal Corporation keeps about you, why, and what your rights are. A notice under section 5 of the Digital Personal Data Protection Act, 2023.',
    hi: 'कोलकाता नगर निगम की व्हाट्सऐप सेवा में आपकी कौन-सी जानकारी रखी जाती है, क्यों, और उस पर आपके क्या अधिकार हैं। डिजिटल वैयक्तिक डाटा संरक्षण अधिनियम, 2023 (Digital Personal Data Protection Act, 2023) की धारा 5 के अनुसार सूचना।',
  },
  contact: { bn: 'কোথায় জানাবেন', en: 'Where to ask', hi: 'कहाँ बताएँ' },
} as const satisfies Texts<string>;

/** @param daysKept for how many days each kind is kept, by the rules of today */
export const privacySections = (
  gateways: readonly GatewayName[],
  daysKept: (kind: RetentionKind) => number,
): readonly InEveryLanguage<Section>[] => [
  {
    bn: {
      heading: 'কী রাখা হয়',
      items: [
        'আপনার হোয়াটসঅ্যাপ নম্বর, অথবা নম্বরের বদলে হোয়াটসঅ্যাপ যে পরিচয়-সংকেত (user ID) দেয়',
        'হোয়াটসঅ্যাপে আপনি যে নাম ও ইউজারনেম দেখান',
        'আপনার লেখা বার্তা ও তার সময়; কোনও অবস্থান বা কারও নম্বর পাঠালে তা-ও',
        'ছবি, ভয়েস মেসেজ বা ফাইল পাঠালে শুধু তার ধরন, নাম ও সঙ্গের লেখা; আসল ছবি বা ফাইলটি রাখা হয় না',
        'কোন কোন অ্যাসেসি নম্বর বা সি\u00a0ই নম্বরের হিসাব দেখেছেন; ‘দেখা নম্বরগুলি মুছুন’ বেছে নিলে তখনই মুছে যায়',
        'টাকা জমা দিলে কোন বিল বা ফি বাবদ কত টাকা, কখন, কোন অর্ডার ও লেনদেন নম্বরে, আর যে ফোন বা কম্পিউটার থেকে দিলেন তার ইন্টারনেট ঠিকানা ও ব্রাউজারের নাম; কার্ড বা অ্যাকাউন্টের নম্বর, PIN, পাসওয়ার্ড কখনও আমাদের কাছে আসে না',
        'ট্রেড লাইসেন্স নবীকরণ করলে কোন লাইসেন্স, কত বছরের জন্য, কবে আবেদন করলেন, আধিকারিকের সিদ্ধান্ত ও তার কারণ; আর শংসাপত্রে যা ছাপা হয়: ব্যবসার নাম ও ধরন, লাইসেন্সধারীর নাম, ঠিকানা, মেয়াদ, ফি',
        'আপনি কোন ভাষা বেছে নিয়েছেন',
        'কোন উত্তর কখন পাঠানো হল, পৌঁছল বা পড়া হল',
        'বার্তা বন্ধ বা চালু করতে আপনি কখন কী লিখেছেন',
      ],
      paragraphs: ['এই ওয়েবসাইটের পাতাগুলি আপনার ফোনে কোনও কুকি রাখে না।'],
    },
    en: {
      heading: 'What is kept',
      items: [
        'Your WhatsApp number, or the user ID that WhatsApp gives us in its place',
        'The name and username that you show on WhatsApp',
        'The messages you write and when; a location or a contact too, if you send one',
        'Of a picture, voice message or file only its type, name and caption; the picture or file itself is not kept',
        'The assessee numbers and CE numbers you looked up; choose “Clear these numbers” to erase them at once',
        'Of a payment: for which bills or fees, how much, when, under which order and transaction number, and the internet address and browser of the device you paid from; card and account numbers, PINs and passwords never reach us',
        'Of the renewal of a trade licence: which licence, for how many years, when you applied, what the officer decided and why; and what is printed on the certificate: trade name, trade, name of the holder, address, validity and fee',
        'The language you chose',
        'Which answer was sent, delivered or read, and when',
        'What you wrote, and when, to stop or start our messages',
      ],
      paragraphs: ['The pages of this website set no cookies on your phone.'],
    },
    hi: {
      heading: 'क्या रखा जाता है',
      items: [
        'आपका व्हाट्सऐप नंबर, या नंबर के बदले व्हाट्सऐप जो पहचान-संकेत (user ID) देता है',
        'व्हाट्सऐप पर आप जो नाम और यूज़रनेम दिखाते हैं',
        'आपके लिखे संदेश और उनका समय; कोई लोकेशन या किसी का नंबर भेजें तो वह भी',
        'फ़ोटो, वॉइस मैसेज या फ़ाइल भेजें तो केवल उसका प्रकार, नाम और साथ लिखी बात; असली फ़ोटो या फ़ाइल नहीं रखी जाती',
        'आपने किन असेसी नंबरों या सीई नंबरों का हिसाब देखा; ‘देखे हुए नंबर मिटाएँ’ चुनने पर वे उसी समय मिट जाते हैं',
        'भुगतान करें तो किस बिल या शुल्क का, कितना, कब, किस ऑर्डर और लेन-देन संख्या से, और जिस फ़ोन या कंप्यूटर से किया उसका इंटरनेट पता और ब्राउज़र का नाम; कार्ड या खाते का नंबर, PIN, पासवर्ड कभी हमारे पास नहीं आता',
        'ट्रेड लाइसेंस का नवीनीकरण करें तो कौन-सा लाइसेंस, कितने वर्षों के लिए, कब आवेदन किया, अधिकारी का निर्णय और उसका कारण; और जो प्रमाणपत्र पर छपता है: व्यापार का नाम और प्रकार, लाइसेंसधारी का नाम, पता, वैधता, शुल्क',
        'आपने कौन-सी भाषा चुनी',
        'कौन-सा उत्तर कब भेजा गया, पहुँचा या पढ़ा गया',
        'संदेश बंद या चालू करने के लिए आपने कब क्या लिखा',
      ],
      paragraphs: ['इस वेबसाइट के पृष्ठ आपके फ़ोन में कोई कुकी नहीं रखते।'],
    },
  },
  {
    bn: {
      heading: 'কেন, কোন আইনে',
      paragraphs: [
        'আপনার কথার উত্তর দিতে, আপনার ভাষায়; উত্তর পৌঁছল কি না জানতে; টাকা জমা নিয়ে রসিদ দিতে; ট্রেড লাইসেন্স নবীকরণ করে শংসাপত্র দিতে; আর পরিষেবাটির অপব্যবহার ঠেকাতে। অন্য কোনও কাজে নয়।',
        'আইনি ভিত্তি: ধারা ৭। পুরসভার পরিষেবা পেতে আপনি নিজে থেকে এই তথ্য দেন, আর আইনে পুরসভার যে কাজ, তা করতে এই তথ্য লাগে।',
      ],
    },
    en: {
      heading: 'Why, and under which law',
      paragraphs: [
        'To answer you in your language, to know whether the answer arrived, to take your payment and give a receipt for it, to renew a trade licence and issue its certificate, and to prevent misuse of the service. For nothing else.',
        'The legal basis is section 7 of the Act: you give these data yourself to get a service of the Corporation, and the Corporation needs them to do the work that the law gives it.',
      ],
    },
    hi: {
      heading: 'क्यों, और किस क़ानून से',
      paragraphs: [
        'आपकी बात का उत्तर आपकी भाषा में देने, उत्तर पहुँचा या नहीं यह जानने, भुगतान लेकर रसीद देने, ट्रेड लाइसेंस का नवीनीकरण करके प्रमाणपत्र देने, और सेवा का दुरुपयोग रोकने के लिए। किसी और काम के लिए नहीं।',
        'आधार अधिनियम की धारा 7 है: निगम की सेवा पाने के लिए आप यह जानकारी स्वयं देते हैं, और क़ानून ने निगम को जो काम सौंपा है, उसके लिए यह ज़रूरी है।',
      ],
    },
  },
  howLong(daysKept),
  {
    bn: {
      heading: 'আর কার হাতে যায়',
      paragraphs: [
        'বার্তা বয়ে নিয়ে যায় মেটা (Meta) সংস্থার হোয়াটসঅ্যাপ; সেখানে তাদের নিজস্ব শর্ত ও গোপনীয়তার নিয়ম চলে।',
        `টাকা দেওয়ার কাজটি হয় ${oneOf(gateways, 'bn')} সংস্থার পাতায়। তারা পায় টাকার পরিমাণ, অ্যাসেসি নম্বর বা সি\u00a0ই নম্বর, ওয়ার্ড, আর আপনার ইন্টারনেট ঠিকানা ও ব্রাউজারের নাম; কার্ড বা ব্যাঙ্কের তথ্য আপনি সরাসরি তাদের দেন।`,
        'রসিদ বা শংসাপত্রের নম্বর (বা QR কোড) যাঁর কাছে আছে, তিনি যাচাইয়ের পাতায় কাগজটি আসল কি না দেখতে পান। রসিদের ক্ষেত্রে দেখা যায় কী বাবদ, কত টাকা, কখন; শংসাপত্রের ক্ষেত্রে ব্যবসার নাম ও মেয়াদ; আর অ্যাসেসি বা সি\u00a0ই নম্বরের শেষ চারটি সংখ্যা। কারও নাম বা ঠিকানা নয়।',
        'আপনার তথ্য কাউকে বিক্রি করা হয় না, বিজ্ঞাপনের জন্যও দেওয়া হয় না। পুরসভার হয়ে যাঁরা এই পরিষেবা চালান, তাঁরা শুধু এই কাজেই তা ব্যবহার করতে পারেন। এর বাইরে কেবল আইন বাধ্য করলে তবেই অন্য কাউকে দেওয়া হয়।',
      ],
    },
    en: {
      heading: 'Who else receives your data',
      paragraphs: [
        'WhatsApp, which belongs to Meta, carries the messages; its own terms and privacy policy apply there.',
        `Payments are made on the page of ${oneOf(gateways, 'en')}. It receives the amount, the assessee number or CE number, the ward, and your internet address and browser; card or bank details you give to it directly.`,
        'Whoever has the number (or the QR code) of a receipt or certificate can check whether it is genuine. The page shows of a receipt what was paid for, how much and when; of a certificate the trade name and validity; and the last four digits of the assessee number or CE number. It shows nobody’s name or address.',
        'Your data are not sold to anyone and not given away for advertising. Those who run this service for the Corporation may use them only for that. Beyond this they are handed over only where the law requires it.',
      ],
    },
    hi: {
      heading: 'और किसके पास जाती है',
      paragraphs: [
        'संदेश मेटा (Meta) कंपनी का व्हाट्सऐप पहुँचाता है; वहाँ उसकी अपनी शर्तें और गोपनीयता के नियम लागू होते हैं।',
        `भुगतान ${oneOf(gateways, 'hi')} कंपनी के पृष्ठ पर होता है। उसे राशि, असेसी नंबर या सीई नंबर, वार्ड, और आपका इंटरनेट पता व ब्राउज़र का नाम मिलता है; कार्ड या बैंक की जानकारी आप सीधे उसे देते हैं।`,
        'जिसके पास रसीद या प्रमाणपत्र की संख्या (या QR कोड) है, वह जाँच के पृष्ठ पर देख सकता है कि काग़ज़ असली है या नहीं। रसीद का मद, राशि और समय दिखता है; प्रमाणपत्र का व्यापार-नाम और वैधता; और असेसी नंबर या सीई नंबर के आख़िरी चार अंक। किसी का नाम या पता नहीं।',
        'आपकी जानकारी किसी को बेची नहीं जाती, न विज्ञापन के लिए दी जाती है। जो लोग निगम की ओर से यह सेवा चलाते हैं, वे इसे केवल इसी काम में ला सकते हैं। इसके अलावा क़ानून से बाध्य होने पर ही किसी और को दी जाती है।',
      ],
    },
  },
  {
    bn: {
      heading: 'আমাদের বার্তা বন্ধ বা চালু করা',
      paragraphs: [
        'আমরা নিজে থেকে আপনাকে লিখি, তা না চাইলে হোয়াটসঅ্যাপে ‘বন্ধ’ বা STOP লিখুন: আপনার সম্মতি তখনই প্রত্যাহার করা হবে (ধারা ৬)। আবার চাইলে ‘চালু’ বা START লিখুন।',
        '‘বন্ধ’ লেখার পরেও আপনি কিছু জানতে চাইলে উত্তর পাবেন। ‘বন্ধ’ লিখলে আগের তথ্য মোছে না; মুছতে চাইলে নীচে দেখুন।',
      ],
    },
    en: {
      heading: 'Stopping and starting our messages',
      paragraphs: [
        'If you do not want us to write to you on our own, type STOP on WhatsApp: your consent is then withdrawn (section 6). To hear from us again, type START.',
        'After STOP you still get an answer whenever you ask something. STOP does not erase earlier data; for that, see below.',
      ],
    },
    hi: {
      heading: 'हमारे संदेश बंद या चालू करना',
      paragraphs: [
        'आप नहीं चाहते कि हम अपनी ओर से आपको लिखें, तो व्हाट्सऐप पर ‘बंद’ या STOP लिखें: आपकी सहमति उसी समय वापस हो जाती है (धारा 6)। फिर से चाहें तो ‘चालू’ या START लिखें।',
        '‘बंद’ लिखने के बाद भी आप कुछ पूछेंगे तो उत्तर मिलेगा। ‘बंद’ लिखने से पुरानी जानकारी नहीं मिटती; मिटाने के लिए नीचे देखें।',
      ],
    },
  },
  {
    bn: {
      heading: 'আপনার অধিকার',
      items: [
        'দেখা (ধারা ১১): আপনার কী তথ্য আছে, তা দিয়ে কী করা হয়, কাদের দেওয়া হয়েছে',
        'শোধরানো ও মোছা (ধারা ১২): ভুল ঠিক করা, বাকি তথ্য যোগ করা, তথ্য মুছে ফেলা',
        'অভিযোগের প্রতিকার (ধারা ১৩): তথ্য নিয়ে নালিশ থাকলে তার উত্তর পাওয়া',
        'মনোনয়ন (ধারা ১৪): আপনার মৃত্যু হলে বা আপনি অক্ষম হলে কে আপনার হয়ে এই অধিকার ব্যবহার করবেন, তা ঠিক করে রাখা',
      ],
      paragraphs: [
        'এর যে-কোনওটি চাইলে নীচের ঠিকানায় জানান: কী চান, আর কোন হোয়াটসঅ্যাপ নম্বর থেকে লিখেছিলেন। নম্বরটি যে আপনার, তা দেখাতে বলা হতে পারে। PIN বা OTP কখনও চাওয়া হবে না।',
        'আইনের সব ধারা একসঙ্গে চালু হয়নি, ধাপে ধাপে হচ্ছে। আপনি তার অপেক্ষা না করে এখনই জানাতে পারেন।',
      ],
    },
    en: {
      heading: 'Your rights',
      items: [
        'Access (section 11): which data of yours there are, what is done with them, and who was given them',
        'Correction and erasure (section 12): to have mistakes put right, gaps filled and data erased',
        'Grievance redressal (section 13): to get an answer when you have a grievance about your data',
        'Nomination (section 14): to name who may use these rights for you after your death or if you become unable to',
      ],
      paragraphs: [
        'For any of these, tell us at the address below what you want and which WhatsApp number you wrote from. You may be asked to show that the number is yours. You will never be asked for a PIN or an OTP.',
        'The sections of the Act come into force step by step. You need not wait for that; you can ask now.',
      ],
    },
    hi: {
      heading: 'आपके अधिकार',
      items: [
        'देखना (धारा 11): आपकी कौन-सी जानकारी है, उसका क्या किया जाता है, किसे दी गई है',
        'सुधार और मिटाना (धारा 12): ग़लती ठीक कराना, छूटी जानकारी जुड़वाना, जानकारी मिटवाना',
        'शिकायत का निवारण (धारा 13): अपनी जानकारी को लेकर शिकायत हो तो उसका उत्तर पाना',
        'नामांकन (धारा 14): आपकी मृत्यु होने या आपके असमर्थ होने पर आपकी ओर से ये अधिकार कौन इस्तेमाल करे, यह तय करना',
      ],
      paragraphs: [
        'इनमें से कुछ भी चाहिए तो नीचे दिए पते पर बताएँ: आप क्या चाहते हैं, और किस व्हाट्सऐप नंबर से लिखा था। नंबर आपका है, यह दिखाने को कहा जा सकता है। PIN या OTP कभी नहीं माँगा जाएगा।',
        'अधिनियम की धाराएँ चरणों में लागू हो रही हैं। आपको उसका इंतज़ार करने की ज़रूरत नहीं, आप अभी बता सकते हैं।',
      ],
    },
  },
];

function howLong(daysKept: (kind: RetentionKind) => number): InEveryLanguage<Section> {
  const bn = (kind: RetentionKind): string => `${formatNumber(daysKept(kind), 'bn')} দিন`;
  const en = (kind: RetentionKind): string => `${formatNumber(daysKept(kind), 'en')} days`;
  const hi = (kind: RetentionKind): string => `${formatNumber(daysKept(kind), 'hi')} दिन`;
  return {
    bn: {
      heading: 'কত দিন',
      items: [
        `আপনার লেখা বার্তা: ${bn('news')}; অবস্থান, কারও নম্বর বা পূরণ করা ফর্ম পাঠালে তাতে যা ছিল: ${bn('cards')}`,
        `কোন উত্তর কখন পাঠানো হল, পৌঁছল বা পড়া হল: ${bn('messages')}; টাকা জমা বা নবীকরণের উত্তর হলে সেই হিসাবের সঙ্গে থাকে, আপনার নম্বর ছাড়া`,
        `কোন কোন নম্বরের হিসাব দেখেছেন আর কী নাম দিয়েছেন: শেষ বার দেখার পর ${bn('look-ups')}`,
        `যে ফোন বা কম্পিউটার থেকে টাকা দিলেন তার ইন্টারনেট ঠিকানা ও ব্রাউজারের নাম: ${bn('gateway-words')}`,
        `হোয়াটসঅ্যাপে নম্বর বদলালে আগের নম্বর: ${bn('former-ids')}`,
        `আপনার নম্বর, নাম, ইউজারনেম, ভাষা আর বার্তা বন্ধ বা চালু করার কথা: আপনার শেষ বার্তার পর ${bn('citizens')}। কোনও টাকা, আবেদন বা নালিশের নিষ্পত্তি বাকি থাকলে, বা এখানে নবীকরণ করা লাইসেন্সের মেয়াদ থাকলে তার পরেও থাকে`,
      ],
      paragraphs: [
        'দিন পেরোলে তথ্য রাতে নিজে থেকেই মুছে যায় (ধারা ৮(৭)); কাজ চালানোর জন্য কথোপকথনের যে সাংকেতিক (encrypted) নকল থাকে, তা মুছতে আরও মাসখানেক লাগতে পারে। তার আগেও আপনি মুছতে বলতে পারেন।',
        'রসিদ, শংসাপত্র ও টাকাপয়সার হিসাবের মতো যা আইনে রাখতেই হয়, তা আইনে বলা সময় পর্যন্ত থাকে। ২০২৭ সালের ১৩ মে থেকে ডিজিটাল ব্যক্তিগত তথ্য সুরক্ষা নিয়মাবলি, ২০২৫-এর নিয়ম ৮(৩) অনুযায়ী আপনি কী লিখলেন আর তা নিয়ে কী করা হল, সে তথ্যও অন্তত এক বছর রাখতে হয়।',
      ],
    },
    en: {
      heading: 'For how long',
      items: [
        `The messages you write: ${en('news')}; what stood in a location, a contact or an answered form: ${en('cards')}`,
        `Which answer was sent, delivered or read, and when: ${en('messages')}; of a payment or a renewal it stays with its records, without your number`,
        `The numbers you looked up, and the names you gave them: ${en('look-ups')} after you last did`,
        `The internet address and browser of the device you paid from: ${en('gateway-words')}`,
        `Your earlier number, if you change it on WhatsApp: ${en('former-ids')}`,
        `Your number, name, username, language, and what you wrote to stop or start our messages: ${en('citizens')} after your last message. They stay longer while a payment, an application or a complaint is open, or a licence that was renewed here is valid`,
      ],
      paragraphs: [
        'After that the data are erased automatically, at night (section 8(7)); the encrypted working copy of a conversation may take a month longer. You can ask for erasure before that.',
        'What a law requires to be kept, such as receipts, certificates and records of money, stays for the time that the law says. From 13 May 2027 rule 8(3) of the Digital Personal Data Protection Rules, 2025, also requires the record of what you wrote, and of what was done with it, to be kept for at least one year.',
      ],
    },
    hi: {
      heading: 'कितने दिन',
      items: [
        `आपके लिखे संदेश: ${hi('news')}; लोकेशन, किसी का नंबर या भरा हुआ फ़ॉर्म भेजें तो उसमें जो था: ${hi('cards')}`,
        `कौन-सा उत्तर कब भेजा गया, पहुँचा या पढ़ा गया: ${hi('messages')}; भुगतान या नवीनीकरण का उत्तर हो तो वह उसके हिसाब के साथ रहता है, आपके नंबर के बिना`,
        `आपने किन नंबरों का हिसाब देखा और उन्हें क्या नाम दिए: आख़िरी बार देखने के बाद ${hi('look-ups')}`,
        `जिस फ़ोन या कंप्यूटर से भुगतान किया उसका इंटरनेट पता और ब्राउज़र का नाम: ${hi('gateway-words')}`,
        `व्हाट्सऐप पर नंबर बदलें तो पुराना नंबर: ${hi('former-ids')}`,
        `आपका नंबर, नाम, यूज़रनेम, भाषा और संदेश बंद या चालू करने की बात: आपके आख़िरी संदेश के बाद ${hi('citizens')}। कोई भुगतान, आवेदन या शिकायत बाकी हो, या यहाँ नवीनीकृत लाइसेंस वैध हो, तो उसके बाद भी`,
      ],
      paragraphs: [
        'दिन पूरे होने पर जानकारी रात में अपने-आप मिट जाती है (धारा 8(7)); काम चलाने के लिए बातचीत की जो कूटबद्ध (encrypted) प्रति रहती है, उसके मिटने में एक महीना और लग सकता है। उससे पहले भी आप मिटाने को कह सकते हैं।',
        'रसीद, प्रमाणपत्र और पैसों के हिसाब जैसी जो चीज़ें क़ानून से रखनी ही होती हैं, वे क़ानून में बताए समय तक रहती हैं। 13 मई 2027 से डिजिटल वैयक्तिक डाटा संरक्षण नियम, 2025 के नियम 8(3) के अनुसार आपने क्या लिखा और उस पर क्या हुआ, इसका ब्योरा भी कम से कम एक वर्ष रखना होगा।',
      ],
    },
  };
}

export const privacyBoard: InEveryLanguage<Section> = {
  bn: {
    heading: 'উত্তরে সন্তুষ্ট না হলে',
    paragraphs: [
      'আইন অনুযায়ী আপনি ভারতের তথ্য সুরক্ষা বোর্ডে (Data Protection Board of India) অভিযোগ করতে পারেন। তার আগে আমাদের জানাতে হয় (ধারা ১৩)।',
    ],
  },
  en: {
    heading: 'If the answer does not satisfy you',
    paragraphs: [
      'Under the Act you can complain to the Data Protection Board of India. The Act asks that you come to us first (section 13).',
    ],
  },
  hi: {
    heading: 'उत्तर से संतुष्ट न हों तो',
    paragraphs: [
      'अधिनियम के अनुसार आप भारतीय डाटा संरक्षण बोर्ड (Data Protection Board of India) में शिकायत कर सकते हैं। उससे पहले हमें बताना होता है (धारा 13)।',
    ],
  },
};

export type NoticeKind = 'notFound' | 'unreadable' | 'tryAgain';

export const notices: Readonly<
  Record<NoticeKind, InEveryLanguage<{ readonly title: string; readonly body: string }>>
> = {
  notFound: {
    bn: {
      title: 'পাতাটি পাওয়া গেল না',
      body: 'ঠিকানাটি হয়তো বদলে গেছে, নয়তো লিখতে ভুল হয়েছে।',
    },
    en: {
      title: 'There is no such page',
      body: 'The address may have changed, or there is a mistake in it.',
    },
    hi: {
      title: 'यह पृष्ठ नहीं मिला',
      body: 'हो सकता है पता बदल गया हो, या लिखने में ग़लती हुई हो।',
    },
  },
  unreadable: {
    bn: {
      title: 'অনুরোধটি পড়া গেল না',
      body: 'যা পাঠানো হয়েছে তাতে কোনও ভুল আছে। শুরুর পাতা থেকে আবার চেষ্টা করুন।',
    },
    en: {
      title: 'The request cannot be read',
      body: 'Something in what was sent is wrong. Please try again from the home page.',
    },
    hi: {
      title: 'अनुरोध पढ़ा नहीं जा सका',
      body: 'जो भेजा गया उसमें कोई ग़लती है। कृपया मुख्य पृष्ठ से फिर कोशिश करें।',
    },
  },
  tryAgain: {
    bn: {
      title: 'পাতাটি এখন দেখানো গেল না',
      body: 'সমস্যাটি আমাদের তরফে। অনুগ্রহ করে কয়েক মিনিট পরে আবার চেষ্টা করুন।',
    },
    en: {
      title: 'The page cannot be shown now',
      body: 'The fault is on our side. Please try again in a few minutes.',
    },
    hi: {
      title: 'पृष्ठ अभी नहीं दिखाया जा सका',
      body: 'गड़बड़ी हमारी ओर से है। कृपया कुछ मिनट बाद फिर कोशिश करें।',
    },
  },
};
