/** A citizen pays at Razorpay, where its account is the one that takes the service: from the chat over the link to the receipt. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { gateways } from '../../domain/payments/gateways.ts';
import { samples } from '../../sandbox/city/samples.ts';
import { paid } from '../../texts/pay.ts';
import { launchBrowser } from '../support/browser.ts';
import { atGateway, fact, goToGateway, orderAtGateway, waitForHeading } from '../support/pay-page.ts';
import { textOf } from '../support/pdf-text.ts';
import { mostEvents, paymentEvents } from '../support/payment-events.ts';
import { Phone } from '../support/phone.ts';
import { startTown, type Town } from '../support/town.ts';

/** Those before it leave property tax to it here. */
const services = ['tradeLicence', 'marketRent'];
const elsewhere = {
  BILLDESK_MERCHANTS: JSON.stringify([
    {
      id: 'sandbox',
      mercid: 'KMCSANDBOX',
      clientid: 'kmcsandbox',
      services,
      keys: [{ scheme: 'hmac', secret: 'an-invented-secret-of-a-test-0004' }],
    },
  ]),
  PAYTM_MERCHANTS: JSON.stringify([
    { id: 'sandbox-paytm', mid: 'KMCSANDBOX', services, keys: [{ key: 'invented-16-char' }] },
  ]),
};

let town: Town;
let browser: Browser;

beforeAll(async () => {
  const env = { SANDBOX_CITY: '200', ...elsewhere };
  [town, browser] = await Promise.all([startTown({ env, reserves: true }), launchBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await town.stop();
});

test('a payment is taken once and its receipt given, however often its events come', async () => {
  const shown = await samples(town.house.env['DATABASE_URL'] ?? '');
  const { number = '' } = shown.find(({ of, shows }) => of === 'property' && shows.includes('rebate')) ?? {};
  const { id } = await town.inviteOne();
  const phone = await Phone.of(town, browser, id);
  await phone.type(number);
  const before = await phone.answers.count();
  const page = await phone.openLink();
  const reference = await goToGateway(page, 'razorpay');
  await atGateway(page, 'pay');
  await waitForHeading(page, paid.heading.bn);
  const receipt = await fact(page, paid.receiptNumber.bn);
  await phone.answers.nth(before).getByTestId('document').waitFor();
  const pdf = textOf(await phone.file());
  for (const told of [receipt, gateways.razorpay.en]) expect(pdf).toContain(told);
  expect(await paymentEvents(town, reference)).toBeLessThanOrEqual(mostEvents);

  await town.sandbox('POST', `razorpay/orders/${reference}/webhook`);
  const books = await town.rows(
    `select a.gateway, a.merchant, c.amount::float8 as "amountPaise",
       (select count(*)::int from evidence e where e.reference = a.reference and e.source = 'webhook') as webhooks
     from attempts a join captures c on c.attempt_id = a.id where a.reference = $1`,
    [reference],
  );
  const { amountPaise } = await town.sandbox<{ amountPaise: number }>('GET', 'razorpay/totals');
  expect(books).toEqual([{ gateway: 'razorpay', merchant: 'sandbox-razorpay', amountPaise, webhooks: 8 }]);
  expect(await phone.answers.count()).toBe(before + 1);
  await phone.close();
});

const numbers = async (): Promise<string[]> =>
  (await samples(town.house.env['DATABASE_URL'] ?? ''))
    .filter(({ of, shows }) => of === 'property' && /senior|arrears/.test(shows))
    .map(({ number }) => number);

test('a QR code that is left for the page can be paid no more, and the page can', async () => {
  const { id } = await town.inviteOne();
  const phone = await Phone.of(town, browser, id, { viewport: { width: 1280, height: 900 } });
  await phone.type((await numbers())[0] ?? '');
  const page = await phone.openLink();
  await page.locator('#qr').click();
  await page.locator('img.qr').waitFor();
  const { orders } = await town.sandbox<{ orders: { reference: string }[] }>(
    'GET',
    'razorpay/orders?state=open',
  );
  const code = orders.at(-1)?.reference ?? '';
  expect(await goToGateway(page, 'razorpay')).not.toBe(code);
  expect(await town.sandbox('GET', `razorpay/orders/${code}`)).toMatchObject({ obstacle: 'expired' });
  await atGateway(page, 'pay');
  await waitForHeading(page, paid.heading.bn);
  await phone.close();
});

test('on an Android phone the app of choice opens by a link of Razorpay', async () => {
  const userAgent =
    'Mozilla/5.0 (Linux; Android 14; K) AppleWebKit/537.36 Chrome/140.0.0.0 Mobile Safari/537.36';
  const { id } = await town.inviteOne();
  const phone = await Phone.of(town, browser, id, { viewport: { width: 320, height: 720 }, userAgent });
  await phone.type((await numbers())[1] ?? '');
  const page = await phone.openLink();
  const address = page.url();
  await page.locator('#googlePay').click();
  const reference = await orderAtGateway(page, 'razorpay');
  expect(await town.sandbox('GET', `razorpay/orders/${reference}`)).toMatchObject({
    details: { kind: 'upiLink' },
  });
  await page.goto(address);
  await page.locator('#upiApp').click();
  expect(await orderAtGateway(page, 'razorpay')).toBe(reference);
  await atGateway(page, 'pay');
  await waitForHeading(page, paid.heading.bn);
  await phone.close();
});
