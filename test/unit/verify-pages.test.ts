import { describe, expect, test } from 'vitest';
import type { CalendarDate } from '../../domain/calendar.ts';
import { languages } from '../../domain/language.ts';
import { formatDate, formatDateTime, formatMoney } from '../../texts/format.ts';
import { beginsOn, ofCertificate, verifiedCertificate, verifiedReceipt, verify } from '../../texts/verify.ts';
import { verifyPage } from '../../web/verify.tsx';
import { sampleFacts, sampleFound } from '../support/sample-payments.ts';
import { seen, whole } from '../support/seen.ts';

const heading = (html: string): string => seen(/<h1>.*?<\/h1>/.exec(html)?.[0] ?? '');

describe.each(languages)('checking a receipt in %s', (language) => {
  const { receipt } = sampleFound.receipt;
  const real = verifyPage(language, { asked: ' w-2026-27-000123', found: sampleFound.receipt }, sampleFacts);
  const none = verifyPage(language, { asked: 'W-2026-27-000999' }, sampleFacts);
  const wrong = verifyPage(language, { asked: '<b>12</b>' }, sampleFacts);
  const form = verifyPage(language, {}, sampleFacts);

  test('a form asks for the number, and keeps the language', () => {
    expect(heading(form)).toBe(verify.title[language]);
    for (const html of [form, real, none, wrong]) {
      expect(html.match(/<h1>/g)).toHaveLength(1);
      expect(html).toContain('method="get" action="/verify"');
      expect(html).toContain(`<input type="hidden" name="lang" value="${language}"`);
      expect(html).toContain('<label for="number">');
      for (const example of ['W-2026-27-000123', 'CE-2026-27-000123']) expect(seen(html)).toContain(example);
    }
  });

  test('a real one shows what to compare, and not whose it is', () => {
    const text = seen(real);
    expect(heading(real)).toBe(verifiedReceipt.genuine[language]);
    expect(real).toContain('state good');
    for (const said of [
      'W-2026-27-000123',
      { bn: 'সম্পত্তি কর', en: 'Property tax', hi: 'संपत्ति कर' }[language],
      { bn: 'অ্যাসেসি নম্বর', en: 'Assessee number', hi: 'असेसी नंबर' }[language],
      formatMoney(receipt.amount, language),
      formatDateTime(receipt.paidAt, language),
      '••••••••0571',
      verify.compare[language],
    ]) {
      expect(text).toContain(said);
    }
  });

  test('that of a licence fee goes by the number of the licence', () => {
    const found = { is: 'receipt', receipt: { ...receipt, service: 'tradeLicence' } } as const;
    const text = seen(verifyPage(language, { asked: receipt.number, found }, sampleFacts));
    expect(text).toContain({ bn: 'ট্রেড লাইসেন্স ফি', en: 'Trade licence fee', hi: 'ट्रेड लाइसेंस शुल्क' }[language]);
    expect(text).toContain({ bn: 'সি\u00a0ই নম্বর', en: 'CE number', hi: 'सीई नंबर' }[language]);
  });

  test('one that was never issued is said to be none, with what to do', () => {
    expect(heading(none)).toBe(verify.notIssued[language]);
    expect(none).toContain('state bad');
    expect(seen(none)).toContain('W-2026-27-000999');
    expect(seen(none)).toContain(verify.notIssuedBody[language]);
    expect(seen(none)).toContain(verify.counters[language]);
  });

  test('what is no number of ours is shown as it was typed, escaped', () => {
    expect(heading(wrong)).toBe(verify.malformed[language]);
    expect(wrong).toContain('state heed');
    expect(seen(wrong)).toContain('<b>12</b>');
    expect(wrong).not.toContain('<b>');
  });

  test('only the empty form is for search engines', () => {
    expect(form).not.toContain('noindex');
    for (const html of [real, none, wrong]) expect(html).toContain('noindex');
  });
});

