/** What a licence can be renewed for, by its state and the day. */
import { describe, expect, test } from 'vitest';
import type { CalendarDate } from '../../domain/calendar.ts';
import type { Licence } from '../../domain/accounts/licence.ts';
import type { Demand, LineKind } from '../../domain/dues.ts';
import { paise } from '../../domain/money.ts';
import {
  earlierYears,
  renewability,
  renewalId,
  renewalPeriod,
  type Renewability,
  type Term,
} from '../../domain/renewal.ts';
import type { RuleBook } from '../../domain/rules.ts';

const on = (date: string): CalendarDate => date as CalendarDate;
const rupees = (amount: number): number => amount * 100;

/** Valid until 31 May 2026. */
const licence: Licence = {
  kind: 'licence',
  number: '700010000381',
  owner: { en: 'Lata Doyelkar' },
  address: { en: '1 Babui Lane' },
  ward: 1,
  tradeName: { en: 'Jonaki Stores' },
  trade: 'grocery',
  validUntil: on('2026-05-31'),
  status: 'active',
};

const name = { bn: '', en: '', hi: '' };
const rules: RuleBook = {
  rounding: { toPaise: 100 },
  licenceTerms: { years: [1, 3, 5, 15] },
  licenceRenewal: { opensDaysBefore: 60 },
  licenceLateFine: { percent: 25, days: 90 },
  trades: {
    grocery: { name, needsApproval: false, yearly: { fee: paise(65_000), charge: paise(0) } },
    'eating-house': { name, needsApproval: true, yearly: { fee: paise(220_000), charge: paise(90_000) } },
    godown: { name, needsApproval: true },
  },
};

/** The demand of the year that begins on a day; its lines in rupees. */
function demand(from: string, lines: Partial<Record<LineKind, number>> = { principal: 700 }): Demand {
  return {
    id: `CE-${from.slice(0, 4)}`,
    kind: 'CE',
    periodFrom: on(from),
    periodTo: on(`${Number(from.slice(0, 4)) + 1}-05-31`),
    presentedOn: on(`${from.slice(0, 4)}-04-16`),
    lines: Object.entries(lines).map(([kind, amount]) => ({
      kind: kind as LineKind,
      amount: paise(rupees(amount)),
    })),
  };
}

interface Case {
  readonly of?: Partial<Licence>;
  readonly demands?: readonly Demand[];
  readonly today?: string;
  readonly book?: Partial<RuleBook>;
}

function ask({ of = {}, demands = [], today = '2026-05-20', book = {} }: Case): Renewability {
  const account = { ...licence, ...of };
  return renewability({ account, demands, rules: { ...rules, ...book }, today: on(today), asOf: 1 });
}

function termsOf(of: Case): readonly Term[] {
  const answer = ask(of);
  return answer.may === 'renew' ? answer.terms : [];
}

describe('a licence cannot be renewed', () => {
  test.each<[string, Case, Extract<Renewability, { may: 'not' }>]>([
    ['that is closed', { of: { status: 'closed' } }, { may: 'not', because: 'closed' }],
    [
      'that is suspended, also with a demand made out',
      { of: { status: 'suspended' }, demands: [demand('2026-06-01')] },
      { may: 'not', because: 'suspended' },
    ],
    [
      'that ends in more than 60 days',
      { today: '2026-04-01' },
      { may: 'not', because: 'tooEarly', opensOn: on('2026-04-02') },
    ],
    [
      'that was just renewed through us',
      { of: { renewedHere: true, validUntil: on('2027-05-31') } },
      { may: 'not', because: 'renewed', opensOn: on('2027-04-02') },
    ],
    [
      'whose trade has no fee in the schedule of the day',
      { of: { trade: 'godown' } },
      { may: 'not', because: 'noFee' },
    ],
    ['whose trade is not in the schedule', { of: { trade: 'tailoring' } }, { may: 'not', because: 'noFee' }],
    [
      'where nothing is to be paid',
      { demands: [demand('2026-06-01', {})], book: { licenceTerms: { years: [1] } } },
      { may: 'not', because: 'noFee' },
    ],
  ])('%s', (_, of, answer) => {
    expect(ask(of)).toEqual(answer);
  });
});

