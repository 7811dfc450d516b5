/** The records over HTTP: the stand-in keeps to the document, and whatever does not keep to it counts as no answer. */
import type { RequestListener } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from 'vitest';
import { connect, type Database } from '../../database/connection.ts';
import type { AssesseeNumber } from '../../domain/accounts/property.ts';
import { backOfficeRecords } from '../../records/back-office.ts';
import { createRecords } from '../../records/create.ts';
import { RecordsUnavailableError, type Records } from '../../records/records.ts';
import type { BackOfficeFaults } from '../../sandbox/back-office/faults.ts';
import type { RunningSandbox } from '../../sandbox/sandbox.ts';
import { openapi, operation } from '../support/back-office-document.ts';
import { migratedDatabase } from '../support/database.ts';
import { against, reasonOf, token } from './back-office-support.ts';
import { call, startSandbox, type Answer, type Json } from './sandbox-support.ts';

const owing = '311071100571' as AssesseeNumber;
const paidUp = '110010300040' as AssesseeNumber;
const unknown = '110010300059' as AssesseeNumber;

let db: Database;
let sandbox: RunningSandbox;
let records: Records;

beforeAll(async () => {
  db = await migratedDatabase(inject('databaseUrl'), 2);
  await db.query(`
    insert into accounts (kind, number, owner_en, owner_bn, address_en, ward, residential, senior) values
      ('property', '${owing}', 'Ananya Basu', 'অনন্যা বসু', '57 Rajdanga Main Road', 107, true, true),
      ('property', '${paidUp}', 'Mohammed Irfan', null, '4 Cossipore Road', 1, false, false);
    insert into demands (account_kind, account_number, id, kind, period_from, period_to, presented_on,
                         principal, interest, penalty, charge, covered_by, paid_on) values
      ('property', '${owing}', 'L1', 'LOI', '2024-04-01', '2025-03-31', '2025-06-16', 412000, 61801, 41250, 0, null, null),
      ('property', '${owing}', 'P1', 'PD', '2024-04-01', '2025-03-31', '2024-04-10', 412000, 0, 0, 0, 'L1', null),
      ('property', '${owing}', 'P2', 'PD', '2026-07-01', '2026-09-30', '2026-07-08', 109500, 0, 0, 1050, null, null),
      ('property', '${paidUp}', 'P3', 'PD', '2026-07-01', '2026-09-30', '2026-07-08', 90000, 0, 0, 0, null, '2026-07-09')`);
  sandbox = await startSandbox('http://127.0.0.1:9/nowhere', { backOffice: { db, token, inUse: true } });
  const backOfficeUrl = `${sandbox.url}/back-office`;
  records = createRecords({ db, backOfficeUrl, backOfficeToken: token });
});
afterAll(async () => {
  await sandbox.close();
  await db.end();
});
afterEach(() => misbehave('DELETE'));

const misbehave = (method: string, faults?: Partial<BackOfficeFaults>): Promise<Answer> =>
  call(`${sandbox.url}/sandbox/back-office/faults`, method, faults);
const ask = (number: string, bearer = token): Promise<Answer> =>
  call(`${sandbox.url}/back-office/v1/properties/${number}/demands`, 'GET', undefined, bearer);

/** Why a look-up failed; says nothing about anybody. */
const reason = (from: Records): Promise<string> =>
  reasonOf(from.find('property', owing), RecordsUnavailableError);

