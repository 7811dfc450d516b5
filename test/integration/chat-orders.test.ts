/** Orders in the chat on both sides of the wire: what WhatsApp's stand-in takes and tells, and what the gateways say when asked. */
import { randomBytes } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { paise } from '../../domain/money.ts';
import type { OutboundContent } from '../../domain/outbound.ts';
import type { AttemptReference } from '../../domain/payments/attempt.ts';
import type { PaymentFact } from '../../domain/payments/fact.ts';
import type { RefundReference } from '../../domain/payments/refund.ts';
import { createBillDesk } from '../../gateways/billdesk/billdesk.ts';
import type { Gateway, Told } from '../../gateways/gateway.ts';
import { createRazorpay } from '../../gateways/razorpay/razorpay.ts';
import { billDeskStandIn } from '../../sandbox/gateways/billdesk/billdesk.tsx';
import { razorpayStandIn } from '../../sandbox/gateways/razorpay/razorpay.tsx';
import type { RunningSandbox } from '../../sandbox/sandbox.ts';
import { createWhatsAppClient, type SendResult, type WhatsAppClient } from '../../whatsapp/client.ts';
import { parseWebhook } from '../../whatsapp/webhook.ts';
import { posted } from '../support/gateway-requests.ts';
import { signing } from './billdesk-support.ts';
import { account } from './razorpay-support.ts';
import {
  call,
  numberId,
  startReceiver,
  startSandbox,
  token,
  until,
  type Receiver,
} from './sandbox-support.ts';

const billdesk = { ...signing, whatsappConfiguration: 'billdesk-test' };
const razorpay = { ...account, whatsappConfiguration: 'razorpay-test' };
const amount = paise(123_456);

/** Where the gateways post. */
let hooks: Awaited<ReturnType<typeof receiveHooks>>;
let receiver: Receiver;
let sandbox: RunningSandbox;
let whatsapp: WhatsAppClient;
let gateways: Readonly<Record<'billdesk' | 'razorpay', Gateway>>;
let phone: string;

beforeAll(async () => {
  [receiver, hooks] = await Promise.all([startReceiver(), receiveHooks()]);
  const elsewhere = { webhookUrl: hooks.url, inUse: true, retriesMs: [] };
  sandbox = await startSandbox(receiver.url, {
    gateways: [
      billDeskStandIn({ merchants: [billdesk], ...elsewhere }),
      razorpayStandIn({ merchants: [razorpay], ...elsewhere }),
    ],
  });
  whatsapp = createWhatsAppClient({ apiUrl: sandbox.url, phoneNumberId: numberId, accessToken: token });
  gateways = {
    billdesk: createBillDesk({ merchants: [billdesk], apiUrl: `${sandbox.url}/billdesk` }),
    razorpay: createRazorpay({ merchants: [razorpay], apiUrl: `${sandbox.url}/razorpay` }),
  };
  const { body } = await call(`${sandbox.url}/sandbox/citizens`, 'POST', { count: 1 });
  const [citizen] = body['citizens'] as { id: string; phone: string }[];
  phone = citizen?.phone ?? '';
  await call(`${sandbox.url}/sandbox/citizens/${citizen?.id ?? ''}`, 'PATCH', { windowOpen: true });
});
afterAll(async () => {
  await sandbox.close();
  await receiver.close();
  hooks.server.close();
});
beforeEach(async () => {
  receiver.received.length = 0;
  await call(`${sandbox.url}/sandbox/faults`, 'DELETE');
});

