/** What holds inside every question as it does at the menu: the guard against floods, and that a long one continues as new. */
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { ReplyMessage } from '../../activities/replies.ts';
import type { InboundContent } from '../../domain/conversation/inbound.ts';
import { conversationLimits } from '../../domain/conversation/limits.ts';
import type { ReplyKey } from '../../domain/reply.ts';
import { waitFor } from '../../sandbox/wait.ts';
import { conversationQuery } from '../../workflows/conversation/messages.ts';
import { startConversations, type Conversations, type TestCitizen } from '../support/conversations.ts';
import { applyForTerm, feeOf, offerOf } from '../support/licence-offers.ts';
import { sampleDues } from '../support/sample-replies.ts';

let town: Conversations;
/** How often the records were asked. */
let lookUps = 0;

const [shop, house, both] = ['2001234567', '311071100002', '311071100571'];
const dues = sampleDues(1);

beforeAll(async () => {
  town = await startConversations(inject('temporalAddress'));
  town.lookUp = ({ number }) => {
    lookUps += 1;
    if (![house, both].includes(number)) return Promise.resolve({ found: 'unknown' });
    return Promise.resolve({ found: 'dues', dues: { ...dues, account: { ...dues.account, number } } });
  };
  town.licence = (number) => {
    lookUps += 1;
    return Promise.resolve([shop, both].includes(number) ? offerOf(number) : { found: 'unknown' });
  };
  town.fee = (offer) => Promise.resolve(feeOf(offer));
  town.apply = applyForTerm;
});
afterAll(() => town.close());

/** A question: how a citizen comes to it, and what an answer to it brings. */
interface Question {
  readonly key: ReplyKey;
  readonly reach: (citizen: TestCitizen) => Promise<ReplyMessage>;
  readonly answer: (citizen: TestCitizen, question: ReplyMessage) => Promise<ReplyMessage>;
  readonly then: ReplyKey;
}

const say =
  (text: string) =>
  (citizen: TestCitizen): Promise<ReplyMessage> =>
    citizen.say(text);
const tap =
  (choice: string) =>
  (citizen: TestCitizen, question: ReplyMessage): Promise<ReplyMessage> =>
    citizen.tap(question, choice);

const questions: Question[] = [
  { key: 'chooseLanguage', reach: say('language'), answer: tap('hi'), then: 'menu' },
  { key: 'askNumber.property', reach: say('tax'), answer: say(house), then: 'dues.property' },
  {
    key: 'billPicture',
    reach: async (citizen) => citizen.tap(await citizen.say('tax'), 'whereIsIt'),
    answer: say(house),
    then: 'dues.property',
  },
  {
    key: 'chooseBills',
    reach: async (citizen) => {
      await citizen.say(house);
      return citizen.say('choose');
    },
    answer: tap('1'),
    then: 'dues.property',
  },
  { key: 'askNumber.licence', reach: say('licence'), answer: say(shop), then: 'dues.licence' },
  { key: 'confirmLicence', reach: say(`renew ${shop}`), answer: tap('unchanged'), then: 'chooseTerm' },
  {
    key: 'whatChanged',
    reach: async (citizen) => citizen.tap(await citizen.say(`renew ${shop}`), 'changed'),
    answer: tap('address'),
    then: 'licenceChange',
  },
  {
    key: 'chooseTerm',
    reach: async (citizen) => {
      await citizen.tap(await citizen.say('hi'), 'renewal');
      return citizen.tap(await citizen.say(shop), 'unchanged');
    },
    answer: tap('3'),
    then: 'renewalSummary',
  },
];

/** What may come next, which is open as a question is. */
const offers: Question[] = [
  { key: 'dues.property', reach: say(house), answer: tap('statement'), then: 'statement' },
  { key: 'whichNumber', reach: say(both), answer: tap('tradeLicence'), then: 'dues.licence' },
  { key: 'dues.licence', reach: say(shop), answer: say('renew'), then: 'confirmLicence' },
];

/** Not texts: those without sense are not answered again and again. */
const stickers = ['1', '2', '3', '4'].map((mediaId): InboundContent => ({
  kind: 'sticker',
  mediaId,
  mimeType: 'image/webp',
}));
/** Wakes a conversation and asks for no answer. */
const reaction: InboundContent = { kind: 'reaction', wamid: 'wamid.x', emoji: '👍' };

async function waitUntilQuiet(citizen: TestCitizen): Promise<void> {
  await waitFor('an empty inbox', async () => {
    const { waiting } = await citizen.handle.query(conversationQuery);
    return waiting === 0;
  });
  await citizen.settled();
}

