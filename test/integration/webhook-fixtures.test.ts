/** Every payload that Meta documents, through the real webhook: what is answered, what is kept. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { waitFor } from '../../sandbox/wait.ts';
import { answerReader, type Heard } from '../support/answers.ts';
import { startTown, type Town } from '../support/town.ts';
import { newWamid, textWebhook, type Person } from '../support/webhooks.ts';
import { fixture, fixtureNames, freshFixture } from '../unit/whatsapp-fixtures.ts';

let town: Town;
let read: (text: string) => Heard;
/** The place in the outbound journal up to which answers were looked at. */
let seen = 0;

/** The citizen of the fixtures; the sandbox does not know her, so her answers arrive nowhere. */
const asha: Person = { phone: '919876543210', bsuid: 'IN.13491208655302741918' };

beforeAll(async () => {
  town = await startTown();
  read = answerReader(town.house.env);
});
afterAll(() => town.stop());

/** What was said since this was asked before. */
async function saidSince(): Promise<string[]> {
  const messages = await town.sent(seen);
  seen = messages.at(-1)?.seq ?? seen;
  return messages.map(({ text }) => {
    const { key, note } = read(text);
    return note === undefined ? key : `${key}: ${note}`;
  });
}

/** Citizens with what they are called now. */
const everybody = `(
  select c.*, p.value as phone, b.value as bsuid from citizens c
    left join citizen_ids p on p.citizen_id = c.id and p.kind = 'phone' and p.until is null
    left join citizen_ids b on b.citizen_id = c.id and b.kind = 'bsuid' and b.until is null) everybody`;

async function citizenBy(column: 'phone' | 'bsuid', value: string | undefined): Promise<string | undefined> {
  const rows = await town.rows<{ id: string }>(
    `select citizen_id as id from citizen_ids where kind = $1::citizen_id_kind and value = $2 and until is null`,
    [column, value],
  );
  return rows[0]?.id;
}

const answers: Readonly<Record<string, string>> = {
  text: 'menu',
  text_ctwa_referral: 'menu',
  text_hindi: 'askNumber.licence',
  text_pre_bsuid: 'menu',
  text_reply_context: 'menu: notUnderstood',
  text_username_no_phone: 'menu',
  button_template_quick_reply: 'stopped',
  interactive_button_reply: 'menu: staleTap',
  interactive_list_reply: 'menu: staleTap',
  interactive_nfm_reply_flow: 'menu: cannotUseThis',
  image: 'menu: typeFromPicture',
  video: 'menu: cannotSee',
  audio_voice: 'menu: cannotHear',
  document: 'menu: typeFromFile',
  sticker: 'menu: cannotUseSticker',
  location: 'menu: cannotUseLocation',
  contacts_contact_request: 'menu: cannotUseContact',
  unsupported: 'menu: cannotUseThis',
};
const silent = ['reaction', 'reaction_removed', 'system_user_changed_number'];

describe('what a citizen sends', () => {
  test('no fixture is forgotten here', () => {
    expect([...Object.keys(answers), ...silent].sort()).toEqual(fixtureNames('inbound').sort());
  });

  test.each(Object.entries(answers))('%s is answered with %s', async (name, answer) => {
    expect((await town.post(freshFixture('inbound', name))).status).toBe(200);
    await waitFor('an answer', async () => (await town.sent(seen)).length > 0);
    await town.settled();
    expect(await saidSince()).toEqual([answer]);
    const [message] = await town.rows('select text_key from messages order by begun_at desc limit 1');
    expect(message).toEqual({ text_key: answer.split(':')[0] });
  });

  test('reactions are taken and not answered', async () => {
    for (const name of silent.slice(0, 2))
      expect((await town.post(freshFixture('inbound', name))).status).toBe(200);
    await town.settled();
    expect(await saidSince()).toEqual([]);
  });

  test('with a number, without one, before and after they had an id: it was the same citizen', async () => {
    const citizens = await town.rows(`select phone, bsuid, username, profile_name from ${everybody}`);
    expect(citizens).toEqual([{ ...asha, username: 'asha.devi', profile_name: 'Asha Devi' }]);
  });
});

