/** Who a conversation is with. */

/** Opaque id of a citizen; the only form in which a person stands in workflow ids, search attributes and logs. */
export type CitizenId = string & { readonly brand: 'CitizenId' };

/** The id of the workflow that holds a citizen's conversation. */
export function conversationId(citizen: CitizenId): string {
  return `conversation-${citizen}`;
}
