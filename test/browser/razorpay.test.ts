/** A citizen pays at Razorpay, where its account is the one that takes the service: from the chat over the link to the receipt. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { gateways } from '../../domain/payments/gateways.ts';
import { samples } from '../../sandbox/city/samples.ts';
import { paid } from '../../texts/pay.ts';
import { launchBrowser } from '../support/browser.ts';
import { atGateway, fact, goToGateway, waitForHeading } from '../support/pay-page.ts';
import { textOf } from '../support/pdf-text.ts';
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
