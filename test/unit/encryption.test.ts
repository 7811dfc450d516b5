import { randomBytes } from 'node:crypto';
import { defaultPayloadConverter } from '@temporalio/common';
import { expect, test } from 'vitest';
import { createEncryptionCodec } from '../../platform/encryption.ts';

const first = { name: 'first', key: randomBytes(32) };
const second = { name: 'second', key: randomBytes(32) };
const payload = defaultPayloadConverter.toPayload('আমার নম্বর');

test('what is encrypted cannot be read and comes back the same', async () => {
  const codec = createEncryptionCodec([first]);
  const [sealed] = await codec.encode([payload]);
  expect(Buffer.from(sealed?.data ?? []).includes('নম্বর')).toBe(false);
  const [opened] = await codec.decode([sealed ?? {}]);
  expect(opened && defaultPayloadConverter.fromPayload(opened)).toBe('আমার নম্বর');
});

test('after a change of keys the old payloads are still read, and new ones use the new key', async () => {
  const old = await createEncryptionCodec([first]).encode([payload]);
  const rotated = createEncryptionCodec([second, first]);
  const [opened] = await rotated.decode(old);
  expect(opened && defaultPayloadConverter.fromPayload(opened)).toBe('আমার নম্বর');
  const fresh = await rotated.encode([payload]);
  await expect(createEncryptionCodec([first]).decode(fresh)).rejects.toThrow(/no key named "second"/);
});

test('an altered payload is refused, one that was never encrypted passes', async () => {
  const codec = createEncryptionCodec([first]);
  const [sealed] = await codec.encode([payload]);
  const data = Buffer.from(sealed?.data ?? []);
  data[20] = (data[20] ?? 0) ^ 1;
  await expect(codec.decode([{ ...sealed, data }])).rejects.toThrow();
  expect(await codec.decode([payload])).toEqual([payload]);
});
