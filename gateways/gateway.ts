/**
 * The port to a payment gateway. Each has a folder of its own; test/support/gateway-contract.ts says, as tests, what every
 * one of them must do.
 */
import type { IncomingHttpHeaders } from 'node:http';
import type { AttemptReference } from '../domain/payments/attempt.ts';
import type { GatewayName } from '../domain/payments/gateways.ts';
import type { KeptWithPayment } from '../domain/payments/chat-order.ts';
import type { GatewayFact } from '../domain/payments/fact.ts';
import type { Paise } from '../domain/money.ts';
import type { Redirect } from '../domain/payments/redirect.ts';
import type { RefundReference } from '../domain/payments/refund.ts';
import type { PaidService } from '../domain/accounts/kinds.ts';
import type { Payable, PayWay } from '../domain/payments/way.ts';

export interface Gateway {
  readonly name: GatewayName;
  /** The merchant accounts that new attempts for a service may use; none where nothing takes it. */
  merchantsFor(service: PaidService): readonly MerchantAccount[];
  /**
   * Makes an order at the gateway, by which the citizen then pays. Where a way cannot be had, the page is opened in its place.
   * Without `close`, the same reference may be opened in several ways, one after the other: it is one order that is paid once.
   * @throws GatewayRefusedError when the gateway says no: there is no order
   * @throws AlreadyOpenedError when an earlier call with this reference made the order, and only its answer was lost
   * @throws GatewayUnavailableError when no answer can be had or trusted: whether there is an order is open
   */
  open(attempt: NewAttempt): Promise<Opened>;
  /**
   * Ends the order of an attempt that nobody has paid, so that another may be opened in another way. Missing where all ways
   * lead to one order.
   * @throws GatewayUnavailableError when no answer can be had or trusted: whether it can still be paid is open
   */
  close?(attempt: AskedAttempt & Pick<NewAttempt, 'timeoutMs'>): Promise<Closed>;
  /**
   * Asks what became of an attempt.
   * @throws GatewayUnavailableError when no answer can be had or trusted
   */
  ask(attempt: AskedAttempt): Promise<Told>;
  /**
   * Reads a server-to-server callback, which comes by POST. What the gateway signed and nobody here knows has no facts, and
   * is kept all the same.
   * @throws NotAuthenticError when it is not signed by the gateway; NotACallbackError when it cannot be one
   */
  readCallback(request: GatewayRequest): Promise<Told>;
  /**
   * Reads what the citizen's browser brings back, by POST or GET. It is only ever a reason to ask.
   * @throws NotAuthenticError when it is signed, but not by the gateway; NotACallbackError when it cannot be read
   */
  readReturn(request: GatewayRequest): Promise<Returned>;
  /** What is kept with a payment of an order in the chat, by which it is known as ours. Missing where WhatsApp does not take the gateway. */
  keptInChat?(attempt: Pick<NewAttempt, 'reference' | 'service' | 'accountNumber' | 'ward'>): KeptWithPayment;
  /** Missing where money can be given back by hand only, in the gateway's own pages. */
  readonly refunds?: Refunds;
}

/** Giving money back. The gateway knows a refund by our reference, whatever id it gives it beside. */
export interface Refunds {
  /**
   * Asks the gateway to give money back. The same reference is the same refund, however often it is requested. Its outcome
   * may come in a callback before the answer.
   * @throws GatewayRefusedError when the gateway says no: nothing goes back
   * @throws GatewayUnavailableError when no answer can be had or trusted: whether money goes back is open, and is to be asked
   */
  request(refund: NewRefund): Promise<Told>;
  /**
   * Asks what became of a refund; of one that the gateway does not know, `notFound` is told.
   * @throws GatewayUnavailableError when no answer can be had or trusted
   */
  ask(refund: AskedRefund): Promise<Told>;
}

/** A request as it came over HTTP. Gateways sign the raw bytes of a body, its fields, or a query; some in a header. */
export interface GatewayRequest {
  readonly method: 'GET' | 'POST';
  /** By their names in lower case. */
  readonly headers: IncomingHttpHeaders;
  readonly query: URLSearchParams;
  /** Empty for GET. */
  readonly body: Buffer;
}

export interface MerchantAccount extends Payable {
  /** Ours; stands in the database for ever. */
  readonly id: string;
  /** The gateway's. */
  readonly merchantId: string;
  /** Its share of new attempts beside the other accounts, 0 to 100. */
  readonly weight: number;
  /** Missing where nothing is paid to it within WhatsApp. */
  readonly chat?: ChatTerms;
}

/** How an account is paid within WhatsApp. */
export interface ChatTerms {
  /** Under which name Meta knows the account. */
  readonly configuration: string;
  /** What one payment may come to: WhatsApp shows UPI first. */
  readonly most: Paise;
}

