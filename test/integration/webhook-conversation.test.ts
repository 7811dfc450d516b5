/** Whole conversations through raw webhooks: what the citizen reads, and what nobody else can. */
import proto from '@temporalio/proto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CitizenId } from '../../domain/citizen.ts';
import { workflowId } from '../../domain/entities.ts';
import type { Citizen } from '../../sandbox/graph/model.ts';
import { waitFor } from '../../sandbox/wait.ts';
import { searchAttributes } from '../../workflows/search-attributes.ts';
import { startTown, type Town } from '../support/town.ts';
import { newWamid, textWebhook } from '../support/webhooks.ts';

let town: Town;
/** What citizens wrote, in their own words, for the search at the end. */
const written: string[] = [];

beforeAll(async () => {
  // Whoever looks for a fault in a log sees the most: that is what must not tell who somebody is.
  town = await startTown({ env: { LOG_LEVEL: 'debug' } });
});
afterAll(() => town.stop());

/** Says it and waits for the answers to everything said so far. */
async function say(citizen: Citizen, ...texts: readonly string[]): Promise<void> {
  for (const text of texts) {
    written.push(text);
    const before = (await town.heard(citizen.id)).length;
    expect((await town.say(citizen, text)).status).toBe(200);
    await waitFor(`an answer to ${text}`, async () => (await town.heard(citizen.id)).length > before);
  }
  await town.settled();
}

async function idOf({ bsuid }: Citizen): Promise<CitizenId> {
  const [row] = await town.rows<{ id: CitizenId }>(
    'select citizen_id as id from citizen_ids where value = $1',
    [bsuid],
  );
  return row?.id ?? ('' as CitizenId);
}

/** The history as Temporal keeps it: not decrypted. */
async function rawHistory(citizen: Citizen): Promise<proto.temporal.api.history.v1.IHistory> {
  const { history } = await town.temporal.workflowService.getWorkflowExecutionHistory({
    namespace: town.temporal.options.namespace,
    execution: { workflowId: workflowId('conversation', await idOf(citizen)) },
  });
  return history ?? {};
}

async function eventTypes(citizen: Citizen): Promise<string[]> {
  const { events } = await rawHistory(citizen);
  return (events ?? []).map(({ eventType }) =>
    String(proto.temporal.api.enums.v1.EventType[eventType ?? 0]).replace('EVENT_TYPE_', ''),
  );
}

