import { describe, expect, test } from 'vitest';
import type { CalendarDate } from '../../domain/calendar.ts';
import type { Licence } from '../../domain/accounts/licence.ts';
import type { Property } from '../../domain/accounts/property.ts';
import type { Demand, Dues, LineKind } from '../../domain/dues.ts';
import { paise } from '../../domain/money.ts';
import { duesOf, type RuleBook } from '../../domain/rules.ts';

const on = (date: string): CalendarDate => date as CalendarDate;
const rupees = (amount: number): number => Math.round(amount * 100);

const account: Property = {
  kind: 'property',
  number: '110010100015',
  owner: { en: 'Lata Doyelkar' },
  address: { en: '1 Babui Lane' },
  ward: 1,
  residential: true,
  senior: false,
};

const licence: Licence = {
  kind: 'licence',
  number: '700010000381',
  owner: { en: 'Lata Doyelkar' },
  address: { en: '1 Babui Lane' },
  ward: 1,
  tradeName: { en: 'Jonaki Stores' },
  trade: 'grocery',
  validUntil: on('2026-03-31'),
  status: 'active',
};

const prompt = { percent: 5, days: 21, kinds: ['PD', 'FS'] } as const;
const rules: RuleBook = {
  promptRebate: prompt,
  seniorRebate: { ...prompt, percent: 10 },
  rounding: { toPaise: 100 },
};
const graded: RuleBook = {
  arrearsWaiver: {
    bands: [
      { upToYears: 2, interestPercent: 50, penaltyPercent: 99 },
      { upToYears: 5, interestPercent: 45, penaltyPercent: 75 },
      { upToYears: 10, interestPercent: 40, penaltyPercent: 50 },
      { interestPercent: 35, penaltyPercent: 25 },
    ],
  },
};

/** A bill of 2026-27, presented on 1 May, with lines in rupees. */
function bill(change: Partial<Demand> & { readonly in?: Partial<Record<LineKind, number>> } = {}): Demand {
  const { in: lines = { principal: 1_000 }, ...rest } = change;
  return {
    id: 'PD-2026',
    kind: 'PD',
    periodFrom: on('2026-04-01'),
    periodTo: on('2027-03-31'),
    presentedOn: on('2026-05-01'),
    lines: Object.entries(lines).map(([kind, amount]) => ({
      kind: kind as LineKind,
      amount: paise(rupees(amount)),
    })),
    ...rest,
  };
}

interface Case {
  readonly demands: readonly Demand[];
  readonly today?: string;
  readonly rules?: RuleBook;
  readonly of?: Partial<Property>;
}

function dues({ demands, today = '2026-05-10', rules: book = rules, of = {} }: Case): Dues {
  const isLicence = demands.some(({ kind }) => kind === 'CE');
  return duesOf({
    account: isLicence ? licence : { ...account, ...of },
    demands,
    rules: book,
    today: on(today),
    asOf: 1,
  });
}

describe('a letter of intimation', () => {
  const covered = bill({ id: 'PD-2024', periodFrom: on('2024-04-01'), coveredBy: 'LOI-2026' });
  const loi = bill({
    id: 'LOI-2026',
    kind: 'LOI',
    periodFrom: on('2024-04-01'),
    in: { principal: 900, interest: 90 },
  });

  test('stands for the bills that it covers', () => {
    const result = dues({ demands: [bill(), covered, loi] });
    expect(result.dues.map(({ id }) => id)).toEqual(['LOI-2026', 'PD-2026']);
    expect(result.total).toBe(rupees(900 + 90 + 950));
  });

  test('has no rebate of its own', () => {
    expect(dues({ demands: [loi] }).dues[0]?.rebate).toBeUndefined();
  });

  test('leaves a bill that it covers unpayable even where the letter itself is not open', () => {
    expect(dues({ demands: [covered] })).toMatchObject({ dues: [], total: 0 });
  });
});

