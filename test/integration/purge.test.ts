/** The nights: what was kept for long enough goes, and nothing else does. */
import { randomUUID } from 'node:crypto';
import { Client, ScheduleNotFoundError } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { createPurgeActivities } from '../../activities/purge.ts';
import { recordConsent } from '../../database/citizens.ts';
import type { Database } from '../../database/connection.ts';
import { acceptMessages } from '../../database/outbox.ts';
import { purgePortion, purgeStatement, purgedTables } from '../../database/purge.ts';
import { dateInKolkata } from '../../domain/calendar.ts';
import type { CitizenId } from '../../domain/citizen.ts';
import {
  daysKept,
  neverPurged,
  retention,
  retentionKinds,
  type RetentionKind,
  purging,
} from '../../domain/retention.ts';
import { createPurgeMetrics, createRegistry } from '../../platform/metrics.ts';
import { readSettings } from '../../platform/settings.ts';
import { dataConverter, temporalSettings } from '../../platform/temporal.ts';
import { waitFor } from '../../sandbox/wait.ts';
import { workflowBundle } from '../../worker/bundle.ts';
import { prepareNamespace } from '../../worker/namespace.ts';
import type { purge } from '../../workflows/index.ts';
import { migratedDatabase, runAsOwner } from '../support/database.ts';
import { connectTestTemporal, type TestTemporal } from '../support/temporal.ts';

let db: Database;

beforeAll(async () => {
  db = await migratedDatabase(inject('databaseUrl'), 8);
  await db.query(`insert into ledger_accounts (code, kind) values ('clearing/main', 'asset')`);
  await db.query(
    `insert into merchant_accounts (id, gateway, merchant_id, clearing_account)
     values ('main', 'billdesk', 'KMCTEST', 'clearing/main')`,
  );
});
afterAll(() => db.end());

const keptFor = (kind: RetentionKind): number => daysKept(kind, dateInKolkata(Date.now()), {});
const daysAgo = (days: number): Date => new Date(Date.now() - days * 86_400_000);

/** The days around the end of the time of a kind. */
const old = (kind: RetentionKind): Date => daysAgo(keptFor(kind) + 1);
const young = (kind: RetentionKind): Date => daysAgo(keptFor(kind) - 1);

/** A whole night of one kind, and the next, which finds nothing. @returns rows */
async function night(kind: RetentionKind): Promise<number> {
  const days = keptFor(kind);
  const rows = await purgePortion(db, kind, { days, rows: 1_000 });
  expect(await purgePortion(db, kind, { days, rows: 1_000 })).toBe(0);
  return rows;
}

async function one<T>(sql: string, values: readonly unknown[] = []): Promise<T> {
  const { rows } = await db.query<{ value: T }>(sql, [...values]);
  const [row] = rows;
  if (!row) throw new Error(`nothing: ${sql}`);
  return row.value;
}

async function all<T>(sql: string, values: readonly unknown[] = []): Promise<T[]> {
  const { rows } = await db.query<{ value: T }>(sql, [...values]);
  return rows.map(({ value }) => value);
}

interface News {
  readonly receivedAt: Date;
  readonly deliveredAt?: Date;
  readonly setAsideAt?: Date;
  readonly content?: unknown;
  readonly subject?: string;
}

/** @returns its key */
async function news({
  receivedAt,
  deliveredAt,
  setAsideAt,
  content,
  subject = 'somebody',
}: News): Promise<string> {
  const key = `m:wamid.${randomUUID()}`;
  await db.query(
    `insert into outbox (key, entity, subject, payload, received_at, delivered_at, set_aside_at, set_aside_because)
     values ($1, 'conversation', $2, $3, $4, $5, $6, case when $6::timestamptz is not null then 'too large' end)`,
    [key, subject, JSON.stringify({ wamid: key, content }), receivedAt, deliveredAt, setAsideAt],
  );
  return key;
}

interface Case {
  readonly kind?: string;
  readonly fact?: string;
  readonly subject: string;
  readonly subjectId: string;
  readonly details?: unknown;
  readonly closed?: true;
}

