/** Digits of the three scripts that citizens type. */

const zeros = [0x09e6, 0x0966]; // Bengali, Devanagari

/** Folds Bengali and Devanagari digits to ASCII; everything else stays. */
export function foldDigits(text: string): string {
  return text.replace(/[০-৯०-९]/g, (digit) => {
    const code = digit.charCodeAt(0);
    const zero = zeros.find((start) => code >= start && code <= start + 9) ?? code;
    return String(code - zero);
  });
}
