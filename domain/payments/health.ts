/**
 * How well a merchant account works, judged by what came of its calls and attempts lately. Decisions are pure: each takes what
 * is known and the time, and says what is known from then on.
 */

/** `failed` is the gateway's fault: a declined card says nothing of the account. `slow`: it worked, and took too long. */
export type AccountResult = 'good' | 'slow' | 'failed';

export interface AccountHealth {
  /** How much of its weight the account gets, above 0 and at most 1; as it was at `since`. */
  readonly health: number;
  /** From when on it drifts back to 1: milliseconds since 1970. */
  readonly since: number;
  /** What came of it in the last minutes, oldest first; emptied when the account is lowered, so that nothing counts twice. */
  readonly recent: readonly MinuteOfResults[];
  /** Calls that failed in a row. */
  readonly failures: number;
  /** When it was last lowered. */
  readonly loweredAt: number | null;
  /** The circuit is open: nobody is sent there until then, and after that one citizen at a time, until a call succeeds. */
  readonly shutUntil: number | null;
}

export interface MinuteOfResults {
  /** Minutes since 1970. */
  readonly minute: number;
  readonly all: number;
  /** Those of them that failed or were slow. */
  readonly bad: number;
}

const minuteMs = 60_000;

/** The numbers of GOV.UK Notify, which balances its providers in this way, and those of a circuit breaker. */
export const healthRules = {
  windowMs: 15 * minuteMs,
  /** Of fewer results nothing is judged. */
  fewest: 10,
  badShare: 0.15,
  loweredAtMostEveryMs: 5 * minuteMs,
  loweredTo: 0.5,
  /** An account that gets nothing at all would never show that it works again. */
  lowest: 1 / 16,
  driftStep: 0.1,
  driftEveryMs: 2 * minuteMs,
  failuresInRow: 5,
  shutMs: 30_000,
  longestShutMs: 5 * minuteMs,
  /** A trial that tells nothing within this time is lost, and another may be made. */
  trialMs: 30_000,
} as const;

/** An account of which nothing is known. */
export const unknownHealth: AccountHealth = {
  health: 1,
  since: 0,
  recent: [],
  failures: 0,
  loweredAt: null,
  shutUntil: null,
};

/** How much of its weight an account gets now: it drifts back step by step. */
export function healthAt({ health, since }: Pick<AccountHealth, 'health' | 'since'>, now: number): number {
  const { driftStep, driftEveryMs } = healthRules;
  const steps = Math.floor(Math.max(0, now - since) / driftEveryMs);
  return Math.min(1, health + driftStep * steps);
}

/** `due`: the time is up, and one citizen may try. */
export type Circuit = 'closed' | 'open' | 'due';

export function circuitAt({ shutUntil }: Pick<AccountHealth, 'shutUntil'>, now: number): Circuit {
  if (shutUntil === null) return 'closed';
  return now < shutUntil ? 'open' : 'due';
}

/** What is known after a call that opens an attempt. @param isTrial of an account whose circuit was not closed */
export function afterCall(
  before: AccountHealth,
  result: AccountResult,
  { now, isTrial }: { readonly now: number; readonly isTrial: boolean },
): AccountHealth {
  return circuitAfter(afterResult(before, result, now), result, { now, isTrial });
}

/** What is known after an attempt was decided: the bank's part says nothing of the calls, so the circuit stays as it is. */
export function afterResult(before: AccountHealth, result: AccountResult, now: number): AccountHealth {
  const { fewest, badShare, loweredAtMostEveryMs, loweredTo, lowest } = healthRules;
  const recent = counted(before.recent, result, now);
  const all = total(recent, 'all');
  if (all < fewest || total(recent, 'bad') < badShare * all) return { ...before, recent };
  // As long as it goes badly, it does not drift back.
  const held = { ...before, recent, health: healthAt(before, now), since: now };
  if (before.loweredAt !== null && now - before.loweredAt < loweredAtMostEveryMs) return held;
  return { ...held, recent: [], health: Math.max(lowest, held.health * loweredTo), loweredAt: now };
}

function circuitAfter(
  health: AccountHealth,
  result: AccountResult,
  { now, isTrial }: { readonly now: number; readonly isTrial: boolean },
): AccountHealth {
  // Calls that were under way when it opened tell nothing new.
  if (health.shutUntil !== null && !isTrial) return health;
  if (result !== 'failed') return { ...health, failures: 0, shutUntil: null };
  const { failuresInRow, shutMs, longestShutMs } = healthRules;
  const failures = health.failures + 1;
  if (failures < failuresInRow) return { ...health, failures };
  const forMs = Math.min(longestShutMs, shutMs * 2 ** (failures - failuresInRow));
  return { ...health, failures, shutUntil: now + forMs };
}

function counted(recent: AccountHealth['recent'], result: AccountResult, now: number): MinuteOfResults[] {
  const minute = Math.floor(now / minuteMs);
  const kept = recent.filter((each) => each.minute > minute - healthRules.windowMs / minuteMs);
  const bad = result === 'good' ? 0 : 1;
  // Clocks of processes differ a little: a result of the minute before goes with the latest.
  const last = kept.at(-1);
  if (!last || last.minute < minute) return [...kept, { minute, all: 1, bad }];
  return [...kept.slice(0, -1), { ...last, all: last.all + 1, bad: last.bad + bad }];
}

const total = (recent: AccountHealth['recent'], what: 'all' | 'bad'): number =>
  recent.reduce((sum, each) => sum + each[what], 0);