describe('the rebate for prompt payment', () => {
  test.each([
    ['2026-05-01', 50, 'on the day of the presentation'],
    ['2026-05-22', 50, 'on the last of the 21 days'],
    ['2026-05-23', 0, 'one day later'],
  ])('on %s is %i rupees: %s', (today, rebate) => {
    const [due] = dues({ demands: [bill()], today }).dues;
    const given = { amount: rupees(rebate), until: '2026-05-22', rules: [{ name: 'prompt rebate' }] };
    expect(due?.rebate).toEqual(rebate > 0 ? given : undefined);
    expect(due?.payable).toBe(rupees(1_000 - rebate));
  });

  test.each([
    [1_009.99, 50, 'just below half a rupee'],
    [1_010, 51, 'at fifty paise'],
    [9, 0, 'below half a rupee'],
    [0.5, 0, 'of next to nothing'],
  ])('of %d rupees is %d: rounded to the nearest rupee, %s', (principal, rebate) => {
    const [due] = dues({ demands: [bill({ in: { principal } })] }).dues;
    expect(due?.rebate?.amount ?? 0).toBe(rupees(rebate));
  });

  test('is taken off the tax and not off interest, penalty and charges', () => {
    const lines = { principal: 1_000, interest: 100, penalty: 100, charge: 100 };
    const [due] = dues({ demands: [bill({ in: lines })] }).dues;
    expect(due).toMatchObject({ amount: rupees(1_300), payable: rupees(1_250) });
  });

  test('is never more than the tax', () => {
    const all: RuleBook = { promptRebate: { ...prompt, percent: 100 } };
    const [due] = dues({ demands: [bill({ in: { principal: 0.6 } })], rules: all }).dues;
    expect(due).toMatchObject({ rebate: { amount: 60 }, payable: 0 });
  });

  test('does not exist where the rule book has none', () => {
    expect(dues({ demands: [bill()], rules: {} }).total).toBe(rupees(1_000));
  });
});

describe('the rebate for senior citizens', () => {
  test.each<[Partial<Property>, number, string]>([
    [{ senior: true }, 100, 'takes the place of the ordinary one'],
    [{ senior: true, residential: false }, 50, 'is for residential property only'],
    [{ senior: false }, 50, 'is not for others'],
  ])('for %j gives %i rupees: it %s', (of, rebate) => {
    expect(dues({ demands: [bill()], of }).dues[0]?.rebate?.amount).toBe(rupees(rebate));
  });

  test('gives way where the ordinary one is the larger', () => {
    const book: RuleBook = { ...rules, seniorRebate: { ...prompt, percent: 3 } };
    expect(dues({ demands: [bill()], of: { senior: true }, rules: book }).dues[0]?.rebate?.amount).toBe(
      rupees(50),
    );
  });
});

describe('the rebate for bills by e-mail', () => {
  const book: RuleBook = { ...rules, onlineRebate: { ...prompt, percent: 1, capPaise: rupees(200) } };

  test.each([
    [1_000, 60, 'on top of the ordinary one'],
    [20_000, 1_200, 'at its ceiling'],
    [30_000, 1_700, 'beyond its ceiling'],
  ])('makes of a tax of %i rupees a rebate of %i: %s', (principal, rebate) => {
    const { dues: found } = dues({
      demands: [bill({ in: { principal } })],
      rules: book,
      of: { green: true },
    });
    expect(found[0]?.rebate?.amount).toBe(rupees(rebate));
  });

  test('is for owners who take bills by e-mail only', () => {
    expect(dues({ demands: [bill()], rules: book }).dues[0]?.rebate?.amount).toBe(rupees(50));
  });

  test('ends the offer when the first of the two ends', () => {
    const short: RuleBook = { ...rules, onlineRebate: { ...prompt, percent: 1, days: 15 } };
    const { dues: found } = dues({ demands: [bill()], rules: short, of: { green: true } });
    expect(found[0]?.rebate).toEqual({
      amount: rupees(60),
      until: '2026-05-16',
      rules: [{ name: 'prompt rebate' }, { name: 'online rebate' }],
    });
  });
});

