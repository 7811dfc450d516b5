/** Answers to our own questions: whether all is right, which ones of a list, for how many years. */
import type { HeardPlaces, Meaning } from '../meaning.ts';
import { createLexicon } from './lexicon.ts';
import type { Token } from './text.ts';
import { clean, tokensOf } from './text.ts';

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

const listLexicon = createLexicon([
  [
    'all',
    `all, everything, every, every one, each, each one, whole, full, entire, total, totally, সব, সবগুলো, সবগুলি, সবকটা, সবকটি, সবটা, সমস্ত, পুরো, পুরোটা, সকল, দুটোই, গোটা, প্রত্যেকটা, টোটালটা, টোটাল, सब, सभी, सारे, सारा, पूरा, पूरे, दोनों, sob, sab, shob, sobgulo, sabgulo, sobkota, sobkoti, sob kota, sob kotai, somosto, puro, purota, sabhi, saare, sare, saara, pura, poora, dono, sobi, sobta, both, duto e, dutoi, protyekta, khulla`,
  ],
  [
    'rest',
    `rest, remaining, others, other bills, the other, বাকি, বাকিগুলো, বাকিগুলি, বাকি সব, অন্যগুলো, बाकी, बाक़ी, शेष, अन्य, baki, baki gulo, bakigulo, baaki, bakigula, onnogulo, shesh sab`,
  ],
  [
    'exceptBefore',
    `except, but not, excluding, exclude, without, leaving, leave, leave out, other than, not, minus, apart from, skip, dont include, do not include, dont pay, dont want, dont, all but, keep, drop, remove, omit`,
  ],
  [
    'exceptBehind',
    `বাদে, বাদ, বাদ দিয়ে, ছাড়া, নয়, না, দেব না, রেখে, থাক, পরে, এখন না, छोड़कर, छोड़, के अलावा, के सिवा, सिवाय, को हटा, हटाकर, मत, नहीं, को मत, bade, bad, baad, bad diye, baad diye, chara, chhara, noy, na, debo na, rekhe, thak, pore, chhod, chod, chhodkar, chodkar, ke alawa, ke siva, chhod ke, chod ke, ko hata, hata ke, ko mat, mat, nahi, nahin, nhi, emojino, later, is paid, already paid, under objection, next month, porer mase, পরের মাসে, dewa hoye geche, দেওয়া হয়ে গেছে`,
  ],
  ['to', `to, till, upto, through, থেকে, theke, से, se, পর্যন্ত, porjonto, तक, tak`],
  ['and', `and, আর, ও, এবং, ar, o, aur, और, or`],
  [
    'last',
    `last, latest, newest, most recent, recent, শেষ, শেষেরটা, শেষটা, সর্বশেষ, नवीनतम, आखिरी, अंतिम, sesh, shesh, sesherta, akhri, aakhri, aakhiri, aakhri wala, নতুনটা, notunta, সাম্প্রতিক`,
  ],
  [
    '1st',
    `first, 1st, প্রথম, প্রথমটা, ১ম, पहला, पहले, पहली, prothom, prothomta, pehla, pahla, pehle, pehli, pahle, oldest, topmost, upper one, top one, oporer ta, opor er ta, ওপরেরটা, উপরেরটা, uporer, ऊपर वाला, upar wala`,
  ],
  ['1', `one, এক, একটা, এক নম্বর, एक, ek, akta, ekta`],
  [
    '2',
    `second, 2nd, two, দ্বিতীয়, দ্বিতীয়টা, দুই, দু, দুটো, दूसरा, दूसरे, दूसरी, दो, ditio, dwitiyo, ditiyo, dui, duto, dusra, doosra, dusre, do`,
  ],
  [
    '3',
    `third, 3rd, three, তৃতীয়, তৃতীয়টা, তিন, তিনটে, তিনটি, तीसरा, तीसरी, तीन, tritiyo, tin, teen, tinte, tisra, teesra`,
  ],
  ['4', `fourth, 4th, four, চতুর্থ, চার, চারটে, चौथा, चौथी, चार, choturtho, char, chaar, charte, chautha`],
  [
    '5',
    `fifth, 5th, five, পঞ্চম, পাঁচ, পাচ, পাঁচটা, पाँचवाँ, पांचवां, पाँच, पांच, pancham, ponchom, panch, paanch, pach, pachta`,
  ],
  ['6', `sixth, 6th, six, ষষ্ঠ, ছয়, छठा, छह, chhoy, choy, chhah`],
  ['7', `seventh, 7th, seven, সপ্তম, সাত, सातवाँ, सात, saat, sat`],
  ['8', `eighth, 8th, eight, অষ্টম, আট, आठ, aat, aath`],
  ['9', `ninth, 9th, nine, নবম, নয়টি, नौ`],
  ['10', `tenth, 10th, ten, দশম, দশ, दस, dosh`],
] as const);

/** A list in a chat is shorter. */
const longestList = 100;
/** Words for one and two that mean something else beside other words. */
const loose = /^(one|do|ek|ekta|akta|এক|একটা|एक|দু)$/;

