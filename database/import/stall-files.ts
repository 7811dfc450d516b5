/** Stalls of municipal markets and their monthly rents. */
import { stall } from '../../domain/accounts/stall.ts';
import { billColumns, billTable, periodProblem, withoutAccount } from './bills.ts';
import { always, matching, nothing, rupees, ward, words } from './columns.ts';
import type { FileKind } from './file-kind.ts';

const number = { from: 'number', read: matching(stall.form), takes: '7 digits' } as const;

export const stalls: FileKind = {
  name: 'stalls',
  table: 'accounts',
  accounts: 'stall',
  key: ['kind', 'number'],
  cutBy: 'number',
  columns: [
    { ...number, to: 'number' },
    { ...number, to: 'kind', read: always('stall') },
    { ...number, to: 'residential', read: always('f') },
    { from: 'stallholder_en', to: 'owner_en', ...words },
    { from: 'stallholder_bn', to: 'owner_bn', ...words, whenEmpty: nothing },
    { from: 'address_en', to: 'address_en', ...words },
    { from: 'address_bn', to: 'address_bn', ...words, whenEmpty: nothing },
    { from: 'ward', to: 'ward', ...ward },
  ],
  conditions: [],
};

export const stallRents: FileKind = {
  ...billTable,
  name: 'stall rents',
  accounts: 'stall',
  columns: [
    { ...number, to: 'account_number' },
    { ...number, to: 'account_kind', read: always('stall') },
    { ...number, to: 'kind', read: always('RENT') },
    { ...number, to: 'interest', read: always('0') },
    ...billColumns,
    { from: 'rent', to: 'principal', ...rupees },
    { from: 'late_fee', to: 'penalty', ...rupees, whenEmpty: '0' },
    { from: 'charge', to: 'charge', ...rupees, whenEmpty: '0' },
  ],
  rowProblem: periodProblem,
  conditions: [withoutAccount('no such stall; import its row first')],
};
