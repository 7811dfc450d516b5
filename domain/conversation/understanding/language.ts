/** In which language a text is written. */
import type { Language } from '../../language.ts';
import type { Token } from './text.ts';

/** Small words that stand in nearly every sentence of a language and in none of the others. */
const small: Readonly<Record<Language, readonly string[]>> = {
  bn: `ami amar amake amr apni apnar apnake apnader ache achhe nei kore korte korbo korbe korun koro hobe hoyeche hoye geche theke jonno jonne ta ki keno kothay kivabe kobe koto ekta eta ei sei r ar o na chai lagbe debo dite dibo din diyechi
    taka bari barir dokan dokaner jante pabo pacchi parchi bolun bolben nomoskar nomoshkar dhonnobad dhanyabad thik bhai dada didi kichu ekhon kintu te er tar amader kor tax er`.split(
    /\s+/,
  ),
  hi: `mujhe mera meri mere main mai hum hamara aap aapka aapko hai hain ho tha kya kaise kahan kab kitna kyun nahi nahin nhi karna karne karo karein karke kar chahiye chahie ka ki ke ko se mein liye wala wali raha rahi gaya gayi diya liya
    paisa paise ghar makan dukan batao bataiye namaste shukriya dhanyavad bhaiya ji haan abhi lekin aur yeh ye woh wo koi kuch dena bharna jama hua hui`.split(
    /\s+/,
  ),
  en: `i my me the is are was to a an and of for in on at it this that what how where when why please want need can you your do does not have has with from will would tax property licence license pay bill receipt hello help number complaint office new thanks thank english
    good morning afternoon evening know much payment status online trade house rent market renewal renew certificate sir madam dear check details`.split(
    /\s+/,
  ),
};

const sets = { bn: new Set(small.bn), hi: new Set(small.hi), en: new Set(small.en) } as const;

/** Said by everybody, whatever language they speak. */
const everybodys = new Set(
  'hi hii hello helo hey hai menu ok okay stop start help tax property licence license bill payment pay number online office trade receipt renewal status please sir madam'.split(
    ' ',
  ),
);

/** @returns undefined where it cannot be told: digits, emoji, a word that everybody uses */
export function languageOf(tokens: readonly Token[]): Language | undefined {
  const words = tokens.map(({ word }) => word);
  const count = (pattern: RegExp): number => words.filter((word) => pattern.test(word)).length;
  const bengali = count(/[\u0980-\u09ff]/);
  const devanagari = count(/[\u0900-\u097f]/);
  if (bengali > 0 || devanagari > 0) return bengali >= devanagari ? 'bn' : 'hi';
  const latin = words.filter((word) => /^[a-z]+$/.test(word) && !word.startsWith('emoji'));
  const points = (language: Language): number => latin.filter((word) => sets[language].has(word)).length;
  const ofHome = Math.max(points('bn'), points('hi'));
  const own = latin.filter((word) => sets.en.has(word) && !everybodys.has(word)).length;
  if (ofHome > own) return points('bn') >= points('hi') ? 'bn' : 'hi';
  if (own > 0) return 'en';
  // Nothing but words that everybody uses: English, when it is more than a greeting.
  return latin.length > 1 && points('en') > 1 ? 'en' : undefined;
}
