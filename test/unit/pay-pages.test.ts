import { describe, expect, test } from 'vitest';
import type { CalendarDate } from '../../domain/calendar.ts';
import { languages, type Language } from '../../domain/language.ts';
import { paise } from '../../domain/money.ts';
import type { RefundOfMoney } from '../../domain/payments/order.ts';
import { creditTaken } from '../../texts/bills.ts';
import { ofItCredit } from '../../texts/payments.ts';
import { formatDate, formatDateTime, formatMoney, formatPeriod } from '../../texts/format.ts';
import {
  alreadyPaid,
  becameCredit,
  begun,
  byCredit,
  decided,
  doNotPayAgain,
  elsewhere,
  excessKept,
  failed,
  failureReasons,
  givenBack,
  ifDebited,
  ifDebitedWait,
  neverAsks,
  newLink,
  mostByUpi,
  mostOnline,
  news,
  otherWays,
  over,
  paid,
  payButton,
  payFor,
  problems,
  stillUndecided,
  undecided,
  upi,
  ways,
} from '../../texts/pay.ts';
import { mayChange, pageStageOf, type PayView } from '../../web/pay-stage.ts';
import { decidedBy } from '../../domain/payments/attempt.ts';
import { gateways } from '../../domain/payments/gateways.ts';
import { payMissingPage, payPage, payStatus, redirectPage, redirectPolicy } from '../../web/pay.tsx';
import { wayBackNothing, wayBackPage, wayBackStatus } from '../../web/way-back.tsx';
import { licence } from '../support/bills.ts';
import {
  sampleAttempt,
  sampleCase,
  sampleFacts,
  sampleIntent,
  sampleLicenceOrder,
  sampleOrder,
  sampleReceipt,
  sampleView,
  sampleViews,
} from '../support/sample-payments.ts';
import { seen, whole } from '../support/seen.ts';

type Name = keyof typeof sampleViews;
const names = Object.keys(sampleViews) as Name[];

const page = (language: Language, view: PayView): string => payPage(language, view, sampleFacts);
const heading = (html: string): string => seen(/<h1>.*?<\/h1>/.exec(html)?.[0] ?? '');

