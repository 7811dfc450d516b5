/** Citizens pay, with the phone in one tab and the pay page in another, and see the same sum in every book afterwards. */
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AssesseeNumber, groupAssesseeNumber } from '../../domain/accounts/property.ts';
import { foldDigits } from '../../domain/digits.ts';
import { workflowId } from '../../domain/entities.ts';
import type { Language } from '../../domain/language.ts';
import type { OrderId } from '../../domain/payments/order.ts';
import { samples } from '../../sandbox/city/samples.ts';
import { waitFor } from '../../sandbox/wait.ts';
import { labels } from '../../texts/conversation.ts';
import { languageNames } from '../../texts/pages.ts';
import {
  alreadyPaid,
  begun,
  doNotPayAgain,
  elsewhere,
  failed,
  failureReasons,
  onward,
  paid,
  payFor,
  undecided,
} from '../../texts/pay.ts';
import { verifiedReceipt, verify } from '../../texts/verify.ts';
import { launchBrowser } from '../support/browser.ts';
import {
  atGateway,
  fact,
  goToGateway,
  heading,
  orderAtGateway,
  waitForHeading,
} from '../support/pay-page.ts';
import { textOf } from '../support/pdf-text.ts';
import { Phone } from '../support/phone.ts';
import { startTown, type Town } from '../support/town.ts';
import { searchAttributes } from '../../workflows/search-attributes.ts';

let town: Town;
let browser: Browser;
/** Numbers that nobody in this file has used yet, by how many bills are due. */
let unused: Map<number, string[]>;
let arrears: string;

beforeAll(async () => {
  [town, browser] = await Promise.all([startTown({ env: { SANDBOX_CITY: '2000' } }), launchBrowser()]);
  const shown = await samples(town.house.env['DATABASE_URL'] ?? '');
  arrears = shown.find(({ shows }) => shows.includes('arrears of some years'))?.number ?? '';
  const rows = await town.rows<{ number: AssesseeNumber; bills: number }>(
    `select account_number as number, count(*)::int as bills from demands
     where account_kind = 'property' and paid_on is null and withdrawn_on is null
     group by account_number having bool_and(kind = 'PD') order by account_number`,
  );
  unused = new Map();
  for (const { number, bills } of rows) {
    const grouped = groupAssesseeNumber(number);
    if (grouped !== arrears) unused.set(bills, [...(unused.get(bills) ?? []), grouped]);
  }
});
afterAll(async () => {
  await browser.close();
  await town.stop();
});

/** A property with so many bills due, for one test alone. */
function propertyWith(bills: number): string {
  const number = unused.get(bills)?.shift();
  if (number === undefined) throw new Error(`no property has ${bills} bills`);
  return number;
}

/** A phone of somebody who never wrote before. */
async function newPhone(options?: BrowserContextOptions): Promise<Phone> {
  const { id } = await town.inviteOne();
  return Phone.of(town, browser, id, options);
}

/** A phone of somebody who was answered in this language before. */
async function phoneIn(language: Language, options?: BrowserContextOptions): Promise<Phone> {
  const phone = await newPhone(options);
  if (language !== 'bn') await phone.type(languageNames[language]);
  return phone;
}

const totals: Readonly<Record<Language, RegExp>> = {
  bn: /(?:মোট দিতে হবে|বাছাই করা বিলের মোট): (₹[০-৯,.]+)/,
  en: /(?:Total due|Total of the bills you chose): (₹[\d,.]+)/,
  hi: /(?:कुल देय|चुने गए बिलों का कुल): (₹[\d,.]+)/,
};

/** The sum that a message asks for, as it is written there. */
function totalIn(dues: string, language: Language = 'bn'): string {
  const total = totals[language].exec(dues)?.[1];
  if (total === undefined) throw new Error(`no total in: ${dues}`);
  return total;
}

/** A written sum, whatever its digits. */
function paiseOf(written: string): number {
  return Math.round(Number(foldDigits(written).replaceAll(/[₹,]/g, '')) * 100);
}

