/** How the stand-in can be told to misbehave. */
import { z } from 'zod';
import { FaultsInForce } from '../kit/faults.ts';
import { knobsOf } from '../kit/knobs.ts';

const failures = ['http429', '131056', 'http500', 'http503html', 'timeout', 'answerLost', 'reset'] as const;
export type Failure = (typeof failures)[number];

export const statusKinds = ['sent', 'delivered', 'read', 'failed', 'payment'] as const;

const ms = z.number().int().min(0).max(600_000).default(0);
const rate = z.number().min(0).max(1);

export const faultsSchema = z.strictObject({
  latencyMs: ms.describe('every call of the Graph API takes this much longer, in milliseconds'),
  latencyJitterMs: ms.describe('and, at random, up to this much more'),
  failNext: z.number().int().min(0).default(0).describe('so many of the next sends fail as failWith says'),
  failWith: z
    .enum(failures)
    .default('http500')
    .describe(
      'http429 (130429), 131056 (pair limit), http500 (131000), http503html (a page instead of JSON), timeout (never ' +
        'answered, nothing sent), answerLost (sent, then the connection is cut), reset (cut at once, nothing sent)',
    ),
  failRate: rate.default(0).describe('this share of sends fails as failWith says'),
  failOn: z
    .array(z.enum(['messages', 'read', 'media']))
    .default(['messages'])
    .describe('which calls failNext and failRate hit: sends, read receipts and typing, media'),
  down: z.boolean().default(false).describe('the Graph API cuts every connection at once'),
  pairLimit: z
    .boolean()
    .default(true)
    .describe("whether Meta's limit to one user holds: a burst of 45, then one in 6 seconds (131056)"),
  throughput: z
    .number()
    .int()
    .min(0)
    .default(80)
    .describe('messages a second before 130429; 0 lifts the limit'),
  duplicateWebhooks: z
    .number()
    .int()
    .min(1)
    .max(20)
    .default(1)
    .describe('every webhook is posted so many times'),
  webhookDelayMs: ms.describe('webhooks leave this much later'),
  reorderWebhooks: z
    .strictObject({ windowMs: z.number().int().min(1).max(60_000) })
    .nullable()
    .default(null)
    .describe('webhooks of so many milliseconds are held and leave in random order'),
  batchWebhooks: ms.describe(
    'webhooks of so many milliseconds leave as one POST with many entries and changes',
  ),
  dropStatuses: z
    .union([z.literal('all'), z.array(z.enum(statusKinds))])
    .default([])
    .describe(
      'status webhooks that are never sent: all, or a list of sent, delivered, read, failed, payment (of orders in the chat)',
    ),
  dropRate: rate.default(1).describe('the share of those that is dropped'),
});
export type Faults = z.output<typeof faultsSchema>;
export type FaultTarget = Faults['failOn'][number];

export const knobs = knobsOf(faultsSchema);

export class FaultSwitch extends FaultsInForce<typeof faultsSchema> {
  constructor() {
    super(faultsSchema);
  }

  /** Whether this call fails, and how. Counts `failNext` down. */
  takeFailure(target: FaultTarget): Failure | undefined {
    const { failNext, failRate, failOn, failWith } = this.current;
    if (!failOn.includes(target)) return undefined;
    if (failNext > 0) {
      this.current = { ...this.current, failNext: failNext - 1 };
      return failWith;
    }
    return Math.random() < failRate ? failWith : undefined;
  }

  latency(): number {
    return this.current.latencyMs + Math.random() * this.current.latencyJitterMs;
  }

  dropsStatus(status: string): boolean {
    const { dropStatuses, dropRate } = this.current;
    const listed = dropStatuses === 'all' || (dropStatuses as readonly string[]).includes(status);
    return listed && Math.random() < dropRate;
  }
}
