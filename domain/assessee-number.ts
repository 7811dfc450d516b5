/**
 * The number that a property is assessed under: unit, ward, street, premises and one last digit, 2+3+2+4+1. Nobody
 * outside the corporation knows a rule for the last digit, so there is no checksum here.
 */

/** Twelve ASCII digits. */
export type AssesseeNumber = string & { readonly brand: 'AssesseeNumber' };

/** As it stands on bills: `31-107-11-0057-1`. ASCII digits in every language, because people copy it. */
export function groupAssesseeNumber(number: AssesseeNumber): string {
  return number.replace(/^(\d{2})(\d{3})(\d{2})(\d{4})(\d)$/, '$1-$2-$3-$4-$5');
}
