/**
 * Encrypts everything that Temporal stores of a conversation: AES-256-GCM with named keys, so that a new key can take
 * over while the old ones still read what they wrote.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { METADATA_ENCODING_KEY, ValueError, type Payload, type PayloadCodec } from '@temporalio/common';
import proto from '@temporalio/proto';
import type { PayloadKeys } from './settings.ts';

const encoding = Buffer.from('binary/encrypted');
const keyName = 'encryption-key-id';
const ivLength = 12;
const tagLength = 16;

const wire = proto.temporal.api.common.v1.Payload;

/** The first key encrypts, all of them decrypt. What was never encrypted passes through. */
export function createEncryptionCodec(keys: PayloadKeys): PayloadCodec {
  const [current] = keys;

  function encrypt(payload: Payload): Payload {
    const iv = randomBytes(ivLength);
    const cipher = createCipheriv('aes-256-gcm', current.key, iv);
    const sealed = cipher.update(wire.encode(payload).finish());
    return {
      metadata: { [METADATA_ENCODING_KEY]: encoding, [keyName]: Buffer.from(current.name) },
      data: Buffer.concat([iv, sealed, cipher.final(), cipher.getAuthTag()]),
    };
  }

  function decrypt(payload: Payload): Payload {
    const { metadata, data } = payload;
    if (!metadata || !data || !encoding.equals(metadata[METADATA_ENCODING_KEY] ?? Buffer.alloc(0)))
      return payload;
    const name = Buffer.from(metadata[keyName] ?? []).toString();
    const key = keys.find((known) => known.name === name);
    if (!key) throw new ValueError(`PAYLOAD_KEYS has no key named "${name}", with which this was encrypted`);
    const decipher = createDecipheriv('aes-256-gcm', key.key, data.subarray(0, ivLength));
    decipher.setAuthTag(data.subarray(data.length - tagLength));
    const opened = decipher.update(data.subarray(ivLength, data.length - tagLength));
    return wire.decode(Buffer.concat([opened, decipher.final()]));
  }

  return {
    encode: (payloads) => Promise.resolve().then(() => payloads.map(encrypt)),
    // A payload that cannot be read rejects; it must not throw into the SDK.
    decode: (payloads) => Promise.resolve().then(() => payloads.map(decrypt)),
  };
}
