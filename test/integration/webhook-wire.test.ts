/** The webhook's address itself: who may post, what is refused and how, how fast it answers. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { waitFor } from '../../sandbox/wait.ts';
import { sign } from '../../sandbox/graph/signature.ts';
import { startTown, type Town } from '../support/town.ts';
import { median, newWamid, post, postSigned, textWebhook, type Person } from '../support/webhooks.ts';

let town: Town;
const oldSecret = 'the secret of last year';

beforeAll(async () => {
  town = await startTown({ env: { WHATSAPP_APP_SECRET: `the secret of this year,${oldSecret}` } });
});
afterAll(() => town.stop());

let people = 0;
/** Somebody who never wrote before. */
function newcomer(): Person {
  people += 1;
  return { phone: `91983100${String(people).padStart(4, '0')}`, bsuid: `IN.5550${people}` };
}

const hello = (by: Person = newcomer()): unknown => textWebhook([{ by, text: 'hi' }]);

async function stored(): Promise<unknown> {
  const [counts] = await town.rows(
    `select (select count(*)::int from outbox) as inbox, (select count(*)::int from citizens) as citizens,
            (select count(*)::int from notices) as notices`,
  );
  return counts;
}

describe('setting the webhook up', () => {
  const subscribe = (token: string, mode = 'subscribe'): Promise<Response> => {
    const query = { 'hub.mode': mode, 'hub.verify_token': token, 'hub.challenge': '1158201444' };
    return fetch(`${town.webhookUrl}?${new URLSearchParams(query).toString()}`);
  };

  test('the right word gets the challenge back', async () => {
    const answer = await subscribe(town.house.env['WHATSAPP_VERIFY_TOKEN'] ?? '');
    expect([answer.status, await answer.text()]).toEqual([200, '1158201444']);
    expect(await town.sandbox('POST', 'webhooks/verify')).toEqual({ verified: true, status: 200 });
  });

  test('a wrong word, a wrong mode or nothing at all does not', async () => {
    const right = town.house.env['WHATSAPP_VERIFY_TOKEN'] ?? '';
    for (const answer of [
      await subscribe('wrong'),
      await subscribe(''),
      await subscribe(right, 'unsubscribe'),
      await fetch(town.webhookUrl),
    ]) {
      expect(answer.status).toBe(403);
      expect(await answer.text()).not.toContain('1158201444');
    }
  });
});

describe('the signature', () => {
  test.each<[string, (body: string) => string | undefined]>([
    ['none', () => undefined],
    ['an empty one', () => ''],
    ['a short one', (body) => sign(body, town.secret).slice(0, 40)],
    ['one with a wrong secret', (body) => sign(body, 'wrong')],
    ['one of another body', () => sign('{}', town.secret)],
    ['one without its name', (body) => sign(body, town.secret).replace('sha256=', '')],
    ['no hexadecimal digits', () => `sha256=${'z'.repeat(64)}`],
  ])('%s: 401, and nothing is stored', async (_, signature) => {
    const before = await stored();
    const body = JSON.stringify(hello());
    expect((await postSigned(town.webhookUrl, body, signature(body))).status).toBe(401);
    expect(await stored()).toEqual(before);
  });

  test('while the secret is being changed, the old one is taken too', async () => {
    const citizen = await town.inviteOne();
    expect((await post(town.webhookUrl, hello(citizen), oldSecret)).status).toBe(200);
    await town.settled();
    expect(await town.heard(citizen.id)).toEqual([{ key: 'menu', language: 'bn' }]);
  });
});

