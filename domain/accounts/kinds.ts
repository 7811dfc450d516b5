/** The kinds of accounts. Whatever else there is to know of a kind stands in its spec (specs.ts). */
import type { AnyAccount } from './account.ts';
import type { LicenceTypes } from './licence.ts';
import type { PropertyTypes } from './property.ts';
import type { StallTypes } from './stall.ts';

interface Kinds {
  readonly property: PropertyTypes;
  readonly licence: LicenceTypes;
  readonly stall: StallTypes;
}

export type AccountKind = keyof Kinds;
export type AccountOf<K extends AccountKind> = Kinds[K]['account'];
export type Account = AccountOf<AccountKind>;
export type AccountNumber<K extends AccountKind = AccountKind> = Kinds[K]['number'];
export type DemandKind<K extends AccountKind = AccountKind> = Kinds[K]['bill'];
export type NumberProblem<K extends AccountKind = AccountKind> = Kinds[K]['problem'];
export type Beside<K extends AccountKind> = Kinds[K]['beside'];
export type TypesOf<K extends AccountKind> = Kinds[K];

/** What an account has that others have not, and the kinds that have something of the sort. */
export type OwnFields<K extends AccountKind> = Omit<AccountOf<K>, keyof AnyAccount | 'kind'>;
export type KindWithFields = {
  [K in AccountKind]: keyof OwnFields<K> extends never ? never : K;
}[AccountKind];

/** Names one account. */
export interface AccountReference<K extends AccountKind = AccountKind> {
  readonly kind: K;
  readonly number: AccountNumber<K>;
}

/** The service in which the bills of each kind are paid, in the order of the menu. */
export const serviceOf = {
  property: 'propertyTax',
  licence: 'tradeLicence',
  stall: 'marketRent',
} as const satisfies Readonly<Record<AccountKind, string>>;
export type PaidService = (typeof serviceOf)[AccountKind];
export type KindPaidIn<S extends PaidService> = {
  [K in AccountKind]: (typeof serviceOf)[K] extends S ? K : never;
}[AccountKind];

export const accountKinds = Object.keys(serviceOf) as readonly AccountKind[];

/** The kind of account that is paid in each service. */
export const kindPaidIn = Object.fromEntries(accountKinds.map((kind) => [serviceOf[kind], kind])) as Readonly<
  Record<PaidService, AccountKind>
>;

export function isPaidService(service: string): service is PaidService {
  return service in kindPaidIn;
}
