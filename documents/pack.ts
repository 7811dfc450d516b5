/**
 * Makes a PDF small: Typst writes every tag as an object of its own in plain text, two thirds of a long table. Here
 * they go into one compressed object stream, and the cross-reference table becomes a stream (ISO 32000-1, 7.5.7, 7.5.8).
 * On the way the pages' text is mended, and what PDF/UA-1 asks for is added.
 */
import { deflateSync, inflateSync } from 'node:zlib';
import { withEveryGlyph, withStandard, withTitleShown } from './pdf-ua.ts';
import { glyphTexts, mendText, type GlyphTexts } from './text-layer.ts';

interface PdfObject {
  readonly number: number;
  /** From `7 0 obj` to `endobj`. */
  readonly whole: Buffer;
  /** What is in between. */
  readonly value: string;
}

/** What becomes of an object: of a stream's content, of any other's value. */
type Edit = (text: string) => string;

/** The object that stands as a reference under a key of another. */
type Referred = (from: PdfObject | undefined, key: string) => PdfObject | undefined;

/**
 * @param pdf as Typst writes it: one revision, a cross-reference table, nothing encrypted
 * @throws Error when it is not
 */
export function pack(pdf: Buffer): Buffer {
  const { objects, trailer, size, head } = read(pdf);
  const edits = editsOf(objects);
  const [tables, contents] = [size + 1, size];
  const entries = Array.from({ length: size + 2 }, () => entry(0, 0, 0));
  const parts = [head];
  let length = head.length;
  const write = (number: number, object: Buffer): void => {
    entries[number] = entry(1, length, 0);
    parts.push(object);
    length += object.length;
  };

  const small: Pick<PdfObject, 'number' | 'value'>[] = [];
  for (const object of objects) {
    const { number, value } = object;
    const edit = edits.get(number) ?? unchanged;
    if (isStream(object)) write(number, rewritten(object, edit));
    else entries[number] = entry(2, contents, small.push({ number, value: edit(value) }) - 1);
  }
  let offset = 0;
  const index = small.map(({ number, value }) => {
    const at = `${number} ${offset}`;
    offset += value.length + 1;
    return at;
  });
  const first = `${index.join(' ')}\n`;
  const packed = Buffer.from(first + small.map(({ value }) => `${value}\n`).join(''), 'latin1');
  write(contents, deflated(contents, `/Type /ObjStm /N ${small.length} /First ${first.length}`, packed));

  const start = length;
  entries[tables] = entry(1, start, 0);
  const dictionary = `/Type /XRef /Size ${size + 2} /W [1 4 2] ${trailer}`;
  write(tables, deflated(tables, dictionary, Buffer.concat(entries)));
  return Buffer.concat([...parts, Buffer.from(`startxref\n${start}\n%%EOF\n`, 'latin1')]);
}

const isStream = ({ value }: PdfObject): boolean => value.endsWith('endstream');

const unchanged: Edit = (text) => text;

/** A stream after its edit; what Typst left in plain text compressed, but for the metadata. */
function rewritten(object: PdfObject, edit: Edit): Buffer {
  const { dictionary, compressed } = parts(object);
  if (compressed && edit === unchanged) return object.whole;
  const content = Buffer.from(edit(contentOf(object)), 'latin1');
  return dictionary.includes('/Metadata')
    ? stream(object.number, dictionary, content)
    : deflated(object.number, dictionary, content);
}

function contentOf(object: PdfObject): string {
  const { data, compressed } = parts(object);
  return (compressed ? inflateSync(data) : data).toString('latin1');
}

function parts({ number, value }: PdfObject): { dictionary: string; data: Buffer; compressed: boolean } {
  const [head = '', inside = ''] = /^<<(.*?)>>\s*stream\r?\n/s.exec(value) ?? [];
  const [, length] = /\/Length (\d+)/.exec(inside) ?? [];
  if (length === undefined) throw new Error(`stream ${number} of the PDF has no length`);
  const data = Buffer.from(value.slice(head.length, head.length + Number(length)), 'latin1');
  const dictionary = inside.replace(/\/Length \d+|\/Filter \/FlateDecode/g, '').trim();
  return { dictionary, data, compressed: inside.includes('/FlateDecode') };
}

