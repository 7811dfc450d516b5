/** The files that can be imported: which columns they have, and which table they go to. */
import {
  amount,
  assesseeNumber,
  date,
  matching,
  nothing,
  property,
  text,
  wardOfNumber,
  yesOrNo,
  type Column,
} from './columns.ts';

export interface FileKind {
  readonly name: 'properties' | 'demands';
  readonly table: string;
  /** In the order of the table's primary key. */
  readonly key: readonly string[];
  readonly columns: readonly Column[];
  /** What must hold between the values of one row: by column of the file, the reason why not. */
  readonly rowProblem?: (value: (column: string) => string) => { column: string; reason: string } | undefined;
  /**
   * What only the database can see: SQL over the row `s`, staged or already in the register, with the first and the last
   * number as $1 and $2.
   */
  readonly conditions: readonly {
    readonly column: string;
    readonly refuse: string;
    readonly reason: string;
  }[];
}

const number = {
  from: 'number',
  read: assesseeNumber,
  takes: '12 digits with a ward from 001 to 144',
} as const;
const words = 'text of at most 300 characters in UTF-8, without control characters';
const bill = matching(/^[A-Za-z0-9][A-Za-z0-9./-]{0,31}$/);
const billTakes = 'a bill number: letters, digits, hyphens, full stops and slashes, at most 32';
const rupees = 'rupees with at most two decimals, without commas or sign';
const day = 'a date that exists, as 2026-04-30';

const properties: FileKind = {
  name: 'properties',
  table: 'accounts',
  key: ['kind', 'number'],
  columns: [
    { ...number, to: 'kind', read: property },
    { ...number, to: 'number' },
    { ...number, to: 'ward', read: wardOfNumber },
    { from: 'owner_en', to: 'owner_en', read: text, takes: words },
    { from: 'owner_bn', to: 'owner_bn', read: text, takes: words, whenEmpty: nothing },
    { from: 'address_en', to: 'address_en', read: text, takes: words },
    { from: 'address_bn', to: 'address_bn', read: text, takes: words, whenEmpty: nothing },
    { from: 'residential', to: 'residential', read: yesOrNo, takes: 'yes or no' },
    { from: 'senior', to: 'senior', read: yesOrNo, takes: 'yes or no', whenEmpty: 'f' },
    { from: 'green', to: 'green', read: yesOrNo, takes: 'yes or no', whenEmpty: 'f' },
  ],
  conditions: [],
};

const demands: FileKind = {
  name: 'demands',
  table: 'demands',
  key: ['account_kind', 'account_number', 'id'],
  columns: [
    { ...number, to: 'account_kind', read: property },
    { ...number, to: 'account_number' },
    { from: 'bill', to: 'id', read: bill, takes: billTakes },
    { from: 'kind', to: 'kind', read: matching(/^(?:PD|FS|LOI)$/), takes: 'PD, FS or LOI' },
    { from: 'period_from', to: 'period_from', read: date, takes: day },
    { from: 'period_to', to: 'period_to', read: date, takes: day },
    { from: 'presented_on', to: 'presented_on', read: date, takes: day },
    { from: 'principal', to: 'principal', read: amount, takes: rupees },
    { from: 'interest', to: 'interest', read: amount, takes: rupees, whenEmpty: '0' },
    { from: 'penalty', to: 'penalty', read: amount, takes: rupees, whenEmpty: '0' },
    { from: 'charge', to: 'charge', read: amount, takes: rupees, whenEmpty: '0' },
    { from: 'covered_by', to: 'covered_by', read: bill, takes: billTakes, whenEmpty: nothing },
    { from: 'paid_on', to: 'paid_on', read: date, takes: day, whenEmpty: nothing },
    { from: 'withdrawn_on', to: 'withdrawn_on', read: date, takes: day, whenEmpty: nothing },
  ],
  rowProblem: (value) => {
    if (value('period_from') > value('period_to')) {
      return { column: 'period_to', reason: 'lies before period_from' };
    }
    if (value('kind') === 'LOI' && value('covered_by') !== '') {
      return { column: 'covered_by', reason: 'an LOI is not covered by another' };
    }
    return undefined;
  },
  conditions: [
    {
      column: 'number',
      refuse: `not exists (select from accounts a where a.kind = s.account_kind and a.number = s.account_number
        and a.number between $1 and $2)`,
      reason: 'no such property; import its row first',
    },
    {
      column: 'covered_by',
      refuse: `s.covered_by is not null
        and not exists (select from staged o where o.account_kind = s.account_kind
          and o.account_number = s.account_number and o.id = s.covered_by and o.kind = 'LOI')
        and not exists (select from demands o where o.account_kind = s.account_kind
          and o.account_number = s.account_number and o.id = s.covered_by and o.kind = 'LOI'
          and o.account_number between $1 and $2)`,
      reason: 'the property has no LOI of that number, neither here nor in the register',
    },
  ],
};

/** In the order in which they are imported: bills need their property. */
export const fileKinds: readonly FileKind[] = [properties, demands];
