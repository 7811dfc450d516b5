/** Credit: excess that pays the next bills of its account, instead of going back to the payer. */
import { paise, sum, type Paise } from '../money.ts';
import { payingOrder, total, type Amounts, type Part } from './allocate.ts';
import type { CreditSource } from './receipt.ts';
import type { Money } from './refund.ts';

/** Where so much of some credit comes from, the oldest first. */
export function firstOf(sources: readonly CreditSource[], amount: Paise): CreditSource[] {
  let left: number = amount;
  return sources.flatMap((source) => {
    const taken = Math.min(left, source.amount);
    left -= taken;
    return taken > 0 ? [{ ...source, amount: paise(taken) }] : [];
  });
}

/** What a person wants to become credit. */
export interface WantedCredit {
  readonly amount: Paise;
  /** The stamp of what the person saw. */
  readonly seen: string;
}

/** Why excess cannot become credit, in words for whoever wanted it; undefined when it can. */
export function objectionToCredit(
  { amount, seen }: WantedCredit,
  money: Money,
  rupees: (amount: Paise) => string,
): string | undefined {
  if (seen !== money.seen) {
    return `the money has changed since you looked: now ${rupees(money.excess)} of it is excess. Look at it again, then decide`;
  }
  if (money.isDisputed) return 'the payer disputes this payment: the bank decides first';
  if (amount > money.excess) return `at most ${rupees(money.excess)} of it is excess that can become credit`;
  return undefined;
}

/** Why credit cannot become excess again; undefined when it can. @param held what payments under way may leave of it */
export function objectionToRelease(
  { amount, seen }: WantedCredit,
  money: Money,
  { held, rupees }: { readonly held: boolean; readonly rupees: (amount: Paise) => string },
): string | undefined {
  if (seen !== money.seen) {
    return `the money has changed since you looked: now ${rupees(money.creditLeft)} of it is unused credit. Look at it again, then decide`;
  }
  if (amount > money.creditLeft) return `at most ${rupees(money.creditLeft)} of it is unused credit`;
  return held ? 'somebody is paying with this credit at this moment: try again in half an hour' : undefined;
}

/** Money that pays bills: of one credit, or of a gateway. */
export interface Source {
  readonly amount: Paise;
}

/** What one source pays of some bills. */
export interface Funded<S extends Source, P extends Part> {
  readonly source: S;
  /** Each with what this source pays of it; what is taken off stands with the source that pays the last of the bill. */
  readonly parts: readonly P[];
}

/** Divides what bills take among the sources of the money: the first pays first, bill by bill. */
export function fundedBy<S extends Source, P extends Part>(
  parts: readonly P[],
  sources: readonly S[],
): Funded<S, P>[] {
  const left: number[] = sources.map(({ amount }) => amount);
  const divided = parts.map((part) => {
    const cash = sources.map((): Partial<Record<(typeof payingOrder)[number], Paise>> => ({}));
    let last = -1;
    for (const kind of payingOrder) {
      let open: number = part.cash[kind] ?? 0;
      for (const [place, money] of left.entries()) {
        const taken = Math.min(open, money);
        if (taken === 0) continue;
        cash[place] = { ...cash[place], [kind]: paise(taken) };
        left[place] = money - taken;
        open -= taken;
        last = place;
      }
    }
    // A bill that takes no money, because what is taken off settles it, goes with the last source.
    return { part, cash, last: last === -1 ? sources.length - 1 : last };
  });
  return sources.map((source, place) => ({
    source,
    parts: divided.flatMap(({ part, cash, last }) => {
      const mine: Amounts = cash[place] ?? {};
      if (place === last) return [{ ...part, cash: mine }];
      return total(mine) > 0 ? [{ ...part, cash: mine, rebate: {}, waiver: {} }] : [];
    }),
  }));
}

/** How much of some credit bills need beside the money of a gateway, which goes first: so little credit is used up as can be. */
export function creditNeeded(parts: readonly Part[], money: Paise): Paise {
  return paise(Math.max(0, sum(parts.map(({ cash }) => total(cash))) - money));
}
