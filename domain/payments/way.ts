/** The ways in which a citizen pays an attempt, and which of them a merchant account offers for an amount. */
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

/** What can be done about an amount. */
export interface WaysToPay {
  readonly ways: readonly PayWay[];
  /** The most that UPI takes in one payment, where that is too little for the amount. */
  readonly upiMost?: Paise;
}

export function waysToPay(offered: readonly OfferedWay[], amount: Paise): WaysToPay {
  const isTooMuch = ({ most }: OfferedWay): boolean => most !== undefined && amount > most;
  const limits = offered.filter(isTooMuch).flatMap(({ most }) => most ?? []);
  return {
    ways: payWays.filter((way) => offered.some((each) => each.way === way && !isTooMuch(each))),
    ...(limits.length > 0 && { upiMost: paise(Math.max(...limits)) }),
  };
}

const wayOfKind = { form: 'page', link: 'page', intent: 'upiApp', qrCode: 'upiQr' } as const satisfies Record<
  Redirect['kind'],
  PayWay
>;

/** The way that an attempt was opened for. */
export const wayOf = ({ kind }: Redirect): PayWay => wayOfKind[kind];
