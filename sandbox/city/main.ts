/** `npm run city`: writes a synthetic Kolkata of any size as the files that `npm run import` takes. */
import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { dateInKolkata, isDate } from '../../domain/calendar.ts';
import { cityFiles, type CityOptions } from './files.ts';

const usage = `Usage: npm run city -- [--properties 10000] [--demands 4] [--seed 7] [--today 2026-05-20] [--out folder]

Writes the properties, the trade licences and the market stalls of an invented city, their bills, and an invented
schedule of trades and their fees. The same options give the same files.

  --properties  how many; there is a licence to every second one, a stall to every twentieth
  --demands     average number of bills of a property, paid ones among them
  --today       the day on which the newest bills are new; by default this day
  --out         by default .data/city
`;

/** @throws Error when a value makes no sense */
function readOptions(): (CityOptions & { readonly out: string }) | undefined {
  const { values } = parseArgs({
    options: {
      properties: { type: 'string', default: '10000' },
      demands: { type: 'string', default: '4' },
      seed: { type: 'string', default: '7' },
      today: { type: 'string', default: dateInKolkata(Date.now()) },
      out: { type: 'string', default: join('.data', 'city') },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return undefined;
  const whole = (name: string, value: string, most: number): number => {
    const number = Number(value);
    if (Number.isInteger(number) && number >= 1 && number <= most) return number;
    throw new Error(`--${name} is a whole number from 1 to ${most}, not ${value}.`);
  };
  if (!isDate(values.today)) throw new Error(`--today is a date as 2026-05-20, not ${values.today}.`);
  return {
    properties: whole('properties', values.properties, 10_000_000),
    demands: whole('demands', values.demands, 40),
    seed: whole('seed', values.seed, 1_000_000),
    today: values.today,
    out: values.out,
  };
}

try {
  const options = readOptions();
  if (options === undefined) {
    process.stdout.write(usage);
  } else {
    await mkdir(options.out, { recursive: true });
    const files = cityFiles(options);
    for (const [name, pieces] of Object.entries(files)) {
      const path = join(options.out, name);
      await pipeline(Readable.from(pieces), createWriteStream(path));
      process.stdout.write(`${path}\n`);
    }
    process.stdout.write(
      `Import them with: npm run import -- ${Object.keys(files)
        .map((name) => join(options.out, name))
        .join(' ')}\n`,
    );
  }
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
  process.exitCode = 1;
}
