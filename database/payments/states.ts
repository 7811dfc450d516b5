/** The tables of states, for statements: lists of states come from there and from nowhere else. */
import { daysUntilBack, statesThatAre } from '../../domain/payments/attempt.ts';
import { refundStatesThatAre } from '../../domain/payments/refund.ts';

const listOf = (states: readonly string[]): string => states.map((state) => `'${state}'`).join(', ');

/** States in which the gateway's page may be in use, or money on its way. */
export const unfinished = listOf(statesThatAre('open', 'undecided'));

/** States of refunds in which money is about to go back, or may have. */
export const refundsUnderWay = listOf(refundStatesThatAre('held'));

/** How long an attempt may be `created` before it counts as lost: a call of the gateway does not take longer. */
const openingMs = 60_000;

/** Whether the gateway's page of the attempt `a` may be in use at this moment. */
export const isAtGateway = `(a.state in (${listOf(statesThatAre('open'))})
  and coalesce(a.usable_until, a.opened_at + interval '${openingMs} milliseconds') > now())`;

/** Whether the attempt `a` can still be paid where the citizen was sent. */
export const isPayable = `(a.state = 'redirected' and a.redirect is not null and a.usable_until > now())`;

/** Whether the attempt `a` is an order in the chat that nobody is known to have begun to pay. */
export const isUntried = `(a.chat is not null and a.state in ('redirected', 'expired'))`;

/**
 * Whether money of the attempt `a` may be on its way: the bank has not decided, a person has to, or the gateway's page has
 * ended and nobody has said how. The same as `isUndecided` in domain/payments/attempt.ts.
 */
export const isUndecided = `(a.state in (${listOf(statesThatAre('undecided'))})
  or (a.state = 'redirected' and a.usable_until <= now() and a.chat is null))`;

/** Whether the attempt `a` is undecided and a person looks into it: the bank's days are over, or a claim cannot be true. */
export const isAtDesk = `(a.state = 'review'
  or (${isUndecided} and a.opened_at < now() - interval '${daysUntilBack + 1} days'))`;
