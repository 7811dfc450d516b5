/** Whether people with weak eyes can read a page. */

/** The weakest contrast between a text and the ground it stands on; runs in the browser. */
export function contrast(): { readonly weakest: number; readonly seen: number } {
  const parts = (colour: string): number[] => (colour.match(/[\d.]+/g) ?? []).map(Number);
  const luminance = (colour: string): number => {
    const [r = 0, g = 0, b = 0] = parts(colour).map((part) =>
      part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4,
    );
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (element: Element | null): string => {
    if (!element) return 'rgb(255, 255, 255)';
    const colour = getComputedStyle(element).backgroundColor;
    return parts(colour)[3] === 0 ? ground(element.parentElement) : colour;
  };
  const ratios = [...document.body.querySelectorAll('*')]
    .filter((element) =>
      [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim()),
    )
    .map((element) => [luminance(getComputedStyle(element).color), luminance(ground(element))])
    .map(([a = 0, b = 0]) => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05));
  return { weakest: Math.min(...ratios), seen: ratios.length };
}
