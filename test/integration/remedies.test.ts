/** What becomes of a message that WhatsApp refuses, at once or in a later status: it is told in another form, or a person is. */
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ApplicationFailure } from '@temporalio/common';
import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { createReplyActivities, type ReplyMessage, type Sent } from '../../activities/replies.ts';
import { openCases } from '../../database/cases.ts';
import type { Database } from '../../database/connection.ts';
import { applyStatuses, releaseMessages } from '../../database/messages.ts';
import { acceptMessages } from '../../database/outbox.ts';
import type { CitizenId } from '../../domain/citizen.ts';
import { paise } from '../../domain/money.ts';
import type { Reply } from '../../domain/reply.ts';
import { createLogger } from '../../platform/log.ts';
import { createOutboundMetrics, createRegistry } from '../../platform/metrics.ts';
import type { CorporationFacts } from '../../texts/words.ts';
import { createWhatsAppClient } from '../../whatsapp/client.ts';
import { errorTable, mayGoAgain, remedyFor } from '../../whatsapp/errors.ts';
import { sha256 } from '../../whatsapp/media.ts';
import { migratedDatabase } from '../support/database.ts';

type Wire = Readonly<Record<string, unknown>>;

let db: Database;
let server: Server;
let sendReply: (message: ReplyMessage) => Promise<Sent>;
/** What WhatsApp answers the next sends with: an error's code each; beyond that it takes everything. */
let refusals: number[] = [];
let sent: Wire[] = [];
let uploads = 0;
const place = { bn: 'একটি অফিস', en: 'an office', hi: 'एक दफ़्तर' };
const facts: CorporationFacts = {
  number: '83359 99111',
  office: place,
  hours: place,
  complaints: place,
  licences: place,
  publicUrl: 'https://kmc.example',
};
const hour = 3_600_000;
const pdf = Buffer.from('%PDF-1.4 a receipt');

