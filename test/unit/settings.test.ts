import { describe, expect, test } from 'vitest';
import { receiptRules, receiptSettings } from '../../platform/receipts.ts';
import { gatewaySettings } from '../../gateways/pool.ts';
import { readSettings, SettingsError, type SettingName } from '../../platform/settings.ts';

describe('settings', () => {
  test('a missing one is named with its purpose and an example', () => {
    expect(() => readSettings(['DATABASE_URL', 'WHATSAPP_VERIFY_TOKEN'], {})).toThrow(SettingsError);
    expect(() => readSettings(['DATABASE_URL', 'WHATSAPP_VERIFY_TOKEN'], {})).toThrow(
      /DATABASE_URL is not set: the Postgres database\. Example: DATABASE_URL=postgres:.*\nWHATSAPP_VERIFY_TOKEN is not set/,
    );
  });

  test('a malformed one is named, and its value is not repeated', () => {
    const read = (): unknown => readSettings(['PAYLOAD_KEYS'], { PAYLOAD_KEYS: 'k1:dG9vIHNob3J0' });
    expect(read).toThrow(/PAYLOAD_KEYS is malformed/);
    expect(read).not.toThrow(/dG9vIHNob3J0/);
  });

  test.each([
    ['30m', 1_800_000],
    ['1500ms', 1_500],
    ['24h', 86_400_000],
    [undefined, 1_800_000],
  ])('a duration of %s is %d ms', (given, ms) => {
    expect(readSettings(['CONVERSATION_QUIET'], { CONVERSATION_QUIET: given }).CONVERSATION_QUIET).toBe(ms);
  });

  test('one that needs another says so', () => {
    const BACK_OFFICE_URL = 'https://records.example.org/';
    expect(() => readSettings(['BACK_OFFICE_URL'], { BACK_OFFICE_URL, BACK_OFFICE_TOKEN: '' })).toThrow(
      /^BACK_OFFICE_TOKEN is not set, and BACK_OFFICE_URL needs it: bearer token .* Example: BACK_OFFICE_TOKEN=/,
    );
    const given = { BACK_OFFICE_URL, BACK_OFFICE_TOKEN: 'secret' };
    expect(readSettings(['BACK_OFFICE_URL'], given).BACK_OFFICE_URL).toBe('https://records.example.org');
    expect(readSettings(['BACK_OFFICE_URL'], {}).BACK_OFFICE_URL).toBeUndefined();
  });

  test('receipts and certificates cannot share a series', () => {
    const given = { RECEIPT_COUNTER: 'A', CERTIFICATE_COUNTER: 'A' };
    expect(() => receiptRules(readSettings(receiptSettings, given))).toThrow(
      /^CERTIFICATE_COUNTER is the same as RECEIPT_COUNTER/,
    );
    expect(receiptRules(readSettings(receiptSettings, {}))).toMatchObject({
      counter: 'W',
      certificateCounter: 'CE',
      creditNoteCounter: 'CN',
      receiptYear: 'posting',
    });
  });

  test('an empty variable counts as unset, two secrets are two', () => {
    expect(readSettings(['PORT'], { PORT: '' }).PORT).toBe(3000);
    const { WHATSAPP_APP_SECRET } = readSettings(['WHATSAPP_APP_SECRET'], {
      WHATSAPP_APP_SECRET: 'new, old',
    });
    expect(WHATSAPP_APP_SECRET).toEqual(['new', 'old']);
  });
});

describe('production', () => {
  const random = Buffer.from('4b1f0e5d8c72a39650e1f7b2c4d8893a6f0b7c1e2d3a4958677869fafbfcfdfe', 'hex');
  const fit = {
    PUBLIC_URL: 'https://seva.example.org',
    WHATSAPP_API_URL: 'https://graph.facebook.com/v26.0',
    WHATSAPP_APP_SECRET: '9c41f3aa07be42d1b5, 77d0e2c9a1b64f30',
    WHATSAPP_ACCESS_TOKEN: 'EAAGm0PX4ZCpsBAAKZCZB',
    WHATSAPP_VERIFY_TOKEN: 'howrah-bridge-1943',
    DATABASE_URL: 'postgres://purosheba:9c41f3aa07be42d1@db:5432/purosheba',
    PAYLOAD_KEYS: `2026a:${random.toString('base64')}`,
    BACK_OFFICE_URL: 'http://records.internal:8080',
    BACK_OFFICE_TOKEN: '5f8a-3b9e-c1d7',
    BILLDESK_API_URL: 'https://api.billdesk.com',
    BILLDESK_MERCHANTS: JSON.stringify([
      { id: 'main', mercid: 'M', clientid: 'c', keys: [{ scheme: 'hmac', secret: 'q7Rt0ZpW3kLm' }] },
    ]),
  };
  const read = (changed: Record<string, string>, NODE_ENV = 'production'): object => {
    const env = { ...fit, ...changed, NODE_ENV };
    return readSettings(
      Object.keys(fit).filter((name): name is SettingName => !name.startsWith('BILLDESK')),
      env,
      gatewaySettings,
    );
  };

  test.each([
    ['PUBLIC_URL', 'http://seva.example.org', 'https'],
    ['WHATSAPP_API_URL', 'http://graph.facebook.com', 'https'],
    ['BACK_OFFICE_URL', 'http://203.0.113.7/records', 'https'],
    ['BILLDESK_API_URL', 'http://api.billdesk.com', 'https'],
    ['WHATSAPP_APP_SECRET', 'a', 'at least 12 characters'],
    ['WHATSAPP_APP_SECRET', '9c41f3aa07be42d1b5, a', 'at least 12 characters'],
    ['WHATSAPP_ACCESS_TOKEN', 'EAAG…', 'placeholder'],
    ['WHATSAPP_VERIFY_TOKEN', 'choose-a-word', 'placeholder'],
    ['BACK_OFFICE_TOKEN', 'aaaaaaaaaaaaaaaaaa', 'repeats'],
    ['DATABASE_URL', 'postgres://purosheba:secret@db.internal:5432/purosheba', 'placeholder'],
    ['PAYLOAD_KEYS', `2026a:${Buffer.alloc(32, 'example').toString('base64')}`, 'not random'],
    [
      'PAYLOAD_KEYS',
      `2026b:${random.toString('base64')},a:${Buffer.alloc(32).toString('base64')}`,
      'not random',
    ],
    [
      'BILLDESK_MERCHANTS',
      JSON.stringify([{ id: 'main', mercid: 'M', clientid: 'c', keys: [{ scheme: 'hmac', secret: 'x' }] }]),
      'key 1 of main: a secret has at least 12 characters',
    ],
  ])('refuses %s=%s, names it with the reason, and takes it elsewhere', (name, value, reason) => {
    expect(() => read({ [name]: value })).toThrow(SettingsError);
    expect(() => read({ [name]: value })).toThrow(
      new RegExp(`^${name} is not fit for production: .*${reason}`),
    );
    expect(() => read({ [name]: value }, 'test')).not.toThrow();
  });

  test.each([
    'http://127.0.0.1:4000/v26.0',
    'http://[::1]:4000',
    'http://10.1.2.3',
    'http://sandbox:4000',
    'http://192.168.1.9',
  ])('takes %s, which stays within a private network', (address) => {
    expect(() => read({ WHATSAPP_API_URL: address })).not.toThrow();
  });

  test('takes what a real installation has, and a database without a password', () => {
    expect(() => read({})).not.toThrow();
    expect(() => read({ DATABASE_URL: 'postgres://purosheba@db/purosheba' })).not.toThrow();
  });
});
