/** Which ones of a list a citizen means: `1 3`, `১, ৩`, `1-3`, `all except 2`, `the first two`, `the last`. */
import type { HeardPlaces, Place } from '../meaning.ts';
import { createLexicon } from './lexicon.ts';
import { clean, tokensOf } from './text.ts';

/** Sources as in words.ts. */
const lexicon = createLexicon([
  [
    'all',
    `all, sagla, sogla, সাকল্য, সমুদয়, tamam, तमाम, सगला, सबे, sobe, soob, প্রতিটা, প্রতিটি, har ek, hor ek, everything, every, every one, each, each one, whole, full, entire, total, totally, the lot, সব, সবই, সবগুলো, সবগুলি, সবকটা, সবকটি, সবকটাই, সবটা, সমস্ত, পুরো, পুরোটা, পুরোটাই, সকল, গোটা, প্রত্যেকটা, টোটালটা, টোটালটাই, টোটাল,
    सब, सबका, सभी, सारे, सारा, सारी, पूरा, पूरे, पूरी, हर एक, sob, sobi, sob i, sab, sb, shob, sobgulo, sabgulo, sobkota, sobkoti, sob kota, sob kotai, sob koti, somosto, puro, purota, puro tai, purotai, sabhi, sabka, saare, sare, saara, pura, poora, sobta, protyekta, khulla`,
  ],
  ['both', `both, দুটোই, দুটিই, দুইটাই, দুইখানাই, दोनों, दोनो, dono, donon, duto e, dutoi, duto i, duitai`],
  ['allThree', `all three, তিনটেই, তিনটাই, তিনটিই, तीनों, तीनो, teeno, tino, teenon, tintei, tintai`],
  ['allFour', `all four, চারটেই, চারটাই, चारों, चारो, charo, chaaro, chartei, chartai`],
  [
    'rest',
    `rest, remaining, balance ones, others, other bills, the other, বাকি, বাকিগুলো, বাকিগুলি, বাকি সব, অন্যগুলো, বাদবাকি, बाकी, बाक़ी, शेष, अन्य, baki, baki gulo, bakigulo, baaki, bakigula, onnogulo, shesh sab`,
  ],
  [
    'exceptBefore',
    `except, but not, excluding, exclude, without, everything but, everyone but, every one but, all of them but, minus, মাইনাস, bar, leaving, leave, leave out, other than, not, minus, apart from, skip, dont include, do not include, dont pay, dont want, dont, all but, keep, drop, remove, omit, barring`,
  ],
  [
    'exceptBehind',
    `বাদে, বাদ, বাদ দিয়ে, বাদ দিলে, ছাড়া, নয়, না, নেই, দেব না, রেখে, থাক, ছেড়ে, এখন না, এখন নয়, छोड़कर, छोड़के, छोड़, के अलावा, के सिवा, सिवाय, को हटा, हटाकर, मत, नहीं, को मत, bade, bad, baad, bad diye, bad dile, baad diye, chara, chhara, noy, na, debo na, rekhe, thak, chere, chhere,
    chhod, chod, chhodkar, chhodke, chodke, chodkar, ke alawa, ke siva, chhod ke, chod ke, ko hata, hata ke, ko mat, mat, nahi, nahin, nhi, emojino, is paid, already paid, under objection, next month, porer mase, পরের মাসে, dewa hoye geche, দেওয়া হয়ে গেছে, দিয়ে দিয়েছি, diye diyechi,
    बिक गया, বিক্রি করে দিয়েছি, दे चुका, दे चुकी, de chuka`,
  ],
  ['to', `to, till, through, thru, থেকে, theke, से, se`],
  [
    'upto',
    `upto, up to, until, till, till the, down to, down to number, পর্যন্ত, porjonto, অবধি, obdhi, obodhi, तक, tak`,
  ],
  ['onward', `onwards, onward, se aage, से आगे, theke shuru kore`],
  ['and', `and, nd, n, আর, ও, এবং, ar, r, o, aur, और, or, এন্ড`],
  ['among', `of, out of, মধ্যে, মধ্য থেকে, এর মধ্যে, modhye, moddhe, में से, me se, mein se`],
  [
    'last',
    `last, latest, newest, most recent, recent, final, শেষ, শেষের, শেষেরটা, শেষটা, সর্বশেষ, লাস্ট, লাস্টের, লাস্টেরটা, नवीनतम, आखिरी, आख़िरी, आखिर, आख़िर, अंतिम, लास्ट, sesh, shesh, sesherta, shesher, sesher, akhri, aakhri, aakhir, akhir, aakhiri, aakhri wala, ses, अंत, अंत वाला, নতুনটা, notunta, সাম্প্রতিক`,
  ],
  [
    'bottom',
    `bottom, নিচের, নিচেরটা, নিচ, নীচে, নিচে, নীচের, नीचे, नीचे वाला, niche, nicher, nich, neeche, nicherta`,
  ],
  [
    'top',
    `top, topmost, upper one, top one, oporer ta, opor er ta, upor er ta, ওপরেরটা, উপরেরটা, ওপরের, উপরের, উপর, ওপর, ऊपर, ऊपर वाला, upar wala, upar, uporer, upor, opor, oporer`,
  ],
  [
    '1st',
    `first, 1st, frst, oldest, প্রথম, প্রথমটা, প্রথমডা, প্রথমে, ফার্স্ট, ফাস্ট, পয়লা, পয়লাডা, ১ম, पहला, पहले, पहली, शुरू, prothom, protham, protom, prothomta, pohela, poyla, pehla, pahla, pehle, pehli, pahle, shuru`,
  ],
  ['1', `one, এক, একটা, একনম্বর, এক নম্বর, ওয়ান, एक, ek, akta, ekta, ওয়ান`],
  [
    '2nd',
    `second, 2nd, secnd, দ্বিতীয়, দ্বিতীয়টা, দোসরা, সেকেন্ড, दूसरा, दूसरे, दूसरी, ditio, dwitiyo, ditiyo, dosra, dusra, doosra, dusre, dusri, doosri`,
  ],
  ['2', `two, দুই, দু, দুটো, দুইটা, টু, दो, dui, du, duto, do`],
  [
    '3rd',
    `third, 3rd, তৃতীয়, তৃতীয়টা, তেসরা, তেসরাডা, থার্ড, तीसरा, तीसरी, तीसरे, tritiyo, tisra, tesra, teesra, tisri, teesri`,
  ],
  ['3', `three, তিন, তিনটে, তিনটি, তিনটা, থ্রি, तीन, tin, teen, tinte, tinta`],
  ['4th', `fourth, 4th, forth, চতুর্থ, फोर्थ, चौथा, चौथी, चौथे, choturtho, chouthho, chautha, chauthi`],
  ['4', `four, চার, চারটে, চারটা, ফোর, चार, char, chaar, charte, charta`],
  ['5th', `fifth, 5th, পঞ্চম, पाँचवाँ, पांचवां, पाँचवा, पांचवा, pancham, ponchom, panchomta, panchwa, paanchwa`],
  ['5', `five, পাঁচ, পাচ, পাঁচটা, ফাইভ, पाँच, पांच, panch, paanch, pach, pachta`],
  ['6th', `sixth, 6th, ষষ্ঠ, छठा, छठवां, chhatha, chhata`],
  ['6', `six, ছয়, সিক্স, छह, छः, छे, chhoy, choy, chhah, chhe`],
  ['7th', `seventh, 7th, সপ্তম, सातवाँ, सातवां, satwa`],
  ['7', `seven, সাত, সেভেন, सात, saat, sat`],
  ['8th', `eighth, 8th, অষ্টম, आठवाँ, आठवां`],
  ['8', `eight, আট, এইট, आठ, aat, aath`],
  ['9th', `ninth, 9th, নবম`],
  ['9', `nine, নয়টি, नौ, nau`],
  ['10th', `tenth, 10th, দশম`],
  ['10', `ten, দশ, दस, dosh`],
  // They sound like numbers.
  [
    'noNumber',
    `part, charge, charges, chart, chhota, chota, chhoto, choto, chotto, ছোট, ছোটটা, छोटा, छोटी, छोटे, chhoti, choti, tent, tension, tender, দেব, দেবো, দিতে, দিন, দুপুর, tower, threat`,
  ],
  // Beside a number they make it one of an address.
  [
    'address',
    `ward, road, rd, lane, street, floor, flat no, borough, block, sector, premises, premise, avenue, ওয়ার্ড, ওয়ার্ডের, ওয়ার্ডেরটা, রোড, রোডের, লেন, লেনের, স্ট্রিট, সরণি, তলা, তলার, তলায়, बोरो, वार्ड, रोड, लेन, गली, मंज़िल, मंजिल, तल्ला, manzil, manjil, tola, tolar, tolay, tala, tolla, galli, gali, para`,
  ],
  [
    'only',
    `only, just, শুধু, কেবল, শুধুমাত্র, খালি, केवल, सिर्फ, सिर्फ़, sirf, shudhu, sudhu, khali, bas, बस, for now, আপাতত`,
  ],
  [
    'later',
    `later, salary, mahine, mash, পেলে, মাইনে, tankhwah, next time, after, see, will see, next month, next, আগামী, পরে, পরের, দেখব, agami, pore, porer, dekhbo, बाद, बाद में, अगले, फिर, baad, baad me, phir, thak, থাক, ill, father, he will`,
  ],
] as const);

