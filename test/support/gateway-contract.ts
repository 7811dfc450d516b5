/**
 * What every payment gateway must do, as tests against its stand-in over real HTTP. A gateway passes it by a file of its own
 * that says how it is set up (test/integration/billdesk-contract.test.ts).
 */
import { randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { paise } from '../../domain/money.ts';
import type { AttemptReference } from '../../domain/payments/attempt.ts';
import type { PaymentFact, RefundFact } from '../../domain/payments/fact.ts';
import type { GatewayName } from '../../domain/payments/gateways.ts';
import type { PageRedirect } from '../../domain/payments/redirect.ts';
import { wayOf, waysToPay, type PayWay } from '../../domain/payments/way.ts';
import type { RefundReference } from '../../domain/payments/refund.ts';
import type { PaidService } from '../../domain/accounts/kinds.ts';
import { paidServices } from '../../domain/services.ts';
import {
  AlreadyOpenedError,
  exchangeOf,
  GatewayRefusedError,
  GatewayUnavailableError,
  NotACallbackError,
  NotAuthenticError,
  type Closed,
  type Gateway,
  type GatewayRequest,
  type NewAttempt,
  type NewRefund,
  type Opened,
  type Refunds,
  type Told,
} from '../../gateways/gateway.ts';
import { readIntent } from '../../gateways/upi.ts';
import type { GatewayMaker } from '../../sandbox/kit/gateway.ts';
import type { ReturnForm } from '../../sandbox/kit/payments.ts';
import type { RunningSandbox } from '../../sandbox/sandbox.ts';
import { waitFor } from '../../sandbox/wait.ts';
import { call, startSandbox, type Json } from '../integration/sandbox-support.ts';
import { posted } from './gateway-requests.ts';

export interface GatewayUnderContract {
  readonly name: GatewayName;
  /** One merchant account for each service, by our id and by the gateway's. */
  readonly accounts: Readonly<Record<PaidService, { readonly id: string; readonly merchantId: string }>>;
  /** The stand-in that has these accounts as customers. */
  standIn(webhookUrl: string): GatewayMaker;
  /** @param apiUrl where the stand-in is, without a slash at the end */
  gateway(apiUrl: string, timeoutMs: number): Gateway;
  /** The same with keys that the gateway does not know. */
  stranger(apiUrl: string): Gateway;
  /** Every key of the accounts: none may stand in an error. */
  readonly secrets: readonly string[];
  /** What makes the gateway refuse an order. */
  readonly refused: Partial<NewAttempt>;
  /** How the accounts can be paid; without it by the gateway's page alone. */
  readonly ways?: readonly PayWay[];
  /** Whether the answer about an attempt tells of its refunds; otherwise only callbacks tell of those that nobody asked for. */
  readonly listsRefunds: boolean;
  /** The stand-in's forgeries of what proves that words are the gateway's. */
  readonly forgeries: readonly string[];
  /** Whether it signs its answers, too. Otherwise TLS alone proves whose they are. */
  readonly signsAnswers: boolean;
}

const timeoutMs = 1_500;

export function gatewayContract(subject: GatewayUnderContract): void {
  const { name, accounts, refused, forgeries, signsAnswers, listsRefunds, secrets } = subject;
  let receiver: Receiver;
  let sandbox: RunningSandbox;
  let gateway: Gateway;

  beforeAll(async () => {
    receiver = await receive();
    sandbox = await startSandbox('http://127.0.0.1:9/nowhere', { gateways: [subject.standIn(receiver.url)] });
    gateway = subject.gateway(`${sandbox.url}/${name}`, timeoutMs);
  });
  afterAll(async () => {
    await sandbox.close();
    await receiver.close();
  });
  afterEach(async () => {
    await control('DELETE', '/faults');
    await control('DELETE', '/orders');
    receiver.received.length = 0;
  });

  async function control(method: string, path: string, body?: unknown): Promise<Json> {
    const answer = await call(`${sandbox.url}/sandbox/${name}${path}`, method, body);
    if (answer.status >= 300) throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  }
  const misbehave = (faults: object): Promise<Json> => control('PATCH', '/faults', faults);
  async function pay(attempt: NewAttempt, how: object = {}): Promise<ReturnForm> {
    const { returnForm } = await control('POST', `/orders/${attempt.reference}/pay`, how);
    return returnForm as ReturnForm;
  }

  const newAttempt = (change: Partial<NewAttempt> = {}): NewAttempt => ({
    merchant: accounts.propertyTax.id,
    reference: `PS${randomBytes(11).toString('hex').toUpperCase()}` as AttemptReference,
    way: 'page',
    amount: paise(123_456),
    service: 'propertyTax',
    accountNumber: '110630100011',
    ward: 63,
    returnUrl: `http://127.0.0.1:9/return/${name}`,
    browser: { ip: '203.0.113.7', userAgent: 'Mozilla/5.0 (Linux; Android 14; K) Mobile' },
    at: Date.now(),
    ...change,
  });

  async function opened(change: Partial<NewAttempt> = {}): Promise<NewAttempt & Opened> {
    const attempt = newAttempt(change);
    return { ...attempt, ...(await gateway.open(attempt)) };
  }

  /** The error with which a call ends, having said no secret. */
  async function errorOf(run: Promise<unknown>): Promise<Error> {
    const error = await run.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    if (!(error instanceof Error)) throw new Error(`ended well, or with ${inspect(error)}`);
    // As loggers write it: message, stack, cause and every field.
    const written = inspect(error, { depth: 10 });
    for (const secret of [...secrets, '110630100011', '203.0.113.7']) expect(written).not.toContain(secret);
    return error;
  }

  async function asked(attempt: NewAttempt): Promise<PaymentFact> {
    const { facts, merchant } = await gateway.ask(attempt);
    expect(merchant).toBe(attempt.merchant);
    return paymentIn(facts);
  }

  /** So many callbacks, as they come over HTTP. */
  async function callbacks(count = 1): Promise<readonly GatewayRequest[]> {
    await waitFor(`${count} callbacks`, () => receiver.received.length >= count, { timeoutMs: 5_000 });
    return receiver.received;
  }
  const told = async (count = 1): Promise<readonly Told[]> =>
    Promise.all((await callbacks(count)).map((request) => gateway.readCallback(request)));

  test('it is known by its name', () => {
    expect(gateway.name).toBe(name);
  });

  describe('merchant accounts', () => {
    test.each(paidServices)('one takes %s, and its attempts are made for it', async (service) => {
      expect(gateway.merchantsFor(service)).toMatchObject([accounts[service]]);
      const attempt = await opened({ service, merchant: accounts[service].id });
      await pay(attempt);
      expect(await asked(attempt)).toMatchObject({ merchantId: accounts[service].merchantId });
      const [webhook] = await told();
      expect(webhook?.merchant).toBe(accounts[service].id);
    });

    test('that the settings do not know any more can neither open nor be asked', async () => {
      const gone = newAttempt({ merchant: 'gone' });
      expect(await errorOf(gateway.open(gone))).toBeInstanceOf(GatewayUnavailableError);
      expect(await errorOf(gateway.ask(gone))).toBeInstanceOf(GatewayUnavailableError);
    });
  });

  describe('opening', () => {
    test('makes an order and leads the browser to where it is paid, for a while', async () => {
      const attempt = await opened();
      expect(attempt.gatewayOrderId).not.toBe('');
      expect(attempt.usableUntil).toBeGreaterThan(Date.now() + 60_000);
      expect(attempt.usableUntil).toBeLessThan(Date.now() + 86_400_000);
      for (const words of Object.values(attempt.exchange)) expect(words).not.toBe('');
      const redirect = pageIn(attempt);
      const page = await (redirect.kind === 'form'
        ? fetch(redirect.url, { method: 'POST', body: new URLSearchParams(redirect.fields) })
        : fetch(redirect.url));
      expect(page.status).toBe(200);
      expect(await page.text()).toContain('1,234.56');
    });

    test('again under the same reference makes no second order', async () => {
      const attempt = await opened();
      const again = await gateway.open(attempt).catch((error: unknown) => error);
      if (again instanceof Error) expect(again).toBeInstanceOf(AlreadyOpenedError);
      else expect(again).toMatchObject({ gatewayOrderId: attempt.gatewayOrderId });
      expect(await control('GET', '/totals')).toMatchObject({ orders: 1 });
    });

    test('that the gateway refuses is refused in its words, and there is no order', async () => {
      const error = await errorOf(gateway.open(newAttempt(refused)));
      expect(error).toBeInstanceOf(GatewayRefusedError);
      expect(error).toMatchObject({ code: expect.stringMatching(/./) as string });
      expect(exchangeOf(error)).toEqual({
        request: expect.any(String) as string,
        response: expect.any(String) as string,
      });
      expect(await control('GET', '/totals')).toMatchObject({ orders: 0 });
    });

    test.each(['cut', 'silent'])(
      'whose answer is lost (%s) leaves it open whether there is an order, which can be asked about',
      async (createAnswer) => {
        await misbehave({ createAnswer });
        const attempt = newAttempt();
        const error = await errorOf(gateway.open(attempt));
        expect(error).toBeInstanceOf(GatewayUnavailableError);
        expect(exchangeOf(error)).toEqual({ request: expect.any(String) as string });
        await misbehave({ createAnswer: 'none' });
        expect((await asked(attempt)).says).toBe('notFound');
        await pay(attempt);
        expect((await asked(attempt)).says).toBe('success');
      },
    );

    test.each([
      ['is down', { down: true }],
      ['fails', { http500: true }],
      ['is slower than we wait', { latencyMs: 3 * timeoutMs }],
    ])('when the gateway %s ends in time without an answer', async (_what, faults) => {
      await misbehave(faults);
      const began = Date.now();
      expect(await errorOf(gateway.open(newAttempt()))).toBeInstanceOf(GatewayUnavailableError);
      expect(Date.now() - began).toBeLessThan(2 * timeoutMs);
    });

    test('under keys that the gateway does not know has no answer that could be believed', async () => {
      const stranger = subject.stranger(`${sandbox.url}/${name}`);
      const error = await errorOf(stranger.open(newAttempt()));
      expect(error instanceof GatewayUnavailableError || error instanceof GatewayRefusedError).toBe(true);
      expect(await control('GET', '/totals')).toMatchObject({ orders: 0 });
    });
  });

  const ways: readonly PayWay[] = subject.ways ?? ['page'];
  const closes = subject.gateway('http://127.0.0.1:9', timeoutMs).close !== undefined;

  describe('the ways to pay', () => {
    test('are those of the account, the page among them', () => {
      for (const service of paidServices) {
        const { ways: offered } = waysToPay(gateway.merchantsFor(service), paise(123_456));
        expect(offered).toContain('page');
        expect(ways).toEqual(expect.arrayContaining([...offered]));
      }
      const { ways: offered } = waysToPay(gateway.merchantsFor('propertyTax'), paise(123_456));
      expect([...offered].sort()).toEqual([...ways].sort());
    });

    test.each(ways.filter((way) => way !== 'page'))(
      '%s leads there for this amount, is paid, and found by asking',
      async (way) => {
        const attempt = await opened({ way });
        const { redirect } = attempt;
        expect(wayOf(redirect)).toBe(way);
        if (redirect.kind === 'intent') expect(readIntent(redirect.uri, attempt.amount)).toBe(redirect.uri);
        if (redirect.kind === 'qrCode') {
          expect(redirect.until).toBeGreaterThan(Date.now() + 60_000);
          if ('data' in redirect.code) expect(redirect.code.data).not.toBe('');
        }
        expect((await asked(attempt)).says).toBe('notFound');
        await pay(attempt, { method: 'upi', webhook: 'never' });
        expect(await asked(attempt)).toMatchObject({ says: 'success', method: 'upi', amount: 123_456 });
      },
    );

    test.each(ways.filter((way) => way !== 'page'))(
      '%s is told of in a callback when it is paid',
      async (way) => {
        const attempt = await opened({ way });
        await pay(attempt, { method: 'upi' });
        const [webhook] = await told();
        expect(webhook?.facts).toMatchObject([
          { kind: 'payment', says: 'success', reference: attempt.reference, amount: 123_456, method: 'upi' },
        ]);
        expect(webhook?.facts).toEqual((await gateway.ask(attempt)).facts);
      },
    );

    if (ways.length > 1) {
      test('are asked about as often as we ask, and no more', async () => {
        const attempt = await opened({ way: ways.at(-1) ?? 'page' });
        const atGateway = async (): Promise<unknown> =>
          (await control('GET', `/orders/${attempt.reference}`))['asked'];
        expect(await atGateway()).toBe(0);
        await pay(attempt, { method: 'upi' });
        await told();
        expect(await atGateway()).toBe(0);
        await asked(attempt);
        expect(await atGateway()).toBe(1);
      });
    }

    if (ways.length > 1) {
      test('can be given back', async () => {
        const attempt = await opened({ way: ways.at(-1) ?? 'page' });
        await pay(attempt, { method: 'upi' });
        const { transactionId = '', at = 0 } = await asked(attempt);
        const refund: NewRefund = {
          ...{ merchant: attempt.merchant, reference: attempt.reference, transactionId, paidAt: at },
          gatewayOrderId: attempt.gatewayOrderId,
          refundReference: newRefundReference(),
          amount: paise(100_000),
          captured: attempt.amount,
        };
        expect((await gateway.refunds?.request(refund))?.facts).toMatchObject([
          { says: 'refunded', amount: 100_000 },
        ]);
      });
    }

    test.each(ways.filter((way) => way !== 'page'))('%s may be declined', async (way) => {
      const attempt = await opened({ way });
      await pay(attempt, { method: 'upi', outcome: 'failure' });
      expect(await asked(attempt)).toMatchObject({ says: 'failed', method: 'upi' });
    });

    if (ways.length > 1 && !closes) {
      test('are ways to one order: opened after each other, it is paid once', async () => {
        const attempt = await opened();
        for (const way of ways) await gateway.open({ ...attempt, way });
        expect(await control('GET', '/totals')).toMatchObject({ orders: 1 });
        expect(wayOf((await gateway.open({ ...attempt, way: ways.at(-1) ?? 'page' })).redirect)).toBe(
          ways.at(-1),
        );
      });
    }
  });

  if (closes) {
    describe('closing', () => {
      const close = ({ merchant, reference, gatewayOrderId }: NewAttempt & Opened): Promise<Closed> => {
        if (!gateway.close) throw new Error('it closes nothing');
        return gateway.close({ merchant, reference, gatewayOrderId });
      };
      const paying = ({ reference }: NewAttempt): Promise<{ readonly status: number }> =>
        call(`${sandbox.url}/sandbox/${name}/orders/${reference}/pay`, 'POST', { method: 'upi' });

      test.each(ways)('%s: nobody can pay it any more, and asking finds nothing', async (way) => {
        const attempt = await opened({ way });
        const { isClosed, exchange } = await close(attempt);
        expect(isClosed).toBe(true);
        for (const words of Object.values(exchange)) expect(words).not.toBe('');
        expect((await paying(attempt)).status).toBe(409);
        expect((await asked(attempt)).says).toBe('notFound');
        expect((await close(attempt)).isClosed).toBe(true);
      });

      test.each(ways)('%s: is not done where somebody has paid, or may be about to', async (way) => {
        for (const outcome of ['success', 'pending']) {
          const attempt = await opened({ way });
          await pay(attempt, { outcome, method: 'upi' });
          expect((await close(attempt)).isClosed).toBe(false);
        }
      });

      test('after a failure is done', async () => {
        const attempt = await opened();
        await pay(attempt, { outcome: 'failure' });
        expect((await close(attempt)).isClosed).toBe(true);
        expect((await asked(attempt)).says).toBe('failed');
      });

      test.each([
        ['is down', { down: true }],
        ['fails', { http500: true }],
        ['is slower than we wait', { latencyMs: 3 * timeoutMs }],
      ])('has no answer when the gateway %s', async (_what, faults) => {
        const attempt = await opened();
        await misbehave(faults);
        expect(await errorOf(close(attempt))).toBeInstanceOf(GatewayUnavailableError);
      });
    });
  }

  describe('asking', () => {
    test.each([
      ['success', { says: 'success' }],
      ['pending', { says: 'pending' }],
      ['failure', { says: 'failed', reason: 'declined' }],
      ['cancel', { says: 'cancelled', reason: 'cancelled' }],
    ] as const)('finds %s, whole', async (outcome, expected) => {
      const attempt = await opened();
      await pay(attempt, { outcome, method: 'card', webhook: 'never' });
      const fact = await asked(attempt);
      expect(fact).toMatchObject({
        gateway: name,
        reference: attempt.reference,
        merchantId: accounts.propertyTax.merchantId,
        amount: 123_456,
        currency: 'INR',
        method: 'card',
        transactionId: expect.any(String) as string,
        ...expected,
      });
      expect(Math.abs((fact.at ?? 0) - Date.now())).toBeLessThan(10_000);
    });

    test('before anybody pays, or for what nobody opened, finds nothing', async () => {
      const attempt = await opened();
      for (const each of [attempt, newAttempt()]) {
        expect(await asked(each)).toMatchObject({ says: 'notFound', reference: each.reference });
      }
    });

    test('follows what changes: pending, failed, and late a success', async () => {
      const attempt = await opened();
      await pay(attempt, { outcome: 'pending', webhook: 'never' });
      for (const [outcome, says] of [
        ['failure', 'failed'],
        ['success', 'success'],
      ]) {
        await control('POST', `/orders/${attempt.reference}/settle`, { outcome });
        expect((await asked(attempt)).says).toBe(says);
      }
    });

    test('keeps what was asked and what was answered', async () => {
      const { request, raw } = await gateway.ask(await opened());
      expect(request).not.toBe('');
      expect(raw).not.toBe('');
    });

    test('about a status that nobody knows takes it for neither a success nor a failure', async () => {
      const attempt = await opened();
      await pay(attempt, { webhook: 'never' });
      await misbehave({ status: 'NEVERHEARD' });
      expect((await asked(attempt)).says).toBe('unknown');
    });

    test.each<readonly [string, object]>([
      ['is down', { down: true }],
      ['fails', { http500: true }],
      ['is slower than we wait', { latencyMs: 3 * timeoutMs }],
      ['says nothing', { queryAnswer: 'nothing' }],
      ['speaks of another order', { forge: 'order', forgeQuery: true }],
      ...(signsAnswers ? forgeries : []).map(
        (forge) => [`does not prove it: ${forge}`, { forge, forgeQuery: true }] as const,
      ),
    ])('a gateway that %s has no answer', async (_what, faults) => {
      const attempt = await opened();
      await pay(attempt, { webhook: 'never' });
      await misbehave(faults);
      expect(await errorOf(gateway.ask(attempt))).toBeInstanceOf(GatewayUnavailableError);
    });
  });

  describe('a callback', () => {
    test.each(['success', 'pending', 'failure', 'cancel'])(
      'of %s tells what asking tells',
      async (outcome) => {
        const attempt = await opened();
        await pay(attempt, { outcome });
        const [webhook] = await told();
        expect(webhook?.merchant).toBe(attempt.merchant);
        expect(webhook?.raw).not.toBe('');
        expect(paymentIn(webhook?.facts)).toEqual(await asked(attempt));
      },
    );

    test('that comes three times says three times the same', async () => {
      const attempt = await opened();
      await pay(attempt, { webhookCopies: 3 });
      const [first, ...others] = await told(3);
      expect(others).toEqual([first, first]);
    });

    test('is the only one where the gateway tells no more after "pending": asking finds the outcome', async () => {
      const attempt = await opened();
      await pay(attempt, { outcome: 'pending', webhookOnce: true });
      await control('POST', `/orders/${attempt.reference}/settle`, { outcome: 'success' });
      expect((await told()).map(({ facts }) => paymentIn(facts).says)).toEqual(['pending']);
      expect((await asked(attempt)).says).toBe('success');
    });

    test.each([
      ['amount', { amount: 100 }],
      ['currency', { currency: undefined }],
      ['merchant', { merchantId: 'OTHERMERCHANT' }],
    ])('with a wrong %s arrives as it is, for those who check it', async (forge, wrong) => {
      await pay(await opened(), { forge });
      const [webhook] = await told();
      expect(paymentIn(webhook?.facts)).toMatchObject({ says: 'success', ...wrong });
    });

    test.each(forgeries)('that proves nothing is not believed: %s', async (forge) => {
      await pay(await opened(), { forge });
      const [request] = await callbacks();
      expect(await errorOf(gateway.readCallback(request ?? posted('')))).toBeInstanceOf(NotAuthenticError);
    });

    test('that was altered on its way is not believed', async () => {
      await pay(await opened());
      const [request] = await callbacks();
      const body = Buffer.from(request?.body ?? '');
      body[Math.floor(body.length / 2)] = (body[Math.floor(body.length / 2)] ?? 0) ^ 1;
      const altered: GatewayRequest = { ...posted(body), headers: request?.headers ?? {} };
      expect(isRefusal(await errorOf(gateway.readCallback(altered)))).toBe(true);
    });

    test.each([
      ['nothing', ''],
      ['a word', 'paid'],
      ['an empty object', '{}'],
      ['a list', '[]'],
      ['null', 'null'],
      ['an object of something else', '{"a":{"b":[]}}'],
      ['a form of something else', 'a=b&c=d'],
      ['bytes that are no text', '\0\x01\xff'],
      ['200,000 full stops', '.'.repeat(200_000)],
    ])('is none: %s', async (_what, body) => {
      for (const type of ['application/json', 'application/x-www-form-urlencoded', undefined]) {
        const request = posted(body, type === undefined ? {} : { 'content-type': type });
        expect(isRefusal(await errorOf(gateway.readCallback(request)))).toBe(true);
      }
    });

    test('of a refund tells of it, and asking tells of the payment and of every refund that it lists', async () => {
      const attempt = await opened();
      await pay(attempt);
      for (const amountPaise of [3_456, 20_000]) {
        await control('POST', `/orders/${attempt.reference}/refund`, { amountPaise });
      }
      const refund = (amount: number): object => ({
        kind: 'refund',
        says: 'refunded',
        gateway: name,
        reference: attempt.reference,
        merchantId: accounts.propertyTax.merchantId,
        amount,
        refundId: expect.any(String) as string,
      });
      const told3 = (await told(3)).map(({ facts }) => facts.filter(({ kind }) => kind === 'refund'));
      expect(told3.slice(1).every((facts) => facts.length > 0)).toBe(true);
      expect(told3.at(-1)).toContainEqual(expect.objectContaining(refund(20_000)));
      const { facts } = await gateway.ask(attempt);
      expect(facts).toMatchObject([
        { kind: 'payment', says: 'success', amount: 123_456 },
        ...(listsRefunds ? [refund(3_456), refund(20_000)] : []),
      ]);
    });
  });

  const canGiveBack = subject.gateway('http://127.0.0.1:9', timeoutMs).refunds !== undefined;
  if (canGiveBack) {
    describe('giving money back', () => {
      const refunds = (): Refunds => {
        if (!gateway.refunds) throw new Error('it gives nothing back');
        return gateway.refunds;
      };

      /** A refund, all by default, of money that was paid. */
      async function refundOfPaid(change: Partial<NewRefund> = {}): Promise<NewRefund> {
        const attempt = await opened();
        await pay(attempt, { method: 'card' });
        await callbacks();
        receiver.received.length = 0;
        const { transactionId, at } = await asked(attempt);
        if (transactionId === undefined || at === undefined) throw new Error('paid without an id or a time');
        return {
          ...{ merchant: attempt.merchant, reference: attempt.reference, transactionId, paidAt: at },
          gatewayOrderId: attempt.gatewayOrderId,
          refundReference: newRefundReference(),
          amount: attempt.amount,
          captured: attempt.amount,
          ...change,
        };
      }
      const another = (refund: NewRefund, amount: number): NewRefund => ({
        ...refund,
        refundReference: newRefundReference(),
        amount: paise(amount),
      });
      const requested = async (refund: NewRefund): Promise<RefundFact> =>
        refundIn(await refunds().request(refund), refund);
      const askedAbout = async (refund: NewRefund): Promise<RefundFact> =>
        refundIn(await refunds().ask(refund), refund);

      interface RefundAtGateway {
        readonly amount: number;
        readonly state: string;
      }
      /** What the gateway has in its books. */
      async function atGateway({ reference }: Pick<NewRefund, 'reference'>): Promise<RefundAtGateway[]> {
        const order = await control('GET', `/orders/${reference}`);
        return (order['refunds'] as RefundAtGateway[]).map(({ amount, state }) => ({ amount, state }));
      }

      test('all of it is known by our reference, to whoever asks, and where refunds are listed with the payment', async () => {
        const refund = await refundOfPaid();
        const expected = {
          kind: 'refund',
          says: 'refunded',
          gateway: name,
          reference: refund.reference,
          merchantId: accounts.propertyTax.merchantId,
          amount: 123_456,
          refundReference: refund.refundReference,
          refundId: expect.any(String) as string,
        };
        expect(await requested(refund)).toMatchObject(expected);
        expect(await askedAbout(refund)).toMatchObject(expected);
        const { facts } = await gateway.ask(refund);
        expect(facts).toMatchObject([
          { kind: 'payment', says: 'success' },
          ...(listsRefunds ? [expected] : []),
        ]);
        expect(await atGateway(refund)).toEqual([{ amount: 123_456, state: 'processed' }]);
      });

      test('in parts goes up to what was paid, and more is refused', async () => {
        const refund = await refundOfPaid({ amount: paise(100_000) });
        await requested(refund);
        const error = await errorOf(refunds().request(another(refund, 23_457)));
        expect(error).toBeInstanceOf(GatewayRefusedError);
        expect(error).toMatchObject({ code: expect.stringMatching(/./) as string });
        expect(exchangeOf(error)).toMatchObject({ request: expect.any(String) as string });
        await requested(another(refund, 23_456));
        expect((await atGateway(refund)).map(({ amount }) => amount)).toEqual([100_000, 23_456]);
      });

      test('requested three times under one reference is one refund', async () => {
        const refund = await refundOfPaid({ amount: paise(50_000) });
        const told = await requested(refund);
        for (const again of [await requested(refund), await requested(refund)]) {
          expect(again).toMatchObject({ says: 'refunded', refundId: told.refundId, amount: 50_000 });
        }
        expect(await atGateway(refund)).toHaveLength(1);
      });

      test.each(['cut', 'silent'])(
        'whose answer is lost (%s) is open, can be asked about, and requested again is the same',
        async (refundAnswer) => {
          const refund = await refundOfPaid();
          await misbehave({ refundAnswer });
          expect(await errorOf(refunds().request(refund))).toBeInstanceOf(GatewayUnavailableError);
          await misbehave({ refundAnswer: 'none' });
          expect((await askedAbout(refund)).says).toBe('refunded');
          expect((await requested(refund)).says).toBe('refunded');
          expect(await atGateway(refund)).toHaveLength(1);
        },
      );

      test.each([
        ['processed', 'refunded'],
        ['failed', 'failed'],
      ])('may stay pending, and is then %s', async (outcome, says) => {
        const refund = await refundOfPaid();
        await misbehave({ refundOutcome: 'pending' });
        expect((await requested(refund)).says).toBe('pending');
        expect((await askedAbout(refund)).says).toBe('pending');
        const path = `/orders/${refund.reference}/refunds/${refund.refundReference}/settle`;
        await control('POST', path, { outcome });
        expect((await askedAbout(refund)).says).toBe(says);
      });

      test('that failed leaves what it was about to be requested anew', async () => {
        const refund = await refundOfPaid();
        await misbehave({ refundOutcome: 'failed' });
        expect((await requested(refund)).says).toBe('failed');
        await misbehave({ refundOutcome: 'processed' });
        expect((await requested(another(refund, refund.amount))).says).toBe('refunded');
      });

      test.each(['afterAnswer', 'beforeAnswer'])(
        'is told of in a callback that says what asking says (%s)',
        async (refundWebhook) => {
          const refund = await refundOfPaid();
          await misbehave({ refundWebhook });
          await requested(refund);
          const [webhook] = await told();
          expect(webhook?.merchant).toBe(refund.merchant);
          expect(webhook?.facts.filter(({ kind }) => kind === 'refund')).toEqual([await askedAbout(refund)]);
        },
      );

      test('that nobody requested is not found', async () => {
        expect((await askedAbout(await refundOfPaid())).says).toBe('notFound');
      });

      test('that the gateway refuses is refused, and nothing goes back', async () => {
        const refund = await refundOfPaid();
        await misbehave({ refundOutcome: 'refused' });
        expect(await errorOf(refunds().request(refund))).toBeInstanceOf(GatewayRefusedError);
        expect(await atGateway(refund)).toEqual([]);
      });

      test.each([
        ['is down', { down: true }],
        ['fails', { http500: true }],
        ['is slower than we wait', { latencyMs: 3 * timeoutMs }],
      ])('has no answer when the gateway %s', async (_what, faults) => {
        const refund = await refundOfPaid();
        await misbehave(faults);
        // One after the other: an error that nobody awaits yet would end the process.
        for (const run of [() => refunds().request(refund), () => refunds().ask(refund)]) {
          expect(await errorOf(run())).toBeInstanceOf(GatewayUnavailableError);
        }
      });

      test('from an account that the settings do not know any more has no answer', async () => {
        const refund = await refundOfPaid({ merchant: 'gone' });
        // One after the other: an error that nobody awaits yet would end the process.
        for (const run of [() => refunds().request(refund), () => refunds().ask(refund)]) {
          expect(await errorOf(run())).toBeInstanceOf(GatewayUnavailableError);
        }
      });
    });
  }

  describe('the way back', () => {
    test.each(['success', 'pending', 'failure', 'cancel'])(
      'after %s names the attempt and decides nothing',
      async (outcome) => {
        const attempt = await opened();
        const returned = await gateway.readReturn(brought(await pay(attempt, { outcome, webhook: 'never' })));
        expect(returned).toEqual({ reference: attempt.reference, raw: expect.any(String) as string });
      },
    );

    test.each(forgeries)('that claims a proof and has none is not read: %s', async (forge) => {
      const form = await pay(await opened(), { forge, webhook: 'never' });
      expect(isRefusal(await errorOf(gateway.readReturn(brought(form))))).toBe(true);
    });

    test.each(['', 'paid', '{}', 'a=b', '\0\x01\xff'])('is none: %j', async (body) => {
      const byGet: GatewayRequest = { ...posted(''), method: 'GET', query: new URLSearchParams(body) };
      for (const request of [posted(body), byGet]) {
        expect(isRefusal(await errorOf(gateway.readReturn(request)))).toBe(true);
      }
    });
  });
}

const isRefusal = (error: unknown): boolean =>
  error instanceof NotAuthenticError || error instanceof NotACallbackError;

/** Where the gateway's own page is. */
function pageIn({ redirect }: Opened): PageRedirect {
  if (redirect.kind !== 'form' && redirect.kind !== 'link') throw new Error(`opened as ${redirect.kind}`);
  return redirect;
}

/** The one payment among facts. */
function paymentIn(facts: Told['facts'] = []): PaymentFact {
  const payments = facts.filter((fact) => fact.kind === 'payment');
  const [payment] = payments;
  if (payment === undefined || payments.length > 1) throw new Error(`told of ${payments.length} payments`);
  return payment;
}

/** What is told of one refund. */
function refundIn({ facts, merchant }: Told, refund: NewRefund): RefundFact {
  expect(merchant).toBe(refund.merchant);
  const own = facts.filter(
    (fact) => fact.kind === 'refund' && fact.refundReference === refund.refundReference,
  );
  const [fact] = own;
  if (fact?.kind !== 'refund' || own.length > 1) throw new Error(`told ${own.length} times of the refund`);
  return fact;
}

const newRefundReference = (): RefundReference =>
  `RF${randomBytes(11).toString('hex').toUpperCase()}` as RefundReference;

/** What the browser of a citizen brings back. */
function brought({ method, fields }: ReturnForm): GatewayRequest {
  if (method === 'post') return posted(fields);
  return { ...posted(''), method: 'GET', query: new URLSearchParams(fields) };
}

interface Receiver {
  readonly url: string;
  readonly received: GatewayRequest[];
  close(): Promise<void>;
}

/** Takes callbacks over HTTP and answers 200. */
async function receive(): Promise<Receiver> {
  const received: GatewayRequest[] = [];
  const server: Server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const query = new URL(request.url ?? '/', 'http://localhost').searchParams;
      received.push({ method: 'POST', headers: request.headers, query, body: Buffer.concat(parts) });
      response.writeHead(200).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    received,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
