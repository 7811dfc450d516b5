/** Property: assessed under a number of twelve digits, and taxed by periodic and supplementary bills. */
import type { AccountSpec, AnyAccount } from './account.ts';

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
  problemWith(digits) {
    if (!property.form.test(digits)) return 'length';
    const ward = Number(digits.slice(2, 5));
    return ward < 1 || ward > wards ? 'ward' : undefined;
  },
  groups: [2, 3, 2, 4, 1],
  shown: groupAssesseeNumber,
  words: {
    within: `property tax, propertytax, property tx, propety tax, house tax, home tax, holding tax, municipal tax, corporation tax, kmc tax, flat tax, building tax, land tax, tax, taxes, tax bill, tax due, arrears, assessee, assessee number, assessee no, assesse, assesee, asesi, assesi, asessee, assessment, unit area, uaa, annual valuation, valuation,
      property dues, holding number, holding no, premises number, pd bill, p d bill, fs bill, f s bill, loi, l o i, letter of intimation, waiver, waiver scheme, rebate,
      sampatti kar, sompotti kor, sampattikar, sompottikor, sompotti kar, pourokor, pouro kor, purokor, pur kor, pourakar, grihkar, grih kar, khajna, barir kor, barir tax, barir taks, ghorer kor, ghorer tax, flat er tax, flater tax, ghar ka kar, ghar ka tax, ghar ka taks, ghar tax, makan kar, makan tax, makaan tax, makan ka tax, makaan kar, property kar, property ka tax, nagar nigam kar, nigam kar, kor joma, kor debo, bari tax, bari ka tax, hous tax, prpty tax, proprty tax, properti tax, proparty tax, taxer bill, tax er bill,
      সম্পত্তি কর, সম্পত্তিকর, পুরকর, পুর কর, পৌরকর, পৌর কর, প্রপার্টি ট্যাক্স, প্রোপার্টি ট্যাক্স, হাউস ট্যাক্স, হোল্ডিং ট্যাক্স, ট্যাক্স, টেক্স, ট্যাস্ক, কর দেব, কর দিতে, কর দিব, কর জমা, কর বাবদ, কর কত, কর মেটাতে, কর দেওয়া, কর বাকি, কর দিই, করের, করটা, করও, বাড়ির কর, ঘরের কর, ফ্ল্যাটের কর, ফ্ল্যাটের ট্যাক্স, বাড়ির ট্যাক্স, খাজনা, বাড়ির খাজনা, করের বিল, ট্যাক্সের বিল,
      অ্যাসেসি, এসেসি, এ্যাসেসি, অ্যাসেসি নম্বর, অ্যাসেসমেন্ট, এসেসমেন্ট, হোল্ডিং নম্বর, পিডি বিল, পি ডি বিল, এফএস বিল, এফ এস বিল, এল ও আই, এলওআই, লেটার অফ ইন্টিমেশন, লেটার অব ইন্টিমেশন, ওয়েভার, মূল্যায়ন, সম্পত্তির কর, সম্পত্তির ট্যাক্স, পুরসভার ট্যাক্স, পুরসভার কর, কর্পোরেশন ট্যাক্স, কর্পোরেশনের ট্যাক্স, রিবেট,
      संपत्ति कर, सम्पत्ति कर, संपत्तिकर, सम्पति कर, संपति कर, प्रॉपर्टी टैक्स, प्रोपर्टी टैक्स, हाउस टैक्स, गृहकर, गृह कर, टैक्स, टेक्स, मकान कर, मकान टैक्स, मकान का टैक्स, घर का टैक्स, घर का कर, निगम कर, नगर निगम कर, नगर निगम टैक्स, होल्डिंग टैक्स, होल्डिंग नंबर, पीडी बिल, एलओआई, लगान, असेसी, एसेसी, असेसमेंट, मूल्यांकन, कर भरना, कर जमा, कर चुकाना, कर देना, कर का बिल, टैक्स का बिल, छूट योजना, संपत्ति का कर, संपत्ति का टैक्स`,
    alone: `bill, bills, my bill, holding, property, house, flat, kor, kar, বিল, কর, হোল্ডিং, বাড়ি, कर, बिल, होल्डिंग, मकान, pending bill, পিডি, পি ডি, pd`,
  },
  numberWords: `assessee, assesse, assesee, asesi, assesi, property, property tax, house, holding, tax, flat, pd, bari, barir, ghar, makan, khajna, অ্যাসেসি, এসেসি, এ্যাসেসি, ট্যাক্স, টেক্স, পুরকর, বাড়ি, বাড়ির, ফ্ল্যাট, ফ্ল্যাটের, সম্পত্তি, হোল্ডিং, খাজনা, असेसी, एसेसी, टैक्स, संपत्ति, सम्पत्ति, मकान, घर, होल्डिंग, फ्लैट, प्रॉपर्टी, প্রপার্টি`,
  bills: ['PD', 'FS', 'LOI'],
  path: 'properties',
  head: 'PT',
  place: ({ address }) => address,
};
