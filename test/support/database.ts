/** A database of its own for one test file, on the Postgres that all of them share. */
import { randomBytes } from 'node:crypto';
import pg from 'pg';

/** @returns its address */
export async function freshDatabase(serverUrl: string): Promise<string> {
  const name = `town_${randomBytes(4).toString('hex')}`;
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  await client.query(`create database ${name}`);
  await client.end();
  const url = new URL(serverUrl);
  url.pathname = name;
  return url.href;
}
