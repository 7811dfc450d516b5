/** Whether the back office takes a receipt. */
import { isDeepStrictEqual } from 'node:util';
import { accountKinds } from '../../domain/accounts/kinds.ts';
import { overlap, type Account } from './accounts.ts';
import type { ReceiptBooks } from './books.ts';
import { yearInAdvance, type PaidDemand, type Receipt } from './receipt.ts';

interface Refusal {
  readonly status: 404 | 409 | 422;
  readonly error: string;
  /** The demands that speak against the receipt, where it is about them. */
  readonly demands?: readonly string[];
}

const alreadyPaid: Refusal = { status: 409, error: 'already_paid' };
const wrongAmount: Refusal = { status: 422, error: 'wrong_amount' };

/** What speaks against a receipt; `again` when this very receipt was taken before. */
export function objection(
  receipt: Receipt,
  { account, books }: { readonly account: Account | undefined; readonly books: ReceiptBooks },
): Refusal | 'again' | undefined {
  const known = books.find(receipt.number);
  if (known && isDeepStrictEqual(known, receipt)) return 'again';
  if (known && !saysMore(receipt, known)) return { status: 409, error: 'different_receipt' };
  if (!account) return { status: 404, error: `unknown_${receipt.account.kind}` };
  const demands: readonly PaidDemand[] = receipt.demands;
  const added = demands.filter(({ id }) => !known?.demands.some((demand) => demand.id === id));
  const against = added.flatMap((demand) => {
    const refusal = againstDemand(demand, account, books);
    return refusal ? [{ ...refusal, id: demand.id }] : [];
  });
  const [first] = against;
  if (first) {
    const { status, error } = first;
    return { status, error, demands: against.filter((other) => other.error === error).map(({ id }) => id) };
  }
  return sum(demands.map(({ amountPaise }) => amountPaise)) === receipt.amountPaise ? undefined : wrongAmount;
}

/** The same receipt with demands that were kept back before. */
function saysMore(receipt: Receipt, known: Receipt): boolean {
  const rest = ({ demands, amountPaise, ...others }: Receipt): object => others;
  const demands: readonly PaidDemand[] = receipt.demands;
  return (
    isDeepStrictEqual(rest(receipt), rest(known)) &&
    known.demands.every((before) => demands.some((demand) => isDeepStrictEqual(demand, before)))
  );
}

function againstDemand(
  demand: PaidDemand,
  { number, bills }: Account,
  books: ReceiptBooks,
): Refusal | undefined {
  const year = yearInAdvance(demand);
  if (year) {
    // What it costs stands in no bill, and is taken as it comes.
    const isPaid = bills.some((bill) => bill.state === 'paid' && overlap(bill, year));
    return isPaid ? alreadyPaid : undefined;
  }
  const bill = bills.find(({ id }) => id === demand.id);
  if (!bill || bill.state === 'withdrawn') return { status: 422, error: 'unknown_demand' };
  if (bill.state === 'paid') return alreadyPaid;
  const { amountPaise, rebatePaise = 0, waiverPaise = 0, lateFinePaise = 0 } = demand;
  const asked = sum(bill.lines.map((line) => line.amountPaise)) + lateFinePaise;
  const before = sum(
    accountKinds
      .flatMap((kind) => books.paidOn(kind, number))
      .filter(({ id, part }) => id === demand.id && part === true)
      .map((part) => part.amountPaise),
  );
  const told = before + amountPaise + rebatePaise + waiverPaise;
  return (demand.part === true ? told < asked : told === asked) ? undefined : wrongAmount;
}

const sum = (amounts: readonly number[]): number => amounts.reduce((total, one) => total + one, 0);