/** @returns by the numbers of the objects */
function editsOf(objects: readonly PdfObject[]): Map<number, Edit> {
  const byNumber = new Map(objects.map((object) => [object.number, object]));
  const referred: Referred = (from, key) =>
    byNumber.get(Number(new RegExp(`${key} \\[?(\\d+) 0 R`).exec(from?.value ?? '')?.[1]));
  const ofType = (type: string): PdfObject[] => {
    const entry = new RegExp(`/Type /${type}\\b`);
    return objects.filter((object) => entry.test(object.value) && !isStream(object));
  };

  const edits = new Map<number, Edit>();
  for (const catalog of ofType('Catalog')) {
    edits.set(catalog.number, withTitleShown);
    const metadata = referred(catalog, '/Metadata');
    if (metadata) edits.set(metadata.number, withStandard);
  }
  for (const page of ofType('Page')) {
    const content = referred(page, '/Contents');
    const fonts = fontsOf(page, referred);
    if (content) edits.set(content.number, (text) => mendText(text, fonts));
  }
  for (const font of ofType('Font')) {
    const table = referred(font, '/ToUnicode');
    if (table) edits.set(table.number, (text) => withEveryGlyph(text, lastGlyph(font, referred)));
  }
  return edits;
}

/** The fonts of a page under the names that it gives them. */
function fontsOf(page: PdfObject, referred: Referred): ReadonlyMap<string, GlyphTexts> {
  const names = page.value.match(/\/f\d+(?= \d+ 0 R)/g) ?? [];
  return new Map(
    names.map((name) => {
      const table = referred(referred(page, name), '/ToUnicode');
      return [name, table ? glyphTexts(contentOf(table)) : new Map()];
    }),
  );
}

/** The highest glyph number of a font: the last bit of the set of its glyphs. */
function lastGlyph(font: PdfObject, referred: Referred): number {
  const glyphs = referred(referred(referred(font, '/DescendantFonts'), '/FontDescriptor'), '/CIDSet');
  if (!glyphs) throw new Error(`font ${font.number} of the PDF does not tell its glyphs`);
  const bytes = Array.from(Buffer.from(contentOf(glyphs), 'latin1'));
  return bytes
    .map((byte) => byte.toString(2).padStart(8, '0'))
    .join('')
    .lastIndexOf('1');
}

function read(pdf: Buffer): { objects: PdfObject[]; trailer: string; size: number; head: Buffer } {
  const [, start] = /startxref\s+(\d+)\s+%%EOF\s*$/.exec(pdf.toString('latin1', pdf.length - 64)) ?? [];
  const end = Number(start);
  const table = pdf.toString('latin1', end);
  const [, entries = '', trailer = ''] =
    /^xref\s+0 \d+\s+((?:\d{10} \d{5} [nf]\s+)+)trailer\s*<<(.*)>>\s*startxref/s.exec(table) ?? [];
  const places = [...entries.matchAll(/(\d{10}) \d{5} ([nf])/g)]
    .map(([, offset, use], number) => ({ number, offset: Number(offset), used: use === 'n' }))
    .filter(({ used }) => used)
    .sort((a, b) => a.offset - b.offset);
  const [, size] = /\/Size (\d+)/.exec(trailer) ?? [];
  if (places[0] === undefined || size === undefined)
    throw new Error('not a PDF with a cross-reference table');

  const objects = places.map(({ number, offset }, index): PdfObject => {
    const whole = pdf.subarray(offset, places[index + 1]?.offset ?? end);
    const [, value] = /^\d+ 0 obj\s+(.*?)\s+endobj\s*$/s.exec(whole.toString('latin1')) ?? [];
    if (value === undefined) throw new Error(`object ${number} of the PDF is not where its table says`);
    return { number, whole, value };
  });
  const head = pdf.subarray(0, places[0].offset);
  return { objects, trailer: trailer.replace(/\/Size \d+/, '').trim(), size: Number(size), head };
}

function entry(type: 0 | 1 | 2, field: number, index: number): Buffer {
  const bytes = Buffer.alloc(7);
  bytes.writeUInt8(type);
  bytes.writeUInt32BE(field, 1);
  bytes.writeUInt16BE(index, 5);
  return bytes;
}

function deflated(number: number, dictionary: string, content: Buffer): Buffer {
  return stream(number, `${dictionary} /Filter /FlateDecode`, deflateSync(content, { level: 9 }));
}

function stream(number: number, dictionary: string, data: Buffer): Buffer {
  const head = `${number} 0 obj\n<< ${dictionary} /Length ${data.length} >>\nstream\n`;
  const foot = '\nendstream\nendobj\n';
  return Buffer.concat([Buffer.from(head, 'latin1'), data, Buffer.from(foot, 'latin1')]);
}
