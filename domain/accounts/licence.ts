/** Trade licence, in law a certificate of enlistment (CE): a fee for every year. */
import type { CalendarDate } from '../calendar.ts';
import type { InEveryLanguage } from '../language.ts';
import type { AccountSpec, AnyAccount, Written } from './account.ts';

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
  problemWith: (digits) => (licence.form.test(digits) ? undefined : 'length'),
  shown: (number) => number,
  words: {
    within: `trade licence, trade license, tradelicence, tradelicense, trend licence, trend license, trade lic, tl, trade liscence, trade lisence, licence fee, license fee, licence fees, license fees,
      licence, license, lisence, lisense, liscense, shop licence, shop license, certificate of enlistment, enlistment, enlistment fee, trade certificate, trade registration, business licence, business license, trade renewal,
      ce number, ce no, c e number, c e no, ce num, tred laisens, tred licence, tred license, tread licence, tread license, traid licence, laisens, laisence, lisens, licens, dokaner licence, dokan licence, dukan ka licence, dukan ka license,
      ট্রেড লাইসেন্স, ট্রেন্ড লাইসেন্স, টেড লাইসেন্স, ট্রেড লাইসেনস, ট্রেড লাইসেন্স ফি, লাইসেন্স, লাইসেন্স ফি, দোকানের লাইসেন্স, ব্যবসার লাইসেন্স, সি ই নম্বর, সিই নম্বর, সি ই নাম্বার, সিই নাম্বার, এনলিস্টমেন্ট, তালিকাভুক্তি,
      সার্টিফিকেট অব এনলিস্টমেন্ট, সার্টিফিকেট অফ এনলিস্টমেন্ট, তালিকাভুক্তির শংসাপত্র, ট্রেড সার্টিফিকেট, লাইসেন্স নম্বর,
      ट्रेड लाइसेंस, ट्रेड लाइसेन्स, ट्रेड लायसेंस, लाइसेंस, लाइसेन्स, लायसेंस, लाइसेंस फीस, लाइसेंस शुल्क, दुकान लाइसेंस, दुकान का लाइसेंस, व्यापार लाइसेंस, सीई नंबर, सी ई नंबर, व्यापार अनुज्ञप्ति, अनुज्ञप्ति, एनलिस्टमेंट`,
    alone: 'ce, c e, trade, ট্রেড, সিই, সি ই, सीई, सी ई, ट्रेड, dokan, দোকান, दुकान',
  },
  numberWords: `ce, c e, ce no, ce number, licence, license, licence no, license no, trade licence, enlistment, tl, সিই, সি ই, লাইসেন্স, ট্রেড লাইসেন্স, सीई, सी ई, लाइसेंस, shop, dokan, dukan, দোকান, দোকানের, दुकान, laisens, lisence, lisens`,
  bills: ['CE'],
  path: 'licences',
  head: 'CE',
  // A shop's name stands above its door.
  place: ({ tradeName }) => tradeName,
};
