/** What a citizen said last about hearing from us counts, in whatever order it arrives. */
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { recordConsent } from '../../database/citizens.ts';
import type { Database } from '../../database/connection.ts';
import { migratedDatabase, newCitizen } from '../support/database.ts';

let db: Database;
beforeAll(async () => {
  db = await migratedDatabase(inject('databaseUrl'), 2);
});
afterAll(() => db.end());

const now = Math.floor(Date.now() / 1_000);

test.each<[string, (readonly [granted: boolean, secondsAgo: number])[], boolean]>([
  ['stop', [[false, 10]], true],
  [
    'stop, then start',
    [
      [false, 20],
      [true, 10],
    ],
    false,
  ],
  [
    'stop, then a start of three days ago',
    [
      [false, 10],
      [true, 259_200],
    ],
    true,
  ],
  [
    'start, then a stop of three days ago',
    [
      [true, 10],
      [false, 259_200],
    ],
    false,
  ],
  [
    'both within one second, in that order',
    [
      [true, 10],
      [false, 10],
    ],
    true,
  ],
])('%s', async (_, said, optedOut) => {
  const citizenId = await newCitizen(db);
  let found = {};
  for (const [index, [granted, secondsAgo]] of said.entries()) {
    const wamid = `wamid.${citizenId}.${index}`;
    const consent = { citizenId, granted, words: '…', wamid, sentAt: now - secondsAgo };
    found = await recordConsent(db, consent);
    // The same message again changes nothing.
    expect(await recordConsent(db, consent)).toEqual(found);
  }
  expect(found).toEqual({ optedOut });
  const { rows } = await db.query('select opted_out_at is not null as out from citizens where id = $1', [
    citizenId,
  ]);
  expect(rows).toEqual([{ out: optedOut }]);
});
