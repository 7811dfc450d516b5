/** What Razorpay's stand-in can get wrong beside what any gateway's can, and how it writes oddly. */
import { z } from 'zod';
import { behaviour, faults } from '../../kit/behaviour.ts';
import { keyChoice } from '../../kit/keys.ts';
import { forgeryWords } from '../../kit/page.tsx';

export const forgeries = forgeryWords;
export type Forgery = keyof typeof forgeries;

const forge = z.enum(Object.keys(forgeries) as [Forgery, ...Forgery[]]);

export const behaviourSchema = z.strictObject({ ...behaviour, forge }).partial();

export const razorpayFaultsSchema = z.strictObject({
  ...faults,
  forge: forge
    .default('none')
    .describe(
      'what is wrong in webhooks and on the way back: amount (one rupee), currency (dollars), merchant, order (a link that ' +
        'nobody made), signature (altered), key (of somebody else)',
    ),
  status: faults.status.describe(
    'status of every payment whatever became of it, in a word of your own; empty: the true one',
  ),
  amounts: z
    .enum(['usual', 'absent', 'unreadable'])
    .default('usual')
    .describe('how amounts are written: usual, absent, unreadable (rupees with a fraction instead of paise)'),
  times: z
    .enum(['usual', 'absent', 'epochMs', 'impossible'])
    .default('usual')
    .describe('how times are written: usual, absent, epochMs, impossible (1970)'),
  signingKey: keyChoice,
  imageContent: z
    .boolean()
    .default(true)
    .describe('whether a new QR code comes with what it says, which Razorpay has to enable'),
});
export type RazorpayFaults = z.output<typeof razorpayFaultsSchema>;
