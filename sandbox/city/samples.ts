/** Numbers of the register to try, with what each of them shows. */
import { accountSpecs } from '../../domain/accounts/specs.ts';
import type { Stall, StallNumber } from '../../domain/accounts/stall.ts';
import { connect, type Database } from '../../database/connection.ts';
import { readRules } from '../../database/register.ts';
import type { AccountKind } from '../../domain/accounts/kinds.ts';
import type { CeNumber } from '../../domain/accounts/licence.ts';
import { type AssesseeNumber, type Property, groupAssesseeNumber } from '../../domain/accounts/property.ts';
import { dateInKolkata, type CalendarDate } from '../../domain/calendar.ts';
import type { Dues } from '../../domain/dues.ts';
import { renewability, type Renewability } from '../../domain/renewal.ts';
import { duesOf, type RuleBook } from '../../domain/rules.ts';
import { createRecords } from '../../records/create.ts';
import type { Records } from '../../records/records.ts';

export interface Sample {
  readonly of: AccountKind;
  readonly number: string;
  readonly shows: string;
}

/** What is worth a look, and how to know it. */
interface Wanted<Answer> {
  readonly shows: string;
  readonly fits: (answer: Answer) => boolean;
}

const properties: readonly Wanted<Dues<Property>>[] = [
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

interface LicenceAnswer {
  readonly needsApproval: boolean;
  /** The number is that of a property, too. */
  readonly isBoth: boolean;
  readonly renewal: Renewability;
}

const inTime = ({ renewal }: LicenceAnswer): boolean =>
  renewal.may === 'renew' && renewal.expiredOn === undefined;
/** For how many years demands are to be paid before anything else. */
const yearsOwed = ({ renewal }: LicenceAnswer): number =>
  renewal.may === 'renew' && renewal.expiredOn !== undefined ? renewal.terms[0].dues.length : 0;
const isFined = ({ renewal }: LicenceAnswer): boolean =>
  renewal.may === 'renew' && renewal.terms[0].dues.some(({ lateFine }) => lateFine !== undefined);
const refusedAs =
  (because: string) =>
  ({ renewal }: LicenceAnswer): boolean =>
    renewal.may === 'not' && renewal.because === because;

const licences: readonly Wanted<LicenceAnswer>[] = [
  { shows: 'a licence and a property of the same number', fits: ({ isBoth }) => isBoth },
  { shows: 'can be renewed', fits: (of) => inTime(of) && !of.needsApproval },
  { shows: 'can be renewed, after an officer has agreed', fits: (of) => inTime(of) && of.needsApproval },
  {
    shows: 'expired, with a late fine',
    fits: (of) => yearsOwed(of) === 1 && isFined(of) && !of.needsApproval,
  },
  { shows: 'expired years ago, each year to be paid', fits: (of) => yearsOwed(of) > 1 && !of.needsApproval },
  { shows: 'suspended', fits: refusedAs('suspended') },
  { shows: 'closed', fits: refusedAs('closed') },
  { shows: 'valid for long, cannot be renewed yet', fits: refusedAs('tooEarly') },
];

const stalls: readonly Wanted<Dues<Stall>>[] = [
  { shows: 'the rent of this month', fits: ({ dues }) => dues.length === 1 },
  { shows: 'the rent of some months, with late fees', fits: ({ dues }) => dues.length > 1 },
  { shows: 'no rent due', fits: ({ dues }) => dues.length === 0 },
];

/** How far to look: the first streets have some of everything. */
const looked = 400;

interface Day {
  readonly db: Database;
  readonly records: Records;
  readonly rules: RuleBook;
  readonly today: CalendarDate;
}

/** Those of the register, as they stand on this day. */
export async function samples(databaseUrl: string): Promise<Sample[]> {
  const db = connect({ url: databaseUrl, size: 2, name: 'samples', onLost: () => undefined });
  try {
    const today = dateInKolkata(Date.now());
    // Of the own register with what our own books add to it, as the bot asks them.
    const records = createRecords({ db, backOfficeUrl: undefined, backOfficeToken: undefined });
    const day: Day = { db, records, rules: await readRules(db, today), today };
    return [...(await propertySamples(day)), ...(await licenceSamples(day)), ...(await stallSamples(day))];
  } finally {
    await db.end();
  }
}

async function propertySamples(day: Day): Promise<Sample[]> {
  const numbers = await firstNumbers<AssesseeNumber>(day.db, 'property');
  const last = numbers.at(-1);
  if (last === undefined) return [];
  const found = await firstFitting(numbers, properties, (number) => duesOn(day, number));
  const unknown = { number: await unknownBeside(day.records, last), shows: 'no such number' };
  return [...found, unknown].map(({ number, shows }) => ({
    of: 'property',
    number: groupAssesseeNumber(number),
    shows,
  }));
}

async function licenceSamples(day: Day): Promise<Sample[]> {
  const numbers = await firstNumbers<CeNumber>(day.db, 'licence');
  const found = await firstFitting(numbers, licences, (number) => licenceOn(day, number));
  return found.map((each) => ({ of: 'licence', ...each }));
}

async function stallSamples(day: Day): Promise<Sample[]> {
  const numbers = await firstNumbers<StallNumber>(day.db, 'stall');
  const found = await firstFitting(numbers, stalls, async (number) => {
    const record = await day.records.find('stall', number);
    return record && duesOf({ ...record, rules: day.rules, today: day.today, asOf: Date.now() });
  });
  return found.map(({ number, shows }) => ({ of: 'stall', number: accountSpecs.stall.shown(number), shows }));
}

async function firstNumbers<Number extends string>(db: Database, kind: AccountKind): Promise<Number[]> {
  const { rows } = await db.query<{ number: Number }>(
    `select number from accounts where kind = $1 order by number limit ${looked}`,
    [kind],
  );
  return rows.map(({ number }) => number);
}

/** The first number for each that is wanted, in the order of what is wanted; none is shown for two things. */
async function firstFitting<Number extends string, Answer>(
  numbers: readonly Number[],
  wanted: readonly Wanted<Answer>[],
  ask: (number: Number) => Promise<Answer | undefined>,
): Promise<{ readonly number: Number; readonly shows: string }[]> {
  const found = new Map<string, Number>();
  for (const number of numbers) {
    if (found.size === wanted.length) break;
    const answer = await ask(number);
    const fitting = wanted.find(
      ({ shows, fits }) => !found.has(shows) && answer !== undefined && fits(answer),
    );
    if (fitting !== undefined) found.set(fitting.shows, number);
  }
  return wanted.flatMap(({ shows }) => {
    const number = found.get(shows);
    return number === undefined ? [] : [{ number, shows }];
  });
}

async function duesOn(
  { records, rules, today }: Day,
  number: AssesseeNumber,
): Promise<Dues<Property> | undefined> {
  // Whoever types such a number is asked first which of the two is meant.
  if ((await records.find('licence', number)) !== undefined) return undefined;
  const record = await records.find('property', number);
  return record && duesOf({ ...record, rules, today, asOf: Date.now() });
}

async function licenceOn(
  { records, rules, today }: Day,
  number: CeNumber,
): Promise<LicenceAnswer | undefined> {
  const record = await records.find('licence', number);
  if (record === undefined) return undefined;
  return {
    needsApproval: rules.trades?.[record.account.trade]?.needsApproval === true,
    isBoth: (await records.find('property', number)) !== undefined,
    renewal: renewability({ ...record, rules, today, asOf: Date.now() }),
  };
}

/** Well-formed, and nobody's. */
async function unknownBeside(records: Records, number: AssesseeNumber): Promise<AssesseeNumber> {
  for (let end = 0; end <= 9; end += 1) {
    const other = `${number.slice(0, 7)}9999${end}` as AssesseeNumber;
    if ((await records.find('property', other)) === undefined) return other;
  }
  throw new Error('every number is taken');
}
