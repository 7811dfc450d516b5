/** Whether the back office takes a receipt. */
import { isDeepStrictEqual } from 'node:util';
import { overlap, type Account } from './accounts.ts';
import type { ReceiptBooks } from './books.ts';
import { yearInAdvance, type PaidDemand, type Receipt } from './receipt.ts';

interface Refusal {
  readonly status: 404 | 409 | 422;
  readonly error: string;
}

const alreadyPaid: Refusal = { status: 409, error: 'already_paid' };
const wrongAmount: Refusal = { status: 422, error: 'wrong_amount' };

/** What speaks against a receipt; `again` when this very receipt was taken before. */
export function objection(
  receipt: Receipt,
  { account, books }: { readonly account: Account | undefined; readonly books: ReceiptBooks },
): Refusal | 'again' | undefined {
  const known = books.find(receipt.number);
  if (known) return isDeepStrictEqual(known, receipt) ? 'again' : { status: 409, error: 'different_receipt' };
  if (!account) return { status: 404, error: `unknown_${receipt.account.kind}` };
  const demands: readonly PaidDemand[] = receipt.demands;
  const [against] = demands.flatMap((demand) => againstDemand(demand, account) ?? []);
  if (against) return against;
  return sum(demands.map(({ amountPaise }) => amountPaise)) === receipt.amountPaise ? undefined : wrongAmount;
}

function againstDemand(demand: PaidDemand, { bills }: Account): Refusal | undefined {
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
  return asked === amountPaise + rebatePaise + waiverPaise ? undefined : wrongAmount;
}

const sum = (amounts: readonly number[]): number => amounts.reduce((total, one) => total + one, 0);
