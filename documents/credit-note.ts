/** The credit note: which money went back, how much of it and why, and where anybody can check it. */
import { dateInKolkata } from '../domain/calendar.ts';
import { gateways } from '../domain/payments/gateways.ts';
import type { Language } from '../domain/language.ts';
import type { CreditNote } from '../domain/payments/refund.ts';
import { amountInWords } from '../texts/amount-in-words.ts';
import { shownAccount } from '../texts/bills.ts';
import { labels } from '../texts/conversation.ts';
import { formatDate, formatDateTime, formatMoneyOnPaper, formatNumber } from '../texts/format.ts';
import { receipt } from '../texts/receipt.ts';
import {
  creditNote as words,
  howToVerify,
  noteOnArrival,
  noteOnBills,
  noteOnSignature,
  qrCode,
  reasons,
} from '../texts/refund.ts';
import { serviceTexts } from '../texts/services/services.ts';
import { noteOnHelp, paper } from '../texts/statement.ts';
import { compile } from './compiler.ts';
import { letterhead } from './letterhead.ts';
import { checkedAt } from './qr-code.ts';
import type { ReceiptFacts } from './receipt.ts';
import { both, fact, printable, written } from './words.ts';

/** An A5 PDF, tagged and searchable. */
export async function creditNotePdf(
  note: CreditNote,
  language: Language,
  facts: ReceiptFacts,
): Promise<Buffer> {
  return await compile('credit-note', creditNoteData(note, language, facts));
}

function creditNoteData(note: CreditNote, language: Language, facts: ReceiptFacts): object {
  const { order, amount, reason, dueAgain, paidAt, refundedAt, issuedAt } = note;
  const { account, service } = order;
  const texts = serviceTexts[service];
  const number = fact(words.number, note.number, language);
  const when = formatDateTime(refundedAt, language);
  const issuedOn = dateInKolkata(issuedAt);
  return {
    ...letterhead({ title: words.title, reference: number, moment: when }, language),
    facts: [
      number,
      fact(words.refundedAt, when, language),
      ...(issuedOn === dateInKolkata(refundedAt)
        ? []
        : [fact(words.issuedOn, formatDate(issuedOn, language), language)]),
      fact(words.service, labels[service][language].title, language),
      fact(texts.number, printable(shownAccount(service, account.number)), language),
      fact(paper.ward, formatNumber(account.ward, language), language),
      fact(texts.receipt.owner, written(account.owner, language), language),
      fact(paper.address, written(account.address, language), language),
    ],
    total: fact(words.total, formatMoneyOnPaper(amount, language), language),
    inWords: {
      name: both(receipt.inWords, language),
      own: amountInWords(amount, language),
      en: language === 'en' ? null : amountInWords(amount, 'en'),
    },
    refund: [
      fact(words.reason, reasons[reason][language], language),
      ...(note.receipt === undefined ? [] : [fact(words.receipt, note.receipt, language)]),
      fact(words.paidAt, formatDateTime(paidAt, language), language),
      // On paper it is written as its owner writes it, in every language.
      fact(words.through, gateways[note.gateway].en, language),
      fact(words.transaction, printable(note.transactionId), language),
      fact(words.refund, printable(note.refundId), language),
    ],
    aboutBills: noteOnBills[dueAgain ? 'dueAgain' : 'notDue'][language],
    howToCheck: howToVerify[language],
    check: checkedAt(facts.publicUrl, note, qrCode[language]),
    notes: [
      noteOnArrival[language],
      noteOnSignature[language],
      noteOnHelp[language](facts.number, printable(facts.office[language])),
    ],
  };
}
