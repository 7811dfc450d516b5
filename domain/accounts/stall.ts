/** A stall in one of the corporation's markets: let by the month. */
import type { AccountSpec, AnyAccount } from './account.ts';
import { longestRun } from './digit-runs.ts';

/** Its owner is the stallholder; the address names the market. */
export interface Stall extends AnyAccount {
  readonly kind: 'stall';
}

/** Seven ASCII digits: market and stall, 3+4. What the corporation writes on its rent bills is not public. */
export type StallNumber = string & { readonly brand: 'StallNumber' };

export interface StallTypes {
  readonly account: Stall;
  readonly number: StallNumber;
  /** The rent of a month. */
  readonly bill: 'RENT';
  /** There are too few or too many digits. */
  readonly problem: 'length';
  readonly beside: object;
}

export const stall: AccountSpec<StallTypes> = {
  form: /^\d{7}$/,
  numberIn(text) {
    const found = longestRun(text);
    if (found === undefined) return undefined;
    return stall.form.test(found) ? { number: found as StallNumber } : { problem: 'length' };
  },
  // As `012-0345`.
  shown: (number) => number.replace(/^(\d{3})(\d{4})$/, '$1-$2'),
  // Not rent by itself: a rent agreement or receipt is a paper that citizens send for other reasons.
  words: `market rent, market stall rent, stall rent, stall, stallage, stall no, stall number, shop rent, municipal market,
    bajar bhara, bajarer bhara, bajarer stall, stall bhara, staler bhara, dokan bhara, dokaner bhara,
    dukan kiraya, dukan ka kiraya, bazar kiraya, stall kiraya,
    বাজারের ভাড়া, বাজার ভাড়া, বাজারের স্টল, স্টল, স্টলের ভাড়া, স্টল ভাড়া, স্টল নম্বর, দোকান ভাড়া, দোকানের ভাড়া, দোকানভাড়া,
    পুর বাজার, बाज़ार का किराया, बाजार का किराया, बाज़ार किराया, स्टॉल, स्टाल, स्टॉल किराया, स्टॉल का किराया,
    स्टॉल नंबर, दुकान का किराया, दुकान किराया`,
  bills: ['RENT'],
  path: 'stalls',
  head: 'MR',
  place: ({ address }) => address,
};
