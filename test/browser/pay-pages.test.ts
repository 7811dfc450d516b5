/** The pay and verify pages in a real browser, under the content security policy that they are made for. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type Express } from 'express';
import helmet from 'helmet';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { languages, type Language } from '../../domain/language.ts';
import type { Redirect } from '../../domain/payments/redirect.ts';
import { begun, doNotPayAgain, onward, paid, undecided } from '../../texts/pay.ts';
import { ofCertificate, verifiedReceipt, verify } from '../../texts/verify.ts';
import { assets, liveScript } from '../../web/assets.ts';
import { pageStageOf, type PayView } from '../../web/pay-stage.ts';
import { payMissingPage, payPage, payStatus, redirectPage, redirectPolicy } from '../../web/pay.tsx';
import { verifyPage, type Found } from '../../web/verify.tsx';
import { wayBackPage, wayBackStatus } from '../../web/way-back.tsx';
import { launchBrowser } from '../support/browser.ts';
import { violationsOn } from '../support/axe.ts';
import { contrast } from '../support/contrast.ts';
import {
  sampleFacts,
  sampleFound,
  sampleLicenceOrder,
  sampleOrder,
  sampleViews,
} from '../support/sample-payments.ts';

let browser: Browser;
let servers: Server[];
let address: string;
/** Where the gateway's page is. */
let hosted: string;
/** Where the one order stands right now. */
let view: PayView;
/** How often the page has asked for news, and whether it is told that there are none. */
let asked: number;
let silentWhenSame: boolean;

const pagePath = `/pay/${sampleOrder.token}`;
const backPath = '/return/billdesk?order=ATTEMPT1';

beforeAll(async () => {
  const [gateway, gatewayAddress] = await listen(gatewayStandIn());
  const [ours, oursAddress] = await listen(corporation(gatewayAddress));
  servers = [gateway, ours];
  address = oursAddress;
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
});
beforeEach(() => {
  view = sampleViews.ready;
  hosted = '/hosted';
  asked = 0;
  silentWhenSame = true;
});

async function listen(app: Express): Promise<[Server, string]> {
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return [server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`];
}

/** Shows what the browser brought. */
function gatewayStandIn(): Express {
  return express()
    .use(express.urlencoded())
    .post('/moved', (request, response) => {
      response.redirect(302, `http://localhost:${request.socket.localPort ?? 0}/elsewhere`);
    })
    .get('/elsewhere', (_request, response) => {
      response.type('html').send('<h1>Elsewhere</h1>');
    })
    .get('/link', (_request, response) => {
      response.type('html').send('<h1>Gateway</h1>');
    })
    .post('/hosted', (request, response) => {
      response
        .type('html')
        .send(`<h1>Gateway</h1><p>${JSON.stringify(request.body).replaceAll('<', '&lt;')}</p>`);
    });
}

/** What can be checked, each under a number of its own. */
const underNumber: Readonly<Record<string, Found>> = {
  'W-2026-27-000123': sampleFound.receipt,
  'CE-2026-27-000001': sampleFound.inForce,
  'CE-2026-27-000002': sampleFound.ofItsHolder,
  'CE-2026-27-000003': sampleFound.notBegun,
  'CE-2026-27-000004': sampleFound.expired,
  'CE-2026-27-000005': sampleFound.replaced,
};

/** Serves the pages as they are meant to be served. */
function corporation(gateway: string): Express {
  const app = express();
  app.use(helmet());
  app.use(express.urlencoded());
  const languageOf = (query: unknown): Language => languages.find((language) => language === query) ?? 'bn';
  for (const { path, type, body } of assets) {
    app.get(path, (_, response) => {
      response.type(type).send(body);
    });
  }
  app.get(pagePath, (request, response) => {
    response.set('cache-control', 'no-store');
    response.type('html').send(payPage(languageOf(request.query['lang']), view, sampleFacts));
  });
  app.get(`${pagePath}/status`, (request, response) => {
    asked += 1;
    if (silentWhenSame && request.query['seen'] === pageStageOf(view).kind) response.status(204).end();
    else response.type('html').send(payStatus(languageOf(request.query['lang']), view, sampleFacts));
  });
  app.post(pagePath, (request, response) => {
    const fields = { merchantid: 'M1', anyway: String((request.body as { anyway?: string }).anyway) };
    const url = `${gateway}${hosted}`;
    const redirect: Redirect = hosted === '/link' ? { kind: 'link', url } : { kind: 'form', url, fields };
    response.set('content-security-policy', redirectPolicy(redirect));
    response
      .type('html')
      .send(redirectPage(languageOf(request.query['lang']), { gateway: 'billdesk', redirect }));
  });
  const back = (): Parameters<typeof wayBackPage>[1] => ({
    view,
    reference: 'ATTEMPT1',
    path: '/return/billdesk',
  });
  app.get('/return/billdesk', (_request, response) => {
    response.type('html').send(wayBackPage('en', back(), sampleFacts));
  });
  app.get('/return/billdesk/status', (request, response) => {
    if (request.query['seen'] === pageStageOf(view).kind) response.status(204).end();
    else response.type('html').send(wayBackStatus('en', back(), sampleFacts));
  });
  app.get('/missing', (request, response) => {
    response.type('html').send(payMissingPage(languageOf(request.query['lang']), sampleFacts));
  });
  app.get(['/verify', '/verify/:number'], (request, response) => {
    const number = request.params['number'] ?? request.query['number'];
    const text = typeof number === 'string' ? number : undefined;
    const found = text === undefined ? undefined : underNumber[text];
    response
      .type('html')
      .send(verifyPage(languageOf(request.query['lang']), { asked: text, found }, sampleFacts));
  });
  return app;
}

