/**
 * Hides whose property it is. Anyone may look a number up, so a name keeps the first letter of each word and an address
 * keeps its street: the owner recognises both, a stranger learns neither who lives there nor at which door.
 *
 * A letter is what a reader takes for one: in Bengali and Devanagari a consonant with all that hangs on it (`শ্রী` is
 * one). Found by pattern and not by Intl.Segmenter, because Temporal's sandbox may load this file.
 */

const hidden = '•';
/** So that a long name does not betray itself by its length, nor break a page. */
const mostHidden = 6;

const word = /[\p{L}\p{M}\p{N}\u200c\u200d]+/gu;
/** A base, with what is joined to it by a virama (U+09CD, U+094D), and its marks. */
const letter = /[\p{L}\p{N}](?:[\u09cd\u094d]\u200d?\p{L}|[\p{M}\u200c\u200d])*|[\p{M}\u200c\u200d]/gu;

/** `Sourav Das` → `S••••• D••`, `অমিতাভ চক্রবর্তী` → `অ••• চ•••`. Initials stay. */
export function maskName(name: string): string {
  return name.normalize('NFC').replace(word, maskWord);
}

function maskWord(text: string): string {
  const letters = text.match(letter) ?? [];
  const [first = '', ...rest] = letters;
  if (/^\p{N}/u.test(first)) return hidden;
  if (rest.length > 0) return first + hidden.repeat(Math.min(rest.length, mostHidden));
  // A whole name can be one Bengali letter with its vowel (দে): then the vowel is hidden.
  const [base = ''] = first;
  return base === first ? first : base + hidden;
}

/** Anything with a digit in it: a premises, flat or floor number, `12/3A` or `২বি`. */
const numbered = /[\p{L}\p{M}\p{N}/-]*\p{N}[\p{L}\p{M}\p{N}/-]*/gu;
/** Kolkata's postcodes say no more than the ward does. */
const postcode = /(?<!\p{N})[7৭७]\p{N}{2}[ -]?\p{N}{3}(?!\p{N})/gu;
/** The letter of a flat or block. Other single letters are part of a street: C I T Road. */
const doorLetter = /(?<=(?:flat|block|room|unit|tower|ফ্ল্যাট|ব্লক|फ़्लैट|ब्लॉक)\s+)\p{L}\p{M}*(?![\p{L}\p{M}])/giu;
/**
 * Before the name of a person, anywhere in a part: S/O, D/O, W/O, C/O and H/O (house of), and titles that no street has. Dr,
 * Sri and Swami are left out: half of Kolkata's streets begin with them.
 */
const beforePerson =
  /(?<![\p{L}\p{M}])(?:[csdwh] ?\/ ?o|[csdwh]\. ?o|(?:care|house|home|residence|son|daughter|wife|property) of|mr|mrs|ms|smt|late|প্রযত্নে|পিতা|মিঃ|মৃত|द्वारा|पिता|श्रीमती)(?![\p{L}\p{M}])[.:]?/iu;

/** `57/2A, Santoshpur Avenue, Kolkata 700075` → `••, Santoshpur Avenue, Kolkata 700075`. */
export function maskAddress(address: string): string {
  return address.normalize('NFC').split(',').map(maskPart).join(',');
}

function maskPart(part: string): string {
  const person = beforePerson.exec(part);
  if (person) {
    const name = person.index + person[0].length;
    return maskPlace(part.slice(0, person.index)) + person[0] + maskName(part.slice(name));
  }
  return maskPlace(part);
}

function maskPlace(part: string): string {
  const kept = part.match(postcode) ?? [];
  return part
    .split(postcode)
    .map((text) => text.replace(numbered, hidden.repeat(2)).replace(doorLetter, hidden))
    .reduce((text, next, index) => `${text}${kept[index - 1] ?? ''}${next}`);
}
