/** The schedule of trades, and what a year of each costs from which day. */
import { day, rupees, tradeCode, words, yesNo } from './columns.ts';
import type { FileKind } from './file-kind.ts';

export const trades: FileKind = {
  name: 'trades',
  table: 'trades',
  key: ['code'],
  cutBy: 'code',
  columns: [
    { from: 'code', to: 'code', ...tradeCode },
    { from: 'name_bn', to: 'name_bn', ...words },
    { from: 'name_en', to: 'name_en', ...words },
    { from: 'name_hi', to: 'name_hi', ...words },
    { from: 'needs_approval', to: 'needs_approval', ...yesNo, whenEmpty: 'f' },
  ],
  conditions: [],
};

export const withoutTrade: FileKind['conditions'][number] = {
  column: 'trade',
  refuse: 'not exists (select from trades t where t.code = s.trade)',
  reason: 'no such trade; import its row of trades first',
};

export const tradeFees: FileKind = {
  name: 'trade fees',
  table: 'trade_fees',
  key: ['trade', 'valid_from'],
  cutBy: 'trade',
  columns: [
    { from: 'trade', to: 'trade', ...tradeCode },
    { from: 'valid_from', to: 'valid_from', ...day },
    { from: 'fee', to: 'fee', ...rupees },
    { from: 'charge', to: 'charge', ...rupees, whenEmpty: '0' },
    { from: 'source', to: 'source', ...words },
  ],
  refers: true,
  conditions: [withoutTrade],
};
