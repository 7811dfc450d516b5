/** Which merchant account takes the next attempt at an order: pure, with the time and the chance passed in. */
import { clockInKolkata } from '../calendar.ts';
import type { Paise } from '../money.ts';
import type { GatewayName } from './gateways.ts';
import { circuitAt, healthAt, unknownHealth, type AccountHealth, type Circuit } from './health.ts';
import { offers, type Payable, type PayWay } from './way.ts';

/** A merchant account as the settings have it. */
export interface PoolAccount extends Payable {
  readonly gateway: GatewayName;
  /** Ours. */
  readonly id: string;
  /** Its share beside the others, 0 to 100. One of 0 is a reserve: it takes what no other can; of several, the first. */
  readonly weight: number;
}

/** What is known of an account now. */
interface KnownState {
  readonly id: string;
  /** A person has drained it. */
  readonly isDrained: boolean;
  readonly health: AccountHealth;
}

export interface Candidate extends PoolAccount, KnownState {}

/** The accounts of the settings with what the books know of them. */
export function candidatesOf(
  accounts: readonly PoolAccount[],
  known: readonly KnownState[],
): readonly Candidate[] {
  const states = new Map(known.map((each) => [each.id, each]));
  return accounts.map((account) => {
    const { isDrained = false, health = unknownHealth } = states.get(account.id) ?? {};
    return { ...account, isDrained, health };
  });
}

