/**
 * The number that a property is assessed under: unit, ward, street, premises and one last digit, 2+3+2+4+1. Nobody
 * outside the corporation knows a rule for the last digit, so there is no checksum here.
 */
import { digitRuns } from './digits.ts';

/** Twelve ASCII digits. */
export type AssesseeNumber = string & { readonly brand: 'AssesseeNumber' };

/** What a text says of a number: it has one, it tries to give one and fails, or it does not try. */
export type NumberInText =
  | { readonly is: AssesseeNumber }
  | { readonly digits: number; readonly problem: 'length' | 'ward' }
  | undefined;

const wards = 144;

/** Finds an assessee number in what a citizen wrote: any of three scripts, any separators, a label before it. */
export function assesseeNumberIn(text: string): NumberInText {
  const numbers = digitRuns(text);
  const found =
    numbers.find((digits) => digits.length === 12) ?? numbers.sort((a, b) => b.length - a.length)[0];
  if (found === undefined) return undefined;
  if (found.length !== 12) return { digits: found.length, problem: 'length' };
  const ward = Number(found.slice(2, 5));
  if (ward < 1 || ward > wards) return { digits: 12, problem: 'ward' };
  return { is: found as AssesseeNumber };
}

/** As it stands on bills: `31-107-11-0057-1`. ASCII digits in every language, because people copy it. */
export function groupAssesseeNumber(number: AssesseeNumber): string {
  return number.replace(/^(\d{2})(\d{3})(\d{2})(\d{4})(\d)$/, '$1-$2-$3-$4-$5');
}