async function receiveHooks() {
  const received: { readonly body: Buffer; readonly headers: IncomingHttpHeaders }[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      received.push({ body: Buffer.concat(parts), headers: request.headers });
      response.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks`;
  return { url, received, server };
}

type Name = 'billdesk' | 'razorpay';

function orderAt(name: Name, change: { readonly until?: number; readonly configuration?: string } = {}) {
  const reference = `PS${randomBytes(11).toString('hex').toUpperCase()}` as AttemptReference;
  const of = { reference, service: 'propertyTax', accountNumber: '110630100011', ward: 63 } as const;
  const kept = gateways[name].keptInChat?.(of) ?? {};
  const configuration = `${name}-test`;
  const until = Date.now() + 1_800_000;
  const order = { reference, gateway: name, configuration, kept, until, ...change };
  const content: OutboundContent = {
    kind: 'order',
    body: 'Dues',
    order,
    until: 'Pay by 5 pm.',
    items: [{ name: 'PD, 2026-27', amount }],
    seller: { name: 'Kolkata Municipal Corporation', address: '1 Sample Street' },
    link: { label: 'Pay now', url: 'https://services.example.org/pay/x' },
  };
  return { reference, content };
}

const send = (content: OutboundContent): Promise<SendResult> => whatsapp.send(content, { phone });

async function sent(name: Name): Promise<AttemptReference> {
  const { reference, content } = orderAt(name);
  expect((await send(content)).outcome).toBe('accepted');
  return reference;
}

const pay = (reference: string, outcome: string): ReturnType<typeof call> =>
  call(`${sandbox.url}/sandbox/orders/${reference}/pay`, 'POST', { outcome });

const ask = (name: Name, reference: AttemptReference): Promise<Told> =>
  gateways[name].ask({
    merchant: name === 'billdesk' ? billdesk.id : razorpay.id,
    reference,
    inChat: () => whatsapp.lookUpPayment({ configuration: `${name}-test`, reference }),
  });

const payments = ({ facts }: Told): PaymentFact[] => facts.filter((fact) => fact.kind === 'payment');

/** What WhatsApp has said of a payment so far. */
const statuses = (reference: string): string[] =>
  receiver.received.flatMap(({ value }) =>
    'entry' in value
      ? parseWebhook(value)
          .payments.filter((payment) => payment.reference === reference)
          .map(({ words }) => (JSON.parse(words) as { status: string }).status)
      : [],
  );

describe.each(['billdesk', 'razorpay'] as const)('an order in the chat at %s', (name) => {
  test('is known to the gateway by our reference, before and after it is paid', async () => {
    const reference = await sent(name);
    expect(payments(await ask(name, reference))).toMatchObject([{ says: 'notFound', reference }]);
    expect((await pay(reference, 'success')).status).toBe(201);
    const told = await ask(name, reference);
    const merchantId = name === 'billdesk' ? billdesk.mercid : razorpay.accountId;
    expect(payments(told)).toMatchObject([
      { says: 'success', reference, amount, currency: 'INR', merchantId, gateway: name },
    ]);
    expect(told.raw).not.toContain(phone);
    await until('its status', () => statuses(reference).length > 0);
    expect(statuses(reference)).toEqual(['captured']);
    // Paid is paid: neither again, nor taken back.
    expect((await pay(reference, 'success')).status).not.toBe(201);
    const body = 'x';
    const canceled = await send({ kind: 'orderStatus', body, reference, status: 'canceled' });
    expect(canceled).toMatchObject({ outcome: 'refused', error: { code: 2047 } });
    expect(await send({ kind: 'orderStatus', body, reference, status: 'completed' })).toMatchObject({
      outcome: 'accepted',
    });
  });

  test('that was declined can be tried again, and its success counts, whatever came of the first try', async () => {
    const reference = await sent(name);
    await pay(reference, 'failure');
    expect(payments(await ask(name, reference))).toMatchObject([{ says: 'failed', reference }]);
    expect((await pay(reference, 'success')).status).toBe(201);
    expect(payments(await ask(name, reference))).toMatchObject([{ says: 'success', reference, amount }]);
    await until('both statuses', () => statuses(reference).length === 2);
    expect(statuses(reference).toSorted()).toEqual(['captured', 'pending']);
  });

  test('is told twice, or not at all, where WhatsApp is told to', async () => {
    await call(`${sandbox.url}/sandbox/faults`, 'PATCH', { duplicateWebhooks: 2 });
    const twice = await sent(name);
    await pay(twice, 'success');
    await until('both', () => statuses(twice).length === 2);
    await call(`${sandbox.url}/sandbox/faults`, 'PATCH', { dropStatuses: ['payment'] });
    const never = await sent(name);
    await pay(never, 'success');
    expect(payments(await ask(name, never))).toMatchObject([{ says: 'success' }]);
    expect(statuses(never)).toEqual([]);
  });

  test("can be given back, though the gateway has it under an id of Meta's", async () => {
    const reference = await sent(name);
    await pay(reference, 'success');
    const [paid] = payments(await ask(name, reference));
    const refundReference = `RF${randomBytes(8).toString('hex').toUpperCase()}` as RefundReference;
    const told = await gateways[name].refunds?.request({
      refundReference,
      merchant: name === 'billdesk' ? billdesk.id : razorpay.id,
      reference,
      isInChat: true,
      transactionId: paid?.transactionId ?? '',
      amount,
      captured: amount,
      paidAt: paid?.at ?? Date.now(),
    });
    expect(told?.facts).toMatchObject([{ kind: 'refund', says: 'refunded', refundReference, amount }]);
  });
});

test('WhatsApp refuses an order of an unknown configuration, a reference twice, and one that ends at once', async () => {
  const { content } = orderAt('billdesk');
  const refused = { outcome: 'refused', error: { code: 131_009 } };
  expect(await send(orderAt('billdesk', { configuration: 'nobody' }).content)).toMatchObject(refused);
  expect(await send(orderAt('billdesk', { until: Date.now() + 60_000 }).content)).toMatchObject(refused);
  expect(await send(content)).toMatchObject({ outcome: 'accepted' });
  expect(await send(content)).toMatchObject(refused);
});

test("a gateway's answer about another order is not taken for this one's", async () => {
  const [mine, other] = [await sent('billdesk'), await sent('billdesk')];
  await pay(other, 'success');
  const asked = gateways.billdesk.ask({
    merchant: billdesk.id,
    reference: mine,
    // As if Meta mixed two orders up.
    inChat: () => whatsapp.lookUpPayment({ configuration: 'billdesk-test', reference: other }),
  });
  await expect(asked).rejects.toThrow('another order');
});

test.each(['billdesk', 'razorpay'] as const)('the webhook of %s names our attempt', async (name) => {
  const reference = await sent(name);
  hooks.received.length = 0;
  await pay(reference, 'success');
  const references = async (): Promise<unknown[]> =>
    Promise.all(
      hooks.received.map(async ({ body, headers }) => {
        const { facts } = await gateways[name].readCallback(posted(body, headers));
        return facts.map((fact) => [fact.kind === 'payment' && fact.says, fact.reference]);
      }),
    );
  await until('it', async () => JSON.stringify(await references()).includes('success'));
  expect((await references()).flat().every((fact) => (fact as string[])[1] === reference)).toBe(true);
});