/** A page, and everything that the browser complains of while it is used. */
async function open(options: BrowserContextOptions = {}): Promise<{ page: Page; complaints: string[] }> {
  const page = await browser.newPage({ viewport: { width: 390, height: 844 }, ...options });
  // Timers that a test may have ring at once; until then they take their time.
  await page.clock.install();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() !== 'log') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  return { page, complaints };
}

/** A page looks for news every three seconds. */
const lookMs = 3_000;

/** Has the page look, and again when it has to look so often, without waiting as long as it does. */
async function lookAgain(page: Page, times = 1): Promise<void> {
  const before = asked;
  const look = async (): Promise<number> => {
    await page.clock.runFor(lookMs);
    return asked - before;
  };
  await expect.poll(look, { timeout: 15_000 }).toBeGreaterThanOrEqual(times);
}

const goTo = (page: Page, language: Language = 'en'): Promise<unknown> =>
  page.goto(`${address}${pagePath}?lang=${language}`);

describe('paying', () => {
  test('the keyboard alone leads from the page to the gateway, and "back" leads back to the page', async () => {
    const { page, complaints } = await open();
    await goTo(page);
    for (let presses = 0; presses < 6; presses += 1) await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('pay');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Gateway' }).waitFor();
    expect(await page.locator('p').textContent()).toContain('"merchantid":"M1","anyway":"undefined"');
    view = sampleViews.atGateway;
    await page.goBack();
    expect(page.url()).toBe(`${address}${pagePath}?lang=en`);
    await page.getByRole('heading', { name: begun.heading.en }).waitFor();
    expect(complaints).toEqual([]);
    await page.close();
  });

  test.each([true, false])(
    'a gateway that gives a link is reached, with scripts: %s',
    async (javaScriptEnabled) => {
      hosted = '/link';
      const { page, complaints } = await open({ javaScriptEnabled });
      await goTo(page);
      await page.locator('#pay').click();
      if (!javaScriptEnabled) await page.getByRole('link', { name: onward.button.en }).click();
      await page.getByRole('heading', { name: 'Gateway' }).waitFor();
      view = sampleViews.atGateway;
      await page.goBack();
      if (javaScriptEnabled) await page.getByRole('heading', { name: begun.heading.en }).waitFor();
      expect(complaints).toEqual([]);
      await page.close();
    },
  );

  test('whoever was warned and goes on says so', async () => {
    view = sampleViews.elsewhere;
    const { page, complaints } = await open();
    await goTo(page);
    await page.getByRole('button', { name: 'Pay anyway' }).click();
    await page.getByRole('heading', { name: 'Gateway' }).waitFor();
    expect(await page.locator('p').textContent()).toContain('"anyway":"1"');
    expect(complaints).toEqual([]);
    await page.close();
  });

  test('a page of the gateway that leads on to another host is followed there', async () => {
    hosted = '/moved';
    const { page, complaints } = await open();
    await goTo(page);
    await page.locator('#pay').click();
    await page.getByRole('heading', { name: 'Elsewhere' }).waitFor();
    expect(new URL(page.url()).hostname).toBe('localhost');
    expect(complaints).toEqual([]);
    await page.close();
  });

  test('the tab that went to pay comes back to its page, and any other is told how the payment stands', async () => {
    const { page, complaints } = await open();
    await goTo(page);
    await page.locator('#pay').click();
    await page.getByRole('heading', { name: 'Gateway' }).waitFor();
    view = sampleViews.paid;
    await page.goto(`${address}${backPath}`);
    await page.waitForURL(`${address}${pagePath}?lang=en`);
    const { page: other, complaints: others } = await open();
    view = sampleViews.undecided;
    await other.goto(`${address}${backPath}`);
    await other.getByRole('heading', { name: undecided.undecided.heading.en }).waitFor();
    view = sampleViews.paid;
    await other.clock.runFor(lookMs);
    await other.getByRole('heading', { name: paid.heading.en }).waitFor();
    expect(new URL(other.url()).pathname).toBe('/return/billdesk');
    expect([...complaints, ...others]).toEqual([]);
    await page.close();
    await other.close();
  });

  test('waiting turns into paid by itself, and then nothing more is asked', async () => {
    view = sampleViews.undecided;
    const { page, complaints } = await open();
    await goTo(page);
    expect(await page.getByRole('status').textContent()).toContain(doNotPayAgain.en);
    await lookAgain(page);
    view = sampleViews.paid;
    await lookAgain(page);
    await page.getByRole('status').getByRole('heading', { name: paid.heading.en }).waitFor();
    expect(await page.title()).toContain(paid.heading.en);
    expect(await page.getByText(doNotPayAgain.en).count()).toBe(0);
    expect(await page.getByRole('link', { name: paid.receipt.en }).isVisible()).toBe(true);
    const askedTillThen = asked;
    await page.clock.runFor(100 * lookMs);
    expect(asked).toBe(askedTillThen);
    expect(complaints).toEqual([]);
    await page.close();
  });

  test('a failure brings the button back', async () => {
    view = sampleViews.atGateway;
    const { page, complaints } = await open();
    await goTo(page, 'hi');
    expect(await page.getByRole('button').allTextContents()).toEqual([begun.button.hi]);
    view = sampleViews.declined;
    await lookAgain(page);
    await page.getByRole('button', { name: 'का भुगतान करें' }).waitFor();
    expect(await page.getByRole('button').count()).toBe(1);
    expect(complaints).toEqual([]);
    await page.close();
  });

  test.each([
    ['told that nothing is new', true],
    ['given the same again', false],
  ])('the button keeps the focus while the page asks and is %s', async (_, silent) => {
    view = sampleViews.atGateway;
    silentWhenSame = silent;
    const { page, complaints } = await open();
    await goTo(page);
    const button = await page.locator('#pay').elementHandle();
    await page.locator('#pay').focus();
    await lookAgain(page, 2);
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('pay');
    expect(await button.evaluate((element) => element.isConnected)).toBe(silent);
    expect(complaints).toEqual([]);
    await page.close();
  });

  test('no copy is kept in the browser, and a page that cannot change loads no scripts', async () => {
    view = sampleViews.undecided;
    const { page } = await open();
    const loaded: string[] = [];
    page.on('request', (request) => loaded.push(new URL(request.url()).pathname));
    await goTo(page);
    await lookAgain(page);
    expect(loaded).toContain(liveScript.path);
    const kept = await page.evaluate(() => [
      ...Object.keys(sessionStorage),
      ...Object.keys(localStorage),
      document.cookie,
    ]);
    expect(kept).toEqual(['']);
    loaded.length = 0;
    view = sampleViews.ready;
    await goTo(page);
    expect(loaded.filter((path) => path.endsWith('.js'))).toEqual([]);
    await page.close();
  });

  test('without scripts the page looks again by itself, and the way to the gateway is a button', async () => {
    view = sampleViews.undecided;
    const { page } = await open({ javaScriptEnabled: false });
    await goTo(page);
    expect(await page.locator('h1').textContent()).toBe(undecided.undecided.heading.en);
    view = sampleViews.paid;
    await page.getByRole('heading', { name: paid.heading.en }).waitFor({ timeout: 20_000 });
    expect(asked).toBe(0);

    view = sampleViews.ready;
    await goTo(page);
    await page.locator('#pay').click();
    await page.getByRole('button', { name: 'Open the payment page' }).click();
    await page.getByRole('heading', { name: 'Gateway' }).waitFor();
    await page.close();
  });
});

