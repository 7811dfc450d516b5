/** `npm run import`: into the database that DATABASE_URL names, or else into that of `npm start`. */
import { importFromTerminal } from '../database/import.ts';
import { houseEnvironment } from './defaults.ts';

const { env } = await houseEnvironment('.data', process.env);
process.exitCode = await importFromTerminal(process.argv.slice(2), env['DATABASE_URL'] ?? '');
