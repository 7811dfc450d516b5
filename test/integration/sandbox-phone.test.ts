/** The phone in a real browser: a citizen taps and writes, an invented bot answers through the Graph API. */
import { get } from 'node:http';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, test } from 'vitest';
import { connect } from '../../database/connection.ts';
import type { RunningSandbox } from '../../sandbox/sandbox.ts';
import {
  call,
  messagesOf,
  numberId,
  startReceiver,
  startSandbox,
  token,
  until,
  type Json,
  type Receiver,
} from './sandbox-support.ts';
import { violationsOn } from '../support/axe.ts';
import { launchBrowser } from '../support/browser.ts';
import { billDeskStandIn } from '../../sandbox/gateways/billdesk/billdesk.tsx';
import { control, encrypting, gatewayTo, openOrder } from './billdesk-support.ts';

let receiver: Receiver;
let sandbox: RunningSandbox;
let browser: Browser;
let page: Page;
/** What the page complained about: a broken script, or something its content security policy forbids. */
let complaints: string[];

const send = (message: Json, to: Json = { to: '+919000000101' }): Promise<unknown> =>
  call(`${sandbox.url}/v26.0/${numberId}/messages`, 'POST', {
    messaging_product: 'whatsapp',
    ...to,
    ...message,
  });
const interactive = (type: string, body: string, action: Json): Json => ({
  type: 'interactive',
  interactive: { type, body: { text: body }, action },
});
const fromCitizen = (find: (message: Json) => boolean): Promise<Json> =>
  until('the webhook', () => messagesOf(receiver).find(find));

beforeAll(async () => {
  receiver = await startReceiver();
  // Only its knobs are turned here: nobody connects.
  const db = connect({ url: inject('databaseUrl'), size: 1, name: 'test', onLost: () => undefined });
  sandbox = await startSandbox(receiver.url, {
    backOffice: { db, token, inUse: true },
    guide: {
      numbers: () => Promise.resolve([{ of: 'property', number: '110010100015', shows: 'one new bill' }]),
      workflowsOf: ({ id }) => Promise.resolve(`http://127.0.0.1:8233/of/${id}`),
    },
    gateways: [billDeskStandIn({ merchants: [encrypting], webhookUrl: receiver.url, inUse: true })],
  });
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  await sandbox.close();
  await receiver.close();
});
beforeEach(async () => {
  complaints = [];
  receiver.received.length = 0;
  page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (line) => {
    if (line.type() === 'error') complaints.push(line.text());
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(sandbox.url)) complaints.push(`outside: ${request.url()}`);
  });
  await page.goto(`${sandbox.url}/phone/ananya`);
});
afterEach(async () => {
  await page.close();
  await call(`${sandbox.url}/sandbox/chat`, 'DELETE');
  expect(complaints).toEqual([]);
});

const outbound = '[data-testid=bubble][data-direction=outbound]';
const inbound = '[data-testid=bubble][data-direction=inbound]';

