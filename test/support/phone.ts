/** A person at the sandbox's phone: types, taps, reads. */
import { expect } from 'vitest';
import type { Browser, BrowserContext, BrowserContextOptions, Locator, Page } from 'playwright-core';
import type { Town } from './town.ts';

const screen = { viewport: { width: 390, height: 844 } } as const;

export class Phone {
  readonly page: Page;

  private constructor(page: Page) {
    this.page = page;
  }

  static async of(
    town: Town,
    browser: Browser,
    citizen: string,
    options: BrowserContextOptions = {},
  ): Promise<Phone> {
    const page = await browser.newPage({ ...screen, ...options });
    await page.goto(`http://127.0.0.1:${town.house.env['SANDBOX_PORT'] ?? ''}/phone/${citizen}`);
    return new Phone(page);
  }

  /** Where the links of the chat open. */
  get context(): BrowserContext {
    return this.page.context();
  }

  /** What came from the corporation. */
  get answers(): Locator {
    return this.page.locator('[data-testid="bubble"][data-direction="outbound"]');
  }

  /** Does something that is answered with one message. @returns its words */
  async answerTo(action: () => Promise<unknown>): Promise<string> {
    const before = await this.answers.count();
    await action();
    const answer = this.answers.nth(before);
    await answer.waitFor();
    expect(await this.answers.count()).toBe(before + 1);
    return await answer.innerText();
  }

  /** Sends a text, whatever comes of it. */
  async write(text: string): Promise<void> {
    await this.page.getByTestId('composer-text').fill(text);
    await this.page.getByTestId('send').click();
  }

  async type(text: string): Promise<string> {
    return await this.answerTo(() => this.write(text));
  }

  async choose(title: string): Promise<string> {
    return await this.answerTo(async () => {
      await this.page.getByTestId('list-button').last().click();
      await this.page.getByTestId('list-row').filter({ hasText: title }).click();
      await this.page.getByTestId('list-send').click();
    });
  }

  async press(title: string): Promise<string> {
    return await this.answerTo(() =>
      this.page.getByTestId('reply-button').filter({ hasText: title }).last().click(),
    );
  }

  /** The link under the last message that has one. */
  get link(): Locator {
    return this.page.getByTestId('link-button').last();
  }

  /** Follows it into a tab of its own. */
  async openLink(): Promise<Page> {
    const [tab] = await Promise.all([this.context.waitForEvent('page'), this.link.click()]);
    await tab.waitForLoadState();
    return tab;
  }

  /** The file of the last document in the chat. */
  async file(): Promise<Buffer> {
    const href = await this.page.getByTestId('document').last().getAttribute('href');
    return await (await this.page.request.get(new URL(href ?? '', this.page.url()).href)).body();
  }

  async close(): Promise<void> {
    await this.context.close();
  }
}
