/** docker-compose.yml without a Docker: valid, complete, and free of secrets. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as dclint from 'dclint';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { gatewayNames } from '../../domain/payments/gateways.ts';
import { gatewaySettings } from '../../gateways/pool.ts';
import { readSettings, settingNames } from '../../platform/settings.ts';

interface Service {
  readonly image: string;
  readonly restart?: string;
  readonly healthcheck?: { readonly test?: readonly string[]; readonly disable?: boolean };
  readonly environment?: Readonly<Record<string, string>>;
  readonly env_file?: string;
  readonly ports?: readonly string[];
  readonly mem_limit?: string;
  readonly pids_limit?: number;
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
}

/** Said here because dclint's own types do not resolve in ES modules. */
const { DCLinter } = dclint as unknown as {
  readonly DCLinter: new (config: object) => {
    lintFiles(
      paths: readonly string[],
      recursive: boolean,
    ): { messages: { rule: string; message: string }[] }[];
  };
};

const file = join(import.meta.dirname, '../../docker-compose.yml');
const { services, configs } = parse(readFileSync(file, 'utf8'), { merge: true }) as {
  readonly services: Readonly<Record<string, Service>>;
  readonly configs: Readonly<Record<string, { readonly content: string }>>;
};
/** Containers that do one thing and end. */
const oneShots = ['temporal-schema', 'temporal-namespace', 'prepare'];
/** Who acts at the desk is said by whoever runs it, and stands in no file. */
const ofPerson = ['DESK_PERSON', 'DESK_ROLES'];
const isLocalOnly = (name: string): boolean =>
  name.startsWith('SANDBOX_') ||
  ['POSTGRES_PORT', 'TEMPORAL_PORT', 'TEMPORAL_UI_PORT', 'BIND_ADDRESS', ...ofPerson].includes(name);
/** Of whoever prepares a release. */
const isOwnerOnly = (name: string): boolean => name === 'DATABASE_OWNER_URL';

