/** BillDesk's stand-in with a receiver for its webhooks, for the tests of both sides of the wire. */
import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { AttemptReference } from '../../domain/payments/attempt.ts';
import type { BillDeskMerchant } from '../../gateways/billdesk/merchant.ts';
import { paise } from '../../domain/money.ts';
import { createBillDesk } from '../../gateways/billdesk/billdesk.ts';
import type { PaymentFact } from '../../domain/payments/fact.ts';
import type { Gateway, NewAttempt, Opened, Told } from '../../gateways/gateway.ts';
import { billDeskStandIn } from '../../sandbox/gateways/billdesk/billdesk.tsx';
import type { RunningSandbox, SandboxOptions } from '../../sandbox/sandbox.ts';
import { call, startSandbox, type Answer } from './sandbox-support.ts';

export const signing: BillDeskMerchant = {
  id: 'signing',
  mercid: 'KMCSIGN',
  clientid: 'kmcsign',
  keys: [{ scheme: 'hmac', secret: 'an-invented-secret-of-a-test-0001' }],
};
export const encrypting: BillDeskMerchant = {
  id: 'encrypting',
  mercid: 'KMCCRYPT',
  clientid: 'kmccrypt',
  keys: [
    {
      scheme: 'symmetric',
      keyId: 'KEY1',
      encryptionPassword: 'invented-password-of-32-letters!',
      signingPassword: 'an-invented-password-of-a-test-01',
    },
  ],
};

interface Webhook {
  readonly body: Buffer;
  readonly type: string | undefined;
}

export interface WebhookReceiver {
  readonly url: string;
  readonly received: Webhook[];
  /** What the next webhooks are answered with. */
  answer: number;
  close(): Promise<void>;
}

export async function receiveWebhooks(): Promise<WebhookReceiver> {
  const received: Webhook[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      received.push({ body: Buffer.concat(parts), type: request.headers['content-type'] });
      response.writeHead(receiver.answer).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const receiver: WebhookReceiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks/billdesk`,
    received,
    answer: 200,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return receiver;
}

export const startBillDesk = (
  webhookUrl: string,
  more: Partial<SandboxOptions> = {},
): Promise<RunningSandbox> =>
  startSandbox('http://127.0.0.1:9/nowhere', {
    gateways: [
      billDeskStandIn({ merchants: [signing, encrypting], webhookUrl, inUse: true, retriesMs: [20, 40] }),
    ],
    ...more,
  });

export const gatewayTo = (sandbox: RunningSandbox, ...merchants: readonly BillDeskMerchant[]): Gateway => {
  const [first = encrypting, ...others] = merchants;
  return createBillDesk({
    merchants: [first, ...others],
    apiUrl: `${sandbox.url}/billdesk`,
    timeoutMs: 2_000,
  });
};

/** An attempt that nobody has made before. */
export const newAttempt = (gateway: Gateway, change: Partial<NewAttempt> = {}): NewAttempt => ({
  merchant: gateway.merchantsFor('propertyTax')[0]?.id ?? '',
  reference: `T${randomBytes(8).toString('hex').toUpperCase()}` as AttemptReference,
  way: 'page',
  amount: paise(123_456),
  service: 'propertyTax',
  accountNumber: '110630100011',
  ward: 63,
  returnUrl: 'http://127.0.0.1:9/return/billdesk',
  browser: { ip: '203.0.113.7', userAgent: 'Mozilla/5.0' },
  at: Date.now(),
  ...change,
});

/** An order at BillDesk, and what is needed to ask about it. */
export async function openOrder(
  gateway: Gateway,
  change: Partial<NewAttempt> = {},
): Promise<{ readonly attempt: NewAttempt; readonly opened: Opened }> {
  const attempt = newAttempt(gateway, change);
  return { attempt, opened: await gateway.open(attempt) };
}

/** What became of an attempt, as the gateway tells it when it is asked. */
export async function askPayment(gateway: Gateway, attempt: NewAttempt): Promise<PaymentFact> {
  return paymentIn(await gateway.ask(attempt));
}

/** The payment that words of a gateway tell of first. */
export function paymentIn(told: Told | undefined): PaymentFact {
  const fact = told?.facts[0];
  if (fact?.kind !== 'payment') throw new Error('told of no payment');
  return fact;
}

/** The HTTP API under /sandbox/billdesk. */
export const control =
  (sandbox: RunningSandbox) =>
  (method: string, path: string, body?: unknown): Promise<Answer> =>
    call(`${sandbox.url}/sandbox/billdesk${path}`, method, body);