/** Has the conversation continue as new without a word. */
async function continueAsNew(citizen: TestCitizen): Promise<void> {
  const { runId } = await citizen.handle.describe();
  // Far from enough.
  await send(citizen, 15, reaction);
  // One by one: a signal that comes beside the end of a run has the server try that end again.
  while ((await citizen.handle.describe()).runId === runId) await send(citizen, 1, reaction);
  await waitUntilQuiet(citizen);
}

/** Sends so many signals with the same in each. */
async function send(citizen: TestCitizen, times: number, ...contents: InboundContent[]): Promise<void> {
  await Promise.all(Array.from({ length: times }, () => citizen.send(...contents)));
}

describe.concurrent.each(questions)('inside the question $key', ({ key, reach }) => {
  test('300 stickers cost the allowance at most, and the conversation continues as new', async () => {
    // No answer comes back while the test runs, however slow the machine is.
    const limits = { ...conversationLimits, refillMs: 3_600_000 };
    const citizen = town.citizen({ limits });
    expect((await reach(citizen)).reply.key).toBe(key);
    for (let sent = 0; sent < 300; sent += 100) await send(citizen, 25, ...stickers);
    await waitUntilQuiet(citizen);
    expect(citizen.heard).toHaveLength(limits.burst);
    expect(citizen.heard.at(-1)?.reply.key).toBe('slowDown');
    expect(citizen.heard.slice(0, -1).at(-1)?.reply).toMatchObject({
      key,
      note: expect.any(String) as string,
    });
    expect(await citizen.runs()).toBeGreaterThan(1);
    const { reply } = await citizen.say('stop');
    expect(reply.key).toBe('stopped');
    expect(town.consents.filter(({ citizenId }) => citizenId === citizen.id)).toMatchObject([
      { granted: false },
    ]);
    expect((await citizen.say('help')).reply.key).toBe('help');
  });
});

describe.each([...questions, ...offers])('a run that begins at $key', ({ key, reach, answer, then }) => {
  test('takes the answer to what the run before it asked, and asks nothing again', async () => {
    const citizen = town.citizen();
    const question = await reach(citizen);
    expect(question.reply.key).toBe(key);
    const said = citizen.heard.length;
    const asked = lookUps;
    await continueAsNew(citizen);
    expect((await answer(citizen, question)).reply.key).toBe(then);
    await citizen.settled();
    expect(citizen.heard).toHaveLength(said + 1);
    expect(lookUps - asked).toBeLessThanOrEqual(6);
  });
});

test('an answer is carried from run to run', async () => {
  const citizen = town.citizen();
  const question = await citizen.tap(await citizen.say(`renew ${shop}`), 'unchanged');
  for (let i = 0; i < 2; i += 1) await continueAsNew(citizen);
  expect((await citizen.tap(question, '5')).reply).toMatchObject({
    key: 'renewalSummary',
    params: { years: 5 },
  });
  expect(citizen.heard).toHaveLength(3);
});

test('an answer that was promised waits for the end of a question from run to run', async () => {
  const { lookUp } = town;
  town.lookUp = () => Promise.resolve({ found: 'unavailable' });
  const citizen = town.citizen();
  expect((await citizen.say(house)).reply.key).toBe('recordsAway');
  const question = await citizen.say('language');
  town.lookUp = lookUp;
  await waitFor('the end of the waiting', async () => {
    const { raw } = await citizen.handle.describe();
    return (raw.pendingActivities ?? []).length === 0;
  });
  await continueAsNew(citizen);
  await citizen.tap(question, 'hi');
  await waitFor('the promised answer', () => citizen.heard.length === 4);
  expect(citizen.heard[3]).toMatchObject({ language: 'hi', reply: { key: 'dues.property' } });
});

test('a run that looks up something else than the run before it asks what is true now', async () => {
  const citizen = town.citizen();
  const question = await citizen.say(`renew ${shop}`);
  const { licence } = town;
  town.licence = (number) =>
    Promise.resolve(offerOf(number, { renewability: { may: 'not', because: 'suspended' } }));
  await continueAsNew(citizen);
  await citizen.tap(question, 'unchanged');
  town.licence = licence;
  expect(citizen.heard[1]?.reply).toMatchObject({ key: 'notRenewable', params: { because: 'suspended' } });
});

test('a question that an earlier run asked is given up after a while, as any other', async () => {
  const citizen = town.citizen({ quietMs: 2_000 });
  const question = await citizen.say('tax');
  await continueAsNew(citizen);
  await waitFor('the end of the service', async () => {
    const { doing } = await citizen.handle.query(conversationQuery);
    return doing === 'menu';
  });
  expect((await citizen.say('jabberwocky')).reply).toMatchObject({ key: 'menu', note: 'notUnderstood' });
  expect((await citizen.tap(question, 'whereIsIt')).reply).toMatchObject({ key: 'menu', note: 'staleTap' });
});
