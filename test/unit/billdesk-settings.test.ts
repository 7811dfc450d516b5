/** BILLDESK_MERCHANTS: both schemes are read, every mistake is named, no value is repeated. */
import { describe, expect, test } from 'vitest';
import { billDeskSettings } from '../../gateways/billdesk/settings.ts';
import { readSettings } from '../../platform/settings.ts';

const read = (merchants: unknown) =>
  readSettings(
    [],
    { BILLDESK_MERCHANTS: typeof merchants === 'string' ? merchants : JSON.stringify(merchants) },
    billDeskSettings,
  ).BILLDESK_MERCHANTS;

const secret = { scheme: 'hmac', secret: 'hush-hush' };
const passwords = {
  scheme: 'symmetric',
  keyId: 'K1',
  encryptionPassword: 'hush'.repeat(8),
  signingPassword: 'hush-hush',
};
const signed = { id: 'main', mercid: 'KMCUAT', clientid: 'kmcuat', keys: [secret] };
const encrypted = { id: 'licences-2', mercid: 'KMCUAT2', clientid: 'kmcuat2', keys: [passwords] };

test('accounts of both schemes are read, the first one first', () => {
  const odd = {
    ...encrypted,
    services: ['tradeLicence'],
    timestamps: 'epochMs',
    api: 'v1_2',
    settlementLob: 'KMCPT',
  };
  expect(read([signed, odd])).toEqual([signed, odd]);
});

test('keys of both schemes stand in one account, from and until a date or a time', () => {
  const old = { ...secret, until: '2026-12-02' };
  const young = { ...passwords, from: '2026-12-01T06:00:00+05:30' };
  expect(read([{ ...signed, keys: [old, young] }])?.[0].keys).toEqual([
    { ...secret, until: Date.parse('2026-12-02T00:00:00+05:30') },
    { ...passwords, from: Date.parse('2026-12-01T00:30:00Z') },
  ]);
});

test('the API has an address of its own', () => {
  const { BILLDESK_API_URL } = readSettings([], {}, billDeskSettings);
  expect(BILLDESK_API_URL).toBe('https://api.billdesk.com');
});

const withKey = (key: object): object[] => [signed, { ...encrypted, keys: [key] }];

describe('a mistake is named and no value is repeated', () => {
  test.each<[string, unknown, RegExp]>([
    ['no JSON', '[{"secret":"hush-hush"', /Wrong: not JSON\./],
    ['no list', signed, /Wrong: not a list\./],
    ['empty', [], /Wrong: no merchant account\./],
    ['no id', [{ ...signed, id: undefined }], /Wrong: 0: id: not given\./],
    ['an id of other letters', [{ ...signed, id: 'Hush_1' }], /0: id: only small letters, digits and -/],
    ['an id twice', [signed, { ...encrypted, id: 'main' }], /Wrong: two accounts of the same id\./],
    ['no mercid', [{ ...signed, mercid: 'hush hush' }], /0: mercid: only letters/],
    ['no keys', [{ ...signed, keys: undefined }], /0: keys: not a list of at least one key/],
    ['an empty list of keys', [{ ...signed, keys: [] }], /0: keys: not a list of at least one key/],
    ['no scheme', withKey({ secret: 'hush' }), /1: keys: 0: scheme: neither hmac nor symmetric/],
    ['a scheme that does not exist', withKey({ ...secret, scheme: 'rsa' }), /scheme: neither hmac nor/],
    ['no secret', withKey({ scheme: 'hmac' }), /1: keys: 0: secret: not given/],
    ['an empty secret', withKey({ ...secret, secret: '' }), /1: keys: 0: secret: empty/],
    [
      'a short password',
      withKey({ ...passwords, encryptionPassword: 'hush' }),
      /encryptionPassword: not 32 char/,
    ],
    [
      'a time without an offset',
      withKey({ ...secret, from: '2026-12-01T06:00' }),
      /from: neither a date nor/,
    ],
    ['a date that does not exist', withKey({ ...secret, until: '2026-02-31' }), /until: neither a date nor/],
    [
      'an end before the beginning',
      withKey({ ...secret, from: '2026-12-01', until: '2026-12-01' }),
      /until is not after/,
    ],
    ['no such timestamp', [{ ...signed, timestamps: 'hush' }], /0: timestamps: neither ist nor epochMs/],
    ['no such API', [{ ...signed, api: 'v9' }], /0: api: neither ve1_2 nor v1_2/],
    [
      'no such service',
      [{ ...signed, services: ['hush'] }],
      /services: 0: neither propertyTax nor tradeLicence/,
    ],
    ['no service', [{ ...signed, services: [] }], /0: services: no service; leave it out for all/],
    ['a word that means nothing', [{ ...signed, timestamp: 'ist' }], /0: Unrecognized key: "timestamp"/],
  ])('%s', (_what, merchants, message) => {
    expect(() => read(merchants)).toThrow(message);
    expect(() => read(merchants)).not.toThrow(/hush/i);
  });
});
