/** Citizens who look up what they owe and pay it, through the functions of the database that chat, pay page and callback call. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Database } from '../database/connection.ts';
import { makeOrder, orderByToken } from '../database/payments/orders.ts';
import { readStanding } from '../database/payments/standing.ts';
import { lookUp } from '../database/register.ts';
import { dateInKolkata } from '../domain/calendar.ts';
import { duesOf } from '../domain/rules.ts';
import { seeded, type Random } from '../sandbox/city/random.ts';
import { openAttempt, tellOf } from '../test/support/gateway-words.ts';

/** In milliseconds, each time that it was done. */
export interface Waits {
  readonly lookUps: number[];
  readonly pages: number[];
  readonly callbacks: number[];
}

export interface Crowd {
  readonly db: Database;
  /** Properties with something to pay; each is visited once. */
  readonly numbers: string[];
  readonly citizens: number;
  /** Between two things that one citizen does, on average, in milliseconds. */
  readonly restMs: number;
}

/** All of them go on until the work is done. */
export async function whileCitizensPay(crowd: Crowd, work: () => Promise<unknown>): Promise<Waits> {
  const waits: Waits = { lookUps: [], pages: [], callbacks: [] };
  const under = { way: true };
  const going = Array.from({ length: crowd.citizens }, (_, seed) => visit(crowd, waits, seeded(seed), under));
  try {
    await work();
  } finally {
    under.way = false;
  }
  await Promise.all(going);
  return waits;
}

async function visit(
  { db, numbers, restMs }: Crowd,
  waits: Waits,
  random: Random,
  under: { readonly way: boolean },
): Promise<void> {
  const rest = (): Promise<void> => pause(random.between(0, 2 * restMs));
  const today = dateInKolkata(Date.now());
  for (;;) {
    await rest();
    const number = numbers.pop();
    if (!under.way || number === undefined) return;
    const entry = await timed(waits.lookUps, () => lookUp(db, 'property', number));
    if (!entry) throw new Error(`no property ${number}`);
    const { dues } = duesOf({ ...entry, rules: {}, today, asOf: Date.now() });
    const lifetimeMs = 86_400_000;
    const { account } = entry;
    const order = await makeOrder(db, { service: 'propertyTax', account, dues, language: 'bn', lifetimeMs });
    await timed(waits.pages, async () => {
      await orderByToken(db, order.token);
      await readStanding(db, order.id);
    });
    const reference = await openAttempt(db, order).catch((error: unknown) => {
      if (error instanceof Error && error.message.includes('"changed"')) return undefined;
      throw error;
    });
    // The import has changed the bill since the look-up: they would look again.
    if (reference === undefined) continue;
    await rest();
    const settings = {
      counter: 'W',
      certificateCounter: 'CE',
      ownRegister: true,
      receiptYear: 'posting',
    } as const;
    await timed(waits.callbacks, () => tellOf(db, order, { reference }, { settings }));
  }
}

async function timed<T>(into: number[], run: () => Promise<T>): Promise<T> {
  const began = performance.now();
  const result = await run();
  into.push(performance.now() - began);
  return result;
}