describe.each(languages)('the pay page in %s', (language) => {
  const service = { bn: 'সম্পত্তি কর', en: 'Property tax', hi: 'संपत्ति कर' }[language];
  const headings: Readonly<Record<Name, string>> = {
    ready: payFor[language](service),
    declined: failed.heading[language],
    cancelledThere: failed.heading[language],
    ranOut: failed.heading[language],
    atGateway: begun.heading[language],
    apps: payFor[language](service),
    scanning: upi.scan.heading[language],
    inApp: upi.inApp.heading[language],
    undecided: undecided.undecided.heading[language],
    review: undecided.review.heading[language],
    paid: paid.heading[language],
    paidTwice: paid.heading[language],
    excess: alreadyPaid[language],
    givenBack: alreadyPaid[language],
    credited: alreadyPaid[language],
    lessCredit: payFor[language](service),
    covered: payFor[language](service),
    paidByCredit: paid.heading[language],
    settled: alreadyPaid[language],
    paidInPart: paid.heading[language],
    changed: over.changed.heading[language],
    expired: over.expired.heading[language],
    cancelled: over.cancelled.heading[language],
    elsewhere: elsewhere.heading[language],
    gatewayAway: problems.gatewayAway.heading[language],
    aboveLimit: problems.aboveLimit.heading[language],
    tooMuchForUpi: payFor[language](service),
    tryAgain: problems.tryAgain.heading[language],
  };

  test.each(names)('%s: one heading says how it stands, and the tab says the same', (name) => {
    const html = page(language, sampleViews[name]);
    expect(html.match(/<h1/g)).toHaveLength(1);
    expect(heading(html)).toBe(headings[name]);
    expect(whole(/<title>(.*?)<\/title>/.exec(html)?.[1])).toContain(headings[name]);
    expect(html).toMatch(new RegExp(`^<!doctype html><html lang="${language}">`));
  });

  test.each(names)('%s: what the money is for, and the warning, are always there', (name) => {
    const text = seen(page(language, sampleViews[name]));
    for (const said of [
      '31-107-11-0057-1',
      language === 'bn' ? 'অ••••• চ' : 'A••••• C',
      formatMoney(sampleOrder.amount, language),
      ...sampleOrder.dues.map((due) => formatMoney(due.payable, language)),
      formatMoney(paise(617_300), language),
      formatMoney(paise(1_000_000), language),
      neverAsks[language],
    ]) {
      expect(text).toContain(said);
    }
  });

  test.each(names)(
    '%s: whoever may still have to pay is told how the address begins, and nobody else',
    (name) => {
      const settledOnes = [
        'paid',
        'paidTwice',
        'paidInPart',
        'paidByCredit',
        'excess',
        'givenBack',
        'credited',
        'settled',
      ];
      const isSettled = settledOnes.includes(name);
      const says = seen(page(language, sampleViews[name])).includes('https://services.example.org/');
      expect(says).toBe(!isSettled);
    },
  );

  test.each(names)('%s: nothing is written in the script of another language', (name) => {
    const main = /<main.*<\/main>/s.exec(page(language, sampleViews[name]))?.[0] ?? '';
    // U+0964, the full stop, belongs to both scripts.
    if (language !== 'bn') expect(seen(main)).not.toMatch(/[\u0980-\u09ff]/);
    if (language !== 'hi') expect(seen(main).replaceAll('।', '')).not.toMatch(/[\u0900-\u097f]/);
  });

  test('ready: the amount, until when, the ways, and one button', () => {
    const html = page(language, sampleViews.ready);
    const text = seen(html);
    expect(text).toContain(formatDateTime(sampleOrder.expiresAt, language));
    expect(text).toContain(ways[language](gateways.billdesk[language]));
    expect(buttons(html)).toEqual([payButton[language](formatMoney(sampleOrder.amount, language))]);
    expect(html).toContain(`<form method="post" action="/pay/Sample-Token_0001?lang=${language}">`);
    expect(html).not.toContain('anyway');
  });

  test('by UPI on a phone: a button for each app first, and the page with all other ways beside them', () => {
    const html = page(language, sampleViews.apps);
    const apps = ['Google Pay', 'PhonePe', 'Paytm', upi.anyApp[language]];
    expect(buttons(html)).toEqual([...apps, upi.others[language]]);
    expect(seen(html)).toContain(otherWays[language](gateways.billdesk[language]));
    expect(html).toContain('<input type="hidden" name="way" value="upiApp"');
    for (const app of ['googlePay', 'phonePe', 'paytm', 'any'])
      expect(html).toContain(`name="app" value="${app}"`);
    // Nothing leads to an app before the gateway has made the intent.
    expect(html).not.toMatch(/(upi|tez|phonepe|paytmmp):/);
  });

  test('by UPI at a computer: the QR code first, and the page with all other ways beside it', () => {
    const html = page(language, { ...sampleViews.apps, isPhone: false });
    expect(buttons(html)).toEqual([upi.showCode[language], upi.others[language]]);
    expect(html).toContain('<input type="hidden" name="way" value="upiQr"');
  });

  test('too much for UPI: one line says why, and the page is there', () => {
    const html = page(language, sampleViews.tooMuchForUpi);
    const amount = formatMoney(sampleOrder.amount, language);
    expect(seen(html)).toContain(mostByUpi[language](formatMoney(paise(1_00_000_00), language), amount));
    expect(seen(html)).toContain(otherWays[language](gateways.billdesk[language]));
    expect(buttons(html)).toEqual([payButton[language](amount)]);
  });

  test('too much for every way: the sum and the limit, and no button', () => {
    const html = page(language, sampleViews.aboveLimit);
    const amount = formatMoney(sampleOrder.amount, language);
    expect(seen(html)).toContain(mostOnline[language](formatMoney(paise(5_00_000_00), language), amount));
    expect(seen(html)).toContain(problems.aboveLimit.body[language]);
    expect(buttons(html)).toEqual([]);
  });

  test('what was begun on the page can be paid by the QR code instead', () => {
    const html = page(language, { ...sampleViews.scanning, redirect: undefined });
    expect(buttons(html)).toEqual([begun.button[language], upi.showCode[language]]);
  });

  test('the QR code: what it says, the amount, until when, and the other ways', () => {
    const html = page(language, sampleViews.scanning);
    const amount = formatMoney(sampleOrder.amount, language);
    expect(html).toContain(`alt="${upi.codeOf[language](amount)}"`);
    expect(html).toContain('src="data:image/svg+xml,%3Csvg');
    const until = sampleViews.scanning.now + 780_000;
    expect(seen(html)).toContain(upi.until[language](formatDateTime(until, language)));
    expect(seen(html)).toContain(begun.debited[language]);
    expect(buttons(html)).toEqual([upi.others[language]]);
    // Its time is over: the page does not show what nobody can pay.
    const over = page(language, { ...sampleViews.scanning, now: until });
    expect(over).not.toContain('class="qr"');
    const drawn = page(language, {
      ...sampleViews.scanning,
      redirect: { kind: 'qrCode', code: { png: 'iVBORw0KGgoA' }, until },
    });
    expect(drawn).toContain('src="data:image/png;base64,iVBORw0KGgoA"');
  });

  test('the intent opens each app as it stands, and only on a phone', () => {
    const html = whole(page(language, sampleViews.inApp));
    const query = sampleIntent.slice('upi://pay'.length);
    const links = ['tez://upi/pay', 'phonepe://pay', 'paytmmp://pay', 'upi://pay'].map((app) => app + query);
    for (const link of links) expect(html).toContain(`href="${link}"`);
    expect(html).not.toContain('onward');
    const chosen = whole(page(language, { ...sampleViews.inApp, app: 'phonePe' }));
    expect(chosen).toContain(`class="onward button" href="phonepe://pay${query}"`);
    expect(chosen.match(/onward/g)).toHaveLength(1);
    expect(chosen.indexOf('phonepe://')).toBeLessThan(chosen.indexOf('tez://'));
    expect(chosen).toContain('/assets/submit-');
    const computer = page(language, { ...sampleViews.inApp, isPhone: false });
    expect(computer).not.toContain('upi://');
    expect(buttons(computer)).toEqual([begun.button[language], upi.showCode[language]]);
  });

  test('a failure is told in words that the citizen can act upon', () => {
    const declined = seen(page(language, sampleViews.declined));
    expect(declined).toContain(failureReasons.declined[language]);
    expect(declined).toContain(ifDebited[language]);
    expect(declined).toContain(failed.again[language]);
    expect(seen(page(language, sampleViews.cancelledThere))).toContain(failureReasons.cancelled[language]);
    const ranOut = seen(page(language, sampleViews.ranOut));
    expect(ranOut).toContain(failureReasons.expired[language]);
    expect(ranOut).toContain(ifDebitedWait[language]);
    const unknown = seen(page(language, sampleView({ attempts: [sampleAttempt('failed')] })));
    expect(unknown).toContain(failureReasons.other[language]);
  });

  test('a page that opens a UPI app serves again on a phone, beside all other ways', () => {
    const redirect = { kind: 'link', url: 'https://gateway.example.test/app', opensApp: true } as const;
    const view = { ...sampleViews.atGateway, ways: sampleViews.apps.ways, redirect };
    const html = page(language, view);
    expect(buttons(html)).toEqual([begun.button[language], upi.others[language]]);
    expect(html.match(/name="way" value="upiApp"/g)).toHaveLength(1);
    const computer = page(language, { ...view, isPhone: false });
    expect(buttons(computer)).toEqual([begun.button[language], upi.showCode[language]]);
    expect(computer).not.toContain('value="upiApp"');
  });

  test('begun: back to the same payment, and not a second time when money has left', () => {
    const html = page(language, sampleViews.atGateway);
    expect(buttons(html)).toEqual([begun.button[language]]);
    expect(seen(html)).toContain(begun.debited[language]);
    const again = page(language, { ...sampleViews.atGateway, problem: 'tryAgain' });
    expect(seen(again)).toContain(begun.again[language]);
  });

  test.each(['undecided', 'review'] as const)('%s: do not pay again, and how the news will come', (name) => {
    const html = page(language, sampleViews[name]);
    expect(buttons(html)).toEqual([]);
    expect(seen(html)).toContain(doNotPayAgain[language]);
    expect(seen(html)).toContain(news.hereAndInTheChat[language]);
    const ofThePortal = { ...sampleOrder, citizenId: undefined };
    const there = seen(page(language, { ...sampleViews[name], order: ofThePortal }));
    expect(there).toContain(news.here[language]);
  });

  test('undecided: by which day the bank decides, and after it that somebody asks', () => {
    const view = sampleViews.undecided;
    const day = 86_400_000;
    const { openedAt } = view.standing.attempts.at(-1) ?? { openedAt: 0 };
    const by = decided[language](formatDate(decidedBy(openedAt), language));
    expect(seen(page(language, { ...view, now: openedAt + 5 * day }))).toContain(by);
    const late = seen(page(language, { ...view, now: openedAt + 6 * day }));
    expect(late).toContain(stillUndecided[language]);
    expect(late).not.toContain(by);
  });

  test('paid: amount, time, receipt, and the way back to the chat', () => {
    const html = page(language, sampleViews.paid);
    const text = seen(html);
    expect(text).toContain('W-2026-27-000123');
    expect(text).toContain(formatDateTime(sampleReceipt.paidAt, language));
    expect(html).toContain(`href="/pay/Sample-Token_0001/W-2026-27-000123.pdf?lang=${language}"`);
    expect(html).toContain('href="https://wa.me/918335999111"');
    expect(buttons(html)).toEqual([]);
  });

  test('money for what had been paid is told, with a receipt only where there is one', () => {
    const amount = formatMoney(sampleOrder.amount, language);
    const kept = /class="note">(.*?)<\/p>/;
    const twice = page(language, sampleViews.paidTwice);
    expect(kept.exec(twice)?.[1]).toContain(amount);
    expect(twice).toContain('W-2026-27-000123.pdf');
    const only = page(language, sampleViews.excess);
    expect(kept.exec(only)?.[1]).toContain(amount);
    expect(only).not.toContain('.pdf');
    expect(seen(only)).toContain(sampleFacts.complaints[language]);
    expect(buttons(only)).toEqual([]);
    // What a person decided not to take for the bills leaves them to be paid.
    const open = page(
      language,
      sampleView({ attempts: [sampleAttempt('success')], excess: [{ id: '1', amount: sampleOrder.amount }] }),
    );
    expect(buttons(open)).toEqual([payButton[language](amount)]);
  });

  test('money that goes back, or went back, is told in place of what is kept', () => {
    const { amount } = sampleOrder;
    const money = formatMoney(amount, language);
    const notes = (refund: Partial<RefundOfMoney>): string => {
      const refunds = [{ amount, excess: amount, ...refund }];
      return seen(page(language, sampleView({ ...sampleViews.excess.standing, refunds })));
    };
    expect(notes({})).toContain(givenBack.onItsWay[language](money));
    expect(notes({})).not.toContain(excessKept[language](money));
    const sent = { at: Date.UTC(2026, 10, 30, 6), creditNote: 'CN-2026-27-000123', dueAgain: true };
    expect(notes({ sent })).toContain('CN-2026-27-000123');
    expect(notes({ sent })).toContain(givenBack.dueAgain[language]);
    const half = paise(amount / 2);
    expect(notes({ amount: half, excess: half })).toContain(
      excessKept[language](formatMoney(half, language)),
    );
  });

  test('credit is told, and what is left to pay; where nothing is, one button is enough', () => {
    const less = page(language, sampleViews.lessCredit);
    const left = formatMoney(paise(sampleOrder.amount - 100_000), language);
    expect(seen(less)).toContain(creditTaken[language](formatMoney(paise(100_000), language)));
    expect(buttons(less)).toEqual([payButton[language](left)]);
    const covered = page(language, sampleViews.covered);
    expect(seen(covered)).toContain(byCredit.body[language]);
    expect(seen(covered)).not.toContain(ways[language](gateways.billdesk[language]));
    expect(buttons(covered)).toEqual([byCredit.button[language]]);
    const money = formatMoney(sampleOrder.amount, language);
    expect(seen(page(language, sampleViews.paidByCredit))).toContain(ofItCredit[language](money));
    const credited = seen(page(language, sampleViews.credited));
    expect(credited).toContain(becameCredit[language](money));
    expect(credited).not.toContain(excessKept[language](money));
  });

  test('a press that shows that the sum no longer holds leads to a new link', () => {
    const html = page(language, sampleView({}, { changed: true }));
    expect(seen(html)).toContain(over.changed.body[language]);
    expect(buttons(html)).toEqual([]);
  });

  test('paid in part: says so, and where the rest is to be seen', () => {
    expect(seen(page(language, sampleViews.paidInPart))).toContain(paid.inPart[language]);
  });

  test.each(['changed', 'expired', 'cancelled'] as const)(
    '%s: a new link through WhatsApp, the number typed in',
    (name) => {
      const html = page(language, sampleViews[name]);
      expect(html).toContain('href="https://wa.me/918335999111?text=311071100571"');
      expect(seen(html)).toContain(newLink.button[language]);
      expect(buttons(html)).toEqual([]);
      expect(seen(html).includes(ifDebited[language])).toBe(name === 'cancelled');
    },
  );

  test('elsewhere: look again first, pay anyway second', () => {
    const html = page(language, sampleViews.elsewhere);
    expect(html).toContain(`<a class="button" id="look" href="/pay/Sample-Token_0001?lang=${language}">`);
    expect(buttons(html)).toEqual([elsewhere.anyway[language]]);
    expect(html).toContain('<input type="hidden" name="anyway" value="1"');
    expect(html.indexOf('id="look"')).toBeLessThan(html.indexOf('id="pay"'));
  });

  test.each(['gatewayAway', 'tryAgain'] as const)(
    '%s: nothing was charged, and the button is there',
    (name) => {
      const html = page(language, sampleViews[name]);
      expect(seen(html)).toContain(problems[name].body[language]);
      expect(buttons(html)).toHaveLength(1);
    },
  );

  test('an amount above all limits: nothing was charged, what to do instead, and no button', () => {
    const html = page(language, sampleViews.aboveLimit);
    expect(seen(html)).toContain(problems.aboveLimit.body[language]);
    expect(buttons(html)).toEqual([]);
  });

  test('the way to the gateway and an unknown link', () => {
    const onward = redirectPage(language, {
      gateway: 'billdesk',
      redirect: {
        kind: 'form',
        url: 'https://gateway.example.org/pay?a=1&b=2',
        fields: { merchantid: 'M1', rdata: '"><script>alert(1)</script>' },
      },
    });
    expect(onward).toContain(gateways.billdesk[language]);
    expect(onward).toContain('action="https://gateway.example.org/pay?a=1&amp;b=2" method="POST"');
    expect(onward).toContain('name="merchantid" value="M1"');
    expect(onward).not.toContain('alert(1)</script>');
    expect(buttons(onward)).toHaveLength(1);
    expect(payMissingPage(language, sampleFacts)).toContain('href="https://wa.me/918335999111?text=hi"');
  });
});