test('a whole conversation: text, list, buttons, link, document', async () => {
  await page.getByTestId('composer-text').fill('হাই');
  await page.getByTestId('composer-text').press('Enter');
  const greeting = await fromCitizen(({ type }) => type === 'text');
  expect(greeting['text']).toEqual({ body: 'হাই' });
  await call(`${sandbox.url}/v26.0/${numberId}/messages`, 'POST', {
    messaging_product: 'whatsapp',
    status: 'read',
    message_id: greeting['id'],
    typing_indicator: { type: 'text' },
  });
  await page.getByTestId('typing').waitFor();
  await page.locator(`${inbound} [data-testid=ticks][data-state=read]`).waitFor();

  await send(
    interactive('list', '*নমস্কার*', {
      button: 'পরিষেবা',
      sections: [
        { title: 'কর', rows: [{ id: 'tax', title: 'সম্পত্তি কর', description: 'বকেয়া' }] },
        { title: 'Language', rows: [{ id: 'en', title: 'English' }] },
      ],
    }),
  );
  await page.getByTestId('list-button').click();
  expect(await page.getByTestId('typing').isVisible()).toBe(false);
  expect(await page.locator(`${outbound} strong`).first().textContent()).toBe('নমস্কার');
  expect(await page.getByTestId('list-send').isDisabled()).toBe(true);
  await page.getByTestId('list-row').first().click();
  await page.getByTestId('list-send').click();
  const row = await fromCitizen((message) => JSON.stringify(message).includes('list_reply'));
  expect(row['interactive']).toMatchObject({ list_reply: { id: 'tax', description: 'বকেয়া' } });

  await send(
    interactive('button', 'Is it yours?', {
      buttons: [
        { type: 'reply', reply: { id: 'yes', title: 'Yes' } },
        { type: 'reply', reply: { id: 'no', title: 'No' } },
      ],
    }),
  );
  await page.getByTestId('reply-button').filter({ hasText: 'Yes' }).click();
  const tap = await fromCitizen((message) => JSON.stringify(message).includes('button_reply'));
  expect(tap['interactive']).toMatchObject({ button_reply: { id: 'yes', title: 'Yes' } });

  const parameters = { display_text: 'Pay ₹10', url: 'https://example.org/pay?a=1&b=2' };
  await send(interactive('cta_url', 'Dues', { name: 'cta_url', parameters }));
  const link = page.getByTestId('link-button');
  await link.waitFor();
  expect(await link.getAttribute('href')).toBe(parameters.url);
  expect(await link.getAttribute('target')).toBe('_blank');

  const form = new FormData();
  form.set('messaging_product', 'whatsapp');
  form.set('type', 'application/pdf');
  form.set('file', new File(['%PDF-1.4'], 'r.pdf', { type: 'application/pdf' }));
  const uploaded = await fetch(`${sandbox.url}/v26.0/${numberId}/media`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${token}` },
    body: form,
  });
  const { id } = (await uploaded.json()) as { id: string };
  await send({ type: 'document', document: { id, filename: 'receipt.pdf' } });
  const file = page.getByTestId('document');
  await file.waitFor();
  expect(await file.textContent()).toContain('receipt.pdf');
  expect(await file.getAttribute('href')).toBe(`/sandbox/media/${id}`);
});

test('nothing that somebody writes becomes part of the page', async () => {
  const nasty = '<img src=x onerror=alert(1)> *<b>bold</b>* snake_case_word https://example.org/a_b_c.';
  await page.getByTestId('composer-text').fill(nasty);
  await page.getByTestId('send').click();
  const words = page.locator(`${inbound} .words`);
  await words.waitFor();
  expect(await words.locator('img, b, em').count()).toBe(0);
  expect(await words.locator('strong').textContent()).toBe('<b>bold</b>');
  expect(await words.locator('a').getAttribute('href')).toBe('https://example.org/a_b_c');
});

test('a picture from the menu, by keyboard; a reaction of the corporation on it', async () => {
  await page.getByTestId('attach').focus();
  await page.keyboard.press('Enter');
  await page.getByTestId('sample-bill').waitFor();
  await page.keyboard.press('Enter');
  const picture = await fromCitizen(({ type }) => type === 'image');
  await page.locator(`${inbound} .picture img`).waitFor();
  await send({ type: 'reaction', reaction: { message_id: picture['id'], emoji: '👍' } });
  await page.getByTestId('reactions').waitFor();
});

test('a citizen without a number shares it with one tap', async () => {
  await page.getByTestId('citizen').filter({ hasText: '@mita.sen' }).click();
  await page.waitForURL(/mita/);
  await page.getByTestId('composer-text').fill('hi');
  await page.getByTestId('composer-text').press('Enter');
  const greeting = await fromCitizen(({ type }) => type === 'text');
  await send(interactive('request_contact_info', 'Your number?', { name: 'request_contact_info' }), {
    recipient: greeting['from_user_id'],
  });
  await page.getByTestId('share-contact').click();
  const card = await fromCitizen(({ type }) => type === 'contacts');
  expect(JSON.stringify(card)).toContain('contact_request');
});

test('the first minute: "hi" is one tap away, numbers stand beside the phone, and the way to the workflows', async () => {
  await page.goto(`${sandbox.url}/phone/subir`);
  await page.getByTestId('write-hi').click();
  await fromCitizen(({ text }) => (text as Json | undefined)?.['body'] === 'hi');
  await page.getByTestId('write-hi').waitFor({ state: 'hidden' });
  const number = page.getByTestId('number');
  expect(await number.allTextContents()).toEqual(['110010100015 one new bill']);
  await number.click();
  await fromCitizen(({ text }) => (text as Json | undefined)?.['body'] === '110010100015');
  const href = (await page.getByTestId('workflows').getAttribute('href')) ?? '';
  const answer = await fetch(new URL(href, sandbox.url), { redirect: 'manual' });
  expect(answer.headers.get('location')).toBe('http://127.0.0.1:8233/of/subir');
  expect(await page.getByLabel('The next sends fail').isVisible()).toBe(false);
});

test('axe objects to nothing on the phone, folded and unfolded', async () => {
  expect(await violationsOn(page)).toEqual([]);
  await page.getByTestId('misbehaviour').click();
  expect(await violationsOn(page)).toEqual([]);
});

test('only this machine is answered, whatever name leads here', async () => {
  const { port } = new URL(sandbox.url);
  const statusFor = (host: string): Promise<number> =>
    new Promise((resolve, reject) => {
      get({ host: '127.0.0.1', port, path: '/sandbox/citizens', headers: { host } }, (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      }).on('error', reject);
    });
  expect(await statusFor(`127.0.0.1:${port}`)).toBe(200);
  expect(await statusFor(`localhost:${port}`)).toBe(200);
  for (const host of ['evil.example', `evil.example:${port}`, '127.0.0.1.evil.example']) {
    expect(await statusFor(host), host).toBeGreaterThanOrEqual(400);
  }
});

test('the panel sets faults and takes them back', async () => {
  await page.getByTestId('misbehaviour').click();
  await page.getByLabel('The next sends fail').fill('2');
  await page.getByLabel('The next sends fail').blur();
  const failNext = async (): Promise<unknown> => {
    const { body } = await call(`${sandbox.url}/sandbox/faults`, 'GET');
    return (body['faults'] as Json)['failNext'];
  };
  await until('two failures to come', async () => (await failNext()) === 2);
  await page.getByTestId('reset-faults').click();
  await until('none to come', async () => (await failNext()) === 0);
});

test("the panel turns the back office's knobs and leaves the Graph API alone", async () => {
  const faultsOf = async (path: string): Promise<Json> =>
    (await call(`${sandbox.url}/sandbox/${path}`, 'GET')).body['faults'] as Json;
  const section = page.getByTestId('back-office');
  await page.getByTestId('misbehaviour').click();
  await section.getByLabel('Down').check();
  await section.getByLabel('Answers').selectOption('another account');
  await section.getByLabel('Refuses receipts').check();
  const expected = { down: true, wrong: 'number', refuseReceipts: true };
  await until('all knobs', async () => {
    const now = await faultsOf('back-office/faults');
    return Object.entries(expected).every(([name, value]) => now[name] === value);
  });
  expect(await faultsOf('faults')).toMatchObject({ down: false });
  await page.getByTestId('reset-faults').click();
  await until('it to behave', async () => (await faultsOf('back-office/faults'))['down'] === false);
});

test("the panel turns BillDesk's knobs and decides what is pending", async () => {
  const say = control(sandbox);
  const section = page.getByTestId('billdesk');
  await page.getByTestId('misbehaviour').click();
  await section.getByLabel('Webhooks come').selectOption('never');
  await section.getByLabel('Can be paid twice').check();
  await until('both knobs', async () => {
    const { webhook, doubleSuccess } = (await say('GET', '/faults')).body['faults'] as Json;
    return webhook === 'never' && doubleSuccess === true;
  });
  const { attempt } = await openOrder(gatewayTo(sandbox));
  await say('POST', `/orders/${attempt.reference}/pay`, { outcome: 'pending' });
  await section.getByTestId('billdesk-pending').getByRole('button', { name: 'success' }).click();
  await until('it to succeed', async () => (await say('GET', '/totals')).body['count'] === 1);
  await section.getByTestId('billdesk-pending').getByText(attempt.reference).waitFor({ state: 'detached' });
  await page.getByTestId('reset-faults').click();
  await until('it to behave', async () => {
    const { doubleSuccess } = (await say('GET', '/faults')).body['faults'] as Json;
    return doubleSuccess === false;
  });
});

test('on a small screen the phone fills it, and citizens wait behind the arrow', async () => {
  await page.setViewportSize({ width: 390, height: 844 });
  const box = await page.locator('main.phone').boundingBox();
  expect(box).toMatchObject({ x: 0, y: 0, width: 390, height: 844 });
  await page.getByTestId('open-people').click();
  await page.getByTestId('citizen').filter({ hasText: 'Mohammed Irfan' }).click();
  await page.waitForURL(/irfan/);
});
