/**
 * The service catalogue: one entry for each thing a citizen can do in the chat. A new municipal service is an entry
 * here, the words that ask for it in conversation/understanding/words.ts, its texts in texts/, and its script in
 * workflows/conversation/.
 */

export const services = ['propertyTax', 'tradeLicence', 'renewal', 'receipts', 'about'] as const;
export type Service = (typeof services)[number];

/** The services in which something is paid. A renewal is paid as the trade licence that it is. */
export const paidServices = ['propertyTax', 'tradeLicence'] as const satisfies readonly Service[];
export type PaidService = (typeof paidServices)[number];
