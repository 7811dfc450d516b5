/**
 * The words that mean the same anywhere in the chat, in Bengali, English and Hindi, in their own script and romanised,
 * with the spellings that people use.
 */
import { foldDigits } from './digits.ts';
import { languages, type InEveryLanguage, type Language } from './language.ts';

/**
 * Brings what a citizen typed to one form: NFC on both sides (NFC itself splits য় ড় ঢ়, so comparing raw text fails),
 * no joiners, ASCII digits, lower case, single spaces instead of punctuation and emoji.
 */
export function normalise(text: string): string {
  return foldDigits(text.normalize('NFC').replace(/[\u200B-\u200D\uFEFF]/g, ''))
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim();
}

export type GlobalWord = 'menu' | 'back' | 'language' | 'help' | 'stop' | 'start' | 'status';

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

/** Reads a comma-separated list of words as it stands above into its normalised forms. */
export function wordList(words: string): readonly string[] {
  return words.split(',').map(normalise);
}

const globalIndex: readonly (readonly [GlobalWord, readonly string[]])[] = (
  Object.keys(globalWords) as GlobalWord[]
).map((word) => [word, wordList(globalWords[word])]);

const languageIndex: readonly (readonly [Language, readonly string[]])[] = languages.map((language) => [
  language,
  wordList(languageNames[language]),
]);

/** The global word that the whole text is, if any: "stop" is one, "the tap does not stop leaking" is not. */
export function globalWord(text: string): GlobalWord | undefined {
  const said = normalise(text);
  return globalIndex.find(([, words]) => words.includes(said))?.[0];
}

/** The language that the whole text names, if any. */
export function namedLanguage(text: string): Language | undefined {
  const said = normalise(text);
  return languageIndex.find(([, words]) => words.includes(said))?.[0];
}

/** Whether one of the normalised `phrases` stands in the text as whole words. */
export function mentions(text: string, phrases: readonly string[]): boolean {
  const said = ` ${normalise(text)} `;
  return phrases.some((phrase) => said.includes(` ${phrase} `));
}

/** The place in a list that a citizen typed as a number (`2`, `২`, `२`), counted from 0. */
export function typedPosition(text: string): number | undefined {
  const said = normalise(text);
  return /^\d{1,2}$/.test(said) ? Number(said) - 1 : undefined;
}