export interface NewAttempt {
  /** Our id of the merchant account. */
  readonly merchant: string;
  readonly reference: AttemptReference;
  /** One of those that the account offers. */
  readonly way: PayWay;
  readonly amount: Paise;
  readonly service: PaidService;
  readonly accountNumber: string;
  readonly ward: number;
  /** Where the browser is to come back to: https, no query. A gateway that needs one may add it. */
  readonly returnUrl: string;
  /** The citizen's browser; the gateway's fraud checks want it. */
  readonly browser: Browser;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** For the call as a whole, where less time is left than the gateway's usual. */
  readonly timeoutMs?: number;
}

/** What an attempt can be asked about with. */
export interface AskedAttempt {
  /** Our id of the merchant account. */
  readonly merchant: string;
  readonly reference: AttemptReference;
  /** The gateway's own id of the order; missing where its answer to the opening was lost. */
  readonly gatewayOrderId?: string;
  /** It is an order in the chat: the gateway made it for Meta, under ids of its own. Asks Meta for them. */
  readonly inChat?: () => Promise<ChatTransactions>;
}

/** Under which ids the gateway has the transactions of an order in the chat. */
export interface ChatTransactions {
  /** None where Meta knows of nobody who began to pay. */
  readonly transactionIds: readonly string[];
  /** What was asked, and the very words of the answer. */
  readonly request: string;
  readonly raw: string;
}

/** What a refund can be asked about with. */
export interface AskedRefund {
  readonly refundReference: RefundReference;
  /** Our id of the merchant account that took the money. */
  readonly merchant: string;
  /** Of the attempt that brought the money. */
  readonly reference: AttemptReference;
  /** The gateway's own id of the order, exactly as it wrote it. */
  readonly gatewayOrderId?: string;
  /** It was paid in the chat: the gateway has the order under an id of Meta's. */
  readonly isInChat?: true;
  /** The gateway's id of the money, in upper case as facts have it, however the gateway writes it. */
  readonly transactionId: string;
}

export interface NewRefund extends AskedRefund {
  /** What goes back. */
  readonly amount: Paise;
  /** What was taken. */
  readonly captured: Paise;
  /** When it was taken: milliseconds since 1970. */
  readonly paidAt: number;
}

export interface Browser {
  readonly ip: string;
  readonly userAgent: string;
}

export interface Opened {
  /** The gateway's own id of the order. */
  readonly gatewayOrderId: string;
  readonly redirect: Redirect;
  /** Until when it can be used: milliseconds since 1970. */
  readonly usableUntil: number;
  readonly exchange: Required<Exchange>;
}

export interface Closed {
  /** Nobody can pay it any more; false where somebody has paid, or may be about to. */
  readonly isClosed: boolean;
  readonly exchange: Required<Exchange>;
}

/** One call as it went over the wire. */
export interface Exchange {
  readonly request: string;
  /** Missing when no answer came. */
  readonly response?: string;
}

/** Facts, and the very words in which they came. */
export interface Told {
  /** Several where the gateway tells of a payment and of its refunds at once; none where it tells what nobody here knows. */
  readonly facts: readonly GatewayFact[];
  /** Our id of the merchant account whose key proved it. */
  readonly merchant: string;
  /** What came over the wire, and whatever proves it where that stood elsewhere, as in a header. */
  readonly raw: string;
  /** What we asked, where these words answer it. */
  readonly request?: string;
}

/** What a browser brought back. It decides nothing. */
export interface Returned {
  readonly reference: string;
  /** The token, where there is one. Of a plain form, which anybody could have sent, only the words that name the order. */
  readonly raw: string;
}

/** A call that did not succeed, with what went over the wire: evidence like any other. */
class FailedCallError extends Error {
  // Private, because loggers write every other field of an error, and words of a gateway belong in no log.
  readonly #exchange: Exchange | undefined;

  constructor(message: string, exchange?: Exchange) {
    super(message);
    this.#exchange = exchange;
  }

  get exchange(): Exchange | undefined {
    return this.#exchange;
  }
}

/** The gateway understood and said no. */
export class GatewayRefusedError extends FailedCallError {
  override readonly name = 'GatewayRefusedError';
  /** The gateway's own code. */
  readonly code: string;

  constructor(code: string, message: string, exchange?: Exchange) {
    super(message, exchange);
    this.code = code;
  }
}

/**
 * The gateway has an order of this reference already. The way to its page was in the answer that was lost, so all that
 * can be done with the attempt is to ask what became of it.
 */
export class AlreadyOpenedError extends FailedCallError {
  override readonly name = 'AlreadyOpenedError';
}

/** No answer, or none that can be trusted. The message says why, without a word of what was sent. */
export class GatewayUnavailableError extends FailedCallError {
  override readonly name = 'GatewayUnavailableError';
}

/** What went over the wire in a call that failed with `error`, if anything did. */
export const exchangeOf = (error: unknown): Exchange | undefined =>
  error instanceof FailedCallError ? error.exchange : undefined;

/** Not signed with a key of the gateway. */
export class NotAuthenticError extends Error {
  override readonly name = 'NotAuthenticError';
}

/** Nothing that this gateway sends. */
export class NotACallbackError extends Error {
  override readonly name = 'NotACallbackError';
}
