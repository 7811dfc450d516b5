/** Where anybody can check a document: the address of its page, and that as a QR code. Printed by letterhead.typ. */
import { encode } from 'uqr';

/** A paper that can be checked. */
interface Checkable {
  readonly number: string;
  readonly checkCode: string;
}

/** @param spoken what is read aloud in place of the code */
export function checkedAt(
  publicUrl: string,
  { number, checkCode }: Checkable,
  spoken: (address: string) => string,
): object {
  const address = `${publicUrl}/verify/${number}?code=${checkCode}`;
  return { address, picture: qrPicture(address), spoken: spoken(address) };
}

/** The margin that ISO/IEC 18004 asks for around the code, in modules. */
const quietZone = 4;

/** An SVG, sharp at any size of paper; each run of dark modules in a row is one rectangle of its single path. */
function qrPicture(text: string): string {
  const { data, size } = encode(text, { ecc: 'M', border: quietZone });
  const runs = data.flatMap((row, y) => {
    const starts = row.flatMap((dark, x) => (dark && !row[x - 1] ? [x] : []));
    return starts.map((x) => {
      const end = row.indexOf(false, x);
      return `M${x} ${y}h${end - x}v1h${x - end}z`;
    });
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}"><path d="${runs.join('')}"/></svg>`;
}
