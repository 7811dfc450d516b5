/** What gateways write is read exactly or not at all, in all the ways in which they write it. */
import { describe, expect, test } from 'vitest';
import {
  asTold,
  payerAddress,
  payerBrowser,
  readAmount,
  readCurrency,
  readId,
  readReference,
  readTime,
} from '../../gateways/readers.ts';

describe('an id', () => {
  test.each([
    ['XIC50TEST00001'],
    ['xic50test00001'],
    [' XIC50TEST00001 '],
    ['XIC50TEST00001\n'],
    ['XIC50 TEST 00001'],
    ['ＸＩＣ50ＴＥＳＴ00001'],
    ['XIC50TEST০০০০১'],
    ['\u200bXIC50TEST00001\u0000'],
    ['\u00a0XIC50TEST00001\u00a0'],
  ])('is the same when it is written %j', (value) => {
    expect(readId(value)).toBe('XIC50TEST00001');
  });

  test.each([
    [609112345678, '609112345678'],
    ['609112345678', '609112345678'],
    ['000123', '000123'],
    [7, '7'],
    ['A-1/2', 'A-1/2'],
    ['A'.repeat(64), 'A'.repeat(64)],
  ])('written %j is %s', (value, id) => {
    expect(readId(value)).toBe(id);
  });

  test.each([
    'NA',
    'na',
    ' N/A ',
    'n.a.',
    'null',
    'NULL',
    'None',
    'nil',
    'undefined',
    'NaN',
    '-',
    '--',
    '.',
    '*',
    '0',
    '000',
    0,
    '',
    ' ',
    '\u0000',
    '\u200b',
    null,
    undefined,
    true,
    {},
    ['X'],
    NaN,
    12.5,
    9_007_199_254_740_993,
    'A'.repeat(65),
  ])('is not read out of %j', (value) => {
    expect(readId(value)).toBeUndefined();
  });
});

test.each([
  ['PSABC', 'PSABC'],
  [' PSABC\t', 'PSABC'],
  ['psabc', 'psabc'],
  [2026000001, '2026000001'],
  ['', undefined],
  [' ', undefined],
  ['A'.repeat(65), undefined],
  [{}, undefined],
  [undefined, undefined],
])('a reference written %j is compared as %j', (value, reference) => {
  expect(readReference(value)).toBe(reference);
});

describe('an amount', () => {
  test.each([
    [1785, 178500],
    ['1785', 178500],
    ['1785.', 178500],
    ['1785.0', 178500],
    ['1785.00', 178500],
    ['1785.000', 178500],
    ['1785.0000000000', 178500],
    [1785.5, 178550],
    ['1785.5', 178550],
    ['1785.50', 178550],
    [1785.1, 178510],
    [0.07, 7],
    [0.29, 29],
    [1.15, 115],
    ['4.35', 435],
    ['0.57', 57],
    ['0.01', 1],
    [0, 0],
    ['0.00', 0],
    ['1,785.00', 178500],
    ['1,785', 178500],
    ['12,345', 1234500],
    ['1,23,456.70', 12345670],
    ['12,34,56,789.01', 12345678901],
    ['123,456.70', 12345670],
    ['1 785.00', 178500],
    ['1\u00a0785.00', 178500],
    ['₹1,785.00', 178500],
    ['₹ 1785', 178500],
    ['INR 1785.00', 178500],
    ['inr1785', 178500],
    ['1785.00 INR', 178500],
    ['Rs. 1785/-', 178500],
    ['Rs.1785', 178500],
    ['Rs 1,785.00/-', 178500],
    ['₨1785', 178500],
    ['1785/-', 178500],
    [' 1785.00 ', 178500],
    ['\t1785.00\r\n', 178500],
    ['+1785', 178500],
    ['00001785.00', 178500],
    ['１７８５.００', 178500],
    ['１，７８５．００', 178500],
    ['১৭৮৫.৫০', 178550],
    ['१,२३,४५६.७०', 12345670],
    ['100000000000.00', 10_000_000_000_000],
    ['00000000000000000001.00', 100],
  ])('written %j is %d paise', (value, amount) => {
    expect(readAmount(value)).toBe(amount);
  });

  test.each([
    '-1785.00',
    -1785,
    '−1785',
    '(1785.00)',
    '1785-',
    '1785.005',
    1785.005,
    0.1 + 0.2,
    '1785.001',
    '1.785.00',
    '1785..00',
    '.',
    '.50',
    ',',
    '1,78',
    '1,7850',
    ',785',
    '1,,785',
    '17,85.00',
    '1,785,00',
    '1.785,00',
    '1, 785',
    '1e3',
    '1E3',
    1e21,
    1e-7,
    '0x10',
    '1785 00',
    '1785 1785',
    '17 85',
    'NA',
    'null',
    '',
    ' ',
    '₹',
    'USD 1785',
    '$1785',
    '1785abc',
    'Infinity',
    Infinity,
    NaN,
    '100000000000.01',
    '99999999999999999999',
    null,
    undefined,
    true,
    {},
    [1785],
  ])('is not read out of %j', (value) => {
    expect(readAmount(value)).toBeUndefined();
  });
});

