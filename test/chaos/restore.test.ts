import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { MessageView } from '../../sandbox/graph/view.ts';
import type { ChildName } from '../../sandbox/house.ts';
import { waitFor } from '../../sandbox/wait.ts';
import { runCommand } from '../support/command.ts';
import { addLicence, addTrades, trades, type Ask, type Shop } from '../support/licences.ts';
import { gatherPayers, paidOnce, type Payer, type Payers } from '../support/payers.ts';
import { startTown, type Town } from '../support/town.ts';

const execute = promisify(execFile);
let town: Town;
let payers: Payers;
const ask: Ask = (sql, values) => town.rows(sql, values);

beforeAll(async () => {
  town = await startTown({
    own: ['postgres', 'temporal'],
    env: {
      SANDBOX_CITY: '200',
      PROXY_HOPS: '1',
      WHATSAPP_UNKNOWN_WAIT: '3s',
      PAYMENT_POLLS: '3s,8s,15s,25s,40s,60s,1h',
    },
  });
  payers = await gatherPayers(town);
  await addTrades(ask);
});
afterAll(() => town.stop());

const everybody: readonly ChildName[] = ['api', 'worker', 'temporal', 'postgres'];
type Server = 'postgres' | 'temporal';
const filesOf: Readonly<Record<Server, readonly string[]>> = {
  postgres: ['postgres'],
  temporal: ['temporal.db', 'temporal.db-wal', 'temporal.db-shm'],
};

async function stopAll(): Promise<void> {
  for (const name of everybody) await town.house.stopChild(name);
}

async function start(names: readonly ChildName[]): Promise<void> {
  for (const name of names) await town.house.startChild(name);
}

/** Copies what both servers have on the disk. @returns the moment that the copy is of */
async function backUp(): Promise<Date> {
  await town.settled();
  const moment = new Date();
  await stopAll();
  for (const file of Object.values(filesOf).flat()) await copy(file, `backup-${file}`);
  await start([...everybody].reverse());
  return moment;
}

/** With its owner: Postgres runs as a user of its own. The write-ahead log of a server that has ended is gone. */
async function copy(from: string, to: string): Promise<void> {
  await rm(join(town.folder, to), { recursive: true, force: true });
  if (existsSync(join(town.folder, from)))
    await execute('cp', ['-a', join(town.folder, from), join(town.folder, to)]);
}

/** Does what docs/restore.md says: everything is stopped, one server is restored, the command is run, all is started. */
async function restore(server: Server, since: Date): Promise<void> {
  await stopAll();
  for (const file of filesOf[server]) await copy(`backup-${file}`, file);
  await start(['postgres', 'temporal']);
  const done = await restored(server, '--since', since.toISOString());
  expect(done).toMatchObject({ code: 0 });
  await start(['worker', 'api']);
}

const restored = (...args: readonly string[]) => runCommand('worker/restored.ts', args, town.house.env);

interface Papers {
  readonly receipts: readonly { readonly number: string; readonly order: string; readonly amount: string }[];
  readonly certificates: readonly { readonly number: string; readonly renewal: string }[];
}

/** Every number that somebody may hold. */
async function papers(): Promise<Papers> {
  return {
    receipts: await town.rows(
      'select number, order_id as "order", amount::text from receipts order by number',
    ),
    certificates: await town.rows('select number, renewal_id as renewal from certificates order by number'),
  };
}

/** Everything that was said to somebody, in their chat. */
async function chat(citizen: string): Promise<string[]> {
  const { messages } = await town.sandbox<{ messages: MessageView[] }>('GET', `citizens/${citizen}/chat`);
  return messages
    .filter(({ direction, state }) => direction === 'outbound' && state !== 'failed')
    .map(({ text }) => text);
}

async function say(citizen: string, ...texts: readonly string[]): Promise<void> {
  for (const text of texts) {
    const before = (await chat(citizen)).length;
    await town.sandbox('POST', `citizens/${citizen}/messages`, { text });
    await waitFor(`an answer to ${text}`, async () => (await chat(citizen)).length > before);
  }
}

async function hasEnded(payer: Payer): Promise<void> {
  const isRight = async (): Promise<true> => {
    expect(await payer.outcome()).toEqual(paidOnce);
    return true;
  };
  await waitFor('the payment to end', isRight, { timeoutMs: 60_000, everyMs: 500 });
}

/** A shopkeeper whom we know, who renews for three years, up to the link. */
async function applies(shop: Shop, citizen: string): Promise<void> {
  await say(citizen, `renew ${shop.number}`, 'ok', '3');
}

async function paysFor(shop: Shop): Promise<void> {
  const [order] = await town.rows<{ id: string; token: string }>(
    'select o.id, o.token from orders o join renewals r on r.order_id = o.id where r.id = $1',
    [shop.id],
  );
  const page = await fetch(`${town.apiUrl}/pay/${order?.token ?? ''}`, { method: 'POST' });
  expect(page.status).toBe(200);
  const [attempt] = await town.rows<{ reference: string }>(
    'select reference from attempts where order_id = $1',
    [order?.id],
  );
  await town.sandbox('POST', `billdesk/orders/${attempt?.reference ?? ''}/pay`, { outcome: 'success' });
}

/** What the gateway took, and what the books hold of it, to the paisa. */
async function booksAgree(): Promise<void> {
  const { amountPaise } = await payers.totals();
  const [books] = await town.rows(
    `select coalesce(sum(amount), 0)::float8 as balance,
       coalesce(sum(amount) filter (where account like 'clearing/%'), 0)::float8 as took from entry_lines`,
  );
  expect(books).toEqual({ balance: 0, took: amountPaise });
  const gaps = await town.rows(
    `select s.series from number_series s where s.last <> (
       select count(*) from (select counter as series, financial_year from receipts
         union all select split_part(number, '-', 1), split_part(number, '-', 2)::int from certificates) n
       where n.series = s.series and n.financial_year = s.financial_year)`,
  );
  expect(gaps).toEqual([]);
}