test.each(languages)('a number alone tells that it is genuine and nothing else, in %s', (language) => {
  const { certificate, today } = sampleFound.inForce;
  const receipt = verifyPage(
    language,
    { asked: 'W-2026-27-000123', found: { is: 'genuineReceipt' } },
    sampleFacts,
  );
  const found = { is: 'genuineCertificate', certificate, today } as const;
  const paper = verifyPage(language, { asked: certificate.number, found }, sampleFacts);
  expect(heading(receipt)).toBe(verifiedReceipt.genuine[language]);
  expect(heading(paper)).toBe(verifiedCertificate.inForce.heading[language]);
  for (const html of [receipt, paper]) {
    expect(seen(html)).toContain(verify.byNumberAlone[language]);
    expect(html).not.toContain('<dl');
  }
});

describe.each(languages)('checking a certificate in %s', (language) => {
  const page = (name: Exclude<keyof typeof sampleFound, 'receipt'>): string =>
    verifyPage(language, { asked: 'CE-2026-27-000123', found: sampleFound[name] }, sampleFacts);

  test('one that was renewed early says from when it is valid, and no other does', () => {
    const words = beginsOn[language](formatDate('2027-04-01' as CalendarDate, language));
    expect(seen(page('notBegun'))).toContain(words);
    expect(seen(page('inForce'))).not.toContain(words);
  });

  test.each([
    ['inForce', 'inForce', 'good'],
    ['lastDay', 'inForce', 'good'],
    ['notBegun', 'notBegun', 'good'],
    ['expired', 'expired', 'heed'],
    ['revoked', 'revoked', 'bad'],
    ['replaced', 'revoked', 'bad'],
  ] as const)('%s: it is said to be %s, on ground that is %s', (name, validity, mood) => {
    const html = page(name);
    expect(heading(html)).toBe(verifiedCertificate[validity].heading[language]);
    expect(html).toContain(`state ${mood}`);
    const text = seen(html);
    for (const said of [
      verifiedCertificate[validity].body[language],
      'CE-2026-27-000123',
      language === 'bn' ? 'অন্নপূর্ণা মিষ্টান্ন ভাণ্ডার' : 'Annapurna Mishtanna Bhandar',
      '••••••••6789',
      ...['2027-04-01', '2028-03-31', '2026-11-22'].map((date) => formatDate(date as CalendarDate, language)),
    ]) {
      expect(text).toContain(said);
    }
    expect(html).toContain('noindex');
  });

  test('nobody learns whose it is, nor gets the paper', () => {
    const html = page('inForce');
    expect(html).not.toContain('certificate.pdf');
    expect(html).not.toContain('key=');
    expect(seen(html)).not.toMatch(/700123456789|Ghoshal|ঘোষাল|Nabin Pally|নবীন পল্লি/);
  });

  test('its holder finds the paper, also in another language', () => {
    const html = whole(page('ofItsHolder'));
    expect(html).toContain('href="/verify/CE-2026-27-000123/certificate.pdf?key=Sample-Key_0001"');
    expect(seen(html)).toContain(ofCertificate.pdf[language]);
    expect(seen(html)).toContain(ofCertificate.private[language]);
    for (const other of languages) expect(html).toContain(`href="?lang=${other}&key=Sample-Key_0001"`);
  });

  test('a revoked one says since when, and what replaces it', () => {
    expect(seen(page('revoked'))).toContain(formatDate('2027-06-10' as CalendarDate, language));
    expect(page('revoked')).not.toContain('href="/verify/');
    expect(page('replaced')).toContain(`href="/verify/CE-2027-28-000045?lang=${language}"`);
  });
});

test('the name of a trade is text and nothing else', () => {
  const { certificate, today } = sampleFound.inForce;
  const found = {
    is: 'certificate',
    certificate: { ...certificate, tradeName: { en: '<img src=x>"&' } },
    today,
  } as const;
  const html = verifyPage('en', { asked: certificate.number, found }, sampleFacts);
  expect(html).not.toContain('<img');
  expect(seen(html)).toContain('<img src=x>"&');
});
