/** Meta's payloads, as files of invented data in test/fixtures/whatsapp. */
import { readdirSync, readFileSync } from 'node:fs';

const root = new URL('../fixtures/whatsapp/', import.meta.url);

export type Folder = 'inbound' | 'status' | 'account' | 'outbound' | 'response';

export const fixture = (folder: Folder, name: string): unknown =>
  JSON.parse(readFileSync(new URL(`${folder}/${name}.json`, root), 'utf8')) as unknown;

export const fixtureNames = (folder: Folder): string[] =>
  readdirSync(new URL(`${folder}/`, root)).map((file) => file.replace(/\.json$/, ''));

/** The same as if it happened now: what is a day old finds WhatsApp's window closed. */
export const freshFixture = (folder: Folder, name: string): unknown =>
  JSON.parse(
    JSON.stringify(fixture(folder, name)).replace(
      /"timestamp":"\d+"/g,
      `"timestamp":"${Math.floor(Date.now() / 1000)}"`,
    ),
  ) as unknown;
