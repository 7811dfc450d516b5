/** What a citizen wants, and how they came to it. */
import { serviceOf, type AccountKind, type AccountReference } from '../../domain/accounts/kinds.ts';
import type { HeardNumber } from '../../domain/conversation/meaning.ts';
import type { LookUp } from '../../domain/look-up.ts';
import type { NoteKey } from '../../domain/reply.ts';
import type { Service } from '../../domain/services.ts';

export interface Opening {
  /** They began with an account, */
  readonly account?: AccountReference;
  /** and this was found under its number already. */
  readonly answer?: LookUp;
  /** They began with a number that may be of several kinds. */
  readonly bareNumber?: HeardNumber;
  /** They wrote several numbers. */
  readonly numbers?: readonly HeardNumber[];
  /** What they began with is no number, for this reason. */
  readonly note?: NoteKey;
  /** We promised them this answer, and said so. */
  readonly promised?: boolean;
}

/** One thing to be done for a citizen: a service, or what leads to one. */
export interface Errand {
  readonly task: Service | 'bareNumber' | 'severalNumbers' | 'payWhat' | 'standing' | 'moneyCut' | 'language';
  readonly opening?: Opening;
}

/** The errand that an account is the beginning of. */
export function errandFor(account: AccountReference, more: Opening = {}): Errand {
  return { task: serviceOf[account.kind], opening: { account, ...more } };
}

/** The account of an opening, where it is of this kind. */
export function openedWith<K extends AccountKind>(
  { account }: Opening,
  kind: K,
): AccountReference<K> | undefined {
  return account?.kind === kind ? (account as AccountReference<K>) : undefined;
}