const together: Readonly<Record<string, number>> = { both: 2, allThree: 3, allFour: 4 };
/** A list in a chat is shorter. */
const longestList = 100;
/** Words that are a number only beside other words of a list: "do" and "দাও" also give, "one" is also a thing. */
const loose = /^(one|do|दो|ek|ekta|akta|এক|একটা|एक|দু|o|r)$/;
const counted =
  /^(number|no|nmbr|nombor|nombar|bill|bil|option|serial|sl|নম্বর|নং|বিল|নাম্বার|नंबर|नम्बर|बिल|অপশন)(টা|টাই|টি|ta|tai)?$/;

/** Stands between "from above" and how many. */
const fromTop = /^(ke|ki|wale|wala|wali|theke|se|के|की|से|वाले|वाली|থেকে|দিক|er)$/;

/** Said of a place beside its number. */
const small =
  /^(ta|tar|tai|টা|টি|টাই|the|one|wala|wali|वाला|वाली|ওয়ালা|rows|row|bills|bill|please|pls|ka|ki|ke|का|की|er|এর|no|ekta|then|also|plus|house|ghar|dukan|st|nd|rd|th|আমার|mine)$/;

/** Places that were named together, and between which words they stand. */
interface Named {
  readonly places: readonly Place[];
  readonly from: number;
  readonly to: number;
}

