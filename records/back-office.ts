/**
 * Records out of the corporation's back office, over HTTP. What it promises stands in docs/back-office.openapi.yaml;
 * whatever else it answers counts as no answer, because a citizen must not be told a wrong sum, or that a property does
 * not exist, and a receipt must not count as taken when nobody has it.
 */
import { z } from 'zod';
import type { AssesseeNumber } from '../domain/assessee-number.ts';
import { isDate } from '../domain/calendar.ts';
import { paise } from '../domain/money.ts';
import type { Receipt, ReceiptNumber } from '../domain/receipt.ts';
import {
  RecordsRefusedError,
  RecordsUnavailableError,
  type PropertyRecord,
  type Records,
} from './records.ts';

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
  return {
    property: (number) =>
      within(timeoutMs, async (signal) => {
        const response = await fetch(`${url}/v1/properties/${number}/demands`, {
          headers: { authorization: `Bearer ${token}`, accept: 'application/json' },
          // The token would go along.
          redirect: 'manual',
          signal,
        });
        return read(response.status, await response.text(), number);
      }),

    post: (receipt) =>
      within(postTimeoutMs, async (signal) => {
        const response = await fetch(`${url}/v1/receipts/${receipt.number}`, {
          method: 'PUT',
          headers: {
            authorization: `Bearer ${token}`,
            accept: 'application/json',
            'content-type': 'application/json',
          },
          body: JSON.stringify(receiptBody(receipt)),
          redirect: 'manual',
          signal,
        });
        readTaken(response.status, await response.text(), receipt.number);
      }),
  };
}

/** `Receipt` of the document. What is undefined is left out on the wire. */
function receiptBody({ number, account, paid, amount, ...payment }: Receipt): object {
  return {
    number,
    account: { kind: account.kind, number: account.number },
    demands: paid.map(({ id, payable, rebate, waiver }) => ({
      id,
      amountPaise: payable,
      rebatePaise: rebate?.amount,
      waiverPaise: waiver?.amount,
    })),
    amountPaise: amount,
    paidAt: new Date(payment.paidAt).toISOString(),
    gateway: payment.gateway,
    transactionId: payment.transactionId,
    bankReference: payment.bankReference,
  };
}

const taken = z.object({ number: z.string() });
const refusal = z.object({ error: z.string() });
const unknownProperty = z.object({ error: z.literal('unknown_property') });
/** Whatever else stands in a refusal is not repeated: it may name somebody. */
const code = /^[a-z_]{1,40}$/;

/** @throws RecordsRefusedError, RecordsUnavailableError unless the answer says that the receipt was taken */
function readTaken(status: number, body: string, number: ReceiptNumber): void {
  const answer = parseJson(body);
  if (status === 200 || status === 201) {
    // A proxy's page, too, comes with 200.
    const { data } = taken.safeParse(answer);
    if (!data) throw unavailable(`HTTP ${status}, and not the documented shape`);
    if (data.number !== number) throw unavailable('it answers for another receipt');
    return;
  }
  // A bare 404 is what a proxy or a wrong address answers.
  const { data } = (status === 404 ? unknownProperty : refusal).safeParse(answer);
  if (!data || ![404, 409, 422].includes(status)) throw unavailable(notOk(status));
  const because = code.test(data.error) ? `, ${data.error}` : '';
  throw new RecordsRefusedError(`the back office: HTTP ${status}${because}`);
}

const notOk = (status: number): string =>
  status === 401 ? 'HTTP 401, it refuses BACK_OFFICE_TOKEN' : `HTTP ${status}`;

function read(status: number, body: string, number: AssesseeNumber): PropertyRecord | undefined {
  const answer = parseJson(body);
  // A bare 404 is what a proxy or a wrong address answers.
  if (status === 404 && unknownProperty.safeParse(answer).success) return undefined;
  if (status !== 200) throw unavailable(notOk(status));
  if (answer === undefined) throw unavailable('no JSON');
  const parsed = propertySchema.safeParse(answer);
  if (!parsed.success) throw unavailable(`not the documented shape: ${placesOf(parsed.error)}`);
  if (parsed.data.account.number !== number) throw unavailable('it answers for another number');
  return parsed.data;
}

/** Up to ten thousand crore rupees, so that sums stay exact, too. */
const amount = z.int().min(0).max(1e13).transform(paise);
const date = z.string().refine(isDate, 'no such date');
const written = z.object({ en: z.string().min(1), bn: z.string().min(1).optional() });

const demandSchema = z
  .object({
    id: z.string().min(1),
    kind: z.enum(['PD', 'FS', 'LOI']),
    periodFrom: date,
    periodTo: date,
    presentedOn: date,
    lines: z.array(
      z
        .object({ kind: z.enum(['principal', 'interest', 'penalty', 'charge']), amountPaise: amount })
        .transform(({ kind, amountPaise }) => ({ kind, amount: amountPaise })),
    ),
    coveredBy: z.string().min(1).optional(),
  })
  .refine(({ periodFrom, periodTo }) => periodFrom <= periodTo, 'the period ends before it begins');

const demandsSchema = z
  .array(demandSchema)
  .refine((demands) => new Set(demands.map(({ id }) => id)).size === demands.length, 'an id stands twice')
  .refine((demands) => {
    // A bill whose LOI is missing could be paid nowhere, and the citizen would hear that nothing is due.
    const letters = new Set(demands.filter(({ kind }) => kind === 'LOI').map(({ id }) => id));
    return demands.every(({ coveredBy }) => coveredBy === undefined || letters.has(coveredBy));
  }, 'the LOI of a bill is missing');

const propertySchema = z
  .object({
    number: z.string(),
    owner: written,
    address: written,
    ward: z.int().min(1).max(144),
    residential: z.boolean(),
    senior: z.boolean(),
    green: z.boolean().optional(),
    demands: demandsSchema,
  })
  .transform(({ demands, ...account }) => ({ account: { kind: 'property' as const, ...account }, demands }));

const unavailable = (reason: string): RecordsUnavailableError =>
  new RecordsUnavailableError(`the back office: ${reason}`);

/** Where the answer is wrong and how, without a word of what it says: it is about somebody. */
const placesOf = ({ issues }: z.ZodError): string =>
  issues
    .slice(0, 3)
    .map((issue) => `${issue.path.join('.')} (${issue.code === 'custom' ? issue.message : issue.code})`)
    .join(', ');

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * Runs a request that ends after `ms` at the latest, and turns its every trouble into the port's error. A timer of our
 * own, because Node 20 may collect `AbortSignal.timeout` as garbage, and then it never fires.
 */
async function within<T>(ms: number, run: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), ms);
  try {
    return await run(controller.signal);
  } catch (error) {
    if (error instanceof RecordsUnavailableError || error instanceof RecordsRefusedError) throw error;
    throw unavailable(controller.signal.aborted ? `no answer within ${ms} ms` : connectionReason(error));
  } finally {
    clearTimeout(timer);
  }
}

const networkError = z.object({ cause: z.object({ code: z.string() }) });

/** Never the error's own message: it may name the address, and the number with it. */
function connectionReason(error: unknown): string {
  return `connection failed (${networkError.safeParse(error).data?.cause.code ?? 'no code'})`;
}
