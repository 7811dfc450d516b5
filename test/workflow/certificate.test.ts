/** What officers do with a certificate, from the Web UI or the command line. */
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import type { CertificateAct } from '../../database/licences/certificates.ts';
import { renewalId } from '../../domain/renewal.ts';
import { renewed, startRenewals, type Renewals } from '../support/renewals.ts';

let town: Renewals;

beforeAll(async () => {
  town = await startRenewals(inject('temporalAddress'));
});
afterAll(() => town.close());
beforeEach(() => {
  town.onCertificate = () => Promise.resolve(done);
});

const { number } = renewed().certificate;
const { number: replacedBy } = renewed().certificate;
const done: CertificateAct = { is: 'done', renewalId: renewalId('700123456789', '2026-27') };
const of = { number, who: 'Invented Officer', why: 'the name was wrong' };
const acts = ['reissueCertificate', 'revokeCertificate'] as const;

test('a new certificate is put in the place of one, and the officer reads its number', async () => {
  town.onCertificate = () => Promise.resolve({ ...done, replacedBy });
  const handle = await town.certificate('reissueCertificate', of);
  expect(await handle.result()).toBe(`replaced by ${replacedBy}`);
});

test('a certificate is revoked', async () => {
  expect(await (await town.certificate('revokeCertificate', of)).result()).toBe('revoked');
});

describe.each(acts)('%s', (act) => {
  test.each([
    ['who', { number, why: 'the name was wrong' }],
    ['why', { number, who: 'Invented Officer', why: ' ' }],
  ])('does nothing for a person who does not say %s', async (_, what) => {
    town.onCertificate = () => Promise.reject(new Error('it was done'));
    const handle = await town.certificate(act, what);
    await expect(handle.result()).rejects.toMatchObject({
      cause: { message: expect.stringContaining('who you are and why') as string },
    });
  });

  test.each([
    ['unknown', 'there is no such certificate'],
    ['not in force', 'it is not in force: it was revoked or replaced before'],
  ] as const)('tells why the books refuse: %s', async (because, told) => {
    town.onCertificate = () => Promise.resolve({ is: 'refused', because });
    const handle = await town.certificate(act, of);
    await expect(handle.result()).rejects.toMatchObject({
      cause: { message: `${of.number}: ${told}` },
    });
  });

  test('is the same act when its first try had no known end', async () => {
    const keys: string[] = [];
    town.onCertificate = ({ key, who, why }) => {
      expect({ who, why }).toEqual({ who: of.who, why: of.why });
      keys.push(key);
      return keys.length < 2 ? Promise.reject(new Error('no answer')) : Promise.resolve(done);
    };
    await (await town.certificate(act, of)).result();
    expect(keys).toHaveLength(2);
    expect(new Set(keys).size).toBe(1);
  });
});
