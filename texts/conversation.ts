/**
 * Everything the bot says, each text side by side in Bengali, English and Hindi. Bengali is written first.
 * *Bold* is WhatsApp's. Lengths are checked in every language by test/unit/texts.test.ts.
 */
import type { InEveryLanguage, Language } from '../domain/language.ts';
import type { LabelKey, NoteKey, ReplyKey, ReplyParams } from '../domain/reply.ts';
import { billReplies } from './bills.ts';
import { chatOrderReplies } from './chat-order.ts';
import { paymentReplies } from './payments.ts';
import { placeLine, placeReplies } from './places.ts';
import { refundReplies } from './refund.ts';
import { propertyTaxReplies } from './services/property-tax.ts';
import { renewalReplies } from './services/renewal.ts';
import type { Label } from './services/service.ts';
import { accountLabels, accountReplies, numberNotes, numbersOf } from './services/services.ts';
import { wishLabels, wishNotes, wishReplies } from './wishes.ts';
import type { Text } from './words.ts';

/** Above the button with which a citizen shows their own number. */
export const phoneRequest: InEveryLanguage<string> = {
  bn: 'আপনার জন্য একটি বার্তা আছে, যা শুধু ফোন নম্বরে পাঠানো যায়। নীচের বোতাম টিপে নিজের নম্বরটি জানান।',
  en: 'There is a message for you that can only go to a phone number. Please tap the button below to share yours.',
  hi: 'आपके लिए एक संदेश है, जो केवल फ़ोन नंबर पर भेजा जा सकता है। नीचे का बटन दबाकर अपना नंबर बताएँ।',
};

const whichLanguage = 'কোন ভাষায় কথা বলবেন?\nWhich language would you like?\nआप किस भाषा में बात करेंगे?';

/** Opens the menu. */
const services = { bn: 'পরিষেবা বাছুন', en: 'Choose a service', hi: 'सेवा चुनें' } as const;

/** Said once in a conversation. */
const firstContact: InEveryLanguage<string> = {
  bn: 'আপনার নম্বর ও বার্তা শুধু এই পরিষেবার জন্যই ব্যবহার করা হয়।',
  en: 'Your number and messages are used only for this service.',
  hi: 'आपका नंबर और संदेश केवल इसी सेवा के लिए इस्तेमाल होते हैं।',
};

function greeting(words: string, { isFirst, places = [] }: ReplyParams['menu'], language: Language): string {
  const own = places.map((place) => `• ${placeLine(place, language)}`);
  return [
    words,
    ...(own.length > 0 ? [`*${yourPlaces[language]}*\n${own.join('\n')}`] : []),
    ...(isFirst ? [firstContact[language]] : []),
  ].join('\n\n');
}

const yourPlaces = { bn: 'আপনার নম্বর', en: 'Your numbers', hi: 'आपके नंबर' } as const;

/** At the first contact, whatever is answered: each language in its own script. */
export const otherLanguages: InEveryLanguage<string> = {
  bn: 'English: type *English* · हिन्दी: *हिन्दी* लिखें',
  en: 'বাংলা: *বাংলা* লিখুন · हिन्दी: *हिन्दी* लिखें',
  hi: 'বাংলা: *বাংলা* লিখুন · English: type *English*',
};

/** In a question. */
const orElse: InEveryLanguage<string> = { bn: 'না', en: 'or', hi: 'या' };

