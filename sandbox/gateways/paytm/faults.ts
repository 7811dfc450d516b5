/** What Paytm's stand-in can get wrong beside what any gateway's can. */
import { z } from 'zod';
import { behaviour, faults } from '../../kit/behaviour.ts';
import { keyChoice } from '../../kit/keys.ts';
import { forgeryWords } from '../../kit/page.tsx';

export const webhookShapes = ['json', 'form'] as const;
export const returnMethods = ['post', 'get'] as const;
export const sameRefIds = ['rejected', 'returned'] as const;

export const forgeries = forgeryWords;
export type Forgery = keyof typeof forgeries;

const forge = z.enum(Object.keys(forgeries) as [Forgery, ...Forgery[]]);

export const behaviourSchema = z.strictObject({ ...behaviour, forge }).partial();

export const paytmFaultsSchema = z.strictObject({
  ...faults,
  forge: forge
    .default('none')
    .describe(
      'what is wrong in webhooks, return forms, intents and QR codes: amount (one rupee), currency (dollars), merchant, order (one that ' +
        'nobody made), signature (the checksum, altered), key (of somebody else)',
    ),
  status: faults.status.describe(
    'resultStatus of every transaction whatever became of it, as PENDING or a word of your own; empty: the true one',
  ),
  code: z
    .string()
    .max(16)
    .default('')
    .describe('the result code of every transaction, as 501 for an error of Paytm; empty: the true one'),
  sessionMs: faults.sessionMs
    .default(900_000)
    .describe('how long the token of a new order opens the page, in milliseconds; 0: it has expired at once'),
  signKey: keyChoice,
  nativePlus: z
    .boolean()
    .default(true)
    .describe('whether the accounts may have intents and QR codes made, which Paytm calls Native+'),
  sameRefId: z
    .enum(sameRefIds)
    .default('rejected')
    .describe(
      'what a second request of a refund under one refId is: rejected, or answered as the first (returned)',
    ),
  webhookShape: z
    .enum(webhookShapes)
    .default('json')
    .describe('how a webhook of a payment is written: json (head and body), or form (names in capitals)'),
  returnMethod: z
    .enum(returnMethods)
    .default('post')
    .describe('how the browser is sent back: by a form (post), or with all of it in the address (get)'),
});
export type PaytmFaults = z.output<typeof paytmFaultsSchema>;
