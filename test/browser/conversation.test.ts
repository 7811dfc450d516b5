/** A person at the phone, the whole way: page, webhook, workflow, worker, Graph API, and back to the page. */
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Language } from '../../domain/language.ts';
import { labels } from '../../texts/conversation.ts';
import { launchBrowser } from '../support/browser.ts';
import { startTown, type Town } from '../support/town.ts';

let town: Town;
let browser: Browser;
let phone: Page;

beforeAll(async () => {
  [town, browser] = await Promise.all([startTown(), launchBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await town.stop();
});
beforeEach(async () => {
  await town.sandbox('DELETE', 'chat');
});

async function open(citizen: string): Promise<void> {
  phone = await browser.newPage({ viewport: { width: 390, height: 844 } });
  await phone.goto(`http://127.0.0.1:${town.house.env['SANDBOX_PORT'] ?? ''}/phone/${citizen}`);
}

/** What came from the corporation. */
function answers(): Locator {
  return phone.locator('[data-testid="bubble"][data-direction="outbound"]');
}

async function type(text: string): Promise<void> {
  await phone.getByTestId('composer-text').fill(text);
  await phone.getByTestId('send').click();
}

async function choose(title: string): Promise<void> {
  await phone.getByTestId('list-button').last().click();
  await phone.getByTestId('list-row').filter({ hasText: title }).click();
  await phone.getByTestId('list-send').click();
}

async function answer(number: number): Promise<string> {
  await answers()
    .nth(number - 1)
    .waitFor();
  expect(await answers().count()).toBe(number);
  return await answers()
    .nth(number - 1)
    .innerText();
}

describe('on the phone', () => {
  test('"hi" brings the menu in Bengali; English is one tap away, and then about this service', async () => {
    await open('ananya');
    await type('hi');
    expect(await answer(1)).toContain('কলকাতা পুরসভায় স্বাগত');
    await choose('English');
    expect(await answer(2)).toMatch(
      /we will talk in English[^]*Welcome to the Kolkata Municipal Corporation/,
    );
    await choose('About this service');
    const about = await answer(3);
    expect(about).toContain('WhatsApp number: 83359 99111');
    const link = phone.getByTestId('link-button').last();
    expect(await link.textContent()).toContain('Privacy notice');
    expect(await link.getAttribute('href')).toBe(`${town.house.env['PUBLIC_URL'] ?? ''}/privacy?lang=en`);
  });

  test.each<[Language, string, string, RegExp]>([
    ['bn', 'subir', 'বাংলা', /দিন-রাত যে-কোনও সময় লিখতে পারেন/],
    ['hi', 'asha', 'हिन्दी', /आप दिन-रात कभी भी लिख सकते हैं/],
  ])('the same in %s', async (language, citizen, name, words) => {
    await open(citizen);
    await type(name);
    await answer(1);
    await choose(labels.about[language].title);
    expect(await answer(2)).toMatch(words);
    // The language is remembered.
    await type('about');
    expect(await answer(3)).toMatch(words);
  });

  test('a citizen without a number and one abroad are answered as well', async () => {
    for (const citizen of ['mita', 'priya']) {
      await open(citizen);
      await type('hi');
      expect(await answer(1)).toContain('কলকাতা পুরসভায় স্বাগত');
    }
  });

  test('a voice note, a picture and an old button each get a fitting answer', async () => {
    await open('irfan');
    await type('hi');
    await answer(1);
    await town.sandbox('POST', 'citizens/irfan/messages', { voice: true });
    expect(await answer(2)).toContain('ভয়েস মেসেজ এখানে শোনা যায় না');
    await town.sandbox('POST', 'citizens/irfan/messages', { image: true });
    expect(await answer(3)).toContain('ছবি থেকে নম্বর পড়া যায় না');
    await phone.getByTestId('list-button').first().click();
    await phone.getByTestId('list-row').filter({ hasText: 'English' }).click();
    await phone.getByTestId('list-send').click();
    expect(await answer(4)).toContain('ওটি পুরনো বার্তার বোতাম');
  });
});
