/** PAYTM_MERCHANTS: what is right is read, every mistake is named, no value is repeated. */
import { describe, expect, test } from 'vitest';
import { paytmSettings } from '../../gateways/paytm/settings.ts';
import { readSettings } from '../../platform/settings.ts';

const read = (merchants: unknown) =>
  readSettings([], { PAYTM_MERCHANTS: JSON.stringify(merchants) }, paytmSettings).PAYTM_MERCHANTS;

const key = { key: 'hush'.repeat(4) };
const account = { id: 'paytm', mid: 'KMC00000000000000001', keys: [key] };

test('accounts are read, the first one first, with both keys of a change', () => {
  const licences = { ...account, id: 'licences-2', services: ['tradeLicence'], websiteName: 'KMCWEB' };
  const changing = {
    ...licences,
    keys: [
      { ...key, until: '2026-12-02' },
      { ...key, from: '2026-12-01' },
    ],
  };
  expect(read([account, changing])).toEqual([
    account,
    {
      ...licences,
      keys: [
        { ...key, until: Date.parse('2026-12-02T00:00:00+05:30') },
        { ...key, from: Date.parse('2026-12-01T00:00:00+05:30') },
      ],
    },
  ]);
});

test('UPI beside the page, and how much one payment by it may be', () => {
  const upi = { ...account, ways: ['upiApp', 'upiQr'], upiMost: 500_000, clientId: 'C21' };
  expect(read([upi])).toEqual([upi]);
});

test('the API has an address of its own', () => {
  expect(readSettings([], {}, paytmSettings)).toEqual({
    PAYTM_API_URL: 'https://secure.paytmpayments.com',
    PAYTM_MERCHANTS: undefined,
  });
});

test.each([
  ['PAYTM_API_URL', 'http://secure.paytmpayments.com', 'https'],
  ['PAYTM_MERCHANTS', JSON.stringify([account]), 'key 1 of paytm: it repeats a few characters'],
])('%s is not fit for production as %s', (name, value, reason) => {
  const production = { [name]: value, NODE_ENV: 'production' };
  expect(() => readSettings([], production, paytmSettings)).toThrow(
    new RegExp(`^${name} is not fit for production: .*${reason}`),
  );
});

describe('a mistake is named and no value is repeated', () => {
  test.each<[string, unknown, RegExp]>([
    ['no list', account, /Wrong: not a list\./],
    ['no mid', [{ ...account, mid: undefined }], /0: mid: not given/],
    ['no keys', [{ ...account, keys: [] }], /0: keys: not a list of at least one key/],
    ['a key that is none', [{ ...account, keys: ['hush'] }], /0: keys: 0: /],
    ['an empty key', [{ ...account, keys: [{ key: '' }] }], /keys: 0: key: empty/],
    ['a short key', [{ ...account, keys: [{ key: 'hush-hush' }] }], /key: neither 16, 24 nor 32 characters/],
    ['a key of other letters', [{ ...account, keys: [{ key: 'é'.repeat(16) + 'é' }] }], /neither 16, 24 nor/],
    ['an id twice', [account, account], /Wrong: two accounts of the same id\./],
    ['a way that is none', [{ ...account, ways: ['hush'] }], /ways: 0: neither upiApp nor upiQr/],
    [
      'a limit of what is no service',
      [{ ...account, upiMost: { water: 1 } }],
      /upiMost: Unrecognized key: "water"/,
    ],
    ['a limit that is none', [{ ...account, upiMost: 0 }], /upiMost: below ₹1/],
    ['a word that means nothing', [{ ...account, website: 'hush' }], /0: Unrecognized key: "website"/],
  ])('%s', (_what, merchants, message) => {
    expect(() => read(merchants)).toThrow(message);
    expect(() => read(merchants)).not.toThrow(/hush/i);
  });
});