describe('the waiver by the age of the default', () => {
  const old = bill({
    periodFrom: on('2019-04-01'),
    periodTo: on('2020-03-31'),
    presentedOn: on('2019-05-10'),
    in: { principal: 1_000, interest: 400, penalty: 100 },
  });

  test.each([
    ['2021-05-10', 200 + 99, 'two years to the day'],
    ['2021-05-11', 180 + 75, 'two years and a day'],
    ['2024-05-10', 180 + 75, 'five years'],
    ['2024-05-11', 160 + 50, 'more than five'],
    ['2029-05-10', 160 + 50, 'ten years'],
    ['2029-05-11', 140 + 25, 'more than ten'],
  ])('on %s takes off %i rupees: %s', (today, waived) => {
    const [due] = dues({ demands: [old], today, rules: graded }).dues;
    expect(due?.waiver?.amount).toBe(rupees(waived));
    expect(due?.payable).toBe(rupees(1_500 - waived));
  });

  test('takes the oldest bill that an LOI covers as its age', () => {
    const covered = { ...old, id: 'PD-2019', coveredBy: 'LOI-2026' };
    const loi = bill({ id: 'LOI-2026', kind: 'LOI', in: { principal: 1_000, interest: 400, penalty: 100 } });
    const [due] = dues({ demands: [covered, loi], rules: graded }).dues;
    expect(due?.waiver?.amount).toBe(rupees(160 + 50));
  });

  test('counts from a 29 February to the 28th', () => {
    const leap = { ...old, presentedOn: on('2020-02-29'), periodTo: on('2020-03-31') };
    const waived = (today: string): number | undefined =>
      dues({ demands: [leap], today, rules: graded }).dues[0]?.waiver?.amount;
    expect([waived('2022-02-28'), waived('2022-03-01')]).toEqual([rupees(299), rupees(255)]);
  });

  test('leaves interest and penalty as the register has them when it is not in force', () => {
    expect(dues({ demands: [old], today: '2026-05-10' }).total).toBe(rupees(1_500));
  });
});

describe('the late fine of a licence', () => {
  const late: RuleBook = { licenceLateFine: { percent: 25, days: 90 }, rounding: { toPaise: 100 } };
  const year = (lines: Partial<Record<LineKind, number>>): Demand =>
    bill({ id: 'CE-2026', kind: 'CE', presentedOn: on('2026-02-15'), in: lines });
  const licenceDues = (demand: Demand, today: string, book = late): Dues<Licence> =>
    duesOf({ account: licence, demands: [demand], rules: book, today: on(today), asOf: 1 });

  test.each<[string, number | undefined, string]>([
    ['2026-03-20', undefined, 'before the year begins'],
    ['2026-06-30', undefined, 'on the last of the 90 days'],
    ['2026-07-01', 250, 'one day later'],
    ['2028-07-01', 250, 'years later'],
  ])('on %s is %s rupees: %s', (today, fine) => {
    const [due] = licenceDues(year({ principal: 1_000, charge: 120 }), today).dues;
    const amount = rupees(1_120 + (fine ?? 0));
    expect(due).toMatchObject({ amount, payable: amount });
    expect(due?.lateFine?.amount).toBe(fine === undefined ? undefined : rupees(fine));
    expect(due?.holdsUntil).toBe(fine === undefined ? '2026-06-30' : undefined);
  });

  test('stands on the bill as a penalty, to the nearest rupee', () => {
    const [due] = licenceDues(year({ principal: 1_002 }), '2026-08-01').dues;
    expect(due?.lines).toEqual([
      { kind: 'principal', amount: rupees(1_002) },
      { kind: 'penalty', amount: rupees(251) },
    ]);
  });

  test('of the corporation counts, where the bill carries one', () => {
    const [due] = licenceDues(year({ principal: 1_000, penalty: 40 }), '2026-08-01').dues;
    expect(due).toMatchObject({ payable: rupees(1_040) });
    expect(due?.lateFine).toBeUndefined();
  });

  test('does not exist where the rule book has none, and not for bills of properties', () => {
    expect(licenceDues(year({ principal: 1_000 }), '2026-08-01', {}).total).toBe(rupees(1_000));
    expect(dues({ demands: [bill()], today: '2026-08-01', rules: late }).total).toBe(rupees(1_000));
  });
});

test('bills stand in the order of their age, and one without an amount is no debt', () => {
  const demands = [
    bill(),
    bill({ id: 'FS-2025', kind: 'FS', periodFrom: on('2025-10-01') }),
    bill({ id: 'PD-2025', periodFrom: on('2025-04-01') }),
    bill({ id: 'PD-2020', periodFrom: on('2020-04-01'), in: {} }),
  ];
  expect(dues({ demands }).dues.map(({ id }) => id)).toEqual(['PD-2025', 'FS-2025', 'PD-2026']);
});

