import { describe, expect, test } from 'vitest';
import { languages } from '../../domain/language.ts';
import { formatDateTime, formatMoney } from '../../texts/format.ts';
import { verify } from '../../texts/verify.ts';
import { verifyPage } from '../../web/verify.tsx';
import { sampleVerification } from '../support/sample-payments.ts';
import { seen } from '../support/seen.ts';

describe.each(languages)('checking a receipt in %s', (language) => {
  const heading = (html: string): string => seen(/<h1>.*?<\/h1>/.exec(html)?.[0] ?? '');
  const real = verifyPage(language, { asked: ' w-2026-27-000123', found: sampleVerification });
  const none = verifyPage(language, { asked: 'W-2026-27-000999' });
  const wrong = verifyPage(language, { asked: '<b>12</b>' });
  const form = verifyPage(language, {});

  test('a form asks for the number, and keeps the language', () => {
    expect(heading(form)).toBe(verify.title[language]);
    for (const html of [form, real, none, wrong]) {
      expect(html.match(/<h1>/g)).toHaveLength(1);
      expect(html).toContain('method="get" action="/verify"');
      expect(html).toContain(`<input type="hidden" name="lang" value="${language}"`);
      expect(html).toContain('<label for="number">');
      expect(seen(html)).toContain('W-2026-27-000123');
    }
  });

  test('a real one shows what to compare, and not whose it is', () => {
    const text = seen(real);
    expect(heading(real)).toBe(verify.genuine[language]);
    expect(real).toContain('state good');
    for (const said of [
      'W-2026-27-000123',
      { bn: 'সম্পত্তি কর', en: 'Property tax', hi: 'संपत्ति कर' }[language],
      formatMoney(sampleVerification.amount, language),
      formatDateTime(sampleVerification.paidAt, language),
      '••••••••0571',
      verify.compare[language],
    ]) {
      expect(text).toContain(said);
    }
  });

  test('one that was never issued is said to be none, with what to do', () => {
    expect(heading(none)).toBe(verify.notIssued[language]);
    expect(none).toContain('state bad');
    expect(seen(none)).toContain('W-2026-27-000999');
    expect(seen(none)).toContain(verify.notIssuedBody[language]);
    expect(seen(none)).toContain(verify.counters[language]);
  });

  test('what is no number of a receipt is shown as it was typed, escaped', () => {
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
