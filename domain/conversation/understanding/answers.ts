/** Answers to our own questions: whether all is right, for how many years. */
import type { Meaning } from '../meaning.ts';
import { createLexicon } from './lexicon.ts';
import type { Token } from './text.ts';
import { tokensOf } from './text.ts';

/** Sources as in words.ts. */
const lexicon = createLexicon([
  [
    'good',
    `correct, right, ok, okay, okey, unchanged, same, fine, good, all right, alright, perfect, as before, accurate, proper, agreed, confirm, confirmed, proceed, go ahead, true, no problem, no issue, no issues, matches, in order,
    no objection, nothing to change, k, hundred percent, 100, as it is, as is, nothing new, tru, as they are, remains, intact, up to date, valid,
    ঠিক, ঠিকঠাক, যথাযথ, সত্য, সত্যি, যেমন ছিল, তেমনই আছে, যেমন ছিল তেমন, এক আছে, একই রকম, আগেকার মতো, আগেকার মতন, আগের মতন, হু, ঠিকই, সঠিক, একই, আগের মতো, আগের মতোই, মিলেছে, মিলে গেছে, ওকে, এগোন, নির্ভুল, অপরিবর্তিত, কোনও সমস্যা নেই, অসুবিধা নেই, যা ছিল তাই,
    सही, ठीक, सत्य, सच, वैसे ही, जैसा था, ज्यों का त्यों, जस का तस, वही, वैसा ही, पहले जैसा, पहले जैसा ही, ओके, बराबर, दुरुस्त, मिल गया, आगे बढ़ें, कोई दिक्कत नहीं, कोई परेशानी नहीं,
    jemon chilo, jemon temni, temni ache, ek e ache, eki royeche, jotha jotho, jaisa tha, waisa hi hai, waise hi, jas ka tas, jyon ka tyon, sach, sotti, hu hu, thik, thiki, theek, tik, thikthak, thik thak, sothik, eki, eki ache, same ache, ager moto, sahi, sahi hai, sai, wahi, wohi, waisa hi, pehle jaisa, barabar, mileche, milchhe, koi dikkat nahi, kono somossa nei, emojiyes`,
  ],
  [
    'bad',
    `wrong, wrongly, except, should be, instead of, neighbour, neighbours, belongs to, belong to, not mine, someone else, spelling, no longer, correct the, correct my, please correct, but the, but my, cant agree, dont agree, disagree, changed, change, changes, different, incorrect, mistake, mistakes, error, differ, modified, moved, shifted, update, updated, old, outdated, mismatch, correction, needs correction, altered, misspelt, edit, closed, new address, another address, new owner, sold,
    অন্যের, আমার নয়, অন্য কারও, ভাইপোর নামে, নামে হবে, হওয়ার কথা, বানান, উল্টোপাল্টা, ভুল, ভুলভাল, বদলেছে, বদল, বদলাতে, বদলে, বদলে গেছে, বদলাবে, বদলানো, বদলাব, পাল্টেছে, পাল্টে, পাল্টে গেছে, পাল্টাতে, পাল্টানো, পাল্টাবে, গলদ, পরিবর্তন, পরিবর্তিত, আলাদা, চেঞ্জ, সংশোধন, শোধরাতে, গোলমাল, বদলায়, পাল্টায়, মিলছে না, মেলেনি, সরে গেছে, উঠে গেছে, অন্য জায়গায়,
    दूसरे का, मेरा नहीं, किसी और का, वर्तनी, होना चाहिए, फर्क, गलत, ग़लत, बदला, बदल, बदली, बदले, बदल गया, बदल गई, बदलाव, बदलना, गलती, अलग, परिवर्तन, चेंज, सुधार, गड़बड़, ग़लती, मेल नहीं, बदल दिया,
    onno karo, amar noy, namer banan, banan, ulto palta, ultopalta, ulta pulta, dusre ka, mera nahi, kisi aur ka, bhul, vul, bodleche, bodol, bodle, bodle geche, bodlate, bodlabe, paltechhe, palteche, palte, palte geche, paltate, poriborton, alada, golmal, galat, galt, badla, badal, badli, badal gaya, badal gayi, badlav, badalna, galti, alag, gadbad, chenj, change hoyeche, emojino`,
  ],
  [
    'yes',
    `yes, yeah, yep, yup, yess, ya, y, sure, of course, absolutely, yes sir, haa, ji haan,
    হ্যাঁ, হ্যা, হাঁ, জি, জী, আজ্ঞে, হুম, হ, অবশ্যই, হাাঁ, ইয়েস,
    हाँ, हां, हा, जी, जी हाँ, जी हां, हाँजी, हांजी, बिल्कुल, यस,
    ha, haan, han, haa, haaan, hya, hyan, hae, hyaan, ji, ji haan, ji ha, haanji, hanji, ajne, agge, bilkul, hmm, hum`,
  ],
  [
    'no',
    `no, nope, i dont think so, uhu, uhun, unhu, উঁহু, আজ্ঞে না, জি না, ji nahi, jee nahi, bilkul nahi, একদম না, ekdom na, nah, n, not, never, না, नहीं, नही, जी नहीं, ना, na, naa, nahi, nahin, nhi, nai, noi`,
  ],
  // Bengali says no behind the word.
  [
    'notBehind',
    `নেই, নয়, নাই, নি, না, হয়নি, হয় নি, করিনি, হয়নাই, নয়কো, নহে, nei, noy, noi, nay, nai, ni, na, hoyni, hoy ni, hoini, nahi, nahin, nhi, नहीं, नही, ना`,
  ],
  [
    'notBefore',
    `not, isnt, arent, wasnt, aint, dont, doesnt, hasnt, havent, didnt, never, no, nothing, none, without, cant, cannot, कुछ नहीं, कोई, नहीं, नही, न, ना, nahi, nahin, nhi, kuch nahi, koi, কোনও, কোনো, কিছু না, কিছুই`,
  ],
  [
    'changedNot',
    `kichu hoyni, kichui hoyni, kichu hoy ni, কিছু হয়নি, কিছুই হয়নি, তেমন কিছু হয়নি, temon kichu hoyni, kuch nahi hua, कुछ नहीं हुआ, no changes, no change, nothing changed, nothing has changed, never changed, no more changes, no mistake, no mistakes, no objection, no correction, no corrections, no difference, no problem, no error, no errors, no issue, koi badlav nahi, koi galti nahi, koi fark nahi, कोई फर्क नहीं, कोई गलती नहीं, কোনও ভুল নেই, kono bhul nei, kono change nai, kono change nei, kono poriborton nei, কোনও পরিবর্তন নেই, বদলায়নি, পাল্টায়নি, বদলাইনি, পাল্টাইনি, বদলায় নি, পাল্টায় নি, bodlayni, bodlay ni, paltayni, paltay ni, bodlaini, bodlayeni, নির্ভুল`,
  ],
  [
    'weak',
    `now, ekhon, এখন, अब, ab, notun, নতুন, नया, naya, nayi, new, age chilo, আগে ছিল, pehle tha, kome geche, bere geche`,
  ],
  [
    'but',
    `except, but, apart from, only, other than, kintu, tobe, কিন্তু, তবে, শুধু, lekin, par, magar, लेकिन, पर, मगर, बस, sirf, सिर्फ, shudhu, sudhu, bade, বাদে, chara, ছাড়া`,
  ],
  [
    'ask',
    `how, what, why, when, which, কী, কি, কেন, কীভাবে, কিভাবে, क्या, क्यों, कैसे, ki, keno, kya, kyu, kyun, kaise, kivabe`,
  ],
] as const);