export const replies: { readonly [K in ReplyKey]: Text<K> } = {
  ...accountReplies,
  ...billReplies,
  ...paymentReplies,
  ...chatOrderReplies,
  ...propertyTaxReplies,
  ...refundReplies,
  ...renewalReplies,
  ...wishReplies,
  ...placeReplies,
  menu: {
    bn: (params) => ({
      body: greeting('নমস্কার, কলকাতা পুরসভায় স্বাগত। আপনার কী দরকার? তালিকা থেকে বেছে নিন।', params, 'bn'),
      footer: 'লিখতে পারেন: মেনু, ভাষা, সাহায্য, বন্ধ (বার্তা)',
      listButton: services.bn,
    }),
    en: (params) => ({
      body: greeting(
        'Welcome to the Kolkata Municipal Corporation. What do you need? Please choose from the list.',
        params,
        'en',
      ),
      footer: 'Type any time: menu, language, help, stop',
      listButton: services.en,
    }),
    hi: (params) => ({
      body: greeting('नमस्कार, कोलकाता नगर निगम में आपका स्वागत है। आपको क्या चाहिए? कृपया सूची से चुनें।', params, 'hi'),
      footer: 'कभी भी लिखें: मेनू, भाषा, मदद, बंद (संदेश)',
      listButton: services.hi,
    }),
  },
  help: {
    bn: (_, facts) => ({
      body: `কী দরকার তা তালিকা থেকে বেছে নিন, অথবা নিজের মতো করে লিখুন।\n\nযে-কোনও সময় লিখতে পারেন:\n*মেনু* – শুরুতে ফিরে যাওয়া\n*ভাষা* – বাংলা, ইংরেজি বা হিন্দি\n*অবস্থা* – পেমেন্ট ও রসিদ\n*বন্ধ* – আমাদের পাঠানো বার্তা বন্ধ করা\n\nকারও সঙ্গে কথা বলতে:\n${facts.complaints.bn}`,
      listButton: services.bn,
    }),
    en: (_, facts) => ({
      body: `Choose what you need from the list, or write it in your own words.\n\nAt any time you can type:\n*menu* – back to the start\n*language* – Bengali, English or Hindi\n*status* – payments and receipts\n*stop* – no more messages from us\n\nTo talk to somebody:\n${facts.complaints.en}`,
      listButton: services.en,
    }),
    hi: (_, facts) => ({
      body: `जो चाहिए उसे सूची से चुनें, या अपने शब्दों में लिखें।\n\nकभी भी लिख सकते हैं:\n*मेनू* – शुरुआत पर लौटें\n*भाषा* – बांग्ला, अंग्रेज़ी या हिन्दी\n*स्थिति* – भुगतान और रसीदें\n*बंद* – हमारी ओर से संदेश बंद करें\n\nकिसी से बात करने के लिए:\n${facts.complaints.hi}`,
      listButton: services.hi,
    }),
  },
  whichNumber: {
    bn: ({ number, kinds }) => ({ body: `${number} নম্বরটি কীসের? ${numbersOf(kinds, orElse).bn}?` }),
    en: ({ number, kinds }) => ({ body: `Is ${number} ${numbersOf(kinds, orElse).en}?` }),
    hi: ({ number, kinds }) => ({ body: `${number} किसका नंबर है? ${numbersOf(kinds, orElse).hi}?` }),
  },
  noSuchNumber: {
    bn: ({ number }) => ({
      body: `${number} নম্বরে কিছু পাওয়া গেল না। বিলের সঙ্গে মিলিয়ে নম্বরটি আবার লিখুন, অথবা কী দরকার তা বাছুন।`,
    }),
    en: ({ number }) => ({
      body: `We found nothing with the number ${number}. Please compare it with the bill and type it again, or choose what you need.`,
    }),
    hi: ({ number }) => ({
      body: `${number} नंबर पर कुछ नहीं मिला। बिल से मिलाकर नंबर फिर लिखें, या जो चाहिए उसे चुनें।`,
    }),
  },
  about: {
    bn: (_, facts) => ({
      body: [
        '*কলকাতা পুরসভার হোয়াটসঅ্যাপ পরিষেবা*',
        `হোয়াটসঅ্যাপ নম্বর: ${facts.number}\nদিন-রাত যে-কোনও সময় লিখতে পারেন।`,
        `*অফিস*\n${facts.office.bn}\n${facts.hours.bn}`,
        `*অভিযোগ জানাতে*\n${facts.complaints.bn}`,
        '*আপনার তথ্য*\nআপনার নাম, নম্বর ও বার্তা শুধু আপনার কাজটি করার জন্য রাখা হয়, পরে মুছে ফেলা হয়। কী কত দিন থাকে, আর নিজের তথ্য দেখা, শোধরানো বা মোছার নিয়ম নীচের বিজ্ঞপ্তিতে আছে। পুরসভা কখনও PIN বা OTP চায় না।',
        'শুরুতে ফিরতে ‘মেনু’ লিখুন।',
      ].join('\n\n'),
      link: { label: 'গোপনীয়তা বিজ্ঞপ্তি', url: `${facts.publicUrl}/privacy?lang=bn` },
    }),
    en: (_, facts) => ({
      body: [
        '*WhatsApp service of the Kolkata Municipal Corporation*',
        `WhatsApp number: ${facts.number}\nYou can write at any hour, day or night.`,
        `*Office*\n${facts.office.en}\n${facts.hours.en}`,
        `*Complaints*\n${facts.complaints.en}`,
        '*Your data*\nYour name, number and messages are kept only to do what you ask, and erased later. What is kept for how long, and how to see, correct or erase it, is in the notice below. The Corporation never asks for a PIN or an OTP.',
        'Type “menu” to go back to the start.',
      ].join('\n\n'),
      link: { label: 'Privacy notice', url: `${facts.publicUrl}/privacy?lang=en` },
    }),
    hi: (_, facts) => ({
      body: [
        '*कोलकाता नगर निगम की व्हाट्सऐप सेवा*',
        `व्हाट्सऐप नंबर: ${facts.number}\nआप दिन-रात कभी भी लिख सकते हैं।`,
        `*कार्यालय*\n${facts.office.hi}\n${facts.hours.hi}`,
        `*शिकायत के लिए*\n${facts.complaints.hi}`,
        '*आपकी जानकारी*\nआपका नाम, नंबर और संदेश केवल आपका काम करने के लिए रखे जाते हैं, बाद में मिटा दिए जाते हैं। क्या कितने दिन रहता है, और उसे देखने, सुधारने या मिटाने का तरीका नीचे की सूचना में है। निगम कभी PIN या OTP नहीं माँगता।',
        'शुरुआत पर लौटने के लिए ‘मेनू’ लिखें।',
      ].join('\n\n'),
      link: { label: 'गोपनीयता सूचना', url: `${facts.publicUrl}/privacy?lang=hi` },
    }),
  },
  chooseLanguage: {
    bn: () => ({ body: whichLanguage }),
    en: () => ({ body: whichLanguage }),
    hi: () => ({ body: whichLanguage }),
  },
  stopped: {
    bn: () => ({
      body: 'ঠিক আছে, আমরা নিজে থেকে আপনাকে আর বার্তা পাঠাব না। টাকা জমা দিলে রসিদ আসবে।\n\nদরকার হলে আপনি যে-কোনও সময় লিখতে পারেন, উত্তর পাবেন। আবার বার্তা পেতে চাইলে ‘চালু’ লিখুন।',
    }),
    en: () => ({
      body: 'All right, we will not message you on our own any more. Receipts still come when you pay.\n\nYou can still write to us at any time and will get an answer. To hear from us again, type “start”.',
    }),
    hi: () => ({
      body: 'ठीक है, अब हम अपनी ओर से आपको संदेश नहीं भेजेंगे। भुगतान करने पर रसीद आएगी।\n\nज़रूरत हो तो आप कभी भी लिख सकते हैं, उत्तर मिलेगा। फिर से संदेश पाने के लिए ‘चालू’ लिखें।',
    }),
  },
  started: {
    bn: () => ({
      body: 'ধন্যবাদ। আপনার কাজের খবর এখন থেকে আবার এই নম্বরে পাবেন। বন্ধ করতে চাইলে ‘বন্ধ’ লিখুন।\n\nএখন কী দরকার? তালিকা থেকে বেছে নিন।',
      listButton: services.bn,
    }),
    en: () => ({
      body: 'Thank you. You will hear from us about your requests again. To end that, type “stop”.\n\nWhat do you need now? Please choose from the list.',
      listButton: services.en,
    }),
    hi: () => ({
      body: 'धन्यवाद। अब आपको अपने काम की सूचना फिर यहाँ मिलेगी। रोकना हो तो ‘बंद’ लिखें।\n\nअभी आपको क्या चाहिए? कृपया सूची से चुनें।',
      listButton: services.hi,
    }),
  },
  tryAgainLater: {
    bn: () => ({ body: 'দুঃখিত, কাজটি এখন করা গেল না। অনুগ্রহ করে কিছুক্ষণ পরে আবার লিখুন।' }),
    en: () => ({ body: 'Sorry, that could not be done just now. Please write again in a while.' }),
    hi: () => ({ body: 'क्षमा करें, यह काम अभी नहीं हो सका। कृपया थोड़ी देर बाद फिर लिखें।' }),
  },
  slowDown: {
    bn: () => ({ body: 'অল্প সময়ে অনেকগুলি বার্তা এসেছে। অনুগ্রহ করে দু-মিনিট পরে আবার লিখুন।' }),
    en: () => ({ body: 'That was a lot of messages in a short time. Please write again in two minutes.' }),
    hi: () => ({ body: 'थोड़े समय में बहुत-से संदेश आए हैं। कृपया दो मिनट बाद फिर लिखें।' }),
  },
};

