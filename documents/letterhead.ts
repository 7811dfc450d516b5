/** What letterhead.typ prints around every document: its data. */
import type { InEveryLanguage, Language } from '../domain/language.ts';
import { formatNumber } from '../texts/format.ts';
import { pageOf, paper } from '../texts/statement.ts';
import { both, type Fact } from './words.ts';

interface Letterhead {
  readonly title: InEveryLanguage<string>;
  /** The number that the document goes by, on every page. */
  readonly reference: Fact;
  /** The time that it tells of. */
  readonly moment: string;
}

export function letterhead({ title, reference, moment }: Letterhead, language: Language): object {
  const [{ own }, number] = reference;
  return {
    lang: language,
    digits: Array.from({ length: 10 }, (_, digit) => formatNumber(digit, language)),
    corporation: both(paper.corporation, language),
    title: both(title, language),
    about: `${own} ${number}, ${moment}`,
    reference: number,
    foot: `${own} ${number} · ${moment}`,
    page: pageOf[language]('{page}', '{pages}'),
  };
}
