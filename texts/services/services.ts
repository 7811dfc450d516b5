/** What is said of every service in which bills are paid. */
import type { Written } from '../../domain/accounts/account.ts';
import {
  accountKinds,
  serviceOf,
  type Account,
  type AccountKind,
  type DemandKind,
  type KindPaidIn,
  type PaidService,
} from '../../domain/accounts/kinds.ts';
import { languages, type InEveryLanguage, type Language } from '../../domain/language.ts';
import type { NumberNote } from '../../domain/reply.ts';
import type { BillName } from '../bills.ts';
import { marketRent } from './market-rent.ts';
import { propertyTax } from './property-tax.ts';
import type { Label, ServiceTexts } from './service.ts';
import { tradeLicence } from './trade-licence.ts';

export const serviceTexts: { readonly [S in PaidService]: ServiceTexts<KindPaidIn<S>> } = {
  propertyTax,
  tradeLicence,
  marketRent,
};

const all = accountKinds.map((kind) => ({ kind, texts: serviceTexts[serviceOf[kind]] }));

type AccountReplies = ServiceTexts<AccountKind>['replies'];
export const accountReplies = Object.fromEntries(
  all.flatMap(({ texts }) => Object.entries(texts.replies)),
) as AccountReplies;

/** By the kind of bill. */
export const billNames = Object.fromEntries(
  all.flatMap(({ texts }) => Object.entries<BillName>(texts.bills)),
) as Readonly<Record<DemandKind, BillName>>;

export const numberNotes = Object.fromEntries(
  all.flatMap(({ kind, texts }) =>
    Object.entries(texts.problems).map(([problem, words]) => [`number.${kind}.${problem}`, words]),
  ),
) as Readonly<Record<NumberNote, InEveryLanguage<string>>>;

export const accountLabels = Object.fromEntries(
  all.flatMap(({ kind, texts }) => [
    [serviceOf[kind], texts.menu],
    [`whereIsNumber.${kind}`, texts.whereIsNumber],
  ]),
) as Readonly<Record<PaidService | `whereIsNumber.${AccountKind}`, Label>>;

/** What is named of an account beside its number, owner and address. */
export function factsOf(account: Account): readonly (readonly [InEveryLanguage<string>, Written])[] {
  const texts: Pick<ServiceTexts<AccountKind>, 'facts'> = serviceTexts[serviceOf[account.kind]];
  return texts.facts?.(account) ?? [];
}

const or: InEveryLanguage<string> = { bn: 'বা', en: 'or', hi: 'या' };

/** The numbers of some kinds of accounts as one of which a citizen has to think. */
export function numbersOf(kinds: readonly AccountKind[], word = or): InEveryLanguage<string> {
  const inLanguage = (language: Language): string => {
    const names = kinds.map((kind) => serviceTexts[serviceOf[kind]].numberOf[language]);
    return [names.slice(0, -1).join(', '), ...names.slice(-1)].filter(Boolean).join(` ${word[language]} `);
  };
  return Object.fromEntries(
    languages.map((language) => [language, inLanguage(language)]),
  ) as InEveryLanguage<string>;
}
