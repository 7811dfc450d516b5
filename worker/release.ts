/**
 * Which release of the workers takes new work. `node dist/worker/release.js status`, `… current <release>`
 */
import { Connection } from '@temporalio/client';
import { readSettings } from '../platform/settings.ts';
import { connectionOptions, temporalSettings } from '../platform/temporal.ts';
import { makeCurrent, releases } from './deployment.ts';

const usage = `release status            every release, and whether its workers may end
release current <name>    new work goes to this release from now on
`;

const [command, name] = process.argv.slice(2);
try {
  if (!(command === 'status' || (command === 'current' && name !== undefined))) {
    process.stderr.write(usage);
    process.exitCode = 2;
  } else {
    const settings = readSettings(temporalSettings);
    const connection = await Connection.connect(connectionOptions(settings));
    const deployment = { connection, namespace: settings.TEMPORAL_NAMESPACE };
    if (command === 'current') await makeCurrent(deployment, name ?? '');
    for (const release of await releases(deployment))
      process.stdout.write(`${release.name.padEnd(24)}${release.state}\n`);
    await connection.close();
  }
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
