/** Keeps the search attributes of a workflow true. */
import { upsertSearchAttributes } from '@temporalio/workflow';
import type { SearchAttributePair } from '@temporalio/common';
import { searchAttributes } from './search-attributes.ts';

type Attribute = keyof typeof searchAttributes;
type Values = Readonly<Partial<Record<Attribute, string | boolean>>>;

/** Writes what changed: one event for all of it, none for nothing. */
export function publishChanges(before: Values, now: Values): void {
  const changed = (Object.keys(now) as Attribute[]).filter(
    (name) => now[name] !== undefined && now[name] !== before[name],
  );
  if (changed.length === 0) return;
  // The compiler cannot see that each value is of its attribute's type.
  upsertSearchAttributes(
    changed.map((name) => ({ key: searchAttributes[name], value: now[name] }) as SearchAttributePair),
  );
}
