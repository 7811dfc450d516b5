/** Odd ways to write what is right: ids, amounts and times as they were seen to come, or may come one day. */
import { clockInKolkata } from '../../domain/calendar.ts';

type Fields = Readonly<Record<string, unknown>>;
type Write = (value: string) => unknown;
/** A time in milliseconds since 1970, and how the gateway usually writes it. */
type WriteTime = (at: number, usual: string) => unknown;

const absent = (): undefined => undefined;

export const idWays = {
  usual: (id) => id,
  absent,
  NA: () => 'NA',
  empty: () => '',
  number: (id) => Number(id.replace(/\D/g, '').slice(0, 12)),
  lowerCase: (id) => id.toLowerCase(),
  trailingBlank: (id) => `${id} `,
} as const satisfies Record<string, Write>;

export const amountWays = {
  usual: (amount) => amount,
  absent,
  number: Number,
  whole: (amount) => amount.replace(/\.\d+$/, ''),
  oneDecimal: (amount) => amount.replace(/0$/, ''),
  threeDecimals: (amount) => `${amount}0`,
  grouped: (amount) => Number(amount).toLocaleString('en-IN', { minimumFractionDigits: 2 }),
  symbol: (amount) => `₹${amount}`,
  unreadable: (amount) => amount.replace('.', ','),
} as const satisfies Record<string, Write>;

export const timeWays = {
  usual: (_at, usual) => usual,
  absent,
  milliseconds: (at) => `${clockInKolkata(at)}.123+05:30`,
  noColon: (at) => `${clockInKolkata(at)}+0530`,
  blank: (at) => clockInKolkata(at).replace('T', ' '),
  dayFirst: (at) => clockInKolkata(at).replace(/^(\d+)-(\d+)-(\d+)T/, '$3-$2-$1 '),
  epochMs: (at) => at,
  impossible: (at) => `${clockInKolkata(at).slice(0, 4)}-02-31T10:00:00+05:30`,
} as const satisfies Record<string, WriteTime>;

export interface Oddities {
  readonly ids: keyof typeof idWays;
  readonly amounts: keyof typeof amountWays;
  readonly times: keyof typeof timeWays;
  /** The status of every transaction; empty for the true one. */
  readonly status: string;
}

const changed = (fields: Fields, names: readonly string[], write: Write): Fields =>
  Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name,
      names.includes(name) && typeof value === 'string' ? write(value) : value,
    ]),
  );

/** Which fields of an object hold what can be written oddly. */
export interface OddFields {
  readonly ids: readonly string[];
  readonly amounts: readonly string[];
  readonly times: readonly string[];
  readonly status: string;
}

/** @param at of what happened, in milliseconds since 1970 */
export function oddly(
  fields: Fields,
  { ids, amounts, times, status }: Oddities,
  names: OddFields,
  at: number,
): Fields {
  const withIds = changed(fields, names.ids, idWays[ids]);
  const withAmounts = changed(withIds, names.amounts, amountWays[amounts]);
  const written = changed(withAmounts, names.times, (usual) => timeWays[times](at, usual));
  return status === '' || !(names.status in written) ? written : { ...written, [names.status]: status };
}
