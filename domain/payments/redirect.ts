/**
 * Where a gateway wants the citizen to go. It is a secret of whoever pays, and stands in the database until the attempt is
 * decided.
 *
 * There is none for a gateway's script that draws its checkout on the corporation's page: no foreign script runs there, and
 * every gateway that has one takes the same order by a form or a link.
 */
export type Redirect = PageRedirect | UpiRedirect;

/** To the gateway's own page. */
export type PageRedirect =
  /** The browser posts a form to the gateway. */
  | { readonly kind: 'form'; readonly url: string; readonly fields: Readonly<Record<string, string>> }
  /** The browser follows a link. `opensApp`: all that its page does is to have a UPI app opened. */
  | { readonly kind: 'link'; readonly url: string; readonly opensApp?: true };

/**
 * To a UPI app of the citizen. Both are the gateway's own words: money that comes by an intent that we wrote ourselves would
 * come without a callback, and nobody could prove what it was for.
 */
export type UpiRedirect =
  /** `upi://pay?…`, which an app on this phone opens. */
  | { readonly kind: 'intent'; readonly uri: string }
  /** Shown until it is paid, or until a time: milliseconds since 1970. */
  | { readonly kind: 'qrCode'; readonly code: QrCode; readonly until: number };

/** What the code says, or where the gateway gives only that, the picture of it: a PNG in base64. */
export type QrCode = { readonly data: string } | { readonly png: string };
