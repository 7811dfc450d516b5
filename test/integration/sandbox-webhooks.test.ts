/** The stand-in's webhooks: bytes, signature, shapes, retries, faults, and what survives a restart. */
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { escapedJson, sign } from '../../sandbox/graph/signature.ts';
import type { RunningSandbox } from '../../sandbox/sandbox.ts';
import {
  call,
  changesOf,
  messagesOf,
  numberId,
  signatureOf,
  startReceiver,
  startSandbox,
  statusesOf,
  until,
  wamidOf,
  type Json,
  type Receiver,
} from './sandbox-support.ts';

let receiver: Receiver;
let sandbox: RunningSandbox;

const say = async (action: Json, citizen = 'ananya', where = sandbox): Promise<string> =>
  String((await call(`${where.url}/sandbox/citizens/${citizen}/messages`, 'POST', action)).body['wamid']);
const send = async (body: string, where = sandbox): Promise<string> =>
  wamidOf(
    await call(`${where.url}/v26.0/${numberId}/messages`, 'POST', {
      messaging_product: 'whatsapp',
      to: '+919000000101',
      type: 'text',
      text: { body },
    }),
  );
const faults = (knobs: Json): Promise<unknown> => call(`${sandbox.url}/sandbox/faults`, 'PUT', knobs);
const messageFor = (wamid: string): Promise<Json> =>
  until('the webhook', () => messagesOf(receiver).find(({ id }) => id === wamid));
const kindsFor = (wamid: string): unknown[] =>
  statusesOf(receiver).flatMap(({ id, status }) => (id === wamid ? [status] : []));

beforeAll(async () => {
  receiver = await startReceiver();
  sandbox = await startSandbox(receiver.url);
});
afterAll(async () => {
  await sandbox.close();
  await receiver.close();
});
beforeEach(async () => {
  await call(`${sandbox.url}/sandbox/faults`, 'DELETE');
  await call(`${sandbox.url}/sandbox/chat`, 'DELETE');
  receiver.answer = 200;
  receiver.received.length = 0;
});

