/**
 * Puts right what the other one of Postgres and Temporal has lost, after one was restored to an earlier moment; while API and
 * workers are stopped (docs/restore.md). `node dist/worker/restored.js postgres|temporal --since <moment>`, `… waiting`
 */
import { Client, Connection, WorkflowNotFoundError } from '@temporalio/client';
import { parseArgs } from 'node:util';
import { recordConsent } from '../database/citizens.ts';
import { connect, type Database } from '../database/connection.ts';
import {
  conversationsSince,
  givenNumbers,
  isKnown,
  rebuildPayment,
  rebuildRefund,
  rebuildRenewal,
  retell,
} from '../database/restored.ts';
import { workflowId } from '../domain/entities.ts';
import { longestWatchMs } from '../domain/payments/polls.ts';
import { serialNumber } from '../domain/serial-number.ts';
import { readSettings } from '../platform/settings.ts';
import { connectionOptions, dataConverter, temporalSettings } from '../platform/temporal.ts';
import {
  rememberedMessages,
  rememberedPayment,
  rememberedRefund,
  rememberedRenewal,
  runsSince,
} from './remembered.ts';

const usage = `restored postgres --since <moment>   Postgres was restored to this moment: what Temporal remembers is written into it
restored temporal --since <moment>   Temporal was restored to this moment: it is told again of what came after
restored waiting                     numbers of receipts, credit notes and certificates that nothing has come to again

A moment is a time with its offset, such as 2026-12-01T10:20:00+05:30; a little too early does no harm.
`;

/** Postgres lost what came since: Temporal remembers orders, attempts, numbers, tellings and who wants no messages. */
async function rebuildBooks(db: Database, client: Client, since: Date): Promise<string> {
  const restore = since.toISOString();
  let [payments, refunds, renewals, ended] = [0, 0, 0, 0];
  for await (const run of runsSince(client, 'payment', since)) {
    await rebuildPayment(db, await rememberedPayment(client, run), restore);
    payments += 1;
  }
  for await (const run of runsSince(client, 'refund', since)) {
    const standing = await rememberedRefund(client, run);
    if (!standing) continue;
    await rebuildRefund(db, standing, restore);
    refunds += 1;
  }
  for await (const run of runsSince(client, 'renewal', since)) {
    const standing = await rememberedRenewal(client, run);
    if (!standing) continue;
    await rebuildRenewal(db, standing, restore);
    renewals += 1;
  }
  for await (const run of runsSince(client, 'conversation', since)) {
    const { citizenId, messages } = await rememberedMessages(client, run, since);
    if (!(await isKnown(db, citizenId))) {
      // Nobody can be reached under this id any more: who writes again is a new citizen to us.
      await end(client, run.workflowId);
      ended += 1;
      continue;
    }
    for (const { wamid, sentAt, content, meaning } of messages) {
      const wish = meaning?.intents?.[0];
      if (wish?.certainty !== 'sure' || (wish.intent !== 'stop' && wish.intent !== 'start')) continue;
      const words = content.kind === 'text' ? content.text : '';
      await recordConsent(db, { citizenId, granted: wish.intent === 'start', words, wamid, sentAt });
    }
  }
  return `${payments} payments, ${refunds} refunds and ${renewals} renewals compared, ${ended} conversations ended`;
}

/** Temporal lost what came since: it is told again. A conversation that had gone on begins anew, with the next message. */
async function tellTemporalAgain(
  db: Database,
  client: Client,
  { since, watchMs }: { readonly since: Date; readonly watchMs: number },
): Promise<string> {
  const citizens = await conversationsSince(db, since);
  for (const citizen of citizens) await end(client, workflowId('conversation', citizen));
  await retell(db, { since, watchMs, restore: since.toISOString() });
  return `${citizens.length} conversations begin anew; payments, refunds, renewals and unanswered messages are told again`;
}

/**
 * Ends a conversation of which the books and Temporal no longer know the same. Its next reply would have the id of one that
 * was sent already, and so would never be sent.
 */
async function end(client: Client, id: string): Promise<void> {
  await client.workflow
    .getHandle(id)
    .terminate('restored')
    .catch((error: unknown) => {
      if (!(error instanceof WorkflowNotFoundError)) throw error;
    });
}

async function main(args: readonly string[]): Promise<string> {
  const { positionals, values } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { since: { type: 'string', default: '' } },
  });
  const [what] = positionals;
  const since = new Date(/[+-]\d\d:\d\d$|Z$/.test(values.since) ? values.since : Number.NaN);
  const isMoment = !Number.isNaN(since.getTime());
  if (what !== 'waiting' && !((what === 'postgres' || what === 'temporal') && isMoment)) {
    process.exitCode = 2;
    return usage;
  }
  const settings = readSettings([...temporalSettings, 'DATABASE_URL', 'PAYMENT_POLLS']);
  const db = connect({ url: settings.DATABASE_URL, size: 2, name: 'restored', onLost: () => undefined });
  try {
    if (what === 'waiting') {
      const numbers = await givenNumbers(db);
      const lines = numbers.map(
        ({ series, year, ordinal, about }) => `${serialNumber(series, year, ordinal)}  ${about}\n`,
      );
      return lines.length > 0 ? lines.join('') : 'every number has come into the books again\n';
    }
    const connection = await Connection.connect(connectionOptions(settings));
    try {
      const client = new Client({
        connection,
        namespace: settings.TEMPORAL_NAMESPACE,
        dataConverter: dataConverter(settings.PAYLOAD_KEYS),
      });
      const watchMs = settings.PAYMENT_POLLS ? Math.max(...settings.PAYMENT_POLLS) : longestWatchMs;
      const done =
        what === 'postgres'
          ? await rebuildBooks(db, client, since)
          : await tellTemporalAgain(db, client, { since, watchMs });
      return `${done}\n`;
    } finally {
      await connection.close();
    }
  } finally {
    await db.end();
  }
}

try {
  process.stdout.write(await main(process.argv.slice(2)));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
