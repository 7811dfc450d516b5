/** A citizen pays at Paytm, where its account is the one that takes the service: from the chat over the page to the receipt. */
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { samples } from '../../sandbox/city/samples.ts';
import { languages, type Language } from '../../domain/language.ts';
import { gatewayNames, gateways } from '../../domain/payments/gateways.ts';
import { oneOf } from '../../texts/gateways.ts';
import { failed, otherWays, paid, upi } from '../../texts/pay.ts';
import { violationsOn } from '../support/axe.ts';
import { launchBrowser } from '../support/browser.ts';
import { atGateway, fact, goToGateway, orderAtGateway, waitForHeading } from '../support/pay-page.ts';
import { textOf } from '../support/pdf-text.ts';
import { mostEvents, paymentEvents } from '../support/payment-events.ts';
import { Phone } from '../support/phone.ts';
import { noReserves, startTown, type Town } from '../support/town.ts';

/** BillDesk is preferred in the house, and leaves property tax to others here. */
const elsewhere = {
  id: 'sandbox',
  mercid: 'KMCSANDBOX',
  clientid: 'kmcsandbox',
  services: ['tradeLicence'],
  keys: [{ scheme: 'hmac', secret: 'an-invented-secret-of-a-test-0003' }],
};

let town: Town;
let browser: Browser;

beforeAll(async () => {
  const { RAZORPAY_MERCHANTS } = noReserves;
  const env = {
    SANDBOX_CITY: '200',
    BILLDESK_MERCHANTS: JSON.stringify([elsewhere]),
    // After a failure, another account would be better than the one at Paytm.
    RAZORPAY_MERCHANTS,
  };
  [town, browser] = await Promise.all([startTown({ env, reserves: true }), launchBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await town.stop();
});

/** The link to pay an unpaid property of the city, opened from the chat on a device; each one is paid once. */
let unpaid: string[] | undefined;
async function openLink(options: BrowserContextOptions = {}): Promise<{ phone: Phone; page: Page }> {
  unpaid ??= (await samples(town.house.env['DATABASE_URL'] ?? ''))
    .filter(({ of, shows }) => of === 'property' && /senior|arrears|intimation/.test(shows))
    .map(({ number }) => number);
  const { id } = await town.inviteOne();
  const phone = await Phone.of(town, browser, id, options);
  await phone.type(unpaid.shift() ?? '');
  return { phone, page: await phone.openLink() };
}

/** What somebody does in a UPI app, of whom the stand-in hears by the gateway's side alone. */
const inApp = (reference: string, outcome: string): Promise<unknown> =>
  town.sandbox('POST', `paytm/orders/${reference}/pay`, { outcome, method: 'upi' });

/** The gateway's orders that nobody has begun to pay, the latest last. */
async function openOrder(): Promise<string> {
  const { orders } = await town.sandbox<{ orders: { reference: string }[] }>(
    'GET',
    'paytm/orders?state=open',
  );
  return orders.at(-1)?.reference ?? '';
}

const inLanguage = (page: Page, language: Language): Promise<unknown> =>
  page.goto(`${page.url().split('?')[0] ?? ''}?lang=${language}`);

async function isInOrder(page: Page): Promise<void> {
  expect(await violationsOn(page), page.url()).toEqual([]);
  expect(
    await page.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement;
      return scrollWidth - clientWidth;
    }),
  ).toBeLessThanOrEqual(0);
}

/** What a browser complains of beside addresses that only phones open. */
function complaintsOf(page: Page): string[] {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() !== 'log' && !message.text().includes('scheme')) complaints.push(message.text());
  });
  return complaints;
}

test('at a computer the QR code stays the same in every language, and is paid while one looks on', async () => {
  const { phone, page } = await openLink({ viewport: { width: 1280, height: 900 } });
  const complaints = complaintsOf(page);
  await page.keyboard.press('Tab');
  await page.locator('#qr').focus();
  await page.keyboard.press('Enter');
  const code = page.locator('img.qr');
  await code.waitFor();
  const drawn = await code.getAttribute('src');
  const reference = await openOrder();
  for (const language of languages) {
    await inLanguage(page, language);
    await waitForHeading(page, upi.scan.heading[language]);
    expect(await code.getAttribute('src')).toBe(drawn);
    expect(await code.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0);
    await isInOrder(page);
  }
  await inApp(reference, 'success');
  await waitForHeading(page, paid.heading.hi);
  const method =
    'select c.method from captures c join attempts a on a.id = c.attempt_id where a.reference = $1';
  expect(await town.rows(method, [reference])).toEqual([{ method: 'upi' }]);
  // The page has looked on, and nobody has asked Paytm.
  expect(await town.sandbox('GET', `paytm/orders/${reference}`)).toMatchObject({ asked: 0 });
  expect(complaints).toEqual([]);
  await phone.close();
});

