/** A citizen pays within WhatsApp: from "hi" over the card of the order to the receipt, whatever becomes of the webhooks. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { samples } from '../../sandbox/city/samples.ts';
import { waitFor } from '../../sandbox/wait.ts';
import { labels } from '../../texts/conversation.ts';
import { paid } from '../../texts/pay.ts';
import { launchBrowser } from '../support/browser.ts';
import { atGateway, goToGateway, waitForHeading } from '../support/pay-page.ts';
import { mostEvents, paymentEvents } from '../support/payment-events.ts';
import { Phone } from '../support/phone.ts';
import { startTown, type Town } from '../support/town.ts';

let town: Town;
let browser: Browser;
/** Properties with something due, each for one test. */
let numbers: string[];

beforeAll(async () => {
  const env = { SANDBOX_CITY: '2000', WHATSAPP_PAYMENTS: 'on', PAYMENT_POLLS: '3s,6s,9s,20s' };
  [town, browser] = await Promise.all([startTown({ env }), launchBrowser()]);
  const found = await samples(town.house.env['DATABASE_URL'] ?? '');
  numbers = found
    .filter(({ of, shows }) => of === 'property' && !shows.includes('nothing due'))
    .map(({ number }) => number);
});
afterAll(async () => {
  await browser.close();
  await town.stop();
});
beforeEach(async () => {
  await town.sandbox('DELETE', 'faults');
  await town.sandbox('DELETE', 'billdesk/faults');
});

const nextNumber = (): string => (numbers.shift() ?? '').replaceAll('-', '');

interface Book {
  readonly reference: string;
  readonly state: string;
  readonly captures: number;
  readonly receipts: number;
}

const books = (number: string): Promise<Book[]> =>
  town.rows<Book>(
    `select a.reference, a.state::text,
       (select count(*)::int from captures c where c.attempt_id = a.id) as captures,
       (select count(*)::int from receipts r where r.order_id = a.order_id) as receipts
     from attempts a join orders o on o.id = a.order_id where o.account_number = $1 order by a.id`,
    [number],
  );

const referenceOf = async (number: string): Promise<string> => (await books(number))[0]?.reference ?? '';

/** What the citizen was told of their orders, by the names of the texts. */
const told = async (number: string): Promise<string[]> =>
  (
    await town.rows<{ key: string }>(
      `select m.text_key as key from messages m join orders o on m.about = 'payment' and m.about_id = o.id
       where o.account_number = $1 and m.wamid is not null order by m.text_key`,
      [number],
    )
  ).map(({ key }) => key);

/** Presses "Review and pay", and what the bank is to do. */
async function review(phone: Phone, outcome: string): Promise<void> {
  await phone.page.getByTestId('review-and-pay').last().click();
  await phone.page.getByTestId('pay-sheet').getByTestId(`pay-${outcome}`).click();
}

test('from "hi" to the receipt in Bengali, though every webhook comes twice and BillDesk sends none', async () => {
  await town.faults({ duplicateWebhooks: 2, batchWebhooks: 200 });
  await town.sandbox('PATCH', 'billdesk/faults', { webhook: 'never' });
  const number = nextNumber();
  const { id } = await town.inviteOne();
  const phone = await Phone.of(town, browser, id);
  await phone.type('hi');
  await phone.choose(labels.propertyTax.bn.title);
  const dues = await phone.type(number);
  expect(dues).toContain('এখানেই টাকা দেওয়া যাবে');
  const card = phone.page.getByTestId('order-card');
  expect(await card.getAttribute('data-state')).toBe('payable');

  await review(phone, 'success');
  await phone.page.getByTestId('document').waitFor();
  await phone.page.locator('[data-testid="order-card"][data-state="completed"]').waitFor();
  expect(await phone.page.getByTestId('review-and-pay').count()).toBe(0);
  await town.settled();
  expect(await books(number)).toMatchObject([{ state: 'success', captures: 1, receipts: 1 }]);
  expect(await told(number)).toEqual(['chatOrderPaid', 'receipt']);
  // Meta and BillDesk were told nothing of the citizen.
  expect(await referenceOf(number)).toMatch(/^PS[A-Z2-9]{22}$/);
  expect(await paymentEvents(town, await referenceOf(number))).toBeLessThanOrEqual(mostEvents);
  await phone.close();
});

test('a payment is found when nobody tells of it', async () => {
  await town.faults({ dropStatuses: ['payment'] });
  await town.sandbox('PATCH', 'billdesk/faults', { webhook: 'never' });
  const number = nextNumber();
  const { id } = await town.inviteOne();
  const phone = await Phone.of(town, browser, id);
  await phone.type(number);
  await review(phone, 'success');
  await phone.page.getByTestId('document').waitFor();
  expect(await books(number)).toMatchObject([{ state: 'success', captures: 1, receipts: 1 }]);
  await phone.close();
});

test('WhatsApp alone is not believed; what failed closes the card, and the link takes the money once', async () => {
  const number = nextNumber();
  const { id } = await town.inviteOne();
  const phone = await Phone.of(town, browser, id);
  await phone.type(number);
  const reference = await referenceOf(number);
  await town.insist(capturedStatus(town, reference));
  await town.settled();
  expect(await books(number)).toMatchObject([{ state: 'redirected', captures: 0, receipts: 0 }]);

  await review(phone, 'failure');
  await phone.page.locator('[data-testid="order-card"][data-state="canceled"]').waitFor();
  await waitFor('the words', async () => (await told(number)).includes('chatOrderEnded'));
  const words = await phone.answers.filter({ hasText: '/pay/' }).last().innerText();
  const [link = ''] = /http:\S+\/pay\/\S+/.exec(words) ?? [];
  const page = await browser.newPage();
  await page.goto(link);
  await goToGateway(page);
  await atGateway(page, 'pay');
  await waitForHeading(page, paid.heading.bn);
  await page.close();
  await phone.page.getByTestId('document').waitFor();
  // The old news once more, and late.
  await town.insist(capturedStatus(town, reference));
  await town.settled();
  expect(await books(number)).toMatchObject([
    { reference, state: 'failed', captures: 0 },
    { state: 'success', captures: 1, receipts: 1 },
  ]);
  expect(await told(number)).toEqual(['chatOrderEnded', 'receipt']);
  await phone.close();
});

/** What Meta would post if the order were paid. */
const capturedStatus = ({ house }: Town, reference: string): unknown => ({
  object: 'whatsapp_business_account',
  entry: [
    {
      id: '102290129340398',
      changes: [
        {
          field: 'messages',
          value: {
            messaging_product: 'whatsapp',
            metadata: {
              display_phone_number: '918335999111',
              phone_number_id: house.env['WHATSAPP_PHONE_NUMBER_ID'],
            },
            statuses: [
              {
                id: 'wamid.invented',
                type: 'payment',
                status: 'captured',
                payment: {
                  reference_id: reference,
                  amount: { value: 100, offset: 100 },
                  currency: 'INR',
                  transaction: {
                    id: 'WA1',
                    pg_transaction_id: 'INVENTED1',
                    type: 'billdesk',
                    status: 'success',
                  },
                },
                timestamp: '1790000261',
              },
            ],
          },
        },
      ],
    },
  ],
});