describe('an amount holds', () => {
  const old = bill({ presentedOn: on('2025-05-10'), in: { principal: 1_000, interest: 400, penalty: 100 } });
  const year = bill({ id: 'CE-2026', kind: 'CE', in: { principal: 1_000, charge: 120 } });
  const fine: RuleBook = { licenceLateFine: { percent: 25, days: 90 } };
  const holds = (of: Case): string | undefined => dues(of).dues[0]?.holdsUntil;

  test.each<[string, string | undefined, Case]>([
    ['to the last day of its rebate', '2026-05-22', { demands: [bill()] }],
    [
      'to the end of the entry that grants the rebate, where that comes first',
      '2026-05-15',
      { demands: [bill()], rules: { ...rules, until: { promptRebate: on('2026-05-15') } } },
    ],
    [
      'to the end of a rebate that others get as long as it is theirs',
      '2026-05-22',
      { demands: [bill()], rules: { ...rules, until: { seniorRebate: on('2026-05-15') } } },
    ],
    [
      'to the eve of a rebate that does not exist yet',
      '2026-05-31',
      { demands: [bill()], rules: { until: { promptRebate: on('2026-05-31') } } },
    ],
    [
      'to the last day of a band of the waiver',
      '2027-05-10',
      { demands: [old], today: '2026-09-01', rules: graded },
    ],
    [
      'to the end of the waiver itself, where that comes first',
      '2026-12-31',
      {
        demands: [old],
        today: '2026-09-01',
        rules: { ...graded, until: { arrearsWaiver: on('2026-12-31') } },
      },
    ],
    [
      'to the eve of a waiver that does not exist yet',
      '2026-12-31',
      { demands: [old], today: '2026-09-01', rules: { until: { arrearsWaiver: on('2026-12-31') } } },
    ],
    [
      'whatever happens to a waiver of interest that it does not have',
      undefined,
      { demands: [bill()], rules: { until: { arrearsWaiver: on('2026-12-31') } } },
    ],
    ['to the last day without a late fine', '2026-06-30', { demands: [year], rules: fine }],
    [
      'to the last day of the entry of the late fine that it carries',
      '2026-12-31',
      {
        demands: [year],
        today: '2026-09-01',
        rules: { ...fine, until: { licenceLateFine: on('2026-12-31') } },
      },
    ],
    [
      'to the eve of a late fine that does not exist yet',
      '2026-12-31',
      { demands: [year], today: '2026-09-01', rules: { until: { licenceLateFine: on('2026-12-31') } } },
    ],
    [
      'as long as the rounding of what is taken off',
      '2026-05-12',
      { demands: [bill()], rules: { ...rules, until: { rounding: on('2026-05-12') } } },
    ],
    [
      'whatever happens to the rounding where nothing is rounded',
      undefined,
      { demands: [bill()], rules: { until: { rounding: on('2026-05-12') } } },
    ],
    [
      'as long as the schedule that it is taken from',
      '2026-05-31',
      { demands: [{ ...year, holdsUntil: on('2026-05-31') }], rules: fine },
    ],
    ['without an end where the rule book has none', undefined, { demands: [old], today: '2026-09-01' }],
  ])('%s', (_, until, of) => {
    expect(holds(of)).toBe(until);
  });

  test('for a rebate no longer than its entry', () => {
    const book: RuleBook = { ...rules, until: { promptRebate: on('2026-05-15') } };
    expect(dues({ demands: [bill()], rules: book }).dues[0]?.rebate?.until).toBe('2026-05-15');
  });
});

test('what a rule grants names the entry of the rule book', () => {
  const since = { validFrom: on('2024-08-01') };
  const book: RuleBook = {
    promptRebate: { ...prompt, ...since },
    arrearsWaiver: { bands: graded.arrearsWaiver?.bands ?? [], ...since },
  };
  const lines = { principal: 1_000, interest: 100, penalty: 10 };
  expect(dues({ demands: [bill({ in: lines })], rules: book }).dues[0]).toMatchObject({
    rebate: { rules: [{ name: 'prompt rebate', ...since }] },
    waiver: { rule: { name: 'arrears waiver', ...since } },
  });
});
