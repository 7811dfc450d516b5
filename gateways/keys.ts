/** Which keys of a merchant account are used when. A change of keys has no moment on which both sides agree. */

/** What every key of a merchant account has beside its secrets. */
export interface DatedKey {
  /** The first moment at which it holds, in milliseconds since 1970; without it, it has always held. */
  readonly from?: number;
  /** The first moment at which it holds no more; without it, it holds until further notice. */
  readonly until?: number;
}

interface KeyHolder<K extends DatedKey> {
  readonly keys: readonly K[];
}

const dayMs = 86_400_000;
/** A callback that was signed before the change may be posted again for as long as a payment can stay undecided (T+5). */
const graceMs = 7 * dayMs;
/** A gateway may change over a little before the hour that was agreed on. */
const aheadMs = dayMs;

const begins = ({ from = -Infinity }: DatedKey): number => from;
const ends = ({ until = Infinity }: DatedKey): number => until;

/** The key that signs what we send: of those in force the newest, and of two from the same moment the later in the list. */
export function sendingKey<K extends DatedKey>({ keys }: KeyHolder<K>, now: number): K | undefined {
  return keys
    .filter((key) => begins(key) <= now && now < ends(key))
    .reduce<K | undefined>(
      (newest, key) => (newest && begins(newest) > begins(key) ? newest : key),
      undefined,
    );
}

/** The keys with which what a gateway signed may be checked: those in force and their neighbours in time. */
export function openingKeys<K extends DatedKey>({ keys }: KeyHolder<K>, now: number): readonly K[] {
  return keys.filter((key) => begins(key) - aheadMs <= now && now < ends(key) + graceMs);
}
