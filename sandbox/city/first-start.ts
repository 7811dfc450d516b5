/** The small city that `npm start` finds in an empty register. */
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import pg from 'pg';
import { importFile } from '../../database/import/load.ts';
import { RejectFile } from '../../database/import/rejects.ts';
import { dateInKolkata } from '../../domain/calendar.ts';
import { cityFiles } from './files.ts';

const seed = 7;
const demands = 4;

/** Fills an empty register. @returns whether it was empty */
export async function loadCity(databaseUrl: string, properties: number): Promise<boolean> {
  const client = new pg.Client({ connectionString: databaseUrl });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const { rows } = await client.query<{ empty: boolean }>(
      'select not exists (select from accounts) as empty',
    );
    if (rows[0]?.empty !== true) return false;
    await switchLateFinesOn(client);
    const city = { properties, seed, demands, today: dateInKolkata(Date.now()) };
    for (const pieces of Object.values(cityFiles(city))) {
      // Never written: the city has no bad rows.
      const rejects = new RejectFile(join(tmpdir(), `purosheba-city-${process.pid}.rejects.csv`));
      await importFile(client, { open: () => Readable.from(pieces), rejects, strict: true });
    }
    await client.query('vacuum (analyze) accounts, demands');
    return true;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** So that they can be seen: the rule book itself leaves them off. */
async function switchLateFinesOn(client: pg.Client): Promise<void> {
  await client.query(
    `insert into rules (name, valid_from, enabled, value, source) values
       ('licence late fine', '2000-04-01', true, '{"percent": 25, "days": 90}',
        'Invented for the sandbox: the day and the percentage are not public'),
       ('stall late fine', '2000-04-01', true, '{"percent": 10, "days": 15}',
        'Invented for the sandbox: whether there is one is not public')
     on conflict do nothing`,
  );
}
