/**
 * The desk: what waits for a person, and what a person decides about it. `node dist/desk/main.js <command>`; `npm run desk`
 * is the same, with the database of `npm start` where DATABASE_URL names none. Temporal is not needed: word for its workflows
 * waits in the outbox.
 */
import { pathToFileURL } from 'node:url';
import { connect } from '../database/connection.ts';
import { accountsIn, gatewaySettings } from '../gateways/pool.ts';
import { createLogger } from '../platform/log.ts';
import { receiptRules, receiptSettings } from '../platform/receipts.ts';
import { readSettings, SettingsError } from '../platform/settings.ts';
import { createRecords } from '../records/create.ts';
import { createFind } from '../records/find.ts';
import { createRenewalPrice } from '../records/renewal-price.ts';
import { createRuleBook } from '../records/rule-book.ts';
import { readCommand, type Command } from './command.ts';
import { exitCodes, run, type AtDesk } from './run.ts';
import { usage } from './words.ts';

/**
 * The command.
 * @param env the settings; who acts is one of them, and never an argument
 * @returns the exit code
 */
export async function deskFromTerminal(args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const command = readCommand(args);
  if (command.name === 'help') {
    process.stdout.write(usage);
    return exitCodes.done;
  }
  if (command.name === 'mistake') {
    process.stderr.write(`${command.because}\n\n${usage}`);
    return exitCodes.failed;
  }
  try {
    return await atDesk(command, env);
  } catch (error) {
    process.stderr.write(`${explain(error)}\n`);
    return exitCodes.failed;
  }
}

async function atDesk(command: Command, env: NodeJS.ProcessEnv): Promise<number> {
  const settings = readSettings(
    [...receiptSettings, 'DATABASE_URL', 'RENEWAL_LIFETIME', 'DESK_PERSON', 'DESK_ROLES'],
    env,
    gatewaySettings,
  );
  const db = connect({ url: settings.DATABASE_URL, size: 2, name: 'desk', onLost: () => undefined });
  try {
    const records = createRecords({
      db,
      backOfficeUrl: settings.BACK_OFFICE_URL,
      backOfficeToken: settings.BACK_OFFICE_TOKEN,
    });
    const find = createFind({ records, rules: createRuleBook(db), log: createLogger('desk', 'silent') });
    const desk: AtDesk = {
      db,
      settings: receiptRules(settings),
      priceOf: createRenewalPrice({ db, find, lifetimeMs: settings.RENEWAL_LIFETIME }),
      person: { name: settings.DESK_PERSON, roles: settings.DESK_ROLES },
      accounts: accountsIn(settings),
    };
    return await run(desk, command);
  } finally {
    await db.end();
  }
}

/** For people: what to do, and never a stack trace. */
function explain(error: unknown): string {
  if (error instanceof SettingsError) return error.message;
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ECONNREFUSED' || code === 'ENOTFOUND') {
    return 'The database does not answer. Start it (npm start starts one), or correct DATABASE_URL.';
  }
  if (code === '42P01') return 'The database has no tables yet: migrate it first.';
  return `It did not work, and nothing was changed: ${error instanceof Error ? error.message : String(error)}`;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  process.exitCode = await deskFromTerminal(process.argv.slice(2), process.env);
}
