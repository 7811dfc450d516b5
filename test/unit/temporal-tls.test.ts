import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer } from 'node:tls';
import { Connection } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import { afterAll, describe, expect, test } from 'vitest';
import { readSettings } from '../../platform/settings.ts';
import { connectionOptions, temporalSettings } from '../../platform/temporal.ts';
import { selfSigned } from '../support/certificate.ts';
import { quietRuntime } from '../support/runtime.ts';

quietRuntime();

const folder = mkdtempSync(join(tmpdir(), 'purosheba-tls-'));
afterAll(() => rmSync(folder, { recursive: true }));

const client = selfSigned('worker.example.test');
const server = selfSigned('temporal.example.test');
const keyFile = join(folder, 'client.key');
writeFileSync(keyFile, client.key);

const optionsFor = (tls: Readonly<Record<string, string>>): ReturnType<typeof connectionOptions> =>
  connectionOptions(
    readSettings(temporalSettings, {
      TEMPORAL_ADDRESS: '127.0.0.1:7233',
      PAYLOAD_KEYS: `test:${Buffer.alloc(32).toString('base64')}`,
      ...tls,
    }),
  );

describe('the connection to Temporal', () => {
  test.each([
    ['nothing', {}, false],
    ['TEMPORAL_TLS', { TEMPORAL_TLS: 'true' }, true],
    ['an API key', { TEMPORAL_API_KEY: 'tmprl_test' }, true],
    [
      'a name of the server',
      { TEMPORAL_TLS_SERVER_NAME: 'a.example.test' },
      { serverNameOverride: 'a.example.test' },
    ],
  ])('with %s', (_what, given, tls) => {
    expect(optionsFor(given).tls).toEqual(tls);
  });

  test('shows its certificate, as a client and as a worker, to a server that it knows by its authority', async () => {
    const seen: string[] = [];
    const accepting = createServer(
      {
        cert: server.cert,
        key: server.key,
        ca: client.cert,
        requestCert: true,
        rejectUnauthorized: true,
        ALPNProtocols: ['h2'],
      },
      (socket) => {
        seen.push(String(socket.getPeerCertificate().subject.CN));
        // There is no Temporal behind it.
        socket.destroy();
      },
    );
    await new Promise<void>((resolve) => accepting.listen(0, '127.0.0.1', resolve));
    const options = optionsFor({
      TEMPORAL_ADDRESS: `127.0.0.1:${(accepting.address() as AddressInfo).port}`,
      TEMPORAL_TLS_CERT: client.cert,
      TEMPORAL_TLS_KEY: keyFile,
      TEMPORAL_TLS_CA: server.cert,
      TEMPORAL_TLS_SERVER_NAME: 'temporal.example.test',
    });
    const asClient = Connection.lazy({ ...options, connectTimeout: 1_000 });
    await expect(asClient.ensureConnected()).rejects.toThrow();
    await asClient.close();
    const shownByClient = seen.splice(0);
    await expect(NativeConnection.connect(options)).rejects.toThrow();
    expect([shownByClient[0], seen[0]]).toEqual(['worker.example.test', 'worker.example.test']);
    accepting.close();
  });

  test.each([
    [
      'a certificate without its key',
      { TEMPORAL_TLS_CERT: client.cert },
      /^TEMPORAL_TLS_KEY is not set, and TEMPORAL_TLS_CERT needs it/,
    ],
    [
      'a key without its certificate',
      { TEMPORAL_TLS_KEY: keyFile },
      /^TEMPORAL_TLS_CERT is not set, and TEMPORAL_TLS_KEY needs it/,
    ],
    [
      'the key of another certificate',
      { TEMPORAL_TLS_CERT: server.cert, TEMPORAL_TLS_KEY: keyFile },
      /^TEMPORAL_TLS_KEY is not the key of TEMPORAL_TLS_CERT/,
    ],
    [
      'a file that is not there',
      { TEMPORAL_TLS_CA: join(folder, 'nothing.pem') },
      /^TEMPORAL_TLS_CA is malformed: .* Wrong: neither PEM nor a file that can be read\. Example: /,
    ],
    [
      'a file that holds something else',
      { TEMPORAL_TLS_CERT: keyFile, TEMPORAL_TLS_KEY: keyFile },
      /^TEMPORAL_TLS_CERT is malformed: .* Wrong: no certificate in PEM\. Example: /,
    ],
  ])('is refused with %s, in words', (_what, given, words) => {
    expect(() => optionsFor(given)).toThrow(words);
  });
});
