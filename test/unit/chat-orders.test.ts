/** An order that is paid within WhatsApp, without a wire: which orders may be, how one is written, and what is heard of it. */
import { describe, expect, test } from 'vitest';
import { isUndecided } from '../../domain/payments/attempt.ts';
import { chatOrderUntil } from '../../domain/payments/chat-order.ts';
import { paise, type Paise } from '../../domain/money.ts';
import type { OutboundContent } from '../../domain/outbound.ts';
import type { PayToken } from '../../domain/payments/order.ts';
import { mayAsk, nextPoll, type Asked } from '../../domain/payments/polls.ts';
import { stageOf } from '../../domain/payments/stage.ts';
import { parseRequest } from '../../sandbox/graph/payload.ts';
import { render } from '../../texts/render.ts';
import { nextRemedy, formOf } from '../../activities/remedies.ts';
import { cutToFit, problemsOf } from '../../whatsapp/limits.ts';
import { parseWebhook } from '../../whatsapp/webhook.ts';
import { toWire } from '../../whatsapp/wire.ts';
import { sampleFacts } from '../support/sample-payments.ts';
import { chatOrder, sampleDues } from '../support/sample-replies.ts';
import { fixture } from './whatsapp-fixtures.ts';

const minute = 60_000;
const now = Date.UTC(2026, 10, 22, 11);
const facts = {
  ...sampleFacts,
  hours: sampleFacts.office,
  licences: sampleFacts.office,
};
const asha = { phone: '919876543210' };

type OrderContent = Extract<OutboundContent, { kind: 'order' }>;

function orderOf(years: number, payable = paise(13_136_200), credit?: Paise): OrderContent {
  const { dues, ...all } = sampleDues(years);
  const link = { token: 'sampletokensampletoken12' as PayToken, expiresAt: now + 60 * minute };
  const off = credit !== undefined && { credit: { amount: credit, from: [] } };
  const params = { ...all, dues: dues.map((due) => ({ ...due, payable })), ...link, ...off, chat: chatOrder };
  const content = render({ key: 'dues.property', params }, 'bn', facts);
  if (content.kind !== 'order') throw new Error(`a ${content.kind}`);
  return content;
}

describe('an order is paid in the chat', () => {
  const dues = sampleDues(1).dues;
  const order = { amount: paise(100_000), dues, expiresAt: now + 24 * 60 * minute };

  test('for half an hour, or until its link ends', () => {
    expect(chatOrderUntil(order, now)).toBe(now + 30 * minute);
    expect(chatOrderUntil({ ...order, expiresAt: now + 20 * minute }, now)).toBe(now + 20 * minute);
  });

  test('unless credit pays all of it, it has too many bills, or ends at once: then it has its link', () => {
    expect(chatOrderUntil({ ...order, amount: paise(1) }, now)).toBeDefined();
    expect(chatOrderUntil({ ...order, amount: paise(0) }, now)).toBeUndefined();
    expect(chatOrderUntil({ ...order, dues: sampleDues(10).dues }, now)).toBeDefined();
    expect(chatOrderUntil({ ...order, dues: sampleDues(11).dues }, now)).toBeUndefined();
    expect(chatOrderUntil({ ...order, expiresAt: now + 9 * minute }, now)).toBeUndefined();
    const free = dues.map((due) => ({ ...due, payable: paise(0) }));
    expect(chatOrderUntil({ ...order, dues: free }, now)).toBeUndefined();
  });
});

