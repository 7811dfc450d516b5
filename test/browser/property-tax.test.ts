/** A citizen at the phone, from "hi" to everything that is due, in each language; and the statement as a file. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Language } from '../../domain/language.ts';
import { samples } from '../../sandbox/city/samples.ts';
import { labels } from '../../texts/conversation.ts';
import { launchBrowser } from '../support/browser.ts';
import { Phone } from '../support/phone.ts';
import { startTown, type Town } from '../support/town.ts';

let town: Town;
let browser: Browser;
/** Numbers of the sandbox's city, by what they show. */
let numbers: Readonly<Record<string, string>>;

beforeAll(async () => {
  [town, browser] = await Promise.all([startTown({ env: { SANDBOX_CITY: '2000' } }), launchBrowser()]);
  const found = await samples(town.house.env['DATABASE_URL'] ?? '');
  numbers = Object.fromEntries(found.map(({ number, shows }) => [shows, number]));
});
afterAll(async () => {
  await browser.close();
  await town.stop();
});

function numberOf(what: string): string {
  const [, number] = Object.entries(numbers).find(([shows]) => shows.includes(what)) ?? [];
  if (number === undefined) throw new Error(`no sample shows ${what}`);
  return number;
}

describe('property tax on the phone', () => {
  test.each<[Language, string, string, RegExp, RegExp, string]>([
    ['bn', 'subir', 'বাংলা', /সুদ\u00a0₹[০-৯,.]+, জরিমানা/, /মোট দিতে হবে: ₹[০-৯,]+/, 'হিসাব'],
    ['en', 'irfan', 'English', /interest\u00a0₹[\d,.]+, penalty/, /Total due: ₹[\d,]+/, 'statement'],
    ['hi', 'asha', 'हिन्दी', /ब्याज\u00a0₹[\d,.]+, जुर्माना/, /कुल देय: ₹[\d,]+/, 'हिसाब'],
  ])('from "hi" to the dues in %s, in four messages', async (language, citizen, name, parts, total, word) => {
    const phone = await Phone.of(town, browser, citizen);
    await phone.type(name);
    await phone.choose(labels.propertyTax[language].title);
    const number = numberOf('arrears of some years');
    const dues = await phone.type(number);
    expect(dues).toContain(number);
    expect(dues).toMatch(parts);
    expect(dues).toMatch(total);

    // A message with a link has no buttons: it says which word to write.
    expect(dues).toContain(word);
    await phone.type(word);
    const pdf = await phone.file();
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    expect(pdf.length).toBeLessThan(100_000);
  });

  test('a bare number in Bengali digits, and each kind of property', async () => {
    const phone = await Phone.of(town, browser, 'ananya');
    const bengali = numberOf('nothing due').replace(/\d/g, (digit) =>
      String.fromCharCode(0x09e6 + Number(digit)),
    );
    expect(await phone.type(`অ্যাসেসি নম্বর ${bengali}`)).toContain('কোনও বকেয়া নেই');
    expect(await phone.type(numberOf('letter of intimation'))).toContain('বকেয়া (এল\u00a0ও\u00a0আই)');
    expect(await phone.type(numberOf('senior'))).toMatch(/ছাড় ₹[০-৯,.]+ বাদ দেওয়া আছে/);
    expect(await phone.type(numberOf('no such number'))).toContain('নম্বরে কোনও সম্পত্তি পাওয়া গেল না');
    expect(await phone.type('৩১-১০৭')).toContain('ঠিক ১২টি সংখ্যা');
  });

  test('the numbers asked for before are one tap away', async () => {
    const phone = await Phone.of(town, browser, 'mita');
    const number = numberOf('one new bill');
    await phone.type(number);
    await phone.type('সম্পত্তি কর');
    expect(await phone.choose(number)).toContain('মোট দিতে হবে');
    await phone.type('সম্পত্তি কর');
    expect(await phone.choose(labels.forget.bn.title)).toContain('মুছে ফেলা হল');
  });
});