describe('a conversation', () => {
  test.each([
    ['বাংলা', 'সম্পর্কে', 'bn'],
    ['English', 'about', 'en'],
    ['हिन्दी', 'जानकारी', 'hi'],
  ] as const)('from "hi" over "%s" to "%s"', async (languageName, about, language) => {
    const citizen = await town.inviteOne();
    await say(citizen, 'hi', languageName, about);
    expect(await town.heard(citizen.id)).toEqual([
      { key: 'menu', language: 'bn' },
      { key: 'menu', language, note: 'languageSet' },
      { key: 'about', language },
    ]);
    expect(await town.rows('select language from citizens where id = $1', [await idOf(citizen)])).toEqual([
      { language },
    ]);
  });

  test('the same webhook, twice at once and again later, is answered once', async () => {
    const citizen = await town.inviteOne();
    const webhook = textWebhook([{ by: citizen, text: 'help', wamid: newWamid() }]);
    const atOnce = await Promise.all([town.post(webhook), town.post(webhook)]);
    await town.settled();
    const later = await town.post(webhook);
    await town.settled();
    expect([...atOnce, later].map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(await town.heard(citizen.id)).toEqual([{ key: 'help', language: 'bn' }]);
    expect(await town.rows('select from outbox where subject = $1', [await idOf(citizen)])).toHaveLength(1);
  });

  test('ten messages in quick succession are answered in their order, once each', async () => {
    const citizen = await town.inviteOne();
    const words = ['help', 'status', 'hi', 'about', 'help', 'hi', 'status', 'about', 'help', 'hi'];
    for (const word of words) await town.say(citizen, word);
    await town.settled();
    const keys = (await town.heard(citizen.id)).map(({ key }) => key);
    expect(keys).toEqual(words.map((word) => (word === 'hi' ? 'menu' : word)));
  });

  test('"stop" and "start" are recorded with the words and the message', async () => {
    const citizen = await town.inviteOne();
    await say(citizen, 'STOP', 'চালু');
    expect((await town.heard(citizen.id)).map(({ key }) => key)).toEqual(['stopped', 'started']);
    const consents = await town.rows(
      `select granted, words, exists (
         select from outbox i where i.subject = citizen_id and digest_of(i.payload ->> 'wamid') = wamid_digest
       ) as its_message from consents where citizen_id = $1 order by id`,
      [await idOf(citizen)],
    );
    expect(consents).toEqual([
      { granted: false, words: 'STOP', its_message: true },
      { granted: true, words: 'চালু', its_message: true },
    ]);
  });

  test('a turn with a look-up and an answer costs at most seven events', async () => {
    const citizen = await town.inviteOne();
    await say(citizen, 'hi');
    const before = (await eventTypes(citizen)).length;
    await say(citizen, 'English');
    const turn = (await eventTypes(citizen)).slice(before);
    process.stdout.write(`one turn: ${turn.join(', ')}\n`);
    expect(turn.length).toBeGreaterThan(0);
    expect(turn.length).toBeLessThanOrEqual(7);
  });
});

describe('what Temporal and the logs know', () => {
  const words = 'আমার বাবার বাড়ির কর বাকি, মোবাইল নম্বর বদলেছি 9000000199';
  let citizen: Citizen;

  beforeAll(async () => {
    citizen = await town.inviteOne();
    await say(citizen, words, 'about');
    // Errors quote, too.
    await town.faults({ failNext: 2, failWith: 'http500' });
    await say(citizen, words, 'status');
    await town.faults({ failNext: 2, failWith: '131056' });
    await say(citizen, 'STOP');
    await town.sandbox('POST', `citizens/${citizen.id}/messages`, { text: 'help' });
    await waitFor('an answer', async () => (await town.heard(citizen.id)).at(-1)?.key === 'help');
    await town.settled();
  });

  async function secrets(): Promise<string[]> {
    const { citizens } = await town.sandbox<{ citizens: Citizen[] }>('GET', 'citizens');
    const tokens = [
      'WHATSAPP_ACCESS_TOKEN',
      'WHATSAPP_APP_SECRET',
      'WHATSAPP_VERIFY_TOKEN',
      'PAYLOAD_KEYS',
      'DATABASE_URL',
    ].map((name) => town.house.env[name] ?? name);
    return [
      ...citizens.flatMap(({ phone, bsuid, name }) => [phone, bsuid, name]),
      ...written.filter((text) => text.length > 8),
      ...tokens,
      '9000000199',
      'কর বাকি',
      'কলকাতা পুরসভা',
    ];
  }

  /** How a text looks inside Base64, wherever it begins: a WhatsApp id hides the number that way. */
  const inBase64 = (text: string): string[] =>
    [0, 1, 2].map((offset) => {
      const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(text)]);
      // Six bits a character; those at either end that hold bits of a neighbour are left out.
      return bytes.toString('base64').slice(Math.ceil((offset * 8) / 6), Math.floor((bytes.length * 8) / 6));
    });

  /** Those of the secrets that stand in these bytes. */
  async function found(bytes: Uint8Array): Promise<string[]> {
    const haystack = Buffer.from(bytes);
    return (await secrets()).filter((secret) =>
      [secret, ...inBase64(secret)].some((form) => haystack.includes(form)),
    );
  }

  test('the search finds what is there', async () => {
    const { messages } = await town.sandbox<{ messages: { wamid: string }[] }>(
      'GET',
      `citizens/${citizen.id}/chat`,
    );
    expect(await found(Buffer.from(`before ${words} after`))).toContain(words);
    expect(await found(Buffer.from(messages.at(-1)?.wamid ?? ''))).toContain(citizen.phone);
  });

  test('the history holds nothing that a citizen wrote or read, nor who they are', async () => {
    const history = await rawHistory(citizen);
    const bytes = proto.temporal.api.history.v1.History.encode(history).finish();
    expect(Buffer.from(bytes).toString('latin1')).toContain('binary/encrypted');
    expect(await eventTypes(citizen)).toContain('ACTIVITY_TASK_COMPLETED');
    expect(await found(bytes)).toEqual([]);
  });

  test('nor do ids and search attributes, which everybody sees who may look at Temporal', async () => {
    const listed = await town.temporal.workflowService.listWorkflowExecutions({
      namespace: town.temporal.options.namespace,
    });
    expect(listed.executions.length).toBeGreaterThan(0);
    const bytes =
      proto.temporal.api.workflowservice.v1.ListWorkflowExecutionsResponse.encode(listed).finish();
    expect(await found(bytes)).toEqual([]);
    const { typedSearchAttributes } = await town.temporal.workflow
      .getHandle(workflowId('conversation', await idOf(citizen)))
      .describe();
    expect(typedSearchAttributes.get(searchAttributes.citizenId)).toBe(await idOf(citizen));
    expect(typedSearchAttributes.get(searchAttributes.service)).toBe('receipts');
    expect(typedSearchAttributes.get(searchAttributes.needsAttention)).toBe(false);
  });

  test('what a constraint refuses is set aside', async () => {
    // Postgres quotes the whole row when a check fails.
    await town.rows('alter table citizens add constraint closed check (false) not valid');
    expect((await town.say(citizen, words)).status).toBe(200);
    await town.rows('alter table citizens drop constraint closed');
    expect((await town.errors()).at(-1)).toContain('cannot be stored and were set aside');
    expect(await town.rows('select source, reason from set_aside')).toEqual([
      { source: 'message', reason: '23514' },
    ]);
  });

  test('what a full database refuses is answered with 503, and taken when it no longer does', async () => {
    const webhook = textWebhook([{ by: citizen, text: words }]);
    await town.rows(
      `create function refuse() returns trigger language plpgsql as $$
       begin raise exception 'no room' using errcode = 'disk_full', detail = new::text; end $$`,
    );
    await town.rows(
      'create trigger full_up before insert or update on citizens for each row execute function refuse()',
    );
    expect((await town.post(webhook)).status).toBe(503);
    await town.rows('drop function refuse cascade');
    expect((await town.post(webhook)).status).toBe(200);
    expect((await town.errors()).at(-1)).toContain('cannot write a webhook down');
    await town.settled();
  });

  test('nor do the logs, even the most talkative ones', async () => {
    for (const name of ['api', 'worker', 'sandbox'] as const) {
      const log = await town.log(name);
      expect(log.trim().split('\n')).toSatisfy((lines: string[]) =>
        lines.every((line) => /^{.*}$/.test(line)),
      );
      expect(await found(Buffer.from(log))).toEqual([]);
    }
  });

  test('nor do the metrics', async () => {
    const api = await (await fetch(town.apiMetricsUrl)).text();
    const worker = await fetch(`http://127.0.0.1:${town.house.env['METRICS_PORT'] ?? ''}/metrics`);
    expect(await found(Buffer.from(`${api}${await worker.text()}`))).toEqual([]);
  });
});