/** What each bill of a message comes to, as it is written there. */
function billsIn(dues: string): string[] {
  return [...dues.matchAll(/^[\d০-৯]+\. .*: (₹[\d০-৯,.]+)$/gm)].map(([, amount = '']) => amount);
}

/** The receipt in the chat, once it has come by itself after `before` messages: its words. */
async function receiptAfter(phone: Phone, before: number): Promise<string> {
  await phone.answers.nth(before).waitFor();
  expect(await phone.answers.count()).toBe(before + 1);
  await phone.answers.nth(before).getByTestId('document').waitFor();
  return await phone.answers.nth(before).innerText();
}

function receiptNumberOf(text: string): string {
  const number = /\bW-\d{4}-\d{2}-\d{6}\b/.exec(text)?.[0];
  if (number === undefined) throw new Error(`no receipt number in: ${text}`);
  return number;
}

/** What the books hold of the order behind a pay page, in paise. */
async function booksOf(page: Page): Promise<{
  orderId: OrderId;
  ledger: number;
  captures: number;
  excess: number;
  receipts: { number: string; amount: number }[];
}> {
  const token = /\/pay\/([\w-]+)/.exec(page.url())?.[1];
  const [row] = await town.rows<{
    orderId: OrderId;
    ledger: number;
    captures: number;
    excess: number;
    receipts: { number: string; amount: number }[];
  }>(
    `with lines as (
       select l.account, l.amount from orders o join attempts a on a.order_id = o.id join captures c on c.attempt_id = a.id
       join entries e on e.source_type = 'capture' and e.source_id = c.id::text join entry_lines l on l.entry_id = e.id
       where o.token = $1)
     select o.id as "orderId",
       (select coalesce(sum(amount), 0)::float8 from lines where account like 'clearing/%') as ledger,
       (select count(*)::int from captures c join attempts a on a.id = c.attempt_id where a.order_id = o.id) as captures,
       (select coalesce(-sum(amount), 0)::float8 from lines where account = 'liability/excess') as excess,
       (select coalesce(jsonb_agg(jsonb_build_object('number', r.number, 'amount', r.amount)), '[]')
         from receipts r where r.order_id = o.id) as receipts
     from orders o where o.token = $1`,
    [token],
  );
  if (!row) throw new Error('no order has this page');
  return row;
}

/** What operators see of a payment that went well. */
async function sawThrough(orderId: OrderId, told: { amount: string; number: string }): Promise<void> {
  const payment = town.temporal.workflow.getHandle(workflowId('payment', orderId));
  await payment.result();
  const { status, typedSearchAttributes } = await payment.describe();
  expect(status.name).toBe('COMPLETED');
  expect(typedSearchAttributes.get(searchAttributes.amountRupees)).toBe(paiseOf(told.amount) / 100);
  expect(typedSearchAttributes.get(searchAttributes.stage)).toBe('done');
  expect(typedSearchAttributes.get(searchAttributes.accountNumber)).toBe(told.number.replaceAll('-', ''));
  expect(typedSearchAttributes.get(searchAttributes.needsAttention)).toBe(false);
  expect((await payment.fetchHistory()).events?.length).toBeLessThanOrEqual(40);
}

/** Every name that the register and the phone know behind a receipt. */
async function peopleOf(receipt: string): Promise<string[]> {
  const rows = await town.rows<{ name: string }>(
    `select unnest(array[a.owner_en, a.owner_bn, o.account -> 'owner' ->> 'en', o.account -> 'owner' ->> 'bn', c.profile_name, i.value])
       as name
     from receipts r join orders o on o.id = r.order_id join citizens c on c.id = o.citizen_id
     left join citizen_ids i on i.citizen_id = c.id and i.kind = 'phone'
     join accounts a on a.kind = o.account_kind and a.number = o.account_number where r.number = $1`,
    [receipt],
  );
  return rows.map(({ name }) => name).filter(Boolean);
}

