/** One part that cannot be read or stored, among ninety-nine that can: each of the ninety-nine waits for its conversation. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { createApp } from '../../api/app.ts';
import { whatsappWebhook, type WebhookOptions } from '../../api/ingress/whatsapp.ts';
import type { Database } from '../../database/connection.ts';
import { createLogger } from '../../platform/log.ts';
import { createIngressMetrics, createRegistry } from '../../platform/metrics.ts';
import { migratedDatabase } from '../support/database.ts';
import { newWamid, ourNumberId, post, textWebhook } from '../support/webhooks.ts';

const secret = 'a secret of this test';
let db: Database;
let server: Server;
let address: string;

beforeAll(async () => {
  db = await migratedDatabase(inject('databaseUrl'), 5);
  const log = createLogger('test', 'silent');
  const webhook = whatsappWebhook({
    db,
    delivery: { isOpen: () => false },
    metrics: createIngressMetrics(createRegistry()),
    log,
    phoneNumberId: ourNumberId,
    secrets: [secret],
    verifyToken: 'a word of this test',
  } as unknown as WebhookOptions);
  server = createServer(createApp({ log, proxyHops: 0, routers: [webhook] }));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks/whatsapp`;
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await db.end();
});

const from = '919830000077';
const long = (length: number): string =>
  Array.from({ length: Math.ceil(length / 12) }, () => Math.random().toString(36).slice(2, 14)).join('');

const message = (fields: object): object => ({
  id: newWamid(),
  from,
  timestamp: '1795000000',
  type: 'text',
  text: { body: 'hi' },
  ...fields,
});
const status = (fields: object): object => ({
  id: newWamid(),
  status: 'sent',
  timestamp: '1795000000',
  recipient_id: from,
  ...fields,
});
const deep = (levels: number): object => {
  let value: object = {};
  for (let level = 0; level < levels; level += 1) value = { a: value };
  return value;
};

/** As messages, as statuses, and as changes of their own. */
const messages: readonly unknown[] = [
  null,
  7,
  'hi',
  [],
  {},
  deep(3_000),
  message({ id: null }),
  message({ id: '' }),
  message({ id: 7 }),
  message({ id: '\0' }),
  message({ id: '\ud83d' }),
  message({ id: long(6_000) }),
  message({ id: ['a'] }),
  message({ from: null }),
  message({ from: long(9_000) }),
  message({ from: '\0' }),
  message({ from: '0' }),
  message({ from: { a: 1 } }),
  message({ from_user_id: `IN.${long(9_000)}` }),
  message({ from_user_id: 'IN.\0' }),
  message({ timestamp: 1e300 }),
  message({ timestamp: -1 }),
  message({ timestamp: 'yesterday' }),
  message({ timestamp: '9'.repeat(400) }),
  message({ timestamp: null }),
  message({ text: null }),
  message({ text: { body: 7 } }),
  message({ text: { body: '\0'.repeat(70_000) } }),
  message({ text: { body: '\ud83d'.repeat(70_000) } }),
  message({ type: '\0' }),
  message({ type: long(9_000) }),
  message({ type: '__proto__' }),
  message({ type: 'constructor' }),
  message({ type: 'interactive', interactive: { button_reply: { id: '\0', title: '\0' } } }),
  message({ type: 'interactive', interactive: { nfm_reply: { response_json: deep(3_000) } } }),
  message({ type: 'button', button: { payload: long(9_000), text: '' } }),
  message({ type: 'image', image: { id: '', mime_type: 7 } }),
  message({ type: 'image', image: { id: '../../etc', caption: '\0' } }),
  message({ type: 'location', location: { latitude: 1e300, longitude: 'x' } }),
  message({ type: 'contacts', contacts: deep(500) }),
  message({ type: 'contacts', contacts: [{ phones: [{ wa_id: '\0' }] }] }),
  message({ type: 'reaction', reaction: { message_id: '\0', emoji: long(9_000) } }),
  message({ type: 'edit', edit: { original_message_id: null } }),
  message({ type: 'system', system: { type: 'user_changed_number', wa_id: '\0' } }),
  message({ type: 'system', system: { type: 'user_changed_user_id', user_id: long(9_000) } }),
  message({ group_id: '\0' }),
];
const statuses: readonly unknown[] = [
  null,
  {},
  status({ id: long(9_000) }),
  status({ id: '\0' }),
  status({ status: '\0' }),
  status({ timestamp: 1e300 }),
  status({ biz_opaque_callback_data: long(9_000) }),
  status({ recipient_id: '\0' }),
  status({ status: 'failed', errors: [{ code: 2 ** 40 }] }),
  status({ status: 'failed', errors: [{ code: 1.5, title: '\0' }, null, deep(900)] }),
  status({ status: 'failed', errors: 'many' }),
  status({ pricing: { category: '\0', type: long(9_000) } }),
];
const changes: readonly unknown[] = [
  null,
  { field: 'messages' },
  { field: 'messages', value: { metadata: null } },
  { field: '\0', value: { '\0': '\ud83d' } },
  { field: 'account_update', value: deep(3_000) },
];

interface Body {
  entry: [{ changes: { value: { messages: unknown[]; statuses?: unknown[] } }[] }];
}

/** Ninety-nine texts with the part in their midst. */
function batchWith(
  place: 'messages' | 'statuses' | 'changes',
  part: unknown,
): { body: Body; keys: string[] } {
  const texts = Array.from({ length: 99 }, (_, index) => ({
    by: { phone: `9198300001${String(index % 30).padStart(2, '0')}` },
    text: 'hi',
    wamid: newWamid(),
  }));
  const body = textWebhook(texts) as Body;
  const [first] = body.entry[0].changes;
  if (!first) throw new Error('no change');
  if (place === 'messages') first.value.messages.splice(50, 0, part);
  else if (place === 'statuses') first.value.statuses = [part];
  else body.entry[0].changes.unshift(part as never);
  return { body, keys: texts.map(({ wamid }) => `m:${wamid}`) };
}

test('none of sixty odd parts costs its ninety-nine neighbours anything', async () => {
  const parts = [
    ...messages.map((part) => ['messages', part] as const),
    ...statuses.map((part) => ['statuses', part] as const),
    ...changes.map((part) => ['changes', part] as const),
  ];
  expect(parts.length).toBeGreaterThanOrEqual(60);
  for (const [place, part] of parts) {
    const { body, keys } = batchWith(place, part);
    const what = `${place} ${JSON.stringify(part).slice(0, 80)}`;
    expect((await post(address, body, secret)).status, what).toBe(200);
    const { rows } = await db.query('select from outbox where key = any($1)', [keys]);
    expect(rows, what).toHaveLength(99);
  }
});
