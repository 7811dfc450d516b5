/** The ways in which a citizen pays an attempt, and which of them merchant accounts offer for an amount. */
import { paise, type Paise } from '../money.ts';
import type { Redirect } from './redirect.ts';

/**
 * `page`: the gateway's own page, where there is everything that it takes. `upiApp`: an app of choice on this phone.
 * `upiQr`: a QR code, which any UPI app scans.
 */
export const payWays = ['page', 'upiApp', 'upiQr'] as const;
export type PayWay = (typeof payWays)[number];

export interface OfferedWay {
  readonly way: PayWay;
  /** The most that one payment may be. Missing where only the payer's bank sets a limit. */
  readonly most?: Paise;
}

/** A merchant account, as far as it says how it can be paid. */
export interface Payable {
  /** What one payment may come to, in whatever way; without it, anything. */
  readonly most?: Paise;
  /** Without them its page is the only one. */
  readonly ways?: readonly OfferedWay[];
}

const pageAlone: readonly OfferedWay[] = [{ way: 'page' }];

const anything = paise(Number.MAX_SAFE_INTEGER);

/** How an account can be paid, each way up to the lower of its own limit and the account's. */
const waysOf = ({ most = anything, ways = pageAlone }: Payable): readonly Required<OfferedWay>[] =>
  ways.map(({ way, most: ofWay = most }) => ({ way, most: paise(Math.min(ofWay, most)) }));

/** Whether an account can be paid so. */
export const offers = (account: Payable, wanted: PayWay, amount: Paise): boolean =>
  waysOf(account).some(({ way, most }) => way === wanted && amount <= most);

/** What can be done about an amount. */
export interface WaysToPay {
  readonly ways: readonly PayWay[];
  /** The most of one payment, of those ways for which the amount is too large at every account. */
  readonly limits: Readonly<Partial<Record<PayWay, Paise>>>;
}

/** What several accounts offer between them. */
export function waysToPay(accounts: readonly Payable[], amount: Paise): WaysToPay {
  const most = new Map<PayWay, Paise>();
  for (const each of accounts.flatMap(waysOf))
    most.set(each.way, paise(Math.max(each.most, most.get(each.way) ?? 0)));
  const isEnough = (way: PayWay): boolean => amount <= (most.get(way) ?? 0);
  return {
    ways: payWays.filter(isEnough),
    limits: Object.fromEntries([...most].filter(([way]) => !isEnough(way))),
  };
}

const wayOfKind = { form: 'page', link: 'page', intent: 'upiApp', qrCode: 'upiQr' } as const satisfies Record<
  Redirect['kind'],
  PayWay
>;

/** The way that an attempt was opened for. */
export const wayOf = (redirect: Redirect): PayWay =>
  redirect.kind === 'link' && redirect.opensApp ? 'upiApp' : wayOfKind[redirect.kind];
