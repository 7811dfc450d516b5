/**
 * Amounts in words, as they are written on receipts and cheques, in lakhs and crores. Bengali and Hindi have a word of
 * its own for every number up to 99, so they are listed, not composed.
 */
import type { InEveryLanguage, Language } from '../domain/language.ts';
import type { Paise } from '../domain/money.ts';

const crore = 10_000_000;
const lakh = 100_000;
const thousand = 1_000;
const hundred = 100;

interface NumberWords {
  /** From 0 to 99, in their order. */
  readonly small: readonly string[];
  /** Largest first. */
  readonly units: readonly (readonly [size: number, words: (count: string) => string])[];
}

const words = (list: string): readonly string[] => list.trim().split(/\s+/);

const englishOnes =
  words(`zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen
  fifteen sixteen seventeen eighteen nineteen`);
const englishTens = words('twenty thirty forty fifty sixty seventy eighty ninety');

function englishSmall(number: number): string {
  const tens = englishTens[Math.floor(number / 10) - 2];
  const ones = englishOnes[tens === undefined ? number : number % 10] ?? '';
  if (tens === undefined) return ones;
  return number % 10 === 0 ? tens : `${tens}-${ones}`;
}

/**
 * Bengali as it is spelt in West Bengal: কুড়ি and not বিশ, and উন- with a short u throughout. 88 is অষ্টআশি, because
 * আটাশি is too near to আঠাশ, 28.
 */
const numberWords: InEveryLanguage<NumberWords> = {
  bn: {
    small: words(`
      শূন্য এক দুই তিন চার পাঁচ ছয় সাত আট নয়
      দশ এগারো বারো তেরো চোদ্দো পনেরো ষোলো সতেরো আঠারো উনিশ
      কুড়ি একুশ বাইশ তেইশ চব্বিশ পঁচিশ ছাব্বিশ সাতাশ আঠাশ উনত্রিশ
      ত্রিশ একত্রিশ বত্রিশ তেত্রিশ চৌত্রিশ পঁয়ত্রিশ ছত্রিশ সাঁইত্রিশ আটত্রিশ উনচল্লিশ
      চল্লিশ একচল্লিশ বিয়াল্লিশ তেতাল্লিশ চুয়াল্লিশ পঁয়তাল্লিশ ছেচল্লিশ সাতচল্লিশ আটচল্লিশ উনপঞ্চাশ
      পঞ্চাশ একান্ন বাহান্ন তিপ্পান্ন চুয়ান্ন পঞ্চান্ন ছাপ্পান্ন সাতান্ন আটান্ন উনষাট
      ষাট একষট্টি বাষট্টি তেষট্টি চৌষট্টি পঁয়ষট্টি ছেষট্টি সাতষট্টি আটষট্টি উনসত্তর
      সত্তর একাত্তর বাহাত্তর তিয়াত্তর চুয়াত্তর পঁচাত্তর ছিয়াত্তর সাতাত্তর আটাত্তর উনআশি
      আশি একাশি বিরাশি তিরাশি চুরাশি পঁচাশি ছিয়াশি সাতাশি অষ্টআশি উননব্বই
      নব্বই একানব্বই বিরানব্বই তিরানব্বই চুরানব্বই পঁচানব্বই ছিয়ানব্বই সাতানব্বই আটানব্বই নিরানব্বই`),
    units: [
      [crore, (count) => `${count} কোটি`],
      [lakh, (count) => `${count} লক্ষ`],
      [thousand, (count) => `${count} হাজার`],
      [hundred, (count) => (count === 'দুই' ? 'দুশো' : `${count}শো`)],
    ],
  },
  en: {
    small: Array.from({ length: 100 }, (_, number) => englishSmall(number)),
    units: [
      [crore, (count) => `${count} crore`],
      [lakh, (count) => `${count} lakh`],
      [thousand, (count) => `${count} thousand`],
      [hundred, (count) => `${count} hundred`],
    ],
  },
  hi: {
    small: words(`
      शून्य एक दो तीन चार पाँच छह सात आठ नौ
      दस ग्यारह बारह तेरह चौदह पंद्रह सोलह सत्रह अठारह उन्नीस
      बीस इक्कीस बाईस तेईस चौबीस पच्चीस छब्बीस सत्ताईस अट्ठाईस उनतीस
      तीस इकतीस बत्तीस तैंतीस चौंतीस पैंतीस छत्तीस सैंतीस अड़तीस उनतालीस
      चालीस इकतालीस बयालीस तैंतालीस चवालीस पैंतालीस छियालीस सैंतालीस अड़तालीस उनचास
      पचास इक्यावन बावन तिरपन चौवन पचपन छप्पन सत्तावन अट्ठावन उनसठ
      साठ इकसठ बासठ तिरसठ चौंसठ पैंसठ छियासठ सड़सठ अड़सठ उनहत्तर
      सत्तर इकहत्तर बहत्तर तिहत्तर चौहत्तर पचहत्तर छिहत्तर सतहत्तर अठहत्तर उन्यासी
      अस्सी इक्यासी बयासी तिरासी चौरासी पचासी छियासी सतासी अठासी नवासी
      नब्बे इक्यानवे बानवे तिरानवे चौरानवे पचानवे छियानवे सत्तानवे अट्ठानवे निन्यानवे`),
    units: [
      [crore, (count) => `${count} करोड़`],
      [lakh, (count) => `${count} लाख`],
      [thousand, (count) => `${count} हज़ार`],
      [hundred, (count) => `${count} सौ`],
    ],
  },
};