/** Presses the tabulator until it is there, as often as a person might. */
async function tabTo(page: Page, selector: string): Promise<void> {
  const target = page.locator(selector);
  for (let presses = 0; presses < 20; presses += 1) {
    await page.keyboard.press('Tab');
    if (await target.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error(`${selector} cannot be reached by the keyboard`);
}

describe('paying property tax', () => {
  test.each<Language>(['bn', 'en', 'hi'])(
    'from "hi" to the receipt in four messages, with the same numbers in every book, in %s',
    async (language) => {
      const phone = await phoneIn(language);
      const number = language === 'bn' ? arrears : propertyWith(3);
      const before = await phone.answers.count();
      await phone.type('hi');
      await phone.choose(labels.propertyTax[language].title);
      const dues = await phone.type(number);
      const amount = totalIn(dues, language);
      expect(dues).toContain(number);

      const page = await phone.openLink();
      expect(await heading(page)).toBe(payFor[language](labels.propertyTax[language].title));
      expect(await page.locator('.amount').innerText()).toBe(amount);
      expect(await page.locator('#pay').innerText()).toContain(amount);
      expect(await page.locator('.details').innerText()).toContain(number);
      await goToGateway(page);
      expect(paiseOf(await page.getByTestId('amount').innerText())).toBe(paiseOf(amount));
      await atGateway(page, 'pay');

      await waitForHeading(page, paid.heading[language]);
      expect(await page.locator('.amount').innerText()).toBe(amount);
      const receipt = await fact(page, paid.receiptNumber[language]);
      const words = await receiptAfter(phone, before + 3);
      expect(receiptNumberOf(words)).toBe(receipt);
      expect(words).toContain(amount);
      expect(words).toContain(number);

      const pdf = textOf(await phone.file());
      for (const told of [receipt, amount, number]) expect(pdf).toContain(told);
      const download = await page.request.get(
        new URL(
          (await page.getByRole('link', { name: paid.receipt[language] }).getAttribute('href')) ?? '',
          page.url(),
        ).href,
      );
      expect(textOf(await download.body())).toBe(pdf);

      const books = await booksOf(page);
      expect(books).toMatchObject({
        ledger: paiseOf(amount),
        captures: 1,
        excess: 0,
        receipts: [{ number: receipt, amount: paiseOf(amount) }],
      });
      await sawThrough(books.orderId, { amount, number });
      expect(await phone.answers.count()).toBe(before + 4);
      await phone.close();
    },
  );

  test('two tabs of one page lead to the same order, and the one that does not pay shows that it is paid', async () => {
    const phone = await newPhone();
    const amount = totalIn(await phone.type(propertyWith(1)));
    const [first, second] = [await phone.openLink(), await phone.openLink()];
    const before = await phone.answers.count();
    const orders = await Promise.all([goToGateway(first), goToGateway(second)]);
    expect(new Set(orders).size).toBe(1);
    await second.goBack();
    await waitForHeading(second, begun.heading.bn);
    await atGateway(first, 'pay');
    await waitForHeading(first, paid.heading.bn);
    await waitForHeading(second, paid.heading.bn);
    expect(await second.locator('#pay').count()).toBe(0);
    const number = await fact(second, paid.receiptNumber.bn);
    expect(await fact(first, paid.receiptNumber.bn)).toBe(number);
    expect(receiptNumberOf(await receiptAfter(phone, before))).toBe(number);
    expect(await booksOf(second)).toMatchObject({
      captures: 1,
      ledger: paiseOf(amount),
      receipts: [{ number, amount: paiseOf(amount) }],
    });
    await phone.close();
  });

  test('of two citizens who pay the same the second is warned, and gets no receipt for what was paid', async () => {
    const number = propertyWith(2);
    const [one, other] = [await newPhone(), await phoneIn('en')];
    await one.type(number);
    const amount = totalIn(await other.type(number), 'en');
    const [onesPage, othersPage] = [await one.openLink(), await other.openLink()];
    const [onesBefore, othersBefore] = [await one.answers.count(), await other.answers.count()];
    const onesOrder = await goToGateway(onesPage);

    // Opened before the first began: whoever presses the button is warned as well.
    expect(await othersPage.getByText(elsewhere.heading.en).count()).toBe(0);
    await othersPage.locator('#pay').click();
    await waitForHeading(othersPage, elsewhere.heading.en);
    await othersPage.getByRole('link', { name: elsewhere.look.en }).click();
    await waitForHeading(othersPage, elsewhere.heading.en);
    await othersPage.getByRole('button', { name: elsewhere.anyway.en }).click();
    expect(await orderAtGateway(othersPage)).not.toBe(onesOrder);

    await atGateway(onesPage, 'pay');
    await waitForHeading(onesPage, paid.heading.bn);
    const receipt = receiptNumberOf(await receiptAfter(one, onesBefore));
    await atGateway(othersPage, 'pay');
    await waitForHeading(othersPage, alreadyPaid.en);
    expect(await othersPage.locator('#state').innerText()).toContain(amount);
    expect(await othersPage.locator('#pay').count()).toBe(0);
    await other.answers.nth(othersBefore).waitFor();
    const told = await other.answers.nth(othersBefore).innerText();
    expect(told).toContain('You paid more than was due.');
    expect(told).toContain(amount);
    expect(told).toContain(number);

    const paise = paiseOf(amount);
    expect(await booksOf(onesPage)).toMatchObject({
      ledger: paise,
      excess: 0,
      receipts: [{ number: receipt, amount: paise }],
    });
    const books = await booksOf(othersPage);
    expect(books).toMatchObject({ ledger: paise, excess: paise, receipts: [] });
    const payment = town.temporal.workflow.getHandle(workflowId('payment', books.orderId));
    const callsForPerson = async (): Promise<boolean> =>
      (await payment.describe()).typedSearchAttributes.get(searchAttributes.needsAttention) === true;
    await waitFor('a call for a person', callsForPerson);
    expect(await one.answers.count()).toBe(onesBefore + 1);
    expect(await other.answers.count()).toBe(othersBefore + 1);
    await Promise.all([one.close(), other.close()]);
  });

  test('whoever cancels at the gateway has paid nothing, and can try again', async () => {
    const phone = await newPhone();
    await phone.type(propertyWith(1));
    const page = await phone.openLink();
    const before = await phone.answers.count();
    const cancelled = await goToGateway(page);
    await atGateway(page, 'cancel');
    await waitForHeading(page, failed.heading.bn);
    expect(await page.locator('#state').innerText()).toContain(failureReasons.cancelled.bn);
    expect(await booksOf(page)).toMatchObject({ captures: 0, ledger: 0, receipts: [] });
    expect(await goToGateway(page)).not.toBe(cancelled);
    await atGateway(page, 'pay');
    await waitForHeading(page, paid.heading.bn);
    // What the citizen did themselves they are not told of.
    await receiptAfter(phone, before);
    await phone.close();
  });

  test('when the bank declines, the chat says so with a link that leads to a payment which succeeds', async () => {
    const phone = await phoneIn('en');
    const number = propertyWith(1);
    const amount = totalIn(await phone.type(number), 'en');
    const page = await phone.openLink();
    const before = await phone.answers.count();
    const why = await phone.answerTo(async () => {
      await goToGateway(page);
      await atGateway(page, 'failure');
    });
    expect(why).toContain('Your bank declined the payment.');
    for (const told of [amount, number]) expect(why).toContain(told);
    await waitForHeading(page, failed.heading.en);
    expect(await page.locator('#state').innerText()).toContain(failureReasons.declined.en);

    expect(await phone.answers.nth(before).getByTestId('link-button').count()).toBe(1);
    const again = await phone.openLink();
    await waitForHeading(again, failed.heading.en);
    await goToGateway(again);
    await atGateway(again, 'pay');
    await waitForHeading(again, paid.heading.en);
    const receipt = receiptNumberOf(await receiptAfter(phone, before + 1));
    // The tab that was left behind still has its button: it asks for nothing a second time.
    await page.locator('#pay').click();
    await waitForHeading(page, paid.heading.en);
    expect(await fact(page, paid.receiptNumber.en)).toBe(receipt);
    expect(await booksOf(page)).toMatchObject({ captures: 1, ledger: paiseOf(amount) });
    await phone.close();
  });

  test('while the bank has not decided nobody can pay twice, and the page turns to paid by itself', async () => {
    const phone = await newPhone();
    const number = propertyWith(1);
    const amount = totalIn(await phone.type(number));
    const page = await phone.openLink();
    const order = await goToGateway(page);
    await atGateway(page, 'pending');
    await waitForHeading(page, undecided.undecided.heading.bn);
    expect(await page.locator('#state').innerText()).toContain(doNotPayAgain.bn);
    expect(await page.getByRole('button').count()).toBe(0);
    const dues = await phone.type(number);
    expect(dues).toContain(`এর মধ্যে ${amount}-এর পেমেন্ট (`);
    expect(dues).toContain('এখন আর টাকা দেবেন না');
    expect(await phone.answers.last().getByTestId('link-button').count()).toBe(0);

    const before = await phone.answers.count();
    await town.sandbox('POST', `billdesk/orders/${order}/settle`, { outcome: 'success' });
    await waitForHeading(page, paid.heading.bn);
    const words = await receiptAfter(phone, before);
    expect(receiptNumberOf(words)).toBe(await fact(page, paid.receiptNumber.bn));
    expect(words).toContain(amount);
    expect(words).toMatch(/সম্পত্তি কর: .*২০২/);
    await phone.close();
  });

  test('some of the bills are chosen from the list or by their places, and only the rest is due afterwards', async () => {
    const phone = await newPhone();
    const number = propertyWith(3);
    const [first = '', second = '', third = ''] = billsIn(await phone.type(number));
    await phone.type('বাছাই');
    const single = await phone.choose(second);
    expect(totalIn(single)).toBe(second);
    const page = await phone.openLink();
    expect(await page.locator('#pay').innerText()).toContain(second);
    await goToGateway(page);
    await page.goBack();
    await waitForHeading(page, begun.heading.bn);

    await phone.type(number);
    await phone.type('বাছাই');
    const amount = totalIn(await phone.type('1 2'));
    expect(paiseOf(amount)).toBe(paiseOf(first) + paiseOf(second));
    const both = await phone.openLink();
    // The other link is the citizen's own: nobody else is spoken of.
    await waitForHeading(both, elsewhere.heading.bn);
    expect(await both.locator('#state').innerText()).not.toContain('কেউ');
    expect(await both.locator('.amount').innerText()).toBe(amount);
    expect(await both.locator('.bills li').count()).toBe(2);
    const before = await phone.answers.count();
    await goToGateway(both);
    await atGateway(both, 'pay');
    await waitForHeading(both, paid.heading.bn);
    expect(await receiptAfter(phone, before)).toContain(amount);

    const rest = await phone.type(number);
    expect(billsIn(rest)).toEqual([third]);
    expect(totalIn(rest)).toBe(third);
    // The link for one of them alone asks for nothing any more.
    await waitForHeading(page, alreadyPaid.bn);
    expect(await page.locator('#pay').count()).toBe(0);
    await phone.close();
  });

  test('"status" and "my receipts" bring a receipt again, and who paid gets the last one when nothing is due', async () => {
    const phone = await phoneIn('en');
    const number = propertyWith(1);
    await phone.type(number);
    const before = await phone.answers.count();
    const page = await phone.openLink();
    await goToGateway(page);
    await atGateway(page, 'pay');
    const receipt = receiptNumberOf(await receiptAfter(phone, before));
    const pdf = textOf(await phone.file());

    for (const word of ['status', 'my receipts']) {
      const list = await phone.type(word);
      for (const told of [receipt, number]) expect(list).toContain(told);
      expect(await phone.choose(number)).toContain(receipt);
      expect(textOf(await phone.file())).toBe(pdf);
    }
    expect(await phone.type(number)).toContain('Nothing is due.');
    expect(await phone.press(labels.lastReceipt.en.title)).toContain(receipt);
    expect(textOf(await phone.file())).toBe(pdf);

    const other = await phoneIn('en');
    const nothing = await other.type(number);
    expect(nothing).toContain('Nothing is due.');
    expect(nothing).not.toContain(labels.lastReceipt.en.title);
    expect(await other.type('my receipts')).toContain(
      'There are no payments or applications from this WhatsApp number yet.',
    );
    await Promise.all([phone.close(), other.close()]);
  });

  test('without scripts the whole way can be gone, from the link to the check of the receipt', async () => {
    const phone = await newPhone();
    const number = propertyWith(1);
    const amount = totalIn(await phone.type(number));
    const before = await phone.answers.count();
    const plain = await browser.newContext({ javaScriptEnabled: false });
    const page = await plain.newPage();
    const link = (await phone.link.getAttribute('href')) ?? '';
    await page.goto(link);
    await page.locator('#pay').click();
    await page.getByRole('button', { name: onward.button.bn }).click();
    await page.getByTestId('pay').click();
    await page.getByTestId('back').click();
    // The page on the way back names no receipt: the link in the chat does.
    await waitForHeading(page, paid.heading.bn);
    await page.goto(link);
    await waitForHeading(page, paid.heading.bn);
    const receipt = await fact(page, paid.receiptNumber.bn);
    expect(receiptNumberOf(await receiptAfter(phone, before))).toBe(receipt);

    const [address = ''] =
      /https?:\S+\/verify\/[A-Z]+(?:-\d+){3}\?code=\w+/.exec(textOf(await phone.file())) ?? [];
    await page.goto(address);
    await waitForHeading(page, verifiedReceipt.genuine.bn);
    expect(await fact(page, paid.receiptNumber.bn)).toBe(receipt);
    expect(await fact(page, verifiedReceipt.amount.bn)).toBe(amount);
    const shown = await page.locator('body').innerText();
    expect(shown).toContain(number.replaceAll('-', '').slice(-4));
    for (const hidden of await peopleOf(receipt)) expect(shown).not.toContain(hidden);
    await page.getByLabel(verify.field.bn).fill(receipt.replace(/\d{6}$/, '999999'));
    await page.getByRole('button', { name: verify.button.bn }).click();
    await waitForHeading(page, verify.notIssued.bn);
    await Promise.all([plain.close(), phone.close()]);
  });

  test('the keyboard alone is enough to pay, in two messages from a bare number', async () => {
    const phone = await newPhone();
    await phone.type(propertyWith(1));
    const before = await phone.answers.count();
    const page = await phone.openLink();
    await tabTo(page, '#pay');
    await page.keyboard.press('Enter');
    await orderAtGateway(page);
    await tabTo(page, '[data-testid="pay"]');
    await page.keyboard.press('Enter');
    await waitForHeading(page, paid.heading.bn);
    await receiptAfter(phone, before);
    expect(await phone.answers.count()).toBe(2);
    await phone.close();
  });

  test('many citizens behind one address of a mobile network can look on and pay in the same minute', async () => {
    const all = async (count: number, method: string, what = ''): Promise<number[]> => {
      const asked = Array.from({ length: count }, (_, citizen) =>
        fetch(`${town.apiUrl}/pay/no-such-link-${citizen}${what}`, { method }),
      );
      return (await Promise.all(asked)).map(({ status }) => status);
    };
    expect(new Set(await all(100, 'POST'))).toEqual(new Set([404]));
    expect(new Set(await all(400, 'GET', '/status'))).toEqual(new Set([204]));
  });
});