describe('the message of an order', () => {
  test('is what Meta documents, to the paisa', () => {
    const wire = toWire(orderOf(1), asha) as {
      interactive: { action: { parameters: Record<string, unknown> } };
    };
    const { parameters } = wire.interactive.action;
    const documented = fixture('outbound', 'order_details_billdesk') as typeof wire;
    const { order, ...rest } = parameters;
    expect(Object.keys(rest).sort()).toEqual(
      Object.keys(documented.interactive.action.parameters)
        .filter((name) => name !== 'order')
        .sort(),
    );
    expect(rest).toEqual({
      reference_id: chatOrder.reference,
      type: 'digital-goods',
      payment_settings: [
        {
          type: 'payment_gateway',
          payment_gateway: {
            type: 'billdesk',
            configuration_name: 'billdesk-prod',
            billdesk: chatOrder.kept,
          },
        },
      ],
      currency: 'INR',
      total_amount: { value: 26_272_400, offset: 100 },
    });
    expect(order).toMatchObject({
      status: 'pending',
      expiration: { timestamp: '1795347300' },
      items: [
        { retailer_id: '1', quantity: 1, amount: { value: 13_136_200, offset: 100 } },
        { retailer_id: '2' },
      ],
      subtotal: { value: 26_272_400, offset: 100 },
      tax: { value: 0, offset: 100 },
    });
  });

  test.each([1, 10])(
    'of %i years of bills is taken by the stand-in, which knows the exact shape',
    (years) => {
      const content = orderOf(years, paise(1_000_000));
      expect(problemsOf(content)).toEqual([]);
      expect(() => parseRequest(toWire(content, asha))).not.toThrow();
    },
  );

  test('has the credit of the account taken off', () => {
    const content = orderOf(1, paise(1_000_000), paise(250_000));
    expect(problemsOf(content)).toEqual([]);
    expect(() => parseRequest(toWire(content, asha))).not.toThrow();
    expect(toWire(content, asha)).toMatchObject({
      interactive: {
        action: {
          parameters: {
            total_amount: { value: 1_750_000, offset: 100 },
            order: {
              subtotal: { value: 2_000_000, offset: 100 },
              discount: { value: 250_000, offset: 100, description: expect.any(String) as string },
            },
          },
        },
      },
    });
    const nothingLeft = { ...content, discount: { name: 'Credit', amount: paise(2_000_000) } };
    expect(problemsOf(nothingLeft)).toHaveLength(1);
  });

  test('is refused by the stand-in in the form of Meta where its sums or fields are wrong', () => {
    const content = orderOf(1);
    const wrong = { ...content, items: content.items.map((item) => ({ ...item, amount: paise(0) })) };
    expect(problemsOf(wrong)).toHaveLength(2);
    const detailsOf = (request: unknown): unknown => {
      try {
        return parseRequest(request);
      } catch (error) {
        return (error as { body: { error: { code: number } } }).body.error.code;
      }
    };
    const wire = JSON.stringify(toWire(content, asha));
    const changed: readonly (readonly [RegExp, string, number])[] = [
      [/"total_amount":\{"value":\d+/, '"total_amount":{"value":1', 131_009],
      [/"subtotal":\{"value":\d+/, '"subtotal":{"value":1', 131_009],
      [/"offset":100/, '"offset":10', 131_009],
      [/"reference_id":"\w+"/, '"reference_id":"a b"', 131_009],
      [/"currency":"INR"/, '"currency":"USD"', 100],
      [/"tax":/, '"taxes":', 131_008],
      [/"type":"digital-goods"/, '"type":"digital-goods","catalog":1', 100],
    ];
    for (const [from, to, code] of changed) {
      const request = wire.replace(from, to);
      expect(request).not.toBe(wire);
      expect([from, detailsOf(JSON.parse(request))]).toEqual([from, code]);
    }
  });

  test('is made to fit, with what comes from settings', () => {
    const long = orderOf(1);
    const seller = { ...long.seller, address: 'a'.repeat(300) };
    expect(problemsOf({ ...long, seller })).not.toEqual([]);
    expect(problemsOf(cutToFit({ ...long, seller }))).toEqual([]);
  });

  test('goes with its link where WhatsApp does not take it, once', () => {
    const reply = { key: 'help' } as const;
    const refused = { reply, content: orderOf(1), language: 'bn', remedies: [], isOpen: true } as const;
    for (const action of ['bug', 'operator', 'unreachable'] as const)
      expect(nextRemedy(action, refused)).toBe('link');
    const form = formOf({ ...refused, remedies: ['link'] });
    expect(form).toMatchObject({ kind: 'link', url: expect.stringContaining('/pay/') as string });
    expect(nextRemedy('bug', { ...refused, remedies: ['link'] })).toBeUndefined();
    expect(nextRemedy('retry', refused)).toBeUndefined();
  });
});

describe('what WhatsApp says of a payment', () => {
  const told = fixture('status', 'payment_captured') as object;
  const ours = (reference: string): unknown =>
    JSON.parse(JSON.stringify(told).replaceAll('TLR-2026-000123-1', reference));

  test('is a reason to ask, under our reference and without the person', () => {
    const { payments, notices } = parseWebhook(ours(chatOrder.reference));
    expect(payments).toHaveLength(1);
    expect(payments[0]).toMatchObject({
      reference: chatOrder.reference,
      phoneNumberId: '106540352242922',
      isPaid: true,
    });
    expect(payments[0]?.words).toContain('captured');
    expect(payments[0]?.words).not.toContain('919876543210');
    expect(notices).toEqual([]);
  });

  test('of an order of somebody else is for operators', () => {
    const { payments, notices } = parseWebhook(told);
    expect(payments).toEqual([]);
    expect(notices).toMatchObject([{ field: 'messages.payment' }]);
  });
});

describe('an order in the chat that nobody has begun to pay', () => {
  const openedAt = now;
  const usableUntil = now + 30 * minute;
  const untried = { state: 'redirected', openedAt, usableUntil, chat: 'billdesk-prod' } as const;

  test('keeps nobody from paying by the link, though it has ended', () => {
    expect(isUndecided(untried, usableUntil + 1)).toBe(false);
    const { chat: _, ...onPage } = untried;
    expect(isUndecided(onPage, usableUntil + 1)).toBe(true);
    const standing = { state: 'open', receipts: [], excess: [], cases: [] } as const;
    const attempts = [{ ...untried, reference: chatOrder.reference }] as never;
    expect(stageOf({ ...standing, attempts }, now + 1)).toBe('ready');
  });

  const asked = (times: number, afterMs: number): Asked => ({ times, lastAt: now + afterMs });

  test('is asked about once, and when the answer is decisive, whatever was asked between', () => {
    const decisive = usableUntil + 15 * minute + 1_000;
    expect(nextPoll(untried, undefined, undefined)).toBe(now + 10 * minute);
    for (const times of [1, 2, 3])
      expect(nextPoll(untried, asked(times, 20 * minute), undefined)).toBe(decisive);
  });

  test('is over an hour later, when Meta takes no payment of it any more', () => {
    const expired = { ...untried, state: 'expired' } as const;
    const pollsMs = [minute, 60 * minute, 120 * minute];
    expect(nextPoll(expired, asked(2, 45 * minute), undefined)).toBeUndefined();
    expect(nextPoll(expired, asked(2, minute), pollsMs)).toBe(now + 60 * minute);
    expect(nextPoll(expired, asked(3, 60 * minute), pollsMs)).toBeUndefined();
    expect(nextPoll({ ...untried, state: 'failed' }, asked(3, 60 * minute), undefined)).toBeDefined();
  });

  test('has one of the three questions of UPI kept for when WhatsApp says that it is paid, which is asked at once', () => {
    const look = (afterMs: number, times: number, isPaidInChat: boolean): boolean =>
      mayAsk(untried, asked(times, 0), { now: now + afterMs, pollsMs: undefined, isPaidInChat });
    expect([look(minute, 0, false), look(minute, 0, true)]).toEqual([false, true]);
    expect([look(20 * minute, 1, false), look(20 * minute, 1, true)]).toEqual([true, true]);
    expect([look(20 * minute, 2, false), look(20 * minute, 2, true)]).toEqual([false, true]);
    expect(look(20 * minute, 3, true)).toBe(false);
  });
});
