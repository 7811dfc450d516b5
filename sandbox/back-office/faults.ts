/** How the back office can be told to misbehave. */
import { z } from 'zod';
import type { FaultsInForce } from '../kit/faults.ts';
import { knobsOf } from '../kit/knobs.ts';

export const wrongAnswers = ['none', 'shape', 'number', 'html404'] as const;

export const backOfficeFaultsSchema = z.strictObject({
  latencyMs: z
    .number()
    .int()
    .min(0)
    .max(600_000)
    .default(0)
    .describe('every answer takes this much longer, in milliseconds'),
  down: z.boolean().default(false).describe('every connection is cut at once'),
  http500: z.boolean().default(false).describe('every answer is HTTP 500'),
  wrong: z
    .enum(wrongAnswers)
    .default('none')
    .describe(
      'shape (rupees as text where paise belong), number (the answer is about another account), html404 (a ' +
        "proxy's page that says 404 though the account exists); a receipt is taken nevertheless, but by html404",
    ),
  refuseReceipts: z
    .boolean()
    .default(false)
    .describe('receipts that it does not have yet are refused, HTTP 422'),
});
export type BackOfficeFaults = z.output<typeof backOfficeFaultsSchema>;
export type BackOfficeFaultSwitch = FaultsInForce<typeof backOfficeFaultsSchema>;

export const backOfficeKnobs = knobsOf(backOfficeFaultsSchema);
