import { describe, expect, test } from 'vitest';
import type { InboundContent } from '../../domain/conversation/inbound.ts';
import {
  advances,
  deliveryStates,
  NotAWebhookError,
  parseWebhook,
  type DeliveryState,
  type ParsedWebhook,
} from '../../whatsapp/webhook.ts';
import { fixture, fixtureNames } from './whatsapp-fixtures.ts';

const phoneNumberId = '106540352242922';
const wabaId = '102290129340398';
const bsuid = 'IN.13491208655302741918';
const phone = '919876543210';
const asha = { bsuid, phone, profileName: 'Asha Devi' };
const withoutPhone = { bsuid, username: 'asha.devi', profileName: 'Asha Devi' };
const nothing: ParsedWebhook = {
  messages: [],
  statuses: [],
  payments: [],
  identityChanges: [],
  notices: [],
  ignored: [],
};

const text = (body: string): InboundContent => ({ kind: 'text', text: body });

/** Every inbound message of the fixtures: the last digits of its wamid, and what was said. */
const inbound: Record<string, [wamid: string, content: InboundContent, sender?: object]> = {
  audio_voice: [
    '0018',
    { kind: 'audio', mediaId: '1908647269898587', mimeType: 'audio/ogg; codecs=opus', voice: true },
  ],
  button_template_quick_reply: [
    '0010',
    { kind: 'quickReply', payload: 'STOP_REMINDERS', text: 'Stop reminders' },
  ],
  contacts_contact_request: ['0024', { kind: 'contacts', phones: [phone], requested: true }, withoutPhone],
  document: [
    '0017',
    {
      kind: 'document',
      mediaId: '622684793477189',
      mimeType: 'application/pdf',
      caption: 'rent agreement',
      filename: 'agreement.pdf',
    },
  ],
  image: [
    '0015',
    { kind: 'image', mediaId: '1003383421387256', mimeType: 'image/jpeg', caption: 'Shop photo' },
  ],
  interactive_button_reply: ['0011', { kind: 'tap', id: 'confirm:yes', title: 'Yes, renew' }],
  interactive_list_reply: ['0012', { kind: 'tap', id: 'lic:TL-2024-000123', title: 'TL-2024-000123' }],
  interactive_nfm_reply_flow: [
    '0013',
    {
      kind: 'form',
      responseJson: '{"flow_token": "ft_01J...", "licence_no": "TL-2024-000123", "years": "1"}',
    },
  ],
  location: ['0021', { kind: 'location', latitude: 17.385044, longitude: 78.486671 }],
  reaction: ['0025', { kind: 'reaction', wamid: 'wamid.OUTBOUND1', emoji: '👍' }],
  reaction_removed: ['0026', { kind: 'reaction', wamid: 'wamid.OUTBOUND1' }],
  sticker: ['0020', { kind: 'sticker', mediaId: '1234567890', mimeType: 'image/webp' }],
  text: ['0001', text('Hi')],
  text_ctwa_referral: ['0009', text('Hello')],
  text_hindi: ['0002', text('नमस्ते, लाइसेंस नवीनीकरण')],
  text_pre_bsuid: ['0003', text('Hi'), { phone, profileName: 'Asha Devi' }],
  text_reply_context: ['0007', text('yes')],
  text_username_no_phone: ['0004', text('Hi'), withoutPhone],
  unsupported: ['0028', { kind: 'unsupported', type: 'poll' }],
  video: ['0019', { kind: 'video', mediaId: '765756756', mimeType: 'video/mp4', caption: 'clip' }],
};

