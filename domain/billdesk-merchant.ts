/** A merchant account of the corporation at BillDesk, as BILLDESK_MERCHANTS describes it. */

interface Account {
  /** Our own name of it; stands in the database and in logs. */
  readonly name: string;
  /** BillDesk's `mercid`: for whom money is taken. */
  readonly mercid: string;
  /** BillDesk's `clientid`: who signs. */
  readonly clientid: string;
  /** What BD-Timestamp holds; BillDesk's own pages disagree. Without it `ist`: YYYYMMDDhhmmss. */
  readonly timestamps?: 'ist' | 'epochMs';
  /** The version in the paths of the API. Without it `ve1_2`. */
  readonly api?: 've1_2' | 'v1_2';
  /** The settlement line of business, where BillDesk has given one. */
  readonly settlementLob?: string;
}

/** Signed with a shared secret; what is sent stays readable (JWS-HMAC). */
export interface HmacMerchant extends Account {
  readonly scheme: 'hmac';
  readonly secret: string;
}

/** Encrypted, then signed (symmetric JOSE). */
export interface SymmetricMerchant extends Account {
  readonly scheme: 'symmetric';
  readonly keyId: string;
  /** 32 characters of one byte each: a key of 256 bits. */
  readonly encryptionPassword: string;
  readonly signingPassword: string;
}

/** Which of the two it is, BillDesk decides for each account. */
export type BillDeskMerchant = HmacMerchant | SymmetricMerchant;