describe('docker-compose.yml', () => {
  test('obeys the Compose specification', () => {
    const linter = new DCLinter({ rules: {}, quiet: true, debug: false, exclude: [] });
    const messages = linter.lintFiles([file], false).flatMap((result) => result.messages);
    expect(messages.filter(({ rule }) => rule === 'invalid-schema')).toEqual([]);
  });

  test.each(Object.entries(services))(
    '%s is pinned, comes back after a failure and tells its health',
    (name, service) => {
      expect(service.image).toMatch(/:(\d[\w.-]+|\$\{(RELEASE:-local|RELEASE_BEFORE:-none)\})$/);
      expect(service.restart).toBe(oneShots.includes(name) ? 'on-failure:3' : 'unless-stopped');
      if (oneShots.includes(name)) expect(service.healthcheck).toEqual({ disable: true });
      else expect(service.healthcheck?.test?.[0]).toBe('CMD');
      for (const [other, { condition }] of Object.entries(service.depends_on ?? {})) {
        const expected = oneShots.includes(other) ? 'service_completed_successfully' : 'service_healthy';
        expect(condition).toBe(expected);
      }
    },
  );

  test('no secret stands in the file', () => {
    const secrets = Object.values(services).flatMap(({ environment = {} }) =>
      Object.entries(environment).filter(([name]) => /PASSWORD|PWD|TOKEN|SECRET|KEY|DATABASE_URL/.test(name)),
    );
    expect(secrets.length).toBeGreaterThan(10);
    for (const [, value] of secrets) expect(value).toMatch(/\$\{\w+:[?-]/);
  });

  test('API and worker get every setting; those without a default must be set', () => {
    for (const name of settingNames.filter((each) => !isLocalOnly(each) && !isOwnerOnly(each))) {
      const value = services['api']?.environment?.[name] ?? services['worker']?.environment?.[name];
      expect(value, name).toBeDefined();
      const hasDefault = ((): boolean => {
        try {
          readSettings([name], {});
          return true;
        } catch {
          return false;
        }
      })();
      if (!hasDefault) expect(value, name).toMatch(name === 'TEMPORAL_ADDRESS' ? /:-temporal:7233/ : /:\?/);
    }
  });

  test('API and worker alone get the settings of the gateways, each of which stands in an example', () => {
    const given = Object.entries(services).filter(([, { env_file }]) => env_file !== undefined);
    expect(given.map(([name, { env_file }]) => `${name} ${env_file ?? ''}`).sort()).toEqual([
      'api gateways.env',
      'worker gateways.env',
      'worker-before gateways.env',
    ]);
    const examples = gatewayNames.flatMap((name) => {
      const example = readFileSync(join(file, `../gateways/${name}/example.env`), 'utf8');
      return [...example.matchAll(/^#? ?(\w+)=/gm)].map(([, setting]) => setting);
    });
    expect(examples.sort()).toEqual(Object.keys(gatewaySettings).sort());
  });

  test('workers and whoever prepares the release are told its name, which is the tag of the image', () => {
    expect(services['worker']?.image).toBe('purosheba:${RELEASE:-local}');
    for (const name of ['prepare', 'worker'])
      expect(services[name]?.environment?.['RELEASE']).toBe('${RELEASE:-}');
    expect(services['worker-before']?.image).toBe('purosheba:${RELEASE_BEFORE:-none}');
    expect(services['worker-before']?.environment?.['RELEASE']).toBe('${RELEASE_BEFORE:-}');
  });

  test('only whoever prepares a release has the password of the owner of the tables, and nobody else the superuser', () => {
    const knowing = (secret: string): string[] =>
      Object.entries(services)
        .filter(([, { environment = {} }]) => JSON.stringify(environment).includes(`{${secret}:`))
        .map(([name]) => name);
    expect(knowing('DATABASE_OWNER_PASSWORD')).toEqual(['postgres', 'prepare']);
    expect(knowing('POSTGRES_PASSWORD')).toEqual(['postgres']);
    expect(services['prepare']?.environment?.['DATABASE_OWNER_URL']).toMatch(
      /^postgres:\/\/purosheba_owner:/,
    );
    expect(services['api']?.environment?.['DATABASE_URL']).toMatch(/^postgres:\/\/purosheba:/);
  });

  test('every setting that must be set stands in .env.example', () => {
    const compose = readFileSync(file, 'utf8');
    const required = new Set([...compose.matchAll(/\$\{(\w+):\?/g)].map(([, name]) => name));
    const example = readFileSync(join(file, '../.env.example'), 'utf8');
    const given = new Set([...example.matchAll(/^(\w+)=/gm)].map(([, name]) => name));
    expect([...required].filter((name) => !given.has(name))).toEqual([]);
  });

  test('API and Web UI are open to this machine alone, the API unless another address is given', () => {
    const published = Object.entries(services).filter(([, { ports }]) => ports !== undefined);
    expect(published.map(([name]) => name).sort()).toEqual(['api', 'temporal-ui']);
    expect(services['temporal-ui']?.ports?.[0]).toMatch(/^127\.0\.0\.1:/);
    expect(services['api']?.ports?.[0]).toMatch(/^\$\{API_BIND:-127\.0\.0\.1\}:/);
  });

  test.each(Object.entries(services))('%s has limits of memory and processes', (_, service) => {
    expect(service.mem_limit).toMatch(/^\$\{\w+:-\d+g\}$/);
    expect(service.pids_limit).toBeLessThanOrEqual(512);
  });

  test.each(['database-roles', 'temporal-schema', 'temporal-namespace'])(
    'the script %s is a shell script',
    (name) => {
      const script = (configs[name]?.content ?? '').replaceAll('$$', '$');
      execFileSync('/bin/sh', ['-n'], { input: script });
      expect(script).not.toBe('');
    },
  );
});
