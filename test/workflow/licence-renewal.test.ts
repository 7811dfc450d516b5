/** Renewing a trade licence in the chat, on the real server: from the question to the summary with the link. */
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import type { Application } from '../../activities/renewals.ts';
import type { CertificateNumber } from '../../domain/certificate.ts';
import type { InboundContent } from '../../domain/conversation/inbound.ts';
import { licenceChanges, type ReplyKey } from '../../domain/reply.ts';
import { waitFor } from '../../sandbox/wait.ts';
import { addDays } from '../../domain/calendar.ts';
import type { ReplyMessage } from '../../activities/replies.ts';
import { startConversations, type Conversations, type TestCitizen } from '../support/conversations.ts';
import { appliedAt, applyForTerm, feeOf, link, longer, offerOf, term } from '../support/licence-offers.ts';

let town: Conversations;
/** The terms that were applied for. */
let applied: number[];

const [shop, other] = ['2001234567', '2009876543'];
const { licence } = offerOf(shop);

beforeAll(async () => {
  town = await startConversations(inject('temporalAddress'));
});
afterAll(() => town.close());
beforeEach(() => {
  applied = [];
  town.licence = (number) =>
    Promise.resolve([shop, other].includes(number) ? offerOf(number) : { found: 'unknown' });
  town.fee = (offer) => Promise.resolve(feeOf(offer));
  town.apply = (application) => {
    applied.push(application.years);
    return applyForTerm(application);
  };
  town.onCertificate = () => Promise.resolve();
});

const voice: InboundContent = { kind: 'audio', mediaId: '1', mimeType: 'audio/ogg', voice: true };

const labels = ({ reply }: ReplyMessage): unknown[] | undefined => reply.choices?.map(({ label }) => label);

/** To the question for how many years. */
async function toTheTerms(citizen: TestCitizen): Promise<ReplyMessage> {
  return citizen.tap(await citizen.say(`renew ${shop}`), 'unchanged');
}

describe('the way to the summary', () => {
  test('from "hi" is five messages: menu, number, details, term, summary with the link', async () => {
    const citizen = town.citizen();
    expect((await citizen.tap(await citizen.say('hi'), 'renewal')).reply.key).toBe('askNumber.licence');
    const question = await citizen.say('২০০১-২৩৪৫-৬৭');
    expect(question.reply).toMatchObject({ key: 'confirmLicence', params: { licence: { number: shop } } });
    expect(labels(question)).toEqual(['unchanged', 'somethingChanged', 'anotherNumber']);
    const choice = await citizen.tap(question, 'unchanged');
    expect(choice.reply.key).toBe('chooseTerm');
    expect(labels(choice)).toEqual([term, ...longer].map((each) => ({ term: each })));
    const summary = await citizen.tap(choice, '3');
    expect(summary.reply).toMatchObject({
      key: 'renewalSummary',
      params: { licence: { number: shop }, years: 3, term: { years: 3 }, ...link },
    });
    await citizen.settled();
    expect(citizen.heard).toHaveLength(5);
    expect(applied).toEqual([3]);
  });

  test.each([
    ['bn', 'নবীকরণ ২০০১২৩৪৫৬৭', 'হ্যাঁ, সব ঠিক আছে', '৩'],
    ['en', 'renew 2001234567', 'all is unchanged', '3 years'],
    ['hi', 'नवीनीकरण २००१२३४५६७', 'हाँ, सही है', '३ वर्ष'],
    ['bn', 'nobikoron 2001234567', 'thik ache', '3.'],
  ] as const)('is typed as well as tapped (%s: %s, %s, %s)', async (language, first, yes, years) => {
    const citizen = town.citizen({ language });
    expect((await citizen.say(first)).reply.key).toBe('confirmLicence');
    expect((await citizen.say(yes)).reply.key).toBe('chooseTerm');
    const summary = await citizen.say(years);
    expect(summary).toMatchObject({ language, reply: { key: 'renewalSummary', params: { years: 3 } } });
    expect(citizen.heard).toHaveLength(3);
  });

  test('takes a typed number for years, and never for a place in the list', async () => {
    const citizen = town.citizen();
    await toTheTerms(citizen);
    expect((await citizen.say('2')).reply).toMatchObject({ key: 'chooseTerm', note: 'noSuchTerm' });
    expect((await citizen.say('5')).reply).toMatchObject({ key: 'renewalSummary', params: { years: 5 } });
    expect(applied).toEqual([5]);
  });

  test('ends when another account is asked for, at any question', async () => {
    const citizen = town.citizen();
    await toTheTerms(citizen);
    expect((await citizen.say(`renew ${other}`)).reply).toMatchObject({
      key: 'confirmLicence',
      params: { licence: { number: other } },
    });
    await citizen.tap(citizen.heard.at(-1), 'changed');
    expect((await citizen.say(shop)).reply.key).toBe('dues.licence');
  });

  test('says that the licence has expired, and what kind of trade it is', async () => {
    const trade = { bn: 'মুদিখানা', en: 'Grocery', hi: 'किराना' };
    const { validUntil } = licence;
    const { renewability } = offerOf(shop);
    town.licence = (number) =>
      Promise.resolve(
        offerOf(number, {
          trade,
          ...(renewability.may === 'renew' && { renewability: { ...renewability, expiredOn: validUntil } }),
        }),
      );
    expect((await town.citizen().say(`renew ${shop}`)).reply).toMatchObject({
      params: { trade, expiredOn: validUntil },
    });
  });

  test('may be begun anew with another number', async () => {
    const citizen = town.citizen();
    await citizen.say(`renew ${shop}`);
    const question = await citizen.say(other);
    expect(question.reply).toMatchObject({ key: 'confirmLicence', params: { licence: { number: other } } });
    expect((await citizen.tap(question, 'another')).reply.key).toBe('askNumber.licence');
    expect((await citizen.say('70099999')).reply.key).toBe('unknownNumber.licence');
    expect((await citizen.say(shop)).reply.key).toBe('confirmLicence');
  });

  test('is left at any time', async () => {
    const citizen = town.citizen();
    await toTheTerms(citizen);
    expect((await citizen.say('menu')).reply.key).toBe('menu');
    await toTheTerms(citizen);
    expect((await citizen.say('English')).reply).toMatchObject({ key: 'menu', note: 'languageSet' });
    expect(applied).toEqual([]);
  });
});

