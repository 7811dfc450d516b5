/** The synthetic city as files, for measurements that read files. */
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { dateInKolkata } from '../domain/calendar.ts';
import { demandsCsv, propertiesCsv } from '../sandbox/city/files.ts';

export interface CityFiles {
  readonly properties: string;
  readonly demands: string;
}

export async function writeCity(folder: string, properties: number, demands: number): Promise<CityFiles> {
  const city = { properties, demands, seed: 7, today: dateInKolkata(Date.now()) };
  const files = { properties: join(folder, 'properties.csv'), demands: join(folder, 'demands.csv') };
  await pipeline(Readable.from(propertiesCsv(city)), createWriteStream(files.properties));
  await pipeline(Readable.from(demandsCsv(city)), createWriteStream(files.demands));
  return files;
}
