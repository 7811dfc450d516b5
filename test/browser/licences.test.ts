/** Shopkeepers pay the fee of a trade licence, or renew it, from the phone to the certificate. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { workflowId } from '../../domain/entities.ts';
import type { Language } from '../../domain/language.ts';
import { paise } from '../../domain/money.ts';
import { labels } from '../../texts/conversation.ts';
import { formatDate, formatMoney } from '../../texts/format.ts';
import { languageNames } from '../../texts/pages.ts';
import { paid, payFor } from '../../texts/pay.ts';
import { verify } from '../../texts/verify.ts';
import { searchAttributes } from '../../workflows/search-attributes.ts';
import { launchBrowser } from '../support/browser.ts';
import { runDesk } from '../support/desk.ts';
import {
  addLicence,
  addTrades,
  certificatesSql,
  trades,
  yearly,
  type Ask,
  type CertificateRow,
  type NewShop,
  type Shop,
} from '../support/licences.ts';
import { atGateway, goToGateway, heading, waitForHeading } from '../support/pay-page.ts';
import { asFound, textOf } from '../support/pdf-text.ts';
import { Phone } from '../support/phone.ts';
import { startTown, type Town } from '../support/town.ts';

let town: Town;
let browser: Browser;

beforeAll(async () => {
  [town, browser] = await Promise.all([startTown({ env: { SANDBOX_CITY: '200' } }), launchBrowser()]);
  await addTrades(ask);
});
afterAll(async () => {
  await browser.close();
  await town.stop();
});

const ask: Ask = (sql, values) => town.rows(sql, values);
const english = (amount: number): string => formatMoney(paise(amount), 'en');
const licence = (shop?: NewShop): Promise<Shop> => addLicence(ask, shop);

/** A phone of somebody who was answered in this language before. */
async function phoneIn(language: Language = 'bn'): Promise<Phone> {
  const { id } = await town.inviteOne();
  const phone = await Phone.of(town, browser, id);
  if (language !== 'bn') await phone.type(languageNames[language]);
  return phone;
}

/** Pays under the last link of the chat. */
async function pay(phone: Phone, language: Language): Promise<void> {
  const page = await phone.openLink();
  expect(await heading(page)).toBe(payFor[language](labels.tradeLicence[language].title));
  await goToGateway(page);
  await atGateway(page, 'pay');
  await waitForHeading(page, paid.heading[language]);
}

/** What comes by itself after `before` messages: the receipt and the certificate, whichever is first. */
async function papersAfter(phone: Phone, before: number): Promise<{ receipt: string; certificate: string }> {
  await phone.answers.nth(before + 1).waitFor();
  const words = [
    await phone.answers.nth(before).innerText(),
    await phone.answers.nth(before + 1).innerText(),
  ];
  const receipt = words.find((each) => /\bW-\d{4}-\d{2}-\d{6}\b/.test(each));
  const certificate = words.find((each) => /\bCE-\d{4}-\d{2}-\d{6}\b/.test(each));
  if (receipt === undefined || certificate === undefined)
    throw new Error(`not the papers: ${words.join('\n')}`);
  return { receipt, certificate };
}

async function certificateOf({ number }: Shop): Promise<CertificateRow> {
  const rows = await town.rows<CertificateRow>(certificatesSql, [number]);
  const [certificate] = rows;
  if (rows.length !== 1 || !certificate) throw new Error(`${rows.length} certificates`);
  return certificate;
}

/** The certificate's own page: what anybody sees, and what its holder gets under the address in the chat. */
async function checkCertificate(certificate: CertificateRow, language: Language): Promise<string> {
  const page = await browser.newPage();
  await page.goto(
    `${town.apiUrl}/verify/${certificate.number}?lang=${language}&code=${certificate.checkCode}`,
  );
  const until = formatDate(certificate.validUntil, language);
  expect(await page.locator('main').innerText()).toContain(until);
  expect(await page.locator('main').innerText()).not.toContain('Invented Holder');
  expect(await page.locator('a[href*="certificate.pdf"]').count()).toBe(0);
  await page.goto(`${town.apiUrl}/verify/${certificate.number}?lang=${language}&key=${certificate.key}`);
  const href = await page.locator('a[href*="certificate.pdf"]').getAttribute('href');
  const pdf = await page.request.get(new URL(href ?? '', page.url()).href);
  expect(pdf.headers()['content-type']).toBe('application/pdf');
  const text = textOf(await pdf.body());
  await page.close();
  return text;
}

