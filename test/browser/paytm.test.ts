/** A citizen pays at Paytm, where its account is the one that takes the service: from the chat over the page to the receipt. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { samples } from '../../sandbox/city/samples.ts';
import { gatewayNames, gateways } from '../../domain/payments/gateways.ts';
import { oneOf } from '../../texts/gateways.ts';
import { paid, ways } from '../../texts/pay.ts';
import { launchBrowser } from '../support/browser.ts';
import { atGateway, fact, goToGateway, waitForHeading } from '../support/pay-page.ts';
import { textOf } from '../support/pdf-text.ts';
import { Phone } from '../support/phone.ts';
import { startTown, type Town } from '../support/town.ts';

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
  const env = { SANDBOX_CITY: '200', BILLDESK_MERCHANTS: JSON.stringify([elsewhere]) };
  [town, browser] = await Promise.all([startTown({ env, reserves: true }), launchBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await town.stop();
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
  expect(await page.locator('main').innerText()).toContain(ways.bn(oneOf(gatewayNames, 'bn')));
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
  await phone.close();
});
