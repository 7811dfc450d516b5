/** The statement of dues: every bill of a property that is unpaid, on as many sheets as it takes. */
import { groupAssesseeNumber } from '../domain/accounts/property.ts';
import type { Dues } from '../domain/dues.ts';
import type { Language } from '../domain/language.ts';
import type { CorporationFacts } from '../texts/words.ts';
import { formatDate, formatDateTime, formatMoneyOnPaper, formatNumber } from '../texts/format.ts';
import {
  noteOnHelp,
  noteOnLaw,
  noteOnLoi,
  noteOnMasking,
  paper,
  rebateUntil,
  statement,
  taxColumns,
  totalHolds,
} from '../texts/statement.ts';
import { billTable } from './bills.ts';
import { compile } from './compiler.ts';
import { letterhead } from './letterhead.ts';
import { both, fact, printable, written } from './words.ts';

/** What the statement says of the corporation. */
export type StatementFacts = Pick<CorporationFacts, 'number' | 'office'>;

/**
 * An A4 PDF, tagged and searchable.
 *
 * @param dues with the owner and the address as they may be shown: masked (domain/masking.ts)
 */
export function statementPdf(dues: Dues, language: Language, facts: StatementFacts): Promise<Buffer> {
  return compile('statement', statementData(dues, language, facts));
}

function statementData(dues: Dues, language: Language, facts: StatementFacts): object {
  const { account } = dues;
  const number = fact(paper.assesseeNumber, groupAssesseeNumber(account.number), language);
  const asOf = formatDateTime(dues.asOf, language);
  const holdsUntil = dues.dues.flatMap(({ rebate }) => rebate?.until ?? []).sort()[0];
  const { columns, rows, sums } = billTable({
    bills: dues.dues,
    language,
    columns: taxColumns,
    last: statement.payable,
    aboutRebate: ({ until }) => rebateUntil[language](formatDate(until, language)),
  });
  return {
    ...letterhead({ title: statement.title, reference: number, moment: asOf }, language),
    number,
    ward: fact(paper.ward, formatNumber(account.ward, language), language),
    owner: fact(paper.owner, written(account.owner, language), language),
    address: fact(paper.address, written(account.address, language), language),
    asOf: fact(statement.asOf, asOf, language),
    total: fact(statement.total, formatMoneyOnPaper(dues.total, language), language),
    holds: holdsUntil === undefined ? null : totalHolds[language](formatDate(holdsUntil, language)),
    columns: [both(paper.bill, language), ...columns],
    rows,
    sums: [paper.sum[language], ...sums],
    notesHeading: both(statement.notes, language),
    notes: [
      ...(dues.dues.some(({ kind }) => kind === 'LOI') ? [noteOnLoi[language]] : []),
      noteOnLaw[language],
      noteOnMasking[language],
      noteOnHelp[language](facts.number, printable(facts.office[language])),
    ],
  };
}
