/**
 * The number of a trade licence, which the corporation calls a certificate of enlistment (CE). Its form is not public:
 * an opaque run of digits, from which nothing is derived.
 */

/** Eight to sixteen ASCII digits. */
export type CeNumber = string & { readonly brand: 'CeNumber' };
