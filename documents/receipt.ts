/** The receipt: what was paid, by which money, and where anybody can check it. */
import { specOf } from '../domain/accounts/specs.ts';
import { dateInKolkata } from '../domain/calendar.ts';
import { gateways } from '../domain/payments/gateways.ts';
import type { Language } from '../domain/language.ts';
import { paise, sum } from '../domain/money.ts';
import type { CreditSource, Receipt } from '../domain/payments/receipt.ts';
import { amountInWords } from '../texts/amount-in-words.ts';
import type { CorporationFacts } from '../texts/words.ts';
import { formatDate, formatDateTime, formatMoneyOnPaper, formatNumber } from '../texts/format.ts';
import { shownAccount, sourcesOfCredit } from '../texts/bills.ts';
import { howToVerify, noteOnSignature, paidThrough, qrCode, receipt as words } from '../texts/receipt.ts';
import { factsOf, serviceTexts } from '../texts/services/services.ts';
import { noteOnHelp, paper } from '../texts/statement.ts';
import { billTable } from './bills.ts';
import { compile } from './compiler.ts';
import { letterhead } from './letterhead.ts';
import { checkedAt } from './qr-code.ts';
import { both, fact, printable, written } from './words.ts';

/** What the receipt says of the corporation. */
export type ReceiptFacts = Pick<CorporationFacts, 'number' | 'office' | 'publicUrl'>;

/** An A5 PDF, tagged and searchable. */
export async function receiptPdf(receipt: Receipt, language: Language, facts: ReceiptFacts): Promise<Buffer> {
  return await compile('receipt', receiptData(receipt, language, facts));
}

function receiptData(receipt: Receipt, language: Language, facts: ReceiptFacts): object {
  const { account, paid, amount } = receipt;
  const texts = serviceTexts[receipt.service];
  const service = texts.receipt;
  const number = fact(words.number, receipt.number, language);
  const paidAt = formatDateTime(receipt.paidAt, language);
  const issuedOn = dateInKolkata(receipt.issuedAt);
  const { columns, rows, sums } = billTable({
    bills: paid,
    language,
    columns: service.columns,
    last: words.paid,
  });
  return {
    ...letterhead({ title: service.title, reference: number, moment: paidAt }, language),
    facts: [
      number,
      fact(words.paidAt, paidAt, language),
      // A payment of 31 March may be posted in April, in a series of another financial year.
      ...(issuedOn === dateInKolkata(receipt.paidAt)
        ? []
        : [fact(words.issuedOn, formatDate(issuedOn, language), language)]),
      fact(texts.number, printable(shownAccount(receipt.service, account.number)), language),
      fact(paper.ward, formatNumber(account.ward, language), language),
      ...factsOf(account).map(([name, value]) => fact(name, written(value, language), language)),
      fact(service.owner, written(account.owner, language), language),
      fact(paper.address, written(account.address, language), language),
    ],
    ordinal: both(words.ordinal, language),
    bill: both(service.bill, language),
    columns,
    // The title names the only kind that such bills have.
    oneKind: specOf(receipt.service).bills.length === 1,
    rows: rows.map((row, index) => ({ ...row, ordinal: formatNumber(index + 1, language) })),
    sums: rows.length > 1 ? { name: paper.sum[language], amounts: sums } : null,
    total: fact(words.total, formatMoneyOnPaper(amount, language), language),
    inWords: {
      name: both(words.inWords, language),
      own: amountInWords(amount, language),
      en: language === 'en' ? null : amountInWords(amount, 'en'),
    },
    payment: throughGateway(receipt, language),
    credit: receipt.credit ? fact(words.credit, creditOn(receipt.credit, language), language) : null,
    howToCheck: howToVerify[language],
    check: checkedAt(facts.publicUrl, receipt, qrCode[language]),
    notes: [
      noteOnSignature[language],
      service.noteOnPayer[language],
      noteOnHelp[language](facts.number, printable(facts.office[language])),
    ],
  };
}

/** How the money came; nothing where credit paid everything. How much of it did is said where credit paid the rest. */
function throughGateway(receipt: Receipt, language: Language): ReturnType<typeof fact>[] {
  const { gateway, method = 'other', transactionId, bankReference, amount, credit = [] } = receipt;
  if (gateway === undefined) return [];
  const money = paise(amount - sum(credit.map((source) => source.amount)));
  // On paper it is written as its owner writes it, in every language.
  const how = paidThrough(method, gateways[gateway].en, language);
  return [
    fact(
      words.method,
      credit.length === 0 ? how : `${formatMoneyOnPaper(money, language)}, ${how}`,
      language,
    ),
    ...(transactionId === undefined ? [] : [fact(words.transaction, printable(transactionId), language)]),
    ...(bankReference === undefined ? [] : [fact(words.bankReference, printable(bankReference), language)]),
  ];
}

/** How much of it was credit, and which payments had come too much. */
function creditOn(credit: readonly CreditSource[], language: Language): string {
  return credit
    .map(
      (source) => `${formatMoneyOnPaper(source.amount, language)} (${sourcesOfCredit([source], language)})`,
    )
    .join(', ');
}
