/**
 * The text of a PDF in its own order, with what ActualText says in place of the glyphs: what Acrobat and Chrome find and
 * read aloud. The libraries for Node pass ActualText over.
 */
import { inflateSync } from 'node:zlib';
import { glyphTexts, lettersOf, operatorsOf, type GlyphTexts } from '../../documents/text-layer.ts';

/**
 * What the streams of a PDF hold, by their object numbers, as Latin-1.
 *
 * @param pdf as documents/pack.ts writes it
 */
export function streamsOf(pdf: Buffer): ReadonlyMap<number, string> {
  return new Map(
    [...pdf.toString('latin1').matchAll(/(\d+) 0 obj\n<<[^]*?\/Length (\d+)[^]*?>>\s*stream\r?\n/g)].map(
      (match) => {
        const start = match.index + match[0].length;
        const data = pdf.subarray(start, start + Number(match[2]));
        const content = match[0].includes('/FlateDecode') ? inflateSync(data) : data;
        return [Number(match[1]), content.toString('latin1')];
      },
    ),
  );
}

/** @param pdf as documents/pack.ts writes it */
export function textOf(pdf: Buffer): string {
  const texts = pagesOf(pdf).map(({ content, fonts }) =>
    Array.from(lettersOf(content, fonts), ({ text }) => text).join(''),
  );
  return asFound(texts.join('\n'));
}

interface Page {
  readonly content: string;
  readonly fonts: ReadonlyMap<string, GlyphTexts>;
}

function pagesOf(pdf: Buffer): readonly Page[] {
  const streams = streamsOf(pdf);
  const objects = new Map<number, string>();
  for (const content of streams.values()) {
    const [index] = /^(?:\d+ \d+ )+\d+ \d+\n/.exec(content) ?? [];
    if (index === undefined) continue;
    const places = [...index.matchAll(/(\d+) (\d+)/g)].map(([, number, at]) => [Number(number), Number(at)]);
    places.forEach(([number = 0, at = 0], order) => {
      objects.set(
        number,
        content.slice(index.length + at, index.length + (places[order + 1]?.[1] ?? Infinity)),
      );
    });
  }
  const pages = [...objects.values()].filter((object) => /\/Type \/Page\s/.test(object));
  return pages.map((page) => {
    const names = [...page.matchAll(/(\/f\d+) (\d+) 0 R/g)];
    const fonts = names.map(([, name = '', font]): [string, GlyphTexts] => {
      const table = /\/ToUnicode (\d+)/.exec(objects.get(Number(font)) ?? '')?.[1];
      return [name, glyphTexts(streams.get(Number(table)) ?? '')];
    });
    const content = /\/Contents (\d+)/.exec(page)?.[1];
    return { content: streams.get(Number(content)) ?? '', fonts: new Map(fonts) };
  });
}

/** Words in the form in which a reader finds them: ordinary spaces find no-break ones. */
export function asFound(words: string): string {
  return words.replaceAll('\u00a0', ' ').normalize('NFC');
}

/** Urdu stands in a PDF as on the page, from left to right; readers turn each run of it around, and so does this. */
export function inReadingOrder(text: string): string {
  const runs = /[\p{Script=Arabic}،؛ ]*\p{Script=Arabic}[\p{Script=Arabic}،؛ ]*/gu;
  return text.replace(runs, (run) => Array.from(run).reverse().join(''));
}

interface ShownGlyph {
  readonly glyph: number;
  /** What its font says that it stands for. */
  readonly text: string | undefined;
  /** Whether it belongs to a tag, or is told to be no part of what the document says. */
  readonly marked: boolean;
}

/**
 * Every glyph of a PDF in the order in which it is shown.
 *
 * @param pdf as documents/pack.ts writes it
 */
export function* glyphsOf(pdf: Buffer): Generator<ShownGlyph> {
  for (const { content, fonts } of pagesOf(pdf)) {
    const marks: boolean[] = [];
    let font: GlyphTexts | undefined;
    for (const { name, operands } of operatorsOf(content)) {
      if (name === 'Tf') font = fonts.get(operands[0]?.text ?? '');
      else if (name === 'BMC' || name === 'BDC') {
        marks.push(operands.some(({ text }) => text === '/Artifact' || text === '/MCID'));
      } else if (name === 'EMC') marks.pop();
      if (name !== 'TJ' && name !== 'Tj') continue;
      const glyphs = Buffer.from(operands.map(({ bytes }) => bytes ?? '').join(''), 'latin1');
      for (let at = 0; at < glyphs.length; at += 2) {
        const glyph = glyphs.readUInt16BE(at);
        yield { glyph, text: font?.get(glyph), marked: marks.includes(true) };
      }
    }
  }
}

/**
 * How many glyphs of a PDF are the box that a font has for what it does not know (.notdef, glyph 0).
 *
 * @param pdf as documents/pack.ts writes it
 */
export function boxesIn(pdf: Buffer): number {
  return Array.from(glyphsOf(pdf)).filter(({ glyph }) => glyph === 0).length;
}