describe('a message of a citizen', () => {
  test.each(Object.entries(inbound))(
    'is read from the fixture %s',
    (name, [wamid, content, sender = asha]) => {
      expect(parseWebhook(fixture('inbound', name))).toStrictEqual({
        ...nothing,
        messages: [
          {
            phoneNumberId,
            sender,
            message: {
              wamid: `wamid.HBgMOTE5ODc2NTQzMjEwFQIAEhgUM0FGSVhUVVJF${wamid}`,
              sentAt: 1_790_000_000,
              content,
            },
          },
        ],
      });
    },
  );

  test('is tested for every inbound fixture there is', () => {
    expect([...Object.keys(inbound), 'system_user_changed_number'].sort()).toEqual(
      fixtureNames('inbound').sort(),
    );
  });

  test.each<[string, object, InboundContent]>([
    [
      'a kind that is not invented yet',
      { type: 'hologram', hologram: {} },
      { kind: 'unsupported', type: 'hologram' },
    ],
    ['a kind named like a built-in', { type: '__proto__' }, { kind: 'unsupported', type: '__proto__' }],
    ['no kind', {}, { kind: 'unsupported', type: 'unknown' }],
    ['a text without its part', { type: 'text' }, { kind: 'unsupported', type: 'text' }],
    [
      'an interactive without its part',
      { type: 'interactive' },
      { kind: 'unsupported', type: 'interactive' },
    ],
    [
      'an answer to a call request',
      { type: 'interactive', interactive: { type: 'call_permission_reply', call_permission_reply: {} } },
      { kind: 'unsupported', type: 'call_permission_reply' },
    ],
    [
      'a file that was too big to come along',
      { type: 'video', video: { mime_type: 'video/mp4' }, errors: [{ code: 131052 }] },
      { kind: 'unsupported', type: 'video' },
    ],
    [
      'an unsupported kind that WhatsApp does not name',
      { type: 'unsupported' },
      { kind: 'unsupported', type: 'unsupported' },
    ],
    [
      'a picture of unknown type',
      { type: 'image', image: { id: '1', caption: 7 } },
      {
        kind: 'image',
        mediaId: '1',
        mimeType: 'application/octet-stream',
      },
    ],
    [
      'a reaction that was taken back with an empty emoji',
      { type: 'reaction', reaction: { message_id: 'w', emoji: '' } },
      { kind: 'reaction', wamid: 'w' },
    ],
    [
      'a quick reply without payload',
      { type: 'button', button: { text: 'Yes' } },
      { kind: 'quickReply', payload: 'Yes', text: 'Yes' },
    ],
    [
      'a form whose answer is no string',
      { type: 'interactive', interactive: { type: 'nfm_reply', nfm_reply: { response_json: { a: [1] } } } },
      { kind: 'form', responseJson: '{"a":[1]}' },
    ],
    [
      'a form whose answer is no object',
      { type: 'interactive', interactive: { type: 'nfm_reply', nfm_reply: { response_json: '[]' } } },
      { kind: 'form', responseJson: '[]' },
    ],
    [
      'an edit',
      { type: 'edit', edit: { original_message_id: 'w', message: { type: 'text' } } },
      { kind: 'edit', wamid: 'w' },
    ],
    [
      'an edit of a text',
      {
        type: 'edit',
        edit: { original_message_id: 'w', message: { type: 'text', text: { body: '110010200057' } } },
      },
      { kind: 'edit', wamid: 'w', text: '110010200057' },
    ],
    [
      'a revocation',
      { type: 'revoke', revoke: { original_message_id: 'w' } },
      { kind: 'revoke', wamid: 'w' },
    ],
    ['an order', { type: 'order', order: { catalog_id: '1', product_items: [] } }, { kind: 'order' }],
    [
      'a contact card of somebody else',
      {
        type: 'contacts',
        contacts: [{ origin: 'other', phones: [{ phone: '+91 90000-00002' }, { phone: 'none' }, 5] }, null],
      },
      { kind: 'contacts', phones: ['919000000002'], requested: false },
    ],
    [
      "the citizen's own card beside another one",
      {
        type: 'contacts',
        contacts: [
          { origin: 'other', phones: [{ wa_id: '919000000002' }] },
          { origin: 'contact_request', phones: [{ wa_id: phone, phone: `+${phone}` }] },
        ],
      },
      { kind: 'contacts', phones: [phone], requested: true },
    ],
    [
      'a text that Postgres could not store',
      { type: 'text', text: { body: 'a\0b\uD800c👍' } },
      { kind: 'text', text: 'ab\uFFFDc👍' },
    ],
  ])('with %s is still read', (_, message, content) => {
    const [received] = parseWebhook(post({ messages: [{ id: 'w1', from: phone, ...message }] })).messages;
    expect(received?.message.content).toStrictEqual(content);
  });

  test.each([
    ['1790000000', 1_790_000_000],
    [1_790_000_000, 1_790_000_000],
    ['1790000000123', 1_790_000_000],
    ['yesterday', 42],
    [undefined, 42],
    [-1, 42],
  ])('sent at %s counts as sent at %s', (timestamp, sentAt) => {
    const { messages } = parseWebhook(post({ messages: [{ id: 'w1', from: phone, timestamp }] }), 42);
    expect(messages[0]?.message.sentAt).toBe(sentAt);
  });
});

