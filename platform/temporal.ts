/** How every process talks to Temporal: connection, encryption, search attributes. */
import { extname, join } from 'node:path';
import { Client, Connection, type WorkflowClientInterceptor } from '@temporalio/client';
import type { DataConverter, SearchAttributeType } from '@temporalio/common';
import proto from '@temporalio/proto';
import { createEncryptionCodec } from './encryption.ts';
import type { PayloadKeys, Settings } from './settings.ts';

export const temporalSettings = [
  'TEMPORAL_ADDRESS',
  'TEMPORAL_NAMESPACE',
  'TEMPORAL_API_KEY',
  'TEMPORAL_TLS',
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

/** Options for a client's or a worker's connection. */
export function connectionOptions(settings: TemporalSettings): {
  address: string;
  tls: boolean;
  apiKey?: string;
} {
  const { TEMPORAL_ADDRESS: address, TEMPORAL_API_KEY: apiKey, TEMPORAL_TLS: tls } = settings;
  return { address, ...(apiKey === undefined ? { tls } : { apiKey, tls: true }) };
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
