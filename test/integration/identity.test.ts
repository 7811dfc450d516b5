/** Who a citizen is to WhatsApp, from when to when: whom a word belongs to, and where an answer may go. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { Database } from '../../database/connection.ts';
import { acceptMessages } from '../../database/outbox.ts';
import { beginMessage, type MessageId } from '../../database/messages.ts';
import type { CitizenId } from '../../domain/citizen.ts';
import type { Identity, IdentityChange } from '../../domain/conversation/inbound.ts';
import { migratedDatabase } from '../support/database.ts';

let db: Database;

beforeAll(async () => {
  db = await migratedDatabase(inject('databaseUrl'), 4);
});
afterAll(() => db.end());

const now = Math.floor(Date.now() / 1000);
let people = 0;

/** Somebody whom nobody has seen yet. */
function newcomer(): { bsuid: string; phone: string } {
  people += 1;
  return { bsuid: `IN.77${people}`, phone: `9198300${String(people).padStart(5, '0')}` };
}

interface Said {
  readonly by: Identity;
  /** Seconds before now. */
  readonly ago: number;
}
interface Changed {
  readonly from: Identity;
  readonly to: Identity;
  readonly ago: number;
}

/** One post of WhatsApp's. @returns whose lane each message went to, in the order in which they stand here */
async function arrive(...post: readonly (Said | Changed)[]): Promise<(CitizenId | undefined)[]> {
  const messages = post.filter((one) => 'by' in one);
  const batch = messages.map(({ by, ago }) => ({
    sender: by,
    message: {
      wamid: `wamid.${randomUUID()}`,
      sentAt: now - ago,
      content: { kind: 'text', text: 'hi' } as const,
    },
  }));
  const changes = post
    .filter((one) => 'from' in one)
    .map(({ from, to, ago }): IdentityChange => ({
      wamid: `wamid.${randomUUID()}`,
      sentAt: now - ago,
      previous: from,
      current: to,
    }));
  await acceptMessages(db, batch, changes);
  const { rows } = await db.query<{ key: string; subject: CitizenId }>(
    'select key, subject from outbox where key = any($1)',
    [batch.map(({ message }) => `m:${message.wamid}`)],
  );
  return batch.map(({ message }) => rows.find(({ key }) => key === `m:${message.wamid}`)?.subject);
}

/** Where a message to the citizen would go. */
async function addressOf(citizenId: CitizenId | undefined): Promise<unknown> {
  if (!citizenId) throw new Error('nobody');
  const about = { entity: 'conversation', id: citizenId } as const;
  const message = { id: randomUUID() as MessageId, about, citizenId, textKey: 'menu', kind: 'list' };
  const { phone, bsuid } = await beginMessage(db, message, 1_000);
  return { phone, bsuid };
}

describe('a change of identity', () => {
  test('to an id without a number leaves the old number to whoever gets it, and nothing goes there', async () => {
    const asha = newcomer();
    const [citizen] = await arrive({ by: asha, ago: 300 });
    await arrive({ from: asha, to: { bsuid: 'IN.NEW1' }, ago: 200 });
    expect(await addressOf(citizen)).toEqual({ phone: null, bsuid: 'IN.NEW1' });
    const [stranger] = await arrive({ by: { bsuid: 'IN.STRANGER1', phone: asha.phone }, ago: 100 });
    expect(stranger).not.toBe(citizen);
    expect(await addressOf(stranger)).toEqual({ phone: asha.phone, bsuid: 'IN.STRANGER1' });
    expect(await addressOf(citizen)).toEqual({ phone: null, bsuid: 'IN.NEW1' });
  });

  test('is followed by what is said under the new id, also in the same post and in any order', async () => {
    const before = newcomer();
    const after = newcomer();
    const [citizen] = await arrive({ by: before, ago: 300 });
    const lanes = await arrive(
      { by: after, ago: 100 },
      { from: before, to: after, ago: 200 },
      { by: before, ago: 250 },
    );
    expect(lanes).toEqual([citizen, citizen]);
    expect(await addressOf(citizen)).toEqual({ phone: after.phone, bsuid: after.bsuid });
  });

  test('of somebody who first appears in that very post is followed, too', async () => {
    const before = newcomer();
    const after = newcomer();
    const [old, fresh] = await arrive(
      { by: before, ago: 250 },
      { from: before, to: after, ago: 200 },
      { by: after, ago: 100 },
    );
    expect(old).toBeDefined();
    expect(fresh).toBe(old);
  });

  test('does not lose a word that was sent before it and arrives after it', async () => {
    const before = newcomer();
    const after = newcomer();
    const [citizen] = await arrive({ by: before, ago: 300 });
    await arrive({ from: before, to: after, ago: 200 });
    // By the id, by the number alone, and by both.
    const late = await arrive(
      { by: before, ago: 210 },
      { by: { phone: before.phone }, ago: 220 },
      { by: { bsuid: before.bsuid }, ago: 230 },
    );
    expect(late).toEqual([citizen, citizen, citizen]);
    expect(await addressOf(citizen)).toEqual({ phone: after.phone, bsuid: after.bsuid });
  });

  test('that is told late undoes nothing newer', async () => {
    const before = newcomer();
    const last = newcomer();
    const [citizen] = await arrive({ by: before, ago: 300 });
    await arrive({ from: before, to: last, ago: 100 });
    await arrive({ from: before, to: { phone: newcomer().phone }, ago: 200 });
    expect(await addressOf(citizen)).toEqual({ phone: last.phone, bsuid: last.bsuid });
  });

  test('to an id that another citizen has leaves both as they are, and the one who moved without an address', async () => {
    const before = newcomer();
    const other = newcomer();
    const [citizen] = await arrive({ by: before, ago: 300 });
    const [known] = await arrive({ by: other, ago: 290 });
    await arrive({ from: before, to: { bsuid: other.bsuid }, ago: 200 });
    expect(await addressOf(citizen)).toEqual({ phone: null, bsuid: null });
    expect(await addressOf(known)).toEqual({ phone: other.phone, bsuid: other.bsuid });
  });

  test('told twice, or of nobody whom we know, is nothing', async () => {
    const asha = newcomer();
    const [citizen] = await arrive({ by: asha, ago: 300 });
    const change = {
      wamid: 'wamid.TWICE',
      sentAt: now - 100,
      previous: asha,
      current: { bsuid: 'IN.TWICE' },
    };
    await acceptMessages(db, [], [change]);
    await acceptMessages(db, [], [{ ...change, current: { bsuid: 'IN.OTHER' } }]);
    await arrive({ from: newcomer(), to: newcomer(), ago: 50 });
    expect(await addressOf(citizen)).toEqual({ phone: null, bsuid: 'IN.TWICE' });
  });
});

