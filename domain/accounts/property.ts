/** Property: assessed under a number of twelve digits, and taxed by periodic and supplementary bills. */
import type { AccountSpec, AnyAccount } from './account.ts';
import { digitRuns, longestRun } from './digit-runs.ts';

export interface Property extends AnyAccount {
  readonly kind: 'property';
  readonly residential: boolean;
  /** Whether the register knows the owner as a senior citizen. */
  readonly senior: boolean;
  /** Whether the owner takes bills by e-mail only. */
  readonly green?: boolean;
}

/**
 * Twelve ASCII digits: unit, ward, street, premises and one last digit, 2+3+2+4+1. Nobody outside the corporation knows a
 * rule for the last digit, so there is no checksum here.
 */
export type AssesseeNumber = string & { readonly brand: 'AssesseeNumber' };

export interface PropertyTypes {
  readonly account: Property;
  readonly number: AssesseeNumber;
  /** Periodic demand, fresh or supplementary bill, and letter of intimation for what is outstanding. */
  readonly bill: 'PD' | 'FS' | 'LOI';
  /** There are too few or too many digits, or no ward has such a number. */
  readonly problem: 'length' | 'ward';
  readonly beside: object;
}

/** As `31-107-11-0057-1`. */
export function groupAssesseeNumber(number: string): string {
  return number.replace(/^(\d{2})(\d{3})(\d{2})(\d{4})(\d)$/, '$1-$2-$3-$4-$5');
}

const wards = 144;

export const property: AccountSpec<PropertyTypes> = {
  form: /^\d{12}$/,
  numberIn(text) {
    const found = digitRuns(text).find((digits) => property.form.test(digits)) ?? longestRun(text);
    if (found === undefined) return undefined;
    if (!property.form.test(found)) return { problem: 'length' };
    const ward = Number(found.slice(2, 5));
    if (ward < 1 || ward > wards) return { problem: 'ward' };
    return { number: found as AssesseeNumber };
  },
  shown: groupAssesseeNumber,
  words: `property tax, house tax, holding tax, municipal tax, tax, arrears, dues, assessee,
    assessee number, assessee no, sampatti kar, sompotti kor, pourokor, purokor, bokeya, khajna, bakaya, grihkar,
    সম্পত্তি কর, সম্পত্তিকর, পুরকর, পৌরকর, প্রপার্টি ট্যাক্স, হাউস ট্যাক্স, ট্যাক্স, কর, বকেয়া, অ্যাসেসি, এসেসি,
    संपत्ति कर, सम्पत्ति कर, प्रॉपर्टी टैक्स, हाउस टैक्स, गृहकर, टैक्स, कर, बकाया, असेसी`,
  bills: ['PD', 'FS', 'LOI'],
  path: 'properties',
  head: 'PT',
  place: ({ address }) => address,
};
