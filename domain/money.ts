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

/**
 * A percentage of an amount, to the nearest rupee; fifty paise count as one rupee (KMC Act, amendment of 2016).
 * @param toPaise what it is rounded to, when the rule book says other than a rupee
 */
export function percentOf(amount: Paise, percent: number, toPaise = 100): Paise {
  return paise(Math.round((amount * percent) / 100 / toPaise) * toPaise);
}
