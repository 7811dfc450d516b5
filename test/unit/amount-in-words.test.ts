import { describe, expect, test } from 'vitest';
import { languages } from '../../domain/language.ts';
import { paise } from '../../domain/money.ts';
import { amountInWords } from '../../texts/amount-in-words.ts';

/** Every number that has a word of its own: in figures, Bengali, English, Hindi. */
const small = `
  0 শূন্য zero शून्य
  1 এক one एक
  2 দুই two दो
  3 তিন three तीन
  4 চার four चार
  5 পাঁচ five पाँच
  6 ছয় six छह
  7 সাত seven सात
  8 আট eight आठ
  9 নয় nine नौ
  10 দশ ten दस
  11 এগারো eleven ग्यारह
  12 বারো twelve बारह
  13 তেরো thirteen तेरह
  14 চোদ্দো fourteen चौदह
  15 পনেরো fifteen पंद्रह
  16 ষোলো sixteen सोलह
  17 সতেরো seventeen सत्रह
  18 আঠারো eighteen अठारह
  19 উনিশ nineteen उन्नीस
  20 কুড়ি twenty बीस
  21 একুশ twenty-one इक्कीस
  22 বাইশ twenty-two बाईस
  23 তেইশ twenty-three तेईस
  24 চব্বিশ twenty-four चौबीस
  25 পঁচিশ twenty-five पच्चीस
  26 ছাব্বিশ twenty-six छब्बीस
  27 সাতাশ twenty-seven सत्ताईस
  28 আঠাশ twenty-eight अट्ठाईस
  29 উনত্রিশ twenty-nine उनतीस
  30 ত্রিশ thirty तीस
  31 একত্রিশ thirty-one इकतीस
  32 বত্রিশ thirty-two बत्तीस
  33 তেত্রিশ thirty-three तैंतीस
  34 চৌত্রিশ thirty-four चौंतीस
  35 পঁয়ত্রিশ thirty-five पैंतीस
  36 ছত্রিশ thirty-six छत्तीस
  37 সাঁইত্রিশ thirty-seven सैंतीस
  38 আটত্রিশ thirty-eight अड़तीस
  39 উনচল্লিশ thirty-nine उनतालीस
  40 চল্লিশ forty चालीस
  41 একচল্লিশ forty-one इकतालीस
  42 বিয়াল্লিশ forty-two बयालीस
  43 তেতাল্লিশ forty-three तैंतालीस
  44 চুয়াল্লিশ forty-four चवालीस
  45 পঁয়তাল্লিশ forty-five पैंतालीस
  46 ছেচল্লিশ forty-six छियालीस
  47 সাতচল্লিশ forty-seven सैंतालीस
  48 আটচল্লিশ forty-eight अड़तालीस
  49 উনপঞ্চাশ forty-nine उनचास
  50 পঞ্চাশ fifty पचास
  51 একান্ন fifty-one इक्यावन
  52 বাহান্ন fifty-two बावन
  53 তিপ্পান্ন fifty-three तिरपन
  54 চুয়ান্ন fifty-four चौवन
  55 পঞ্চান্ন fifty-five पचपन
  56 ছাপ্পান্ন fifty-six छप्पन
  57 সাতান্ন fifty-seven सत्तावन
  58 আটান্ন fifty-eight अट्ठावन
  59 উনষাট fifty-nine उनसठ
  60 ষাট sixty साठ
  61 একষট্টি sixty-one इकसठ
  62 বাষট্টি sixty-two बासठ
  63 তেষট্টি sixty-three तिरसठ
  64 চৌষট্টি sixty-four चौंसठ
  65 পঁয়ষট্টি sixty-five पैंसठ
  66 ছেষট্টি sixty-six छियासठ
  67 সাতষট্টি sixty-seven सड़सठ
  68 আটষট্টি sixty-eight अड़सठ
  69 উনসত্তর sixty-nine उनहत्तर
  70 সত্তর seventy सत्तर
  71 একাত্তর seventy-one इकहत्तर
  72 বাহাত্তর seventy-two बहत्तर
  73 তিয়াত্তর seventy-three तिहत्तर
  74 চুয়াত্তর seventy-four चौहत्तर
  75 পঁচাত্তর seventy-five पचहत्तर
  76 ছিয়াত্তর seventy-six छिहत्तर
  77 সাতাত্তর seventy-seven सतहत्तर
  78 আটাত্তর seventy-eight अठहत्तर
  79 উনআশি seventy-nine उन्यासी
  80 আশি eighty अस्सी
  81 একাশি eighty-one इक्यासी
  82 বিরাশি eighty-two बयासी
  83 তিরাশি eighty-three तिरासी
  84 চুরাশি eighty-four चौरासी
  85 পঁচাশি eighty-five पचासी
  86 ছিয়াশি eighty-six छियासी
  87 সাতাশি eighty-seven सतासी
  88 অষ্টআশি eighty-eight अठासी
  89 উননব্বই eighty-nine नवासी
  90 নব্বই ninety नब्बे
  91 একানব্বই ninety-one इक्यानवे
  92 বিরানব্বই ninety-two बानवे
  93 তিরানব্বই ninety-three तिरानवे
  94 চুরানব্বই ninety-four चौरानवे
  95 পঁচানব্বই ninety-five पचानवे
  96 ছিয়ানব্বই ninety-six छियानवे
  97 সাতানব্বই ninety-seven सत्तानवे
  98 আটানব্বই ninety-eight अट्ठानवे
  99 নিরানব্বই ninety-nine निन्यानवे`
  .trim()
  .split('\n')
  .map((line) => line.trim().split(' '))
  .map(([number, bn, en, hi]): [number, string, string, string] => [
    Number(number),
    `${bn} টাকা মাত্র`,
    `Rupees ${en} only`,
    `${hi} ${number === '1' ? 'रुपया' : 'रुपये'} मात्र`,
  ]);

