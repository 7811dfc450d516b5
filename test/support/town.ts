/** A house for one test file: the real processes, WhatsApp's side of the wire, and a look into every book. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Client } from '@temporalio/client';
import pg from 'pg';
import { inject } from 'vitest';
import type { CitizenId } from '../../domain/citizen.ts';
import { workflowId } from '../../domain/entities.ts';
import { readSettings } from '../../platform/settings.ts';
import { lazyClient, temporalSettings } from '../../platform/temporal.ts';
import type { Faults } from '../../sandbox/graph/faults.ts';
import type { Citizen } from '../../sandbox/graph/model.ts';
import type { MessageView } from '../../sandbox/graph/view.ts';
import { startHouse, type ChildName, type House } from '../../sandbox/house.ts';
import { waitFor } from '../../sandbox/wait.ts';
import { ownPorts, temporaryFolder } from '../fixtures/house/terminal.ts';
import { answerReader, type Heard } from './answers.ts';
import { as, freshDatabase } from './database.ts';
import { freshNamespace } from './temporal.ts';
import { insist, post, textWebhook, type Answered, type Person } from './webhooks.ts';

export interface TownOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Servers that the test is going to kill; the others are shared by all tests. */
  readonly own?: readonly ('postgres' | 'temporal')[];
  /** Whether the house's reserves take what BillDesk does not; otherwise every payment is looked for at its stand-in. */
  readonly reserves?: boolean;
}

/** Reserves whose limit everything passes. */
export const noReserves = {
  PAYTM_MERCHANTS:
    '[{"id":"sandbox-paytm","mid":"M","weight":0,"most":1,"keys":[{"key":"invented-16-char"}]}]',
  RAZORPAY_MERCHANTS:
    '[{"id":"sandbox-razorpay","accountId":"acc_M","weight":0,"most":1,' +
    '"keys":[{"keyId":"rzp_test_M","keySecret":"invented-secret"}],"webhookSecrets":[{"secret":"invented-secret"}]}]',
};

export interface Town {
  readonly house: House;
  /** Where the house keeps its data. */
  readonly folder: string;
  readonly temporal: Client;
  /** Where Meta posts. */
  readonly webhookUrl: string;
  readonly apiUrl: string;
  /** Where the API tells operators what it measures. */
  readonly apiMetricsUrl: string;
  readonly secret: string;
  /** Posts a webhook as Meta does: signed, once. */
  post(body: unknown): Promise<Answered>;
  /** Posts it again until it is answered with 200. */
  insist(body: unknown): Promise<Answered>;
  /** A text of somebody, in a webhook of its own. */
  say(person: Person, text: string): Promise<Answered>;
  /** Calls the HTTP API of the sandbox. */
  sandbox<T>(method: string, path: string, body?: unknown): Promise<T>;
  faults(change: Partial<Faults>): Promise<void>;
  /** Citizens whom the sandbox knows and who may be answered, whoever posts their webhooks. */
  invite(count: number): Promise<Citizen[]>;
  inviteOne(): Promise<Citizen>;
  /** What a citizen has in their chat from us, in the order in which it came. */
  heard(citizenId: string): Promise<Heard[]>;
  /** Everything that went to anybody after the message `since`, also to people whom the sandbox does not know. */
  sent(since?: number): Promise<MessageView[]>;
  /** Resolves when nothing is left to be done: the outbox is delivered, every conversation waits for its citizen. */
  settled(timeoutMs?: number): Promise<void>;
  rows<T extends pg.QueryResultRow>(sql: string, values?: readonly unknown[]): Promise<T[]>;
  log(name: 'api' | 'worker' | 'sandbox'): Promise<string>;
  /** What the processes of the house logged as errors. */
  errors(): Promise<string[]>;
  /** SIGKILL; resolves when the house has started it again. */
  killed(name: ChildName): Promise<void>;
  stop(): Promise<void>;
}