async function openCase({ kind = 'untold', fact = randomUUID(), closed, ...about }: Case): Promise<void> {
  await db.query(
    `insert into cases (kind, fact, subject, subject_id, reason, details, due_at, closed_at, decision)
     values ($1, $2, $3, $4, 'a test', $5, now(), case when $6 then now() end, case when $6 then 'noted' end)`,
    [kind, fact, about.subject, about.subjectId, JSON.stringify(about.details ?? {}), closed ?? false],
  );
}

async function order(citizen: CitizenId | null = null): Promise<string> {
  return one<string>(
    `insert into orders (token, service, account_kind, account_number, account, amount, citizen_id, language, expires_at)
     values ($1, 'propertyTax', 'property', '311071100571', '{}', 100, $2, 'bn', now()) returning id as value`,
    [randomUUID(), citizen],
  );
}

/** @returns its reference */
async function attempt(orderId: string, state: string): Promise<string> {
  return one<string>(
    `insert into attempts (order_id, gateway, merchant, merchant_id, reference, amount, state)
     values ($1, 'billdesk', 'main', 'KMCTEST', $2, 100, $3::attempt_state) returning reference as value`,
    [orderId, randomUUID(), state],
  );
}

let renewals = 0;
async function renewal(citizen: CitizenId, state: string, validUntil?: Date): Promise<void> {
  renewals += 1;
  await db.query(
    `insert into renewals (id, licence_number, period, citizen_id, language, licence, years, state, valid_from,
       valid_until, renewed_at)
     values ($1, $1, '2026-27', $2, 'bn', '{}', 1, $3::renewal_state, $4::date, $4::date,
       case when $4::date is not null then now() end)`,
    [`70000000000${renewals}`, citizen, state, validUntil],
  );
}

/** Somebody who wrote last on that day. */
async function citizen(
  wroteAt: Date,
  phone = `91${String(Date.now()).slice(-7)}${renewals}`,
): Promise<CitizenId> {
  return one<CitizenId>(`select resolve_citizen($1, null, $2, 'user', 'Invented Person', $3) as value`, [
    `IN.${randomUUID()}`,
    phone,
    wroteAt,
  ]);
}

