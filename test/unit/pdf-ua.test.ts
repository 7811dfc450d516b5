/**
 * PDF/UA-1 (ISO 14289-1), clause by clause, on every paper in every language: whoever cannot see it can have it read
 * aloud.
 */
import { describe, expect, test } from 'vitest';
import { certificatePdf } from '../../documents/certificate.ts';
import { creditNotePdf } from '../../documents/credit-note.ts';
import { withEveryGlyph, withStandard, withTitleShown } from '../../documents/pdf-ua.ts';
import { receiptPdf } from '../../documents/receipt.ts';
import { statementPdf } from '../../documents/statement.ts';
import { languages, type Language } from '../../domain/language.ts';
import { paise } from '../../domain/money.ts';
import { receiptNumber } from '../../domain/payments/receipt.ts';
import { amountInWords } from '../../texts/amount-in-words.ts';
import * as ofCertificate from '../../texts/certificate.ts';
import * as ofReceipt from '../../texts/receipt.ts';
import * as ofRefund from '../../texts/refund.ts';
import { serviceTexts } from '../../texts/services/services.ts';
import * as ofStatement from '../../texts/statement.ts';
import { account, certificate, creditNote, due, facts, receiptOf } from '../support/bills.ts';
import { openPdf, withTagsBelow } from '../support/open-pdf.ts';
import { asFound, glyphsOf, streamsOf, textOf } from '../support/pdf-text.ts';

/** Enough for several pages, and credit beside the money of a gateway. */
const receipt = {
  ...receiptOf(Array.from({ length: 20 }, (_, index) => due('FS', 2026 - index, [4_560, 120, 12]))),
  credit: [
    { amount: paise(100_000), receipt: receiptNumber('W', 2025, 77), paidAt: Date.UTC(2026, 2, 1) },
    { amount: paise(61_700), paidAt: Date.UTC(2026, 3, 1) },
  ],
};
const { noteOnPayer, title } = serviceTexts.propertyTax.receipt;

interface Paper {
  readonly title: string;
  readonly language: Language;
  readonly pdf: () => Promise<Buffer>;
  /** What may be looked at instead of being read: each with its words. */
  readonly figures: number;
  readonly tables: number;
  /** The longest that stands on it, over several lines. */
  readonly sentences: readonly string[];
}

const papersIn = (language: Language): readonly (readonly [name: string, Paper])[] => {
  const help = ofStatement.noteOnHelp[language](facts.number, facts.office[language]);
  return [
    [
      `the receipt in ${language}`,
      {
        title: title[language],
        language,
        pdf: () => receiptPdf(receipt, language, facts),
        figures: 1,
        tables: 1,
        sentences: [
          amountInWords(receipt.amount, language),
          ofReceipt.howToVerify[language],
          ofReceipt.noteOnSignature[language],
          noteOnPayer[language],
          help,
        ],
      },
    ],
    [
      `the credit note in ${language}`,
      {
        title: ofRefund.creditNote.title[language],
        language,
        pdf: () => creditNotePdf(creditNote, language, facts),
        figures: 1,
        tables: 0,
        sentences: [
          amountInWords(creditNote.amount, language),
          ofRefund.reasons.paidTwice[language],
          ofRefund.noteOnBills.notDue[language],
          ofRefund.howToVerify[language],
          ofRefund.noteOnArrival[language],
          ofRefund.noteOnSignature[language],
          help,
        ],
      },
    ],
    [
      `the statement in ${language}`,
      {
        title: ofStatement.statement.title[language],
        language,
        pdf: () => {
          const asOf = receipt.paidAt;
          return statementPdf({ account, dues: receipt.paid, total: receipt.amount, asOf }, language, facts);
        },
        figures: 0,
        tables: 1,
        sentences: [ofStatement.noteOnLaw[language], ofStatement.noteOnMasking[language], help],
      },
    ],
  ];
};

