/** The public pages over real HTTP and in a real browser: languages, keyboard, small screens, contrast, print. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createApp } from '../../api/app.ts';
import { pages } from '../../api/pages.ts';
import { languages } from '../../domain/language.ts';
import { createLogger } from '../../platform/log.ts';
import { privacySections, type PublicFacts } from '../../texts/pages.ts';
import { stylesheet } from '../../web/assets.ts';
import { whatsAppLink } from '../../web/home.tsx';
import { launchBrowser } from '../support/browser.ts';
import { violationsOn } from '../support/axe.ts';
import { contrast } from '../support/contrast.ts';

const facts: PublicFacts = {
  number: '83359 99111',
  office: { bn: 'নমুনা সরণি, কলকাতা', en: 'Sample Street <Kolkata>', hi: 'नमूना मार्ग, कोलकाता' },
  hours: { bn: 'সকাল ১০টা থেকে', en: 'from 10 am', hi: 'सुबह 10 बजे से' },
  complaints: { bn: '০০০ ০০০ ০০০০', en: '000 000 0000', hi: '000 000 0000' },
  publicUrl: 'https://services.example.org',
  gateways: ['billdesk'],
  retention: {},
};

let server: Server;
let address: string;

beforeAll(async () => {
  const broken = pages(facts).get('/broken', () => {
    throw new Error('broken on purpose');
  });
  server = createServer(createApp({ log: createLogger('test', 'silent'), proxyHops: 0, routers: [broken] }));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const browserAccepts = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';

async function get(
  path: string,
  headers: Record<string, string> = {},
): Promise<{ readonly status: number; readonly headers: Headers; readonly text: string }> {
  const response = await fetch(address + path, { headers });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

describe('the pages over HTTP', () => {
  test.each([
    ['/', undefined, 'bn'],
    ['/', '*', 'bn'],
    ['/', 'ta-IN,ta;q=0.9', 'bn'],
    ['/', 'en-IN,en;q=0.9,bn;q=0.8', 'en'],
    ['/', 'hi-IN,hi;q=0.9,en;q=0.8', 'hi'],
    ['/?lang=hi', 'en-IN', 'hi'],
    ['/?lang=fr', 'en-IN', 'en'],
    ['/?lang=en&lang=hi', undefined, 'bn'],
    ['/privacy?lang=en', undefined, 'en'],
  ])('%s with Accept-Language %s is in %s', async (path, accepted, language) => {
    // Without the header, fetch would send one of its own.
    const { status, headers, text } = await get(path, { 'accept-language': accepted ?? '' });
    expect(status).toBe(200);
    expect(text).toMatch(new RegExp(`^<!doctype html><html lang="${language}">`));
    expect(headers.get('content-language')).toBe(language);
    expect(headers.get('vary')?.toLowerCase()).toContain('accept-language');
    expect(headers.get('set-cookie')).toBeNull();
  });

  test('the start page says how to begin and what the settings say, escaped', async () => {
    const { text } = await get('/?lang=en');
    expect(text).toContain('83359 99111');
    expect(text).toContain('href="https://wa.me/918335999111?text=English"');
    expect(text).toContain('Sample Street &lt;Kolkata');
    expect(text).not.toContain('<Kolkata>');
    expect(text).toContain('from 10 am');
    expect(text).toContain('never asks for a PIN or an OTP');
    expect(text).toContain('Our payment links always begin with https://services.example.org/');
    expect(text).toContain('href="/privacy?lang=en"');
  });

  test.each(languages)(
    'the start page and the privacy notice tell of trade licences in %s',
    async (language) => {
      const words = {
        bn: ['ট্রেড লাইসেন্স', 'সি\u00a0ই নম্বর', 'শংসাপত্র'],
        en: ['rade licence', 'CE number', 'certificate'],
        hi: ['ट्रेड लाइसेंस', 'सीई नंबर', 'प्रमाणपत्र'],
      }[language];
      for (const path of ['/', '/privacy']) {
        const { text } = await get(`${path}?lang=${language}`);
        for (const word of words) expect(text).toContain(word);
      }
    },
  );

  test('a number with its country code keeps it, and any text may be typed in', () => {
    expect(whatsAppLink('+91 83359 99111')).toBe('https://wa.me/918335999111?text=hi');
    expect(whatsAppLink('83359 99111', 'a&b c')).toBe('https://wa.me/918335999111?text=a%26b%20c');
    expect(whatsAppLink('83359 99111', '')).toBe('https://wa.me/918335999111');
  });

  test.each(languages)(
    'the privacy notice names the law, the rights and the contact in %s',
    async (language) => {
      const { text } = await get(`/privacy?lang=${language}`);
      expect(text).toContain('Digital Personal Data Protection Act, 2023');
      expect(text).toContain('Data Protection Board of India');
      expect(text).toContain(facts.complaints[language]);
      for (const word of ['STOP', 'START', 'Meta', 'BillDesk']) expect(text).toContain(word);
      const inBengali = new Intl.NumberFormat('bn-IN');
      for (const section of [5, 6, 7, 11, 12, 13, 14]) {
        const number = language === 'bn' ? inBengali.format(section) : String(section);
        const word = { bn: 'ধারা', en: 'section', hi: 'धारा' }[language];
        expect(text).toContain(`${word} ${number}`);
      }
    },
  );

  test('the privacy notice says for how many days each kind of data is kept, by the rules that the purge obeys', () => {
    const asked: string[] = [];
    const sections = privacySections(['billdesk'], (kind) => {
      asked.push(kind);
      return 1000 + asked.length;
    });
    const personal = ['cards', 'citizens', 'former-ids', 'gateway-words', 'look-ups', 'messages', 'news'];
    expect([...new Set(asked)].sort()).toEqual(personal);
    expect(asked).toHaveLength(3 * personal.length);
    const said = languages.map((language) => JSON.stringify(sections.map((section) => section[language])));
    for (const number of ['১০০১', '1008', '1015']) expect(said.join()).toContain(number);
  });

  test('the privacy notice says as much in each language', () => {
    for (const section of privacySections(['billdesk'], () => 366)) {
      const shapes = languages.map((language) => {
        const { items = [], paragraphs = [] } = section[language];
        return `${items.length} items, ${paragraphs.length} paragraphs`;
      });
      expect(new Set(shapes).size).toBe(1);
    }
  });

  test('nothing in a page needs more than the default content security policy', async () => {
    for (const path of ['/', '/privacy', '/nowhere']) {
      const { headers, text } = await get(path, { accept: browserAccepts });
      expect(headers.get('content-security-policy')).toContain("script-src 'self'");
      expect(text).not.toMatch(/<script|<style|\sstyle=|\son\w+=/);
    }
  });

  test('the stylesheet is kept for good under its own name, and not under an older one', async () => {
    const current = await get(stylesheet.path);
    expect(current.headers.get('content-type')).toContain('text/css');
    expect(current.headers.get('cache-control')).toContain('immutable');
    const older = await get('/assets/style-000000000000.css');
    expect(older.status).toBe(200);
    expect(older.headers.get('cache-control')).toBe('no-cache');
  });

  test.each([
    ['/nowhere', 404, 'পাতাটি পাওয়া গেল না', 'There is no such page.'],
    ['/assets/style-%E0%A4%A.css', 400, 'অনুরোধটি পড়া গেল না', 'The request cannot be read.'],
    ['/broken', 500, 'পাতাটি এখন দেখানো গেল না', 'Try again later.'],
  ])('%s answers %i: a page to a browser, a line to a machine', async (path, status, title, line) => {
    const page = await get(path, { accept: browserAccepts, 'accept-language': '' });
    expect(page.status).toBe(status);
    expect(page.text).toContain(`<h1>${title}</h1>`);
    expect(page.text).not.toContain('on purpose');
    const plain = await get(path);
    expect(plain.status).toBe(status);
    expect(plain.headers.get('content-type')).toContain('text/plain');
    expect(plain.text).toBe(line);
  });
});

describe('the pages in a browser', { timeout: 60_000 }, () => {
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    browser = await launchBrowser();
    page = await browser.newPage();
  }, 60_000);
  afterAll(async () => {
    await browser.close();
  });

  test('the keyboard reaches everything, the skip link first', async () => {
    await page.goto(`${address}/?lang=en`);
    const focused: (string | null)[] = [];
    for (let presses = 0; presses < 10; presses += 1) {
      await page.keyboard.press('Tab');
      focused.push(await page.evaluate(() => document.activeElement?.getAttribute('href') ?? null));
    }
    expect(focused).toEqual([
      '#main',
      '/?lang=en',
      '?lang=bn',
      '?lang=en',
      '?lang=hi',
      whatsAppLink(facts.number, 'English'),
      '/privacy?lang=en',
      '/?lang=en',
      '/verify?lang=en',
      '/privacy?lang=en',
    ]);

    await page.goto(`${address}/?lang=en`);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('main');
  });

  test('the language switch stays on the page and the links keep the language', async () => {
    await page.goto(`${address}/privacy?lang=bn`);
    await page.getByRole('link', { name: 'हिन्दी' }).click();
    expect(page.url()).toBe(`${address}/privacy?lang=hi`);
    expect(await page.locator('html').getAttribute('lang')).toBe('hi');
    expect(await page.locator('nav [aria-current]').textContent()).toBe('हिन्दी');
    await page.getByRole('link', { name: 'मुख्य पृष्ठ' }).click();
    expect(page.url()).toBe(`${address}/?lang=hi`);
  });

  test('each page has its landmarks and one heading of the first rank', async () => {
    for (const path of ['/', '/privacy', '/nowhere']) {
      await page.goto(address + path);
      for (const landmark of ['banner', 'navigation', 'main', 'contentinfo'] as const) {
        expect(await page.getByRole(landmark).count()).toBe(1);
      }
      expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1);
    }
  });

  test.each(languages)(
    'at 320 px nothing scrolls sideways and every target is 44 px high, in %s',
    async (language) => {
      await page.setViewportSize({ width: 320, height: 640 });
      for (const path of ['/', '/privacy', '/nowhere']) {
        await page.goto(`${address}${path}?lang=${language}`);
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
        const heights = await page
          .locator('a:not(.skip)')
          .evaluateAll((links) => links.map((link) => link.getBoundingClientRect().height));
        expect(Math.min(...heights)).toBeGreaterThanOrEqual(44);
      }
    },
  );

  test.each(['light', 'dark'] as const)(
    'text stands out from its ground (WCAG AA) in the %s scheme',
    async (scheme) => {
      await page.emulateMedia({ colorScheme: scheme });
      for (const path of ['/', '/privacy', '/nowhere']) {
        await page.goto(address + path);
        const { weakest, seen } = await page.evaluate(contrast);
        expect(seen).toBeGreaterThan(8);
        expect(weakest).toBeGreaterThanOrEqual(4.5);
      }
      await page.emulateMedia({ colorScheme: null });
    },
  );

  test.each(languages)(
    'axe objects to nothing, and 200 % zoom brings no sideways scroll, in %s',
    async (language) => {
      for (const path of ['/', '/privacy']) {
        // A desk and a phone, whose pixels are half as many at 200 %.
        for (const width of [640, 195]) {
          await page.setViewportSize({ width, height: 422 });
          await page.goto(`${address}${path}?lang=${language}`);
          const { scrollWidth, clientWidth } = await page.evaluate(() => {
            const root = document.documentElement;
            return { scrollWidth: root.scrollWidth, clientWidth: root.clientWidth };
          });
          expect(scrollWidth, path).toBeLessThanOrEqual(clientWidth);
        }
        expect(await violationsOn(page), path).toEqual([]);
      }
      await page.setViewportSize({ width: 1_280, height: 720 });
    },
  );

  test('the start page prints on one sheet, with the number and without the button', async () => {
    await page.goto(`${address}/?lang=bn`);
    const pdf = await page.pdf({ format: 'A4' });
    expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
    await page.emulateMedia({ media: 'print' });
    expect(await page.getByText(facts.number).isVisible()).toBe(true);
    expect(await page.getByRole('navigation').isVisible()).toBe(false);
    expect(await page.locator('.button').isVisible()).toBe(false);
    await page.emulateMedia({ media: null });
  });
});