describe('what becomes of our own messages', () => {
  test('no fixture is forgotten here', () => {
    const told = steps.map(([name]) => name);
    expect(fixtureNames('status').sort()).toEqual([...new Set(told), 'payment_captured'].sort());
  });

  const steps = [
    ['with_biz_opaque', 'sent'],
    ['failed_131026', 'failed'],
    ['sent_free_customer_service', 'failed'],
    ['delivered_utility', 'delivered'],
    ['failed_131047_window', 'delivered'],
    ['sent_v24_service_billable', 'delivered'],
    ['failed_131042_payment', 'delivered'],
    ['read', 'read'],
    ['delivered_utility', 'read'],
    ['played', 'played'],
    ['sent_fep_conversation', 'played'],
    ['read', 'played'],
  ] as const;

  test('statuses move a message forward and never back, in whatever order they come', async () => {
    await town.rows(
      `insert into messages (id, citizen_id, about, about_id, text_key, kind, state, wamid)
       select 'a-test', citizen_id, 'conversation', citizen_id, 'menu', 'list', 'accepted', 'wamid.OUTBOUND1'
       from citizen_ids where value = $1`,
      [asha.bsuid],
    );
    const states: unknown[] = [];
    for (const [name] of steps) {
      expect((await town.post(fixture('status', name))).status).toBe(200);
      const [row] = await town.rows<{ state: string }>("select state from messages where id = 'a-test'");
      states.push([name, row?.state]);
    }
    expect(states).toEqual(steps);
  });

  test('no status wakes a conversation', async () => {
    await town.settled();
    expect(await saidSince()).toEqual([]);
  });
});

describe('what WhatsApp tells about the account', () => {
  test('every notice is kept once, however often it comes', async () => {
    const notices = [
      ...fixtureNames('account').map((name) => fixture('account', name)),
      fixture('status', 'payment_captured'),
    ];
    for (const notice of [...notices, ...notices]) expect((await town.post(notice)).status).toBe(200);
    const kept = await town.rows<{ field: string }>('select field from notices order by field');
    expect(kept.map(({ field }) => field)).toEqual([
      'account_update',
      'account_update',
      'business_username_update',
      'messages.payment',
      'payment_configuration_update',
      'phone_number_quality_update',
    ]);
    await town.settled();
    expect(await saidSince()).toEqual([]);
  });
});

test('a notice about somebody is kept without their name, number and ids', async () => {
  const contacts = [{ profile: { name: 'Asha Devi' }, wa_id: asha.phone, user_id: asha.bsuid }];
  const wish = { wa_id: asha.phone, user_id: asha.bsuid, detail: 'by Asha', category: 'marketing_messages' };
  const value = { contacts, user_preferences: [{ ...wish, value: 'stop', timestamp: 1731705721 }] };
  const entry = [{ id: '102290129340398', changes: [{ field: 'user_preferences', value }] }];
  expect((await town.post({ object: 'whatsapp_business_account', entry })).status).toBe(200);
  const kept = await town.rows("select value, citizens from notices where field = 'user_preferences'");
  expect(kept).toEqual([
    {
      value: { user_preferences: [{ category: 'marketing_messages', value: 'stop', timestamp: 1731705721 }] },
      citizens: [await citizenBy('bsuid', asha.bsuid)],
    },
  ]);
  const all = await town.rows('select value from notices');
  for (const secret of [asha.phone, asha.bsuid, 'Asha']) expect(JSON.stringify(all)).not.toContain(secret);
});