describe('a licence can be renewed', () => {
  test.each<[string, Case, { from?: string; expiredOn?: string; total: number; until?: string }]>([
    ['from 60 days before its end', { today: '2026-04-02' }, { total: 650 }],
    ['on its last day', { today: '2026-05-31' }, { total: 650 }],
    [
      'before that, when the corporation has made out the demand',
      { today: '2026-03-01', demands: [demand('2026-06-01')] },
      { total: 700 },
    ],
    [
      'again soon after it was, when that was for the year that ends',
      { of: { renewedHere: true } },
      { total: 650 },
    ],
    [
      'on the day after its end, which is then told',
      { today: '2026-06-01', demands: [demand('2026-06-01')] },
      { expiredOn: '2026-05-31', total: 700 },
    ],
    [
      'for the demand and its side charges',
      { demands: [demand('2026-06-01', { principal: 700, charge: 180 })] },
      { total: 880 },
    ],
    ['by the schedule, with its side charges', { of: { trade: 'eating-house' } }, { total: 2_200 + 900 }],
    [
      'without late fine on the last of the 90 days',
      { today: '2026-08-30', demands: [demand('2026-06-01')] },
      { expiredOn: '2026-05-31', total: 700 },
    ],
    [
      'with late fine on the fee, not on side charges, a day later',
      { today: '2026-08-31', demands: [demand('2026-06-01', { principal: 700, charge: 180 })] },
      { expiredOn: '2026-05-31', total: 700 + 175 + 180 },
    ],
    [
      'with late fine also where no demand was made out',
      { today: '2026-08-31' },
      { expiredOn: '2026-05-31', total: 650 + 163 },
    ],
    [
      'years after its end, for every year since, with the fines of the register and of the rule book',
      {
        of: { validUntil: on('2024-05-31') },
        today: '2026-05-20',
        demands: [demand('2024-06-01', { principal: 600, penalty: 150 }), demand('2025-06-01')],
      },
      { from: '2024-06-01', expiredOn: '2024-05-31', total: 750 + 875, until: '2026-05-31' },
    ],
    [
      'years after its end, where only some demands were made out',
      { of: { validUntil: on('2024-05-31') }, demands: [demand('2024-06-01')] },
      { from: '2024-06-01', expiredOn: '2024-05-31', total: 875 + 813, until: '2026-05-31' },
    ],
    [
      'for the year that runs, however soon that ends',
      { of: { validUntil: on('2025-05-31') }, demands: [demand('2025-06-01'), demand('2026-06-01')] },
      { from: '2025-06-01', expiredOn: '2025-05-31', total: 875, until: '2026-05-31' },
    ],
    [
      'together with an old demand that is still open',
      { demands: [demand('2025-06-01', { principal: 600, penalty: 150 }), demand('2026-06-01')] },
      { total: 750 + 700 },
    ],
  ])('%s', (_, of, { from = '2026-06-01', until = '2027-05-31', expiredOn, total }) => {
    const answer = ask(of);
    expect(answer).toMatchObject({ may: 'renew', from, terms: expect.anything() as unknown });
    expect(answer.may === 'renew' && answer.expiredOn).toBe(expiredOn);
    expect(termsOf(of)[0]).toMatchObject({ years: 1, until, total: rupees(total) });
  });
});