describe('what has been kept for long enough', () => {
  test('contact cards, places and forms are emptied some days after they were delivered, and words stay', async () => {
    const [receivedAt, deliveredAt] = [old('cards'), old('cards')];
    const card = { kind: 'contacts', phones: ['919830000001'], requested: false };
    const gone = [
      await news({ receivedAt, deliveredAt, content: card }),
      await news({ receivedAt, deliveredAt, content: { kind: 'location', latitude: 22.5, longitude: 88.3 } }),
    ];
    const kept = [
      await news({ receivedAt, content: card }),
      await news({ receivedAt, deliveredAt: young('cards'), content: card }),
      await news({ receivedAt, deliveredAt, content: { kind: 'text', text: 'my tax' } }),
    ];
    expect(await night('cards')).toBe(2);
    const contents = (keys: string[]): Promise<unknown[]> =>
      all(`select payload -> 'content' as value from outbox where key = any ($1) order by id`, [keys]);
    expect(await contents(gone)).toEqual([{ kind: 'contacts' }, { kind: 'location' }]);
    expect(await contents(kept)).toEqual([card, card, { kind: 'text', text: 'my tax' }]);
  });

  test('news that was delivered goes; what waits never does, and what was set aside does once its case is closed', async () => {
    const at = old('news');
    await news({ receivedAt: at, deliveredAt: at });
    const closed = await news({ receivedAt: at, setAsideAt: at });
    await openCase({
      kind: 'refusedLane',
      fact: closed,
      subject: 'lane',
      subjectId: 'conversation x',
      closed: true,
    });
    const kept = [
      await news({ receivedAt: at }),
      await news({ receivedAt: at, deliveredAt: young('news') }),
      await news({ receivedAt: young('news'), deliveredAt: young('news') }),
      await news({ receivedAt: at, setAsideAt: at }),
    ];
    await openCase({
      kind: 'refusedLane',
      fact: kept[3] ?? '',
      subject: 'lane',
      subjectId: 'conversation y',
    });
    expect(await night('news')).toBe(2);
    expect(
      await all('select key as value from outbox where received_at < $1 order by id', [young('cards')]),
    ).toEqual(expect.arrayContaining(kept));
    expect(await all('select key as value from outbox where key = $1', [closed])).toEqual([]);
  });

  test('sent messages go; those of payments keep a hash of their id, and whatever is not over stays', async () => {
    const who = await citizen(new Date());
    const about = randomUUID();
    const [at, later] = [old('messages'), young('messages')];
    const message = async (of: string, aboutId: string, begunAt: Date, state = 'read'): Promise<string> => {
      const wamid = state === 'begun' ? null : `wamid.${randomUUID()}`;
      return one<string>(
        `insert into messages (id, citizen_id, about, about_id, text_key, kind, state, wamid, begun_at)
         values ($1, $2, $3, $4, 'menu', 'text', $5::message_state, $6, $7) returning id as value`,
        [randomUUID(), who, of, aboutId, state, wamid, begunAt],
      );
    };
    await message('conversation', who, at);
    const receipt = await message('payment', about, at);
    const kept = [
      await message('conversation', who, later),
      await message('conversation', who, at, 'begun'),
      await message('conversation', who, at, 'failed'),
      await message('payment', randomUUID(), later),
      await message('conversation', 'whoever has a case', at),
    ];
    await openCase({ subject: 'conversation', subjectId: 'whoever has a case' });
    expect(await night('messages')).toBe(2);
    expect(
      await all('select id as value from messages where citizen_id = $1 and id <> $2', [who, receipt]),
    ).toEqual(expect.arrayContaining(kept));
    expect(await one('select count(*)::int as value from messages where citizen_id = $1', [who])).toBe(6);
    expect(await one('select wamid as value from messages where id = $1', [receipt])).toMatch(
      /^sha256:[0-9a-f]{64}$/,
    );
  });

  test('numbers that were looked up, notices, outlines and uploads go by their age', async () => {
    const who = await citizen(new Date());
    const fill = async (at: (kind: RetentionKind) => Date): Promise<void> => {
      await db.query(
        `insert into look_ups (citizen_id, kind, number, asked_at) values ($1, 'property', $2, $3)`,
        [who, randomUUID(), at('look-ups')],
      );
      await db.query(
        `insert into notices (field, value, fingerprint, received_at) values ('x', '{}', $1, $2)`,
        [randomUUID(), at('notices')],
      );
      await db.query(
        `insert into set_aside (source, reason, outline, digest, received_at) values ('message', '22000', '{}', $1, $2)`,
        [randomUUID(), at('set-aside')],
      );
      await db.query(`insert into uploads values ('1', $1, '2', $2)`, [randomUUID(), at('uploads')]);
    };
    await fill(old);
    await fill(young);
    for (const kind of ['look-ups', 'notices', 'set-aside', 'uploads'] as const)
      expect(await night(kind)).toBe(1);
    for (const table of ['look_ups', 'notices', 'set_aside', 'uploads'])
      expect(await one(`select count(*)::int as value from ${table}`)).toBe(1);
  });

  test('words of gateways are emptied, never of an undecided payment or an open case, and the row stays', async () => {
    const kind = 'gateway-words';
    const words = async (reference: string | null, at = old(kind)): Promise<string> =>
      one<string>(
        `insert into evidence (gateway, source, reference, request, raw, digest, received_at)
         values ('billdesk', 'webhook', $1, 'asked', 'said', $2, $3) returning id::text as value`,
        [reference, randomUUID(), at],
      );
    const [paid, withCase, renewed] = [await order(), await order(), await order()];
    const gone = [
      await words(await attempt(paid, 'success')),
      await words(await attempt(paid, 'failed')),
      await words(null),
    ];
    const kept = [
      await words(await attempt(await order(), 'pending')),
      await words(await attempt(withCase, 'success')),
      await words(await attempt(renewed, 'success')),
      await words('nobody knows it'),
      await words('nor this'),
      await words(await attempt(paid, 'success'), young(kind)),
    ];
    const somebody = await citizen(new Date());
    await renewal(somebody, 'held');
    await db.query('update renewals set order_id = $1 where citizen_id = $2', [renewed, somebody]);
    await openCase({ subject: 'payment', subjectId: withCase });
    await openCase({ subject: 'renewal', subjectId: `70000000000${renewals}` });
    await openCase({ subject: 'evidence', subjectId: kept[3] ?? '' });
    await openCase({ subject: 'payment', subjectId: 'another', details: { evidence: kept[4] } });
    await openCase({ subject: 'payment', subjectId: paid, closed: true });
    expect(await night(kind)).toBe(3);
    const left = (ids: string[]): Promise<unknown[]> =>
      all('select concat(request, raw) as value from evidence where id = any ($1::bigint[])', [ids]);
    expect(await left(gone)).toEqual(['', '', '']);
    expect(new Set(await left(kept))).toEqual(new Set(['askedsaid']));
  });

  test('nobody empties words of a gateway within a year, or changes them in any other way', async () => {
    await db.query(
      `insert into evidence (gateway, source, raw, digest, received_at)
       values ('billdesk', 'webhook', 'young', '1', now() - interval '364 days'), ('billdesk', 'webhook', 'aged', '2',
         now() - interval '5 years')`,
    );
    for (const run of [(sql: string) => db.query(sql), (sql: string) => runAsOwner(db, sql)]) {
      await expect(run(`update evidence set raw = null where raw = 'young'`)).rejects.toThrow('append-only');
      await expect(run(`update evidence set raw = 'other' where raw = 'aged'`)).rejects.toThrow(
        'append-only',
      );
    }
    await expect(db.query(`update evidence set digest = '3' where raw = 'aged'`)).rejects.toThrow(
      'permission',
    );
    await expect(db.query(`delete from evidence where raw = 'aged'`)).rejects.toThrow('permission');
  });

  test('earlier numbers of a citizen go, and the current one stays', async () => {
    const at = old('former-ids');
    const moved = async (until: Date): Promise<CitizenId> => {
      const who = await citizen(daysAgo(2_000), `9198${String(Math.random()).slice(2, 10)}`);
      await db.query(`update citizen_ids set until = $2 where citizen_id = $1 and kind = 'phone'`, [
        who,
        until,
      ]);
      return who;
    };
    const [gone, kept] = [await moved(at), await moved(young('former-ids'))];
    expect(await night('former-ids')).toBe(1);
    const ids = (who: CitizenId): Promise<string[]> =>
      all('select kind::text as value from citizen_ids where citizen_id = $1 order by kind', [who]);
    expect(await ids(gone)).toEqual(['bsuid']);
    expect(await ids(kept)).toEqual(['bsuid', 'phone']);
  });

  test('a citizen who has been silent for years is forgotten, and their payments keep an id without a person', async () => {
    const at = old('citizens');
    const phone = '919830000042';
    const silent = await citizen(at, phone);
    await recordConsent(db, {
      citizenId: silent,
      granted: false,
      words: 'STOP',
      wamid: 'wamid.x',
      sentAt: Date.now() / 1_000,
    });
    const paid = await order(silent);
    await attempt(paid, 'success');
    await renewal(silent, 'renewed', daysAgo(1));
    let last = 0;
    const somebody = (on = at): Promise<CitizenId> =>
      citizen(on, `91983100${String((last += 1)).padStart(4, '0')}`);
    const [paying, waiting, applying, licensed, unheard, talking] = [
      await somebody(),
      await somebody(),
      await somebody(),
      await somebody(),
      await somebody(),
      await somebody(young('citizens')),
    ];
    await attempt(await order(paying), 'pending');
    await openCase({ subject: 'conversation', subjectId: waiting });
    await renewal(applying, 'awaitingApproval');
    await renewal(licensed, 'renewed', daysAgo(-1));
    await news({ receivedAt: at, subject: unheard });
    const kept = [paying, waiting, applying, licensed, unheard, talking];

    await night('citizens');
    const known = (who: CitizenId): Promise<unknown> =>
      one(
        `select (profile_name is not null and forgotten_at is null and
           exists (select from citizen_ids i where i.citizen_id = c.id)) as value from citizens c where id = $1`,
        [who],
      );
    for (const who of kept) expect(await known(who)).toBe(true);
    expect(
      await one(
        `select concat_ws(' ', username, profile_name, language, opted_out_at,
           (select count(*) from citizen_ids where citizen_id = c.id),
           (select count(*) from consents where citizen_id = c.id)) as value
         from citizens c where id = $1 and forgotten_at is not null`,
        [silent],
      ),
    ).toBe('0 0');
    expect(await one('select citizen_id as value from orders where id = $1', [paid])).toBe(silent);
    // Whoever writes from that number is somebody else for us.
    expect(await citizen(new Date(), phone)).not.toBe(silent);
  });
});