/** What decides at which accounts an attempt can be made now. */
export interface Situation {
  /** The account at which the order can still be paid: no other, because the order there takes the money once. */
  readonly underWay?: string;
  /** Accounts that have failed within this press of the button: no more of them. */
  readonly tried: readonly string[];
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** What a pick depends on beside the accounts. */
export interface PickRequest extends Situation {
  readonly amount: Paise;
  /** How the citizen wants to pay: an account that offers it is better. */
  readonly way: PayWay;
  /** Accounts at which the order was not paid before, the latest last: another is better. */
  readonly before: readonly string[];
  /** From 0 to below 1. */
  readonly chance: number;
}

export type Pick =
  | {
      readonly outcome: 'picked';
      readonly gateway: GatewayName;
      /** Our id of the account. */
      readonly merchant: string;
      /** Its circuit is not closed: of all who are sent there, one tries. */
      readonly isTrial: boolean;
      /** Another account is in good health: a slow answer is not worth the wait. */
      readonly hasBetter: boolean;
      /** Why this one, for operators. */
      readonly choice: string;
    }
  | { readonly outcome: 'refused'; readonly because: 'aboveLimit' | 'gatewayAway' };

/** Above this health, which one lowering takes it to, an account can be trusted to answer in time. */
const soundHealth = 0.5;

interface Weighed extends Candidate {
  readonly circuit: Circuit;
  readonly healthNow: number;
}

/** Picks by weight times health. */
export function pickAccount(candidates: readonly Candidate[], request: PickRequest): Pick {
  const { chance } = request;
  const { within, sharing, fresh } = shortlist(candidates, request);
  if (within.length === 0 && candidates.length > 0) return { outcome: 'refused', because: 'aboveLimit' };

  const picked = drawn(fresh, chance);
  if (!picked) return { outcome: 'refused', because: 'gatewayAway' };
  return {
    outcome: 'picked',
    gateway: picked.gateway,
    merchant: picked.id,
    isTrial: picked.circuit !== 'closed',
    hasBetter: sharing.some(
      ({ id, circuit, healthNow }) => id !== picked.id && circuit === 'closed' && healthNow > soundHealth,
    ),
    choice: choiceOf(picked, { within, fresh, request }),
  };
}

/** The accounts at which an attempt of some amount can be made now. */
export const openAccounts = (
  candidates: readonly Candidate[],
  situation: Situation,
): readonly PoolAccount[] => openAmong(weighed(candidates, situation), situation);

interface Shortlist {
  /** All that take the amount. */
  readonly within: readonly Weighed[];
  /** Of them, those that share what comes: not drained, with a circuit that is not open, and able to take it as wanted. */
  readonly sharing: readonly Weighed[];
  /** Of them, those at which the order was not tried before. */
  readonly fresh: readonly Weighed[];
}

function shortlist(candidates: readonly Candidate[], request: PickRequest): Shortlist {
  const { amount, way, underWay, before } = request;
  const within = weighed(candidates, request).filter(
    ({ id, most }) => id === underWay || most === undefined || amount <= most,
  );
  // A reserve, too, takes what no other can: before its weight counts what an account is able to do.
  const able = preferred(openAmong(within, request), (each) => offers(each, way, amount));
  const sharing = preferred(able, ({ weight }) => weight > 0);
  const latest = before.at(-1);
  const elsewhere = preferred(sharing, ({ id }) => id !== latest);
  return { within, sharing, fresh: preferred(elsewhere, ({ id }) => !before.includes(id)) };
}

/** Where it is under way there, that account alone. */
function weighed(candidates: readonly Candidate[], { underWay, now }: Situation): readonly Weighed[] {
  return preferred(candidates, ({ id }) => id === underWay).map((each) => ({
    ...each,
    circuit: circuitAt(each.health, now),
    healthNow: healthAt(each.health, now),
  }));
}

/** Where all have failed, a try costs nothing: without it the citizen is turned away. */
function openAmong(all: readonly Weighed[], { underWay, tried }: Situation): readonly Weighed[] {
  const open = all.filter(({ id, isDrained }) => (!isDrained || id === underWay) && !tried.includes(id));
  return preferred(open, ({ circuit }) => circuit !== 'open');
}

/** Those that are wanted, or all where there are none of them. */
function preferred<T>(all: readonly T[], isWanted: (one: T) => boolean): readonly T[] {
  const wanted = all.filter(isWanted);
  return wanted.length > 0 ? wanted : all;
}

const shareOf = ({ weight, healthNow }: Weighed): number => weight * healthNow;

/** Draws by share; of reserves, which have none, the first is taken. */
function drawn(from: readonly Weighed[], chance: number): Weighed | undefined {
  let left = chance * from.reduce((sum, each) => sum + shareOf(each), 0);
  return from.find((each) => (left -= shareOf(each)) < 0) ?? from[0];
}

/** As "weight 40 of 100, health 0.5 (lowered 21:10); beside it: b 40 × 1, c drained". */
function choiceOf(
  picked: Weighed,
  {
    within,
    fresh,
    request: { amount, way, before, tried },
  }: {
    readonly within: readonly Weighed[];
    readonly fresh: readonly Weighed[];
    readonly request: PickRequest;
  },
): string {
  const weights = fresh.reduce((sum, { weight }) => sum + weight, 0);
  const isAble = offers(picked, way, amount);
  const others = within
    .filter(({ id }) => id !== picked.id)
    .map((each) => {
      if (each.isDrained) return `${each.id} drained`;
      if (tried.includes(each.id)) return `${each.id} has just failed`;
      if (each.circuit === 'open') return `${each.id} shut until ${timeOf(each.health.shutUntil)}`;
      if (isAble && !offers(each, way, amount)) return `${each.id} does not offer ${way}`;
      if (before.includes(each.id)) return `${each.id} was tried before`;
      return `${each.id} ${each.weight} × ${shown(each)}`;
    });
  return [
    `weight ${picked.weight} of ${weights}, health ${shown(picked)}${picked.circuit === 'closed' ? '' : ', as a trial'}`,
    ...(others.length > 0 ? [`beside it: ${others.join(', ')}`] : []),
  ].join('; ');
}

function shown({ healthNow, health: { loweredAt } }: Weighed): string {
  const rounded = String(Math.round(healthNow * 100) / 100);
  return healthNow < 1 && loweredAt !== null ? `${rounded} (lowered ${timeOf(loweredAt)})` : rounded;
}

/** Hours and minutes in Kolkata. */
const timeOf = (at: number | null): string => (at === null ? '' : clockInKolkata(at).slice(11, 16));

/** The citizen looks at a blank page, and the API gives up soon after. */
const pressMs = 13_000;
/** A call that takes longer is lost. */
const callMs = 7_000;
/** No gateway answers faster than that. */
export const shortestMs = 1_000;

/**
 * How long a call may take that opens an attempt, in milliseconds; undefined when there is no time left for one. A slow
 * account is left for another as long as there is time for a patient call after it.
 * @param waitedMs since the citizen pressed the button
 * @param slowMs from which on a call counts as slow
 */
export function patienceFor({
  waitedMs,
  hasBetter,
  slowMs,
}: {
  readonly waitedMs: number;
  readonly hasBetter: boolean;
  readonly slowMs: number;
}): number | undefined {
  const leftMs = pressMs - waitedMs;
  if (leftMs < shortestMs) return undefined;
  return hasBetter && slowMs + callMs <= leftMs ? slowMs : Math.min(leftMs, callMs);
}
