/** What people do here: what an act says, what comes of it, and who may do it. */
import type { Person, Role } from './role.ts';

/** An act on a case. Who acts is no part of it: that comes from the login. */
export interface CaseAct {
  readonly caseId: string;
  /** One of the decisions of the case's kind. */
  readonly decision: string;
  readonly why: string;
  /** The stamp of what the person saw when they decided: `OpenCase.seen`. */
  readonly seen: string;
}

/** Who acts and why, as it stands in the audit log. */
export interface ByPerson {
  readonly who: string;
  readonly why: string;
}

/** What came of an act, in words for whoever acted. The same act twice is one act: the second is `doneBefore`. */
export type Acted =
  | { readonly outcome: 'done' | 'doneBefore'; readonly said: string }
  | { readonly outcome: 'refused'; readonly because: string };

export function refused(because: string): Acted & { readonly outcome: 'refused' } {
  return { outcome: 'refused', because };
}

/** Characters that a reason may have: a citizen may read it in a message. */
export const longestWhy = 500;

/** Why a person may not act for such a reason; undefined when they may. @param needed a role, or several of which one will do */
export function objectionTo(person: Person, needed: Role | readonly Role[], why: string): string | undefined {
  const oneOf = [needed].flat();
  if (!oneOf.some((role) => person.roles.includes(role))) {
    return `this is for ${oneOf.join(' or ')}, and ${person.name} acts for ${person.roles.join(', ')}`;
  }
  if (why.trim() === '') return 'say why: the reason stands in the audit log';
  if (why.length > longestWhy) {
    return `the reason has ${why.length} characters, and at most ${longestWhy} are kept: make it shorter`;
  }
  return undefined;
}
