/** A PDF as a library reads it that knows nothing of ActualText. */
import { getDocumentProxy } from 'unpdf';

export interface OpenPdf {
  readonly info: Readonly<Record<string, unknown>>;
  /** What stands on each page. */
  readonly texts: readonly string[];
  readonly marked: unknown;
  /** The tags of the first page and of the last, as JSON. */
  readonly tree: string;
  readonly lastTree: string;
}

export async function openPdf(pdf: Buffer): Promise<OpenPdf> {
  const document = await getDocumentProxy(new Uint8Array(pdf));
  const { info } = (await document.getMetadata()) as unknown as { info: Record<string, unknown> };
  const texts: string[] = [];
  for (let number = 1; number <= document.numPages; number += 1) {
    const { items } = await (await document.getPage(number)).getTextContent();
    texts.push(items.map((item) => ('str' in item ? item.str : '')).join(' '));
  }
  const tags = async (number: number): Promise<string> =>
    JSON.stringify(await (await document.getPage(number)).getStructTree());
  return {
    info,
    texts,
    marked: await document.getMarkInfo(),
    tree: await tags(1),
    lastTree: await tags(document.numPages),
  };
}
