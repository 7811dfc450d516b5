/**
 * The words that citizens use, in Bengali, English and Hindi, in their own script and romanised, with the spellings that
 * people use. A word is added to its list; those of what is paid stand in the specs of accounts. What is looked for in them is normalised (text.ts), once for all of them.
 */
import type { PaidService } from '../../accounts/kinds.ts';
import { specOf } from '../../accounts/specs.ts';
import { languages, type InEveryLanguage, type Language } from '../../language.ts';
import { paidServices, type Service } from '../../services.ts';
import type { GlobalWord, Meaning, Wish } from '../meaning.ts';
import { mentions, wordList } from './text.ts';

const globalWords: Readonly<Record<GlobalWord, string>> = {
  menu: `hi, hii, hello, helo, hey, hai, menu, main menu, home, namaskar, nomoskar, nomoshkar, namaste, pranam,
    good morning, good afternoon, good evening, assalamu alaikum, salam,
    হাই, হায়, হ্যালো, হেলো, নমস্কার, মেনু, মেন্যু, প্রধান মেনু, সুপ্রভাত, আসসালামু আলাইকুম,
    हाय, हाई, हेलो, हैलो, हलो, नमस्ते, नमस्कार, मेनू, मेन्यू, मुख्य मेनू, प्रणाम`,
  back: `back, go back, previous, pichone, pechone, fire jao, fire jan, ferot, wapas, vapas, peeche, piche,
    পিছনে, পেছনে, ফিরে যান, ফিরে যাও, ফেরত, আগের, আগের ধাপ, वापस, पीछे, पिछला, वापस जाएं, वापस जाएँ`,
  language: `language, change language, lang, bhasha, bhasa, bhaasha, bhasha bodol, bhasha badlo,
    ভাষা, ভাষা বদল, ভাষা বদলান, ভাষা পরিবর্তন, भाषा, भाषा बदलें, भाषा बदलो`,
  help: `help, help me, sos, sahajjo, sahajyo, shahajjo, sahajya, sahayya, madad, sahayata, sahayta, kivabe, kaise,
    সাহায্য, সাহায্য চাই, সহায়তা, হেল্প, মদত, কীভাবে, কিভাবে, मदद, मदद चाहिए, सहायता, हेल्प, कैसे`,
  stop: `stop, stop reminders, stop all, unsubscribe, opt out, bondho, bandho, bondho koro, bondho korun, thamo, thamun,
    band, band karo, bandh karo, band kare, roko, বন্ধ, বন্ধ করুন, বন্ধ কর, বন্ধ করো, থামুন, থামো, স্টপ,
    बंद, बन्द, बंद करो, बंद करें, बन्द करें, रोको, रोकें, स्टॉप`,
  start: `start, unstop, subscribe, opt in, resume, chalu, chalu koro, chalu korun, chalu karo, shuru, shuru karo, suru,
    চালু, চালু করুন, চালু কর, চালু করো, শুরু, শুরু করুন, স্টার্ট, चालू, चालू करो, चालू करें, शुरू, शुरू करो, शुरू करें, स्टार्ट`,
  status: `status, my status, obostha, abostha, sthiti, অবস্থা, স্ট্যাটাস, স্টেটাস, স্থিতি, स्थिति, स्टेटस`,
};

const languageNames: InEveryLanguage<string> = {
  bn: 'bengali, bangla, bangala, bengla, bn, বাংলা, বাঙলা, বাংলায়, बांग्ला, बंगाली, बंगला, बाङ्ला',
  en: 'english, eng, en, ingreji, ingrezi, angrezi, angreji, ইংরেজি, ইংরাজি, ইংলিশ, अंग्रेजी, अंग्रेज़ी, अँग्रेज़ी, इंग्लिश',
  hi: 'hindi, hindhi, হিন্দি, হিন্দী, हिन्दी, हिंदी, हिन्दि',
};

const globalIndex: readonly (readonly [GlobalWord, readonly string[]])[] = (
  Object.keys(globalWords) as GlobalWord[]
).map((word) => [word, wordList(globalWords[word])]);

const languageIndex: readonly (readonly [Language, readonly string[]])[] = languages.map((language) => [
  language,
  wordList(languageNames[language]),
]);

/** The global word that the whole text is, if any: "stop" is one, "the tap does not stop leaking" is not. */
export function globalWord(said: string): GlobalWord | undefined {
  return globalIndex.find(([, words]) => words.includes(said))?.[0];
}

/** The language that the whole text names, if any. */
export function namedLanguage(said: string): Language | undefined {
  return languageIndex.find(([, words]) => words.includes(said))?.[0];
}

