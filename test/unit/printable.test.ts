import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import * as prettier from 'prettier';
import { describe, expect, test } from 'vitest';
import { fontsBeyond, paperFonts, unprintable } from '../../domain/printable.ts';
import { charactersOf } from '../support/font-coverage.ts';

/** In the order in which a character is looked for. */
const fonts = [
  ...paperFonts,
  'Noto Sans Arabic',
  'Noto Sans Gujarati',
  'Noto Sans Gurmukhi',
  'Noto Sans Kannada',
  'Noto Sans Malayalam',
  'Noto Sans Meetei Mayek',
  'Noto Sans Ol Chiki',
  'Noto Sans Oriya',
  'Noto Sans Tamil',
  'Noto Sans Telugu',
];

describe('the table of characters', () => {
  test('is what the fonts have (npx vitest run --project unit printable --update writes it anew)', async () => {
    const known = new Set<number>();
    const lines: string[] = [];
    for (const font of fonts) {
      const [regular, bold] = await Promise.all(
        ['400Regular', '700Bold'].map(async (weight) => charactersOf(await fontFile(font, weight))),
      );
      // What stands in both, so that no text is printable only as long as it is not emphasised.
      const inBoth = new Set(bold);
      const fresh = regular?.filter((code) => inBoth.has(code) && !known.has(code)) ?? [];
      for (const code of fresh) known.add(code);
      lines.push(`'${font}': '${ranges(fresh)}',`);
    }
    const file = join(import.meta.dirname, '../../domain/font-characters.ts');
    const options = (await prettier.resolveConfig(file)) ?? {};
    const source = `/**
 * The characters of each font, as ranges of a regular expression; of every later font, those that none before it has.
 * Written from the fonts by test/unit/printable.test.ts.
 */
export const fontCharacters = {${lines.join('\n')}} as const;

export type FontName = keyof typeof fontCharacters;
`;
    await expect(await prettier.format(source, { ...options, parser: 'typescript' })).toMatchFileSnapshot(
      file,
    );
  });
});

function fontFile(font: string, weight: string): Promise<Buffer> {
  const folder = `@expo-google-fonts/${font.toLowerCase().replaceAll(' ', '-')}`;
  const name = `${font.replaceAll(' ', '')}_${weight}.ttf`;
  return readFile(createRequire(import.meta.url).resolve(`${folder}/${weight}/${name}`));
}

/** Blanks and control characters are no matter of fonts. */
function ranges(codes: readonly number[]): string {
  const shapes = codes.filter((code) => !/[\s\p{Cc}\p{Cf}\p{Co}]/u.test(String.fromCodePoint(code)));
  const runs: [first: number, last: number][] = [];
  for (const code of shapes) {
    const run = runs.at(-1);
    if (run && run[1] === code - 1) run[1] = code;
    else runs.push([code, code]);
  }
  const escape = (code: number): string => `\\\\u{${code.toString(16)}}`;
  return runs
    .map(([first, last]) => (first === last ? escape(first) : `${escape(first)}-${escape(last)}`))
    .join('');
}

test.each([
  ['Bengali and Assamese', 'অন্নপূর্ণা মিষ্টান্ন ভাণ্ডার, ৰাজেন চৌধুৰী', []],
  ['Hindi and Nepali', 'श्री गणेश भण्डार, ₹५', []],
  ['the marks of a paper', '“12/1” – №, • § … ½ ™', []],
  ['Urdu', 'محمد اقبال ٹریڈرز', ['Noto Sans Arabic']],
  ['Tamil', 'மீனாட்சி ஸ்டோர்ஸ்', ['Noto Sans Tamil']],
  ['Telugu', 'శ్రీ వెంకటేశ్వర స్టోర్స్', ['Noto Sans Telugu']],
  ['Kannada', 'ಶ್ರೀ ಕೃಷ್ಣ ಭವನ', ['Noto Sans Kannada']],
  ['Malayalam', 'ശ്രീകൃഷ്ണ സ്റ്റോഴ്സ്', ['Noto Sans Malayalam']],
  ['Gujarati', 'શ્રી અંબિકા સ્ટોર્સ', ['Noto Sans Gujarati']],
  ['Gurmukhi', 'ਗੁਰੂ ਨਾਨਕ ਟ੍ਰੇਡਰਜ਼', ['Noto Sans Gurmukhi']],
  ['Odia', 'ଶ୍ରୀ ଜଗନ୍ନାଥ ଭଣ୍ଡାର', ['Noto Sans Oriya']],
  ['Meitei', 'ꯃꯅꯤꯄꯨꯔ ꯁ꯭ꯇꯣꯔ', ['Noto Sans Meetei Mayek']],
  ['Santali', 'ᱥᱟᱱᱛᱟᱲᱤ ᱫᱚᱠᱟᱱ', ['Noto Sans Ol Chiki']],
  ['two of them at once', 'தமிழ் اردو', ['Noto Sans Arabic', 'Noto Sans Tamil']],
])('%s can be printed, by no more fonts than it takes', (_, text, needed) => {
  expect(unprintable(text)).toEqual([]);
  expect(fontsBeyond(text)).toEqual(needed);
});

test.each([
  ['Chinese', '李记 Li’s Shop 李', ['李', '记']],
  ['an emoji', 'Sweets 🍬', ['🍬']],
  ['a private use character', 'Shop \ue000', ['\ue000']],
  ['half a character', 'Shop \ud83c', ['\ud83c']],
  ['a character that Unicode does not have', 'Shop \u0378', ['\u0378']],
])('%s cannot, and it is said which', (_, text, strange) => {
  expect(unprintable(text)).toEqual(strange);
});

test('blanks, joiners and marks of direction are no characters that a font must have', () => {
  expect(unprintable('ক\u200dখ\u200c গ\u00a0\t\u2069\u202e')).toEqual([]);
});
