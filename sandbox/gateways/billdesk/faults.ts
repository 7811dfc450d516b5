/** What BillDesk's stand-in can get wrong beside what any gateway's can. */
import { z } from 'zod';
import { behaviour, faults } from '../../kit/behaviour.ts';
import { keyChoice } from '../../kit/keys.ts';
import { forgeryWords } from '../../kit/page.tsx';

export const webhookShapes = ['raw', 'json', 'form'] as const;

export const forgeries = {
  ...forgeryWords,
  encryptionKey: "somebody else's encryption key",
  algNone: 'no signature',
} as const;
export type Forgery = keyof typeof forgeries;

const forge = z.enum(Object.keys(forgeries) as [Forgery, ...Forgery[]]);

export const behaviourSchema = z.strictObject({ ...behaviour, forge }).partial();

export const billDeskFaultsSchema = z.strictObject({
  ...faults,
  forge: forge
    .default('none')
    .describe(
      'what is wrong in webhooks and return forms: amount (one rupee), currency (dollars), merchant, order (one that ' +
        'nobody made), signature (altered), key (of somebody else), encryptionKey (alike), algNone (no signature)',
    ),
  status: faults.status.describe(
    'auth_status of every transaction whatever became of it, as 0001, NA or a word of your own; empty: the true one',
  ),
  accounts: z
    .record(
      z.string(),
      z
        .strictObject({
          down: z.boolean(),
          http500: z.boolean(),
          latencyMs: z.number().int().min(0).max(600_000),
        })
        .partial(),
    )
    .default({})
    .describe(
      'down, http500 and latencyMs of single merchant accounts, each by its mercid: {"KMC1":{"down":true}}',
    ),
  sealKey: keyChoice,
  webhookShape: z
    .enum(webhookShapes)
    .default('raw')
    .describe('how a webhook carries its token: raw, or as transaction_response of a JSON object or a form'),
});
export type BillDeskFaults = z.output<typeof billDeskFaultsSchema>;
