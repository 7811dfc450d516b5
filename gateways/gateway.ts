/** What every payment gateway can do for us. Each has a folder of its own; adding one is adding a folder. */
import type { AttemptReference, GatewayFact, GatewayName } from '../domain/payments/attempt.ts';
import type { Paise } from '../domain/money.ts';
import type { PaidService } from '../domain/services.ts';

export interface Gateway {
  readonly name: GatewayName;
  /** The merchant account that the next attempt should use: our name of it, and the gateway's. */
  merchant(): { readonly name: string; readonly id: string };
  /**
   * Makes an order at the gateway, to which the citizen's browser is then sent.
   * @throws GatewayRefusedError when the gateway says no: there is no order
   * @throws AlreadyOpenedError when an earlier call with this reference made the order, and only its answer was lost
   * @throws GatewayUnavailableError when no answer can be had or trusted: whether there is an order is open
   */
  open(attempt: NewAttempt): Promise<Opened>;
  /**
   * Asks what became of an attempt.
   * @throws GatewayUnavailableError when no answer can be had or trusted
   */
  ask(attempt: { readonly merchant: string; readonly reference: AttemptReference }): Promise<Told>;
  /**
   * Reads a server-to-server callback.
   * @throws NotAuthenticError when it is not signed by the gateway; NotACallbackError when it cannot be one
   */
  readCallback(body: Buffer): Promise<Told>;
  /**
   * Reads what the citizen's browser brings back. It is only ever a reason to ask.
   * @throws NotAuthenticError when it is signed, but not by the gateway; NotACallbackError when it cannot be read
   */
  readReturn(body: Buffer): Promise<Returned>;
}

export interface NewAttempt {
  /** Our name of the merchant account. */
  readonly merchant: string;
  readonly reference: AttemptReference;
  readonly amount: Paise;
  readonly service: PaidService;
  readonly accountNumber: string;
  readonly ward: number;
  /** Where the browser is to come back to: https, no query. */
  readonly returnUrl: string;
  /** The citizen's browser; the gateway's fraud checks want it. */
  readonly browser: Browser;
  /** Milliseconds since 1970. */
  readonly at: number;
}

export interface Browser {
  readonly ip: string;
  readonly userAgent: string;
}

export interface Opened {
  /** The gateway's own id of the order. */
  readonly gatewayOrderId: string;
  readonly redirect: Redirect;
  /** Until when the gateway's page can be used: milliseconds since 1970. */
  readonly usableUntil: number;
  /** Request and response as they went over the wire. */
  readonly exchange: Exchange;
}

/** Where the browser goes, with a form's fields. A secret of the citizen that pays. */
export interface Redirect {
  readonly url: string;
  readonly method: 'POST';
  readonly fields: Readonly<Record<string, string>>;
}

export interface Exchange {
  readonly request: string;
  readonly response: string;
}

/** A fact, and the very words in which it came. */
export interface Told {
  readonly fact: GatewayFact;
  /** Our name of the merchant account whose key proved it. */
  readonly merchant: string;
  readonly raw: string;
}

export type Returned =
  | { readonly verified: true; readonly told: Told }
  /** A plain form, as after a cancellation: anybody could have sent it. */
  | { readonly verified: false; readonly reference: string; readonly raw: string };

/** The gateway understood and said no. */
export class GatewayRefusedError extends Error {
  override readonly name = 'GatewayRefusedError';
  /** The gateway's own code. */
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/**
 * The gateway has an order of this reference already. The way to its page was in the answer that was lost, so all that
 * can be done with the attempt is to ask what became of it.
 */
export class AlreadyOpenedError extends Error {
  override readonly name = 'AlreadyOpenedError';
}

/** No answer, or none that can be trusted. The message says why, without a word of what was sent. */
export class GatewayUnavailableError extends Error {
  override readonly name = 'GatewayUnavailableError';
}

/** Not signed with a key of the gateway. */
export class NotAuthenticError extends Error {
  override readonly name = 'NotAuthenticError';
}

/** Nothing that this gateway sends. */
export class NotACallbackError extends Error {
  override readonly name = 'NotACallbackError';
}