describe('what may change', () => {
  test.each(names)('%s asks for news only while there may be some', (name) => {
    const view = sampleViews[name];
    const live = ['atGateway', 'scanning', 'inApp', 'undecided', 'review', 'elsewhere'].includes(name);
    const stage = pageStageOf(view);
    expect(mayChange(stage)).toBe(live);
    const html = page('en', view);
    const fragment = payStatus('en', view, sampleFacts);
    for (const part of [html, fragment]) {
      expect(part.includes('data-live=')).toBe(live);
      expect(part.match(/id="state"/g)).toHaveLength(1);
    }
    expect(html.includes('<noscript><meta http-equiv="refresh" content="10"')).toBe(live);
    expect(html.includes('<script src="/assets/live-')).toBe(live);
    if (live) {
      expect(whole(fragment)).toContain(
        `data-live="/pay/Sample-Token_0001/status?lang=en&seen=${stage.kind}"`,
      );
    }
  });

  test('the fragment is what stands in the page, and brings the title', () => {
    for (const name of names) {
      const fragment = payStatus('hi', sampleViews[name], sampleFacts);
      const [, title = '', state = ''] =
        /^(<title>.*?<\/title>)(<section id="state".*<\/section>)$/.exec(fragment) ?? [];
      expect(title).not.toBe('');
      expect(page('hi', sampleViews[name])).toContain(title);
      expect(page('hi', sampleViews[name])).toContain(state);
    }
  });

  const late = { state: 'expired' } as const;
  test.each<[string, PayView, ReturnType<typeof pageStageOf>['kind']]>([
    [
      'a receipt outweighs an open attempt',
      sampleView({ state: 'paid', receipts: [sampleReceipt], attempts: [sampleAttempt('pending')] }),
      'paid',
    ],
    [
      'an order past its time may still be paid',
      sampleView({ ...late, attempts: [sampleAttempt('pending')] }),
      'undecided',
    ],
    [
      'an older attempt may be the undecided one',
      sampleView({ attempts: [sampleAttempt('pending'), sampleAttempt('failed')] }),
      'undecided',
    ],
    ['a claim that nobody understands', sampleView({ cases: [sampleCase('review')] }), 'review'],
    [
      'a gateway page that cannot be used any more',
      sampleView({ attempts: [{ ...sampleAttempt('redirected'), usableUntil: 0 }] }),
      'undecided',
    ],
    [
      'a gateway page that outlives the link',
      sampleView({ attempts: [sampleAttempt('redirected')] }, { order: { ...sampleOrder, expiresAt: 0 } }),
      'atGateway',
    ],
    [
      'an attempt that never reached the gateway',
      sampleView({ attempts: [sampleAttempt('created')] }),
      'ready',
    ],
    [
      'a link whose time is over before anybody says so',
      sampleView({}, { now: sampleOrder.expiresAt }),
      'expired',
    ],
    [
      'a warning gives way to what went wrong since',
      sampleView({}, { elsewhere: true, problem: 'gatewayAway' }),
      'ready',
    ],
    [
      'nobody else matters once the bank is asked',
      sampleView({ attempts: [sampleAttempt('pending')] }, { elsewhere: true }),
      'undecided',
    ],
  ])('%s', (_, view, stage) => {
    expect(pageStageOf(view).kind).toBe(stage);
  });
});

