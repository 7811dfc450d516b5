/**
 * Makes text of somebody else harmless: what a register says of a name or an address goes out under the corporation's own
 * name, in chats, on pages and on papers, and whoever had it entered may have meant more than a name.
 */
import { cut } from './outbound.ts';

/** Registers hold up to 300 characters of one name (database/import), and masking can make one longer. */
export const longestInert = 300;

/** Characters that steer the text around them, those of direction (UAX #9) among them; the joiners belong to spelling. */
const steering = /(?![\u200c\u200d])[\p{Cc}\p{Cf}]+/gu;
/** WhatsApp's bold, italic, struck-out and code (WhatsApp's help centre, "How to format your messages"). */
const markup = /[*_~`]+/g;
/** At the beginning of a line, WhatsApp makes a quotation or a list of these. */
const openers = /^[\s>-]+/;
const scheme = /\b[a-z][a-z0-9+.-]{1,15}:\/+|\b(?:mailto|tel|sms|upi|javascript|data):/giu;
const www = /\bwww\d{0,3}\./giu;
/** A full stop that joins two words, as in `example.org`, but not the initials of `S.K. Sen`. */
const joiningStop = /(?<=[\p{L}\p{M}\p{N}])[.。．｡](?=[\p{L}\p{N}][\p{L}\p{M}\p{N}-])/gu;
/** A telephone number, which a phone offers to call; a postcode has six digits. */
const telephone = /\+?\p{Nd}(?:[ ()-]*\p{Nd}){9,}/gu;

/** The text without what steers the text around it. */
export function withoutSteering(text: string): string {
  return text.replace(steering, '');
}

/**
 * The same words on one line, as plain as a sign over a shop: no link or telephone number that could be tapped, no
 * markup, no change of direction, and bounded.
 * @param most characters
 */
export function inert(text: string, most = longestInert): string {
  const plain = withoutSteering(text.normalize('NFC').replace(/\s+/gu, ' '))
    .replace(markup, ' ')
    .replace(scheme, ' ')
    .replace(www, ' ')
    .replace(/[@＠]/gu, ' ')
    .replace(telephone, '…')
    .replace(joiningStop, '. ')
    .replace(/\s+/gu, ' ')
    .replace(openers, '')
    .trim();
  return cut(plain, most);
}