describe('what is no answer', () => {
  test('is asked for again with the reason, at every step', async () => {
    const citizen = town.citizen();
    await citizen.say(`renew ${shop}`);
    expect((await citizen.show(voice)).reply).toMatchObject({ key: 'confirmLicence', note: 'cannotHear' });
    const question = await citizen.say('what?');
    expect(question.reply).toMatchObject({ key: 'confirmLicence', note: 'notUnderstood' });
    await citizen.tap(question, 'unchanged');
    expect((await citizen.show(voice)).reply).toMatchObject({ key: 'chooseTerm', note: 'cannotHear' });
    expect((await citizen.say('9')).reply).toMatchObject({ key: 'chooseTerm', note: 'noSuchTerm' });
    expect((await citizen.say('as long as possible')).reply.note).toBe('notUnderstood');
    expect((await citizen.say('1')).reply).toMatchObject({ key: 'renewalSummary', params: { years: 1 } });
  });

  test('neither is a button of an earlier question', async () => {
    const citizen = town.citizen();
    const question = await citizen.say(`renew ${shop}`);
    const choice = await citizen.tap(question, 'unchanged');
    const again = await citizen.tap(question, 'changed');
    expect(again.reply).toMatchObject({ key: 'chooseTerm', note: 'staleTap' });
    expect((await citizen.tap(again, '5')).reply.key).toBe('renewalSummary');
    expect((await citizen.tap(choice, '15')).reply).toMatchObject({ key: 'menu', note: 'staleTap' });
    expect(applied).toEqual([5]);
  });
});

describe('something that has changed', () => {
  test.each(licenceChanges)('%s has an answer of its own', async (what) => {
    const citizen = town.citizen();
    const list = await citizen.tap(await citizen.say(`renew ${shop}`), 'changed');
    expect(list.reply.key).toBe('whatChanged');
    expect(labels(list)).toEqual(licenceChanges.map((change) => `change.${change}`));
    const answer = await citizen.tap(list, what);
    expect(answer.reply).toMatchObject({ key: 'licenceChange', params: { what } });
    expect(applied).toEqual([]);
  });

  test.each(['ভুল আছে', 'কিছু বদলেছে', 'no', 'the address is wrong', 'नहीं, गलत है', 'bhul'])(
    'is said as "%s", and chosen by its place',
    async (said) => {
      const citizen = town.citizen();
      await citizen.say(`renew ${shop}`);
      expect((await citizen.say(said)).reply.key).toBe('whatChanged');
      expect((await citizen.show(voice)).reply).toMatchObject({ key: 'whatChanged', note: 'cannotHear' });
      expect((await citizen.say('hmm')).reply).toMatchObject({ key: 'whatChanged', note: 'notUnderstood' });
      expect((await citizen.say('৩')).reply).toMatchObject({ params: { what: 'address' } });
    },
  );

  test.each(['no change', 'Nothing has changed.', 'কিছু বদলায়নি', 'কোনো ভুল নেই', 'कुछ नहीं बदला', 'bodlayni'])(
    'is not what "%s" says',
    async (said) => {
      const citizen = town.citizen();
      await citizen.say(`renew ${shop}`);
      expect((await citizen.say(said)).reply.key).toBe('chooseTerm');
    },
  );
});

