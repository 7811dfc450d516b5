/** The QR code of a document, read from the page as it is drawn. */
import { encode } from 'uqr';
import { streamsOf } from './pdf-text.ts';

/** @param pdf as documents/pack.ts writes it */
export function leadsTo(pdf: Buffer, address: string): boolean {
  const { data } = encode(address, { ecc: 'M', border: 4 });
  return JSON.stringify(modulesDrawn(pdf, data.length)) === JSON.stringify(data);
}

/** The dark modules of the QR code: the only rectangles of the page in whole numbers that are no higher than one. */
function modulesDrawn(pdf: Buffer, size: number): boolean[][] {
  const modules = Array.from({ length: size }, () => new Array<boolean>(size).fill(false));
  const rectangles = /\n(\d+) (\d+) m\n(\d+) \2 l\n\3 (\d+) l\n\1 \4 l\nh/g;
  for (const content of streamsOf(pdf).values()) {
    for (const [, ...numbers] of content.matchAll(rectangles)) {
      const [left = 0, top = 0, right = 0, bottom = 0] = numbers.map(Number);
      if (bottom - top === 1) modules[top]?.fill(true, left, right);
    }
  }
  return modules;
}
