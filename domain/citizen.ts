/** Who a conversation is with. */

/** Opaque id of a citizen; the only form in which a person stands in workflow ids, search attributes and logs. */
export type CitizenId = string & { readonly brand: 'CitizenId' };