/** `1 3`, `১, ৩`, `1-3`, `all except 2`, `the first two`: places in a list, counted from 0. */
export function placesIn(text: string): HeardPlaces | undefined {
  const cleaned = clean(text);
  if (/\d,\d{3}|\d{4}/.test(cleaned)) return undefined;
  // A dash between two digits is a range, as is "1 to 3".
  const said = tokensOf(
    cleaned
      .replace(/(\d)\s*(?:[-\u2010-\u2015\u2212~]|\.{2,})\s*(?=\d)/gu, '$1 to ')
      .replace(/(?<=\d)\s*[&+]\s*(?=\d)/g, ' and '),
  );
  const spans = listLexicon.find(said);
  const isAt = (index: number, ...names: readonly string[]): boolean =>
    spans.some(({ name, from, to }) => from <= index && index < to && names.includes(name));
  const numberAt = (index: number): number | undefined => {
    const word = said[index]?.word ?? '';
    const digits = /^(\d+)/u.exec(word)?.[1];
    if (digits !== undefined) return Number(digits);
    const span = spans.find(({ name, from }) => from === index && /^\d/.test(name));
    const isLoose =
      loose.test(word) &&
      (said.length > 2 || isAt(index - 1, 'last')) &&
      !/^(number|no|bill|only|sirf|shudhu|শুধু|নম্বর)$/.test(said[index - 1]?.word ?? '') &&
      !isAt(index - 1, 'to') &&
      !isAt(index + 1, 'to', 'and') &&
      !/^\d/.test(spans.find(({ from }) => from === index + 1)?.name ?? '') &&
      !/^(number|no|নম্বর|নং|नंबर)$/.test(said[index + 1]?.word ?? '') &&
      !(isAt(index - 1, 'and') && index === said.length - 1);
    return span && !isLoose ? Number.parseInt(span.name, 10) : undefined;
  };
  const heard: { readonly places: number[]; readonly from: number; readonly to: number }[] = [];
  for (let index = 0; index < said.length; index += 1) {
    const number = numberAt(index);
    if (number === undefined || said[index - 1]?.word === 'all') continue;
    const next = numberAt(index + 1);
    // "The first three".
    const isCount =
      isAt(index, '1st') && next !== undefined && next > 1 && !/^\d/.test(said[index + 1]?.word ?? '');
    const end = isAt(index + 1, 'to')
      ? [2, 3, 4].map((step) => index + step).find((each) => numberAt(each) !== undefined)
      : undefined;
    const last = isCount ? index + 1 : end;
    const until = last === undefined ? undefined : numberAt(last);
    const from = index;
    if (last !== undefined && until !== undefined && until >= number) {
      index = last;
      heard.push({
        places: Array.from(
          { length: Math.min(until - number + 1, longestList) },
          (_, step) => number - 1 + step,
        ),
        from,
        to: index + 1,
      });
    } else heard.push({ places: [number - 1], from, to: index + 1 });
  }
  if (heard.some(({ places }) => places.some((place) => place < 0 || place >= longestList))) return undefined;
  const isExcepted = ({ from, to }: (typeof heard)[number]): boolean => {
    const others = (index: number): boolean => heard.some((other) => other.from <= index && index < other.to);
    for (let index = from - 1; index >= 0 && (!others(index) || isAt(index + 1, 'and')); index -= 1) {
      if (isAt(index, 'exceptBefore')) return true;
      if (from - index > 4 && !isAt(index, 'and')) break;
    }
    for (
      let index = to;
      index < Math.min(said.length, to + 5) && !others(index) && !isAt(index, 'rest', 'and', 'all');
      index += 1
    )
      if (isAt(index, 'exceptBehind') && !isAt(index + 1, 'to')) return true;
    return false;
  };
  const isPassedOver = heard.map(isExcepted);
  for (let at = heard.length - 2; at >= 0; at -= 1) {
    const gap = said.slice(heard[at]?.to, heard[at + 1]?.from);
    if (
      isPassedOver[at + 1] &&
      gap.length > 0 &&
      gap.every((_, step) => isAt((heard[at]?.to ?? 0) + step, 'and'))
    )
      isPassedOver[at] = true;
  }
  const unique = (places: readonly number[]): number[] => [...new Set(places)];
  const without = unique(heard.filter((_, at) => isPassedOver[at]).flatMap(({ places }) => places));
  const chosen = unique(heard.filter((_, at) => !isPassedOver[at]).flatMap(({ places }) => places)).filter(
    (place) => !without.includes(place),
  );
  const isAll = spans.some(({ name, to }) => name === 'all' && !isAt(to, 'exceptBehind'));
  const isRest = spans.some(
    ({ name, to }) =>
      name === 'rest' &&
      !/^(later|after|ill|pore|পরে|baad|बाद|next|thak|থাক|see)$/.test(said[to]?.word ?? '') &&
      !isAt(to, 'exceptBehind'),
  );
  const excludes = spans.some(
    ({ name, from }) => name === 'exceptBefore' && !/^not|keep/.test(said[from]?.word ?? ''),
  );
  if (isRest || (isAll && (without.length > 0 || heard.length === 0))) {
    const except = isRest && without.length === 0 ? chosen : without;
    if (except.length > 0) return { chosen: 'all', except };
    return isAll && !/[?]/.test(text) ? { chosen: 'all' } : undefined;
  }
  if (chosen.length > 0) return { chosen };
  if (without.length > 0)
    return excludes ||
      spans.some(
        ({ name, from }) =>
          name === 'exceptBehind' &&
          /^(বাদ|ছাড়া|bad|bade|baad|chara|chhara|chhod|chod|छोड़|के|hata|ko)/.test(said[from]?.word ?? ''),
      )
      ? { chosen: 'all', except: without }
      : undefined;
  const isLast = spans.some(
    ({ name, to }) => name === 'last' && !isAt(to, 'exceptBehind') && !isAt(to + 1, 'exceptBehind'),
  );
  return isLast ? { chosen: 'last' } : undefined;
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