test('of every table it is said whether its rows are purged, or why they never are', async () => {
  const tables = await all<string>(
    `select relname::text as value from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' order by 1`,
  );
  const never = Object.keys(neverPurged);
  // Evidence loses its words and keeps its rows.
  expect([...new Set([...purgedTables, ...never])].sort()).toEqual(tables.sort());
  expect(purgedTables.filter((table) => never.includes(table))).toEqual([]);
});

describe('on large tables', () => {
  beforeAll(async () => {
    const many = 'generate_series(1, 5000) n';
    await runAsOwner(
      db,
      `alter table outbox disable trigger announce_news;
       insert into outbox (key, entity, subject, payload, delivered_at)
         select 'many:' || n, 'conversation', 'c' || n, '{"content": {"kind": "contacts", "phones": ["1"]}}', now() from ${many};
       insert into citizens (id, last_inbound_at) select 'c' || n, now() from ${many};
       insert into citizen_ids select 'c' || n, 'phone', n::text, now() - interval '1 day', now() from ${many};
       insert into messages (id, citizen_id, about, about_id, text_key, kind, wamid)
         select 'm' || n, 'c' || n, 'conversation', 'c' || n, 'menu', 'text', 'w' || n from ${many};
       insert into look_ups (citizen_id, kind, number) select 'c' || n, 'property', '1' from ${many};
       insert into notices (field, value, fingerprint) select 'x', '{}', n from ${many};
       insert into set_aside (source, reason, outline, digest) select 'x', 'x', 'x', n from ${many};
       insert into uploads select '1', n, n from ${many};
       insert into evidence (gateway, source, reference, raw, digest) select 'billdesk', 'query', n, 'x', n from ${many};
       insert into orders (id, token, service, account_kind, account_number, account, amount, citizen_id, language, expires_at)
         select 'o' || n, n, 'x', 'property', '1', '{}', 1, 'c' || n, 'bn', now() from ${many};
       insert into attempts (order_id, gateway, merchant, merchant_id, reference, amount)
         select 'o' || n, 'billdesk', 'main', 'x', n, 1 from ${many};
       analyze`,
    );
  });

  test.each(retentionKinds)('the purge of %s scans no table from its beginning to its end', async (kind) => {
    const { rows } = await db.query<{ 'QUERY PLAN': string }>(
      `explain ${purgeStatement(kind)
        .replaceAll('$1', String(keptFor(kind)))
        .replaceAll('$2', '10')}`,
    );
    const scanned = rows.flatMap((row) => /Seq Scan on (\w+)/.exec(row['QUERY PLAN'])?.[1] ?? []);
    // Tables here are a hundredth of those of a city, and so is the portion. These are empty.
    const small = ['cases', 'consents', 'refunds', 'renewals'];
    expect(scanned.filter((table) => !small.includes(table))).toEqual([]);
  });
});

