/**
 * Records out of the corporation's back office, over HTTP. What it promises stands in docs/back-office.openapi.yaml;
 * whatever else it answers counts as no answer, because a citizen must not be told a wrong sum, or that a property does
 * not exist.
 */
import { z } from 'zod';
import type { AssesseeNumber } from '../domain/assessee-number.ts';
import { isDate } from '../domain/calendar.ts';
import { paise } from '../domain/money.ts';
import type { Receipt } from '../domain/receipt.ts';
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
  readonly fetch?: typeof globalThis.fetch;
}

export function backOfficeRecords({
  url,
  token,
  timeoutMs = 3_000,
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
      within(timeoutMs, async (signal) => {
        const response = await fetch(`${url}/v1/receipts/${receipt.number}`, {
          method: 'PUT',
          headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
          body: JSON.stringify(receiptBody(receipt)),
          redirect: 'manual',
          signal,
        });
        readPosted(response.status, await response.text());
      }),
  };
}

/** `Receipt` of the document. */
function receiptBody({ number, account, paid, amount, ...payment }: Receipt): object {
  return {
    number,
    account: { kind: account.kind, number: account.number },
    demands: paid.map(({ id, payable }) => ({ id, amountPaise: payable })),
    amountPaise: amount,
    paidAt: new Date(payment.paidAt).toISOString(),
    gateway: payment.gateway,
    transactionId: payment.transactionId,
    bankReference: payment.bankReference,
  };
}

const refusalSchema = z.object({ error: z.string() });

function readPosted(status: number, body: string): void {
  if (status === 200 || status === 201) return;
  // Only in its own words: a proxy's page is no decision about money.
  const refusal = refusalSchema.safeParse(parseJson(body)).data;
  if (refusal && (status === 404 || status === 409 || status === 422)) {
    throw new RecordsRefusedError(`the back office: ${refusal.error} (HTTP ${status})`);
  }
  if (status === 401) throw unavailable('HTTP 401, it refuses BACK_OFFICE_TOKEN');
  throw unavailable(`HTTP ${status}`);
}

function read(status: number, body: string, number: AssesseeNumber): PropertyRecord | undefined {
  const answer = parseJson(body);
  // A bare 404 is what a proxy or a wrong address answers.
  if (status === 404 && unknownProperty.safeParse(answer).success) return undefined;
  if (status === 401) throw unavailable('HTTP 401, it refuses BACK_OFFICE_TOKEN');
  if (status !== 200) throw unavailable(`HTTP ${status}`);
  if (answer === undefined) throw unavailable('no JSON');
  const parsed = propertySchema.safeParse(answer);
  if (!parsed.success) throw unavailable(`not the documented shape: ${placesOf(parsed.error)}`);
  if (parsed.data.account.number !== number) throw unavailable('it answers for another number');
  return parsed.data;
}

const unknownProperty = z.object({ error: z.literal('unknown_property') });

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