describe('who a citizen is', () => {
  test('a number change is followed, also when it is told twice, and not answered', async () => {
    const before = await citizenBy('bsuid', asha.bsuid);
    for (let time = 0; time < 2; time += 1) {
      const { status } = await town.post(freshFixture('inbound', 'system_user_changed_number'));
      expect(status).toBe(200);
    }
    expect(await town.rows(`select id, phone from ${everybody} where bsuid = $1`, ['IN.NEW99'])).toEqual([
      { id: before, phone: '919876543299' },
    ]);
    expect(await town.rows('select kind from identity_events where citizen_id = $1', [before])).toEqual([
      { kind: 'changed' },
    ]);
    await town.settled();
    expect(await saidSince()).toEqual([]);
    // Who now writes from her old number is somebody else.
    await town.say({ phone: asha.phone }, 'hi');
    expect(await citizenBy('phone', asha.phone)).not.toBe(before);
  });

  test('a citizen whose number changes goes on in the same chat', async () => {
    await town.sandbox('POST', 'citizens/ananya/messages', { text: 'English' });
    await waitFor('an answer', async () => (await town.heard('ananya')).length === 1);
    const { phone, bsuid } = await town.sandbox<Person>('GET', 'citizens/ananya');
    const before = await citizenBy('phone', phone);
    await town.sandbox('POST', 'citizens/ananya/messages', { changeNumber: true });
    await waitFor('the change', async () => (await citizenBy('phone', phone)) === undefined);
    await town.sandbox('POST', 'citizens/ananya/messages', { text: 'status' });
    await waitFor('an answer', async () => (await town.heard('ananya')).length === 2);
    expect(await town.heard('ananya')).toEqual([
      { key: 'menu', language: 'en', note: 'languageSet' },
      { key: 'status', language: 'en' },
    ]);
    const after = await town.sandbox<Person>('GET', 'citizens/ananya');
    expect(after.bsuid).not.toBe(bsuid);
    expect(await citizenBy('bsuid', after.bsuid)).toBe(before);
  });

  test('a citizen who shows no number is answered', async () => {
    await town.sandbox('POST', 'citizens/mita/messages', { text: 'help' });
    await waitFor('an answer', async () => (await town.heard('mita')).length === 1);
    expect(await town.heard('mita')).toEqual([{ key: 'help', language: 'bn' }]);
    const { bsuid } = await town.sandbox<Person>('GET', 'citizens/mita');
    expect(await town.rows(`select phone, username from ${everybody} where bsuid = $1`, [bsuid])).toEqual([
      { phone: null, username: 'mita.sen' },
    ]);
  });

  test('a citizen known by number is the same when their id appears', async () => {
    const phone = '919830000011';
    await town.say({ phone }, 'hi');
    const before = await citizenBy('phone', phone);
    await town.say({ phone, bsuid: 'IN.9830000011' }, 'hi');
    await town.say({ bsuid: 'IN.9830000011' }, 'hi');
    expect(before).toBeDefined();
    expect(await citizenBy('bsuid', 'IN.9830000011')).toBe(before);
    expect(await town.rows(`select from ${everybody} where phone = $1`, [phone])).toHaveLength(1);
  });

  test('a number that was given to another person brings a new citizen, and nothing of the old one', async () => {
    const phone = '919830000012';
    await town.say({ phone, bsuid: 'IN.1111' }, 'English');
    await town.settled();
    const wamid = newWamid();
    await town.post(textWebhook([{ by: { phone, bsuid: 'IN.2222' }, text: 'hi', wamid }]));
    await town.settled();
    const rows = await town.rows(
      `select bsuid, phone, language from ${everybody} where bsuid in ('IN.1111', 'IN.2222') order by bsuid`,
    );
    expect(rows).toEqual([
      { bsuid: 'IN.1111', phone: null, language: 'en' },
      { bsuid: 'IN.2222', phone, language: null },
    ]);
    expect((await town.sent()).map(({ text }) => read(text)).at(-1)).toEqual({
      key: 'menu',
      language: 'bn',
    });
  });
});

test('only what a person must mend was an error to the API and the worker', async () => {
  const told = (await town.errors()).map((line) => JSON.parse(line) as { code: number });
  expect(told.map(({ code }) => code)).toEqual([131042]);
});