/** What citizens write when they want a service in which nothing is paid without opening the menu. */
const otherServices: Readonly<Record<Exclude<Service, PaidService>, readonly string[]>> = {
  renewal:
    wordList(`renew, renewal, renew licence, renew license, renew trade licence, licence renewal, license renewal,
    trade licence renewal, punornobikoron, punarnabikaran, nobikoron, nabikaran, renew koro, renew karna, navinikaran,
    naveenikaran, পুনর্নবীকরণ, পুণর্নবীকরণ, নবীকরণ, রিনিউ, রিনিউয়াল, রিনিউ করতে চাই, नवीनीकरण, नवीकरण, रिन्यू, रिन्यूअल`),
  receipts:
    wordList(`receipt, receipts, my receipts, my payments, payment history, payment status, payments, rosid, roshid,
    rasid, rashid, amar rosid, bhugtan, রসিদ, আমার রসিদ, রিসিট, রসিদগুলি, পেমেন্ট, আমার পেমেন্ট, রসিদ চাই, रसीद, मेरी रसीद,
    मेरी रसीदें, रसीदें, भुगतान, मेरे भुगतान`),
  about:
    wordList(`about, about this service, info, information, contact, contact us, office, offices, office hours,
    address, privacy, complaint, complain, complaints, who are you, somporke, tothyo, thikana, ovijog, obhijog, jankari,
    pata, shikayat, sikayat, পরিষেবা সম্পর্কে, এই পরিষেবা সম্পর্কে, সম্পর্কে, তথ্য, যোগাযোগ, ঠিকানা, অফিস, অভিযোগ,
    গোপনীয়তা, सेवा के बारे में, इस सेवा के बारे में, जानकारी, संपर्क, सम्पर्क, पता, कार्यालय, दफ्तर, शिकायत, गोपनीयता`),
};

/**
 * What citizens write when they want a service. Who names two things means the narrower one, which comes first: "trade
 * licence renewal", "trade licence dues". The words of the oldest service, property tax, are the most general.
 */
const spokenAs: readonly (readonly [Service, readonly string[]])[] = [
  ['renewal', otherServices.renewal],
  ...paidServices.map((service) => [service, wordList(specOf(service).words)] as const).reverse(),
  ['receipts', otherServices.receipts],
  ['about', otherServices.about],
];

/** The service that a text asks for, if it names one. */
export function requestedService(said: string): Service | undefined {
  return spokenAs.find(([, words]) => mentions(said, words))?.[0];
}

const wishWords: Readonly<Record<Wish, readonly string[]>> = {
  statement:
    wordList(`statement, full statement, pdf, hisab, hishab, puro hisab, হিসাব, পুরো হিসাব, হিসেব, পিডিএফ, हिसाब, पूरा हिसाब,
  पीडीएफ`),
  chooseBills:
    wordList(`choose, choose bills, select, some bills, pick, bachai, bachhai, beche, chuno, chune, chunen, বাছাই, বাছুন, বেছে,
  বিল বাছাই, चुनें, चुनो, चुनना, बिल चुनें`),
  whereIsNumber: wordList(`where, where is my number, how do i find, kothay, kothai pabo, kahan, kahan milega,
  কোথায়, কোথায় পাব, কোথায় পাবো, নম্বর কোথায় পাব, নম্বর জানি না, कहाँ, कहां, कहाँ मिलेगा, नंबर नहीं पता`),
  forgetNumbers:
    wordList(`forget, forget me, forget my numbers, bhule jao, bhul jao, ভুলে যান, আমার নম্বর ভুলে যান, মুছে ফেলুন,
  भूल जाएँ, भूल जाओ, मिटा दें, मेरे नंबर भूल जाएँ`),
};

/** Every wish that a text mentions. */
export function wishesIn(said: string): Wish[] {
  return (Object.keys(wishWords) as Wish[]).filter((wish) => mentions(said, wishWords[wish]));
}

const yesWords =
  wordList(`yes, ok, okay, correct, right, unchanged, all is unchanged, ha, haan, thik, thik ache, sahi, theek,
  হ্যাঁ, হ্যা, ঠিক, ঠিক আছে, সব ঠিক আছে, हाँ, हां, सही, ठीक, ठीक है, सब सही है`);
/** Heard before the words that stand in them. */
const nothingWrongWords =
  wordList(`no change, no changes, nothing changed, nothing has changed, nothing wrong, not changed, no mistake, bodlayni,
  bodlay ni, bhul nei, kuch nahi badla, kuch nahin badla, badlav nahi, বদলায়নি, কিছু বদলায়নি, বদল হয়নি, বদল নেই, ভুল নেই,
  कुछ नहीं बदला, बदलाव नहीं, कोई बदलाव नहीं, गलती नहीं, गलत नहीं, नहीं बदला`);
const noWords = wordList(`no, wrong, changed, something changed, na, nei, bhul, nahi, galat, badla,
  না, ভুল, ভুল আছে, বদলেছে, কিছু বদলেছে, नहीं, गलत, बदला, बदला है, कुछ बदला है`);

/** Whether a text says that all is right. */
export function agreementIn(said: string): Meaning['agreement'] {
  if (mentions(said, nothingWrongWords)) return 'yes';
  if (mentions(said, noWords)) return 'no';
  return mentions(said, yesWords) ? 'yes' : undefined;
}
