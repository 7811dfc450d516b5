/** The small city that `npm start` finds in an empty register, and numbers of it to try. */
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import pg from 'pg';
import { connect, type Database } from '../../database/connection.ts';
import { importFile } from '../../database/import/load.ts';
import { RejectFile } from '../../database/import/rejects.ts';
import { lookUp, readRules } from '../../database/register.ts';
import { groupAssesseeNumber, type AssesseeNumber } from '../../domain/assessee-number.ts';
import { dateInKolkata, type CalendarDate } from '../../domain/calendar.ts';
import type { Dues } from '../../domain/dues.ts';
import { duesOf, type RuleBook } from '../../domain/rules.ts';
import { demandsCsv, propertiesCsv } from './files.ts';

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
    const city = { properties, seed, demands, today: dateInKolkata(Date.now()) };
    for (const pieces of [propertiesCsv(city), demandsCsv(city)]) {
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

export interface Sample {
  readonly number: string;
  readonly shows: string;
}

/** What is worth a look, and how to know it. */
const wanted: readonly { readonly shows: string; readonly fits: (dues: Dues) => boolean }[] = [
  {
    shows: 'one new bill, with rebate',
    fits: ({ dues, account }) => dues.length === 1 && dues[0]?.rebate !== undefined && !account.senior,
  },
  {
    shows: 'a senior citizen, with the larger rebate',
    fits: ({ dues, account }) => account.senior && dues.some(({ rebate }) => rebate !== undefined),
  },
  {
    shows: 'arrears of some years, with interest and penalty',
    fits: ({ dues }) => dues.length >= 3 && dues.length <= 4 && dues.every(({ kind }) => kind === 'PD'),
  },
  { shows: 'a letter of intimation', fits: ({ dues }) => dues.length === 2 && dues[0]?.kind === 'LOI' },
  { shows: 'many bills', fits: ({ dues }) => dues.length >= 5 },
  { shows: 'nothing due', fits: ({ dues }) => dues.length === 0 },
];

/** How far to look: the first streets have some of everything. */
const looked = 400;

/** Numbers of the register to try, with what each shows on this day. */
export async function samples(databaseUrl: string): Promise<Sample[]> {
  const db = connect({ url: databaseUrl, size: 2, name: 'samples', onLost: () => undefined });
  try {
    const { rows } = await db.query<{ number: AssesseeNumber }>(
      `select number from accounts where kind = 'property' order by number limit ${looked}`,
    );
    if (rows.length === 0) return [];
    const today = dateInKolkata(Date.now());
    const rules = await readRules(db, today);
    const found = new Map<string, AssesseeNumber>();
    for (const { number } of rows) {
      if (found.size === wanted.length) break;
      const dues = await duesOn(db, number, rules, today);
      const fitting = wanted.find(({ shows, fits }) => !found.has(shows) && dues !== undefined && fits(dues));
      if (fitting !== undefined) found.set(fitting.shows, number);
    }
    const shown = wanted.flatMap(({ shows }) => {
      const number = found.get(shows);
      return number === undefined ? [] : [{ number: groupAssesseeNumber(number), shows }];
    });
    const last = rows.at(-1)?.number ?? '';
    return [...shown, { number: await unknownBeside(db, last), shows: 'no such number' }];
  } finally {
    await db.end();
  }
}

async function duesOn(
  db: Database,
  number: AssesseeNumber,
  rules: RuleBook,
  today: CalendarDate,
): Promise<Dues | undefined> {
  const entry = await lookUp(db, 'property', number);
  return entry && duesOf({ ...entry, rules, today, asOf: Date.now() });
}

/** Well-formed, and nobody's. */
async function unknownBeside(db: Database, number: string): Promise<string> {
  for (let end = 0; end <= 9; end += 1) {
    const other = `${number.slice(0, 7)}9999${end}` as AssesseeNumber;
    if ((await lookUp(db, 'property', other)) === undefined) return groupAssesseeNumber(other);
  }
  throw new Error('every number is taken');
}