export async function startTown({ env = {}, own = [], reserves = false }: TownOptions = {}): Promise<Town> {
  const database = own.includes('postgres') ? undefined : await freshDatabase(inject('databaseUrl'));
  const folder = await temporaryFolder();
  const house = await startHouse({
    folder: folder.path,
    // Tests kill processes, which a commit outlives without that, and never the machine.
    flushes: false,
    env: {
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      TEMPORAL_CLI_PATH: process.env['TEMPORAL_CLI_PATH'],
      ...(await ownPorts()),
      ...(database !== undefined && {
        DATABASE_URL: database,
        DATABASE_OWNER_URL: as('purosheba_owner', database),
      }),
      ...(!own.includes('temporal') && {
        TEMPORAL_ADDRESS: inject('temporalAddress'),
        TEMPORAL_NAMESPACE: await freshNamespace(inject('temporalAddress')),
      }),
      ...(!reserves && noReserves),
      ...env,
    },
  });
  const setting = (name: string): string => house.env[name] ?? '';
  const db = new pg.Pool({ connectionString: setting('DATABASE_OWNER_URL'), max: 3 });
  // A killed Postgres breaks idle connections; the next query makes a new one.
  db.on('error', () => undefined);
  const temporal = lazyClient(readSettings([...temporalSettings], house.env));
  const apiUrl = `http://127.0.0.1:${setting('PORT')}`;
  const webhookUrl = `${apiUrl}/webhooks/whatsapp`;
  const secret = setting('WHATSAPP_APP_SECRET').split(',')[0] ?? '';
  const read = answerReader(house.env);

  async function sandbox<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await fetch(`http://127.0.0.1:${setting('SANDBOX_PORT')}/sandbox/${path}`, {
      method,
      ...(body !== undefined && {
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${await response.text()}`);
    return (await response.json()) as T;
  }

  async function rows<T extends pg.QueryResultRow>(
    sql: string,
    values: readonly unknown[] = [],
  ): Promise<T[]> {
    return (await db.query<T>(sql, [...values])).rows;
  }

  async function invite(count: number): Promise<Citizen[]> {
    const { citizens } = await sandbox<{ citizens: Citizen[] }>('POST', 'citizens', { count });
    for (const { id } of citizens) await sandbox('PATCH', `citizens/${id}`, { windowOpen: true });
    return citizens;
  }

  async function isSettled(): Promise<boolean> {
    const [waiting] = await rows(
      'select from outbox where delivered_at is null and set_aside_at is null limit 1',
    );
    if (waiting) return false;
    const lanes = await rows<{ subject: CitizenId }>(
      `select distinct subject from outbox where entity = 'conversation' and delivered_at is not null`,
    );
    for (const { subject } of lanes) {
      const { raw } = await temporal.workflow.getHandle(workflowId('conversation', subject)).describe();
      if (raw.pendingWorkflowTask || (raw.pendingActivities ?? []).length > 0) return false;
    }
    return true;
  }

  const log = (name: string): Promise<string> => readFile(join(folder.path, 'logs', `${name}.log`), 'utf8');

  return {
    house,
    folder: folder.path,
    temporal,
    apiUrl,
    apiMetricsUrl: `http://127.0.0.1:${setting('API_METRICS_PORT')}/metrics`,
    webhookUrl,
    secret,
    post: (body) => post(webhookUrl, body, secret),
    insist: (body) => insist(webhookUrl, body, secret),
    say: (person, text) => post(webhookUrl, textWebhook([{ by: person, text }]), secret),
    sandbox,
    rows,
    log,
    async faults(change) {
      await sandbox('PATCH', 'faults', change);
    },
    invite,
    async inviteOne() {
      const [citizen] = await invite(1);
      if (!citizen) throw new Error('the sandbox invented nobody');
      return citizen;
    },
    async heard(citizenId) {
      const { messages } = await sandbox<{ messages: MessageView[] }>('GET', `citizens/${citizenId}/chat`);
      return messages
        .filter(({ direction, state }) => direction === 'outbound' && state !== 'failed')
        .map(({ text }) => read(text));
    },
    async sent(since = 0) {
      return (await sandbox<{ messages: MessageView[] }>('GET', `outbound?since=${since}`)).messages;
    },
    settled: (timeoutMs = 60_000) =>
      waitFor('nothing left to be done', isSettled, { timeoutMs, everyMs: 250 }),
    async errors() {
      const lines = (await Promise.all([log('api'), log('worker')])).join('\n').split('\n');
      return lines.filter((line) => /"level":"(error|fatal)"/.test(line));
    },
    async killed(name) {
      const before = house.pid(name);
      house.kill(name, 'SIGKILL');
      await waitFor(`a new ${name}`, () => ![before, undefined].includes(house.pid(name)));
      await house.ready(name);
    },
    async stop() {
      await db.end();
      await temporal.connection.close();
      await house.stop();
      await folder.remove();
    },
  };
}
