import { describe, expect, test } from 'vitest';
import type { CalendarDate } from '../../domain/calendar.ts';
import { languages } from '../../domain/language.ts';
import { paise } from '../../domain/money.ts';
import {
  formatDate,
  formatDateTime,
  formatFinancialYear,
  formatMoney,
  formatMoneyOnPaper,
  formatNumber,
  formatPeriod,
} from '../../texts/format.ts';
import { billNames } from '../../texts/services/services.ts';

/** Bengali, English, Hindi. */
const inAll = (format: (language: (typeof languages)[number]) => string): string[] =>
  languages.map((language) => format(language));
const nfc = (texts: readonly string[]): string[] => texts.map((text) => text.normalize('NFC'));
/** What stands on one line, in words of ordinary spaces. */
const unbroken = (text: string): string => text.replaceAll(' ', '\u00a0');
const day = (text: string): CalendarDate => text as CalendarDate;

describe('money', () => {
  test.each([
    [123_456_750, ['₹১২,৩৪,৫৬৭.৫০', '₹12,34,567.50', '₹12,34,567.50']],
    [-250_075, ['-₹২,৫০০.৭৫', '-₹2,500.75', '-₹2,500.75']],
    [0, ['₹০', '₹0', '₹0']],
    [483_800, ['₹৪,৮৩৮', '₹4,838', '₹4,838']],
    [459_650, ['₹৪,৫৯৬.৫০', '₹4,596.50', '₹4,596.50']],
    [5, ['₹০.০৫', '₹0.05', '₹0.05']],
    [123_456_789_012_34, ['₹১,২৩,৪৫,৬৭,৮৯,০১২.৩৪', '₹1,23,45,67,89,012.34', '₹1,23,45,67,89,012.34']],
  ])('%i paise', (amount, expected) => {
    expect(inAll((language) => formatMoney(paise(amount), language))).toEqual(expected);
  });
});

test('amounts on papers always have paise', () => {
  const amounts = inAll((language) => formatMoneyOnPaper(paise(483_800), language));
  expect(amounts).toEqual(['₹৪,৮৩৮.০০', '₹4,838.00', '₹4,838.00']);
});

test('counts are not grouped', () => {
  expect(inAll((language) => formatNumber(1234, language))).toEqual(['১২৩৪', '1234', '1234']);
});

test('dates', () => {
  expect(inAll((language) => formatDate(day('2022-01-15'), language))).toEqual(
    nfc(['১৫ জানুয়ারি ২০২২', '15 January 2022', '15 जनवरी 2022'].map(unbroken)),
  );
});

describe('moments are in Indian Standard Time with words of our own', () => {
  test.each([
    ['2022-01-15T00:05:00+05:30', ['রাত ১২:০৫', '12:05 am', 'रात 12:05 बजे']],
    ['2022-01-15T05:30:00+05:30', ['ভোর ৫:৩০', '5:30 am', 'सुबह 5:30 बजे']],
    ['2022-01-15T08:00:00+05:30', ['সকাল ৮:০০', '8:00 am', 'सुबह 8:00 बजे']],
    ['2022-01-15T12:00:59+05:30', ['দুপুর ১২:০০', '12:00 pm', 'दोपहर 12:00 बजे']],
    ['2022-01-15T16:09:00+05:30', ['বিকেল ৪:০৯', '4:09 pm', 'शाम 4:09 बजे']],
    ['2022-01-15T18:45:00+05:30', ['সন্ধ্যা ৬:৪৫', '6:45 pm', 'शाम 6:45 बजे']],
    ['2022-01-15T15:12:00Z', ['রাত ৮:৪২', '8:42 pm', 'रात 8:42 बजे']],
  ])('%s', (instant, clocks) => {
    const dates = ['১৫ জানুয়ারি ২০২২', '15 January 2022', '15 जनवरी 2022'];
    expect(inAll((language) => formatDateTime(Date.parse(instant), language))).toEqual(
      nfc(dates.map((date, index) => `${unbroken(date)}, ${unbroken(clocks[index] ?? '')}`)),
    );
  });

  test('the day changes at midnight in Kolkata', () => {
    expect(formatDateTime(Date.parse('2022-01-15T18:30:00Z'), 'en')).toBe(
      '16\u00a0January\u00a02022, 12:00\u00a0am',
    );
  });
});

describe('periods', () => {
  test.each([
    ['a whole year', '2023-04-01', '2024-03-31', ['২০২৩-২৪', '2023-24', '2023-24']],
    ['the turn of the century', '1999-04-01', '2000-03-31', ['১৯৯৯-০০', '1999-00', '1999-00']],
    [
      'whole years',
      '2019-04-01',
      '2024-03-31',
      ['২০১৯-২০ থেকে ২০২৩-২৪', '2019-20 to 2023-24', '2019-20 से 2023-24'],
    ],
    [
      'one quarter',
      '2024-01-01',
      '2024-03-31',
      ['২০২৩-২৪, চতুর্থ ত্রৈমাসিক', '2023-24, 4th quarter', '2023-24, चौथी तिमाही'],
    ],
    [
      'some quarters',
      '2023-07-01',
      '2024-03-31',
      ['২০২৩-২৪, দ্বিতীয় থেকে চতুর্থ ত্রৈমাসিক', '2023-24, 2nd to 4th quarter', '2023-24, दूसरी से चौथी तिमाही'],
    ],
    [
      'quarters of several years',
      '2021-10-01',
      '2023-06-30',
      [
        '২০২১-২২, তৃতীয় ত্রৈমাসিক থেকে ২০২৩-২৪, প্রথম ত্রৈমাসিক',
        '2021-22, 3rd quarter to 2023-24, 1st quarter',
        '2021-22, तीसरी तिमाही से 2023-24, पहली तिमाही',
      ],
    ],
    [
      'days that are no quarter',
      '2025-05-11',
      '2026-03-31',
      ['১১_মে_২০২৫ থেকে ৩১_মার্চ_২০২৬', '11_May_2025 to 31_March_2026', '11_मई_2025 से 31_मार्च_2026'],
    ],
    ['one month', '2026-04-01', '2026-04-30', ['এপ্রিল_২০২৬', 'April_2026', 'अप्रैल_2026']],
    [
      'some months',
      '2025-05-01',
      '2026-02-28',
      ['মে_২০২৫ থেকে ফেব্রুয়ারি_২০২৬', 'May_2025 to February_2026', 'मई_2025 से फ़रवरी_2026'],
    ],
    ['one day', '2026-04-01', '2026-04-01', ['১_এপ্রিল_২০২৬', '1_April_2026', '1_अप्रैल_2026']],
  ])('%s', (_, from, to, expected) => {
    // A no-break space is written _ above.
    const periods = inAll((language) => formatPeriod(day(from), day(to), language));
    expect(periods).toEqual(nfc(expected.map((text) => text.replaceAll('_', '\u00a0'))));
  });
});

test('financial years', () => {
  expect(inAll((language) => formatFinancialYear(2026, language))).toEqual(['২০২৬-২৭', '2026-27', '2026-27']);
});

test('every kind of bill has its names', () => {
  expect(billNames.PD.en.full).toBe('Annual bill (PD, Periodic Demand)');
  expect(billNames.LOI.bn.full).toBe('লেটার অব ইন্টিমেশন (এল\u00a0ও\u00a0আই)');
  expect(billNames.FS.hi.short).toBe('एफ़/एस बिल'.normalize('NFC'));
});
