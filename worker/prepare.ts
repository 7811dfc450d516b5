/**
 * What a release needs before its processes start, done once: the database's schema, search attributes and Schedules of the
 * namespace, and, for the first release of all, that its workers get the work. Safe to repeat, and beside an older release
 * that runs. `node dist/worker/prepare.js`
 */
import { migrate } from '../database/migrate.ts';
import { createLogger } from '../platform/log.ts';
import { readSettings, SettingsError } from '../platform/settings.ts';
import { temporalSettings } from '../platform/temporal.ts';
import { prepareNamespace } from './namespace.ts';

const log = createLogger('prepare', process.env['LOG_LEVEL'] ?? 'info');

try {
  const settings = readSettings([...temporalSettings, 'DATABASE_URL', 'DATABASE_OWNER_URL', 'RELEASE']);
  if (settings.DATABASE_OWNER_URL === undefined)
    throw new SettingsError(
      'DATABASE_OWNER_URL is not set: the database to migrate, as the owner of its schema.',
    );
  await migrate(settings.DATABASE_OWNER_URL, settings.DATABASE_URL);
  log.info('the schema is that of this release');
  await prepareNamespace(settings, (line, error) => log.warn({ err: error }, line));
  log.info('the namespace is that of this release');
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
