/** What can be printed on the corporation's papers, and which font it takes. */
import { fontCharacters, type FontName } from './font-characters.ts';

export type { FontName } from './font-characters.ts';

/** The fonts of our own words; every paper has them. */
export const paperFonts = ['Noto Sans', 'Noto Sans Bengali', 'Noto Sans Devanagari'] as const;

const names = Object.keys(fontCharacters) as FontName[];
const plain = /^[ -~]*$/;
/** Blanks, and what has no shape of its own: documents leave it out, or it belongs to the spelling of a script. */
const shapeless = String.raw`\s\p{Cc}\p{Cf}`;
const beyondFonts = `[^${shapeless}${Object.values(fontCharacters).join('')}]`;
const eachBeyond = new RegExp(beyondFonts, 'gu');
const runsBeyond = new RegExp(`${beyondFonts}+`, 'gu');
const otherFonts = names
  .filter((name) => !paperFonts.some((own) => own === name))
  .map((name) => [name, new RegExp(`[${fontCharacters[name]}]`, 'u')] as const);

/** @returns the characters of a text that no font has, each once: on paper they would be boxes */
export function unprintable(text: string): string[] {
  if (plain.test(text)) return [];
  return [...new Set(text.normalize('NFC').match(eachBeyond))];
}

/** The text with something else in place of each run of characters that no font has. @param text in NFC */
export function replaceUnprintable(text: string, placeholder: string): string {
  return plain.test(text) ? text : text.replace(runsBeyond, placeholder);
}

/** The fonts that a text takes beyond those of every paper. */
export function fontsBeyond(text: string): FontName[] {
  return plain.test(text) ? [] : otherFonts.filter(([, has]) => has.test(text)).map(([name]) => name);
}

/** `一 (U+4E00)`: for whoever has to find it in a register. */
export function spelledOut(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return `${character} (U+${code.toString(16).toUpperCase().padStart(4, '0')})`;
}
