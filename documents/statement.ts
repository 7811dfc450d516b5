/** The statement of dues: every bill of a property that is unpaid, on as many sheets as it takes. */
import { groupAssesseeNumber, type AssesseeNumber } from '../domain/assessee-number.ts';
import type { Due, Dues, LineKind, Written } from '../domain/dues.ts';
import type { InEveryLanguage, Language } from '../domain/language.ts';
import { paise, sum, type Paise } from '../domain/money.ts';
import type { CorporationFacts } from '../texts/conversation.ts';
import {
  formatNumber,
  formatDate,
  formatDateTime,
  formatMoney,
  formatPeriod,
  kindNames,
} from '../texts/format.ts';
import {
  noteOnHelp,
  noteOnLaw,
  noteOnLoi,
  noteOnMasking,
  pageOf,
  rebateUntil,
  statement,
  totalHolds,
} from '../texts/statement.ts';
import { compile } from './compiler.ts';

/** What the statement says of the corporation. */
export type StatementFacts = Pick<CorporationFacts, 'number' | 'office'>;

/** The same in the citizen's language and, unless that is it, in English. */
interface Both {
  readonly own: string;
  readonly en: string | null;
}

/** An amount, and in small type what it is. */
type AmountLine = readonly [amount: string, about: readonly string[]];

/**
 * An A4 PDF, tagged and searchable.
 *
 * @param dues with the owner and the address as they may be shown: masked (domain/masking.ts)
 */
export function statementPdf(dues: Dues, language: Language, facts: StatementFacts): Promise<Buffer> {
  return compile('statement', statementData(dues, language, facts));
}

function statementData(dues: Dues, language: Language, facts: StatementFacts): object {
  const both = (text: InEveryLanguage<string>): Both => ({
    own: text[language],
    en: language === 'en' ? null : text.en,
  });
  const fact = (name: keyof typeof statement, value: string): readonly [Both, string] => [
    both(statement[name]),
    value,
  ];
  const money = (amount: Paise): string => formatMoney(amount, language);
  const orDash = (amount: Paise): string => (amount === 0 ? '–' : money(amount));
  const { account } = dues;
  const number = groupAssesseeNumber(account.number as AssesseeNumber);
  const asOf = formatDateTime(dues.asOf, language);
  const holdsUntil = dues.dues.flatMap(({ rebate }) => rebate?.until ?? []).sort()[0];

  const columns = lineColumns.filter(
    ({ kind, always }) => always || dues.dues.some((due) => lineSum(due, kind)),
  );
  const relieved = dues.dues.some((due) => relief(due) > 0);
  return {
    lang: language,
    digits: Array.from({ length: 10 }, (_, digit) => formatNumber(digit, language)),
    corporation: both(statement.corporation),
    title: both(statement.title),
    about: `${statement.assesseeNumber[language]} ${number}, ${asOf}`,
    reference: number,
    foot: `${statement.assesseeNumber[language]} ${number} · ${asOf}`,
    page: pageOf[language]('{page}', '{pages}'),
    number: fact('assesseeNumber', number),
    ward: fact('ward', formatNumber(account.ward, language)),
    owner: fact('owner', printable(written(account.owner, language))),
    address: fact('address', printable(written(account.address, language))),
    asOf: { name: both(statement.asOf), value: asOf },
    total: { name: both(statement.total), value: money(dues.total) },
    holds: holdsUntil === undefined ? null : totalHolds[language](formatDate(holdsUntil, language)),
    columns: [
      both(statement.bill),
      ...columns.map(({ name }) => both(statement[name])),
      ...(relieved ? [both(statement.relief)] : []),
      both(statement.payable),
    ],
    rows: dues.dues.map((due) => ({
      kind: kindNames[due.kind][language].full,
      period: formatPeriod(due.periodFrom, due.periodTo, language),
      cells: [
        ...columns.map(({ kind }): AmountLine[] => [[orDash(lineSum(due, kind)), []]]),
        ...(relieved ? [reliefLines(due, language)] : []),
        [[money(due.payable), []]],
      ],
    })),
    sums: [
      statement.sum[language],
      ...columns.map(({ kind }) => orDash(sum(dues.dues.map((due) => lineSum(due, kind))))),
      ...(relieved ? [money(paise(0 - sum(dues.dues.map(relief))))] : []),
      money(dues.total),
    ],
    notesHeading: both(statement.notes),
    notes: [
      ...(dues.dues.some(({ kind }) => kind === 'LOI') ? [noteOnLoi[language]] : []),
      noteOnLaw[language],
      noteOnMasking[language],
      noteOnHelp[language](facts.number, printable(facts.office[language])),
    ],
  };
}

/** The columns between the bill and what is taken off. A column without any amount is left out. */
const lineColumns = [
  { kind: 'principal', name: 'principal', always: true },
  { kind: 'interest', name: 'interest', always: true },
  { kind: 'penalty', name: 'penalty', always: true },
  { kind: 'charge', name: 'charges', always: false },
] as const satisfies readonly { kind: LineKind; name: keyof typeof statement; always: boolean }[];

function lineSum(due: Due, kind: LineKind): Paise {
  return sum(due.lines.filter((line) => line.kind === kind).map(({ amount }) => amount));
}

function relief({ rebate, waiver }: Due): Paise {
  return sum([rebate?.amount ?? paise(0), waiver?.amount ?? paise(0)]);
}

function reliefLines({ rebate, waiver }: Due, language: Language): readonly AmountLine[] {
  const lines: AmountLine[] = [];
  const off = (amount: Paise): string => formatMoney(paise(0 - amount), language);
  if (waiver) lines.push([off(waiver.amount), [statement.waiver[language]]]);
  if (rebate) {
    const until = rebateUntil[language](formatDate(rebate.until, language));
    lines.push([off(rebate.amount), [statement.rebate[language], until]]);
  }
  return lines.length > 0 ? lines : [['–', []]];
}

function written(text: Written, language: Language): string {
  return language === 'bn' ? (text.bn ?? text.en) : text.en;
}

/** Characters that steer the text around them; the joiners U+200C and U+200D belong to the spelling. */
const steering = /(?![\u200c\u200d])[\p{Cc}\p{Cf}]+/gu;
const graphemes = new Intl.Segmenter('bn', { granularity: 'grapheme' });
const longestWord = 20;

/** Text of the register as it goes on paper: on one line to begin with, and breakable even where it has no space. */
function printable(text: string): string {
  return text
    .normalize('NFC')
    .replace(/\s+/gu, ' ')
    .replace(steering, '')
    .trim()
    .split(' ')
    .map((word) => (word.length > longestWord ? breakable(word) : word))
    .join(' ');
}

function breakable(word: string): string {
  return Array.from(graphemes.segment(word), ({ segment }, index) =>
    index > 0 && index % longestWord === 0 ? `\u200b${segment}` : segment,
  ).join('');
}