test('names and numbers of any kind are text and nothing else', () => {
  const evil = '<img src=x onerror=alert(1)>"\'&';
  const view = sampleView(
    {},
    {
      order: {
        ...sampleOrder,
        token: '../"><b>' as typeof sampleOrder.token,
        service: 'tradeLicence',
        account: {
          ...licence,
          number: '<b>1234</b>',
          tradeName: { en: evil },
          owner: { en: evil },
          address: { en: evil, bn: evil },
        },
      },
    },
  );
  for (const language of languages) {
    const html = page(language, view);
    expect(html).not.toContain('<img');
    expect(html).not.toContain('<b>');
    expect(seen(html)).toContain(evil);
    expect(html).toContain(`action="/pay/..%2F%22%3E%3Cb%3E?lang=${language}"`);
  }
});

test('a bill of a part of a year names its quarters', () => {
  const [due] = sampleOrder.dues;
  if (!due) throw new Error('the sample has bills');
  const order = {
    ...sampleOrder,
    dues: [{ ...due, periodFrom: '2026-07-01' as CalendarDate, periodTo: '2026-09-30' as CalendarDate }],
    amount: due.payable,
  };
  const text = seen(page('en', sampleView({}, { order })));
  expect(text).toContain('2026-27, 2nd quarter');
  // A single bill needs no total below it.
  expect(text).not.toContain('Total');
});