describe('the stand-in', () => {
  test.each([owing, paidUp, unknown])('tells of %s what the register tells', async (number) => {
    const register = createRecords({ db, backOfficeUrl: undefined, backOfficeToken: undefined });
    expect(await records.find('property', number)).toEqual(await register.find('property', number));
  });

  test.each<[string, Partial<BackOfficeFaults>, string]>([
    ['is down', { down: true }, 'connection failed (UND_ERR_SOCKET)'],
    ['fails', { http500: true }, 'HTTP 500'],
    ['sends rupees for paise', { wrong: 'shape' }, 'not the documented shape: demands (invalid_type)'],
    ['answers for another account', { wrong: 'number' }, 'it answers for another number'],
    ['hides behind a page that says 404', { wrong: 'html404' }, 'HTTP 404'],
  ])('is unavailable when it %s', async (_what, faults, expected) => {
    await misbehave('PUT', faults);
    expect(await reason(records)).toBe(`the back office: ${expected}`);
  });

  test('is unavailable when it is slow, at the deadline', async () => {
    await misbehave('PATCH', { latencyMs: 2_000 });
    const hasty = backOfficeRecords({ url: `${sandbox.url}/back-office`, token, timeoutMs: 150 });
    const before = performance.now();
    expect(await reason(hasty)).toBe('the back office: no answer within 150 ms');
    expect(performance.now() - before).toBeLessThan(1_000);
  });

  test('a fault that does not exist is refused, and what is in force can be read', async () => {
    expect(await misbehave('PATCH', { wrong: 'everything' } as never)).toMatchObject({ status: 400 });
    await misbehave('PATCH', { http500: true });
    const { body } = await misbehave('GET');
    const expected = { latencyMs: 0, down: false, http500: true, wrong: 'none', refuseReceipts: false };
    expect(body['faults']).toEqual(expected);
  });

  test('the own register is unavailable when Postgres is', async () => {
    const nobody = connect({
      url: 'postgres://127.0.0.1:9/x',
      size: 1,
      name: 'test',
      onLost: () => undefined,
    });
    const register = createRecords({ db: nobody, backOfficeUrl: undefined, backOfficeToken: undefined });
    expect(await reason(register)).toBe('the register does not answer');
    await nobody.end();
  });
});

describe('docs/back-office.openapi.yaml', () => {
  const { examples, problems } = operation('get', '/v1/properties/{number}/demands');

  test('is an OpenAPI 3.1 document whose examples obey it', () => {
    expect(openapi).toBe('3.1.0');
    expect(examples.map(([status]) => status)).toEqual([200, 200, 400, 401, 404, 500, 503]);
    for (const [status, example] of examples) expect(problems(status, example)).toEqual([]);
  });

  test('finds fault with what is wrong', () => {
    expect(problems(200, { error: 'unknown_property' })).not.toEqual([]);
    expect(problems(404, { error: 'no_such_address' })).not.toEqual([]);
    expect(problems(418, {})).toBe('HTTP 418 is not documented');
  });

  test('the examples are read as they are meant', async () => {
    for (const [status, example] of examples) {
      const { number } = example as { number?: AssesseeNumber };
      const fetch = (): Promise<Response> => Promise.resolve(Response.json(example, { status }));
      const asked = backOfficeRecords({ url: 'http://there', token, fetch }).find(
        'property',
        number ?? unknown,
      );
      if (status === 200) expect((await asked)?.account).toMatchObject({ kind: 'property', number });
      else if (status === 404) expect(await asked).toBeUndefined();
      else await expect(asked).rejects.toThrow(RecordsUnavailableError);
    }
  });

  test.each<[number, string, () => Promise<Answer>]>([
    [200, 'a property that owes', () => ask(owing)],
    [200, 'a property that owes nothing', () => ask(paidUp)],
    [400, 'a number that is none', () => ask('12345')],
    [401, 'a wrong token', () => ask(owing, 'wrong')],
    [404, 'an unknown number', () => ask(unknown)],
    [500, 'a fault', () => misbehave('PUT', { http500: true }).then(() => ask(owing))],
  ])('describes the HTTP %d of %s', async (status, _what, answer) => {
    const { status: answered, body } = await answer();
    expect(answered).toBe(status);
    expect(problems(status, body)).toEqual([]);
  });

  test('describes the HTTP 503 of a back office without its database', async () => {
    const nobody = connect({
      url: 'postgres://127.0.0.1:9/x',
      size: 1,
      name: 'test',
      onLost: () => undefined,
    });
    const other = await startSandbox('http://127.0.0.1:9/nowhere', {
      backOffice: { db: nobody, token, inUse: true },
    });
    const url = `${other.url}/back-office/v1/properties/${owing}/demands`;
    const { status, body } = await call(url, 'GET', undefined, token);
    expect([status, problems(status, body)]).toEqual([503, []]);
    await other.close();
    await nobody.end();
  });
});

