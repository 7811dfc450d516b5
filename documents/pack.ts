/**
 * Makes a PDF small: Typst writes every tag as an object of its own in plain text, two thirds of a long table. Here
 * they go into one compressed object stream, and the cross-reference table becomes a stream (ISO 32000-1, 7.5.7, 7.5.8).
 * On the way the pages' text is mended.
 */
import { deflateSync, inflateSync } from 'node:zlib';
import { glyphTexts, mendText, type GlyphTexts } from './text-layer.ts';

interface PdfObject {
  readonly number: number;
  /** From `7 0 obj` to `endobj`. */
  readonly whole: Buffer;
  /** What is in between. */
  readonly value: string;
}

/**
 * @param pdf as Typst writes it: one revision, a cross-reference table, nothing encrypted
 * @throws Error when it is not
 */
export function pack(pdf: Buffer): Buffer {
  const { objects, trailer, size, head } = read(pdf);
  const fontsOfContent = fontsOfPages(objects);
  const [tables, contents] = [size + 1, size];
  const entries = Array.from({ length: size + 2 }, () => entry(0, 0, 0));
  const parts = [head];
  let length = head.length;
  const write = (number: number, object: Buffer): void => {
    entries[number] = entry(1, length, 0);
    parts.push(object);
    length += object.length;
  };

  const small: PdfObject[] = [];
  for (const object of objects) {
    if (isStream(object)) write(object.number, rewritten(object, fontsOfContent.get(object.number)));
    else entries[object.number] = entry(2, contents, small.push(object) - 1);
  }
  let offset = 0;
  const index = small.map(({ number, value }) => {
    const at = `${number} ${offset}`;
    offset += value.length + 1;
    return at;
  });
  const first = `${index.join(' ')}\n`;
  const packed = Buffer.from(first + small.map(({ value }) => `${value}\n`).join(''), 'latin1');
  write(contents, stream(contents, `/Type /ObjStm /N ${small.length} /First ${first.length}`, packed));

  const start = length;
  entries[tables] = entry(1, start, 0);
  const dictionary = `/Type /XRef /Size ${size + 2} /W [1 4 2] ${trailer}`;
  write(tables, stream(tables, dictionary, Buffer.concat(entries)));
  return Buffer.concat([...parts, Buffer.from(`startxref\n${start}\n%%EOF\n`, 'latin1')]);
}

const isStream = ({ value }: PdfObject): boolean => value.endsWith('endstream');

/** A page's content with its text mended; what Typst left in plain text compressed, but for the metadata. */
function rewritten(object: PdfObject, fonts: ReadonlyMap<string, GlyphTexts> | undefined): Buffer {
  const { dictionary, data, compressed } = parts(object);
  if (fonts) {
    return stream(object.number, dictionary, Buffer.from(mendText(contentOf(object), fonts), 'latin1'));
  }
  return compressed || dictionary.includes('/Metadata')
    ? object.whole
    : stream(object.number, dictionary, data);
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

/** For the content of each page, by its object number, the fonts under the names that the page gives them. */
function fontsOfPages(objects: readonly PdfObject[]): Map<number, ReadonlyMap<string, GlyphTexts>> {
  const byNumber = new Map(objects.map((object) => [object.number, object]));
  const referred = (from: string, key: string): PdfObject | undefined =>
    byNumber.get(Number(new RegExp(`${key} (\\d+) 0 R`).exec(from)?.[1]));
  const pages = objects.filter((object) => /\/Type \/Page\b(?!s)/.test(object.value) && !isStream(object));
  return new Map(
    pages.flatMap(({ value }) => {
      const content = referred(value, '/Contents');
      const names = value.match(/\/f\d+(?= \d+ 0 R)/g) ?? [];
      const fonts = names.map((name): [string, GlyphTexts] => {
        const table = referred(referred(value, name)?.value ?? '', '/ToUnicode');
        return [name, table ? glyphTexts(contentOf(table)) : new Map()];
      });
      return content ? [[content.number, new Map(fonts)] as const] : [];
    }),
  );
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

function stream(number: number, dictionary: string, content: Buffer): Buffer {
  const data = deflateSync(content, { level: 9 });
  return Buffer.concat([
    Buffer.from(
      `${number} 0 obj\n<< ${dictionary} /Filter /FlateDecode /Length ${data.length} >>\nstream\n`,
      'latin1',
    ),
    data,
    Buffer.from('\nendstream\nendobj\n', 'latin1'),
  ]);
}
