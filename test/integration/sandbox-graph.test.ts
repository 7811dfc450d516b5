/** The stand-in for Meta's Graph API, over HTTP: what it takes, what it refuses and how. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { RunningSandbox } from '../../sandbox/sandbox.ts';
import {
  call,
  errorOf,
  numberId,
  startReceiver,
  startSandbox,
  statusesOf,
  token,
  until,
  wamidOf,
  type Answer,
  type Json,
  type Receiver,
} from './sandbox-support.ts';

let receiver: Receiver;
let sandbox: RunningSandbox;
let now = Date.now();

const phone = '+919000000101';
const text = (body: string): Json => ({ type: 'text', text: { body } });
const graph = (method: string, path: string, body?: unknown, bearer?: string): Promise<Answer> =>
  call(`${sandbox.url}/v26.0/${path}`, method, body, bearer);
const send = (message: Json): Promise<Answer> =>
  graph('POST', `${numberId}/messages`, { messaging_product: 'whatsapp', to: phone, ...message });
const say = async (action: Json, citizen = 'ananya'): Promise<string> =>
  String((await call(`${sandbox.url}/sandbox/citizens/${citizen}/messages`, 'POST', action)).body['wamid']);
const chat = async (citizen = 'ananya'): Promise<Json> =>
  (await call(`${sandbox.url}/sandbox/citizens/${citizen}/chat`, 'GET')).body;
const statusesFor = (wamid: string): Json[] => statusesOf(receiver).filter(({ id }) => id === wamid);
const statusFor = (wamid: string, status: string): Promise<Json> =>
  until(`${status} for ${wamid}`, () => statusesFor(wamid).find((each) => each['status'] === status));

const interactive = (type: string, action: Json, more: Json = {}): Json => ({
  type: 'interactive',
  interactive: { type, body: { text: 'Choose' }, action, ...more },
});
const buttons = (...titles: string[]): Json =>
  interactive('button', {
    buttons: titles.map((title, index) => ({ type: 'reply', reply: { id: `b${index}`, title } })),
  });
const list = (sections: Json[], more: Json = {}): Json =>
  interactive('list', { button: 'Open', sections }, more);
const rows = (count: number): Json[] =>
  Array.from({ length: count }, (_, index) => ({ id: `r${index}`, title: `Row ${index}` }));

beforeAll(async () => {
  receiver = await startReceiver();
  sandbox = await startSandbox(receiver.url, { now: () => now });
});
afterAll(async () => {
  await sandbox.close();
  await receiver.close();
});
beforeEach(async () => {
  now = Date.now();
  await call(`${sandbox.url}/sandbox/faults`, 'DELETE');
  await call(`${sandbox.url}/sandbox/chat`, 'DELETE');
  receiver.received.length = 0;
});

describe('access', () => {
  test.each(['', 'wrong'])('refuses the token "%s" with 190 and 401', async (bearer) => {
    const answer = await graph('POST', `${numberId}/messages`, {}, bearer);
    expect(answer.status).toBe(401);
    expect(errorOf(answer)).toMatchObject({ code: 190, type: 'OAuthException' });
    expect(errorOf(answer)['fbtrace_id']).toMatch(/^A/);
  });

  test('refuses a foreign phone number id with 100 and subcode 33', async () => {
    const answer = await graph('POST', '999/messages', {
      messaging_product: 'whatsapp',
      to: phone,
      ...text('x'),
    });
    expect(answer.status).toBe(400);
    expect(errorOf(answer)).toMatchObject({ code: 100, error_subcode: 33, type: 'GraphMethodException' });
  });

  test.each(['v19.0', 'v27.0', 'latest'])('does not know version %s', async (version) => {
    const answer = await call(`${sandbox.url}/${version}/${numberId}/messages`, 'POST', {});
    expect(errorOf(answer)).toMatchObject({ code: 2500 });
  });

  test('takes versions from v20.0 on', async () => {
    const message = { messaging_product: 'whatsapp', to: phone, ...text('x') };
    expect((await call(`${sandbox.url}/v20.0/${numberId}/messages`, 'POST', message)).status).toBe(200);
  });
});

describe('refusals', () => {
  const long = (length: number): string => 'ক'.repeat(length);
  const cases: readonly (readonly [why: string, message: Json, code: number, words: RegExp])[] = [
    ['no product', { messaging_product: undefined, ...text('x') }, 100, /messaging_product is required/],
    ['nobody to send to', { to: undefined, ...text('x') }, 100, /parameter to is required/],
    ['no telephone number', { to: 'somebody', ...text('x') }, 131009, /not valid/],
    ['a type nobody knows', { type: 'telegram' }, 100, /Param type must be/],
    ['a text without text', { type: 'text' }, 100, /parameter text is required/],
    ['a text without body', { type: 'text', text: {} }, 131008, /Required parameter is missing/],
    ['4097 characters', text(long(4097)), 100, /at most 4096/],
    ['a misspelt key', { type: 'text', text: { body: 'x', preview: true } }, 100, /Unexpected key .*preview/],
    ['no button', buttons(), 131009, /Invalid buttons count/],
    ['four buttons', buttons('a', 'b', 'c', 'd'), 131009, /Invalid buttons count/],
    ['a title of 21', buttons(long(21)), 131009, /Button title length invalid/],
    ['two equal titles', buttons('a', 'a'), 131009, /Duplicated button title/],
    [
      'a body of 1025',
      {
        ...buttons('a'),
        interactive: { ...(buttons('a')['interactive'] as Json), body: { text: long(1025) } },
      },
      131009,
      /Body text length/,
    ],
    ['a footer of 61', list([{ rows: rows(1) }], { footer: { text: long(61) } }), 131009, /Footer text/],
    [
      'eleven rows',
      list([{ title: 'a', rows: rows(11) }]),
      131009,
      /Total row count exceed max allowed count: 10/,
    ],
    [
      'eleven rows in two sections',
      list([
        { title: 'a', rows: rows(5) },
        { title: 'b', rows: rows(6) },
      ]),
      131009,
      /Total row count/,
    ],
    ['a row of 25', list([{ rows: [{ id: 'x', title: long(25) }] }]), 131009, /Row title is too long/],
    [
      'a description of 73',
      list([{ rows: [{ id: 'x', title: 'x', description: long(73) }] }]),
      131009,
      /Row description/,
    ],
    ['a row id of 201', list([{ rows: [{ id: long(201), title: 'x' }] }]), 131009, /Row id/],
    ['two equal row ids', list([{ rows: [...rows(1), ...rows(1)] }]), 131009, /Duplicated row id/],
    [
      'sections without titles',
      list([{ rows: rows(1) }, { rows: [{ id: 'z', title: 'z' }] }]),
      131009,
      /Section title/,
    ],
    [
      'a header of 61',
      list([{ rows: rows(1) }], { header: { type: 'text', text: long(61) } }),
      131009,
      /Header text/,
    ],
    [
      'a link that is none',
      interactive('cta_url', { name: 'cta_url', parameters: { display_text: 'Pay', url: 'pay' } }),
      100,
      /not a valid URI/,
    ],
    ['media that nobody uploaded', { type: 'image', image: { id: '1' } }, 100, /media attachment ID/],
    ['an opaque id of 513', { ...text('x'), biz_opaque_callback_data: long(513) }, 100, /512/],
    [
      'a reaction to nothing',
      { type: 'reaction', reaction: { message_id: 'wamid.x', emoji: '👍' } },
      131009,
      /not valid/,
    ],
  ];
  test.each(cases)('refuses %s', async (_why, message, code, words) => {
    const answer = await send(message);
    expect(answer.status).toBe(400);
    expect(errorOf(answer)['code']).toBe(code);
    expect(JSON.stringify(errorOf(answer))).toMatch(words);
  });

  test('refuses an unknown template with 132001 and 404', async () => {
    const answer = await send({ type: 'template', template: { name: 'nothing', language: { code: 'hi' } } });
    expect(answer.status).toBe(404);
    expect(errorOf(answer)).toMatchObject({
      message: '(#132001) Template name does not exist in the translation',
      error_data: { messaging_product: 'whatsapp', details: 'template name (nothing) does not exist in hi' },
    });
  });

  test('takes the limits themselves', async () => {
    await say({ text: 'hi' });
    const full = list([{ title: long(24), rows: rows(10) }], {
      header: { type: 'text', text: long(60) },
      body: { text: long(4096) },
      footer: { text: long(60) },
    });
    expect((await send(full)).status).toBe(200);
    expect((await send(buttons(long(20), 'b', 'c'))).status).toBe(200);
  });
});

describe('what becomes of a message', () => {
  test('answers as Meta does, then tells sent, delivered and read', async () => {
    await say({ text: 'hi' });
    const answer = await send({ ...text('নমস্কার'), biz_opaque_callback_data: 'job:42' });
    const wamid = wamidOf(answer);
    expect(answer.body).toEqual({
      messaging_product: 'whatsapp',
      contacts: [{ input: phone, wa_id: '919000000101' }],
      messages: [{ id: wamid }],
    });
    await statusFor(wamid, 'read');
    const told = statusesFor(wamid);
    expect(told.map(({ status }) => status)).toEqual(['sent', 'delivered', 'read']);
    for (const status of told) {
      expect(status).toMatchObject({ recipient_id: '919000000101', biz_opaque_callback_data: 'job:42' });
      expect(status['recipient_user_id']).toMatch(/^IN\.\d+$/);
    }
    const pricing = { billable: true, pricing_model: 'PMP', type: 'regular', category: 'service' };
    expect(told.map((status) => status['pricing'])).toEqual([pricing, pricing, undefined]);
  });

  test('leaves messages unread for a citizen who does not look', async () => {
    await say({ text: 'hi' }, 'joseph');
    const wamid = wamidOf(await send({ to: '919000000106', ...text('x') }));
    await statusFor(wamid, 'delivered');
    const page = await fetch(`${sandbox.url}/phone/joseph/events`);
    await statusFor(wamid, 'read');
    await page.body?.cancel();
  });

  test('fails with 131026 for a number that nobody has, without contacts', async () => {
    const wamid = wamidOf(await send({ to: '+919999999999', ...text('x') }));
    const status = await statusFor(wamid, 'failed');
    expect(status['errors']).toMatchObject([
      { code: 131026, error_data: { details: 'Message Undeliverable.' } },
    ]);
    expect(status['recipient_user_id']).toBeUndefined();
    expect(statusesFor(wamid)).toHaveLength(1);
  });

  test('fails with 131047 when the citizen has been silent for a day, though a template goes', async () => {
    await say({ text: 'hi' });
    now += 24 * 60 * 60 * 1000 + 1;
    const late = wamidOf(await send(text('x')));
    expect((await statusFor(late, 'failed'))['errors']).toMatchObject([{ code: 131047 }]);
    const template = { name: 'hello_world', language: { code: 'en_US' } };
    const answer = await send({ type: 'template', template });
    expect(answer.body['messages']).toMatchObject([{ message_status: 'accepted' }]);
    expect((await statusFor(wamidOf(answer), 'sent'))['pricing']).toMatchObject({ category: 'utility' });
  });

  test('swallows a BSUID in `to`; `recipient` reaches the citizen, and `to` wins over it', async () => {
    const { body } = await call(`${sandbox.url}/sandbox/citizens/mita`, 'GET');
    const bsuid = String(body['bsuid']);
    await say({ text: 'hi' }, 'mita');
    const lost = wamidOf(await send({ to: bsuid, ...text('lost') }));
    const right = await send({ to: undefined, recipient: bsuid, ...text('right') });
    expect(right.body['contacts']).toEqual([{ input: bsuid, user_id: bsuid }]);
    const status = await statusFor(wamidOf(right), 'read');
    expect(status).toMatchObject({ recipient_user_id: bsuid });
    expect(status['recipient_id']).toBeUndefined();
    // Neither does it tell the number of whoever shows it.
    const shown = await call(`${sandbox.url}/sandbox/citizens/ananya`, 'GET');
    await say({ text: 'hi' });
    const byId = await send({ to: undefined, recipient: shown.body['bsuid'], ...text('by id') });
    expect((await statusFor(wamidOf(byId), 'read'))['recipient_id']).toBeUndefined();
    expect(statusesFor(lost)).toEqual([]);

    const both = wamidOf(await send({ to: phone, recipient: bsuid, ...text('both') }));
    const outbound = (await call(`${sandbox.url}/sandbox/outbound`, 'GET')).body['messages'] as Json[];
    expect(outbound.find((message) => message['wamid'] === lost)).toMatchObject({ state: 'dropped' });
    expect(outbound.find((message) => message['wamid'] === both)).toMatchObject({ citizenId: 'ananya' });
  });

  test('marks as read, with the messages before, and shows typing until an answer comes', async () => {
    await say({ text: 'one' });
    const second = await say({ text: 'two' });
    const answer = await graph('POST', `${numberId}/messages`, {
      messaging_product: 'whatsapp',
      status: 'read',
      message_id: second,
      typing_indicator: { type: 'text' },
    });
    expect(answer.body).toEqual({ success: true });
    const read = await chat();
    expect(read['typing']).toBe(true);
    expect((read['messages'] as Json[]).map(({ state }) => state)).toEqual(['read', 'read']);
    await send(text('here'));
    await until('typing ends', async () => (await chat())['typing'] === false);
  });

  test('refuses to read a message that does not exist', async () => {
    const receipt = { messaging_product: 'whatsapp', status: 'read', message_id: 'wamid.nothing' };
    expect(errorOf(await graph('POST', `${numberId}/messages`, receipt))['code']).toBe(131009);
  });

  test('tells only `sent` of a reaction', async () => {
    const wamid = await say({ text: 'thanks' });
    const reaction = wamidOf(await send({ type: 'reaction', reaction: { message_id: wamid, emoji: '👍' } }));
    await statusFor(reaction, 'sent');
    const [message] = (await chat())['messages'] as Json[];
    expect(message?.['reactions']).toEqual({ corporation: '👍' });
  });
});

describe('templates', () => {
  const template = (parameters: Json[]): Json => ({
    type: 'template',
    template: { name: 'dues', language: { code: 'bn' }, components: [{ type: 'body', parameters }] },
  });
  beforeAll(async () => {
    await call(`${sandbox.url}/sandbox/templates`, 'PUT', [
      {
        name: 'dues',
        language: 'bn',
        body: '{{1}}: {{2}}',
        buttons: [
          { type: 'url', text: 'Pay', url: 'https://example.org/pay/x' },
          { type: 'quick_reply', text: 'Stop' },
        ],
      },
    ]);
  });

  test('refuses the wrong number of parameters with 132000', async () => {
    expect(errorOf(await send(template([{ type: 'text', text: 'one' }])))['code']).toBe(132000);
  });

  test('refuses a parameter with a new line with 132018', async () => {
    const lines = [
      { type: 'text', text: 'one' },
      { type: 'text', text: 'line\nline' },
    ];
    expect(errorOf(await send(template(lines)))['code']).toBe(132018);
  });

  test('fills them in, and a quick reply comes back as a button', async () => {
    const two = [
      { type: 'text', text: 'কর' },
      { type: 'text', text: '₹10' },
    ];
    const wamid = wamidOf(await send(template(two)));
    const [shown] = (await chat())['messages'] as Json[];
    expect(shown).toMatchObject({ wamid, text: 'কর: ₹10', link: { url: 'https://example.org/pay/x' } });
    await say({ tap: { choiceId: 'Stop' } });
    const reply = ((await chat())['messages'] as Json[]).at(-1);
    expect(reply?.['content']).toEqual({ type: 'button', button: { payload: 'Stop', text: 'Stop' } });
  });
});

describe('media', () => {
  const upload = async (type: string, bytes: string): Promise<Answer> => {
    const form = new FormData();
    form.set('messaging_product', 'whatsapp');
    form.set('type', type);
    form.set('file', new File([bytes], 'receipt.pdf', { type }));
    const response = await fetch(`${sandbox.url}/v26.0/${numberId}/media`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${token}` },
      body: form,
    });
    return { status: response.status, body: (await response.json()) as Json };
  };

  test('goes up, is described, comes down with the token for five minutes, and goes away', async () => {
    const id = String((await upload('application/pdf', '%PDF-1.4')).body['id']);
    const described = (await graph('GET', id)).body;
    expect(described).toMatchObject({ id, mime_type: 'application/pdf', file_size: '8' });
    expect(described['sha256']).toMatch(/^[0-9a-f]{64}$/);
    const url = String(described['url']);
    const download = (bearer: string): Promise<Response> =>
      fetch(url, { headers: { Authorization: `Bearer ${bearer}` } });
    expect(await (await download(token)).text()).toBe('%PDF-1.4');
    expect((await download('wrong')).status).toBe(401);
    now += 300_001;
    expect((await download(token)).status).toBe(404);

    expect((await graph('DELETE', id)).body).toEqual({ success: true });
    expect(errorOf(await graph('GET', id))).toMatchObject({ code: 100, error_subcode: 33 });
  });

  test('refuses a type that WhatsApp does not take', async () => {
    const answer = await upload('application/x-sh', 'echo');
    expect(errorOf(answer)).toMatchObject({ code: 100 });
  });

  test('fetches what is sent by link, and fails with 131053 when it cannot', async () => {
    await say({ text: 'hi' });
    const linked = await send({ type: 'image', image: { link: `${sandbox.url}/phone/samples/bill.png` } });
    await statusFor(wamidOf(linked), 'sent');
    const [, image] = (await chat())['messages'] as Json[];
    expect(image?.['media']).toMatchObject({ id: expect.stringMatching(/^\d+$/) as string });
    const broken = await send({ type: 'image', image: { link: `${sandbox.url}/phone/samples/none.png` } });
    expect((await statusFor(wamidOf(broken), 'failed'))['errors']).toMatchObject([{ code: 131053 }]);
  });
});

describe('limits', () => {
  test('one citizen gets 45 at once, then one in six seconds (131056)', async () => {
    for (let sent = 0; sent < 45; sent++) expect((await send(text('x'))).status).toBe(200);
    const refused = await send(text('x'));
    expect(refused.status).toBe(400);
    expect(errorOf(refused)).toMatchObject({
      code: 131056,
      message: '(#131056) (Business Account, Consumer Account) pair rate limit hit',
    });
    expect((await send({ to: '+919000000102', ...text('x') })).status).toBe(200);
    now += 6_001;
    expect((await send(text('x'))).status).toBe(200);
    expect(errorOf(await send(text('x')))['code']).toBe(131056);
  });

  test('80 a second over all citizens (130429)', async () => {
    await call(`${sandbox.url}/sandbox/faults`, 'PUT', { pairLimit: false });
    for (let sent = 0; sent < 80; sent++) expect((await send(text('x'))).status).toBe(200);
    expect(errorOf(await send(text('x')))['code']).toBe(130429);
    now += 1_000;
    expect((await send(text('x'))).status).toBe(200);
  });
});

describe('faults', () => {
  const faults = (knobs: Json): Promise<Answer> => call(`${sandbox.url}/sandbox/faults`, 'PUT', knobs);
  const shown = async (): Promise<unknown[]> =>
    ((await call(`${sandbox.url}/sandbox/outbound`, 'GET')).body['messages'] as Json[]).map(
      (message) => message['text'],
    );

  test('are documented, and refused when misspelt', async () => {
    const { body } = await call(`${sandbox.url}/sandbox/faults`, 'GET');
    for (const knob of body['knobs'] as Json[]) expect(knob['meaning']).not.toBe('');
    expect((await faults({ failnext: 1 })).status).toBe(400);
  });

  test.each([
    ['http429', 429, 130429],
    ['131056', 400, 131056],
    ['http500', 500, 131000],
  ])('%s fails so many sends as asked and no more', async (failWith, status, code) => {
    await faults({ failNext: 1, failWith });
    const failed = await send(text('x'));
    expect([failed.status, errorOf(failed)['code']]).toEqual([status, code]);
    expect((await send(text('x'))).status).toBe(200);
  });

  test('http503html answers with a page', async () => {
    await faults({ failRate: 1, failWith: 'http503html' });
    const answer = await send(text('x'));
    expect(answer.status).toBe(503);
    expect(answer.body['text']).toMatch(/^<!DOCTYPE html>/);
  });

  test('answerLost sends and cuts the connection; reset only cuts it', async () => {
    await faults({ failNext: 1, failWith: 'answerLost' });
    await expect(send(text('sent all the same'))).rejects.toThrow();
    await faults({ failNext: 1, failWith: 'reset' });
    await expect(send(text('never sent'))).rejects.toThrow();
    expect(await shown()).toEqual(['sent all the same']);
  });

  test('timeout never answers', async () => {
    await faults({ failNext: 1, failWith: 'timeout' });
    const answer = fetch(`${sandbox.url}/v26.0/${numberId}/messages`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${token}` },
      body: JSON.stringify({ messaging_product: 'whatsapp', to: phone, ...text('x') }),
      signal: AbortSignal.timeout(200),
    });
    await expect(answer).rejects.toThrow(/timeout/);
    expect(await shown()).toEqual([]);
  });

  test('down cuts everything but the sandbox itself; latency slows it', async () => {
    await faults({ down: true });
    await expect(send(text('x'))).rejects.toThrow();
    await faults({ latencyMs: 120 });
    const before = performance.now();
    await send(text('x'));
    expect(performance.now() - before).toBeGreaterThan(110);
  });
});
