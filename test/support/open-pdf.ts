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
  /** Every tag in the order in which a screen reader takes them. */
  readonly tags: readonly Tag[];
  /** The part of the standard PDF/UA that it says it keeps. */
  readonly standard: string | null;
  /** Whether a reader's window shows the title, not the name of the file. */
  readonly titleShown: boolean;
}

interface Tag {
  readonly role: string;
  readonly alt?: string;
  readonly children: readonly (Tag | { readonly id: string })[];
}

export async function openPdf(pdf: Buffer): Promise<OpenPdf> {
  const document = await getDocumentProxy(new Uint8Array(pdf));
  const { info, metadata } = (await document.getMetadata()) as unknown as {
    info: Record<string, unknown>;
    metadata: { get(name: string): string | null };
  };
  const preferences = await document.getViewerPreferences();
  const texts: string[] = [];
  const trees: Tag[] = [];
  for (let number = 1; number <= document.numPages; number += 1) {
    const page = await document.getPage(number);
    const { items } = await page.getTextContent();
    texts.push(items.map((item) => ('str' in item ? item.str : '')).join(' '));
    trees.push(await page.getStructTree());
  }
  return {
    info,
    texts,
    marked: await document.getMarkInfo(),
    tree: JSON.stringify(trees[0]),
    lastTree: JSON.stringify(trees.at(-1)),
    tags: trees.flatMap(withTagsBelow),
    standard: metadata.get('pdfuaid:part'),
    titleShown: Object.entries(preferences ?? {}).some(
      ([name, on]) => name === 'DisplayDocTitle' && on === true,
    ),
  };
}

export function withTagsBelow(tag: Tag): readonly Tag[] {
  return [tag, ...tag.children.flatMap((child) => ('role' in child ? withTagsBelow(child) : []))];
}
