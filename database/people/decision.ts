/** A decision of a person about a case, and what can come of it. */
import type pg from 'pg';
import type { ByPerson } from '../../domain/people/act.ts';
import type { CaseRecord } from '../../domain/people/case.ts';
import type { PostingSettings } from '../../domain/payments/posting.ts';
import type { RenewalPrice } from '../../domain/renewal.ts';

/** A decision of a person about a case that is open and locked. */
export interface Decision {
  readonly case: CaseRecord;
  readonly by: ByPerson;
  readonly settings: PostingSettings;
  /** What a renewal costs on this day; there for the approval of one. */
  readonly price?: RenewalPrice;
}

/** `done` closes the case; after `leftOpen` it waits on. */
export type Decided =
  { readonly outcome: 'done' | 'leftOpen' } | { readonly outcome: 'refused'; readonly because: string };

export type Decide = (client: pg.PoolClient, decision: Decision) => Promise<Decided>;
