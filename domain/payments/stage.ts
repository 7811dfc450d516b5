/** Where an order stands: one answer for the pay page, the lists, the workflow and the desk. */
import { isUndecided } from './attempt.ts';
import { sum, type Paise } from '../money.ts';
import type { Move } from './moves.ts';
import type { Standing } from './order.ts';

/**
 * `ready`: it can be paid. `atGateway`: the citizen was sent to a page that can still be used. `undecided`: the bank has
 * not decided, or the page has ended and nobody has said how. `review`: a person decides. `paid`: money came and paid all or
 * part of it. `excess`: money came, and everything it was for had been paid; `givenBack`, `credited`: all of that went back since, or
 * became credit. `settled`: somebody paid all of it elsewhere.
 * `changed`: the bills are not what they were when the link was made.
 */
export const stages = [
  'ready',
  'atGateway',
  'undecided',
  'review',
  'paid',
  'excess',
  'givenBack',
  'credited',
  'settled',
  'changed',
  'expired',
  'cancelled',
] as const;
export type Stage = (typeof stages)[number];

/** How an order goes from stage to stage. */
export const orderMoves = [
  { from: 'ready', to: 'atGateway', because: 'an attempt was opened' },
  { from: 'ready', to: 'settled', because: 'somebody paid elsewhere' },
  { from: 'ready', to: 'changed', because: 'the register changed a bill' },
  { from: 'ready', to: 'expired', because: 'its time has passed' },
  { from: 'ready', to: 'cancelled', because: 'a person ended it' },
  { from: 'atGateway', to: 'ready', because: 'the attempt failed or was given up' },
  { from: 'atGateway', to: 'undecided', because: 'the page has ended, or the bank has not decided' },
  { from: 'atGateway', to: 'paid', because: 'money came' },
  { from: 'atGateway', to: 'excess', because: 'money came for what had been paid' },
  { from: 'atGateway', to: 'review', because: 'a claim that cannot be true' },
  { from: 'undecided', to: 'ready', because: 'the attempt failed' },
  { from: 'undecided', to: 'paid', because: 'money came' },
  { from: 'undecided', to: 'excess', because: 'money came for what had been paid' },
  { from: 'undecided', to: 'review', because: 'a claim that cannot be true' },
  { from: 'undecided', to: 'expired', because: 'the attempt failed after the end of the link' },
  { from: 'review', to: 'paid', because: 'a right claim came, or a person took the money' },
  { from: 'review', to: 'excess', because: 'a person kept the money as excess' },
  { from: 'review', to: 'ready', because: 'a person says that no money came' },
  { from: 'review', to: 'expired', because: 'a person says that no money came, after the end of the link' },
  { from: 'excess', to: 'givenBack', because: 'it went back' },
  { from: 'excess', to: 'credited', because: 'it became credit of the account' },
  { from: 'credited', to: 'excess', because: 'a person released the credit' },
  { from: 'excess', to: 'paid', because: 'a later attempt paid what had become due again' },
  { from: 'settled', to: 'excess', because: 'an attempt succeeded late' },
  { from: 'settled', to: 'ready', because: 'the register took the other payment back' },
  { from: 'changed', to: 'paid', because: 'an attempt succeeded late' },
  { from: 'expired', to: 'paid', because: 'an attempt succeeded late' },
  { from: 'cancelled', to: 'paid', because: 'an attempt succeeded late' },
] as const satisfies readonly Move<Stage>[];

/** The stages in which nothing is on its way. */
export const restingStages = [
  'paid',
  'excess',
  'givenBack',
  'credited',
  'settled',
  'changed',
  'expired',
  'cancelled',
] as const;

/** @param now milliseconds since 1970 */
export function stageOf(
  {
    state,
    attempts,
    receipts,
    excess,
    refunds = [],
    credits = [],
    cases,
  }: Pick<Standing, 'state' | 'attempts' | 'receipts' | 'excess' | 'refunds' | 'credits' | 'cases'>,
  now: number,
): Stage {
  // As long as the order is open, there is something to be paid, whatever came for it before.
  if (state !== 'open') {
    if (receipts.length > 0) return 'paid';
    if (excess.length > 0) return stageOfExcess({ excess, refunds, credits });
  }
  // Money may be on its way, whatever has become of the order meanwhile: nobody is asked to pay again.
  if (cases.some(({ kind }) => kind === 'review') || attempts.some((attempt) => attempt.state === 'review'))
    return 'review';
  if (attempts.some((attempt) => isUndecided(attempt, now))) return 'undecided';
  if (state !== 'paid' && attempts.some(({ state: at, chat }) => at === 'redirected' && chat === undefined))
    return state === 'open' ? 'atGateway' : 'undecided';
  switch (state) {
    case 'paid':
      return 'settled';
    case 'open':
      return 'ready';
    default:
      return state;
  }
}

/** Excess stays so until all of it has gone back or become credit; on its way back it is still here. */
function stageOfExcess({
  excess,
  refunds,
  credits,
}: Required<Pick<Standing, 'excess' | 'refunds' | 'credits'>>): Stage {
  const all = (amounts: readonly { readonly amount: Paise }[]): Paise =>
    sum(amounts.map(({ amount }) => amount));
  const back = refunds.flatMap((refund) => (refund.sent ? [{ amount: refund.excess }] : []));
  if (all(excess) > all(back) + all(credits)) return 'excess';
  return credits.length > 0 ? 'credited' : 'givenBack';
}
