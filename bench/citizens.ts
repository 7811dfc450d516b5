/** Citizens who look at what they owe and pay it, on the pages of a running house; the gateway's word comes as a callback. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Database } from '../database/connection.ts';
import { makeOrder } from '../database/payments/orders.ts';
import { lookUp, readRules } from '../database/register.ts';
import { dateInKolkata } from '../domain/calendar.ts';
import { duesOf } from '../domain/rules.ts';
import { billDeskSettings } from '../gateways/billdesk/settings.ts';
import { readSettings } from '../platform/settings.ts';
import type { Order } from '../sandbox/gateways/billdesk/order.ts';
import { sealForMerchant } from '../sandbox/gateways/billdesk/seal.ts';
import { newTransaction, transactionObject } from '../sandbox/gateways/billdesk/transaction.ts';
import { seeded, type Random } from '../sandbox/city/random.ts';
import type { House } from '../sandbox/house.ts';

/** In milliseconds, each time that it was done. */
export interface Waits {
  readonly pages: number[];
  readonly callbacks: number[];
}

export interface Crowd {
  readonly house: House;
  readonly db: Database;
  /** Properties with something to pay; each is visited once. */
  readonly numbers: string[];
  readonly citizens: number;
  /** Between two things that one citizen does, on average, in milliseconds. */
  readonly restMs: number;
}

/** All of them go on until the work is done. */
export async function whileCitizensPay(crowd: Crowd, work: () => Promise<unknown>): Promise<Waits> {
  const waits: Waits = { pages: [], callbacks: [] };
  const under = { way: true };
  const going = Array.from({ length: crowd.citizens }, (_, seed) => visits(crowd, waits, seed, under));
  try {
    await work();
  } finally {
    under.way = false;
  }
  await Promise.all(going);
  return waits;
}

async function visits(
  { house, db, numbers, restMs }: Crowd,
  waits: Waits,
  seed: number,
  under: { readonly way: boolean },
): Promise<void> {
  const random: Random = seeded(seed);
  const rest = (): Promise<void> => pause(random.between(0, 2 * restMs));
  const address = (path: string): string => `http://127.0.0.1:${house.env['PORT'] ?? ''}${path}`;
  const headers = {
    'x-forwarded-for': `10.0.${seed >> 8}.${seed & 255}`,
    'content-type': 'application/x-www-form-urlencoded',
  };
  for (;;) {
    await rest();
    const number = numbers.pop();
    if (!under.way || number === undefined) return;
    const token = await linkFor(db, number);
    const page = await timed(waits.pages, () => fetch(address(`/pay/${token}`), { headers }));
    if (page.status !== 200) throw new Error(`the pay page answers ${page.status}`);
    const pressed = await fetch(address(`/pay/${token}`), { method: 'POST', headers });
    const bdorderid = /name="bdorderid" value="([^"]+)"/.exec(await pressed.text())?.[1];
    // The import has changed the bill since the look-up: they would look again.
    if (bdorderid === undefined) continue;
    const words = await saidOf(house, db, bdorderid);
    await rest();
    const told = await timed(waits.callbacks, () =>
      fetch(address('/webhooks/billdesk'), {
        method: 'POST',
        headers: { 'content-type': 'application/jose' },
        body: words,
      }),
    );
    if (told.status !== 200) throw new Error(`the callback is answered with ${told.status}`);
  }
}

/** As the chat makes it. */
async function linkFor(db: Database, number: string): Promise<string> {
  const entry = await lookUp(db, 'property', number);
  if (!entry) throw new Error(`no property ${number}`);
  const today = dateInKolkata(Date.now());
  const rules = await readRules(db, today);
  const { dues } = duesOf({ ...entry, rules, today, asOf: Date.now() });
  const { account } = entry;
  const order = await makeOrder(db, {
    service: 'propertyTax',
    account,
    dues,
    language: 'bn',
    lifetimeMs: 86_400_000,
  });
  return order.token;
}

/** A success as the gateway seals it. */
async function saidOf({ env }: House, db: Database, bdorderid: string): Promise<string> {
  const { rows } = await db.query<{ reference: string }>(
    'select reference from attempts where gateway_order_id = $1',
    [bdorderid],
  );
  const sandbox = `http://127.0.0.1:${env['SANDBOX_PORT'] ?? ''}/sandbox`;
  const made = await fetch(`${sandbox}/billdesk/orders/${rows[0]?.reference ?? ''}`);
  const order = (await made.json()) as Order;
  const [merchant] = readSettings([], env, billDeskSettings).BILLDESK_MERCHANTS ?? [];
  if (merchant === undefined) throw new Error('the house has no merchant account at BillDesk');
  const success = newTransaction('upi', 'success', Date.now());
  return sealForMerchant(transactionObject(order, success), merchant);
}

async function timed(into: number[], call: () => Promise<Response>): Promise<Response> {
  const began = performance.now();
  const response = await call();
  // A page has come when all of it is there.
  const body = await response.text();
  into.push(performance.now() - began);
  return new Response(body, { status: response.status });
}
