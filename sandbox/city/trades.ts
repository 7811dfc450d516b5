/** Invented trades with an invented schedule of fees: the corporation's own is not public. */
import type { CalendarDate } from '../../domain/calendar.ts';
import type { InEveryLanguage } from '../../domain/language.ts';
import type { Pair } from './names.ts';

export interface CityTrade {
  readonly code: string;
  readonly name: InEveryLanguage<string>;
  readonly needsApproval: boolean;
  /** Rupees a year, oldest entry first. */
  readonly fees: readonly [CityFee, ...CityFee[]];
  /** What its shops call themselves. */
  readonly shops: readonly [Pair, ...Pair[]];
}

interface CityFee {
  readonly from: CalendarDate;
  readonly fee: number;
  /** For solid waste. */
  readonly charge: number;
}

/** Two entries, or one where nothing was changed. */
function schedule(first: readonly [number, number], second?: readonly [number, number]): CityTrade['fees'] {
  const since = (from: string, [fee, charge]: readonly [number, number]): CityFee => ({
    from: from as CalendarDate,
    fee,
    charge,
  });
  const begin = since('2000-04-01', first);
  return second === undefined ? [begin] : [begin, since('2025-04-01', second)];
}

export const cityTrades: readonly [CityTrade, ...CityTrade[]] = [
  {
    code: 'beauty-parlour',
    name: { en: 'Beauty parlour', bn: 'বিউটি পার্লার', hi: 'ब्यूटी पार्लर' },
    needsApproval: false,
    fees: schedule([800, 120], [1100, 180]),
    shops: [
      ['Beauty Parlour', 'বিউটি পার্লার'],
      ['Salon', 'সেলুন'],
    ],
  },
  {
    code: 'eating-house',
    name: { en: 'Eating house', bn: 'খাবারের দোকান', hi: 'भोजनालय' },
    needsApproval: true,
    fees: schedule([1500, 600], [2200, 900]),
    shops: [
      ['Cabin', 'কেবিন'],
      ['Eating House', 'ভোজনালয়'],
    ],
  },
  {
    code: 'godown',
    name: { en: 'Godown', bn: 'গুদাম', hi: 'गोदाम' },
    needsApproval: true,
    fees: schedule([2400, 0], [3200, 0]),
    shops: [
      ['Warehousing', 'ওয়্যারহাউসিং'],
      ['Godown', 'গুদাম'],
    ],
  },
  {
    code: 'grocery',
    name: { en: 'Grocery', bn: 'মুদির দোকান', hi: 'किराना दुकान' },
    needsApproval: false,
    fees: schedule([500, 120], [650, 180]),
    shops: [
      ['Stores', 'স্টোর্স'],
      ['Bhandar', 'ভাণ্ডার'],
    ],
  },
  {
    code: 'hardware',
    name: { en: 'Hardware shop', bn: 'হার্ডওয়্যারের দোকান', hi: 'हार्डवेयर की दुकान' },
    needsApproval: false,
    fees: schedule([900, 120], [1200, 180]),
    shops: [
      ['Hardware', 'হার্ডওয়্যার'],
      ['Iron Stores', 'আয়রন স্টোর্স'],
    ],
  },
  {
    code: 'jewellery',
    name: { en: 'Jewellery shop', bn: 'গয়নার দোকান', hi: 'गहनों की दुकान' },
    needsApproval: false,
    fees: schedule([3500, 120], [5000, 180]),
    shops: [
      ['Jewellers', 'জুয়েলার্স'],
      ['Alankar', 'অলঙ্কার'],
    ],
  },
  {
    code: 'medicine-shop',
    name: { en: 'Medicine shop', bn: 'ওষুধের দোকান', hi: 'दवा की दुकान' },
    needsApproval: false,
    fees: schedule([1000, 240], [1400, 300]),
    shops: [
      ['Medical', 'মেডিক্যাল'],
      ['Pharmacy', 'ফার্মেসি'],
    ],
  },
  {
    code: 'tailoring',
    name: { en: 'Tailoring shop', bn: 'দর্জির দোকান', hi: 'दर्ज़ी की दुकान' },
    needsApproval: false,
    fees: schedule([400, 60]),
    shops: [
      ['Tailors', 'টেলার্স'],
      ['Dress Makers', 'ড্রেস মেকার্স'],
    ],
  },
];

/** What a year that begins on a day costs. */
export function feeOn({ fees }: CityTrade, day: CalendarDate): CityFee {
  return fees.findLast(({ from }) => from <= day) ?? fees[0];
}
