/** Bills as rows of a table: what each consists of, what is taken off, and what is left to pay or was paid. */
import type { Due, LineKind } from '../domain/dues.ts';
import type { InEveryLanguage, Language } from '../domain/language.ts';
import { paise, sum, type Paise } from '../domain/money.ts';
import { formatMoneyOnPaper, formatPeriod } from '../texts/format.ts';
import { billNames } from '../texts/services/services.ts';
import { paper, type LineColumn } from '../texts/statement.ts';
import { both, type Both } from './words.ts';

/** An amount, and in small type what it is. */
type AmountLine = readonly [amount: string, about: readonly string[]];

/** The columns of amounts from left to right, with as many cells in each row and as many sums. */
export interface BillTable {
  readonly columns: readonly Both[];
  readonly rows: readonly {
    readonly kind: string;
    readonly period: string;
    readonly cells: readonly (readonly AmountLine[])[];
  }[];
  readonly sums: readonly string[];
}

interface Asking {
  readonly bills: readonly (Due & { readonly isPart?: boolean })[];
  readonly language: Language;
  /** What bills of this service consist of; a column without any amount is left out unless it says otherwise. */
  readonly columns: readonly LineColumn[];
  /** The heading of the last column, in which every bill's `payable` stands. */
  readonly last: InEveryLanguage<string>;
  /** What is to be said of a rebate beside its name. */
  readonly aboutRebate?: (rebate: NonNullable<Due['rebate']>) => string;
}

export function billTable({ bills, language, last, aboutRebate, ...asking }: Asking): BillTable {
  const money = (amount: Paise): string => formatMoneyOnPaper(amount, language);
  const orDash = (amount: Paise): string => (amount === 0 ? '–' : money(amount));
  /** With a minus sign, U+2212, which is as wide as a digit. */
  const off = (amount: Paise): string => `−${money(amount)}`;

  const reliefLines = ({ rebate, waiver, paidPart }: Due): readonly AmountLine[] => {
    const lines: AmountLine[] = [];
    if (paidPart !== undefined) lines.push([off(paidPart), [paper.paidBefore[language]]]);
    if (waiver) lines.push([off(waiver.amount), [paper.waiver[language]]]);
    if (rebate) {
      const about = aboutRebate ? [aboutRebate(rebate)] : [];
      lines.push([off(rebate.amount), [paper.rebate[language], ...about]]);
    }
    return lines.length > 0 ? lines : [['–', []]];
  };

  const columns = asking.columns.filter(
    ({ kind, always }) => always || bills.some((bill) => lineSum(bill, kind)),
  );
  const relieved = bills.some((bill) => relief(bill) > 0);
  return {
    columns: [
      ...columns.map(({ name }) => both(name, language)),
      ...(relieved ? [both(paper.relief, language)] : []),
      both(last, language),
    ],
    rows: bills.map((bill) => ({
      kind: billNames[bill.kind][language].full,
      period: formatPeriod(bill.periodFrom, bill.periodTo, language),
      cells: [
        ...columns.map(({ kind }): AmountLine[] => [[orDash(lineSum(bill, kind)), []]]),
        ...(relieved ? [reliefLines(bill)] : []),
        [[money(bill.payable), bill.isPart === true ? [paper.part[language]] : []]],
      ],
    })),
    sums: [
      ...columns.map(({ kind }) => orDash(sum(bills.map((bill) => lineSum(bill, kind))))),
      ...(relieved ? [off(sum(bills.map(relief)))] : []),
      money(sum(bills.map(({ payable }) => payable))),
    ],
  };
}

function lineSum(bill: Due, kind: LineKind): Paise {
  return sum(bill.lines.filter((line) => line.kind === kind).map(({ amount }) => amount));
}

/** All that makes a bill's `payable` less than its lines. */
function relief({ rebate, waiver, paidPart }: Due): Paise {
  return sum([rebate?.amount ?? paise(0), waiver?.amount ?? paise(0), paidPart ?? paise(0)]);
}
