import { describe, expect, test } from 'vitest';
import { receiptRules, receiptSettings } from '../../platform/receipts.ts';
import { readSettings, SettingsError } from '../../platform/settings.ts';

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