/**
 * Whether a text says that all is as it was. What is good or bad counts for more than a bare yes or no ("no, all is correct",
 * "yes, the address changed"), each with the negation that belongs to it.
 */
export function agreementIn(tokens: readonly Token[]): Meaning['agreement'] {
  const spans = lexicon.find(tokens);
  const named = (name: string): typeof spans => spans.filter((span) => span.name === name);
  const clauseAt = (index: number): number => tokens[index]?.clause ?? -1;
  const isNegated = ({ from, to, name }: (typeof spans)[number]): boolean =>
    named('notBefore').some(
      (not) =>
        not.to <= from &&
        from - not.to <=
          (/^(?:nahi|nahin|nhi|ना|न|na|नहीं|नही)$/.test(tokens[not.from]?.word ?? '') ? 0 : 3) &&
        clauseAt(not.from) === clauseAt(from) &&
        !(standsAlone(not, tokens) && (name === 'good' || tokens[0]?.word !== 'no')),
    ) ||
    named('notBehind').some(
      (not) => not.from >= to && not.from - to <= 2 && clauseAt(not.from) === clauseAt(from),
    );
  const nothing = named('changedNot').map(() => true);
  const inNothing = (index: number): boolean =>
    named('changedNot').some(({ from, to }) => from <= index && index < to);
  const goods = named('good')
    .filter(({ from }) => !inNothing(from))
    .map((span) => !isNegated(span));
  const bads = named('bad')
    .filter(({ from }) => !inNothing(from))
    .map(isNegated);
  if (bads.includes(false) || goods.includes(false)) return 'no';
  if (goods.includes(true) || bads.includes(true) || nothing.length > 0) {
    return named('weak').length > 0 && named('but').length > 0 ? 'no' : 'yes';
  }
  const yes = named('yes').length > 0;
  const no = named('no').length > 0;
  if (named('weak').length > 0) return yes || no || tokens.length > 3 ? 'no' : undefined;
  // Who says more than yes or no says something else.
  if (yes === no || tokens.length > 6) return undefined;
  return yes ? 'yes' : 'no';
}

