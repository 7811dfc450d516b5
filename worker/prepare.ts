/**
 * What a release needs before its processes start, done once: the database's schema, the search attributes of the
 * namespace, and, for the first release of all, that its workers get the work. Safe to repeat, and beside an older release
 * that runs. `node dist/worker/prepare.js`
 */
import { Connection } from '@temporalio/client';
import { migrate } from '../database/migrate.ts';
import { createLogger } from '../platform/log.ts';
import { readSettings, SettingsError } from '../platform/settings.ts';
import { connectionOptions, registerSearchAttributes, temporalSettings } from '../platform/temporal.ts';
import { searchAttributes } from '../workflows/search-attributes.ts';
import { makeFirstCurrent } from './deployment.ts';

const log = createLogger('prepare', process.env['LOG_LEVEL'] ?? 'info');

try {
  const settings = readSettings([...temporalSettings, 'DATABASE_URL', 'DATABASE_OWNER_URL', 'RELEASE']);
  if (settings.DATABASE_OWNER_URL === undefined)
    throw new SettingsError(
      'DATABASE_OWNER_URL is not set: the database to migrate, as the owner of its schema.',
    );
  await migrate(settings.DATABASE_OWNER_URL, settings.DATABASE_URL);
  log.info('the schema is that of this release');
  const connection = await Connection.connect(connectionOptions(settings));
  const attributes = Object.values(searchAttributes);
  try {
    await registerSearchAttributes(connection, settings.TEMPORAL_NAMESPACE, attributes);
    log.info('the search attributes are registered');
  } catch (error) {
    // Temporal Cloud, for one, lets only its own command line do that.
    const names = attributes.map(({ name, type }) => `${name} (${type})`).join(', ');
    log.warn({ err: error }, `could not register search attributes; create these by hand: ${names}`);
  }
  if (settings.RELEASE !== undefined)
    await makeFirstCurrent({ connection, namespace: settings.TEMPORAL_NAMESPACE }, settings.RELEASE);
  await connection.close();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