describe('what cannot be read', () => {
  test.each<[string, number, () => string]>([
    ['five megabytes', 413, () => JSON.stringify({ object: 'x'.repeat(5_000_000) })],
    ['broken JSON', 400, () => '{"object":"whatsapp_business_account","entry":['],
    ['nothing', 400, () => ''],
    ['null', 400, () => 'null'],
    ['a list', 400, () => '[]'],
    ['JSON that is no webhook', 400, () => '{"object":"page","entry":[]}'],
    ['a webhook without entries', 400, () => '{"object":"whatsapp_business_account"}'],
  ])('%s: %i, and nothing is stored', async (_, status, body) => {
    const before = await stored();
    expect((await town.post(body())).status).toBe(status);
    expect(await stored()).toEqual(before);
  });

  test('parts that make no sense cost nothing of the rest', async () => {
    const citizen = await town.inviteOne();
    const good = hello(citizen) as { object: string; entry: unknown[] };
    const body = {
      ...good,
      entry: [null, { changes: 7 }, { changes: [{ field: 'messages' }] }, ...good.entry],
    };
    expect((await town.post(body)).status).toBe(200);
    await town.settled();
    expect(await town.heard(citizen.id)).toHaveLength(1);
  });

  test('a message to another number of the account is not ours', async () => {
    const before = await stored();
    const body = textWebhook([{ by: newcomer(), text: 'hi' }], '999999999999999');
    expect((await town.post(body)).status).toBe(200);
    expect(await stored()).toEqual(before);
  });

  test('nor is what such a number tells of messages and of who somebody is', async () => {
    const citizen = await town.inviteOne();
    await town.post(hello(citizen));
    await town.settled();
    await waitFor('the answer', async () => (await town.heard(citizen.id)).length > 0);
    const ids = (): Promise<object[]> =>
      town.rows(
        `select kind, value, until from citizen_ids
         where citizen_id = (select citizen_id from citizen_ids where value = $1) order by value`,
        [citizen.bsuid],
      );
    const failed = (): Promise<object[]> => town.rows(`select from messages where state = 'failed'`);
    const before = [await ids(), await failed()];
    const [{ wamid } = { wamid: '' }] = await town.rows<{ wamid: string }>(
      `select wamid from messages where citizen_id = (select citizen_id from citizen_ids where value = $1)`,
      [citizen.bsuid],
    );
    const timestamp = String(Math.floor(Date.now() / 1000));
    const value = {
      messaging_product: 'whatsapp',
      metadata: { display_phone_number: '1', phone_number_id: '999999999999999' },
      statuses: [{ id: wamid, status: 'failed', timestamp, recipient_id: citizen.phone }],
      messages: [
        {
          id: newWamid(),
          timestamp,
          from: citizen.phone,
          type: 'system',
          system: { type: 'user_changed_number', wa_id: '919830000999' },
        },
      ],
    };
    const entry = [{ id: '1', changes: [{ field: 'messages', value }] }];
    expect((await town.post({ object: 'whatsapp_business_account', entry })).status).toBe(200);
    expect([await ids(), await failed()]).toEqual(before);
  });
});

