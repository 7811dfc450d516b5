/** RAZORPAY_MERCHANTS: accounts are read, every mistake is named, no value is repeated, and production takes no weak one. */
import { describe, expect, test } from 'vitest';
import { razorpaySettings } from '../../gateways/razorpay/settings.ts';
import { readSettings } from '../../platform/settings.ts';

const read = (merchants: unknown, environment: NodeJS.ProcessEnv = {}) =>
  readSettings([], { RAZORPAY_MERCHANTS: JSON.stringify(merchants), ...environment }, razorpaySettings)
    .RAZORPAY_MERCHANTS;

const key = { keyId: 'rzp_live_Abc123', keySecret: 'hush-hush' };
const secret = { secret: 'hush-hush' };
const main = { id: 'main', accountId: 'acc_Abc123', keys: [key], webhookSecrets: [secret] };

test('accounts are read, the first one first, with keys and secrets during a change', () => {
  const changing = {
    ...main,
    id: 'licences',
    services: ['tradeLicence'],
    keys: [{ ...key, until: '2026-12-02' }, key],
    webhookSecrets: [{ ...secret, from: '2026-12-01T06:00:00+05:30' }],
  };
  expect(read([main, changing])).toEqual([
    main,
    {
      ...changing,
      keys: [{ ...key, until: Date.parse('2026-12-02T00:00:00+05:30') }, key],
      webhookSecrets: [{ ...secret, from: Date.parse('2026-12-01T00:30:00Z') }],
    },
  ]);
});

test('the API has an address of its own', () => {
  expect(readSettings([], {}, razorpaySettings).RAZORPAY_API_URL).toBe('https://api.razorpay.com');
});

describe('a mistake is named and no value is repeated', () => {
  test.each<[string, unknown, RegExp]>([
    ['no list', main, /Wrong: not a list\./],
    [
      'an account without acc_',
      [{ ...main, accountId: 'Hush1' }],
      /0: accountId: not as acc_… of the dashboard/,
    ],
    ['no keys', [{ ...main, keys: [] }], /0: keys: not a list of at least one key/],
    ['a key of another kind', [{ ...main, keys: [{ ...key, keyId: 'hush' }] }], /keyId: not as rzp_live_/],
    ['no secret of a key', [{ ...main, keys: [{ keyId: key.keyId }] }], /keySecret: not given/],
    ['no secret of webhooks', [{ ...main, webhookSecrets: undefined }], /webhookSecrets: not a list of/],
    ['an empty one', [{ ...main, webhookSecrets: [{ secret: '' }] }], /webhookSecrets: 0: secret: empty/],
    ['a word that means nothing', [{ ...main, webhookSecret: 'hush' }], /Unrecognized key: "webhookSecret"/],
  ])('%s', (_what, merchants, message) => {
    expect(() => read(merchants)).toThrow(message);
    expect(() => read(merchants)).not.toThrow(/hush/i);
  });
});

test('production takes no weak secret, neither of the API nor of the webhooks, and no address without TLS', () => {
  const production = { NODE_ENV: 'production' };
  const strong = 'q7Rt0ZpW3kLmB2';
  const withSecrets = (keySecret: string, webhookSecret: string): object[] => [
    { ...main, keys: [{ ...key, keySecret }], webhookSecrets: [{ secret: webhookSecret }] },
  ];
  expect(() => read(withSecrets(strong, strong), production)).not.toThrow();
  expect(() => read(withSecrets('short', strong), production)).toThrow(
    /key 1 of main: a secret has at least/,
  );
  expect(() => read(withSecrets(strong, 'short'), production)).toThrow(
    /key 1 of the webhooks of main: a secret has at least/,
  );
  const clear = { ...production, RAZORPAY_API_URL: 'http://api.razorpay.com' };
  expect(() => read(withSecrets(strong, strong), clear)).toThrow(
    /^RAZORPAY_API_URL is not fit for production/,
  );
});
