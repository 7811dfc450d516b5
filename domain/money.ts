/** Money in integer paise. A JavaScript number is exact up to ninety thousand billion rupees. */

export type Paise = number & { readonly brand: 'Paise' };

/** @throws RangeError when the amount is not a whole number of paise */
export function paise(amount: number): Paise {
  if (!Number.isSafeInteger(amount)) throw new RangeError(`not a whole number of paise: ${amount}`);
  return amount as Paise;
}

export function sum(amounts: readonly Paise[]): Paise {
  return paise(amounts.reduce((total, amount) => total + amount, 0));
}

/** As operators read it: `₹1785.00`. */
export function rupees(amount: Paise): string {
  return `₹${(amount / 100).toFixed(2)}`;
}

/** A percentage is exact to its sixth decimal. */
const decimals = 6;

/**
 * A percentage of an amount, to the nearest rupee; fifty paise count as one rupee (KMC Act, amendment of 2016). Computed in
 * whole numbers: as fractions, 0.7 % of ₹3,500 falls just below ₹24.50.
 * @param toPaise what it is rounded to, when the rule book says other than a rupee
 * @throws RangeError when the amount or the percentage is negative
 */
export function percentOf(amount: Paise, percent: number, toPaise = 100): Paise {
  if (!(amount >= 0 && percent >= 0)) throw new RangeError(`no share of ${amount} at ${percent} %`);
  const unit = BigInt(toPaise);
  // The decimal text of a number that was written with few decimals is what was written.
  const share = BigInt(amount) * BigInt(percent.toFixed(decimals).replace('.', ''));
  const one = 100n * 10n ** BigInt(decimals) * unit;
  return paise(Number(((2n * share + one) / (2n * one)) * unit));
}