describe('the sender', () => {
  const ravi = { profile: { name: 'Ravi' }, wa_id: '919000000002', user_id: 'IN.Ravi2' };
  const mina = { profile: { name: 'Mina' }, wa_id: '919000000003', user_id: 'IN.Mina3' };

  test('is matched by id, never by position', () => {
    const { messages } = parseWebhook(
      post({
        contacts: [mina, ravi],
        messages: [
          { id: 'w1', from: '919000000002' },
          { id: 'w2', from_user_id: 'IN.Mina3' },
        ],
      }),
    );
    expect(messages.map(({ sender }) => sender)).toStrictEqual([
      { bsuid: 'IN.Ravi2', phone: '919000000002', profileName: 'Ravi' },
      { bsuid: 'IN.Mina3', phone: '919000000003', profileName: 'Mina' },
    ]);
  });

  test('takes the only contact when the message has no id at all', () => {
    const { messages } = parseWebhook(post({ contacts: [ravi], messages: [{ id: 'w1' }] }));
    expect(messages[0]?.sender).toStrictEqual({
      bsuid: 'IN.Ravi2',
      phone: '919000000002',
      profileName: 'Ravi',
    });
  });

  test('takes the name of the only contact when that has no id', () => {
    const { messages } = parseWebhook(
      post({ contacts: [{ profile: { name: 'Ravi' } }], messages: [{ id: 'w1', from: phone }] }),
    );
    expect(messages[0]?.sender).toStrictEqual({ phone, profileName: 'Ravi' });
  });

  test('never takes a contact of somebody else', () => {
    const { messages } = parseWebhook(
      post({ contacts: [ravi], messages: [{ id: 'w1', from: phone, from_user_id: bsuid }] }),
    );
    expect(messages[0]?.sender).toStrictEqual({ bsuid, phone });
  });

  test('is nobody when two messages without ids come with one contact', () => {
    const parsed = parseWebhook(post({ contacts: [ravi], messages: [{ id: 'w1' }, { id: 'w2' }] }));
    expect(parsed.messages).toEqual([]);
    expect(parsed.ignored.map(({ reason }) => reason)).toEqual([
      'message without sender',
      'message without sender',
    ]);
  });

  test('is a BSUID where Meta put one into "from" and "wa_id"', () => {
    const { messages } = parseWebhook(
      post({
        contacts: [{ profile: { name: 'Asha Devi' }, wa_id: bsuid }],
        messages: [{ id: 'w1', from: bsuid }],
      }),
    );
    expect(messages[0]?.sender).toStrictEqual({ bsuid, profileName: 'Asha Devi' });
  });

  test('keeps the BSUID of the parent portfolio', () => {
    const { messages } = parseWebhook(
      post({
        messages: [{ id: 'w1', from_user_id: bsuid, from_parent_user_id: 'IN.ENT.11815799212886844830' }],
      }),
    );
    expect(messages[0]?.sender).toStrictEqual({ bsuid, parentBsuid: 'IN.ENT.11815799212886844830' });
  });

  test.each(['1234', '1234567890123456', '91 98765', 'in.abc', 'IND.abc', 'IN.', 'IN.a-b'])(
    'is nobody when the id is %s',
    (from) => {
      expect(parseWebhook(post({ messages: [{ id: 'w1', from, type: 'text' }] })).ignored).toEqual([
        { reason: 'message without sender', type: 'text' },
      ]);
    },
  );
});

