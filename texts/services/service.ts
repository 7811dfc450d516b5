/** What is said of a service in which bills are paid. One file for each is beside this. */
import type { Written } from '../../domain/accounts/account.ts';
import type { AccountKind, AccountOf, DemandKind, NumberProblem } from '../../domain/accounts/kinds.ts';
import type { LineKind } from '../../domain/dues.ts';
import type { InEveryLanguage } from '../../domain/language.ts';
import type { BillName } from '../bills.ts';
import type { LineColumn } from '../statement.ts';
import type { Text } from '../words.ts';

type AccountReplyKey<K extends AccountKind> =
  `askNumber.${K}` | `whereIsNumber.${K}` | `unknownNumber.${K}` | `dues.${K}` | `nothingDue.${K}`;

/** A row of a list. */
export type Label = InEveryLanguage<{ readonly title: string; readonly description?: string }>;

export interface ServiceTexts<K extends AccountKind> {
  readonly name: InEveryLanguage<string>;
  /** What the number of its accounts is called, and the same within a sentence, with what it is the number of. */
  readonly number: InEveryLanguage<string>;
  readonly numberOf: InEveryLanguage<string>;
  /** Its row of the menu, and the row that leads to where its number stands. */
  readonly menu: Label;
  readonly whereIsNumber: Label;
  /** Why digits are no number of its accounts. */
  readonly problems: Readonly<Record<NumberProblem<K>, InEveryLanguage<string>>>;
  readonly bills: Readonly<Record<DemandKind<K>, BillName>>;
  /** What a bill consists of. */
  readonly lines: Readonly<Record<LineKind, InEveryLanguage<string>>>;
  /** What is named of an account beside its number, owner and address. */
  facts?(account: AccountOf<K>): readonly (readonly [name: InEveryLanguage<string>, value: Written])[];
  /** On the page on which it is paid: whose account it is, and what stands above the bills. */
  readonly page: { readonly owner: InEveryLanguage<string>; readonly bills: InEveryLanguage<string> };
  readonly receipt: {
    readonly title: InEveryLanguage<string>;
    readonly owner: InEveryLanguage<string>;
    /** Above the bills. */
    readonly bill: InEveryLanguage<string>;
    readonly columns: readonly LineColumn[];
    readonly noteOnPayer: InEveryLanguage<string>;
  };
  readonly replies: { readonly [Key in AccountReplyKey<K>]: Text<Key> };
}
