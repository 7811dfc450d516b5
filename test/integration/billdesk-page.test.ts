/** BillDesk's hosted page as a browser without scripts walks it, and what survives when the sandbox is restarted. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { Redirect } from '../../domain/payments/redirect.ts';
import type { Gateway } from '../../gateways/gateway.ts';
import type { RunningSandbox } from '../../sandbox/sandbox.ts';
import { waitFor } from '../../sandbox/wait.ts';
import { launchBrowser } from '../support/browser.ts';
import { formIn, posted } from '../support/gateway-requests.ts';
import {
  askPayment,
  control,
  encrypting,
  gatewayTo,
  openOrder,
  paymentIn,
  receiveWebhooks,
  signing,
  startBillDesk,
  type WebhookReceiver,
} from './billdesk-support.ts';

let folder: string;
let receiver: WebhookReceiver;
let sandbox: RunningSandbox;
let gateway: Gateway;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'purosheba-billdesk-'));
  receiver = await receiveWebhooks();
  sandbox = await startBillDesk(receiver.url, { dataFolder: folder });
  gateway = gatewayTo(sandbox, encrypting, signing);
});
afterAll(async () => {
  await sandbox.close();
  await receiver.close();
  await rm(folder, { recursive: true });
});
afterEach(async () => {
  await control(sandbox)('DELETE', '/faults');
  receiver.answer = 200;
  receiver.received.length = 0;
});

interface Page {
  readonly status: number;
  readonly html: string;
}

async function submit(url: string, fields: Readonly<Record<string, string>>): Promise<Page> {
  const response = await fetch(new URL(url, sandbox.url), {
    method: 'POST',
    body: new URLSearchParams(fields),
  });
  expect(response.headers.get('content-type')).toMatch(/^text\/html/);
  expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
  return { status: response.status, html: await response.text() };
}

/** Where the one form of a page leads, and its hidden fields. */
function formOf({ html }: Page): { readonly action: string; readonly fields: Record<string, string> } {
  const text = (value = ''): string => value.replaceAll('&quot;', '"').replaceAll('&amp;', '&');
  const hidden = [...html.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"\/?>/g)];
  return {
    action: text(/<form method="post" action="([^"]*)"/.exec(html)?.[1]),
    fields: Object.fromEntries(hidden.map(([, name, value]) => [text(name), text(value)])),
  };
}

function arrive(redirect: Redirect): Promise<Page> {
  const { url, fields } = formIn(redirect);
  return submit(url, fields);
}
async function choose(redirect: Redirect, choice: Readonly<Record<string, string>>): Promise<Page> {
  const { action, fields } = formOf(await arrive(redirect));
  return submit(action, { ...fields, method: 'upi', webhook: '', forge: '', returnForm: '', ...choice });
}
/** What the browser brings to the merchant. */
const broughtBack = (page: Page) => gateway.readReturn(posted(formOf(page).fields));

test('shows what is paid to whom, works without scripts, and sends the browser back', async () => {
  const { attempt, opened } = await openOrder(gateway);
  const page = await arrive(opened.redirect);
  expect(page.status).toBe(200);
  expect(page.html).toContain('₹1,234.56');
  expect(page.html).toContain('Kolkata Municipal Corporation');
  expect(page.html).toContain(attempt.reference);
  expect(page.html).not.toContain('<script');

  const done = await choose(opened.redirect, { outcome: 'success', method: 'netbanking' });
  // The webhook came before the page did.
  expect(receiver.received).toHaveLength(1);
  expect(formOf(done).action).toBe(attempt.returnUrl);
  expect(done.html).toContain('Back to the merchant');
  expect(done.html).toContain('<script src="/billdesk/assets/back.js">');
  expect(await broughtBack(done)).toMatchObject({
    reference: attempt.reference,
  });
  expect(await askPayment(gateway, attempt)).toMatchObject({
    says: 'success',
    method: 'netbanking',
    amount: 123_456,
  });
  for (const asset of ['page.css', 'back.js']) {
    expect((await fetch(`${sandbox.url}/billdesk/assets/${asset}`)).status).toBe(200);
  }
});

test('a browser on a phone goes there and back by itself', async () => {
  const { attempt, opened } = await openOrder(gateway, {
    returnUrl: receiver.url.replace('webhooks', 'return'),
  });
  const browser = await launchBrowser();
  const page = await browser.newPage({ viewport: { width: 360, height: 640 } });
  const complaints: string[] = [];
  page.on('console', (line) => {
    if (line.type() === 'error') complaints.push(line.text());
  });
  const { url, fields } = formIn(opened.redirect);
  const inputs = Object.entries(fields).map(([name, value]) => `<input name="${name}" value="${value}">`);
  await page.setContent(`<form method="post" action="${url}">${inputs.join('')}<button>Pay</button></form>`);
  await page.getByRole('button').click();
  await page.getByLabel('Card').check();
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(width).toBeLessThanOrEqual(360);
  await page.getByTestId('pay').click();
  await waitFor('the browser to be back', () => receiver.received.length === 2);
  expect(complaints).toEqual([]);
  expect(await gateway.readReturn(posted(receiver.received[1]?.body))).toMatchObject({
    reference: attempt.reference,
  });
  await browser.close();
});

