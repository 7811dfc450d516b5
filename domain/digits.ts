/** Digits of the scripts that citizens type. */

/** Where the ten digits of a script begin: Bengali, Devanagari, Arabic, Urdu, Gurmukhi, Gujarati, Odia, Tamil, Telugu. */
const zeros = [0x09e6, 0x0966, 0x0660, 0x06f0, 0x0a66, 0x0ae6, 0x0b66, 0x0be6, 0x0c66];

const ascii = new Map(
  zeros.flatMap((zero) =>
    Array.from({ length: 10 }, (_, digit) => [String.fromCharCode(zero + digit), String(digit)] as const),
  ),
);

/** Folds digits to ASCII; everything else stays. */
export function foldDigits(text: string): string {
  return text.replace(/[^\0-\x7f]/g, (character) => ascii.get(character) ?? character);
}
