/**
 * A citizen's conversation: from their first message until 24 hours of silence. It waits for messages, finds out what
 * the citizen needs, and runs the script of that service.
 */
import {
  allHandlersFinished,
  condition,
  continueAsNew,
  isCancellation,
  proxyLocalActivities,
  setCurrentDetails,
  setHandler,
  TemporalFailure,
  workflowInfo,
} from '@temporalio/workflow';
import type { createCitizenActivities } from '../../activities/citizens.ts';
import type { AssesseeNumber } from '../../domain/assessee-number.ts';
import type { CeNumber } from '../../domain/ce-number.ts';
import { expectsAnswer, type InboundMessage } from '../../domain/inbound.ts';
import { languages, type Language } from '../../domain/language.ts';
import type { NoteKey, OfferedChoice, PlainReplyKey } from '../../domain/reply.ts';
import { requestedService, services, type Service } from '../../domain/services.ts';
import { globalWord, namedLanguage, normalise, type GlobalWord } from '../../domain/words.ts';
import { about } from './about.ts';
import { bareNumberIn, whatNumberIs, type BareNumber } from './bare-number.ts';
import {
  createChat,
  Interrupted,
  noteFor,
  offeredChoice,
  textOf,
  WentQuiet,
  type Answer,
  type Chat,
} from './chat.ts';
import { createInbox } from './inbox.ts';
import {
  conversationQuery,
  receiveMessagesSignal,
  type ConversationInput,
  type ConversationView,
} from './messages.ts';
import type { Opening } from './opening.ts';
import { propertyTax } from './property-tax.ts';
import { receipts } from './receipts.ts';
import { awaitRecords } from './records-back.ts';
import { renewal } from './renewal.ts';
import { beginState, takeIn, useAllowance, type ConversationState } from './state.ts';
import { tradeLicence } from './trade-licence.ts';

const scripts: Readonly<Record<Service, (chat: Chat, opening: Opening) => Promise<void>>> = {
  propertyTax,
  tradeLicence,
  renewal,
  receipts,
  about,
};

const citizens = proxyLocalActivities<ReturnType<typeof createCitizenActivities>>({
  startToCloseTimeout: '5 seconds',
});

export async function conversation(input: ConversationInput): Promise<void> {
  const { citizenId, quietMs, windowMs } = input;
  const state = input.carried ?? beginState(input, Date.now());
  setHandler(receiveMessagesSignal, ({ messages }) => takeIn(state, messages), {
    description: 'What the citizen sent, oldest first',
  });
  setHandler(conversationQuery, () => view(state), { description: 'Where the conversation stands' });
  const inbox = createInbox(state, Math.min(quietMs, windowMs));
  const chat = createChat({ citizenId, state, inbox, quietMs });
  for (const account of state.awaited) awaitRecords(state, account);

  for (;;) {
    setCurrentDetails(details(state));
    const message = await inbox.next(windowMs);
    if (!message) return; // Silent for a day, and nothing waits at this very moment.
    await answer(message);
    state.inbox.unshift(...state.later.splice(0));
    if (workflowInfo().continueAsNewSuggested) {
      await condition(allHandlersFinished);
      await continueAsNew<typeof conversation>({ ...input, carried: state });
    }
  }

  /** Answers one message. A service that is interrupted hands its message back to be answered here. */
  async function answer(first: InboundMessage): Promise<void> {
    let message = first;
    for (;;) {
      try {
        await turn(message);
        return;
      } catch (error) {
        if (error instanceof WentQuiet) return;
        if (error instanceof TemporalFailure && !isCancellation(error)) {
          // An activity gave up (a local one throws its failure bare). Silence is no answer, nor is the end.
          await chat.say({ key: 'tryAgainLater' });
          return;
        }
        if (!(error instanceof Interrupted)) throw error;
        message = error.by;
      } finally {
        state.doing = 'menu';
      }
    }
  }

  async function turn(message: InboundMessage): Promise<void> {
    if (message.content.kind === 'undelivered') await chat.repeat(message.content.messageId);
    if (message.content.kind === 'recordsBack') {
      const { account, number } = message.content;
      const bare = account === 'any' ? bareNumberIn(number) : undefined;
      if (bare) await serveNumber(bare, true);
      else if (account === 'licence')
        await serve('tradeLicence', { licence: number as CeNumber, promised: true });
      else await serve('propertyTax', { number: number as AssesseeNumber, promised: true });
    }
    if (!expectsAnswer(message.content)) return;
    const allowed = useAllowance(state, Date.now());
    if (allowed === 'slowDown') await chat.say({ key: 'slowDown' });
    if (allowed === 'answer') await doWhatIsAsked(message);
  }

  async function doWhatIsAsked(message: InboundMessage): Promise<void> {
    const request = understand(message, state);
    switch (request.for) {
      case 'service':
        return serve(request.service, request.opening);
      case 'number':
        return serveNumber(request.number);
      case 'language':
        return speak(request.language);
      case 'unclear':
        return menu('menu', request.note);
      case 'word':
        return follow(request.word, message);
    }
  }

  async function serve(service: Service, opening: Opening = {}): Promise<void> {
    state.doing = service;
    state.service = service;
    setCurrentDetails(details(state));
    await scripts[service](chat, opening);
  }

  /** A bare number goes straight to its dues. */
  async function serveNumber(number: BareNumber, promised = false): Promise<void> {
    const { property } = number.openings;
    if (input.knowsLicences !== true) return serve('propertyTax', property ?? { note: number.note });
    const wanted = await whatNumberIs(chat, number, promised);
    if (wanted) await serve(wanted.service, wanted.opening);
  }

  async function follow(word: GlobalWord, message: InboundMessage): Promise<void> {
    switch (word) {
      case 'menu':
      case 'back':
        return menu('menu');
      case 'help':
        return menu(word);
      case 'status':
        return serve('receipts');
      case 'language':
        return speak(await chat.choose({ key: 'chooseLanguage' }, languageChoices(languages), hearLanguage));
      case 'start':
        if (!state.optedOut) return menu('menu');
        await consent(true, message);
        return menu('started');
      case 'stop':
        await consent(false, message);
        return chat.say({ key: 'stopped' });
    }
  }

  async function speak(language: Language): Promise<void> {
    state.language = language;
    await citizens.setLanguage({ citizenId, language });
    await menu('menu', 'languageSet');
  }

  async function consent(granted: boolean, message: InboundMessage): Promise<void> {
    state.optedOut = !granted;
    const words = textOf(message.content) ?? '';
    await citizens.recordConsent({ citizenId, granted, words, wamid: message.wamid });
  }

  async function menu(key: PlainReplyKey, note?: NoteKey): Promise<void> {
    const others = languages.filter((language) => language !== state.language);
    await chat.say({ key, note, choices: [...serviceChoices, ...languageChoices(others)] });
  }
}