describe('a licence that cannot be renewed', () => {
  const opensOn = addDays(licence.validUntil, -59);

  test.each([
    { because: 'closed' },
    { because: 'suspended' },
    { because: 'noFee' },
    { because: 'renewed', opensOn },
    { because: 'tooEarly', opensOn },
  ] as const)('is told why, and what comes next: $because', async (why) => {
    town.licence = (number) => Promise.resolve(offerOf(number, { renewability: { may: 'not', ...why } }));
    const citizen = town.citizen();
    const answer = await citizen.say(`renew ${shop}`);
    expect(answer.reply).toMatchObject({
      key: 'notRenewable',
      params: { licence: { number: shop }, ...why },
    });
    expect(labels(answer)).toEqual(['anotherNumber']);
    town.licence = (number) => Promise.resolve(offerOf(number));
    expect((await citizen.say(other)).reply).toMatchObject({ params: { licence: { number: other } } });
    expect(applied).toEqual([]);
  });

  test('because it was renewed here brings the certificate again, for whoever paid it', async () => {
    const certificate = 'CE-2026-27-000123' as CertificateNumber;
    const renewability = { may: 'not', because: 'renewed', opensOn } as const;
    town.licence = (number) => Promise.resolve(offerOf(number, { renewability, certificate }));
    const citizen = town.citizen();
    const answer = await citizen.say(`renew ${shop}`);
    expect(labels(answer)).toEqual(['lastCertificate', 'anotherNumber']);
    expect((await citizen.tap(answer, 'certificate')).reply).toMatchObject({
      key: 'certificate',
      params: { number: certificate, mediaId: '4', validUntil: licence.validUntil },
    });
    town.onCertificate = () => Promise.reject(new Error('no PDF today'));
    const again = await citizen.say(`renew ${shop}`);
    expect((await citizen.tap(again, 'certificate')).reply.key).toBe('certificateFailed');
    expect((await citizen.tap(await citizen.say(`renew ${shop}`), 'another')).reply.key).toBe(
      'askNumber.licence',
    );
  });
});

describe('what comes of the choice', () => {
  const until = link.expiresAt;
  const outcomes: [ReplyKey, object, Application][] = [
    ['renewalTaken', { until }, { outcome: 'taken', until, term }],
    ['renewalTaken', {}, { outcome: 'taken', term }],
    ['renewalPaying', {}, { outcome: 'paying', term }],
    ['renewalTooMany', { openAtMost: 3 }, { outcome: 'tooMany', openAtMost: 3, term }],
    ['renewalApplied', { years: 1, appliedAt }, { outcome: 'applied', appliedAt, term }],
  ];

  test.each(outcomes)('is told: %s %o', async (key, params, outcome) => {
    town.apply = () => Promise.resolve(outcome);
    const citizen = town.citizen();
    const { reply } = await citizen.tap(await toTheTerms(citizen), '1');
    expect(reply).toMatchObject({ key, params: { licence: { number: shop }, ...params } });
    expect(reply.params).not.toHaveProperty('token');
  });

  test.each<Application>([{ outcome: 'changed' }, { outcome: 'renewed', term }])(
    'is told when it cannot be had any more: %o',
    async (outcome) => {
      town.apply = () => Promise.resolve(outcome);
      const citizen = town.citizen();
      expect((await citizen.tap(await toTheTerms(citizen), '1')).reply.key).toBe('renewalChanged');
    },
  );

  test('may not be known: then the citizen is asked to try again, and can', async () => {
    const { apply } = town;
    town.apply = () => Promise.reject(new Error('the database is away'));
    const citizen = town.citizen();
    expect((await citizen.tap(await toTheTerms(citizen), '1')).reply.key).toBe('tryAgainLater');
    town.apply = apply;
    expect((await citizen.tap(await toTheTerms(citizen), '1')).reply.key).toBe('renewalSummary');
  });
});

describe('the records', () => {
  test('that are away are promised for once; the dues come by themselves, and the renewal is one word away', async () => {
    const { licence: known } = town;
    town.licence = () => Promise.resolve({ found: 'unavailable' });
    const citizen = town.citizen();
    expect((await citizen.say(`renew ${shop}`)).reply.key).toBe('recordsAway');
    town.licence = known;
    await waitFor('the promised answer', () => citizen.heard.length === 2, { timeoutMs: 30_000 });
    expect(citizen.heard[1]?.reply.key).toBe('dues.licence');
    expect((await citizen.say('নবীকরণ')).reply).toMatchObject({
      key: 'confirmLicence',
      params: { licence: { number: shop } },
    });
  });

  test('that were asked too often are not asked', async () => {
    town.licence = () => Promise.resolve({ found: 'tooMany' });
    expect((await town.citizen().say(`renew ${shop}`)).reply.key).toBe('tooManyLookUps');
  });
});

test('the choice of a term costs at most seven events, the application and the summary included', async () => {
  const citizen = town.citizen();
  const choice = await toTheTerms(citizen);
  const before = await citizen.settled();
  await citizen.tap(choice, '1');
  expect((await citizen.settled()) - before).toBeLessThanOrEqual(7);
});