test.each([
  [356, 'INR'],
  ['356', 'INR'],
  ['INR', 'INR'],
  ['inr ', 'INR'],
  ['Rs', 'INR'],
  ['Rs.', 'INR'],
  ['₹', 'INR'],
  ['３５６', 'INR'],
  ['840', undefined],
  ['USD', undefined],
  ['', undefined],
  [undefined, undefined],
  [{}, undefined],
])('a currency written %j is %j', (value, currency) => {
  expect(readCurrency(value)).toBe(currency);
});

describe('a time', () => {
  const now = Date.parse('2026-11-21T12:00:00+05:30');
  const evening = '2026-11-20T18:20:10.000Z';

  test.each([
    ['2026-11-20T23:50:10+05:30', evening],
    ['2026-11-20T23:50:10.000+05:30', evening],
    ['2026-11-20T23:50:10+0530', evening],
    ['2026-11-20T23:50:10 +05:30', evening],
    ['2026-11-20T23:20:10+05', evening],
    ['2026-11-20T18:20:10Z', evening],
    ['2026-11-20T18:20:10.000Z', evening],
    ['2026-11-20t18:20:10z', evening],
    ['2026-11-20 18:20:10 UTC', evening],
    ['2026-11-20T18:20:10+00:00', evening],
    ['2026-11-20T13:20:10-05:00', evening],
    ['2026-11-20T23:50:10', evening],
    ['2026-11-20 23:50:10', evening],
    ['2026-11-20 23:50:10.0', evening],
    ['2026-11-20 23:50:10 IST', evening],
    ['2026/11/20 23:50:10', evening],
    [' 2026-11-20  23:50:10 ', evening],
    ['20-11-2026 23:50:10', evening],
    ['20/11/2026 23:50:10', evening],
    ['20.11.2026 23:50:10', evening],
    ['20-11-2026T23:50:10', evening],
    ['20-11-2026 23:50:10 +05:30', evening],
    ['20/11/2026, 23:50:10', evening],
    ['20-Nov-2026 23:50:10', evening],
    ['20 NOV 2026 23:50:10', evening],
    ['20 Nov 2026, 23:50:10', evening],
    ['20261120235010', evening],
    [20261120235010, evening],
    ['20112026235010', evening],
    ['20261120T235010', evening],
    ['20261120T182010Z', evening],
    ['২০-১১-২০২৬ ২৩:৫০:১০', evening],
    ['２０２６-11-20 23:50:10', evening],
    [Date.parse(evening), evening],
    [String(Date.parse(evening)), evening],
    [Date.parse(evening) / 1_000, evening],
    [String(Date.parse(evening) / 1_000), evening],
    ['2026-11-20T23:50:10.123+05:30', '2026-11-20T18:20:10.123Z'],
    ['2026-11-20T23:50:10.1', '2026-11-20T18:20:10.100Z'],
    ['2026-11-20 23:50:10.123456789', '2026-11-20T18:20:10.123Z'],
    ['2026-11-20T23:50', '2026-11-20T18:20:00.000Z'],
    ['20/11/2026 23:50', '2026-11-20T18:20:00.000Z'],
    ['1/4/2026 9:05', '2026-04-01T03:35:00.000Z'],
    ['2026-11-22T11:59:59+05:30', '2026-11-22T06:29:59.000Z'],
    ['2025-10-18T00:00:00+05:30', '2025-10-17T18:30:00.000Z'],
  ])('written %j is %s', (value, instant) => {
    expect(new Date(readTime(value, { now }) ?? NaN).toISOString()).toBe(instant);
  });

  test.each([
    '2026-02-31T10:00:00+05:30',
    '31-02-2026 10:00:00',
    '2026-02-29 10:00:00',
    '2026-13-01T10:00:00',
    '2026-00-10T10:00:00',
    '11/20/2026 23:50',
    '2026-11-20T24:00:00',
    '2026-11-20T23:60:00',
    '2026-11-20T23:50:60',
    '2026-11-20T23:50:10+15:00',
    '2026-11-20T23:50:10+05:60',
    '2026-11-20',
    '20-11-2026',
    '20261120',
    20261120,
    '23:50:10',
    '1970-01-01T00:00:00Z',
    0,
    1,
    '2099-01-01T00:00:00Z',
    '2026-11-22T12:00:01+05:30',
    '2025-10-17T11:59:59+05:30',
    '20-11-26 23:50:10',
    'yesterday',
    'NA',
    '',
    ' ',
    null,
    undefined,
    {},
    NaN,
    Infinity,
    '99999999999999',
    '2026-11-20T23:50:10 tomorrow',
    '20-Foo-2026 23:50:10',
  ])('is not read out of %j', (value) => {
    expect(readTime(value, { now })).toBeUndefined();
  });
});

