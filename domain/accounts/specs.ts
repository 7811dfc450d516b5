/** The spec of every kind of account. */
import type { AccountSpec } from './account.ts';
import { kindPaidIn, type AccountKind, type PaidService, type TypesOf } from './kinds.ts';
import { licence } from './licence.ts';
import { property } from './property.ts';
import { stall } from './stall.ts';

export const accountSpecs: { readonly [K in AccountKind]: AccountSpec<TypesOf<K>> } = {
  property,
  licence,
  stall,
};

/** The spec of what is paid in a service. */
export function specOf(service: PaidService): (typeof accountSpecs)[AccountKind] {
  return accountSpecs[kindPaidIn[service]];
}
