/**
 * The many spellings of one word. Bengali and Hindi write sounds that are alike with different letters, and are romanised by
 * ear ("rosid", "rashid", "roseed"); a word and its spellings share one skeleton here: consonants by their sound, and the
 * vowels i and u.
 */

/** Letters by their place in the Bengali block; the Devanagari block has the same order. What is missing is silent. */
const sounds: Readonly<Record<string, string>> = {
  i: 'ইঈএিীেৈঐ',
  u: 'উঊঔুূৌ',
  k: 'কখ',
  g: 'গঘ',
  c: 'চছ',
  j: 'জঝয',
  t: 'টঠতথৎ',
  d: 'ডঢদধ',
  n: 'ণনংঙঞ',
  p: 'পফ',
  b: 'বভ\u09b5',
  m: 'ম',
  r: 'র',
  ri: 'ঋৃ',
  l: 'ল\u09b3',
  s: 'শষস',
  h: 'হ',
};

const bengali = 0x0980;
const devanagari = 0x0900;
const soundOf = new Map(
  Object.entries(sounds).flatMap(([sound, letters]) =>
    Array.from(letters).flatMap((letter) => {
      const place = letter.charCodeAt(0) - bengali;
      return [
        [letter, sound],
        [String.fromCharCode(devanagari + place), sound],
      ] as const;
    }),
  ),
);

const consonant = /[\u0915-\u0939\u0995-\u09b9]/u;
const vowelSign = /[\u09cd\u094d\u09be-\u09cc\u093e-\u094c]/u;

/** In Latin letters, with the a that is not written after a consonant. */
function romanise(word: string): string {
  // The y of Bengali is its j with a dot, that of Hindi a letter of its own.
  const letters = Array.from(
    word
      .replace(/য\u09bc|य/g, 'ি')
      .replace(/[ডঢ]\u09bc/g, 'র')
      .replace(/[\u09bc\u093c]/g, ''),
  );
  return letters
    .map((letter, index) => {
      const sound =
        soundOf.get(letter) ??
        (/[\u0905\u0906\u0911\u0913\u093e\u0949\u094b\u0985\u0986\u0993\u09be\u09cb]/u.test(letter)
          ? 'a'
          : '');
      const next = letters[index + 1];
      const isBare = consonant.test(letter) && next !== undefined && !vowelSign.test(next);
      return isBare ? `${sound}a` : sound;
    })
    .join('');
}

const romanised: readonly (readonly [RegExp, string])[] = [
  [/tion/g, 'sn'],
  [/chh?/g, 'Q'],
  [/c(?=[eiy])/g, 's'],
  [/c/g, 'k'],
  [/Q/g, 'c'],
  [/ph|f/g, 'p'],
  [/([skgtdbj])h/g, '$1'],
  [/q/g, 'k'],
  [/x/g, 'ks'],
  [/z/g, 'j'],
  [/[vw]/g, 'b'],
  [/oo|ou/g, 'u'],
  [/([^aeiou])e$/g, '$1'],
  [/[ey]/g, 'i'],
  [/o/g, 'a'],
  [/h$/g, ''],
];

/** A word as it sounds, in Latin letters: alike for all spellings of it. */
export function soundsLike(word: string): string {
  const isLatin = /^[a-z]+$/.test(word);
  const sounded = isLatin
    ? romanised.reduce((so, [pattern, by]) => so.replace(pattern, by), word)
    : romanise(word);
  return sounded
    .replace(/m(?=[pb])/g, 'n')
    .replace(/ng/g, 'n')
    .replace(/(.)\1+/g, '$1');
}

/** The same without the vowel that is heard least: one for all spellings, and for some words beside. */
export function skeleton(word: string): string {
  return soundsLike(word)
    .replace(/a/g, '')
    .replace(/(.)\1+/g, '$1');
}

/** Every text that a word becomes by leaving out at most so many of its letters, itself among them. */
export function shortened(word: string, most: number): Set<string> {
  const all = new Set([word]);
  let latest = [word];
  for (let left = most; left > 0; left -= 1) {
    latest = latest.flatMap((each) =>
      Array.from(each, (_, index) => each.slice(0, index) + each.slice(index + 1)),
    );
    for (const each of latest) all.add(each);
  }
  return all;
}

/**
 * Endings of nouns: of cases, of number, of emphasis; the longest first. Bengali grammars list them as বিভক্তি and
 * নির্দেশক; Hindi writes its own as words (का, की, को), which stand beside.
 */
const bengaliEndings =
  'গুলোর গুলির গুলোকে গুলিকে গুলো গুলি টাকে টিকে টারও টার টির টাও টিও টাই টিই টা টি খানা খানি দের েরও েরই ের এর য়ের রও রই কে তেও তেই তে েও েই ে য়েও য়ে য় র ও ই'
    .split(' ')
    .map((ending) => ending.normalize('NFKC'));
const romanisedEndings = 'gulor gulir gulo guli tar tir tao tai ta ti der erta er ke te s es ing ed r'.split(
  ' ',
);

/** The stems that a word may have without one of its endings, the longest first; none that is too short to be one. */
export function stemsOf(word: string): string[] {
  const isLatin = /^[a-z]+$/.test(word);
  const endings = isLatin ? romanisedEndings : bengaliEndings;
  return endings
    .filter((ending) => word.endsWith(ending) && word.length - ending.length >= 3)
    .map((ending) => word.slice(0, -ending.length))
    .sort((a, b) => b.length - a.length);
}

/** No word that is known is longer. */
const longestWord = 24;

/** Typing mistakes that a word of this length may have. */
export function mistakesIn(word: string): number {
  if (word.length < 6 || word.length > longestWord || /\d/.test(word)) return 0;
  return word.length < 9 ? 1 : 2;
}

/** Whether one word becomes another by at most so many letters put in, left out, changed, or two of them swapped. */
export function isWithin(one: string, other: string, most: number): boolean {
  if (Math.abs(one.length - other.length) > most) return false;
  let before: number[] = [];
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i];
    let least = i;
    for (let j = 1; j <= other.length; j += 1) {
      const same = one[i - 1] === other[j - 1];
      let cost = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1])
        cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
      next.push(cost);
      least = Math.min(least, cost);
    }
    if (least > most) return false;
    before = row;
    row = next;
  }
  return (row[other.length] ?? Infinity) <= most;
}
