/** A stall in one of the corporation's markets: let by the month. */
import type { AccountSpec, AnyAccount } from './account.ts';

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
  problemWith: (digits) => (stall.form.test(digits) ? undefined : 'length'),
  groups: [3, 4],
  // As `012-0345`.
  shown: (number) => number.replace(/^(\d{3})(\d{4})$/, '$1-$2'),
  // Not rent by itself: a rent agreement or receipt is a paper that citizens send for other reasons.
  words: {
    within: `market rent, market stall, market stall rent, stall rent, stall, stalls, stal, stallage, stall fee, stall no, stall number, shop rent, municipal market, market shop, market fee, rent of stall, rent of my stall, rent of the stall, rent for stall,
      rent for my stall, stall rent due, market er bhara, market bhara, market ka kiraya, market ki dukan, corporation market, kmc market, new market, hogg market,
      bajar bhara, bajarer bhara, bazar bhara, bajarer stall, stall bhara, staller bhara, stall er bhara, dokan bhara, dokaner bhara, dokan er bhara, dukan kiraya, dukan ka kiraya, dukaan ka kiraya, bazar kiraya, bazaar ka kiraya, bazar ka kiraya, stall kiraya, stall ka kiraya,
      বাজারের ভাড়া, বাজার ভাড়া, বাজারের স্টল, স্টল, ষ্টল, স্টলের ভাড়া, স্টল ভাড়া, স্টল নম্বর, দোকান ভাড়া, দোকানের ভাড়া, দোকানভাড়া, দোকান ঘরের ভাড়া, মার্কেটের ভাড়া, মার্কেট ভাড়া, মার্কেটের দোকান, পুর বাজার, পুরবাজার, নিউ মার্কেট, পুরসভার বাজার,
      बाज़ार का किराया, बाजार का किराया, बाज़ार किराया, स्टॉल, स्टाल, स्टॉल किराया, स्टॉल का किराया, स्टॉल नंबर, दुकान का किराया, दुकान किराया, मार्केट का किराया, मार्केट किराया, मार्केट की दुकान`,
    alone: 'rent, bhara, kiraya, ভাড়া, किराया, market, বাজার, মার্কেট, मार्केट, बाजार, bajar, bazar, হাট',
  },
  numberWords: `stall, stalls, stal, stall no, market, rent, স্টল, স্টলের, ষ্টল, বাজার, বাজারের, ভাড়া, মার্কেট, स्टॉल, स्टाल, किराया, मार्केट, बाजार, bhara, kiraya, bajar, bazar`,
  bills: ['RENT'],
  path: 'stalls',
  head: 'MR',
  place: ({ address }) => address,
};