describe.each<Language>(['bn', 'en'])('in %s', (language) => {
  const money = (amount: number): string => formatMoney(paise(amount), language);

  test('from "hi" to the receipt and the certificate for the fee of a year, in five messages', async () => {
    const shop = await licence();
    const phone = await phoneIn(language);
    const before = await phone.answers.count();
    await phone.type('hi');
    await phone.choose(labels.tradeLicence[language].title);
    const dues = await phone.type(shop.number);
    expect(dues).toContain(shop.number);
    expect(dues).toContain(money(yearly));
    expect(dues).toContain(formatDate(shop.validUntil, language));
    expect(dues).not.toContain('Invented Holder');
    await pay(phone, language);
    const { receipt, certificate: words } = await papersAfter(phone, before + 3);
    expect(receipt).toContain(money(yearly));
    const certificate = await certificateOf(shop);
    expect(certificate.validUntil).toBe(shop.until(1));
    expect(words).toContain(certificate.number);
    expect(words).toContain(formatDate(shop.until(1), language));
    const pdf = await checkCertificate(certificate, language);
    for (const told of [certificate.number, shop.number, 'Sample Stores', 'Invented Holder']) {
      expect(pdf).toContain(told);
    }
    expect(pdf).toContain(asFound(formatDate(shop.until(1), 'en')));
    expect(pdf).toContain(asFound(formatDate(shop.until(1), 'bn')));
    expect(await phone.answers.count()).toBe(before + 5);
    await phone.close();
  });

  test('from "renew" to the certificate for three years: confirmed, chosen, paid', async () => {
    const shop = await licence();
    const phone = await phoneIn(language);
    await phone.type(labels.renewal[language].title);
    const shown = await phone.type(shop.number);
    expect(shown).toContain(shop.number);
    await phone.press(labels.unchanged[language].title);
    const before = await phone.answers.count();
    const summary = await phone.choose(money(3 * yearly));
    expect(summary).toContain(money(3 * yearly));
    expect(summary).toContain(formatDate(shop.until(3), language));
    await pay(phone, language);
    const { certificate: words } = await papersAfter(phone, before + 1);
    const certificate = await certificateOf(shop);
    expect(certificate.validUntil).toBe(shop.until(3));
    expect(words).toContain(certificate.number);
    expect(await checkCertificate(certificate, language)).toContain(asFound(formatDate(shop.until(3), 'en')));

    const renewal = town.temporal.workflow.getHandle(workflowId('renewal', shop.id));
    await renewal.result();
    const { typedSearchAttributes } = await renewal.describe();
    expect(typedSearchAttributes.get(searchAttributes.stage)).toBe('renewed');
    expect(typedSearchAttributes.get(searchAttributes.accountNumber)).toBe(shop.number);
    expect((await renewal.fetchHistory()).events?.length).toBeLessThanOrEqual(28);

    const again = await phone.type(`renew ${shop.number}`);
    expect(again).toContain(formatDate(shop.until(3), language));
    await phone.press(labels.lastCertificate[language].title);
    expect(textOf(await phone.file())).toContain(certificate.number);
    await phone.close();
  });
});

test('a number that is a property and a licence asks once, and one tap leads on', async () => {
  const [property] = await town.rows<{ number: string }>(
    `select a.number from accounts a where a.kind = 'property' and not exists (
       select from accounts l where l.kind = 'licence' and l.number = a.number) order by a.number limit 1`,
  );
  const shop = await licence({ number: property?.number ?? '' });
  const phone = await phoneIn('en');
  const question = await phone.type(shop.number);
  expect(question).toContain(shop.number);
  expect(await phone.press(labels.tradeLicence.en.title)).toContain('Sample Stores');
  await phone.type(shop.number);
  expect(await phone.press(labels.propertyTax.en.title)).toContain('Assessee number');
  await phone.close();
});

test('of two phones that renew one licence the second is told, and gets no link', async () => {
  const shop = await licence();
  const [one, other] = [await phoneIn('en'), await phoneIn('en')];
  for (const phone of [one, other]) {
    await phone.type(`renew ${shop.number}`);
    await phone.press(labels.unchanged.en.title);
  }
  expect(await one.choose(english(yearly))).toContain(english(yearly));
  const links = await other.page.getByTestId('link-button').count();
  expect(await other.choose(english(5 * yearly))).toContain('already being renewed from another number');
  expect(await other.page.getByTestId('link-button').count()).toBe(links);
  await Promise.all([one.close(), other.close()]);
});

test('a trade that needs an officer: nothing is taken before the approval, and the link comes with it', async () => {
  const shop = await licence({ trade: trades.approved });
  const phone = await phoneIn('en');
  expect(await phone.type(shop.number)).toContain('an officer must approve');
  await phone.press(labels.renew.en.title);
  await phone.press(labels.unchanged.en.title);
  const applied = await phone.choose(english(3 * yearly));
  expect(applied).toContain('an officer must approve');
  expect(await phone.page.getByTestId('link-button').count()).toBe(0);
  expect(await phone.type('status')).toMatch(/Applications to renew[^]*waiting for the officer’s decision/);
  const before = await phone.answers.count();
  const renewal = town.temporal.workflow.getHandle(workflowId('renewal', shop.id));
  const waits = async (): Promise<boolean> => {
    const { typedSearchAttributes } = await renewal.describe();
    return typedSearchAttributes.get(searchAttributes.stage) === 'awaiting approval';
  };
  await expect.poll(() => waits().catch(() => false), { timeout: 30_000 }).toBe(true);
  const [waiting] = await town.rows<{ id: string }>('select id from cases where subject_id = $1', [shop.id]);
  const shown = await runDesk(['case', waiting?.id ?? ''], town.house.env);
  const stamp = /--seen (\w+)/.exec(shown.printed)?.[1] ?? '';
  const act = ['act', waiting?.id ?? '', 'approve', '--why', 'all in order', '--seen', stamp];
  expect(await runDesk(act, town.house.env)).toMatchObject({ code: 0 });
  await phone.answers.nth(before).waitFor();
  expect(await phone.answers.nth(before).innerText()).toContain(english(3 * yearly));
  await pay(phone, 'en');
  await papersAfter(phone, before + 1);
  const certificate = await certificateOf(shop);
  expect(certificate.validUntil).toBe(shop.until(3));
  expect(await phone.type('status')).toMatch(new RegExp(`Payments[^]*Certificates[^]*${certificate.number}`));
  await phone.close();
});

test('a certificate that nobody issued, or that was revoked, is told to whoever checks it', async () => {
  const page = await browser.newPage();
  await page.goto(`${town.apiUrl}/verify/CE-2026-27-999999?lang=en`);
  expect(await heading(page)).toBe(verify.notIssued.en);
  await page.close();
});