describe('a batch', () => {
  test('of many entries, changes and messages is read whole and in order', () => {
    const change = (id: string): object => ({
      field: 'messages',
      value: {
        metadata: { phone_number_id: phoneNumberId },
        messages: [
          { id: `${id}a`, from: phone },
          { id: `${id}b`, from: phone },
        ],
      },
    });
    const parsed = parseWebhook({
      object: 'whatsapp_business_account',
      entry: [{ id: wabaId, changes: [change('1'), change('2')] }, { changes: [change('3')] }],
    });
    expect(parsed.messages.map(({ message }) => message.wamid)).toEqual(['1a', '1b', '2a', '2b', '3a', '3b']);
  });

  test('keeps the first of two messages with the same id, and counts the other', () => {
    const parsed = parseWebhook(
      post({
        messages: [
          { id: 'w1', from: phone, type: 'text', text: { body: 'first' } },
          { id: 'w1', from: phone, type: 'text', text: { body: 'second' } },
        ],
      }),
    );
    expect(parsed.messages.map(({ message }) => message.content)).toEqual([text('first')]);
    expect(parsed.ignored).toEqual([{ reason: 'message twice', type: 'text' }]);
  });

  test('loses nothing but its bad parts', () => {
    const parsed = parseWebhook({
      object: 'whatsapp_business_account',
      entry: [
        null,
        { id: 'no changes' },
        {
          id: wabaId,
          changes: [
            'odd',
            { field: 'messages', value: null },
            { field: 'messages', value: { messages: [{ id: 'lost', from: phone }] } },
            {
              field: 'messages',
              value: {
                metadata: { phone_number_id: phoneNumberId },
                contacts: 'odd',
                messages: [
                  7,
                  { from: phone },
                  { id: 'w1', from: phone, group_id: 'g', type: 'text' },
                  { id: 'w2', from: phone },
                ],
                statuses: [null, { id: 'w3', status: 'warning' }, { id: 'w3', status: 'read' }],
              },
            },
          ],
        },
      ],
    });
    expect(parsed.messages.map(({ message }) => message.wamid)).toEqual(['w2']);
    expect(parsed.statuses.map(({ wamid }) => wamid)).toEqual(['w3']);
    expect(parsed.ignored).toEqual([
      { reason: 'malformed entry' },
      { reason: 'malformed entry' },
      { reason: 'malformed change' },
      { reason: 'malformed change' },
      { reason: 'malformed change' },
      { reason: 'malformed message' },
      { reason: 'malformed message' },
      { reason: 'message in a group', type: 'text' },
      { reason: 'malformed status' },
      { reason: 'unknown status', type: 'warning' },
    ]);
  });

  test('of a thousand messages takes less than a second', () => {
    const messages = Array.from({ length: 1000 }, (_, index) => ({
      id: `w${index}`,
      from: phone,
      type: 'text',
    }));
    const start = performance.now();
    expect(parseWebhook(post({ messages })).messages).toHaveLength(1000);
    expect(performance.now() - start).toBeLessThan(1000);
  });
});

describe('a change of identity', () => {
  test('is read from the fixture, without contacts', () => {
    expect(parseWebhook(fixture('inbound', 'system_user_changed_number'))).toStrictEqual({
      ...nothing,
      identityChanges: [
        {
          phoneNumberId,
          wamid: 'wamid.HBgMOTE5ODc2NTQzMjEwFQIAEhgUM0FGSVhUVVJF0030',
          sentAt: 1_790_000_000,
          previous: { bsuid, phone },
          current: { bsuid: 'IN.NEW99', phone: '919876543299' },
        },
      ],
    });
  });

  test('is read without any phone', () => {
    const system = { type: 'user_changed_user_id', user_id: 'IN.NEW99', previous_user_id: bsuid };
    const parsed = parseWebhook(post({ messages: [{ id: 'w1', timestamp: '5', type: 'system', system }] }));
    expect(parsed.identityChanges).toStrictEqual([
      { phoneNumberId, wamid: 'w1', sentAt: 5, previous: { bsuid }, current: { bsuid: 'IN.NEW99' } },
    ]);
  });

  test.each([
    ['a new security code', { type: 'customer_identity_changed', user_id: bsuid }],
    ['a change to nothing', { type: 'user_changed_number', previous_user_id: bsuid }],
    ['a change to the same', { type: 'user_changed_number', user_id: bsuid, previous_user_id: bsuid }],
    ['nothing', undefined],
  ])('is not seen in %s', (_, system) => {
    const parsed = parseWebhook(post({ messages: [{ id: 'w1', type: 'system', system }] }));
    expect(parsed).toStrictEqual({ ...nothing, ignored: [{ reason: 'system message' }] });
  });
});

