/** What all kinds of accounts have in common, and what the spec of a kind says. One file for each kind is beside this. */

/** A name or an address as the register has it. Bengali may be missing in old records. */
export interface Written {
  readonly en: string;
  readonly bn?: string;
}

export interface AnyAccount {
  readonly number: string;
  readonly owner: Written;
  readonly address: Written;
  readonly ward: number;
}

/** The types that belong to one kind of account. */
export interface AccountTypes {
  readonly account: AnyAccount;
  /** A string of the form that its numbers have. */
  readonly number: string;
  /** The kinds of its bills. */
  readonly bill: string;
  /** Why digits are no number of this kind. */
  readonly problem: string;
  /** What a look-up tells beside the dues; `object` where that is nothing. */
  readonly beside: object;
}

/** Code that Temporal replays never loads a spec: rules about numbers and words may change on any day. */
export interface AccountSpec<T extends AccountTypes> {
  /** A number in full, as the register has it. */
  readonly form: RegExp;
  /** @param digits ASCII digits alone. @returns why they are no number of this kind, if they are none */
  problemWith(digits: string): T['problem'] | undefined;
  /** The groups in which it stands on bills, by their lengths, where that tells it from numbers of other kinds. */
  readonly groups?: readonly number[];
  /** A number as it stands on bills. ASCII digits in every language, because people copy it. */
  shown(number: string): string;
  /** What citizens write when they mean it, separated by commas. */
  readonly words: {
    readonly within: string;
    /** The same only as the whole message: in another sentence it has another meaning. */
    readonly alone: string;
  };
  /** What its numbers are called, as far as that names no other number. */
  readonly numberWords: string;
  /** What its bills are called in the records. */
  readonly bills: readonly T['bill'][];
  /** What its accounts are called in the addresses of the back office. */
  readonly path: string;
  /** The revenue head under which gateways report its money. */
  readonly head: string;
  /** What tells its accounts apart in a citizen's own list. */
  place(account: T['account']): Written;
}
