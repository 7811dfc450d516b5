/** What the import has to know of a kind of file. */
import type { AccountKind } from '../../domain/accounts/kinds.ts';
import type { Column } from './columns.ts';

export interface FileKind {
  /** As people are told of it. */
  readonly name: string;
  readonly table: string;
  /** Whose rows of the table these are, where the first column of its key tells properties from licences. */
  readonly accounts?: AccountKind;
  /** In the order of the table's primary key. */
  readonly key: readonly string[];
  /** The column of the key by whose values a long file is cut into stretches. */
  readonly cutBy: string;
  /** Of several that come from one column of the file, the first holds what stands there. */
  readonly columns: readonly Column[];
  /** The table has a foreign key: what does not fit must not even be tried. */
  readonly refers?: boolean;
  /** Where the file leaves this column empty, a row `t` of the register for which the condition holds keeps its value. */
  readonly keeps?: { readonly column: string; readonly where: string };
  /** What must hold between the values of one row: by column of the file, the reason why not. */
  readonly rowProblem?: (value: (column: string) => string) => RowProblem | undefined;
  /**
   * What only the database can see: SQL over the row `s`, staged or already in the register, with the first and the last
   * number as $1 and $2.
   */
  readonly conditions: readonly {
    readonly column: string;
    readonly refuse: string;
    readonly reason: string;
  }[];
}

interface RowProblem {
  readonly column: string;
  readonly reason: string;
}
