import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import proto from '@temporalio/proto';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { workflowId } from '../../domain/entities.ts';
import { retentionKinds } from '../../domain/retention.ts';
import { answers, waitFor } from '../../sandbox/wait.ts';
import { ownPorts } from '../fixtures/house/terminal.ts';
import { runCommand } from '../support/command.ts';
import { gatherCrowd } from '../support/crowd.ts';
import { gatherPayers, paidOnce } from '../support/payers.ts';
import { freshNamespace } from '../support/temporal.ts';
import { startTown, type Town } from '../support/town.ts';

let town: Town;
const { WORKFLOW_TASK_FAILED_CAUSE_UNHANDLED_COMMAND: unhandledCommand } =
  proto.temporal.api.enums.v1.WorkflowTaskFailedCause;
const ends: (() => Promise<void>)[] = [];

beforeAll(async () => {
  town = await startTown({
    env: { RELEASE: 'one', SANDBOX_CITY: '2000', PROXY_HOPS: '1', WHATSAPP_UNKNOWN_WAIT: '3s' },
  });
  await prepare(town.house.env);
});
afterAll(async () => {
  for (const end of ends) await end();
  await town.stop();
});

/** The command line as whoever rolls out uses it. @returns what it printed */
async function release(...args: string[]): Promise<string> {
  const { code, printed } = await runCommand('worker/release.ts', args, town.house.env);
  if (code !== 0) throw new Error(printed);
  return printed;
}

async function prepare(env: NodeJS.ProcessEnv): Promise<void> {
  const { code, printed } = await runCommand('worker/prepare.ts', [], env);
  expect([code, printed]).toEqual([0, expect.stringContaining('the namespace is that of this release')]);
}

/** A worker is known a moment after it has asked for work. */
async function eventually(what: string, args: string[]): Promise<void> {
  await waitFor(what, async () => (await release(...args)) !== '', { everyMs: 500 });
}

/** The worker of another release beside that of the house. */
async function startWorker(name: string): Promise<void> {
  const { METRICS_PORT = '' } = await ownPorts();
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', join(import.meta.dirname, '../../worker/main.ts')],
    {
      env: { ...town.house.env, RELEASE: name, METRICS_PORT },
      stdio: 'ignore',
    },
  );
  ends.push(async () => {
    child.kill('SIGTERM');
    await once(child, 'close');
  });
  await waitFor(`the worker of ${name}`, () => answers(`http://127.0.0.1:${METRICS_PORT}/healthz`));
}

test('the first release gets the work as soon as it is prepared, and no later one does', async () => {
  const namespace = await freshNamespace(inject('temporalAddress'));
  const elsewhere = { ...town.house.env, TEMPORAL_NAMESPACE: namespace };
  for (const name of ['first', 'second']) await prepare({ ...elsewhere, RELEASE: name });
  const { printed } = await runCommand('worker/release.ts', ['status'], elsewhere);
  expect(printed).toBe(`${'first'.padEnd(24)}current\n`);
});

test('a house that has started has a Schedule for each kind of data that is kept for a time', async () => {
  await waitFor('the Schedules', async () => {
    const ids: string[] = [];
    for await (const { scheduleId } of town.temporal.schedule.list()) ids.push(scheduleId);
    return (
      ids.sort().join() ===
      retentionKinds
        .map((kind) => `purge-${kind}`)
        .sort()
        .join()
    );
  });
});

test('a new release takes over in the middle of fifty conversations and fifty payments, and fails, loses and doubles nothing', async () => {
  const crowd = await gatherCrowd(town, 50);
  const payers = await gatherPayers(town);
  const citizens = await town.invite(10);
  const opened = await Promise.all(
    citizens.map(async (citizen) => {
      const mine = [];
      for (let order = 0; order < 5; order += 1) {
        const payer = await payers.payer({ citizen });
        mine.push({ payer, reference: await payer.goToGateway() });
      }
      return mine;
    }),
  );
  await crowd.write(1);
  await crowd.wasAnsweredOnce();

  await startWorker('two');
  const written = crowd.write(2);
  for (const { payer, reference } of opened.flat().slice(0, 25))
    await payer.pay(reference, { webhookDelayMs: 500 });
  await eventually('a worker of release two', ['current', 'two']);
  for (const { payer, reference } of opened.flat().slice(25)) await payer.pay(reference);
  await written;
  await crowd.write(1);
  await crowd.wasAnsweredOnce(120_000);
  expect(await release('status')).toMatch(/^two +current$/m);

  // Conversations that were told of something under the new release have gone on to it: the old workers may end.
  await town.house.stopChild('worker');
  await crowd.write(1);
  await crowd.wasAnsweredOnce(120_000);
  for (const payer of payers.all) {
    const isRight = async (): Promise<true> => {
      expect(await payer.outcome()).toEqual(paidOnce);
      return true;
    };
    await waitFor('the payment to end', isRight, { timeoutMs: 60_000, everyMs: 500 });
  }
  expect(await payers.strayMessages()).toEqual({});

  const failures: string[] = [];
  const ids = [
    ...payers.all.map(({ orderId }) => workflowId('payment', orderId)),
    ...(await town
      .rows<{ id: string }>(
        `select distinct 'conversation-' || subject as id from outbox where entity = 'conversation'`,
      )
      .then((rows) => rows.map(({ id }) => id))),
  ];
  for (const id of ids) {
    const { events } = await town.temporal.workflow.getHandle(id).fetchHistory();
    for (const event of events ?? []) {
      const { workflowTaskFailedEventAttributes: failed } = event;
      // That the server refuses an end beside which something has come, is how it is told of it.
      if (failed && failed.cause !== unhandledCommand)
        failures.push(`${id}: ${String(failed.cause)} ${failed.failure?.message ?? ''}`);
    }
  }
  expect(failures).toEqual([]);
}, 400_000);
