/** Delivery on a real database, with a stand-in of Temporal that refuses what a test wants it to. */
import { randomUUID } from 'node:crypto';
import { Metadata, status } from '@grpc/grpc-js';
import { Client, Connection, ServiceError } from '@temporalio/client';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { createDelivery, type Delivery } from '../../api/ingress/delivery.ts';
import { inTransaction, type Database } from '../../database/connection.ts';
import { tell } from '../../database/outbox.ts';
import type { CitizenId } from '../../domain/citizen.ts';
import { createIngressMetrics, createRegistry } from '../../platform/metrics.ts';
import { waitFor } from '../../sandbox/wait.ts';
import { migratedDatabase, newCitizen } from '../support/database.ts';

let db: Database;
let temporal: Client;
let delivery: Delivery;
/** What Temporal does not take, by the text of a message; and how many messages it takes at once. */
let refuses: (texts: readonly string[]) => boolean = () => false;
const taken = new Map<CitizenId, string[]>();
const portions: number[] = [];

const refusal = (): ServiceError =>
  new ServiceError('Failed to signalWithStart Workflow', {
    cause: Object.assign(new Error('refused'), {
      code: status.INVALID_ARGUMENT,
      details: 'refused',
      metadata: new Metadata(),
    }),
  });

beforeAll(async () => {
  db = await migratedDatabase(inject('databaseUrl'), 12);
  temporal = new Client({ connection: Connection.lazy({ address: inject('temporalAddress') }) });
  delivery = createDelivery({
    db,
    databaseUrl: String(db.options.connectionString),
    temporal,
    carriers: {
      conversation: (citizen, messages) => {
        const texts = messages.map(({ content }) => (content.kind === 'text' ? content.text : ''));
        if (refuses(texts)) return Promise.reject(refusal());
        portions.push(texts.length);
        taken.set(citizen, [...(taken.get(citizen) ?? []), ...texts]);
        return Promise.resolve();
      },
      payment: () => Promise.resolve(),
      renewal: () => Promise.resolve(),
      refund: () => Promise.resolve(),
    },
    metrics: createIngressMetrics(createRegistry()),
    log: pino({ level: 'silent' }),
  });
});
afterAll(async () => {
  await delivery.stop();
  await temporal.connection.close();
  await db.end();
});

async function say(citizen: CitizenId, texts: readonly string[]): Promise<void> {
  await inTransaction(db, async (client) => {
    for (const text of texts) {
      const wamid = randomUUID();
      const news = { wamid, sentAt: 1, content: { kind: 'text', text } } as const;
      await tell(client, 'conversation', citizen, { key: `m:${wamid}`, news });
    }
  });
}

const casesOf = async (citizen: CitizenId): Promise<number> =>
  (
    await db.query(`select from cases where kind = 'refusedLane' and subject_id = 'conversation ' || $1`, [
      citizen,
    ])
  ).rows.length;

test('a portion that is refused is halved until it is taken, in its order', async () => {
  const citizen = await newCitizen(db);
  const texts = Array.from({ length: 40 }, (_, index) => String(index));
  refuses = (some) => some.length > 7;
  await say(citizen, texts);
  await waitFor('all of them', () => Promise.resolve(taken.get(citizen)?.length === 40));
  expect(taken.get(citizen)).toEqual(texts);
  expect(Math.max(...portions)).toBeLessThanOrEqual(7);
  expect(await casesOf(citizen)).toBe(0);
});

test('a row that is refused alone rests its lane with a case, while its neighbours go on', async () => {
  const [citizen, neighbour] = [await newCitizen(db), await newCitizen(db)];
  refuses = (some) => some.includes('poison');
  await say(citizen, ['before', 'poison', 'after']);
  await waitFor('the case', async () => (await casesOf(citizen)) === 1);
  await say(neighbour, ['hi']);
  await waitFor('the neighbour', () => Promise.resolve(taken.has(neighbour)));
  expect(taken.get(citizen)).toEqual(['before']);
  // What refused it has been mended.
  refuses = () => false;
  await db.query('update outbox set rests_until = now() where subject = $1', [citizen]);
  await waitFor('the rest', () => Promise.resolve(taken.get(citizen)?.length === 3));
  expect(taken.get(citizen)).toEqual(['before', 'poison', 'after']);
  const { rows } = await db.query(
    `select decision from cases where kind = 'refusedLane' and subject_id = 'conversation ' || $1`,
    [citizen],
  );
  expect(rows).toEqual([{ decision: 'settled' }]);
});

test('where everybody is refused it is nobody’s fault: it is no more than one case, and nothing is set aside', async () => {
  const citizens = await Promise.all(Array.from({ length: 8 }, () => newCitizen(db)));
  refuses = () => true;
  for (const citizen of citizens) await say(citizen, ['hi']);
  await waitFor('that it shows', () => Promise.resolve(!delivery.isOpen()));
  refuses = () => false;
  await db.query('update outbox set rests_until = now() where rests_until > now()');
  await waitFor('everybody', () => Promise.resolve(citizens.every((citizen) => taken.has(citizen))), {
    timeoutMs: 30_000,
  });
  const counts = await Promise.all(citizens.map(casesOf));
  expect(counts.reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(1);
  expect(delivery.isOpen()).toBe(true);
});