/** A crore is the last unit: beyond a hundred of them they are counted like rupees (`দুই লক্ষ কোটি`). */
function inWords(number: number, language: Language): string {
  const { small, units } = numberWords[language];
  const unit = units.find(([size]) => number >= size);
  if (unit === undefined) return small[number] ?? '';
  const [size, named] = unit;
  const whole = named(inWords(Math.floor(number / size), language));
  const rest = number % size;
  return rest === 0 ? whole : `${whole} ${inWords(rest, language)}`;
}

interface Counted {
  readonly count: number;
  readonly words: string;
}

/** Either is left out where there is none of it. */
interface Coins {
  readonly rupees?: Counted;
  readonly paise?: Counted;
}

const sentences: InEveryLanguage<(coins: Coins) => string> = {
  bn: ({ rupees, paise }) =>
    [...(rupees ? [`${rupees.words} টাকা`] : []), ...(paise ? [`${paise.words} পয়সা`] : []), 'মাত্র'].join(
      ' ',
    ),
  en: ({ rupees, paise }) => {
    const small = paise && `${paise.words} ${paise.count === 1 ? 'paisa' : 'paise'}`;
    const parts = [...(rupees ? [`rupees ${rupees.words}`] : []), ...(small === undefined ? [] : [small])];
    const sentence = `${parts.join(' and ')} only`;
    return sentence.charAt(0).toUpperCase() + sentence.slice(1);
  },
  hi: ({ rupees, paise }) =>
    [
      ...(rupees ? [`${rupees.words} ${rupees.count === 1 ? 'रुपया' : 'रुपये'}`] : []),
      ...(paise ? [`${paise.words} ${paise.count === 1 ? 'पैसा' : 'पैसे'}`] : []),
      'मात्र',
    ].join(' '),
};

/**
 * `বারো হাজার তিনশো পঁয়তাল্লিশ টাকা পঞ্চাশ পয়সা মাত্র` ·
 * `Rupees twelve thousand three hundred forty-five and fifty paise only` ·
 * `बारह हज़ार तीन सौ पैंतालीस रुपये पचास पैसे मात्र`
 *
 * @throws RangeError for less than nothing
 */
export function amountInWords(amount: Paise, language: Language): string {
  if (amount < 0) throw new RangeError(`not an amount that is received: ${amount}`);
  const [rupees, paise] = [Math.floor(amount / 100), amount % 100];
  const counted = (count: number): Counted => ({ count, words: inWords(count, language) });
  return sentences[language]({
    rupees: rupees > 0 || paise === 0 ? counted(rupees) : undefined,
    paise: paise > 0 ? counted(paise) : undefined,
  });
}
