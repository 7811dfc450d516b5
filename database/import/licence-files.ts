/** Trade licences and their yearly demands. */
import { billColumns, billTable, periodProblem, withoutAccount } from './bills.ts';
import { always, day, matching, nothing, rupees, tradeCode, ward, words } from './columns.ts';
import { licence } from '../../domain/accounts/licence.ts';
import type { FileKind } from './file-kind.ts';
import { withoutTrade } from './trade-files.ts';

const number = { from: 'number', read: matching(licence.form), takes: '8 to 16 digits' } as const;

export const licences: FileKind = {
  name: 'licences',
  table: 'accounts',
  accounts: 'licence',
  key: ['kind', 'number'],
  cutBy: 'number',
  columns: [
    { ...number, to: 'number' },
    { ...number, to: 'kind', read: always('licence') },
    { ...number, to: 'residential', read: always('f') },
    { from: 'trade_name_en', to: 'trade_name_en', ...words },
    { from: 'trade_name_bn', to: 'trade_name_bn', ...words, whenEmpty: nothing },
    { from: 'owner_en', to: 'owner_en', ...words },
    { from: 'owner_bn', to: 'owner_bn', ...words, whenEmpty: nothing },
    { from: 'address_en', to: 'address_en', ...words },
    { from: 'address_bn', to: 'address_bn', ...words, whenEmpty: nothing },
    { from: 'ward', to: 'ward', ...ward },
    { from: 'trade', to: 'trade', ...tradeCode },
    { from: 'valid_until', to: 'valid_until', ...day },
    {
      from: 'status',
      to: 'status',
      read: matching(/^(?:active|suspended|closed)$/),
      takes: 'active, suspended or closed',
    },
  ],
  conditions: [withoutTrade],
};

/** A year is paid once: of two open bills for it, nobody knows which one is right. */
function anotherForTheYear(among: string, where = 'true'): FileKind['conditions'][number] {
  const isOpen = (row: string): string => `${row}.paid_on is null and ${row}.withdrawn_on is null`;
  return {
    column: 'period_from',
    refuse: `${isOpen('s')} and exists (select from ${among} o where o.account_kind = s.account_kind
      and o.account_number = s.account_number and o.period_from = s.period_from and o.id <> s.id
      and ${isOpen('o')} and ${where})`,
    reason: 'another open bill of the licence begins on the same day, here or in the register',
  };
}

export const licenceDemands: FileKind = {
  ...billTable,
  name: 'licence demands',
  accounts: 'licence',
  columns: [
    { ...number, to: 'account_number' },
    { ...number, to: 'account_kind', read: always('licence') },
    { ...number, to: 'kind', read: always('CE') },
    { ...number, to: 'interest', read: always('0') },
    ...billColumns,
    { from: 'fee', to: 'principal', ...rupees },
    { from: 'late_fine', to: 'penalty', ...rupees, whenEmpty: '0' },
    { from: 'charge', to: 'charge', ...rupees, whenEmpty: '0' },
  ],
  rowProblem: periodProblem,
  conditions: [
    withoutAccount('no such licence; import its row first'),
    anotherForTheYear('staged'),
    anotherForTheYear(
      'demands',
      `o.account_number between $1 and $2
        and not exists (select from staged n where n.account_number = o.account_number and n.id = o.id)`,
    ),
  ],
};