const papers: readonly (readonly [name: string, Paper])[] = [
  ...languages.flatMap(papersIn),
  [
    'the certificate',
    {
      title: ofCertificate.certificate.title.bn,
      language: 'bn',
      pdf: () => certificatePdf(certificate, facts),
      figures: 1,
      tables: 0,
      sentences: [ofCertificate.howToVerify, ...ofCertificate.notes].flatMap(({ bn, en }) => [bn, en]),
    },
  ],
];

const withoutSpaces = (text: string): string => asFound(text).replace(/\s/g, '');

describe.each(papers)('%s', (_, { title, language, pdf, figures, tables, sentences }) => {
  test('says that it keeps the standard, shows its title and tells its language', async () => {
    const opened = await openPdf(await pdf());
    expect(opened).toMatchObject({ standard: '1', titleShown: true, marked: { Marked: true } });
    expect(opened.info).toMatchObject({ Title: title.normalize('NFC'), Language: `${language}-IN` });
  });

  test('tells where it is in English beside another language', async () => {
    const contents = [...streamsOf(await pdf()).values()].join('');
    expect(/\/MCID \d+\s+\/Lang \(en-IN\)/.test(contents)).toBe(language !== 'en');
  });

  test('has words for every figure, headers for every table, and one first heading', async () => {
    const { tags } = await openPdf(await pdf());
    const ofRole = (role: string): typeof tags => tags.filter((tag) => tag.role === role);
    expect(ofRole('H1')).toHaveLength(1);
    expect(ofRole('Figure').map(({ alt = '' }) => alt.includes('https://'))).toEqual(
      Array.from({ length: figures }, () => true),
    );
    const headers = ofRole('Table').map(
      (table) => withTagsBelow(table).filter(({ role }) => role === 'TH').length,
    );
    expect(headers.length > 0).toBe(tables > 0);
    expect(headers).not.toContain(0);
  });

  test('has every glyph in a tag or apart from what is read, with a Unicode value that may stand there', async () => {
    const glyphs = Array.from(glyphsOf(await pdf()));
    expect(glyphs.length).toBeGreaterThan(500);
    expect(glyphs.filter(({ marked }) => !marked)).toEqual([]);
    expect(glyphs.filter(({ text }) => !text || /[\0\uFEFF\uFFFE]/.test(text))).toEqual([]);
  });

  test('reads whole sentences as they stand on it, and nothing that nobody sees', async () => {
    const text = textOf(await pdf());
    for (const sentence of sentences) expect(withoutSpaces(text)).toContain(withoutSpaces(sentence));
    expect(text).not.toMatch(/[\u2060\ufffd\x00-\x09]/);
  });
});

describe('what Typst leaves out', () => {
  test('goes where it belongs', () => {
    expect(withTitleShown('<< /ViewerPreferences << /Direction /L2R >> >>')).toBe(
      '<< /ViewerPreferences << /DisplayDocTitle true /Direction /L2R >> >>',
    );
    expect(withStandard('<rdf:Description></rdf:Description>')).toContain('1</pdfuaid:part></rdf:Desc');
  });

  test('is not passed over where a later Typst has no place for it', () => {
    expect(() => withTitleShown('<< /Type /Catalog >>')).toThrow('the PDF has no /ViewerPreferences');
    expect(() => withStandard('')).toThrow('the PDF has no </rdf:Description>');
  });

  test('of a font is a value for each glyph without one, in blocks of a hundred', () => {
    const table = '1 beginbfchar\n<0002> <0995>\nendbfchar\nendcmap';
    expect(withEveryGlyph(table, 3)).toBe(
      '1 beginbfchar\n<0002> <0995>\nendbfchar\n' +
        '2 beginbfchar\n<0001> <2060>\n<0003> <2060>\nendbfchar\nendcmap',
    );
    const blocks = [...withEveryGlyph(table, 251).matchAll(/(\d+) beginbfchar/g)].map(([, count]) => count);
    expect(blocks).toEqual(['1', '100', '100', '50']);
    expect(withEveryGlyph(table, 0)).toBe(table);
  });
});
