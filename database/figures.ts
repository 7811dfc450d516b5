/**
 * Figures for those who watch: how much there is of what waits, and how much came to pass lately. Each is read through an
 * index that holds little else than what is counted, because it is asked for again and again.
 */
import { healthNow } from './payments/pool.ts';
import { isUntried, refundsUnderWay, unfinished } from './payments/states.ts';
import type { Database } from './connection.ts';

/** How far back "lately" goes. */
const lately = `now() - interval '15 minutes'`;

const seconds = (since: string): string => `coalesce(extract(epoch from now() - ${since}), 0)::float8`;

/** One select for each figure: its labels as JSON, and its value. */
const selects = {
  ordersMade: `select jsonb_build_object('service', service), count(*)::float8 from orders
    where created_at > ${lately} group by service`,
  ordersPaid: `select jsonb_build_object('service', o.service), count(distinct o.id)::float8
    from receipts r join orders o on o.id = r.order_id where r.issued_at > ${lately} group by o.service`,
  attemptsUnfinished: `select jsonb_build_object('gateway', gateway, 'state', state), count(*)::float8 from attempts
    where state in (${unfinished}) group by gateway, state`,
  attemptsDecided: `select jsonb_build_object('gateway', gateway, 'merchant', merchant, 'state', state), count(*)::float8
    from attempts a where decided_at > ${lately} and not ${isUntried} group by gateway, merchant, state`,
  accountHealth: `select jsonb_build_object('gateway', m.gateway, 'merchant', m.id),
    ${healthNow('h')} from merchant_accounts m join account_health h on h.merchant = m.id`,
  accountShut: `select jsonb_build_object('gateway', m.gateway, 'merchant', m.id), (h.shut_until is not null)::int::float8
    from merchant_accounts m join account_health h on h.merchant = m.id`,
  accountDrained: `select jsonb_build_object('gateway', gateway, 'merchant', id), (state <> 'active')::int::float8
    from merchant_accounts`,
  refundsUnderWay: `select jsonb_build_object('state', state), count(*)::float8 from refunds
    where state in (${refundsUnderWay}) group by state`,
  creditUnused: `select '{}'::jsonb, coalesce(sum(amount - used - released), 0)::float8 / 100 from credits
    where used + released < amount`,
  postingsDue: `select '{}'::jsonb, count(distinct receipt_number)::float8 from postings where state = 'due'`,
  postingsDueOldestSeconds: `select '{}'::jsonb, ${seconds('min(changed_at)')} from postings where state = 'due'`,
  messagesUnsent: `select jsonb_build_object('about', about), count(*)::float8 from messages
    where accepted_at is null and given_up_at is null group by about`,
  messagesUnsentOldestSeconds: `select jsonb_build_object('about', about), ${seconds('min(begun_at)')} from messages
    where accepted_at is null and given_up_at is null group by about`,
  casesOpen: `select jsonb_build_object('kind', kind), count(*)::float8 from cases
    where closed_at is null group by kind`,
  casesOverdue: `select jsonb_build_object('kind', kind), count(*)::float8 from cases
    where closed_at is null and due_at < now() group by kind`,
} as const;

export type FigureName = keyof typeof selects;

export interface Figure {
  /** Kinds and states, never who. */
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** All of them, in one round trip. */
export const figureStatement = Object.entries(selects)
  .map(
    ([name, select]) => `select '${name}' as name, labels, value from (${select}) as ${name} (labels, value)`,
  )
  .join(' union all ');

export async function readFigures(db: Database): Promise<Record<FigureName, Figure[]>> {
  const { rows } = await db.query<Figure & { readonly name: FigureName }>({
    name: 'figures',
    text: figureStatement,
  });
  const figures = Object.fromEntries(Object.keys(selects).map((name) => [name, []])) as unknown as Record<
    FigureName,
    Figure[]
  >;
  for (const { name, labels, value } of rows) figures[name].push({ labels, value });
  return figures;
}
