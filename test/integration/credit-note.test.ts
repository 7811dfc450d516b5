/** The credit note as a PDF: what it says, that it can be read aloud and checked, and that one sheet is enough. */
import { describe, expect, test } from 'vitest';
import { creditNotePdf } from '../../documents/credit-note.ts';
import { languages, type Language } from '../../domain/language.ts';
import { creditNote as note, facts, hostileAccount } from '../support/bills.ts';
import { openPdf } from '../support/open-pdf.ts';
import { asFound, textOf } from '../support/pdf-text.ts';

const expected: Record<Language, readonly string[]> = {
  bn: [
    'ক্রেডিট নোট: টাকা ফেরত',
    'Credit note: money given back',
    'CN-2026-27-000123',
    '৩০ নভেম্বর ২০২৬',
    '31-107-11-0057-1',
    'মোট ফেরত · Total given back',
    '₹১৯,৬১৭.০০',
    'উনিশ হাজার ছয়শো সতেরো টাকা মাত্র',
    'দু’বার বা বেশি টাকা জমা পড়েছিল',
    'W-2026-27-000123',
    'BillDesk',
    'U123000456789',
    'RF123000456789',
    'এই টাকা ফেরতের জন্য নতুন করে কিছু বকেয়া হয়নি।',
  ],
  en: ['Credit note: money given back', 'Total given back', '₹19,617.00', 'Paid twice, or more than was due'],
  hi: ['क्रेडिट नोट: राशि की वापसी', 'कुल लौटाई गई राशि', 'दो बार या ज़्यादा भुगतान हुआ था'],
};

describe.each(languages)('the credit note in %s', (language) => {
  test('says which money went back, how much of it and why, in order, and can be checked', async () => {
    const pdf = await creditNotePdf(note, language, facts);
    const { texts, tree, marked } = await openPdf(pdf);
    expect(marked).toMatchObject({ Marked: true });
    expect(texts).toHaveLength(1);
    const text = textOf(pdf);
    for (const words of expected[language]) expect(text).toContain(asFound(words));
    // The QR code is read aloud as its address.
    expect(tree).toContain('https://seva.example.org/verify/CN-2026-27-000123?code=C0DE0001');
  });

  test('of a bill that is due again says so, and a record in which everything is wrong takes a sheet or two', async () => {
    const hostile = { ...note, order: { ...note.order, account: hostileAccount }, dueAgain: true };
    const pdf = await creditNotePdf(hostile, language, facts);
    const { texts } = await openPdf(pdf);
    expect(texts.length).toBeLessThanOrEqual(2);
  });
});
