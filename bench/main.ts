/** `npm run bench`: measurements that anybody can repeat. Exits with 1 when a promise is not kept. */
import { parseArgs } from 'node:util';
import { measureImport } from './import.ts';
import { measureImportUnderLoad } from './import-under-load.ts';
import { measureLookUp } from './lookup.ts';
import { measurePool } from './pool.ts';
import { measureReceipt } from './receipt.ts';
import { say } from './say.ts';
import { measureUnderstanding } from './understanding.ts';

const usage = `Usage: npm run bench -- [import] [import-under-load] [lookup] [receipt] [understanding] [pool]
                        [--properties 20000] [--demands 10]
                        [--rounds 3] [--rate 200] [--seconds 10]

  import   the import of a register, beside a bare COPY of the same file, so many rounds
  import-under-load
           what citizens wait for who look up and pay during an import of changed bills
  lookup   a look-up by number, beside a bare select by primary key
  receipt  the CPU time that a receipt takes
  understanding
           how rightly what citizens write is understood, and how fast; MESSAGES=<folder> reads other messages than
           those of test/fixtures/messages, WORST=100 shows so many that were not
  pool     six merchant accounts, of which two fail and one is slow: what each gets, and what citizens see

Without a name, all of them. The sizes of the promises: --properties 1000000 --demands 10.
`;

const measurements = {
  import: measureImport,
  'import-under-load': measureImportUnderLoad,
  lookup: measureLookUp,
  receipt: measureReceipt,
  understanding: measureUnderstanding,
  pool: measurePool,
} as const;
type Name = keyof typeof measurements;
const names = Object.keys(measurements) as Name[];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    properties: { type: 'string', default: '20000' },
    demands: { type: 'string', default: '10' },
    rounds: { type: 'string', default: '3' },
    rate: { type: 'string', default: '200' },
    seconds: { type: 'string', default: '10' },
    help: { type: 'boolean', default: false },
  },
});
const sizes = {
  properties: Number(values.properties),
  demands: Number(values.demands),
  rounds: Number(values.rounds),
  rate: Number(values.rate),
  seconds: Number(values.seconds),
};
const unknown = positionals.filter((name) => !(names as string[]).includes(name));
const wrong = Object.entries(sizes).filter(([, size]) => !(size > 0));

if (values.help || unknown.length > 0 || wrong.length > 0) {
  process.stdout.write(usage);
  process.exitCode = values.help ? 0 : 1;
} else {
  for (const name of names.filter((each) => positionals.length === 0 || positionals.includes(each))) {
    say(`\n${name}`);
    const kept = await measurements[name](sizes);
    if (!kept) process.exitCode = 1;
  }
}
