/** Records out of the corporation's back office, over HTTP. What it promises stands in docs/back-office.openapi.yaml. */
import { accountSpecs } from '../domain/accounts/specs.ts';
import { sum } from '../domain/money.ts';
import type { Receipt } from '../domain/payments/receipt.ts';
import { httpCall, NoAnswerError, type HttpAnswer, type HttpCall } from '../platform/http-call.ts';
import { readAccount, readTaken, unavailable } from './back-office-answers.ts';
import type { Records } from './records.ts';

interface BackOfficeOptions {
  /** BACK_OFFICE_URL, without a slash at the end. */
  readonly url: string;
  readonly token: string;
  /** For the whole answer, from the connection to the last byte. A citizen is waiting in the chat. */
  readonly timeoutMs?: number;
  /** The same for a receipt, for which nobody is waiting. Less than the workflow gives to the activity. */
  readonly postTimeoutMs?: number;
  readonly fetch?: typeof globalThis.fetch;
}

export function backOfficeRecords({
  url,
  token,
  timeoutMs = 3_000,
  postTimeoutMs = 10_000,
  fetch = globalThis.fetch,
}: BackOfficeOptions): Records {
  const headers = { authorization: `Bearer ${token}`, accept: 'application/json' };

  async function call(
    path: string,
    request: Pick<HttpCall, 'method' | 'body' | 'timeoutMs'>,
  ): Promise<HttpAnswer> {
    const type = request.body === undefined ? undefined : { 'content-type': 'application/json' };
    try {
      return await httpCall({ url: url + path, headers: { ...headers, ...type }, fetch, ...request });
    } catch (error) {
      if (!(error instanceof NoAnswerError)) throw error;
      throw unavailable(error.message);
    }
  }

  return {
    async find(kind, number, waitMs = timeoutMs) {
      const path = `/v1/${accountSpecs[kind].path}/${number}/demands`;
      return readAccount(await call(path, { method: 'GET', timeoutMs: waitMs }), kind, number);
    },

    async post(receipt) {
      const path = `/v1/receipts/${receipt.number}`;
      const body = JSON.stringify(receiptBody(receipt));
      readTaken(await call(path, { method: 'PUT', body, timeoutMs: postTimeoutMs }), receipt);
    },
  };
}

/** `Receipt` of the document. What is undefined is left out on the wire. */
function receiptBody({ number, account, paid, amount, ...payment }: Receipt): object {
  const told = paid.filter(({ posting }) => posting !== 'refused');
  const refused = paid.filter(({ posting }) => posting === 'refused');
  return {
    number,
    account: { kind: account.kind, number: account.number },
    demands: told.map((due) => ({
      id: due.id,
      amountPaise: due.payable,
      part: due.settles ? undefined : true,
      rebatePaise: due.rebate?.amount,
      waiverPaise: due.waiver?.amount,
      lateFinePaise: due.lateFine?.amount,
      // It has no demand yet for a year of a licence that is paid in advance: it knows it by its days.
      ...(account.kind === 'licence' && { periodFrom: due.periodFrom, periodTo: due.periodTo }),
    })),
    amountPaise: amount - sum(refused.map(({ payable }) => payable)),
    paidAt: new Date(payment.paidAt).toISOString(),
    creditPaise: payment.credit && sum(payment.credit.map((source) => source.amount)),
    gateway: payment.gateway,
    transactionId: payment.transactionId,
    bankReference: payment.bankReference,
  };
}