describe('in Temporal', () => {
  let temporal: TestTemporal;
  let client: Client;
  const settings = readSettings([...temporalSettings, 'RELEASE'], {
    TEMPORAL_ADDRESS: inject('temporalAddress'),
    PAYLOAD_KEYS: `test:${Buffer.alloc(32, 'test').toString('base64')}`,
  });
  const registry = createRegistry();

  beforeAll(async () => {
    temporal = await connectTestTemporal(settings.TEMPORAL_ADDRESS);
    const { connection } = temporal.client;
    const converter = dataConverter(settings.PAYLOAD_KEYS);
    client = new Client({ connection, namespace: temporal.namespace, dataConverter: converter });
    await temporal.startWorker({
      taskQueue: purging.taskQueue,
      dataConverter: converter,
      workflowBundle: { codePath: await workflowBundle() },
      activities: createPurgeActivities({ db, changes: {}, metrics: createPurgeMetrics(registry) }),
    });
  });
  afterAll(() => temporal.close());

  const prepare = (): Promise<void> =>
    prepareNamespace({ ...settings, TEMPORAL_NAMESPACE: temporal.namespace }, () => undefined);

  test('every kind has a Schedule at night once the namespace is prepared, however often, and one that is gone has none', async () => {
    const { schedule: schedules } = client;
    await prepare();
    await schedules.create({
      scheduleId: 'purge-of-an-older-release',
      spec: {},
      action: { type: 'startWorkflow', workflowType: 'purge', taskQueue: 'payments' },
    });
    await schedules.getHandle('purge-news').pause('a person looks at something');
    await waitFor('the list of Schedules', async () => {
      const ids: string[] = [];
      for await (const { scheduleId } of schedules.list()) ids.push(scheduleId);
      return ids.includes('purge-of-an-older-release') && ids.length === retentionKinds.length + 1;
    });
    await prepare();
    await expect(schedules.getHandle('purge-of-an-older-release').describe()).rejects.toThrow(
      ScheduleNotFoundError,
    );
    for (const [place, kind] of retentionKinds.entries()) {
      const { action, policies, state, info } = await schedules.getHandle(`purge-${kind}`).describe();
      expect(action).toMatchObject({
        workflowType: 'purge',
        workflowId: `purge-${kind}`,
        taskQueue: 'payments',
        args: [{ kind }],
        priority: { priorityKey: 5 },
        staticSummary: `Purge: ${retention[kind].what}`,
      });
      expect(policies).toMatchObject({ overlap: 'SKIP', catchupWindow: 12 * 3_600_000 });
      expect(state.paused).toBe(kind === 'news');
      const night = new Date(info.nextActionTimes[0]?.getTime() ?? 0);
      // 20:30 UTC is two o'clock in Kolkata.
      if (kind !== 'news')
        expect([night.getUTCHours(), night.getUTCMinutes()]).toEqual([
          20 + Math.floor((30 + 5 * place) / 60),
          (30 + 5 * place) % 60,
        ]);
    }
  });

  test('a hundred thousand old rows go in portions, and nobody who writes meanwhile waits', async () => {
    await runAsOwner(
      db,
      `insert into outbox (key, entity, subject, payload, received_at, delivered_at)
       select 'old:' || n, 'conversation', 'c' || (n % 5000 + 1), '{}', now() - interval '400 days', now() - interval '400 days'
       from generate_series(1, 100000) n`,
    );
    const handle = await client.workflow.start<typeof purge>('purge', {
      workflowId: 'purge-news-now',
      taskQueue: purging.taskQueue,
      args: [{ kind: 'news' }],
    });
    const waits: number[] = [];
    let isOver = false as boolean;
    const writing = (async () => {
      for (let message = 0; !isOver; message += 1) {
        const began = Date.now();
        const sender = { phone: `9198320${String(message % 100).padStart(5, '0')}` };
        const wamid = `wamid.${randomUUID()}`;
        const content = { kind: 'text', text: 'hi' } as const;
        await acceptMessages(db, [
          { sender, message: { wamid, sentAt: Math.floor(began / 1_000), content } },
        ]);
        waits.push(Date.now() - began);
      }
    })();
    const rows = await handle.result().finally(() => {
      isOver = true;
    });
    await writing;
    expect(rows).toBe(100_000);
    expect(await one(`select count(*)::int as value from outbox where key like 'old:%'`)).toBe(0);
    expect(await one(`select count(*)::int as value from outbox where key like 'many:%'`)).toBe(5_000);
    expect(waits.length).toBeGreaterThan(100);
    expect(Math.max(...waits)).toBeLessThan(1_000);
    // Its history never grows long, however much there is to do.
    const { historyLength } = await handle.describe();
    expect(historyLength).toBeLessThan(200);
    expect(await registry.metrics()).toContain('purosheba_purged_rows_total{kind="news"} 100000');
    expect(
      await client.workflow.execute<typeof purge>('purge', {
        workflowId: 'purge-news-again',
        taskQueue: purging.taskQueue,
        args: [{ kind: 'news' }],
      }),
    ).toBe(0);
  });
});
