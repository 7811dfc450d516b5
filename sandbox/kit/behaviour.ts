/** How the stand-in of any gateway can be told to misbehave. What concerns one payment can also be said with that payment. */
import { z } from 'zod';
import { amountWays, idWays, timeWays } from './oddities.ts';

export const callbackTimes = ['beforeReturn', 'afterReturn', 'never'] as const;
export const lostAnswers = ['none', 'cut', 'silent'] as const;
export const queryAnswers = ['usual', 'nothing', 'notFound'] as const;
export const refundCourses = [
  'processed',
  'pending',
  'pendingThenProcessed',
  'pendingThenFailed',
  'failed',
  'refused',
] as const;
export const refundWebhookTimes = ['afterAnswer', 'beforeAnswer', 'never'] as const;

const waysOf = <Way extends string>(ways: Record<Way, unknown>): [Way, ...Way[]] =>
  Object.keys(ways) as [Way, ...Way[]];

const ms = z.number().int().min(0).max(600_000);

/** What one payment may have otherwise than the rest. A gateway adds `forge`: what may be wrong in what it says. */
export const behaviour = {
  webhook: z.enum(callbackTimes),
  webhookCopies: z.number().int().min(1).max(20),
  webhookDelayMs: ms,
  webhookOutOfOrder: z.boolean(),
  webhookOnce: z.boolean(),
  returnForm: z.boolean(),
  settleAfterMs: ms,
  doubleSuccess: z.boolean(),
  ids: z.enum(waysOf(idWays)),
  status: z.string().max(16),
};

/** The faults of every gateway, but for `forge`. */
export const faults = {
  latencyMs: ms.default(0).describe('every answer of the API takes this much longer, in milliseconds'),
  down: z.boolean().default(false).describe('the API cuts every connection at once'),
  http500: z.boolean().default(false).describe('every answer of the API is an error 500'),
  createAnswer: z
    .enum(lostAnswers)
    .default('none')
    .describe(
      'how the answer to a new order is lost although the order is made: none, cut (connection), silent (never comes)',
    ),
  webhook: behaviour.webhook
    .default('beforeReturn')
    .describe('when the webhook goes: before the browser is sent back, 1.5 seconds after, or never'),
  webhookCopies: behaviour.webhookCopies.default(1).describe('every webhook is posted so many times'),
  webhookDelayMs: behaviour.webhookDelayMs
    .default(0)
    .describe('webhooks leave this much later, in milliseconds'),
  webhookOutOfOrder: behaviour.webhookOutOfOrder
    .default(false)
    .describe('the webhook of the pending state comes after the one of the final state'),
  webhookOnce: behaviour.webhookOnce
    .default(false)
    .describe('no further webhook tells what became of a payment that was pending, or failed too early'),
  returnForm: behaviour.returnForm
    .default(true)
    .describe('whether the browser is sent back after the payment'),
  settleAfterMs: behaviour.settleAfterMs
    .default(10_000)
    .describe('after how many milliseconds the outcomes with "Then" become what comes then'),
  forgeQuery: z.boolean().default(false).describe('answers to questions lie as forge says, too'),
  queryAnswer: z
    .enum(queryAnswers)
    .default('usual')
    .describe(
      'what questions are answered: usual, nothing (an empty object), notFound (as if nobody had begun)',
    ),
  status: behaviour.status
    .default('')
    .describe(
      'the status of every transaction whatever became of it, in a word of your own; empty: the true one',
    ),
  ids: behaviour.ids
    .default('usual')
    .describe(
      'how ids of transactions and refunds are written: usual, absent, NA, empty, number, lowerCase, trailingBlank',
    ),
  amounts: z
    .enum(waysOf(amountWays))
    .default('usual')
    .describe(
      'how amounts are written: usual, absent, number (of JSON), whole, oneDecimal, threeDecimals, grouped (1,23,456.70), ' +
        'symbol (₹), unreadable',
    ),
  times: z
    .enum(waysOf(timeWays))
    .default('usual')
    .describe(
      'how times are written: usual, absent, milliseconds, noColon (+0530), blank (for the T), dayFirst (20-11-2026), ' +
        'epochMs, impossible (31 February)',
    ),
  refundOutcome: z
    .enum(refundCourses)
    .default('processed')
    .describe(
      'what becomes of refunds that are asked for: processed, pending, pendingThenProcessed and pendingThenFailed (after ' +
        'settleAfterMs), failed, refused (there is none)',
    ),
  refundAnswer: z
    .enum(lostAnswers)
    .default('none')
    .describe(
      'how the answer to a request for a refund is lost although the refund is made: none, cut (connection), silent (never comes)',
    ),
  refundWebhook: z
    .enum(refundWebhookTimes)
    .default('afterAnswer')
    .describe('when the webhook of a refund that was asked for goes: afterAnswer, beforeAnswer, or never'),
  pageMoves: z
    .boolean()
    .default(false)
    .describe(
      'the payment page answers 302 and leads to another host (localhost instead of 127.0.0.1, or the reverse)',
    ),
  doubleSuccess: behaviour.doubleSuccess
    .default(false)
    .describe('an order that is paid, or about to be, can be paid again, with another id of the transaction'),
  sessionMs: z
    .number()
    .int()
    .min(0)
    .max(86_400_000)
    .default(1_800_000)
    .describe('how long the page of a new order can be used, in milliseconds; 0: it has expired at once'),
};

/** What a gateway's own stand-in adds to an order, and what it can forge. */
export interface Traits {
  readonly details: object;
  readonly forgery: string;
}

export type Behaviour<T extends Traits> = z.output<z.ZodObject<typeof behaviour>> & {
  readonly forge: T['forgery'] | 'none';
};

/** The faults in force. */
export interface Misbehaving<T extends Traits> {
  readonly current: Behaviour<T> & z.output<z.ZodObject<typeof faults>>;
}