describe('a status', () => {
  const recipient = { bsuid, phone };
  const failed = (code: number, title: string, details: string): object => ({
    status: 'failed',
    recipient: { phone },
    errors: [{ code, title, details }],
  });
  const priced = (type: string, category: string, billable: boolean): object => ({
    pricing: { category, type, billable },
  });
  const statuses: Record<string, object> = {
    delivered_utility: { status: 'delivered', ...priced('regular', 'utility', true) },
    failed_131026: failed(131026, 'Message undeliverable', 'Message Undeliverable.'),
    failed_131042_payment: failed(
      131042,
      'Business eligibility payment issue',
      'Message failed to send because there were one or more errors related to your payment method.',
    ),
    failed_131047_window: failed(
      131047,
      'Re-engagement message',
      'Message failed to send because more than 24 hours have passed since the customer last replied to this number.',
    ),
    played: { status: 'played' },
    read: { status: 'read' },
    sent_fep_conversation: { status: 'sent', ...priced('free_entry_point', 'referral_conversion', false) },
    sent_free_customer_service: { status: 'sent', ...priced('free_customer_service', 'service', false) },
    sent_v24_service_billable: { status: 'sent', ...priced('regular', 'service', true) },
    with_biz_opaque: { status: 'sent', opaqueId: 'job:42' },
  };

  test.each(Object.entries(statuses))('is read from the fixture %s', (name, expected) => {
    expect(parseWebhook(fixture('status', name))).toStrictEqual({
      ...nothing,
      statuses: [
        { phoneNumberId, wamid: 'wamid.OUTBOUND1', at: 1_790_000_100, recipient, errors: [], ...expected },
      ],
    });
  });

  test('is tested for every status fixture there is', () => {
    expect([...Object.keys(statuses), 'payment_captured'].sort()).toEqual(fixtureNames('status').sort());
  });

  test('of a payment is a notice', () => {
    const parsed = parseWebhook(fixture('status', 'payment_captured'));
    expect(parsed.statuses).toEqual([]);
    expect(parsed.notices).toMatchObject([
      {
        field: 'messages.payment',
        wabaId,
        phoneNumberId,
        value: { payment: { reference_id: 'TLR-2026-000123-1' } },
      },
    ]);
  });

  test('is kept once for each message and state, and never for a group', () => {
    const parsed = parseWebhook(
      post({
        statuses: [
          { id: 'w1', status: 'delivered', timestamp: '7', recipient_id: bsuid, errors: [{ code: 'odd' }] },
          { id: 'w1', status: 'delivered', timestamp: '8' },
          { id: 'w1', status: 'read', timestamp: '9' },
          { id: 'w2', status: 'sent', recipient_type: 'group' },
        ],
      }),
    );
    expect(parsed.statuses).toStrictEqual([
      { phoneNumberId, wamid: 'w1', status: 'delivered', at: 7, recipient: { bsuid }, errors: [] },
      { phoneNumberId, wamid: 'w1', status: 'read', at: 9, recipient: {}, errors: [] },
    ]);
    expect(parsed.ignored).toEqual([
      { reason: 'status twice', type: 'delivered' },
      { reason: 'message in a group', type: 'sent' },
    ]);
  });

  test('beats a lower one only, so every order of arrival ends in the same state', () => {
    expect(advances('accepted', 'sent')).toBe(true);
    expect(advances('sent', 'failed')).toBe(true);
    expect(advances('accepted', 'failed')).toBe(true);
    expect(advances('delivered', 'failed')).toBe(false);
    expect(advances('delivered', 'sent')).toBe(false);
    expect(advances('read', 'read')).toBe(false);
    expect(advances('sent', 'read')).toBe(true);
    const settle = (order: readonly DeliveryState[]): string =>
      order.reduce<'accepted' | DeliveryState>((from, to) => (advances(from, to) ? to : from), 'accepted');
    for (const one of deliveryStates) {
      for (const other of deliveryStates) expect(settle([one, other])).toBe(settle([other, one]));
    }
  });
});