/** @returns places counted from 0 */
export function placesIn(text: string): HeardPlaces | undefined {
  const cleaned = clean(text);
  if (/\d,\d{3}|\d{4}/.test(cleaned)) return undefined;
  const said = tokensOf(
    cleaned
      // A dash between two digits is a range, as is "1 to 3".
      .replace(/(\d)\s*(?:[-\u2010-\u2015\u2212~]|\.{2,})\s*(?=\d)/gu, '$1 to ')
      .replace(/(?<=\d)\s*[&+]\s*(?=\d)/g, ' and ')
      .replace(/\s&\s/g, ' and ')
      // "No. 2" ends no clause.
      .replace(/\b(no|nos|sl|number)\.\s*(?=\d)/gi, '$1 '),
  );
  const words = said.map(({ word }) => word);
  const spans = lexicon.find(said);
  type Name = (typeof spans)[number]['name'];
  const is = (index: number, ...names: readonly Name[]): boolean =>
    spans.some(({ name, from, to }) => from <= index && index < to && names.includes(name));
  const has = (...names: readonly Name[]): boolean => spans.some(({ name }) => names.includes(name));

  /** The number that stands at a word, and whether it counts places ("third") or things ("three"). */
  function numberAt(index: number): { readonly number: number; readonly isOrdinal: boolean } | undefined {
    const word = words[index] ?? '';
    const digits = /^(\d+)(.*)$/u.exec(word);
    if (digits) return { number: Number(digits[1]), isOrdinal: /^(st|nd|rd|th|ম|য়)/.test(digits[2] ?? '') };
    const span = spans.find(({ name, from }) => from === index && /^\d/.test(name));
    if (!span) return undefined;
    const isOrdinal = /\d(st|nd|rd|th)$/.test(span.name);
    return isOrdinal || !isLoose(index) ? { number: Number.parseInt(span.name, 10), isOrdinal } : undefined;
  }
  const nameAt = (index: number): string | undefined =>
    /^\d+(st|nd|rd|th)$/.test(words[index] ?? '')
      ? words[index]
      : spans.find(({ name, to }) => to === index + 1 && /^\d/.test(name))?.name;
  /** Where "from above" stands, or "first", that says of how many things a number at a word is. */
  function topBefore(index: number): number | undefined {
    const [one, two] = [index - 1, index - 2];
    if (is(one, 'top', '1st')) return one;
    return fromTop.test(words[one] ?? '') && is(two, 'top', '1st') ? two : undefined;
  }
  function isLoose(index: number): boolean {
    if (!loose.test(words[index] ?? '')) return false;
    // "Upar ke do."
    if (/^(do|दो|দু)$/.test(words[index] ?? '') && topBefore(index) !== undefined) return false;
    // "The second one", "the last one".
    if (is(index - 1, 'all', 'last', 'bottom', 'top') || /(st|nd|rd|th)$/.test(nameAt(index - 1) ?? ''))
      return true;
    if (said.length <= 2) return false;
    const beside = [index - 1, index + 1];
    if (beside.some((each) => counted.test(words[each] ?? ''))) return false;
    if (beside.some((each) => is(each, 'only', 'to', 'upto'))) return false;
    const isNamed = (each: number): boolean =>
      /^\d/.test(words[each] ?? '') || spans.some(({ name, from }) => from === each && /^\d/.test(name));
    const isNumber = (each: number): boolean => isNamed(each) && !loose.test(words[each] ?? '');
    if (isNumber(index + 1) || isNumber(index - 1)) return false;
    return !(
      (is(index + 1, 'and') && isNamed(index + 2)) ||
      (is(index - 1, 'and') && isNamed(index - 2)) ||
      (is(index + 1, 'and') && index === 0)
    );
  }

  const named: Named[] = [];
  const upTo = (first: number, last: number): number[] =>
    Array.from(
      { length: Math.max(0, Math.min(last - first + 1, longestList)) },
      (_, step) => first - 1 + step,
    );
  for (let at = 0; at < said.length; at += 1) {
    if (is(at, 'bottom') || (is(at, 'last') && !is(at + 1, 'to'))) {
      const span = spans.find(({ name, from }) => from === at && (name === 'bottom' || name === 'last'));
      let end = span?.to ?? at + 1;
      // "The first from below."
      while (end < said.length && is(end, 'to', 'top') && !is(end, '1st')) end += 1;
      if (is(at, 'bottom') && numberAt(end)?.number === 1) end += 1;
      const before = named.at(-1);
      if (!before || before.to < at || before.places[0] !== 'last')
        named.push({ places: ['last'], from: at, to: end });
      at = end - 1;
      continue;
    }
    const group = spans.find(({ name, from }) => from === at && name in together);
    if (group) {
      const top = topBefore(at);
      if (top !== undefined && (named.at(-1)?.from ?? top) === top) named.pop();
      const explicit = named.length > 0;
      if (!explicit)
        named.push({ places: upTo(1, together[group.name] ?? 1), from: top ?? at, to: group.to });
      at = group.to - 1;
      continue;
    }
    const here = numberAt(at);
    if (!here) {
      const isOfAnother = words.some((_, other) => other !== at && numberAt(other) !== undefined);
      if (is(at, 'top') && !isOfAnother) named.push({ places: [0], from: at, to: at + 1 });
      continue;
    }
    if (here.number < 1 || here.number > longestList) return undefined;
    const isOfAddress = [at - 1, at + 1, at + 2].some(
      (each) => is(each, 'address') && (each <= at + 1 || counted.test(words[at + 1] ?? '')),
    );
    if (isOfAddress) continue;
    // How many were named: "1 and 3, the two".
    const isSum =
      !here.isOrdinal &&
      named.length > 1 &&
      named.flatMap(({ places }) => places).length === here.number &&
      /\p{L}/u.test(words[at] ?? '');
    if (isSum) continue;
    // How many there are: "of three", "among the two".
    if (!here.isOrdinal && (is(at + 1, 'among') || (is(at - 1, 'among') && named.length > 0))) continue;
    const next = [at + 1, at + 2].find((each) => numberAt(each) !== undefined);
    const count = next === undefined ? undefined : numberAt(next);
    // "The top two", "upor theke tinte".
    const top = topBefore(at);
    const isCounted =
      top !== undefined &&
      is(top, 'top') &&
      !here.isOrdinal &&
      here.number > 1 &&
      !counted.test(words[at + 1] ?? '');
    if (isCounted) {
      named.push({ places: upTo(1, here.number), from: top, to: at + 1 });
      continue;
    }
    if (
      here.isOrdinal &&
      here.number === 1 &&
      next !== undefined &&
      count &&
      !count.isOrdinal &&
      count.number > 1 &&
      !is(next - 1, 'and') &&
      said[next]?.clause === said[at]?.clause
    ) {
      named.push({ places: upTo(1, count.number), from: at, to: next + 1 });
      at = next;
      continue;
    }
    const step = [1, 2].find((each) => is(at + each, 'to'));
    const until =
      step === undefined
        ? undefined
        : [1, 2, 3].map((each) => at + step + each).find((each) => numberAt(each) !== undefined);
    const last = until === undefined ? undefined : numberAt(until);
    if (until !== undefined && last && last.number > here.number) {
      named.push({ places: upTo(here.number, last.number), from: at, to: until + 1 });
      at = until;
      continue;
    }
    if (is(at - 1, 'upto') || [1, 2].some((each) => is(at + each, 'upto'))) {
      named.push({ places: upTo(1, here.number), from: at, to: at + 1 });
      continue;
    }
    named.push({ places: [here.number - 1], from: at, to: at + 1 });
  }
  // "Four bills: 1, 2, 3, 4."
  const [first, ...others] = named;
  const total = first && numberAt(first.from);
  const listed =
    total &&
    !total.isOrdinal &&
    total.number > 1 &&
    !numberAt(first.to) &&
    others.length === total.number &&
    first.places.length === 1
      ? others
      : named;

  const isPassedOver = listed.map((each) => isExcepted(each));
  for (let at = listed.length - 2; at >= 0; at -= 1) {
    const [end, start] = [listed[at]?.to ?? 0, listed[at + 1]?.from ?? 0];
    const isJoined =
      start - end <= 2 &&
      Array.from({ length: start - end }, (_, step) => end + step).every(
        (each) =>
          is(each, 'and') || counted.test(words[each] ?? '') || /^(ta|টা|tar)$/.test(words[each] ?? ''),
      );
    if (isPassedOver[at + 1] && isJoined && start > end) isPassedOver[at] = true;
  }
  function isExcepted({ from, to }: Named): boolean {
    const taken = (index: number): boolean => listed.some((other) => other.from <= index && index < other.to);
    for (let index = from - 1; index >= 0 && (!taken(index) || is(index + 1, 'and')); index -= 1) {
      if (is(index, 'exceptBefore') && said[index]?.clause === said[from]?.clause) return true;
      if (from - index > 4 && !is(index, 'and')) break;
    }
    for (let index = to; index < Math.min(said.length, to + 5) && !taken(index); index += 1) {
      if (is(index, 'rest', 'and', 'all') || said[index]?.clause !== said[from]?.clause) break;
      if (is(index, 'exceptBehind') && !is(index + 1, 'to')) return true;
    }
    return false;
  }
  const unique = (places: readonly Place[]): Place[] => [...new Set(places)];
  const without = unique(listed.filter((_, at) => isPassedOver[at]).flatMap(({ places }) => places));
  const chosen = unique(listed.filter((_, at) => !isPassedOver[at]).flatMap(({ places }) => places)).filter(
    (place) => !without.includes(place),
  );
  /** Whether nothing but words of a list stands between what was chosen: "1 is my brother's, 2 is mine" is no list. */
  const kept = listed.filter((_, at) => !isPassedOver[at]);
  const isOneList = kept.slice(1).every(({ from }, at) => {
    const before = kept[at]?.to ?? from;
    return words
      .slice(before, from)
      .every(
        (word, step) =>
          counted.test(word) || small.test(word) || is(before + step, 'and', 'only', 'all', 'among'),
      );
  });
  const isAll = spans.some(
    ({ name, from, to }) => name === 'all' && !is(to, 'exceptBehind') && !is(from - 1, 'exceptBefore'),
  );
  const isRest = spans.some(({ name, from, to }) => {
    if (name !== 'rest' || is(to, 'exceptBehind') || has('only')) return false;
    const clause = said[from]?.clause;
    return !said.some(
      (token, index) => token.clause === clause && Math.abs(index - from) < 4 && is(index, 'later'),
    );
  });
  if (isRest || (isAll && chosen.length === 0)) {
    const except = isRest && without.length === 0 ? chosen : without;
    if (except.length > 0) return { chosen: 'all', except };
    return isAll && !/[?]/.test(text) ? { chosen: 'all' } : undefined;
  }
  if (chosen.length > 0) {
    if (!isOneList) return undefined;
    // "1, 2, 3, all of them": the whole list was told first.
    const isWhole =
      isAll &&
      without.length === 0 &&
      !has('only', 'to') &&
      chosen.every((place, at) => place === at) &&
      chosen.length > 1;
    return isWhole ? { chosen: 'all' } : { chosen };
  }
  if (without.length === 0) return undefined;
  const leavesOut =
    /^(বাদ|বাদে|ছাড়া|bad|bade|baad|chara|chhara|chhod|chod|छोड़|के|hata|ko|except|excluding|exclude|without|leaving|leave|other|minus|apart|skip|all|drop|remove|omit|barring|but)/;
  return spans.some(
    ({ name, from }) =>
      (name === 'exceptBefore' || name === 'exceptBehind') && leavesOut.test(words[from] ?? ''),
  )
    ? { chosen: 'all', except: without }
    : undefined;
}
