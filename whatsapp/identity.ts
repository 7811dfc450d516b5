/** Tells WhatsApp's two names of a person apart: phone number and business-scoped user id (BSUID). */

/** The phone as digits with country code, or undefined: Meta has been seen to put a BSUID where a phone belongs. */
export function asPhone(value: string | undefined): string | undefined {
  const digits = value?.replace(/^\+/, '');
  return digits !== undefined && /^\d{5,15}$/.test(digits) ? digits : undefined;
}

/** The BSUID, or undefined: country, a dot, up to 128 letters and digits (Meta, "Business-scoped user IDs"). */
export function asBsuid(value: string | undefined): string | undefined {
  return value !== undefined && /^[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}$/.test(value) ? value : undefined;
}
