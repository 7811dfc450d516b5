/** Which keys of a merchant account are used when. A change of keys has no moment on which both sides agree. */
import type { BillDeskKey, BillDeskMerchant } from './merchant.ts';

const dayMs = 86_400_000;
/** A callback that was sealed before the change may be posted again for as long as a payment can stay undecided (T+5). */
const graceMs = 7 * dayMs;
/** BillDesk may change over a little before the hour that was agreed on. */
const aheadMs = dayMs;

const begins = ({ from = -Infinity }: BillDeskKey): number => from;
const ends = ({ until = Infinity }: BillDeskKey): number => until;

/** The key that seals what we send: of those in force the newest, and of two from the same moment the later in the list. */
export function sendingKey({ keys }: BillDeskMerchant, now: number): BillDeskKey | undefined {
  return keys
    .filter((key) => begins(key) <= now && now < ends(key))
    .reduce<BillDeskKey | undefined>(
      (newest, key) => (newest && begins(newest) > begins(key) ? newest : key),
      undefined,
    );
}

/** The keys that may open what BillDesk sealed, those in force and their neighbours in time. */
export function openingKeys({ keys }: BillDeskMerchant, now: number): readonly BillDeskKey[] {
  return keys.filter((key) => begins(key) - aheadMs <= now && now < ends(key) + graceMs);
}
