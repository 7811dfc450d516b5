/** `npm run desk`: at the database that DATABASE_URL names, or else at that of `npm start`, where everybody may decide. */
import { deskFromTerminal } from '../desk/main.ts';
import { houseEnvironment } from './defaults.ts';

/** Another database is none of the sandbox's business: who acts there has to be set. */
const env = process.env['DATABASE_URL'] ? process.env : (await houseEnvironment('.data', process.env)).env;
process.exitCode = await deskFromTerminal(process.argv.slice(2), env);
