/** What a Temporal namespace needs before workers serve it: search attributes, Schedules, and a first release. */
import { Client, Connection } from '@temporalio/client';
import type { Settings } from '../platform/settings.ts';
import {
  connectionOptions,
  dataConverter,
  registerSearchAttributes,
  type TemporalSettings,
} from '../platform/temporal.ts';
import { searchAttributes } from '../workflows/search-attributes.ts';
import { makeFirstCurrent } from './deployment.ts';
import { registerSchedules } from './schedules.ts';

/**
 * Makes a namespace ready for this release. Safe to repeat, and beside an older release that runs.
 * @param warn is told what has to be done by hand
 */
export async function prepareNamespace(
  settings: TemporalSettings & Pick<Settings, 'RELEASE'>,
  warn: (line: string, error: unknown) => void,
): Promise<void> {
  const connection = await Connection.connect(connectionOptions(settings));
  const namespace = settings.TEMPORAL_NAMESPACE;
  try {
    const attributes = Object.values(searchAttributes);
    await registerSearchAttributes(connection, namespace, attributes).catch((error: unknown) => {
      // Temporal Cloud, for one, lets only its own command line do that.
      const names = attributes.map(({ name, type }) => `${name} (${type})`).join(', ');
      warn(`could not register search attributes; create these by hand: ${names}`, error);
    });
    await registerSchedules(
      new Client({ connection, namespace, dataConverter: dataConverter(settings.PAYLOAD_KEYS) }),
    );
    if (settings.RELEASE !== undefined) await makeFirstCurrent({ connection, namespace }, settings.RELEASE);
  } finally {
    await connection.close();
  }
}