test.each([
  ['soon', 'soon'],
  [' so\non ', 'so on'],
  [{ rupees: 5 }, '{"rupees":5}'],
  [true, 'true'],
  [12.005, '12.005'],
  ['x'.repeat(200), 'x'.repeat(64)],
  ['', undefined],
  [null, undefined],
  [undefined, undefined],
])('what cannot be read, %j, is shown as %j', (value, words) => {
  expect(asTold(value)).toBe(words);
});

test.each([
  ['203.0.113.7', '203.0.113.7'],
  [' 203.0.113.7 ', '203.0.113.7'],
  ['203.0.113.7:5678', '203.0.113.7'],
  ['::ffff:203.0.113.7', '203.0.113.7'],
  ['::FFFF:203.0.113.7', '203.0.113.7'],
  ['::ffff:cb00:7107', '203.0.113.7'],
  ['0:0:0:0:0:ffff:203.0.113.7', '203.0.113.7'],
  ['[::ffff:203.0.113.7]:443', '203.0.113.7'],
  ['2405:204:638B:9DAA:F3C8:A903:3227:C712', '2405:204:638b:9daa:f3c8:a903:3227:c712'],
  ['2001:0db8:0000::0001', '2001:db8::1'],
  ['[2001:db8::1]:8080', '2001:db8::1'],
  ['[2001:db8::1]', '2001:db8::1'],
  ['fe80::1%eth0', 'fe80::1'],
  ['::1', '::1'],
  ['', '0.0.0.0'],
  ['unknown', '0.0.0.0'],
  ['999.1.1.1', '0.0.0.0'],
  ['203.0.113.7, 10.0.0.1', '0.0.0.0'],
  ['_hidden', '0.0.0.0'],
  ['<script>', '0.0.0.0'],
])('a payer at %j is said to be at %s', (ip, address) => {
  expect(payerAddress(ip)).toBe(address);
});

test.each([
  ['Mozilla/5.0 (Linux; Android 14)', 'Mozilla/5.0 (Linux; Android 14)'],
  ['', 'NA'],
  ['বাংলা', 'NA'],
  ['Moz\u0000illa\r\n', 'Mozilla'],
  ['M'.repeat(3_000), 'M'.repeat(256)],
])('a browser that calls itself %j is passed on printable and short', (userAgent, passed) => {
  expect(payerBrowser(userAgent)).toBe(passed);
});
