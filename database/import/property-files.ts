/** Properties and their bills. */
import { billColumns, billTable, periodProblem, withoutAccount } from './bills.ts';
import {
  always,
  assesseeNumber,
  bill,
  matching,
  nothing,
  rupees,
  wardOfNumber,
  words,
  yesNo,
} from './columns.ts';
import type { FileKind } from './file-kind.ts';

const number = {
  from: 'number',
  read: assesseeNumber,
  takes: '12 digits with a ward from 001 to 144',
} as const;

export const properties: FileKind = {
  name: 'properties',
  table: 'accounts',
  accounts: 'property',
  key: ['kind', 'number'],
  cutBy: 'number',
  columns: [
    { ...number, to: 'number' },
    { ...number, to: 'kind', read: always('property') },
    { ...number, to: 'ward', read: wardOfNumber },
    { from: 'owner_en', to: 'owner_en', ...words },
    { from: 'owner_bn', to: 'owner_bn', ...words, whenEmpty: nothing },
    { from: 'address_en', to: 'address_en', ...words },
    { from: 'address_bn', to: 'address_bn', ...words, whenEmpty: nothing },
    { from: 'residential', to: 'residential', ...yesNo },
    { from: 'senior', to: 'senior', ...yesNo, whenEmpty: 'f' },
    { from: 'green', to: 'green', ...yesNo, whenEmpty: 'f' },
  ],
  conditions: [],
};

export const demands: FileKind = {
  ...billTable,
  name: 'demands',
  accounts: 'property',
  columns: [
    { ...number, to: 'account_number' },
    { ...number, to: 'account_kind', read: always('property') },
    ...billColumns,
    { from: 'kind', to: 'kind', read: matching(/^(?:PD|FS|LOI)$/), takes: 'PD, FS or LOI' },
    { from: 'principal', to: 'principal', ...rupees },
    { from: 'interest', to: 'interest', ...rupees, whenEmpty: '0' },
    { from: 'penalty', to: 'penalty', ...rupees, whenEmpty: '0' },
    { from: 'charge', to: 'charge', ...rupees, whenEmpty: '0' },
    { from: 'covered_by', to: 'covered_by', ...bill, whenEmpty: nothing },
  ],
  rowProblem: (value) =>
    value('kind') === 'LOI' && value('covered_by') !== ''
      ? { column: 'covered_by', reason: 'an LOI is not covered by another' }
      : periodProblem(value),
  conditions: [
    withoutAccount('no such property; import its row first'),
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
