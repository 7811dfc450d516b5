/** Trade licence, in law a certificate of enlistment (CE): a fee for every year. */
import type { CalendarDate } from '../calendar.ts';
import type { InEveryLanguage } from '../language.ts';
import type { AccountSpec, AnyAccount, Written } from './account.ts';
import { longestRun } from './digit-runs.ts';

export type LicenceStatus = 'active' | 'suspended' | 'closed';

/** Its owner is the holder. */
export interface Licence extends AnyAccount {
  readonly kind: 'licence';
  readonly tradeName: Written;
  /** A code of the rule book's trades. */
  readonly trade: string;
  /** The last day. */
  readonly validUntil: CalendarDate;
  /** Whether it is valid for so long because it was renewed through us. */
  readonly renewedHere?: boolean;
  readonly status: LicenceStatus;
}

/** Eight to sixteen ASCII digits. The form of a CE number is not public, so nothing is derived from it. */
export type CeNumber = string & { readonly brand: 'CeNumber' };

export interface AboutLicence {
  /** The trade in words, where the schedule has it. */
  readonly trade?: InEveryLanguage<string>;
  /** It can be renewed on this day. */
  readonly renewable: boolean;
  /** An officer has to agree first: what would extend the licence is not taken before. */
  readonly needsApproval?: boolean;
  /** When the asking citizen applied for that, while it waits for the officer: milliseconds since 1970. */
  readonly appliedAt?: number;
}

export interface LicenceTypes {
  readonly account: Licence;
  readonly number: CeNumber;
  /** The demand of a year. */
  readonly bill: 'CE';
  /** There are too few or too many digits. */
  readonly problem: 'length';
  readonly beside: AboutLicence;
}

export const licence: AccountSpec<LicenceTypes> = {
  form: /^\d{8,16}$/,
  numberIn(text) {
    const found = longestRun(text);
    if (found === undefined) return undefined;
    return licence.form.test(found) ? { number: found as CeNumber } : { problem: 'length' };
  },
  shown: (number) => number,
  words: `trade licence, trade license, trade lisence, trend license, licence, license, licence fee, license fee,
    certificate of enlistment, ce number, ce no, tred laisens, laisens, trade licence fee,
    ট্রেড লাইসেন্স, ট্রেন্ড লাইসেন্স, ট্রেড লাইসেন্স ফি, লাইসেন্স, লাইসেন্স ফি, লাইসেন্সের ফি, লাইসেন্সের, সি ই নম্বর,
    ট্রেড লাইসেন্সের ফি, ट्रेड लाइसेंस, ट्रेड लाइसेन्स, लाइसेंस, लाइसेन्स, लाइसेंस फीस, लाइसेंस शुल्क, सीई नंबर`,
  bills: ['CE'],
  path: 'licences',
  head: 'CE',
  // A shop's name stands above its door.
  place: ({ tradeName }) => tradeName,
};