describe('one of the two is restored to an earlier moment, as docs/restore.md says', () => {
  test('Postgres: Temporal and the gateway know the rest; nothing is lost, no number is given twice, nobody is told twice', async () => {
    const [old, later, still, quiet, keeper, applicant] = await town.invite(6);
    if (!old || !later || !still || !quiet || !keeper || !applicant) throw new Error('nobody');
    const shop = await addLicence(ask);
    const eatery = await addLicence(ask, { trade: trades.approved });
    for (const { id } of [later, still, quiet, keeper, applicant]) await say(id, 'hi');
    const settled = await payers.payer({ citizen: old });
    await settled.payNow();
    await hasEnded(settled);
    const early = await payers.payer({ citizen: old });
    const reference = await early.goToGateway();

    const moment = await backUp();

    await early.pay(reference);
    await hasEnded(early);
    const late = await payers.payer({ citizen: later });
    await late.payNow();
    await hasEnded(late);
    // Of whom the restored books know nothing at all.
    const newcomer = await payers.payer();
    await newcomer.payNow();
    await hasEnded(newcomer);
    // Still on the gateway's page when it happens.
    const waiting = await payers.payer({ citizen: still });
    const waitingReference = await waiting.goToGateway();
    await say(quiet.id, 'stop');
    await applies(shop, keeper.id);
    await paysFor(shop);
    await applies(eatery, applicant.id);
    const isRenewed = async (): Promise<boolean> => (await chat(keeper.id)).length === 6;
    await waitFor('receipt and certificate', isRenewed, { timeoutMs: 30_000 });
    const before = await papers();
    expect(before.receipts).toHaveLength(5);
    expect(before.certificates).toHaveLength(1);
    const said = await Promise.all([keeper, applicant, quiet].map(({ id }) => chat(id)));

    await town.settled();
    await restore('postgres', moment);

    for (const payer of [settled, early, late, newcomer]) await hasEnded(payer);
    const isWhole = async (): Promise<true> => {
      expect(await papers()).toEqual(before);
      return true;
    };
    await waitFor('the same papers', isWhole, { timeoutMs: 60_000, everyMs: 500 });
    await waiting.pay(waitingReference);
    await hasEnded(waiting);
    expect((await papers()).receipts).toHaveLength(6);
    expect((await restored('waiting')).printed).toBe('every number has come into the books again\n');
    await booksAgree();

    await town.settled();
    expect(await payers.strayMessages()).toEqual({});
    expect(await Promise.all([keeper, applicant, quiet].map(({ id }) => chat(id)))).toEqual(said);
    expect(await town.rows('select state from renewals where id = $1', [shop.id])).toEqual([
      { state: 'renewed' },
    ]);
    expect(
      await town.rows(`select kind from cases where subject_id = $1 and closed_at is null`, [eatery.id]),
    ).toEqual([{ kind: 'licenceApproval' }]);
    expect(await town.rows('select from citizens where opted_out_at is not null')).toHaveLength(1);
    // Everybody is answered as before, each once; also whom the books know by another id now.
    for (const { id } of [later, quiet, keeper, newcomer.citizen]) await say(id, 'help');
  });

  test('Temporal: Postgres tells it again; what was answered is not answered twice, and what was not is answered', async () => {
    const [old, later, talker, mute] = await town.invite(4);
    if (!old || !later || !talker || !mute) throw new Error('nobody');
    for (const { id } of [later, talker, mute]) await say(id, 'hi');
    const early = await payers.payer({ citizen: old });
    const reference = await early.goToGateway();

    const moment = await backUp();

    await early.pay(reference);
    await hasEnded(early);
    const late = await payers.payer({ citizen: later });
    await late.payNow();
    await hasEnded(late);
    const waiting = await payers.payer({ citizen: later });
    const waitingReference = await waiting.goToGateway();
    await say(talker.id, 'hi', 'help', 'about');
    // Taken with 200, handed to Temporal, and then nobody is there to answer.
    await town.house.stopChild('worker');
    await town.sandbox('POST', `citizens/${mute.id}/messages`, { text: 'help' });
    const isHanded = async (): Promise<boolean> =>
      (await town.rows('select from outbox where delivered_at is null')).length === 0;
    await waitFor('the message to be handed over', isHanded);
    const before = await papers();
    const said = await chat(talker.id);
    const unanswered = (await chat(mute.id)).length;

    await restore('temporal', moment);

    const isAnswered = async (): Promise<boolean> => (await chat(mute.id)).length === unanswered + 1;
    await waitFor('the answer', isAnswered, { timeoutMs: 30_000 });
    for (const payer of [early, late]) await hasEnded(payer);
    await waiting.pay(waitingReference);
    await hasEnded(waiting);
    expect((await papers()).receipts).toHaveLength(before.receipts.length + 1);
    await booksAgree();
    await town.settled();
    expect(await chat(talker.id)).toEqual(said);
    expect(await payers.strayMessages()).toEqual({});
    for (const { id } of [talker, mute, later]) await say(id, 'help');
  });

  test('a moment without its offset, or none, is refused in words', async () => {
    for (const args of [[], ['postgres'], ['temporal', '--since', '2026-12-01 10:20']]) {
      const run = await restored(...args);
      expect(run.code).toBe(2);
      expect(run.printed).toContain('a time with its offset');
    }
  });
});
