/**
 * How much of what outsiders send is kept: WhatsApp's own limits where it documents them, so that nothing that a citizen can
 * type is lost, and room to spare elsewhere. What is longer is cut at the door, before it stands in any table.
 */
import type { InboundContent, Sender } from '../domain/conversation/inbound.ts';

/** In characters, by the name of the field. Meta, "Messages": a text has 4096, a caption 1024, the id of a button 256. */
const longest: Readonly<Record<string, number>> = {
  text: 4_096,
  caption: 1_024,
  filename: 240,
  id: 256,
  title: 256,
  payload: 256,
  mediaId: 512,
  mimeType: 128,
  emoji: 64,
  // An answered form of ours holds some numbers.
  responseJson: 4_096,
  type: 64,
  wamid: 512,
  profileName: 128,
  username: 128,
};

/** A citizen shares one number, or shows a few. */
const mostPhones = 10;
/** WhatsApp lets nobody choose more contacts for one message. */
export const mostCards = 257;
export const mostPhonesOfCard = 20;
/** Meta puts at most 1,000 updates into one post ("Webhooks overview"), each by one sender. */
export const mostContacts = 1_000;
/** One reason is enough to know what to do. */
export const mostErrors = 5;

/** What a citizen said, cut to what is kept of it. */
export function cutContent(content: InboundContent): {
  readonly content: InboundContent;
  readonly cut: boolean;
} {
  const { fields, cut } = cutFields(content);
  return { content: fields, cut };
}

export function cutSender(sender: Sender): Sender {
  return cutFields(sender).fields;
}

function cutFields<T extends object>(whole: T): { readonly fields: T; readonly cut: boolean } {
  let cut = false;
  const fields = Object.entries(whole).map(([name, value]: [string, unknown]) => {
    if (Array.isArray(value) && value.length > mostPhones) {
      cut = true;
      return [name, value.slice(0, mostPhones)];
    }
    const most = longest[name];
    if (typeof value !== 'string' || most === undefined || value.length <= most) return [name, value];
    cut = true;
    // Half a surrogate pair at the end cannot be stored.
    return [name, value.slice(0, most).replace(/[\uD800-\uDBFF]$/, '')];
  });
  return { fields: Object.fromEntries(fields) as T, cut };
}