test('a receipt is checked by typing its number, and the language stays', async () => {
  const { page, complaints } = await open();
  await page.goto(`${address}/verify?lang=hi`);
  await page.getByLabel(verify.field.hi).fill('W-2026-27-000123');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: verifiedReceipt.genuine.hi }).waitFor();
  await page.goto(`${address}/verify/W-2026-27-000999?lang=en`);
  expect(await page.locator('h1').textContent()).toBe(verify.notIssued.en);
  expect(complaints).toEqual([]);
  await page.close();
});

test('the keyboard leads from a revoked certificate to the one in its place, and a holder to the paper', async () => {
  const { page, complaints } = await open();
  await page.goto(`${address}/verify/CE-2026-27-000005?lang=bn`);
  const link = page.getByRole('link', { name: 'CE-2027-28-000045' });
  await link.focus();
  await page.keyboard.press('Enter');
  await page.waitForURL(`${address}/verify/CE-2027-28-000045?lang=bn`);
  await page.goto(`${address}/verify/CE-2026-27-000002?lang=bn`);
  for (let presses = 0; presses < 6; presses += 1) await page.keyboard.press('Tab');
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(ofCertificate.pdf.bn);
  expect(complaints).toEqual([]);
  await page.close();
});

/** Every page that there is, by its address; sets where the order stands on the way. */
async function everyPage(
  language: Language,
  visit: (show: (page: Page) => Promise<void>) => Promise<void>,
): Promise<void> {
  const ofLicence = { ...sampleViews.ready, order: sampleLicenceOrder };
  for (const stage of [...Object.values(sampleViews), ofLicence]) {
    await visit(async (page) => {
      view = stage;
      await goTo(page, language);
    });
  }
  const numbers = [...Object.keys(underNumber), 'W-2026-27-000999', '12'];
  for (const path of ['/missing', '/verify', ...numbers.map((number) => `/verify/${number}`)]) {
    await visit(async (page) => {
      await page.goto(`${address}${path}?lang=${language}`);
    });
  }
}

