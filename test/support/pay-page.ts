/** A person at the pay page, and at the gateway's page behind it. */
import { expect } from 'vitest';
import type { Page } from 'playwright-core';
import type { GatewayName } from '../../domain/payments/gateways.ts';

export const heading = (page: Page): Promise<string> => page.locator('h1').innerText();

export async function waitForHeading(page: Page, text: string): Promise<void> {
  await page.getByRole('heading', { level: 1, name: text, exact: true }).waitFor();
}

/** Presses the button of the pay page, and is sent on to the gateway. @returns the order that the gateway shows */
export async function goToGateway(page: Page, gateway: GatewayName = 'billdesk'): Promise<string> {
  await page.locator('#pay').click();
  return await orderAtGateway(page, gateway);
}

export async function orderAtGateway(page: Page, gateway: GatewayName = 'billdesk'): Promise<string> {
  await page.getByTestId('order').waitFor();
  expect(new URL(page.url()).pathname.split('/')[1]).toBe(gateway);
  return await page.getByTestId('order').innerText();
}

/** Chooses on the gateway's page what becomes of the payment, and comes back. */
export async function atGateway(page: Page, outcome: string): Promise<void> {
  await page.getByTestId(outcome).click();
  await page.waitForURL(/\/pay\//);
}

/** A cell of the facts on a page, by its name. */
export async function fact(page: Page, name: string): Promise<string> {
  return await page.locator(`dt:text-is("${name}") + dd`).first().innerText();
}