describe.each(languages)('the pay page of a trade licence in %s', (language) => {
  const ofLicence = (view: PayView): string => page(language, { ...view, order: sampleLicenceOrder });
  const title = {
    bn: 'ট্রেড লাইসেন্স ফি জমা দিন',
    en: 'Pay trade licence fee',
    hi: 'ट्रेड लाइसेंस शुल्क का भुगतान करें',
  };

  test('says whose licence it is, and every year with its fee and late fine', () => {
    const html = ofLicence(sampleViews.ready);
    expect(heading(html)).toBe(title[language]);
    const text = seen(html);
    for (const said of [
      { bn: 'সি\u00a0ই নম্বর', en: 'CE number', hi: 'सीई नंबर' }[language],
      '700123456789',
      language === 'bn' ? 'অন্নপূর্ণা মিষ্টান্ন ভাণ্ডার' : 'Annapurna Mishtanna Bhandar',
      { bn: 'লাইসেন্সধারী', en: 'Holder', hi: 'लाइसेंसधारी' }[language],
      language === 'bn' ? 'সু•• ঘো••' : 'S•••••• G••••••',
      ...sampleLicenceOrder.dues.map(({ periodFrom, periodTo }) =>
        formatPeriod(periodFrom, periodTo, language),
      ),
      `${{ bn: 'দেরির জরিমানা', en: 'late fine', hi: 'विलंब जुर्माना' }[language]}\u00a0${formatMoney(paise(562_50), language)}`,
      formatMoney(sampleLicenceOrder.amount, language),
    ]) {
      expect(text).toContain(said);
    }
  });

  test.each(names)('%s: nothing is said of taxes, bills or assessee numbers', (name) => {
    const text = seen(ofLicence(sampleViews[name]));
    const ofTax = {
      bn: /সম্পত্তি|বিল(?!ডেস্ক|ম্ব)|অ্যাসেসি|মালিক/,
      en: /tax|bill(?!desk)|assessee|owner/i,
      hi: /संपत्ति|बिल|असेसी|मालिक|स्वामी/,
    }[language];
    expect(text).not.toMatch(ofTax);
  });

  test('a new link is asked for with the number of the licence', () => {
    expect(ofLicence(sampleViews.expired)).toContain('text=700123456789');
  });
});