describe('every page', () => {
  test.each(languages)('fits into 320 px with targets of 44 px and one h1, in %s', async (language) => {
    const { page, complaints } = await open({ viewport: { width: 320, height: 640 } });
    await everyPage(language, async (show) => {
      await show(page);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
      const heights = await page
        .locator('a:not(.skip), button, input:not([type=hidden])')
        .evaluateAll((targets) => targets.map((target) => target.getBoundingClientRect().height));
      expect(Math.min(...heights)).toBeGreaterThanOrEqual(44);
      expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1);
      expect(await page.getByRole('main').count()).toBe(1);
    });
    expect(complaints).toEqual([]);
    await page.close();
  });

  test.each([
    ['a desk at 200 % zoom', { viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 }, '100%'],
    ['a phone at 200 % zoom', { viewport: { width: 195, height: 422 }, deviceScaleFactor: 2 }, '100%'],
    ['a phone with letters twice as large', { viewport: { width: 360, height: 640 } }, '200%'],
  ] as const)('never scrolls sideways on %s', async (_, options, fontSize) => {
    const { page } = await open(options);
    await everyPage('bn', async (show) => {
      await show(page);
      const { wide, room } = await page.evaluate((size) => {
        document.documentElement.style.fontSize = size;
        const { scrollWidth, clientWidth } = document.documentElement;
        return { wide: scrollWidth, room: clientWidth };
      }, fontSize);
      expect(wide, page.url()).toBeLessThanOrEqual(room);
    });
    await page.close();
  });

  test.each(languages)('has nothing that axe objects to, in %s', async (language) => {
    const { page } = await open();
    await everyPage(language, async (show) => {
      await show(page);
      expect(await violationsOn(page), page.url()).toEqual([]);
    });
    await page.close();
  });

  test.each(['light', 'dark'] as const)('can be read in the %s scheme (WCAG AA)', async (colorScheme) => {
    const { page } = await open({ colorScheme });
    await everyPage('bn', async (show) => {
      await show(page);
      const { weakest, seen } = await page.evaluate(contrast);
      expect(seen).toBeGreaterThan(8);
      expect(weakest).toBeGreaterThanOrEqual(4.5);
    });
    await page.close();
  });

  test.each(['ready', 'paid'] as const)('%s prints on one sheet, without buttons', async (name) => {
    view = sampleViews[name];
    const { page } = await open();
    await goTo(page, 'bn');
    const pdf = await page.pdf({ format: 'A4' });
    expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
    await page.emulateMedia({ media: 'print' });
    for (const shown of await page.locator('.button').all()) expect(await shown.isVisible()).toBe(false);
    expect(await page.locator('.amount').isVisible()).toBe(true);
    expect(await page.locator('.bills li').count()).toBe(sampleOrder.dues.length);
    await page.close();
  });
});
