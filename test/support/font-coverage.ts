/** Which characters a TrueType font has glyphs for: its cmap table (OpenType 1.9, "cmap", formats 4 and 12). */

/** @returns code points, ascending; those that the font maps to its box (.notdef) are left out */
export function charactersOf(font: Buffer): number[] {
  const cmap = tableAt(font, 'cmap');
  const subtables = Array.from({ length: font.readUInt16BE(cmap + 2) }, (_, index) => {
    const at = cmap + font.readUInt32BE(cmap + 4 + 8 * index + 4);
    return { at, format: font.readUInt16BE(at) };
  });
  const found = new Set<number>();
  for (const { at, format } of subtables) {
    if (format === 4) for (const each of segments(font, at)) found.add(each);
    if (format === 12) for (const each of groups(font, at)) found.add(each);
  }
  return [...found].sort((one, other) => one - other);
}

function tableAt(font: Buffer, tag: string): number {
  for (let at = 12; at < 12 + 16 * font.readUInt16BE(4); at += 16) {
    if (font.toString('latin1', at, at + 4) === tag) return font.readUInt32BE(at + 8);
  }
  throw new Error(`the font has no table ${tag}`);
}

function* segments(font: Buffer, at: number): Generator<number> {
  const twice = font.readUInt16BE(at + 6);
  const [ends, starts] = [at + 14, at + 16 + twice];
  const [deltas, offsets] = [starts + twice, starts + 2 * twice];
  for (let index = 0; index < twice; index += 2) {
    const [start, offset] = [font.readUInt16BE(starts + index), font.readUInt16BE(offsets + index)];
    for (let code = start; code <= font.readUInt16BE(ends + index) && code < 0xffff; code += 1) {
      const place = offsets + index + offset + 2 * (code - start);
      const glyph = offset === 0 ? code : font.readUInt16BE(place);
      const isBox = glyph === 0 || ((glyph + font.readUInt16BE(deltas + index)) & 0xffff) === 0;
      if (!isBox) yield code;
    }
  }
}

function* groups(font: Buffer, at: number): Generator<number> {
  for (let index = 0; index < font.readUInt32BE(at + 12); index += 1) {
    const group = at + 16 + 12 * index;
    const [start, glyph] = [font.readUInt32BE(group), font.readUInt32BE(group + 8)];
    for (let code = start; code <= font.readUInt32BE(group + 4); code += 1) {
      if (glyph + code - start !== 0) yield code;
    }
  }
}
