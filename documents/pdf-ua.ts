/**
 * What PDF/UA-1 (ISO 14289-1) asks for and Typst as WebAssembly leaves out: it has no switch for a standard, as the
 * native compiler has. Tags, languages and alternative texts come from the templates.
 */

const identification = '<pdfuaid:part xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">1</pdfuaid:part>';

/** Says which standard the document keeps (clause 5). @param metadata in XMP */
export function withStandard(metadata: string): string {
  return replaced(metadata, '</rdf:Description>', `${identification}</rdf:Description>`);
}

/** Has the title in a reader's window, not the file's name (clause 7.1). */
export function withTitleShown(catalog: string): string {
  return replaced(catalog, '/ViewerPreferences <<', '/ViewerPreferences << /DisplayDocTitle true');
}

function replaced(text: string, place: string, by: string): string {
  if (!text.includes(place)) throw new Error(`the PDF has no ${place}`);
  return text.replace(place, by);
}

/** As many entries as a block of a CMap may hold. */
const longestBlock = 100;
/** WORD JOINER, which nobody sees or hears, and which parts no word. */
const nothing = '2060';

/**
 * Gives a Unicode value to every glyph of a font (clause 7.21.7). The first glyph of a joined letter stands for the whole
 * letter, and Typst gives its others none: for a reader without ActualText they add nothing.
 *
 * @param table the font's ToUnicode table
 * @param last the highest glyph number of the font
 */
export function withEveryGlyph(table: string, last: number): string {
  const known = new Set(Array.from(table.matchAll(/^<([0-9A-F]{4})> </gm), ([, glyph = '']) => glyph));
  const missing = Array.from({ length: last }, (_, index) => fourDigits(index + 1)).filter(
    (glyph) => !known.has(glyph),
  );
  let blocks = '';
  for (let at = 0; at < missing.length; at += longestBlock) {
    const block = missing.slice(at, at + longestBlock);
    const entries = block.map((glyph) => `<${glyph}> <${nothing}>\n`).join('');
    blocks += `${block.length} beginbfchar\n${entries}endbfchar\n`;
  }
  return replaced(table, 'endcmap', `${blocks}endcmap`);
}

const fourDigits = (number: number): string => number.toString(16).toUpperCase().padStart(4, '0');
