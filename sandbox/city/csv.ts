/** Writes CSV piece by piece: a file of any size needs the same memory. */

const pieceLength = 256 * 1024;

/** @param rows with their line ends */
export function* inPieces(columns: string, rows: Iterable<string>): Generator<string> {
  let piece = `${columns}\n`;
  for (const row of rows) {
    piece += row;
    if (piece.length > pieceLength) {
      yield piece;
      piece = '';
    }
  }
  yield piece;
}

export function row(...values: readonly (string | undefined)[]): string {
  return `${values.map((value = '') => (value.includes(',') ? `"${value}"` : value)).join(',')}\n`;
}

export function yesNo(value: boolean): string {
  return value ? 'yes' : 'no';
}