const serviceChoices = services.map((service) => ({ id: service, label: service }) satisfies OfferedChoice);

function languageChoices(offered: readonly Language[]): OfferedChoice<Language>[] {
  return offered.map((language) => ({ id: language, label: `language.${language}` }));
}

type Request =
  | { readonly for: 'service'; readonly service: Service; readonly opening?: Opening }
  | { readonly for: 'number'; readonly number: BareNumber }
  | { readonly for: 'language'; readonly language: Language }
  | { readonly for: 'word'; readonly word: GlobalWord }
  | { readonly for: 'unclear'; readonly note: NoteKey };

/** What a message at the top of the conversation asks for: a choice we offered, or words. */
function understand({ content }: InboundMessage, state: ConversationState): Request {
  const choice = offeredChoice(content, state);
  const text = textOf(content) ?? '';
  const language = languages.find((known) => known === choice) ?? namedLanguage(text);
  const service = services.find((known) => known === choice);
  // Templates of earlier years carry their wish in the payload.
  const word =
    globalWord(text) ?? (content.kind === 'quickReply' ? globalWord(normalise(content.payload)) : undefined);
  if (service) return { for: 'service', service };
  if (language) return { for: 'language', language };
  if (word) return { for: 'word', word };
  const spoken = requestedService(text);
  const number = content.kind === 'text' ? bareNumberIn(text) : undefined;
  if (number) return numberFor(number, spoken);
  return spoken ? { for: 'service', service: spoken } : { for: 'unclear', note: noteFor(content) };
}

/** A number with a word of what it is, or without. */
function numberFor(number: BareNumber, spoken: Service | undefined): Request {
  const { property, licence } = number.openings;
  if (spoken === 'propertyTax') {
    return { for: 'service', service: spoken, opening: property ?? { note: number.note } };
  }
  if (spoken === 'tradeLicence' || spoken === 'renewal') {
    return { for: 'service', service: spoken, opening: licence };
  }
  return { for: 'number', number };
}

function hearLanguage(text: string): Answer<Language> {
  const is = namedLanguage(text);
  return is ? { is } : { unclear: 'notUnderstood' };
}

function view({ language, doing, inbox, replies }: ConversationState): ConversationView {
  return { language, doing, waiting: inbox.length, replies };
}

/** What an operator reads in the Web UI. */
function details(state: ConversationState): string {
  const where = state.doing === 'menu' ? 'At the menu' : `In the service **${state.doing}**`;
  return [
    `${where}, waiting for the citizen. Language \`${state.language}\`, ${state.replies} replies.`,
    state.optedOut ? 'The citizen asked not to be written to first.' : '',
    state.needsAttention
      ? '**A reply could not be sent.** Look at the failed activity for the reason; when it is mended, the citizen is answered as soon as they write again.'
      : '',
  ]
    .filter((line) => line !== '')
    .join('\n\n');
}
