/**
 * Mends what a reader aloud, a search or a copy gets out of a page. Typst breaks a run of text where a glyph is raised
 * or lowered, as most Bengali joined letters are, and gives every part the whole letter: সম্পত্তি would be right, নম্বর
 * would read নম্বম্বম্বর. Here all but the first part are told to be silent (ActualText, ISO 32000-1, 14.9.4).
 */

/** What the glyphs of a font stand for, by glyph number. */
export type GlyphTexts = ReadonlyMap<number, string>;

/** @param table the font's ToUnicode table */
export function glyphTexts(table: string): GlyphTexts {
  return new Map(
    [...table.matchAll(/<([0-9A-F]{4})> <([0-9A-F]+)>$/gm)].map(([, glyph = '', text = '']) => [
      parseInt(glyph, 16),
      utf16(Buffer.from(text, 'hex')),
    ]),
  );
}

/** A letter as the page has it: a marked one, or a glyph. */
export interface Letter {
  readonly text: string;
  /** Letters of one run, all at the same height. */
  readonly run: number;
  /** Where the run begins on its line. */
  readonly start: number;
  readonly height: number;
  readonly size: number;
  /** Where to mark it: its ActualText, or the operator that shows it. */
  readonly mark: Token | Operator;
}

interface Token {
  readonly text: string;
  /** The bytes of a string. */
  readonly bytes?: string;
  readonly start: number;
  readonly end: number;
}

interface Operator {
  readonly name: string;
  readonly operands: readonly Token[];
  readonly start: number;
  readonly end: number;
}

const silent = 'FEFF';

/** @param content of a page, as Latin-1 */
export function mendText(content: string, fonts: ReadonlyMap<string, GlyphTexts>): string {
  let mended = '';
  let done = 0;
  let before: Letter | undefined;
  for (const letter of lettersOf(content, fonts)) {
    if (before && repeats(letter, before)) {
      const { mark } = letter;
      mended += content.slice(done, mark.start) + ('operands' in mark ? withoutFirst(mark) : `<${silent}>`);
      done = mark.end;
    }
    before = letter;
  }
  return mended + content.slice(done);
}

const arabic = /\p{Script=Arabic}/u;

/**
 * The same letter at another height of the same line: another part of it. A simple letter is only ever raised by a
 * little; it may as well stand again at the beginning of the next column. The dots of an Urdu letter come before it, at
 * any height, and take no room of their own: the letter begins where they do.
 */
function repeats(letter: Letter, before: Letter): boolean {
  if (arabic.test(letter.text)) {
    return letter.run > before.run && letter.text === before.text && letter.start === before.start;
  }
  const shift = Math.abs(letter.height - before.height);
  const most = letter.text.length > 1 ? letter.size : letter.size / 10;
  return (
    letter.run === before.run + 1 &&
    letter.text === before.text &&
    letter.size === before.size &&
    shift > 0 &&
    shift < most
  );
}

/** Shows the first glyph silently, then the others. */
function withoutFirst({ operands }: Operator): string {
  const tokens = operands.filter(({ text }) => text !== '[' && text !== ']');
  const at = tokens.findIndex(({ bytes }) => bytes !== undefined);
  const glyphs = tokens[at]?.bytes ?? '';
  const show = (parts: readonly string[]): string => `[${parts.join(' ')}] TJ`;
  const first = [...tokens.slice(0, at).map(({ text }) => text), hex(glyphs.slice(0, 2))];
  const rest = [hex(glyphs.slice(2)), ...tokens.slice(at + 1).map(({ text }) => text)];
  return `/Span <</ActualText <${silent}>>> BDC ${show(first)} EMC ${show(rest)}`;
}

const hex = (bytes: string): string => `<${Buffer.from(bytes, 'latin1').toString('hex')}>`;

/** The letters of a page in the order in which it has them. */
export function* lettersOf(content: string, fonts: ReadonlyMap<string, GlyphTexts>): Generator<Letter> {
  const spans: { readonly text?: string; readonly mark?: Token }[] = [];
  let [run, start, height, size] = [0, 0, 0, 0];
  let font: GlyphTexts | undefined;
  for (const operator of operatorsOf(content)) {
    const { name, operands } = operator;
    if (name === 'cm') [start, height] = [Number(operands[4]?.text), Number(operands[5]?.text)];
    else if (name === 'BT') run += 1;
    else if (name === 'Tf') {
      font = fonts.get(operands[0]?.text ?? '');
      size = Number(operands[1]?.text);
    } else if (name === 'BMC') spans.push({});
    else if (name === 'BDC') {
      const at = operands.findIndex(({ text }) => text === '/ActualText') + 1;
      const mark = at > 0 ? operands[at] : undefined;
      spans.push(
        mark?.bytes === undefined ? {} : { text: utf16(Buffer.from(mark.bytes.slice(2), 'latin1')), mark },
      );
    } else if (name === 'EMC') {
      // Only now, because the font may have been chosen inside.
      const { text, mark } = spans.pop() ?? {};
      if (mark && text !== undefined) yield { text, run, start, height, size, mark };
    } else if ((name === 'TJ' || name === 'Tj') && spans.every(({ text }) => text === undefined)) {
      const glyphs = operands.map(({ bytes }) => bytes ?? '').join('');
      for (let at = 0; at < glyphs.length; at += 2) {
        const glyph = glyphs.charCodeAt(at) * 256 + glyphs.charCodeAt(at + 1);
        yield { text: font?.get(glyph) ?? '', run, start, height, size, mark: operator };
      }
    }
  }
}

const utf16 = (bytes: Buffer): string => bytes.swap16().toString('utf16le');

/** What a page's content consists of. @param content of a page, as Latin-1 */
export function* operatorsOf(content: string): Generator<Operator> {
  let operands: Token[] = [];
  for (const token of tokensOf(content)) {
    if (token.bytes === undefined && /^[A-Za-z'"][\w*'"]*$/.test(token.text)) {
      yield { name: token.text, operands, start: operands[0]?.start ?? token.start, end: token.end };
      operands = [];
    } else operands.push(token);
  }
}

function* tokensOf(content: string): Generator<Token> {
  const next = /<<|>>|<([0-9A-Fa-f\s]*)>|\(|[[\]]|[^\s<>()[\]/]+|\/[^\s<>()[\]/]*/g;
  for (let match = next.exec(content); match; match = next.exec(content)) {
    const [text, digits] = match;
    const start = match.index;
    if (text === '(') next.lastIndex = endOfString(content, start);
    const end = next.lastIndex;
    if (digits !== undefined) {
      yield { text, bytes: Buffer.from(digits.replace(/\s/g, ''), 'hex').toString('latin1'), start, end };
    } else if (text === '(') {
      yield {
        text: content.slice(start, end),
        bytes: unescaped(content.slice(start + 1, end - 1)),
        start,
        end,
      };
    } else yield { text, start, end };
  }
}

/** Brackets inside a string may stand unescaped as long as they balance. */
function endOfString(content: string, start: number): number {
  let depth = 0;
  for (let at = start; at < content.length; at += 1) {
    const character = content[at];
    if (character === '\\') at += 1;
    else if (character === '(') depth += 1;
    else if (character === ')' && (depth -= 1) === 0) return at + 1;
  }
  throw new Error('a string in the PDF does not end');
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f', '\n': '' };

function unescaped(text: string): string {
  return text.replace(/\\([0-7]{1,3}|[\s\S])/g, (_, escape: string) =>
    /^[0-7]/.test(escape) ? String.fromCharCode(parseInt(escape, 8)) : (escapes[escape] ?? escape),
  );
}
