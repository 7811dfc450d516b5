/** Who may act on what needs a person. */

/** `finance` decides about money, `licences` about trade licences, `operations` about what could not be carried. */
export const roles = ['finance', 'licences', 'operations'] as const;
export type Role = (typeof roles)[number];

/** Somebody whose identity was proved: by the desk's login, or by the setting of whoever runs its command line. */
export interface Person {
  /** As it stands in the audit log. */
  readonly name: string;
  readonly roles: readonly Role[];
}