describe('a number', () => {
  test('that another person writes from passes to them, and their late words are their own', async () => {
    const asha = newcomer();
    const [citizen] = await arrive({ by: asha, ago: 300 });
    const [owner] = await arrive({ by: { bsuid: 'IN.OWNER', phone: asha.phone }, ago: 200 });
    const lanes = await arrive(
      { by: { phone: asha.phone }, ago: 250 },
      { by: { phone: asha.phone }, ago: 150 },
    );
    expect(lanes).toEqual([citizen, owner]);
    expect(await addressOf(citizen)).toEqual({ phone: null, bsuid: asha.bsuid });
  });

  test('of somebody known by it alone passes to whom WhatsApp shows with it, and nobody is merged', async () => {
    const shared = newcomer();
    const [byNumber] = await arrive({ by: { phone: shared.phone }, ago: 300 });
    const [byId] = await arrive({ by: { bsuid: shared.bsuid }, ago: 250 });
    const [both] = await arrive({ by: shared, ago: 200 });
    expect(byId).not.toBe(byNumber);
    expect(both).toBe(byId);
    expect(await addressOf(byNumber)).toEqual({ phone: null, bsuid: null });
  });

  test('of somebody known by it alone gets the id that appears beside it', async () => {
    const asha = newcomer();
    const lanes = await arrive(
      { by: { phone: asha.phone }, ago: 300 },
      { by: asha, ago: 200 },
      { by: { bsuid: asha.bsuid }, ago: 100 },
    );
    expect(new Set(lanes).size).toBe(1);
  });
});

test('the window counts from when WhatsApp says that the citizen wrote, and never from the future', async () => {
  const [late] = await arrive({ by: newcomer(), ago: 90_000 });
  const [early] = await arrive({ by: newcomer(), ago: -90_000 });
  const since = async (id: CitizenId | undefined): Promise<number> => {
    const { rows } = await db.query<{ seconds: number }>(
      'select extract(epoch from now() - last_inbound_at)::float8 as seconds from citizens where id = $1',
      [id],
    );
    return rows[0]?.seconds ?? NaN;
  };
  expect(await since(late)).toBeGreaterThan(89_000);
  expect(await since(early)).toBeGreaterThanOrEqual(0);
  expect(await since(early)).toBeLessThan(60);
});

test('two posts about the same people at once end without a deadlock and make nobody twice', async () => {
  const crowd = Array.from({ length: 30 }, newcomer);
  const posts = [crowd, crowd.toReversed(), crowd].map((order) =>
    arrive(...order.map((by) => ({ by, ago: 10 }))),
  );
  await Promise.all(posts);
  const { rows } = await db.query(
    'select value from citizen_ids where value = any($1) group by value having count(distinct citizen_id) <> 1',
    [crowd.map(({ phone }) => phone)],
  );
  expect(rows).toEqual([]);
});