describe('the terms', () => {
  const summary = (of: Case): unknown[] =>
    termsOf(of).map(({ years, until, total, dues }) => [years, until, total / 100, dues.length]);

  test('are those of the rule book, each with its end and what it costs', () => {
    expect(summary({ demands: [demand('2026-06-01', { principal: 700, charge: 180 })] })).toEqual([
      [1, '2027-05-31', 880, 1],
      [3, '2029-05-31', 880 + 2 * 650, 3],
      [5, '2031-05-31', 880 + 4 * 650, 5],
      [15, '2041-05-31', 880 + 14 * 650, 15],
    ]);
  });

  test('count from the year that runs: what lies behind is due beside it', () => {
    const demands = [demand('2024-06-01', { principal: 600, penalty: 150 }), demand('2025-06-01')];
    expect(summary({ of: { validUntil: on('2024-05-31') }, demands })).toEqual([
      [1, '2026-05-31', 1_625, 2],
      [3, '2028-05-31', 1_625 + 2 * 650, 4],
      [5, '2030-05-31', 1_625 + 4 * 650, 6],
      [15, '2040-05-31', 1_625 + 14 * 650, 16],
    ]);
  });

  test('tell how many earlier years are paid with them', () => {
    const behind = (of: Case): number[] => termsOf(of).map(earlierYears);
    expect(behind({})).toEqual([0, 0, 0, 0]);
    const old = demand('2024-06-01');
    expect(behind({ demands: [old, demand('2026-06-01')] })).toEqual([1, 1, 1, 1]);
    expect(behind({ of: { validUntil: on('2024-05-31') }, demands: [old] })).toEqual([1, 1, 1, 1]);
    expect(behind({ of: { validUntil: on('2023-05-31') } })).toEqual([2, 2, 2, 2]);
    expect(behind({ of: { validUntil: on('2028-02-28') }, today: '2028-02-01' })).toEqual([0, 0, 0, 0]);
  });

  test('are only those whose every year has a price', () => {
    const of = { of: { trade: 'godown' }, demands: [demand('2026-06-01')] };
    expect(summary(of)).toEqual([[1, '2027-05-31', 700, 1]]);
  });

  test('are one year where the rule book has none', () => {
    const { licenceTerms, ...others } = rules;
    expect(licenceTerms).toBeDefined();
    const answer = renewability({
      account: licence,
      demands: [],
      rules: others,
      today: on('2026-05-20'),
      asOf: 1,
    });
    expect(answer).toMatchObject({ may: 'renew', terms: [{ years: 1 }] });
    expect(answer.may === 'renew' && answer.terms).toHaveLength(1);
  });

  test('of years that begin on a 29 February are as many years, and none twice', () => {
    const book = { licenceTerms: { years: [1, 4, 5] } };
    expect(summary({ of: { validUntil: on('2028-02-28') }, today: '2028-02-01', book })).toEqual([
      [1, '2029-02-27', 650, 1],
      [4, '2032-02-28', 4 * 650, 4],
      [5, '2033-02-27', 5 * 650, 5],
    ]);
  });

  test('hold to the day before the schedule, the late fine or the years to be paid are others', () => {
    const holds = (of: Case): (string | undefined)[] =>
      termsOf(of).flatMap(({ dues }) => dues.map(({ holdsUntil }) => holdsUntil));
    const dearer = { fee: paise(65_000), charge: paise(0), until: on('2026-06-15') };
    const grocery = { name, needsApproval: false, yearly: dearer };
    const book = { licenceTerms: { years: [3] } };
    expect(holds({ book, demands: [demand('2026-06-01')] })).toEqual([
      '2026-08-30',
      '2027-05-31',
      '2027-05-31',
    ]);
    expect(holds({ book: { ...book, trades: { grocery } }, demands: [demand('2026-06-01')] })).toEqual([
      '2026-08-30',
      '2026-06-15',
      '2026-06-15',
    ]);
    expect(holds({ book: { licenceTerms: { years: [1] } }, today: '2027-05-31' })).toEqual(['2027-05-31']);
  });

  test('name what is paid in advance, year by year and without gaps', () => {
    const [, three] = termsOf({ demands: [demand('2026-06-01')], of: { trade: 'eating-house' } });
    expect(three?.dues.map(({ id, periodFrom, periodTo }) => [id, periodFrom, periodTo])).toEqual([
      ['CE-2026', '2026-06-01', '2027-05-31'],
      ['year-2027-06-01', '2027-06-01', '2028-05-31'],
      ['year-2028-06-01', '2028-06-01', '2029-05-31'],
    ]);
    expect(three?.dues.at(-1)?.lines).toEqual([
      { kind: 'principal', amount: rupees(2_200) },
      { kind: 'charge', amount: rupees(900) },
    ]);
  });
});

test('a renewal is named by the licence and the financial year in which it begins', () => {
  expect(renewalId('700010000381', renewalPeriod(on('2026-06-01')))).toBe('700010000381-2026-27');
  expect(renewalPeriod(on('2027-03-31'))).toBe('2026-27');
});