describe('an answer counts as none', () => {
  const demand = {
    id: 'P2',
    kind: 'PD',
    periodFrom: '2026-07-01',
    periodTo: '2026-09-30',
    presentedOn: '2026-07-08',
    lines: [{ kind: 'principal', amountPaise: 109500 }],
  };
  const property = (...demands: Json[]): string =>
    JSON.stringify({
      number: owing,
      owner: { en: 'Ananya Basu' },
      address: { en: '57 Rajdanga Main Road' },
      ward: 107,
      residential: true,
      senior: true,
      demands,
    });
  const costing = (amountPaise: unknown): string =>
    property({ ...demand, lines: [{ kind: 'principal', amountPaise }] });

  /** What the client makes of a server that does this. */
  const reasonFrom = (listener: RequestListener): Promise<string> =>
    against(listener, (url) => reason(backOfficeRecords({ url, token, timeoutMs: 500 })));

  test.each([
    ['an amount is not a whole number of paise', costing(1234.5), /amountPaise \(invalid_type\)/],
    ['an amount is text', costing('109500'), /amountPaise \(invalid_type\)/],
    ['an amount is negative', costing(-1), /amountPaise \(too_small\)/],
    ['an amount is beyond all sense', costing(1e15), /amountPaise \(too_big\)/],
    ['a date does not exist', property({ ...demand, periodTo: '2026-09-31' }), /periodTo \(no such date\)/],
    [
      'a period ends before it begins',
      property({ ...demand, periodTo: '2026-06-30' }),
      /ends before it begins/,
    ],
    ['a kind of bill is unknown', property({ ...demand, kind: 'XX' }), /demands\.0\.kind \(invalid_value\)/],
    ['a bill stands twice', property(demand, demand), /an id stands twice/],
    ['an LOI is missing', property({ ...demand, coveredBy: 'L9' }), /the LOI of a bill is missing/],
    ['it is a page', '<!DOCTYPE html><title>Welcome</title>', /no JSON/],
    ['it is cut short', property(demand).slice(0, -9), /no JSON/],
  ])('when %s', async (_what, body, expected) => {
    expect(await reasonFrom((_request, response) => response.end(body))).toMatch(expected);
  });

  test.each<[string, RequestListener, RegExp]>([
    ['a 404 is bare', (_, to) => to.writeHead(404).end(), /HTTP 404/],
    ['a 404 has another reason', (_, to) => to.writeHead(404).end('{"error":"no_such_address"}'), /HTTP 404/],
    ['the token is refused', (_, to) => to.writeHead(401).end(), /HTTP 401, it refuses BACK_OFFICE_TOKEN/],
    ['"unknown" comes with HTTP 200', (_, to) => to.end('{"error":"unknown_property"}'), /documented shape/],
    [
      'it leads elsewhere',
      (_, to) => to.writeHead(302, { location: 'http://127.0.0.1:9/' }).end(),
      /HTTP 302/,
    ],
    ['it never ends', (_, to) => void to.write('{"number":'), /no answer within 500 ms/],
    ['it breaks off', (_, to) => void to.write('{', () => to.destroy()), /connection failed/],
  ])('when %s', async (_what, listener, expected) => {
    expect(await reasonFrom(listener)).toMatch(expected);
  });

  test('when nobody is there', async () => {
    const nowhere = backOfficeRecords({ url: 'http://127.0.0.1:9', token });
    expect(await reason(nowhere)).toMatch(/connection failed/);
  });
});