/** What stands on the buttons that send a form. */
function buttons(html: string): string[] {
  return [...html.matchAll(/<button[^>]*>(.*?)<\/button>/g)].map(([, label]) => whole(label));
}

test.each([
  ['form', 'https://pay.billdesk.com/web/v1_2/embeddedsdk', 'form-action https:;'],
  ['form', 'http://127.0.0.1:4000/billdesk/web', 'form-action https: http:;'],
  ['link', 'https://pay.example.org/i/1', "form-action 'none';"],
] as const)('the page that leads by a %s to %s lets nothing else be sent', (kind, url, directive) => {
  const redirect = kind === 'form' ? { kind, url, fields: {} } : { kind, url };
  expect(redirectPolicy(redirect)).toContain(` ${directive} `);
});

test('a gateway that gives a link is reached by a link', () => {
  const html = redirectPage('en', {
    gateway: 'billdesk',
    redirect: { kind: 'link', url: 'https://pay.example.org/i/1?a=1&b="2' },
  });
  expect(html).toContain('<a class="onward button" href="https://pay.example.org/i/1?a=1&amp;b=&quot;2">');
  expect(html).not.toContain('<form');
});

describe.each(languages)('the page of the way back in %s', (language) => {
  const back = (view: PayView) => ({ view, reference: 'ATTEMPT1', path: '/return/billdesk' });

  test.each(names)('says how it stands and nothing that others may not know: %s', (name) => {
    const view = sampleViews[name];
    const html = wayBackPage(language, back(view), sampleFacts);
    expect(html.match(/<h1>/g)).toHaveLength(1);
    expect(seen(wayBackStatus(language, back(view), sampleFacts))).toContain(heading(html));
    const stage = pageStageOf(view);
    if (mayChange(stage)) {
      expect(html).toContain(
        `data-live="/return/billdesk/status?order=ATTEMPT1&amp;lang=${language}&amp;seen=${stage.kind}"`,
      );
    } else expect(html).not.toContain('data-live');
    expect(html).toContain('href="https://wa.me/918335999111"');
    for (const secret of [view.order.token, '/pay/', view.order.account.number, sampleReceipt.number]) {
      expect(html).not.toContain(secret);
    }
    expect(seen(html)).not.toContain(formatMoney(view.order.amount, language));
    expect(seen(html)).not.toMatch(/undefined|null|\[object/);
  });

  test('tells a browser that comes without an order what the address is for', () => {
    expect(seen(wayBackNothing(language, 'billdesk', sampleFacts))).toContain('BillDesk');
  });
});