test('can lead on to another host, and takes the money there', async () => {
  await control(sandbox)('PATCH', '/faults', { pageMoves: true });
  const { attempt, opened } = await openOrder(gateway);
  const { url, fields } = formIn(opened.redirect);
  const moved = await fetch(url, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' });
  expect(moved.status).toBe(302);
  const there = new URL(moved.headers.get('location') ?? '');
  expect(there.host).toBe(new URL(sandbox.url).host.replace('127.0.0.1', 'localhost'));
  const html = await (await fetch(there)).text();
  expect(html).toContain(attempt.reference);
  const done = await submit('/billdesk/page/pay', {
    ...formOf({ status: 200, html }).fields,
    method: 'upi',
    outcome: 'success',
  });
  expect(await broughtBack(done)).toMatchObject({ reference: attempt.reference });
});

test('the webhook can come after the browser has returned', async () => {
  const { opened } = await openOrder(gateway);
  await choose(opened.redirect, { outcome: 'success', webhook: 'afterReturn' });
  expect(receiver.received).toHaveLength(0);
  await waitFor('the webhook', () => receiver.received.length === 1);
});

test('a citizen is not kept waiting by a webhook that nobody answers', async () => {
  receiver.answer = 503;
  const { opened } = await openOrder(gateway);
  expect((await choose(opened.redirect, { outcome: 'success' })).status).toBe(200);
  await waitFor('the last of the tries', () => receiver.received.length === 3);
});

test('a cancellation comes back unsealed', async () => {
  const { attempt, opened } = await openOrder(gateway);
  const page = await choose(opened.redirect, { outcome: 'cancel' });
  expect(await broughtBack(page)).toMatchObject({ reference: attempt.reference });
});

test('the page can be told to misbehave for one payment', async () => {
  const { opened } = await openOrder(gateway);
  const page = await choose(opened.redirect, { outcome: 'failure', webhook: 'never', returnForm: 'false' });
  expect(page.html).not.toContain('<form');
  expect(receiver.received).toHaveLength(0);
});

test('a second click, and a page that is opened again, tell that it is paid', async () => {
  const { attempt, opened } = await openOrder(gateway, { merchant: signing.id });
  await choose(opened.redirect, { outcome: 'success' });
  const { bdorderid = '', rdata = '' } = formIn(opened.redirect).fields;
  const click = { order: bdorderid, secret: rdata, method: 'upi', outcome: 'success' };
  for (const page of [await submit('/billdesk/page/pay', click), await arrive(opened.redirect)]) {
    expect(page.html).toContain('already paid');
    expect(await broughtBack(page)).toMatchObject({ reference: attempt.reference });
  }
  expect(receiver.received).toHaveLength(1);
});

test('an expired session says so and leads back unsealed', async () => {
  await control(sandbox)('PATCH', '/faults', { sessionMs: 0 });
  const { attempt, opened } = await openOrder(gateway);
  const page = await arrive(opened.redirect);
  expect(page.html).toContain('expired');
  expect(await broughtBack(page)).toMatchObject({ reference: attempt.reference });
});

test.each([
  ['another secret', { rdata: '0'.repeat(64) }],
  ['no secret', { rdata: '' }],
  ['another merchant', { merchantid: 'OTHER' }],
  ['no merchant', { merchantid: '' }],
  ['another order', { bdorderid: 'OA0' }],
])('whoever comes with %s finds nothing', async (_what, change) => {
  const { opened } = await openOrder(gateway);
  const { url, fields } = formIn(opened.redirect);
  const page = await submit(url, { ...fields, ...change });
  expect(page.status).toBe(404);
  expect(page.html).not.toContain('<form');
});

test('a restart loses nothing: orders, what is to settle, webhooks on their way', async () => {
  receiver.answer = 503;
  const paid = await openOrder(gateway);
  const settling = await openOrder(gateway);
  const untouched = await openOrder(gateway);
  const say = control(sandbox);
  await say('POST', `/orders/${paid.attempt.reference}/pay`, { webhookDelayMs: 1_000 });
  await say('POST', `/orders/${settling.attempt.reference}/pay`, {
    outcome: 'pendingThenSuccess',
    settleAfterMs: 1_000,
    webhook: 'never',
  });
  await sandbox.close();
  receiver.received.length = 0;
  receiver.answer = 200;

  sandbox = await startBillDesk(receiver.url, { dataFolder: folder });
  gateway = gatewayTo(sandbox, encrypting, signing);
  expect((await askPayment(gateway, paid.attempt)).says).toBe('success');
  expect((await askPayment(gateway, untouched.attempt)).says).toBe('notFound');
  await waitFor(
    'the payment to settle',
    async () => (await askPayment(gateway, settling.attempt)).says === 'success',
  );
  await waitFor('the webhook', async () => {
    const told = await Promise.all(receiver.received.map(({ body }) => gateway.readCallback(posted(body))));
    return told.some((each) => paymentIn(each).reference === paid.attempt.reference);
  });
});
