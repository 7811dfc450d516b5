/** What bills of properties and of licences have in common. */
import { bill, day, nothing, type Column } from './columns.ts';
import type { FileKind } from './file-kind.ts';

export const billTable = {
  table: 'demands',
  key: ['account_kind', 'account_number', 'id'],
  cutBy: 'account_number',
  keeps: {
    column: 'paid_on',
    // The corporation may not know yet what was paid here.
    where: `exists (select from demand_balances b where b.account_kind = t.account_kind
      and b.account_number = t.account_number and b.demand_id = t.id and b.settled)`,
  },
} as const;

export const billColumns: readonly Column[] = [
  { from: 'bill', to: 'id', ...bill },
  { from: 'period_from', to: 'period_from', ...day },
  { from: 'period_to', to: 'period_to', ...day },
  { from: 'presented_on', to: 'presented_on', ...day },
  { from: 'paid_on', to: 'paid_on', ...day, whenEmpty: nothing },
  { from: 'withdrawn_on', to: 'withdrawn_on', ...day, whenEmpty: nothing },
];

export const periodProblem: NonNullable<FileKind['rowProblem']> = (value) =>
  value('period_from') > value('period_to')
    ? { column: 'period_to', reason: 'lies before period_from' }
    : undefined;

export function withoutAccount(reason: string): FileKind['conditions'][number] {
  return {
    column: 'number',
    refuse: `not exists (select from accounts a where a.kind = s.account_kind and a.number = s.account_number
      and a.number between $1 and $2)`,
    reason,
  };
}