describe('signature', () => {
  test("agrees with the reference's vector", () => {
    const body = escapedJson({ text: { body: 'नमस्ते / a' } });
    expect(body).toBe('{"text":{"body":"\\u0928\\u092e\\u0938\\u094d\\u0924\\u0947 \\/ a"}}');
    expect(sign(body, 's3cr3t')).toBe(
      'sha256=c1921f301bf305054e37aa43274af726220801e9083a66821987778e9d60a584',
    );
  });

  test('covers escaped bytes: what is sent holds neither a bare slash nor anything beyond ASCII', async () => {
    await messageFor(await say({ text: 'হাই / 👋' }));
    const [first] = receiver.received;
    expect(first?.body).toContain('\\u09b9\\u09be\\u0987 \\/ \\ud83d\\udc4b');
    expect(first?.body).toMatch(/^[\x20-\x7e]+$/);
    expect(first?.body).not.toMatch(/[^\\]\//);
    expect(first?.signature).toBe(signatureOf(first?.body ?? ''));
    expect(messagesOf(receiver)[0]?.['text']).toEqual({ body: 'হাই / 👋' });
  });

  test('can be forged or left out, to see that it is checked', async () => {
    const value = { object: 'whatsapp_business_account', entry: [] };
    for (const how of ['right', 'wrong', 'none']) {
      await call(`${sandbox.url}/sandbox/webhooks?sign=${how}`, 'POST', value);
    }
    const [right, wrong, none] = receiver.received;
    expect(right?.signature).toBe(signatureOf(right?.body ?? ''));
    expect(wrong?.signature).toMatch(/^sha256=/);
    expect(wrong?.signature).not.toBe(signatureOf(wrong?.body ?? ''));
    expect(none?.signature).toBeUndefined();
  });

  test("passes on Meta's question whether the webhook is ours", async () => {
    const answer = await call(`${sandbox.url}/sandbox/webhooks/verify`, 'POST');
    expect(answer.body).toEqual({ verified: true, status: 200 });
  });
});

describe('shapes', () => {
  test('a message has the envelope, the contact and the sender', async () => {
    const wamid = await say({ text: 'hi' });
    await messageFor(wamid);
    const value = receiver.received[0]?.value;
    expect(value).toEqual({
      object: 'whatsapp_business_account',
      entry: [
        {
          id: expect.stringMatching(/^\d+$/) as string,
          changes: [
            {
              field: 'messages',
              value: {
                messaging_product: 'whatsapp',
                metadata: { display_phone_number: '918335999111', phone_number_id: numberId },
                contacts: [
                  {
                    profile: { name: 'অনন্যা চট্টোপাধ্যায়' },
                    wa_id: '919000000101',
                    user_id: expect.stringMatching(/^IN\.\d{20}$/) as string,
                  },
                ],
                messages: [
                  {
                    from: '919000000101',
                    from_user_id: expect.stringMatching(/^IN\./) as string,
                    id: wamid,
                    timestamp: expect.stringMatching(/^\d{10}$/) as string,
                    type: 'text',
                    text: { body: 'hi' },
                  },
                ],
              },
            },
          ],
        },
      ],
    });
  });

  test('a citizen with a username comes without a number, and shares it when asked', async () => {
    const message = await messageFor(await say({ text: 'hi' }, 'mita'));
    expect(message).not.toHaveProperty('from');
    expect(message['from_user_id']).toMatch(/^IN\./);
    expect(changesOf(receiver)[0]?.value.contacts).toEqual([
      { profile: { name: 'মিতা সেন', username: 'mita.sen' }, user_id: message['from_user_id'] },
    ]);
    const shared = await messageFor(await say({ shareContact: true }, 'mita'));
    expect(shared['contacts']).toEqual([
      {
        origin: 'contact_request',
        phones: [{ phone: '+919000000105', wa_id: '919000000105', type: 'CELL' }],
      },
    ]);
  });

  test('a citizen abroad has a number and a BSUID of that country', async () => {
    const message = await messageFor(await say({ text: 'hi' }, 'priya'));
    expect(message).toMatchObject({ from: '447700900123' });
    expect(message['from_user_id']).toMatch(/^GB\./);
  });

  const media = { id: expect.any(String) as string, sha256: expect.stringMatching(/=$/) as string };
  const kinds: readonly (readonly [name: string, action: Json, expected: Json])[] = [
    [
      'image',
      { image: { sample: 'shop', caption: 'my shop' } },
      { type: 'image', image: { ...media, mime_type: 'image/png', caption: 'my shop' } },
    ],
    [
      'voice note',
      { voice: true },
      { type: 'audio', audio: { ...media, mime_type: 'audio/ogg; codecs=opus', voice: true } },
    ],
    [
      'sticker',
      { sticker: true },
      { type: 'sticker', sticker: { ...media, mime_type: 'image/webp', animated: false } },
    ],
    [
      'document',
      { document: true },
      { type: 'document', document: { ...media, filename: 'old-receipt.pdf' } },
    ],
    [
      'location',
      { location: { latitude: 22.5, longitude: 88.3 } },
      { type: 'location', location: { latitude: 22.5, longitude: 88.3 } },
    ],
    [
      'contact card',
      { contacts: { name: 'A', phone: '+911' } },
      { type: 'contacts', contacts: [{ origin: 'other' }] },
    ],
    [
      'poll',
      { unsupported: true },
      { type: 'unsupported', unsupported: { type: 'poll' }, errors: [{ code: 131051 }] },
    ],
  ];
  test.each(kinds)('%s', async (_name, action, expected) => {
    expect(await messageFor(await say(action))).toMatchObject(expected);
  });

  test('the address in a webhook gives the file to whoever has the token', async () => {
    const message = await messageFor(await say({ image: true }));
    const { url } = message['image'] as { url: string };
    const file = await fetch(url, { headers: { Authorization: 'Bearer EAAG-test' } });
    expect(file.headers.get('content-type')).toBe('image/png');
    expect(
      Buffer.from(await file.arrayBuffer())
        .subarray(1, 4)
        .toString(),
    ).toBe('PNG');
  });

  test('reactions, edits and deletions name the message they are about', async () => {
    const wamid = await say({ text: 'one' });
    const reaction = await messageFor(await say({ reaction: { messageId: wamid, emoji: '👍' } }));
    expect(reaction['reaction']).toEqual({ message_id: wamid, emoji: '👍' });
    const removed = await messageFor(await say({ reaction: { messageId: wamid, emoji: '' } }));
    expect(removed['reaction']).toEqual({ message_id: wamid });
    const edit = await messageFor(await say({ edit: { messageId: wamid, text: 'two' } }));
    expect(edit['edit']).toMatchObject({ original_message_id: wamid });
    const gone = await messageFor(await say({ revoke: { messageId: wamid } }));
    expect(gone['revoke']).toEqual({ original_message_id: wamid });
  });

  test('a changed number changes the BSUID too, and comes without contacts', async () => {
    const message = await messageFor(await say({ changeNumber: true }, 'irfan'));
    expect(message).toMatchObject({ from: '919000000104', type: 'system' });
    const { wa_id: number, user_id: bsuid, previous_user_id: before } = message['system'] as Json;
    expect(number).not.toBe('919000000104');
    expect(bsuid).not.toBe(before);
    expect(changesOf(receiver)[0]?.value.contacts).toBeUndefined();
    const next = await messageFor(await say({ text: 'it is me' }, 'irfan'));
    expect(next).toMatchObject({ from: number, from_user_id: bsuid });
  });

  test('a tap names the message it answers', async () => {
    await say({ text: 'hi' });
    const sent = await call(`${sandbox.url}/v26.0/${numberId}/messages`, 'POST', {
      messaging_product: 'whatsapp',
      to: '+919000000101',
      type: 'interactive',
      interactive: {
        type: 'list',
        body: { text: 'Which?' },
        action: {
          button: 'Open',
          sections: [{ rows: [{ id: 'tax', title: 'Tax', description: 'Pay it' }] }],
        },
      },
    });
    const tap = await messageFor(await say({ tap: { choiceId: 'tax' } }));
    expect(tap).toMatchObject({
      context: { from: '918335999111', id: wamidOf(sent) },
      type: 'interactive',
      interactive: { type: 'list_reply', list_reply: { id: 'tax', title: 'Tax', description: 'Pay it' } },
    });
    const nothing = await call(`${sandbox.url}/sandbox/citizens/ananya/messages`, 'POST', {
      tap: { choiceId: 'nothing' },
    });
    expect(nothing.status).toBe(404);
  });
});

describe('delivery', () => {
  test('posts again until it is answered with 200; only then the message counts as delivered', async () => {
    receiver.answer = 503;
    const wamid = await say({ text: 'hi' });
    // The status of an earlier message may still be under way.
    const tries = (): string[] =>
      receiver.received.flatMap(({ body }) => (body.includes(wamid) ? [body] : []));
    await until('three tries', () => tries().length >= 3);
    const state = async (): Promise<unknown> => {
      const { body } = await call(`${sandbox.url}/sandbox/citizens/ananya/chat`, 'GET');
      return (body['messages'] as Json[])[0]?.['state'];
    };
    expect(await state()).toBe('waiting');
    receiver.answer = 200;
    await until('delivered', async () => (await state()) === 'delivered');
    expect(new Set(tries()).size).toBe(1);
  });

  test('duplicates', async () => {
    await faults({ duplicateWebhooks: 3 });
    const wamid = await say({ text: 'hi' });
    await until('three of it', () => messagesOf(receiver).filter(({ id }) => id === wamid).length === 3);
  });

  test('lateness', async () => {
    await faults({ webhookDelayMs: 150 });
    const before = performance.now();
    await messageFor(await say({ text: 'hi' }));
    expect(performance.now() - before).toBeGreaterThan(140);
  });

  test('disorder: everything comes, in another order sooner or later', async () => {
    await faults({ reorderWebhooks: { windowMs: 60 } });
    await until('another order', async () => {
      receiver.received.length = 0;
      const sent: string[] = [];
      for (let count = 0; count < 6; count++) sent.push(await say({ text: `${count}` }));
      await until('all', () => messagesOf(receiver).length === sent.length);
      const came = messagesOf(receiver).map(({ id }) => String(id));
      expect([...came].sort()).toEqual([...sent].sort());
      return came.join() !== sent.join();
    });
  });

  test('batches: one POST with several entries, changes and messages', async () => {
    await faults({ batchWebhooks: 200 });
    await say({ text: 'hi' });
    const wamid = await send('hello');
    for (let count = 0; count < 7; count++) await say({ text: `${count}` });
    await until('read', () => kindsFor(wamid).includes('read'));
    await until('all', () => messagesOf(receiver).length === 8);
    const largest = receiver.received.map(({ value }) => value['entry'] as { changes: unknown[] }[]);
    expect(Math.max(...largest.map(({ length }) => length))).toBeGreaterThan(1);
    expect(Math.max(...largest.flat().map(({ changes }) => changes.length))).toBeGreaterThan(1);
    expect(Math.max(...changesOf(receiver).map(({ value }) => value.messages?.length ?? 0))).toBeGreaterThan(
      1,
    );
  });

  test('statuses that never come', async () => {
    await say({ text: 'hi' });
    await faults({ dropStatuses: ['sent', 'delivered'] });
    const some = await send('x');
    await until('read', () => kindsFor(some).includes('read'));
    expect(kindsFor(some)).toEqual(['read']);
    await faults({ dropStatuses: 'all' });
    const none = await send('y');
    await until('read in the chat', async () => {
      const { body } = await call(`${sandbox.url}/sandbox/outbound`, 'GET');
      return (body['messages'] as Json[]).some(({ wamid, state }) => wamid === none && state === 'read');
    });
    expect(kindsFor(none)).toEqual([]);
  });

  test('many citizens at once', async () => {
    const { body } = await call(`${sandbox.url}/sandbox/citizens`, 'POST', { count: 40 });
    const citizens = body['citizens'] as { id: string; phone: string }[];
    expect(new Set(citizens.map(({ phone }) => phone)).size).toBe(40);
    await Promise.all(citizens.map(({ id }) => say({ text: 'hi' }, id)));
    await until('all of them', () => messagesOf(receiver).length === 40);
  });
});

test('chats, media and webhooks on their way survive an end without warning', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sandbox-'));
  const file = join(folder, 'whatsapp.jsonl');
  try {
    receiver.answer = 503;
    const before = await startSandbox(receiver.url, { dataFolder: folder });
    const text = await say({ text: 'before the end' }, 'ananya', before);
    await say({ image: true }, 'ananya', before);
    const answer = await send('under way', before);
    await before.close();
    // The process was killed in the middle of a line.
    appendFileSync(file, '{"kind":"message","mess');

    receiver.answer = 200;
    receiver.received.length = 0;
    const after = await startSandbox(receiver.url, { dataFolder: folder });
    await messageFor(text);
    await until('the rest of its way', () => kindsFor(answer).includes('read'));
    const { body } = await call(`${after.url}/sandbox/citizens/ananya/chat`, 'GET');
    const messages = body['messages'] as Json[];
    expect(messages.map((message) => message['type'])).toEqual(['text', 'image', 'text']);
    const { id } = messages[1]?.['media'] as { id: string };
    expect((await fetch(`${after.url}/sandbox/media/${id}`)).status).toBe(200);
    await until('nothing waits', async () => {
      const wire = await call(`${after.url}/sandbox/webhooks`, 'GET');
      return wire.body['waiting'] === 0;
    });
    await after.close();
    expect(
      readFileSync(file, 'utf8')
        .trimEnd()
        .split('\n')
        .every((line) => line.endsWith('}')),
    ).toBe(true);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