const inAll = (amount: number): string[] =>
  languages.map((language) => amountInWords(paise(amount), language));

test('every number up to 99 is listed here, and no two are the same', () => {
  expect(small.map(([number]) => number)).toEqual(Array.from({ length: 100 }, (_, number) => number));
  for (const column of [1, 2, 3] as const) expect(new Set(small.map((row) => row[column])).size).toBe(100);
});

test.each(small)('%i rupees', (number, bn, en, hi) => {
  expect(inAll(number * 100)).toEqual([bn, en, hi]);
});

describe('amounts', () => {
  test.each([
    [100_00, 'একশো টাকা মাত্র', 'Rupees one hundred only', 'एक सौ रुपये मात्र'],
    [101_00, 'একশো এক টাকা মাত্র', 'Rupees one hundred one only', 'एक सौ एक रुपये मात्र'],
    [299_00, 'দুশো নিরানব্বই টাকা মাত্র', 'Rupees two hundred ninety-nine only', 'दो सौ निन्यानवे रुपये मात्र'],
    [600_00, 'ছয়শো টাকা মাত্র', 'Rupees six hundred only', 'छह सौ रुपये मात्र'],
    [1_000_00, 'এক হাজার টাকা মাত্র', 'Rupees one thousand only', 'एक हज़ार रुपये मात्र'],
    [1_001_00, 'এক হাজার এক টাকা মাত্র', 'Rupees one thousand one only', 'एक हज़ार एक रुपये मात्र'],
    [
      12_345_50,
      'বারো হাজার তিনশো পঁয়তাল্লিশ টাকা পঞ্চাশ পয়সা মাত্র',
      'Rupees twelve thousand three hundred forty-five and fifty paise only',
      'बारह हज़ार तीन सौ पैंतालीस रुपये पचास पैसे मात्र',
    ],
    [1_00_000_00, 'এক লক্ষ টাকা মাত্র', 'Rupees one lakh only', 'एक लाख रुपये मात्र'],
    [10_00_000_00, 'দশ লক্ষ টাকা মাত্র', 'Rupees ten lakh only', 'दस लाख रुपये मात्र'],
    [1_00_00_000_00, 'এক কোটি টাকা মাত্র', 'Rupees one crore only', 'एक करोड़ रुपये मात्र'],
    [
      12_34_56_789_50,
      'বারো কোটি চৌত্রিশ লক্ষ ছাপ্পান্ন হাজার সাতশো উননব্বই টাকা পঞ্চাশ পয়সা মাত্র',
      'Rupees twelve crore thirty-four lakh fifty-six thousand seven hundred eighty-nine and fifty paise only',
      'बारह करोड़ चौंतीस लाख छप्पन हज़ार सात सौ नवासी रुपये पचास पैसे मात्र',
    ],
    [50, 'পঞ্চাশ পয়সা মাত্র', 'Fifty paise only', 'पचास पैसे मात्र'],
    [1, 'এক পয়সা মাত্র', 'One paisa only', 'एक पैसा मात्र'],
    [1_01, 'এক টাকা এক পয়সা মাত্র', 'Rupees one and one paisa only', 'एक रुपया एक पैसा मात्र'],
    [0, 'শূন্য টাকা মাত্র', 'Rupees zero only', 'शून्य रुपये मात्र'],
    [
      2_00_200_00_00_000_00,
      'দুই লক্ষ দুশো কোটি টাকা মাত্র',
      'Rupees two lakh two hundred crore only',
      'दो लाख दो सौ करोड़ रुपये मात्र',
    ],
    [
      Number.MAX_SAFE_INTEGER,
      'নব্বই লক্ষ সাত হাজার একশো নিরানব্বই কোটি পঁচিশ লক্ষ সাতচল্লিশ হাজার চারশো নয় টাকা একানব্বই পয়সা মাত্র',
      'Rupees ninety lakh seven thousand one hundred ninety-nine crore twenty-five lakh forty-seven thousand four hundred nine and ninety-one paise only',
      'नब्बे लाख सात हज़ार एक सौ निन्यानवे करोड़ पच्चीस लाख सैंतालीस हज़ार चार सौ नौ रुपये इक्यानवे पैसे मात्र',
    ],
  ])('%i paise', (amount, bn, en, hi) => {
    expect(inAll(amount)).toEqual([bn, en, hi]);
  });

  test('less than nothing is refused', () => {
    expect(() => amountInWords(paise(-1), 'en')).toThrow(RangeError);
  });
});
