/** What the tests of the back office share: receipts to tell, servers that misbehave, and why somebody was told nothing. */
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'vitest';
import { serviceOf, type Account } from '../../domain/accounts/kinds.ts';
import type { Due } from '../../domain/dues.ts';
import { paise } from '../../domain/money.ts';
import type { Receipt, ReceiptNumber } from '../../domain/payments/receipt.ts';
import { backOfficeRecords } from '../../records/back-office.ts';
import type { RecordsRefusedError, RecordsUnavailableError } from '../../records/records.ts';
import type { Json } from './sandbox-support.ts';

export const token = 'back-office-token';

/** Why something was not told, or not taken; says nothing about anybody. */
export async function reasonOf(
  told: Promise<unknown>,
  kind: typeof RecordsRefusedError | typeof RecordsUnavailableError,
): Promise<string> {
  const error: unknown = await told.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(kind);
  const { message } = error as Error;
  expect(message).not.toMatch(/\d{8}|Invented|Ananya|Sample|Rajdanga|back-office-token|Bearer|W-2026|XTEST/);
  return message;
}

let numbers = 0;
/** A receipt with a number that nobody has had; the bills with what was paid, after what was taken off. */
export function receiptOf(
  account: Pick<Account, 'kind' | 'number'>,
  paid: readonly (Pick<Due, 'id' | 'payable'> & Partial<Due>)[],
  more: Partial<Receipt> = {},
): Receipt {
  numbers += 1;
  return {
    number: `W-2026-27-${String(numbers).padStart(6, '0')}` as ReceiptNumber,
    service: serviceOf[account.kind],
    account: account as Account,
    paid: paid.map((due) => ({
      isPart: false,
      settles: true,
      posting: 'due',
      ...due,
    })) as unknown as Receipt['paid'],
    amount: paise(paid.reduce((total, { payable }) => total + payable, 0)),
    paidAt: Date.parse('2026-07-20T05:42:11.000Z'),
    issuedAt: Date.parse('2026-07-20T05:42:11.000Z'),
    checkCode: 'C0DE0001',
    gateway: 'billdesk',
    transactionId: `XTEST${numbers}`,
    ...more,
  };
}

/** The body with which the client tells of a receipt. */
export async function sent(receipt: Receipt): Promise<Json> {
  let body: unknown;
  const fetch: typeof globalThis.fetch = (_url, init) => {
    body = JSON.parse(init?.body as string);
    return Promise.resolve(Response.json({ number: receipt.number }, { status: 201 }));
  };
  await backOfficeRecords({ url: 'http://there', token, fetch }).post(receipt);
  return body as Json;
}

export const answering =
  (status: number, body: string): RequestListener =>
  (_request, response) =>
    response.writeHead(status).end(body);

/** Runs something against a server that does this. */
export async function against<T>(listener: RequestListener, run: (url: string) => Promise<T>): Promise<T> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    return await run(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}
