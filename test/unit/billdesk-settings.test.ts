/** BILLDESK_MERCHANTS: both schemes are read, every mistake is named, no value is repeated. */
import { describe, expect, test } from 'vitest';
import { readSettings } from '../../platform/settings.ts';

const read = (merchants: unknown) =>
  readSettings(['BILLDESK_MERCHANTS'], {
    BILLDESK_MERCHANTS: typeof merchants === 'string' ? merchants : JSON.stringify(merchants),
  }).BILLDESK_MERCHANTS;

const signed = { name: 'main', mercid: 'KMCUAT', clientid: 'kmcuat', scheme: 'hmac', secret: 'hush-hush' };
const encrypted = {
  name: 'second',
  mercid: 'KMCUAT2',
  clientid: 'kmcuat2',
  scheme: 'symmetric',
  keyId: 'K1',
  encryptionPassword: 'hush'.repeat(8),
  signingPassword: 'hush-hush',
};

test('accounts of both schemes are read, the first one first', () => {
  const odd = { ...encrypted, timestamps: 'epochMs', api: 'v1_2', settlementLob: 'KMCPT' };
  expect(read([signed, odd])).toEqual([signed, odd]);
});

test('the API has an address of its own', () => {
  const { BILLDESK_API_URL } = readSettings(['BILLDESK_API_URL'], {});
  expect(BILLDESK_API_URL).toBe('https://api.billdesk.com');
});

describe('a mistake is named and no value is repeated', () => {
  test.each<[string, unknown, RegExp]>([
    ['not set', '', /^BILLDESK_MERCHANTS is not set: the merchant accounts/],
    ['no JSON', '[{"secret":"hush-hush"', /Wrong: not JSON\./],
    ['no list', signed, /Wrong: not a list\./],
    ['empty', [], /Wrong: no merchant\./],
    ['no scheme', [{ ...signed, scheme: undefined }], /Wrong: 0: scheme: neither hmac nor symmetric\./],
    ['a scheme that does not exist', [signed, { ...signed, scheme: 'rsa' }], /1: scheme: neither hmac nor/],
    ['no secret', [{ ...signed, secret: undefined }], /0: secret: not given/],
    ['an empty secret', [{ ...signed, secret: '' }], /0: secret: empty/],
    [
      'a short password',
      [{ ...encrypted, encryptionPassword: 'hush-hush' }],
      /0: encryptionPassword: not 32 char/,
    ],
    ['no id', [{ ...encrypted, mercid: 'hush hush' }], /0: mercid: only letters/],
    ['no such timestamp', [{ ...signed, timestamps: 'hush' }], /0: timestamps: neither ist nor epochMs/],
    ['no such API', [{ ...signed, api: 'v9' }], /0: api: neither ve1_2 nor v1_2/],
    ['a word that means nothing', [{ ...signed, timestamp: 'ist' }], /0: Unrecognized key: "timestamp"/],
    ['a name twice', [signed, { ...encrypted, name: 'main' }], /Wrong: two of the same name\./],
  ])('%s', (_what, merchants, message) => {
    expect(() => read(merchants)).toThrow(message);
    expect(() => read(merchants)).not.toThrow(/hush/);
  });
});
