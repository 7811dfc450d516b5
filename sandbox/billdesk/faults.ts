/** How BillDesk can be told to misbehave. What concerns one payment can also be said with that payment. */
import { z } from 'zod';
import type { FaultsInForce } from '../faults.ts';
import { knobsOf } from '../knobs.ts';
import { amountWays, idWays, timeWays } from './oddities.ts';

export const webhookTimes = ['beforeReturn', 'afterReturn', 'never'] as const;
export const webhookShapes = ['raw', 'json', 'form'] as const;
export const forgeries = [
  'none',
  'amount',
  'currency',
  'merchant',
  'order',
  'signature',
  'key',
  'encryptionKey',
  'algNone',
] as const;
export type Forgery = (typeof forgeries)[number];
export const lostAnswers = ['none', 'cut', 'silent'] as const;
export const queryAnswers = ['usual', 'nothing', 'notFound'] as const;
export const keyChoices = ['inForce', 'first', 'last'] as const;
export type KeyChoice = (typeof keyChoices)[number];

const waysOf = <Way extends string>(ways: Record<Way, unknown>): [Way, ...Way[]] =>
  Object.keys(ways) as [Way, ...Way[]];

const ms = z.number().int().min(0).max(600_000);

const behaviour = {
  webhook: z.enum(webhookTimes),
  webhookCopies: z.number().int().min(1).max(20),
  webhookDelayMs: ms,
  webhookOutOfOrder: z.boolean(),
  returnForm: z.boolean(),
  forge: z.enum(forgeries),
  settleAfterMs: ms,
  doubleSuccess: z.boolean(),
  ids: z.enum(waysOf(idWays)),
  status: z.string().max(16),
};

/** What one payment may have otherwise than the rest. */
export const behaviourSchema = z.strictObject(behaviour).partial();
export type Behaviour = z.output<z.ZodObject<typeof behaviour>>;

export const billDeskFaultsSchema = z.strictObject({
  latencyMs: ms.default(0).describe('every answer of the API takes this much longer, in milliseconds'),
  down: z.boolean().default(false).describe('the API cuts every connection at once'),
  http500: z.boolean().default(false).describe('every answer of the API is a sealed error 500'),
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
  returnForm: behaviour.returnForm
    .default(true)
    .describe('whether the browser is sent back after the payment'),
  forge: behaviour.forge
    .default('none')
    .describe(
      'what is wrong in webhooks and return forms: amount (one rupee), currency (dollars), merchant, order (one that ' +
        'nobody made), signature (altered), key (of somebody else), encryptionKey (alike), algNone (no signature)',
    ),
  settleAfterMs: behaviour.settleAfterMs
    .default(10_000)
    .describe('after how many milliseconds the outcomes with "Then" become what comes then'),
  forgeQuery: z.boolean().default(false).describe('transactions/get lies as forge says, too'),
  queryAnswer: z
    .enum(queryAnswers)
    .default('usual')
    .describe(
      'what transactions/get answers: usual, nothing (an empty object), notFound (as if nobody had begun)',
    ),
  status: behaviour.status
    .default('')
    .describe(
      'auth_status of every transaction whatever became of it, as 0001, NA or a word of your own; empty: the true one',
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
  sealKey: z
    .enum(keyChoices)
    .default('inForce')
    .describe(
      'which of its keys for a merchant BillDesk seals with: inForce, or the first or last of the list',
    ),
  pageMoves: z
    .boolean()
    .default(false)
    .describe(
      'the payment page answers 302 and leads to another host (localhost instead of 127.0.0.1, or the reverse)',
    ),
  webhookShape: z
    .enum(webhookShapes)
    .default('raw')
    .describe('how a webhook carries its token: raw, or as transaction_response of a JSON object or a form'),
  doubleSuccess: behaviour.doubleSuccess
    .default(false)
    .describe('an order that is paid, or about to be, can be paid again, with another transactionid'),
  sessionMs: z
    .number()
    .int()
    .min(0)
    .max(86_400_000)
    .default(1_800_000)
    .describe(
      'how long the page of a new order can be used (valid_date), in milliseconds; 0: it has expired at once',
    ),
});
export type BillDeskFaults = z.output<typeof billDeskFaultsSchema>;
export type BillDeskFaultSwitch = FaultsInForce<typeof billDeskFaultsSchema>;

export const billDeskKnobs = knobsOf(billDeskFaultsSchema);