describe('odd but right', () => {
  test('zero characters and halves of characters are answered, and kept as something readable', async () => {
    const citizen = await town.inviteOne();
    const text = JSON.stringify(textWebhook([{ by: citizen, text: 'TEXT' }])).replace(
      'TEXT',
      String.raw`zyx \u0000 qwv \ud83d zzq \udc4d`,
    );
    expect((await town.post(text)).status).toBe(200);
    await town.settled();
    expect(await town.heard(citizen.id)).toEqual([{ key: 'menu', language: 'bn', note: 'notUnderstood' }]);
    const [row] = await town.rows<{ text: string }>(
      `select payload -> 'content' ->> 'text' as text from outbox order by id desc limit 1`,
    );
    expect(row?.text).toBe('zyx  qwv \uFFFD zzq \uFFFD');
  });

  test('the same message three times in one post is answered once', async () => {
    const citizen = await town.inviteOne();
    const message = { by: citizen, text: 'help', wamid: newWamid() };
    expect((await town.post(textWebhook([message, message, message]))).status).toBe(200);
    await town.settled();
    expect(await town.heard(citizen.id)).toEqual([{ key: 'help', language: 'bn' }]);
  });

  test('twenty posts of one new citizen at once make one citizen, and twenty answers', async () => {
    const citizen = await town.inviteOne();
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, at) =>
        town.post(textWebhook([{ by: citizen, text: `hi${'!'.repeat(at)}` }])),
      ),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    const rows = await town.rows('select from citizen_ids where value = $1', [citizen.phone]);
    expect(rows).toHaveLength(1);
    await town.settled();
    expect(await town.heard(citizen.id)).toHaveLength(20);
  });

  test('a thousand messages of two hundred citizens in one post are all answered, in order', async () => {
    const citizens = await town.invite(200);
    const words = ['help', 'status', 'about', 'hi', 'help'];
    const began = Date.now();
    const { status, ms } = await town.post(
      textWebhook(words.flatMap((text) => citizens.map((by) => ({ by, text })))),
    );
    expect(status).toBe(200);
    await town.settled(120_000);
    const answeredMs = Date.now() - began;
    const heard = new Set<string>();
    for (const { id } of citizens) heard.add((await town.heard(id)).map(({ key }) => key).join(' '));
    expect(heard).toEqual(new Set(['help status about menu help']));
    process.stdout.write(
      `1,000 messages in one post: taken in ${ms.toFixed(0)} ms, all answered after ${answeredMs} ms\n`,
    );
  });
});

describe('for the people who run it', () => {
  test('it says that it is alive and ready', async () => {
    for (const [path, told] of [
      ['healthz', { alive: true }],
      ['readyz', { ready: true, missing: [] }],
    ] as const) {
      const response = await fetch(`${town.apiUrl}/${path}`);
      expect([response.status, await response.json()]).toEqual([200, told]);
    }
  });

  test('its metrics are not on the port that everybody reaches', async () => {
    expect((await fetch(`${town.apiUrl}/metrics`)).status).toBe(404);
    expect((await fetch(town.apiMetricsUrl)).status).toBe(200);
  });

  test('its metrics count what came, what was refused and what waits', async () => {
    const metrics = async (): Promise<string> => (await fetch(town.apiMetricsUrl)).text();
    const value = async (line: string): Promise<number> => {
      const found = (await metrics()).split('\n').find((text) => text.startsWith(`${line} `));
      return Number(found?.split(' ').at(-1));
    };
    const texts = 'purosheba_inbound_messages_total{kind="text",result="new"}';
    const before = await value(texts);
    const body = hello();
    await town.post(body);
    await town.post(body);
    expect(await value(texts)).toBe(before + 1);
    expect(await value('purosheba_inbound_messages_total{kind="text",result="repeated"}')).toBe(1);
    expect(await value('purosheba_webhooks_rejected_total{reason="no signature"}')).toBe(5);
    expect(await value('purosheba_webhooks_rejected_total{reason="wrong signature"}')).toBe(2);
    expect(await value('purosheba_webhooks_rejected_total{reason="broken JSON"}')).toBeGreaterThan(0);
    expect(await value('purosheba_webhook_parts_ignored_total{reason="another number"}')).toBe(3);
    expect(await value('purosheba_webhook_parts_ignored_total{reason="message twice"}')).toBe(2);
    await town.settled();
    await waitFor('nothing waits', async () => (await value('purosheba_outbox_undelivered')) === 0);
    expect(await metrics()).not.toMatch(/91983100|IN\.5550/);
  });

  test('the median of two hundred posts is answered within 250 ms', async () => {
    const answers = [];
    for (let count = 0; count < 200; count += 1) answers.push(await town.post(hello()));
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    const slowest = Math.max(...answers.map(({ ms }) => ms));
    process.stdout.write(
      `200 posts one after the other: median ${median(answers).toFixed(0)} ms, slowest ${slowest.toFixed(0)} ms\n`,
    );
    expect(median(answers)).toBeLessThanOrEqual(250);
  });
});