describe('a notice', () => {
  // A username and the gateway's name of a merchant account are left out: nobody needs them to act.
  const leftOut = ['username', 'provider_mid'];
  test.each(fixtureNames('account'))('keeps what operators need of the fixture %s', (name) => {
    const body = fixture('account', name) as { entry: [{ changes: [{ field: string; value: object }] }] };
    const [{ field, value: raw }] = body.entry[0].changes;
    const value = Object.fromEntries(Object.entries(raw).filter(([key]) => !leftOut.includes(key)));
    expect(parseWebhook(body)).toStrictEqual({ ...nothing, notices: [{ field, value, people: [], wabaId }] });
  });

  test('names people by their ids alone, beside what is kept', () => {
    const [payment] = parseWebhook(fixture('status', 'payment_captured')).notices;
    expect(payment?.people).toEqual(['919876543210']);
    expect(JSON.stringify(payment?.value)).not.toContain('919876543210');
  });

  test('is made of errors that belong to no message', () => {
    const errors = [{ code: 130429, title: 'Rate limit hit' }];
    expect(parseWebhook(post({ errors }))).toStrictEqual({
      ...nothing,
      notices: [{ field: 'messages.errors', value: errors, people: [], wabaId, phoneNumberId }],
    });
  });
});

describe('a body that is no webhook of WhatsApp', () => {
  test.each([
    ['nothing', undefined],
    ['null', null],
    ['a text', 'x'],
    ['a list', []],
    ['of another object', { object: 'page', entry: [] }],
    ['without entries', { object: 'whatsapp_business_account' }],
    ['with odd entries', { object: 'whatsapp_business_account', entry: {} }],
  ])('is refused: %s', (_, body) => {
    expect(() => parseWebhook(body)).toThrow(NotAWebhookError);
  });

  test('is not the empty one, which is merely empty', () => {
    expect(parseWebhook({ object: 'whatsapp_business_account', entry: [] })).toStrictEqual(nothing);
  });
});

describe('a damaged webhook', () => {
  const bodies = (['inbound', 'status', 'account'] as const).flatMap((folder) =>
    fixtureNames(folder).map((name) => fixture(folder, name)),
  );

  test('never throws anything but the named error, whatever is missing or odd', () => {
    const random = generator(20261122);
    for (let round = 0; round < 4000; round += 1) {
      const body = structuredClone(bodies[Math.floor(random() * bodies.length)]);
      for (let damage = 0; damage < 1 + 3 * random(); damage += 1) mutate(body, random);
      try {
        const parsed = parseWebhook(body);
        // The result survives JSON, as a workflow's history and a database's column need.
        expect(JSON.parse(JSON.stringify(parsed))).toStrictEqual(parsed);
        for (const { sender } of parsed.messages) expect(sender.bsuid ?? sender.phone).toBeTypeOf('string');
      } catch (error) {
        if (!(error instanceof NotAWebhookError)) throw error;
      }
    }
  });
});

/** A post with one change of the field `messages`. */
function post(value: object): unknown {
  const change = { field: 'messages', value: { metadata: { phone_number_id: phoneNumberId }, ...value } };
  return { object: 'whatsapp_business_account', entry: [{ id: wabaId, changes: [change] }] };
}

/** Mulberry32: the same numbers on every run. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const oddities = [null, true, 0, -1, 1e300, '', 'x', '\0', '\uDC00', [], {}, [[]], [null], { id: {} }, '٣'];

/** Deletes or replaces one node somewhere below `root`. */
function mutate(root: unknown, random: () => number): void {
  const nodes: [holder: Record<string, unknown>, key: string][] = [];
  const collect = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    for (const [key, child] of Object.entries(node)) {
      nodes.push([node as Record<string, unknown>, key]);
      collect(child);
    }
  };
  collect(root);
  const [holder, key] = nodes[Math.floor(random() * nodes.length)] ?? [];
  if (holder === undefined || key === undefined) return;
  if (random() < 0.6) holder[key] = structuredClone(oddities[Math.floor(random() * oddities.length)]);
  else if (Array.isArray(holder)) holder.splice(Number(key), 1);
  else Reflect.deleteProperty(holder, key);
}