/** A "no" with which a message begins answers the question; it denies nothing that follows. */
function standsAlone({ from, to }: { from: number; to: number }, tokens: readonly Token[]): boolean {
  return from === 0 && to === 1 && /^(no|না|na|naa|nahi|nahin|nhi|नहीं|नही|ना)$/.test(tokens[0]?.word ?? '');
}

const termLexicon = createLexicon([
  ['1', 'one, one year, একটা, ekta, a year, single, এক, একবছর, एक, ek, annual, yearly, এক বছরের'],
  ['2', 'two, দুই, দু, दो, dui, do'],
  ['3', 'three, তিন, तीन, tin, teen'],
  ['4', 'four, চার, चार, char, chaar'],
  ['5', 'five, পাঁচ, পাচ, पाँच, पांच, panch, paanch, pach, pac'],
  ['10', 'ten, দশ, दस, dosh, das'],
  ['15', 'fifteen, পনেরো, পনের, पंद्रह, पन्द्रह, ponero, ponoro, pandrah, pandra, fiften'],
  [
    'ask',
    'how much, what is the fee, what will, fee for, cost, rate, কত, কত টাকা, কত লাগবে, কত পড়বে, कितना, कितने, कितनी, koto, kitna, kitne, kitni, why, what',
  ],
] as const);

const denies = /^(na|না|noy|নয়|nahi|nahin|nhi|नहीं|not)$/;

/** `3`, `৩ বছর`, `three years`: the only number of years that is named, unless the citizen asks what it costs. */
export function yearsIn(text: string): number | undefined {
  const said = tokensOf(text.replace(/(\d)\uFE0F?\u20E3/g, '$1'));
  const spans = termLexicon.find(said);
  if (spans.some(({ name }) => name === 'ask') || /[?]/.test(text)) return undefined;
  const heard = said.flatMap(({ word }, index) => {
    if (
      /^(do|one|ek|দু)$/.test(word) &&
      said.length > 3 &&
      !/^(year|years|saal|sal|bochor|bachar|বছর|साल)/.test(said[index + 1]?.word ?? '')
    )
      return [];
    const years = /^\d+/.test(word)
      ? Number.parseInt(word, 10)
      : Number(spans.find(({ name, from }) => from === index && name !== 'ask')?.name ?? 0);
    return years > 0 && years < 100 ? [{ years, index }] : [];
  });
  const isDenied = (index: number): boolean =>
    said[index - 1]?.word === 'not' ||
    [1, 2].some(
      (step) =>
        denies.test(said[index + step]?.word ?? '') &&
        !heard.some((other) => other.index > index && other.index < index + step),
    );
  const kept = heard.length < 2 ? heard : heard.filter(({ index }) => !isDenied(index));
  const [only, ...more] = new Set(kept.map(({ years }) => years));
  return more.length === 0 ? only : undefined;
}