beforeAll(async () => {
  db = await migratedDatabase(inject('databaseUrl'), 4);
  server = createServer((request, response) => {
    void readAll(request).then((body) => {
      const answer = (status: number, value: unknown): void => {
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
      };
      const path = request.url ?? '';
      if (path.endsWith('/file')) response.end(pdf);
      else if (request.method === 'GET') {
        answer(200, { url: `http://${request.headers.host ?? ''}/file`, sha256: sha256(pdf) });
      } else if (path.endsWith('/media')) {
        uploads += 1;
        answer(200, { id: `upload-${uploads}` });
      } else {
        sent.push(JSON.parse(body) as Wire);
        const code = refusals.shift();
        if (code === undefined) answer(200, { messages: [{ id: `wamid.${randomUUID()}` }] });
        else answer(400, { error: { code, message: 'refused by a test' } });
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const activities = createReplyActivities({
    db,
    whatsapp: createWhatsAppClient({
      apiUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      phoneNumberId: '106540352242922',
      accessToken: 'EAAG-test',
    }),
    facts,
    metrics: createOutboundMetrics(createRegistry()),
    log: createLogger('test', 'silent'),
    unknownWaitMs: 1_000,
    windowMs: 24 * hour,
  });
  sendReply = (message) => activities.sendReply(message);
});
afterAll(async () => {
  await new Promise((resolve) => server.close(resolve));
  await db.end();
});
beforeEach(() => {
  refusals = [];
  sent = [];
});

async function readAll(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}

/** Somebody who last wrote so many hours ago. */
async function citizen(
  hoursAgo = 0,
  { phone = `9198${String(Math.random()).slice(2, 10)}` as string | null, optedOut = false } = {},
): Promise<CitizenId> {
  const { rows } = await db.query<{ id: CitizenId }>(
    `select resolve_citizen($1, null, $2, null, null, now() - $3 * interval '1 hour') as id`,
    [`IN.${randomUUID().replaceAll('-', '')}`, phone, hoursAgo],
  );
  const id = rows[0]?.id as CitizenId;
  if (optedOut) await db.query('update citizens set opted_out_at = now() where id = $1', [id]);
  return id;
}

const payment = { service: 'propertyTax', accountNumber: '110630100011', amount: paise(118_000) } as const;
const receipt: Reply = {
  key: 'receipt',
  params: { ...payment, number: 'WA-2026-27-000001', mediaId: 'upload-0', filename: 'receipt.pdf' },
};

function messageFor(citizenId: CitizenId, reply: Reply = receipt): ReplyMessage {
  const id = randomUUID();
  return { messageId: `${id}-x`, about: { entity: 'payment', id }, citizenId, language: 'en', reply };
}

interface End {
  readonly outcome: Sent['outcome'] | 'waits';
  /** How long until the next try, in milliseconds. */
  readonly waitMs?: number;
}

/** Tries as Temporal would, without the waiting, until it ends or the next try is more than 50 s away. */
async function tell(message: ReplyMessage, scheduledTimestampMs = Date.now()): Promise<End> {
  const logger = new DefaultLogger('ERROR');
  for (let attempt = 1; attempt <= 12; attempt += 1) {
    const env = new MockActivityEnvironment({ isLocal: false, attempt, scheduledTimestampMs }, { logger });
    try {
      return { outcome: (await env.run<[ReplyMessage], Sent, typeof sendReply>(sendReply, message)).outcome };
    } catch (error) {
      if (!(error instanceof ApplicationFailure)) throw error;
      const waitMs = Number(error.nextRetryDelay ?? 0);
      if (waitMs > 50_000) return { outcome: 'waits', waitMs };
    }
  }
  throw new Error('it never ended');
}

/** WhatsApp's status about the last send of a message. @returns whether its workflow is told to try again */
async function status(
  { messageId }: ReplyMessage,
  word: 'failed' | 'delivered',
  code?: number,
): Promise<boolean> {
  const { rows } = await db.query<{ wamid: string }>('select wamid from messages where id = $1', [messageId]);
  const wamid = rows[0]?.wamid ?? '';
  const remedy = remedyFor(code);
  const failure = {
    code,
    meaning: remedy.meaning,
    again: mayGoAgain(remedy),
    optedOut: remedy.action === 'optedOut',
  };
  const at = Math.floor(Date.now() / 1000);
  return (
    await applyStatuses(db, [{ wamid, status: word, at, ...(word === 'failed' && { failure }) }])
  ).includes(wamid);
}

async function casesOf({ about }: ReplyMessage): Promise<{ reason: string; fact?: unknown }[]> {
  const open = await openCases(db);
  return open
    .filter(
      ({ kind, subject, subjectId }) =>
        kind === 'untold' && subject === about.entity && subjectId === about.id,
    )
    .map(({ reason }) => ({ reason }));
}

const kinds = (): unknown[] =>
  sent.map(({ type, template }) =>
    type === 'template'
      ? `${(template as { name: string }).name} ${(template as { language: { code: string } }).language.code}`
      : type,
  );

const codes = errorTable.flatMap((row) =>
  row.codes.map((code) => (typeof code === 'number' ? code : code[0])),
);

describe('whatever WhatsApp refuses for ever', () => {
  test.each(codes)('%i at once ends as something told, waited for, or shown to a person', async (code) => {
    const message = messageFor(await citizen());
    refusals = Array.from({ length: 40 }, () => code);
    const early = await tell(message).catch(() => ({ outcome: 'waits' }) as const);
    const end = early.outcome === 'waits' ? await tell(message, Date.now() - 80 * hour) : early;
    expect(end.outcome).toBe('untold');
    expect(await casesOf(message)).toHaveLength(1);
  });

  test.each(codes)('%i as a later status is tried again, and in the end shown to a person', async (code) => {
    const message = messageFor(await citizen());
    for (let time = 0; time < 5; time += 1) {
      const { outcome } = await tell(message, Date.now());
      if (outcome === 'untold') break;
      if (outcome === 'waits') {
        // A day later, or a minute: it goes, and fails again.
        if ((await tell(message)).outcome !== 'sent') break;
      }
      if (!(await status(message, 'failed', code))) break;
    }
    if (remedyFor(code).action === 'askPhone') return;
    expect(await casesOf(message)).toHaveLength(1);
    expect((await tell(message)).outcome).toBe('untold');
  });
});

describe('the closed window', () => {
  test.each(['at once', 'as a status'])('told %s, brings the approved template', async (when) => {
    const message = messageFor(await citizen());
    if (when === 'at once') refusals = [131047];
    expect((await tell(message)).outcome).toBe('sent');
    if (when !== 'at once') {
      expect(await status(message, 'failed', 131047)).toBe(true);
      expect((await tell(message)).outcome).toBe('sent');
    }
    expect(kinds()).toEqual(['document', 'payment_receipt en']);
    expect(await casesOf(message)).toEqual([]);
  });

  test('is judged by when the citizen wrote', async () => {
    const message = messageFor(await citizen(25));
    expect((await tell(message)).outcome).toBe('sent');
    expect(kinds()).toEqual(['payment_receipt en']);
  });

  test('leaves what has no template to a person, and a later delivery settles that', async () => {
    const message = messageFor(await citizen(25), { key: 'paymentInReview', params: payment });
    expect((await tell(message)).outcome).toBe('untold');
    expect(sent).toEqual([]);
    expect(await casesOf(message)).toEqual([{ reason: 'windowClosed' }]);
    await db.query('update citizens set last_inbound_at = now() where id = $1', [message.citizenId]);
    await releaseMessages(db, { about: message.about.entity, aboutId: message.about.id });
    expect((await tell(message)).outcome).toBe('sent');
    expect(await casesOf(message)).toHaveLength(1);
    await status(message, 'delivered');
    expect(await casesOf(message)).toEqual([]);
  });

  test('a template that is missing or paused is tried in another language', async () => {
    const message = { ...messageFor(await citizen(25)), language: 'hi' } as const;
    refusals = [132001];
    expect((await tell(message)).outcome).toBe('sent');
    expect(kinds()).toEqual(['payment_receipt hi', 'payment_receipt en']);
    const lost = messageFor(await citizen(25));
    refusals = [132015, 132015];
    expect((await tell(lost)).outcome).toBe('untold');
    expect(await casesOf(lost)).toEqual([{ reason: 'refused' }]);
  });
});

test.each(['at once', 'as a status'])(
  'a file that WhatsApp cannot use, told %s, is uploaded once more, and then the words go alone',
  async (when) => {
    const message = messageFor(await citizen());
    const before = uploads;
    if (when === 'at once') {
      refusals = [131053, 131053];
      expect((await tell(message)).outcome).toBe('sent');
    } else {
      for (const failures of [2, 1, 0]) {
        expect((await tell(message)).outcome).toBe('sent');
        if (failures > 0) expect(await status(message, 'failed', 131053)).toBe(true);
      }
    }
    expect(uploads).toBe(before + 1);
    expect(kinds()).toEqual(['document', 'document', 'text']);
    expect((sent[1]?.['document'] as { id: string }).id).toBe(`upload-${uploads}`);
    expect((sent[2]?.['text'] as { body: string }).body).toContain('WA-2026-27-000001');
    expect(await casesOf(message)).toEqual([]);
  },
);

/** A card comes from a citizen, and says of itself that it answers our request for their number. */
async function show(citizenId: CitizenId, shownPhone: string): Promise<void> {
  const { rows } = await db.query<{ value: string }>(
    `select value from citizen_ids where citizen_id = $1 and kind = 'bsuid'`,
    [citizenId],
  );
  const sender = { bsuid: rows[0]?.value ?? '' };
  const content = { kind: 'contacts', phones: [shownPhone], requested: true } as const;
  const message = { wamid: `wamid.${randomUUID()}`, sentAt: Math.floor(Date.now() / 1000), content };
  await acceptMessages(db, [{ sender, message, shownPhone }]);
}

const phonesOf = async (citizenId: CitizenId): Promise<string[]> => {
  const { rows } = await db.query<{ value: string }>(
    `select value from citizen_ids where citizen_id = $1 and kind = 'phone' and until is null`,
    [citizenId],
  );
  return rows.map(({ value }) => value);
};

test('a card that nobody asked for binds no number, and an answer binds one, once', async () => {
  const [stranger, owner] = [await citizen(0, { phone: null }), await citizen()];
  const [phone = ''] = await phonesOf(owner);
  await show(stranger, phone);
  expect(await phonesOf(stranger)).toEqual([]);
  refusals = [131062];
  await tell(messageFor(stranger));
  await show(stranger, '919830055501');
  expect(await phonesOf(stranger)).toEqual(['919830055501']);
  await show(stranger, '919830055502');
  await show(stranger, phone);
  expect(await phonesOf(stranger)).toEqual(['919830055501']);
  expect(await phonesOf(owner)).toEqual([phone]);
});

test('what needs a phone number asks for it, and goes when it is known', async () => {
  const message = messageFor(await citizen(0, { phone: null }));
  refusals = [131062];
  expect(await tell(message)).toEqual({ outcome: 'waits', waitMs: 60_000 });
  expect(kinds()).toEqual(['document', 'interactive']);
  expect(await casesOf(message)).toEqual([{ reason: 'phoneNeeded' }]);
  await show(message.citizenId, '919830011223');
  expect((await tell(message)).outcome).toBe('sent');
  expect(sent.at(-1)).toMatchObject({ to: '+919830011223', type: 'document' });
  await status(message, 'delivered');
  expect(await casesOf(message)).toEqual([]);
});

test('marketing that is held back is not tried again within a day', async () => {
  const message = messageFor(await citizen());
  refusals = [131049];
  expect(await tell(message)).toEqual({ outcome: 'waits', waitMs: 24 * hour });
  expect((await tell(message)).outcome).toBe('sent');
});

test('that a citizen stopped marketing is recorded, also from a status', async () => {
  for (const late of [false, true]) {
    const message = messageFor(await citizen());
    if (!late) refusals = [131050];
    await tell(message);
    if (late) await status(message, 'failed', 131050);
    const { rows } = await db.query('select from citizens where id = $1 and opted_out_at is not null', [
      message.citizenId,
    ]);
    expect(rows).toHaveLength(1);
    expect(await casesOf(message)).toHaveLength(1);
  }
});

test('after STOP nobody is asked for money unasked, and the receipt still comes', async () => {
  const stopped = await citizen(25, { optedOut: true });
  const failed = { ...payment, reason: 'declined', token: 'a-token' };
  const prompt = messageFor(stopped, { key: 'paymentFailed', params: failed } as Reply);
  expect((await tell(prompt)).outcome).toBe('untold');
  expect(await casesOf(prompt)).toEqual([{ reason: 'stopped' }]);
  expect((await tell(messageFor(stopped))).outcome).toBe('sent');
  expect(kinds()).toEqual(['payment_receipt en']);
});

test('whoever has no address is told nothing, and a person is told of that', async () => {
  const citizenId = await citizen();
  await db.query('update citizen_ids set until = now() where citizen_id = $1', [citizenId]);
  const message = messageFor(citizenId);
  expect((await tell(message)).outcome).toBe('untold');
  expect(sent).toEqual([]);
  expect(await casesOf(message)).toEqual([{ reason: 'noAddress' }]);
});

test('a text that is too long goes out shorter at once, with a case', async () => {
  const one = {
    ...payment,
    orderId: 'an-order',
    at: Date.now(),
    state: 'paid',
    receipt: 'WA-2026-27-000001',
  };
  const long = { key: 'payments', params: { payments: Array.from({ length: 80 }, () => one) } };
  const message = messageFor(await citizen(), long as unknown as Reply);
  expect((await tell(message)).outcome).toBe('sent');
  expect((sent[0]?.['text'] as { body: string }).body.length).toBeLessThanOrEqual(4096);
  expect(await casesOf(message)).toEqual([{ reason: 'shortened' }]);
});

test('a licence whose names are as long as a register allows is answered whole', async () => {
  const dues = { account: licence(300), dues: [], total: 0, asOf: Date.now(), renewable: true };
  for (const key of ['dues.licence', 'nothingDue.licence']) {
    const message = messageFor(await citizen(), { key, params: dues } as unknown as Reply);
    expect((await tell(message)).outcome).toBe('sent');
    expect(await casesOf(message)).toEqual([]);
  }
});

function licence(length: number): unknown {
  const written = { en: 'Ananta Bhandar '.repeat(length).slice(0, length) };
  return {
    kind: 'licence',
    number: '700123456789',
    owner: written,
    address: written,
    tradeName: written,
    ward: 63,
    trade: 'grocery',
    validUntil: '2027-03-31',
    status: 'active',
  };
}
