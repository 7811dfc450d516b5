/** What axe objects to on a page: the rules of WCAG 2.2 A and AA, and its best practices. */
import axe, { type AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

declare global {
  interface Window {
    readonly axe: typeof axe;
  }
}

/** @returns each rule with the elements that break it */
export async function violationsOn(page: Page): Promise<string[]> {
  // Not as a script of the page: its content security policy lets none in.
  await page.evaluate(axe.source);
  const { violations }: AxeResults = await page.evaluate(() => window.axe.run());
  return violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`,
  );
}