export const notes: Readonly<Record<NoteKey, InEveryLanguage<string>>> = {
  ...numberNotes,
  ...wishNotes,
  notUnderstood: {
    bn: 'দুঃখিত, কথাটি বুঝতে পারলাম না।',
    en: 'Sorry, we did not understand that.',
    hi: 'क्षमा करें, यह बात समझ में नहीं आई।',
  },
  staleTap: {
    bn: 'ওটি পুরনো বার্তার বোতাম, এখন আর কাজ করবে না। নীচেরটি টিপুন।',
    en: 'That button belongs to an earlier message and no longer works. Please use the one below.',
    hi: 'वह बटन पिछले संदेश का है, अब काम नहीं करता। नीचे वाला दबाएँ।',
  },
  cameLate: {
    bn: 'আপনার ওই বার্তাটি আমাদের কাছে দেরিতে পৌঁছেছে। এখনও দরকার হলে আবার লিখুন।',
    en: 'That message reached us late. If you still need it, please write again.',
    hi: 'आपका वह संदेश हम तक देर से पहुँचा। अब भी ज़रूरत हो तो फिर लिखें।',
  },
  languageSet: {
    bn: 'ঠিক আছে, এখন থেকে বাংলায় কথা হবে।',
    en: 'All right, we will talk in English from now on.',
    hi: 'ठीक है, अब से हिन्दी में बात होगी।',
  },
  notANumber: {
    bn: 'এতে কোনও নম্বর পেলাম না। নম্বর জানা না থাকলে ‘কোথায়’ লিখুন।',
    en: 'We could not find a number in that. If you do not know it, type “where”.',
    hi: 'इसमें कोई नंबर नहीं मिला। नंबर न पता हो तो ‘कहाँ’ लिखें।',
  },
  noSuchTerm: {
    bn: 'এত বছরের মেয়াদ হয় না।',
    en: 'That number of years is not offered.',
    hi: 'इतने वर्षों की अवधि उपलब्ध नहीं है।',
  },
  cannotSee: {
    bn: 'ছবি বা ভিডিও এখানে দেখা যায় না। অনুগ্রহ করে লিখে জানান।',
    en: 'We cannot view pictures or videos here. Please type instead.',
    hi: 'यहाँ फ़ोटो या वीडियो नहीं देखे जा सकते। कृपया लिखकर बताएँ।',
  },
  cannotHear: {
    bn: 'ভয়েস মেসেজ এখানে শোনা যায় না। অনুগ্রহ করে লিখে জানান।',
    en: 'We cannot listen to voice messages here. Please type instead.',
    hi: 'यहाँ वॉइस मैसेज नहीं सुने जा सकते। कृपया लिखकर बताएँ।',
  },
  cannotOpenFile: {
    bn: 'ফাইল এখানে খোলা যায় না। অনুগ্রহ করে লিখে জানান।',
    en: 'We cannot open files here. Please type instead.',
    hi: 'यहाँ फ़ाइल नहीं खोली जा सकती। कृपया लिखकर बताएँ।',
  },
  cannotUseSticker: {
    bn: 'স্টিকার পেলাম। কী দরকার তা অনুগ্রহ করে লিখে জানান।',
    en: 'Thank you for the sticker. Please type what you need.',
    hi: 'स्टिकर मिला। आपको क्या चाहिए, कृपया लिखकर बताएँ।',
  },
  cannotUseLocation: {
    bn: 'আপনার লোকেশন এখন লাগবে না। কী দরকার তা অনুগ্রহ করে লিখে জানান।',
    en: 'Your location is not needed now. Please type what you need.',
    hi: 'अभी आपकी लोकेशन नहीं चाहिए। आपको क्या चाहिए, कृपया लिखकर बताएँ।',
  },
  cannotUseContact: {
    bn: 'কারও নম্বর এখন লাগবে না। কী দরকার তা অনুগ্রহ করে লিখে জানান।',
    en: 'A contact is not needed now. Please type what you need.',
    hi: 'अभी किसी का नंबर नहीं चाहिए। आपको क्या चाहिए, कृपया लिखकर बताएँ।',
  },
  cannotUseThis: {
    bn: 'এই ধরনের বার্তা এখানে পড়া যায় না। অনুগ্রহ করে লিখে জানান।',
    en: 'We cannot read this kind of message here. Please type instead.',
    hi: 'इस तरह का संदेश यहाँ नहीं पढ़ा जा सकता। कृपया लिखकर बताएँ।',
  },
};