test('on a phone the app of choice is opened, and after a failure another one', async () => {
  const userAgent =
    'Mozilla/5.0 (Linux; Android 14; K) AppleWebKit/537.36 Chrome/140.0.0.0 Mobile Safari/537.36';
  const { phone, page } = await openLink({ viewport: { width: 320, height: 720 }, userAgent });
  const complaints = complaintsOf(page);
  for (const language of languages) {
    await inLanguage(page, language);
    await isInOrder(page);
  }
  await page.locator('#phonePe').click();
  await waitForHeading(page, upi.inApp.heading.hi);
  const link = page.locator('a#phonePe');
  expect(await link.getAttribute('class')).toBe('onward button');
  const href = await link.getAttribute('href');
  expect(href).toMatch(/^phonepe:\/\/pay\?pa=.*&am=\d+\.\d\d&cu=INR/);
  // Whoever leaves and comes back finds the same intent.
  await inLanguage(page, 'en');
  await waitForHeading(page, upi.inApp.heading.en);
  expect(await link.getAttribute('href')).toBe(href);
  await isInOrder(page);
  await inApp(await openOrder(), 'failure');
  await waitForHeading(page, failed.heading.en);
  await page.locator('#googlePay').click();
  expect(await page.locator('a#googlePay').getAttribute('href')).toMatch(/^tez:\/\/upi\/pay\?pa=/);
  await inApp(await openOrder(), 'success');
  await waitForHeading(page, paid.heading.en);
  expect(complaints).toEqual([]);
  await phone.close();
});

test('where the account makes no QR codes its page serves, and once it does, a code without any script', async () => {
  await town.sandbox('PATCH', 'paytm/faults', { nativePlus: false });
  const { phone, page } = await openLink({ viewport: { width: 1280, height: 900 } });
  const address = page.url();
  await page.locator('#qr').click();
  const reference = await orderAtGateway(page, 'paytm');
  await town.sandbox('PATCH', 'paytm/faults', { nativePlus: true });
  const context = await browser.newContext({ javaScriptEnabled: false });
  const plain = await context.newPage();
  await plain.goto(address);
  await plain.locator('#qr').click();
  await plain.locator('img.qr').waitFor();
  await inApp(reference, 'success');
  // The page loads itself anew.
  await waitForHeading(plain, paid.heading.bn);
  await context.close();
  await phone.close();
});

test.each([
  ['JSON', 'json'],
  ['a form', 'form'],
])('a payment is taken and its receipt given, with a webhook as %s', async (_shape, webhookShape) => {
  await town.sandbox('PATCH', 'paytm/faults', { webhookShape });
  const shown = await samples(town.house.env['DATABASE_URL'] ?? '');
  const { number = '' } = shown.find(({ of, shows }) => of === 'property' && shows.includes('rebate')) ?? {};
  const { id } = await town.inviteOne();
  const phone = await Phone.of(town, browser, id);
  await phone.type(number);
  const before = await phone.answers.count();
  const page = await phone.openLink();
  expect(await page.locator('main').innerText()).toContain(otherWays.bn(oneOf(gatewayNames, 'bn')));
  const reference = await goToGateway(page, 'paytm');
  await atGateway(page, 'pay');
  await waitForHeading(page, paid.heading.bn);
  const receipt = await fact(page, paid.receiptNumber.bn);
  await phone.answers.nth(before).getByTestId('document').waitFor();
  const pdf = textOf(await phone.file());
  for (const told of [receipt, gateways.paytm.en]) expect(pdf).toContain(told);
  const books = await town.rows<{
    gateway: string;
    merchant: string;
    amountPaise: number;
    transactionId: string;
  }>(
    `select a.gateway, a.merchant, c.amount::float8 as "amountPaise", i.transaction_id as "transactionId"
       from attempts a join captures c on c.attempt_id = a.id join capture_ids i on i.capture_id = c.id
       where a.reference = $1`,
    [reference],
  );
  expect(books).toMatchObject([{ gateway: 'paytm', merchant: 'sandbox-paytm' }]);
  const { amountPaise, transactionId } = books[0] ?? {};
  const { successes } = await town.sandbox<{ successes: object[] }>('GET', 'paytm/totals');
  expect(successes).toContainEqual(expect.objectContaining({ reference, amountPaise, transactionId }));
  expect(await paymentEvents(town, reference)).toBeLessThanOrEqual(mostEvents);
  await phone.close();
});
