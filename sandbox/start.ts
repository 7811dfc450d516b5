/** `npm start`: everything on this machine, with a table of addresses and the line `ready`. */
import { runFromTerminal } from './terminal.ts';

await runFromTerminal({ folder: '.data' });