export const labels: Readonly<Record<LabelKey, Label>> = {
  ...accountLabels,
  ...wishLabels,
  renewal: {
    bn: { title: 'লাইসেন্স নবীকরণ', description: 'ট্রেড লাইসেন্স রিনিউ করে শংসাপত্র নিন' },
    en: { title: 'Renew trade licence', description: 'Renew it and get the certificate here' },
    hi: { title: 'लाइसेंस नवीनीकरण', description: 'ट्रेड लाइसेंस रिन्यू करें, प्रमाणपत्र पाएँ' },
  },
  forget: {
    bn: { title: 'দেখা নম্বরগুলি মুছুন', description: 'উপরের তালিকা মুছে ফেলুন' },
    en: { title: 'Clear these numbers', description: 'Erase the list above' },
    hi: { title: 'देखे हुए नंबर मिटाएँ', description: 'ऊपर की सूची मिटा दें' },
  },
  statement: {
    bn: { title: 'পুরো হিসাব (PDF)' },
    en: { title: 'Full statement (PDF)' },
    hi: { title: 'पूरा हिसाब (PDF)' },
  },
  anotherNumber: {
    bn: { title: 'অন্য নম্বর' },
    en: { title: 'Another number' },
    hi: { title: 'दूसरा नंबर' },
  },
  renew: {
    bn: { title: 'নবীকরণ করুন' },
    en: { title: 'Renew' },
    hi: { title: 'नवीनीकरण करें' },
  },
  unchanged: {
    bn: { title: 'হ্যাঁ, সব ঠিক আছে' },
    en: { title: 'Yes, all correct' },
    hi: { title: 'हाँ, सब सही है' },
  },
  somethingChanged: {
    bn: { title: 'না, কিছু বদলেছে' },
    en: { title: 'No, it has changed' },
    hi: { title: 'नहीं, कुछ बदला है' },
  },
  'change.tradeName': {
    bn: { title: 'ব্যবসার নাম' },
    en: { title: 'Trade name' },
    hi: { title: 'व्यापार का नाम' },
  },
  'change.holder': {
    bn: { title: 'লাইসেন্সধারী', description: 'মালিক বা অংশীদার বদলেছেন' },
    en: { title: 'Holder', description: 'The owner or a partner has changed' },
    hi: { title: 'लाइसेंसधारी', description: 'मालिक या साझेदार बदले हैं' },
  },
  'change.address': {
    bn: { title: 'ঠিকানা', description: 'ব্যবসা অন্য জায়গায় সরেছে' },
    en: { title: 'Address', description: 'The business has moved' },
    hi: { title: 'पता', description: 'व्यापार दूसरी जगह चला गया है' },
  },
  'change.trade': {
    bn: { title: 'ব্যবসার ধরন', description: 'অন্য ব্যবসা, বা ব্যবসা ছোট-বড় হয়েছে' },
    en: { title: 'Kind of trade', description: 'A different trade, or a bigger or smaller one' },
    hi: { title: 'व्यापार का प्रकार', description: 'दूसरा व्यापार, या छोटा-बड़ा हुआ है' },
  },
  'change.closing': {
    bn: { title: 'ব্যবসা বন্ধ', description: 'লাইসেন্স আর লাগবে না' },
    en: { title: 'Closing the business', description: 'The licence is no longer needed' },
    hi: { title: 'व्यापार बंद', description: 'लाइसेंस अब नहीं चाहिए' },
  },
  'change.other': {
    bn: { title: 'অন্য কিছু' },
    en: { title: 'Something else' },
    hi: { title: 'कुछ और' },
  },
  lastCertificate: {
    bn: { title: 'শংসাপত্র (PDF)' },
    en: { title: 'Certificate (PDF)' },
    hi: { title: 'प्रमाणपत्र (PDF)' },
  },
  nameIt: {
    bn: { title: 'নাম দিন' },
    en: { title: 'Give it a name' },
    hi: { title: 'नाम दें' },
  },
  useCredit: {
    bn: { title: 'বাড়তি জমা থেকে দিন' },
    en: { title: 'Pay with the credit' },
    hi: { title: 'जमा राशि से भुगतान' },
  },
  lastReceipt: {
    bn: { title: 'শেষ রসিদ (PDF)' },
    en: { title: 'Last receipt (PDF)' },
    hi: { title: 'पिछली रसीद (PDF)' },
  },
  receipts: {
    bn: { title: 'আমার রসিদ', description: 'আগের পেমেন্ট দেখুন, রসিদ আবার নিন' },
    en: { title: 'My receipts', description: 'See your payments, get a receipt again' },
    hi: { title: 'मेरी रसीदें', description: 'पिछले भुगतान, रसीद फिर से लें' },
  },
  about: {
    bn: { title: 'এই পরিষেবা সম্পর্কে', description: 'নম্বর, অফিস, সময়, অভিযোগ, আপনার তথ্য' },
    en: { title: 'About this service', description: 'Number, offices, hours, complaints, your data' },
    hi: { title: 'इस सेवा के बारे में', description: 'नंबर, कार्यालय, समय, शिकायत, आपकी जानकारी' },
  },
  // A language is named in itself, so that whoever reads only that one finds it.
  'language.bn': {
    bn: { title: 'বাংলা' },
    en: { title: 'বাংলা', description: 'বাংলায় কথা বলুন' },
    hi: { title: 'বাংলা', description: 'বাংলায় কথা বলুন' },
  },
  'language.en': {
    bn: { title: 'English', description: 'Continue in English' },
    en: { title: 'English' },
    hi: { title: 'English', description: 'Continue in English' },
  },
  'language.hi': {
    bn: { title: 'हिन्दी', description: 'हिन्दी में बात करें' },
    en: { title: 'हिन्दी', description: 'हिन्दी में बात करें' },
    hi: { title: 'हिन्दी' },
  },
};
