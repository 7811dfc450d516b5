/** What record.ts plays of trade licences: in the chat, and from the application to the certificate. */
import { randomUUID } from 'node:crypto';
import { ApplicationFailure } from '@temporalio/common';
import type { CitizenId } from '../../domain/citizen.ts';
import type { CaseId } from '../../domain/people/case.ts';
import { waitFor } from '../../sandbox/wait.ts';
import type { Conversations, TestCitizen } from '../support/conversations.ts';
import { applyForTerm, feeOf, offerOf, term } from '../support/licence-offers.ts';
import { payment, renewed, type Renewals, type TestRenewal } from '../support/renewals.ts';
import { sampleDues } from '../support/sample-replies.ts';

const shop = '2001234567';
const both = '311071100571';

/** A town that knows some licences, as long as its records are there. */
function openShops(town: Conversations, isAway: () => boolean = () => false): void {
  town.licence = (number) => {
    if (isAway()) return Promise.resolve({ found: 'unavailable' });
    return Promise.resolve([shop, both].includes(number) ? offerOf(number) : { found: 'unknown' });
  };
  town.fee = (offer) => Promise.resolve(feeOf(offer));
  town.apply = applyForTerm;
}

export const licenceConversations: Readonly<Record<string, (town: Conversations) => Promise<TestCitizen>>> = {
  async 'licence-fee'(town) {
    let away = true;
    openShops(town, () => away);
    const citizen = town.citizen();
    await citizen.tap(await citizen.say('hi'), 'tradeLicence');
    await citizen.say('7001');
    await citizen.say(shop);
    away = false;
    await waitFor('the promised answer', () => citizen.heard.length === 5, { timeoutMs: 30_000 });
    await citizen.tap(await citizen.say('licence'), shop);
    await citizen.say('70099999');
    await citizen.say('menu');
    return citizen;
  },

  async 'licence-renewal'(town) {
    openShops(town);
    const citizen = town.citizen();
    await citizen.say(shop);
    await citizen.tap(await citizen.say('নবীকরণ'), 'changed');
    await citizen.say('৩');
    await citizen.tap(await citizen.say(`renew ${shop}`), 'unchanged');
    await citizen.show({ kind: 'audio', mediaId: '1', mimeType: 'audio/ogg', voice: true });
    await citizen.say('3');
    const renewability = { may: 'not', because: 'renewed', opensOn: term.until } as const;
    const { certificate } = renewed();
    town.licence = (number) =>
      Promise.resolve(offerOf(number, { renewability, certificate: certificate.number }));
    await citizen.tap(await citizen.say(`renew ${shop}`), 'certificate');
    return citizen;
  },

  async 'continued-in-a-question'(town) {
    openShops(town);
    const citizen = town.citizen();
    await citizen.tap(await citizen.say('hi'), 'renewal');
    const question = await citizen.tap(await citizen.say(shop), 'unchanged');
    const { runId } = await citizen.handle.describe();
    while ((await citizen.handle.describe()).runId === runId)
      await citizen.send({ kind: 'reaction', wamid: 'wamid.x', emoji: '👍' });
    await citizen.tap(question, '3');
    return citizen;
  },

  async 'bare-number-of-both'(town) {
    let away = true;
    openShops(town, () => away);
    const dues = sampleDues(1);
    town.lookUp = () => Promise.resolve(away ? { found: 'unavailable' } : { found: 'dues', dues });
    const citizen = town.citizen();
    await citizen.say(both);
    away = false;
    await waitFor('the promised question', () => citizen.heard.length === 2, { timeoutMs: 30_000 });
    await citizen.tap(citizen.heard[1], 'tradeLicence');
    await citizen.tap(await citizen.say(both), 'propertyTax');
    town.lookUp = () => Promise.resolve({ found: 'unknown' });
    await citizen.tap(await citizen.say('311071100999'), 'tradeLicence');
    return citizen;
  },
};

/** An application that an officer has to decide about. */
const waiting = {
  state: 'awaitingApproval',
  payment: undefined,
  cases: [{ id: '1' as CaseId, kind: 'licenceApproval', fact: 'an application' }],
} as const;

export const renewals: Readonly<Record<string, (town: Renewals) => Promise<TestRenewal>>> = {
  async 'approved-and-paid'(town) {
    const renewal = town.renewal(waiting);
    await renewal.news();
    await waitFor('the officer', async () => (await renewal.attribute('NeedsAttention')) === true);
    await renewal.news({ state: 'awaitingPayment', approved: true, payment: payment(), cases: [] });
    await waitFor('the word about it', () => renewal.heard.length === 1);
    await renewal.news(renewed());
    await renewal.handle.result();
    return renewal;
  },

  async 'reminded-and-lapsed'(town) {
    const renewal = town.renewal({ payment: payment(Date.now() + 2_000), paying: true }, { reminderMs: 500 });
    await renewal.news();
    await waitFor('the end of its time', () => renewal.calls.includes('lapseRenewal'));
    const again = { application: randomUUID(), appliedAt: Date.now(), paying: false };
    await renewal.news({ ...again, payment: payment(Date.now() + 2_000) });
    await renewal.handle.result();
    return renewal;
  },

  async 'sent-back'(town) {
    const renewal = town.renewal(waiting);
    await renewal.news();
    await waitFor('the officer', async () => (await renewal.attribute('NeedsAttention')) === true);
    await renewal.news({ state: 'sentBack', reason: 'a recording', cases: [] });
    await renewal.handle.result();
    return renewal;
  },

  async 'held-and-extended'(town) {
    const renewal = town.renewal();
    const held = { id: '2' as CaseId, kind: 'notExtended', fact: 'a payment' } as const;
    await renewal.news({ state: 'held', payment: undefined, cases: [held] });
    await waitFor('the officer', async () => (await renewal.attribute('NeedsAttention')) === true);
    await renewal.news({ ...renewed(), cases: [] });
    await renewal.handle.result();
    return renewal;
  },

  async outdone(town) {
    const other = {
      application: randomUUID(),
      citizenId: randomUUID() as CitizenId,
      language: 'en',
      because: 'paid',
    } as const;
    const renewal = town.renewal({ ...renewed(), outdone: [other] });
    await renewal.news();
    await renewal.handle.result();
    return renewal;
  },

  async 'words-first-and-not-told'(town) {
    const renewal = town.renewal(renewed());
    let pdfs = 0;
    renewal.books.makePdf = () => {
      if ((pdfs += 1) > 1) return Promise.resolve();
      throw ApplicationFailure.nonRetryable('no PDF today');
    };
    renewal.books.send = () => Promise.resolve({ outcome: 'untold', reason: 'a recording' });
    await renewal.news();
    await waitFor('the operator', async () => (await renewal.attribute('NeedsAttention')) === true);
    renewal.books.send = () => Promise.resolve({ outcome: 'sent' });
    await renewal.news();
    await renewal.handle.result();
    return renewal;
  },
};
