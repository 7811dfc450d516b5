/** Receipts and certificates are checked over real HTTP, with a real Postgres behind. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { createApp } from '../../api/app.ts';
import { verifyRoutes } from '../../api/verify.ts';
import { inTransaction, type Database } from '../../database/connection.ts';
import { keepMerchantAccount } from '../../database/payments/merchants.ts';
import { addDays, dateInKolkata } from '../../domain/calendar.ts';
import { createLogger } from '../../platform/log.ts';
import { paid } from '../../texts/pay.ts';
import { ofCertificate, verifiedCertificate, verifiedReceipt, verify } from '../../texts/verify.ts';
import { certificate, facts, licence } from '../support/bills.ts';
import { migratedDatabase } from '../support/database.ts';
import { textOf } from '../support/pdf-text.ts';
import { seen } from '../support/seen.ts';

const key = 'Key-of-the-holder';
const today = dateInKolkata(Date.now());

let db: Database;
let server: Server;
let address: string;

beforeAll(async () => {
  db = await migratedDatabase(inject('databaseUrl'), 5);
  await paidRenewal();
  const log = createLogger('test', 'silent');
  server = createServer(createApp({ log, proxyHops: 0, routers: [verifyRoutes({ db, facts })] }));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await db.end();
});

/** A renewal with its receipt, a certificate that was revoked, and the one in its place. */
async function paidRenewal(): Promise<void> {
  const amount = certificate.amount;
  await db.query(
    `insert into orders (id, token, service, account_kind, account_number, account, amount, language, expires_at)
     values ('o1', 't1', 'tradeLicence', 'licence', $1, $2, $3, 'bn', now())`,
    [licence.number, licence, amount],
  );
  await inTransaction(db, (client) =>
    keepMerchantAccount(client, { id: 'main', gateway: 'billdesk', merchantId: 'M' }),
  );
  await db.query(
    `insert into attempts (order_id, gateway, merchant, merchant_id, reference, amount, state)
     values ('o1', 'billdesk', 'main', 'M', 'R1', $1, 'success')`,
    [amount],
  );
  await db.query(
    `insert into captures (gateway, merchant, attempt_id, amount, captured_at)
     select gateway, merchant, id, amount, now() from attempts`,
  );
  await db.query(
    `insert into receipts (number, counter, financial_year, ordinal, capture_id, order_id, amount, paid_at)
     select $1, 'W', 2026, 123, id, 'o1', amount, captured_at from captures`,
    [certificate.receipt],
  );
  await db.query(
    `insert into renewals (id, licence_number, period, language, licence, years, state, order_id, valid_from,
       valid_until, renewed_at)
     values ('r1', $1, '2026-27', 'bn', $2, 1, 'renewed', 'o1', $3, $4, now())`,
    [licence.number, licence, addDays(today, -10), addDays(today, 355)],
  );
  const issue = (number: string, own: string): Promise<unknown> =>
    db.query('insert into certificates (number, renewal_id, key, particulars) values ($1, $2, $3, $4)', [
      number,
      'r1',
      own,
      certificate.particulars,
    ]);
  await issue('CE-2026-27-000001', 'Key-of-the-first');
  await db.query(`update certificates set revoked_at = now(), revoked_because = 'a wrong name'`);
  await issue('CE-2026-27-000002', key);
  await db.query(
    `update certificates set replaced_by = 'CE-2026-27-000002' where number = 'CE-2026-27-000001'`,
  );
}

async function get(path: string): Promise<{ status: number; headers: Headers; body: Buffer; text: string }> {
  const response = await fetch(address + path, { redirect: 'manual', headers: { accept: 'text/html' } });
  const body = Buffer.from(await response.arrayBuffer());
  return { status: response.status, headers: response.headers, body, text: seen(body.toString()) };
}

async function codeOf(table: 'receipts' | 'certificates', number: string): Promise<string> {
  const { rows } = await db.query<{ code: string }>(
    `select check_code as code from ${table} where number = $1`,
    [number],
  );
  return rows[0]?.code ?? '';
}

const inForce = '/verify/CE-2026-27-000002';

