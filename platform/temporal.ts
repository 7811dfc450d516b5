/** How every process talks to Temporal: connection, encryption, search attributes. */
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { extname, join } from 'node:path';
import { Client, Connection, type TLSConfig, type WorkflowClientInterceptor } from '@temporalio/client';
import type { DataConverter, SearchAttributeType } from '@temporalio/common';
import proto from '@temporalio/proto';
import { createEncryptionCodec } from './encryption.ts';
import { SettingsError, type PayloadKeys, type Settings } from './settings.ts';

export const temporalSettings = [
  'TEMPORAL_ADDRESS',
  'TEMPORAL_NAMESPACE',
  'TEMPORAL_API_KEY',
  'TEMPORAL_TLS',
  'TEMPORAL_TLS_CERT',
  'TEMPORAL_TLS_KEY',
  'TEMPORAL_TLS_CA',
  'TEMPORAL_TLS_SERVER_NAME',
  'PAYLOAD_KEYS',
] as const;
export type TemporalSettings = Pick<Settings, (typeof temporalSettings)[number]>;

/** Path of the failure converter, which workers, clients and the workflow bundle each load by themselves. */
export const failureConverterPath = join(
  import.meta.dirname,
  `failure-converter${extname(import.meta.filename)}`,
);

export function dataConverter(keys: PayloadKeys): DataConverter {
  return { payloadCodecs: [createEncryptionCodec(keys)], failureConverterPath };
}

/**
 * Options for a client's or a worker's connection.
 * @throws SettingsError when key and certificate are not of one pair
 */
export function connectionOptions(settings: TemporalSettings): {
  address: string;
  tls: TLSConfig | boolean;
  apiKey?: string;
} {
  const { TEMPORAL_ADDRESS: address, TEMPORAL_API_KEY: apiKey } = settings;
  const tls = tlsOptions(settings) ?? (apiKey !== undefined || settings.TEMPORAL_TLS);
  return { address, tls, ...(apiKey !== undefined && { apiKey }) };
}

function tlsOptions(settings: TemporalSettings): TLSConfig | undefined {
  const { TEMPORAL_TLS_CERT: crt, TEMPORAL_TLS_KEY: key, TEMPORAL_TLS_CA: ca } = settings;
  const { TEMPORAL_TLS_SERVER_NAME: name } = settings;
  if (crt === undefined && ca === undefined && name === undefined) return undefined;
  if (crt && key && !new X509Certificate(crt).checkPrivateKey(createPrivateKey(key))) {
    throw new SettingsError(
      'TEMPORAL_TLS_KEY is not the key of TEMPORAL_TLS_CERT: the private key of the client certificate. ' +
        'Example: TEMPORAL_TLS_KEY=/run/secrets/temporal.key',
    );
  }
  return {
    ...(crt && key && { clientCertPair: { crt, key } }),
    ...(ca && { serverRootCACertificate: ca }),
    ...(name !== undefined && { serverNameOverride: name }),
  };
}

/** A client that connects when it is first used, so that a process can start while Temporal is away. */
export function lazyClient(
  settings: TemporalSettings,
  interceptors: readonly WorkflowClientInterceptor[] = [],
): Client {
  return new Client({
    connection: Connection.lazy({ ...connectionOptions(settings), connectTimeout: '5 seconds' }),
    namespace: settings.TEMPORAL_NAMESPACE,
    dataConverter: dataConverter(settings.PAYLOAD_KEYS),
    interceptors: { workflow: [...interceptors] },
  });
}

const { IndexedValueType } = proto.temporal.api.enums.v1;

const indexedTypes: Readonly<Record<SearchAttributeType, number>> = {
  TEXT: IndexedValueType.INDEXED_VALUE_TYPE_TEXT,
  KEYWORD: IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD,
  INT: IndexedValueType.INDEXED_VALUE_TYPE_INT,
  DOUBLE: IndexedValueType.INDEXED_VALUE_TYPE_DOUBLE,
  BOOL: IndexedValueType.INDEXED_VALUE_TYPE_BOOL,
  DATETIME: IndexedValueType.INDEXED_VALUE_TYPE_DATETIME,
  KEYWORD_LIST: IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD_LIST,
};

/** Registers the search attributes that the namespace lacks. Safe to repeat. */
export async function registerSearchAttributes(
  connection: Connection,
  namespace: string,
  attributes: readonly { readonly name: string; readonly type: SearchAttributeType }[],
): Promise<void> {
  const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
  const missing = attributes.filter(({ name }) => !(name in customAttributes));
  if (missing.length === 0) return;
  await connection.operatorService.addSearchAttributes({
    namespace,
    searchAttributes: Object.fromEntries(missing.map(({ name, type }) => [name, indexedTypes[type]])),
  });
}
