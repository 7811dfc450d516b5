import { describe, expect, test } from 'vitest';
import type { CalendarDate } from '../../domain/calendar.ts';
import type { Account } from '../../domain/accounts/kinds.ts';
import type { Due, Dues } from '../../domain/dues.ts';
import { languages, type Language } from '../../domain/language.ts';
import { paise, sum } from '../../domain/money.ts';
import { statementPdf } from '../../documents/statement.ts';
import { inert } from '../../domain/inert.ts';
import { account, due, evil, facts, hostileAccount } from '../support/bills.ts';
import { openPdf } from '../support/open-pdf.ts';
import { textOf } from '../support/pdf-text.ts';

function duesOf(list: readonly Due[], who: Account = account): Dues {
  return {
    account: who,
    dues: list,
    total: sum(list.map(({ payable }) => payable)),
    asOf: Date.parse('2026-11-22T20:42:00+05:30'),
  };
}

const rebate = {
  amount: paise(228_00),
  until: '2026-12-13' as CalendarDate,
  rules: [{ name: 'prompt rebate' }],
};
const small = duesOf([
  due('LOI', 2023, [12_345, 3_456, 1_234, 250], {
    waiver: { amount: paise(2_000_00), rule: { name: 'arrears waiver' } },
    payable: paise(15_285_00),
  }),
  due('PD', 2026, [4_560], { rebate, payable: paise(4_332_00) }),
]);
const large = duesOf(
  Array.from({ length: 120 }, (_, index) =>
    due((['PD', 'FS', 'LOI'] as const)[index % 3] ?? 'PD', 1985 + Math.floor(index / 3), [
      4_560 + index * 17,
      120 + index,
      index * 3,
      index % 7 === 0 ? 50 : 0,
    ]),
  ),
);

const hostile = duesOf([due('PD', 2025, [1_23_45_67_890, 98_76_54_321])], hostileAccount);

const expected: Record<
  Language,
  { title: string; words: string[]; total: string; language: string; page: string }
> = {
  bn: {
    title: 'অনাদায়ী সম্পত্তি করের বিবরণী',
    words: [
      'কলকাতা পৌরসংস্থা',
      'অ্যাসেসি নম্বর',
      'ওয়ার্ড',
      'লেটার অব ইন্টিমেশন (এল ও আই)',
      'সন্তোষপুর অ্যাভিনিউ',
      'মূল কর',
    ],
    total: '₹১৯,৬১৭.০০',
    language: 'bn-IN',
    page: 'পৃষ্ঠা ১ / ',
  },
  en: {
    title: 'Statement of property tax due',
    words: [
      'Kolkata Municipal Corporation',
      'Letter of Intimation (LOI)',
      'Santoshpur Avenue',
      'until 13 December 2026',
    ],
    total: '₹19,617.00',
    language: 'en-IN',
    page: 'Page 1 of ',
  },
  hi: {
    title: 'देय संपत्ति कर का विवरण',
    words: ['कोलकाता नगर निगम', 'असेसी नंबर', 'लेटर ऑफ़ इंटिमेशन (एलओआई)', 'कृपया ध्यान दें'],
    total: '₹19,617.00',
    language: 'hi-IN',
    page: 'पृष्ठ 1 / ',
  },
};

describe.each(languages)('the statement of dues in %s', (language) => {
  const { title, words, total, language: tag, page } = expected[language];

  test('says what is due, in text that can be searched and read aloud', async () => {
    const pdf = await statementPdf(small, language, facts);
    expect(pdf.toString('latin1', 0, 5)).toBe('%PDF-');
    expect(pdf.length).toBeLessThan(100_000);
    const { info, texts, marked, tree } = await openPdf(pdf);
    expect(info).toMatchObject({ Title: title.normalize('NFC'), Language: tag });
    expect(marked).toMatchObject({ Marked: true });
    for (const role of ['H1', 'H2', 'Table', 'TH', 'TD', 'L']) expect(tree).toContain(`"role":"${role}"`);
    // A library that knows nothing of ActualText finds numbers and amounts,
    expect(texts).toHaveLength(1);
    expect(texts[0]).toContain('31-107-11-0057-1');
    expect(texts[0]).toContain(total);
    // a reader that does finds every word.
    const text = textOf(pdf);
    for (const word of [title, total, page, ...words]) expect(text).toContain(word.normalize('NFC'));
    expect(text.indexOf(title.normalize('NFC'))).toBeLessThan(text.indexOf('31-107-11-0057-1', 100));
  });

  test('goes on over pages with its header row and stays small', async () => {
    const pdf = await statementPdf(large, language, facts);
    expect(pdf.length).toBeLessThan(100_000);
    const { texts } = await openPdf(pdf);
    expect(texts.length).toBeGreaterThan(2);
    for (const text of texts) expect(text).toContain('31-107-11-0057-1');
    if (language === 'en') for (const text of texts) expect(text).toMatch(/Principal\s+Interest\s+Penalty/);
  });

  test('takes whatever the register holds as text', async () => {
    const pdf = await statementPdf(hostile, language, facts);
    expect(pdf.length).toBeLessThan(100_000);
    expect(textOf(pdf)).toContain(inert(evil));
  });
});

test('a warm statement takes less than 200 ms of a core', async () => {
  await statementPdf(small, 'bn', facts);
  const times: number[] = [];
  for (let round = 1; round <= 11; round += 1) {
    const other = duesOf([...small.dues, due('FS', 2024, [1_000 + round])]);
    const before = process.cpuUsage();
    await statementPdf(other, languages[round % 3] ?? 'bn', facts);
    const { user, system } = process.cpuUsage(before);
    times.push((user + system) / 1_000);
  }
  const median = times.sort((a, b) => a - b)[5] ?? Infinity;
  process.stdout.write(
    `statement of dues, warm: median ${median.toFixed(0)} ms, worst ${times.at(-1)?.toFixed(0) ?? '?'} ms\n`,
  );
  expect(median).toBeLessThan(200);
});

test('many statements at once all come, each with its own data', async () => {
  const pdfs = await Promise.all(
    Array.from({ length: 12 }, (_, index) =>
      statementPdf(duesOf([due('PD', 2026, [1_000 + index])]), 'en', facts),
    ),
  );
  pdfs.forEach((pdf, index) => expect(textOf(pdf)).toContain(`₹1,${String(index).padStart(3, '0')}.00`));
});