describe('checking', () => {
  test('a receipt, and a certificate in force, typed as people type', async () => {
    const receipt = await get(`/verify/${certificate.receipt}?lang=en`);
    expect(receipt.status).toBe(200);
    expect(receipt.text).toContain(verifiedReceipt.genuine.en);
    expect(receipt.text).toContain(verify.byNumberAlone.en);
    expect(receipt.text).not.toContain(paid.paidAt.en);
    const alone = await get('/verify/%20ce-2026-27-000002?lang=en');
    expect(alone.status).toBe(200);
    expect(alone.text).toContain(verifiedCertificate.inForce.heading.en);
    expect(alone.text).not.toContain('Annapurna');
    for (const typed of ['CE-২০২৬-২৭-০০০০০২', 'CE\u20112026\u201127\u2011000002', ' CE 2026 27 000002. '])
      expect((await get(`/verify/${encodeURIComponent(typed)}?lang=en`)).status, typed).toBe(200);
  });

  test('a paper with the code of its QR code tells what is printed on it, and another code does not', async () => {
    const receiptCode = await codeOf('receipts', certificate.receipt);
    const receipt = await get(`/verify/${certificate.receipt}?code=${receiptCode}&lang=en`);
    expect(receipt.text).toContain(paid.paidAt.en);
    expect(receipt.headers.get('cache-control')).toBe('no-store');
    for (const wrong of ['00000000', '', '%00', receiptCode.slice(0, 7)]) {
      const other = await get(`/verify/${certificate.receipt}?code=${wrong}&lang=en`);
      expect(other.text).not.toContain(paid.paidAt.en);
    }
    const code = await codeOf('certificates', 'CE-2026-27-000002');
    const found = await get(`${inForce}?lang=en&code=${code.toLowerCase()}`);
    expect(found.text).toContain('Annapurna Mishtanna Bhandar');
    expect(found.text).not.toContain('Ghoshal');
  });

  test('a revoked certificate leads to the one in its place', async () => {
    const code = await codeOf('certificates', 'CE-2026-27-000001');
    const { status, text, body } = await get(`/verify/CE-2026-27-000001?lang=en&code=${code}`);
    expect(status).toBe(200);
    expect(text).toContain(verifiedCertificate.revoked.heading.en);
    expect(body.toString()).toContain(`href="${inForce}?lang=en"`);
  });

  test('a number that nothing has', async () => {
    const { status, text } = await get('/verify/CE-2026-27-000999?lang=en');
    expect(status).toBe(404);
    expect(text).toContain(verify.notIssued.en);
  });
});

describe('the paper itself', () => {
  test('is offered and given to whoever has its key', async () => {
    const page = await get(`${inForce}?lang=en&key=${key}`);
    expect(page.text).toContain(ofCertificate.pdf.en);
    expect(page.headers.get('cache-control')).toBe('no-store');
    const { status, headers, body } = await get(`${inForce}/certificate.pdf?key=${key}`);
    expect(status).toBe(200);
    expect(headers.get('content-type')).toContain('application/pdf');
    expect(headers.get('cache-control')).toBe('private, no-store');
    expect(headers.get('x-robots-tag')).toBe('noindex');
    expect(headers.get('content-disposition')).toContain('certificate-CE-2026-27-000002.pdf');
    expect(textOf(body)).toContain('Supriya Ghoshal');
  });

  test.each(['Key-of-nobody', 'Key-of-the-first', ''])('is not for the key %s', async (wrong) => {
    const page = await get(`${inForce}?lang=en&key=${wrong}`);
    expect(page.status).toBe(200);
    expect(page.text).toContain(verifiedCertificate.inForce.heading.en);
    expect(page.text).not.toContain(ofCertificate.pdf.en);
    expect((await get(`${inForce}/certificate.pdf?key=${wrong}`)).status).toBe(404);
  });

  test.each([
    '/verify/CE-2026-27-000001/certificate.pdf?key=Key-of-the-first',
    `${inForce}/certificate.pdf`,
    `${inForce}/certificate.pdf?key=${key}&key=${key}`,
    `/verify/12/certificate.pdf?key=${key}`,
    `/verify/${certificate.receipt}/certificate.pdf?key=${key}`,
  ])('is not under %s', async (path) => {
    const { status, headers } = await get(path);
    expect(status).toBe(404);
    expect(headers.get('content-type')).toContain('text/html');
  });
});
