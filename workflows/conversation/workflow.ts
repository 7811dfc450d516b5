/**
 * A citizen's conversation: from their first message until 24 hours of silence. It waits for messages, finds out what
 * the citizen needs, and runs the script of that service.
 */
import {
  allHandlersFinished,
  condition,
  isCancellation,
  makeContinueAsNewFunc,
  proxyLocalActivities,
  setCurrentDetails,
  setHandler,
  TemporalFailure,
} from '@temporalio/workflow';
import type { createCitizenActivities } from '../../activities/citizens.ts';
import {
  accountKinds,
  isPaidService,
  kindPaidIn,
  serviceOf,
  type AccountKind,
  type AccountNumber,
  type PaidService,
} from '../../domain/accounts/kinds.ts';
import { textOf, type HeardMessage } from '../../domain/conversation/inbound.ts';
import type { BareNumber, GlobalWord, Meaning } from '../../domain/conversation/meaning.ts';
import { languages, type Language } from '../../domain/language.ts';
import type { NoteKey, OfferedChoice, Reply } from '../../domain/reply.ts';
import { services, type Service } from '../../domain/services.ts';
import { about } from './about.ts';
import { noteOf } from './account-number.ts';
import { bareNumber } from './bare-number.ts';
import { createChat, Interrupted, noteFor, offeredChoice, WentQuiet, type Answer } from './chat.ts';
import { errandFor, type Errand } from './errand.ts';
import { createInbox } from './inbox.ts';
import {
  conversationQuery,
  receiveMessagesSignal,
  type ConversationInput,
  type ConversationView,
} from './messages.ts';
import { payDues, type Script } from './pay-dues.ts';
import { propertyTax } from './property-tax.ts';
import { receipts } from './receipts.ts';
import { awaitRecords } from './records-back.ts';
import { renewal } from './renewal.ts';
import { beginState, takeIn, type AwaitedAccount, type ConversationState } from './state.ts';
import { tradeLicence } from './trade-licence.ts';

/** The services about bills, as they are where a kind of account has nothing of its own. */
const payingScripts = Object.fromEntries(
  accountKinds.map((kind) => [serviceOf[kind], payDues(kind)]),
) as Readonly<Record<PaidService, Script>>;

const scripts: Readonly<Record<Service, Script>> = {
  ...payingScripts,
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
  const state = beginState(input, Date.now());
  setHandler(receiveMessagesSignal, ({ messages }) => takeIn(state, messages), {
    description: 'What the citizen sent, oldest first',
  });
  setHandler(conversationQuery, () => view(state), { description: 'Where the conversation stands' });
  const inbox = createInbox(state, handOn);
  const chat = createChat({ citizenId, state, inbox, quietMs, windowMs });
  const steps: Readonly<Record<Errand['task'], Script>> = {
    ...scripts,
    bareNumber,
    async language() {
      await speak(await chat.choose({ key: 'chooseLanguage' }, languageChoices(languages), hearLanguage));
      return undefined;
    },
  };
  for (const account of state.awaited) awaitRecords(state, account);

  const { errand: half } = state;
  // Not before the citizen writes: a new version of the code wakes many conversations, and each would look up again.
  if (half && (await inbox.arrival(half.earlier?.asked?.silenceMs ?? quietMs)))
    await finish(() => goOn(half));
  state.errand = undefined;
  for (;;) {
    state.inbox.unshift(...state.later.splice(0));
    setCurrentDetails(details(state));
    const message = await chat.hear(windowMs);
    if (!message) return; // Silent for a day, and nothing waits at this very moment.
    await finish(() => turn(message));
  }

  async function handOn(): Promise<never> {
    await condition(allHandlersFinished);
    // The next run may begin with newer code than this one.
    const go = makeContinueAsNewFunc<typeof conversation>({ initialVersioningBehavior: 'AUTO_UPGRADE' });
    return go({ ...input, carried: state });
  }

  /** Does something for the citizen to its end. What interrupts it is done instead. */
  async function finish(work: () => Promise<void>): Promise<void> {
    for (let next = work; ;) {
      try {
        await next();
        return;
      } catch (error) {
        if (error instanceof WentQuiet) return;
        if (error instanceof TemporalFailure && !isCancellation(error)) {
          // An activity gave up (a local one throws its failure bare). Silence is no answer, nor is the end.
          await chat.say({ key: 'tryAgainLater' });
          return;
        }
        if (!(error instanceof Interrupted)) throw error;
        const { by } = error;
        next = () => turn(by);
      } finally {
        state.errand = undefined;
      }
    }
  }

  async function turn(message: HeardMessage): Promise<void> {
    const { content } = message;
    if (content.kind === 'recordsBack') return serve(promised(content));
    const request = requestIn(message, state);
    switch (request.kind) {
      case 'errand':
        return serve(request.errand);
      case 'language':
        return speak(request.language);
      case 'unclear':
        return menu(request.note);
      case 'word':
        return follow(request.word, message);
    }
  }

  /** Does an errand, and those to which it leads. */
  async function serve(first: Errand): Promise<void> {
    for (let next: Errand | undefined = first; next;) {
      state.errand = { ...next, answers: [] };
      next = await step(next);
    }
  }

  async function goOn(errand: Errand): Promise<void> {
    const next = await step(errand);
    if (next) await serve(next);
  }

  async function step({ task, opening = {} }: Errand): Promise<Errand | undefined> {
    if (isService(task)) state.service = task;
    setCurrentDetails(details(state));
    return steps[task](chat, opening);
  }

  async function follow(word: GlobalWord, message: HeardMessage): Promise<void> {
    switch (word) {
      case 'menu':
      case 'back':
        return menu();
      case 'help':
        return withMenu({ key: word });
      case 'status':
        return serve({ task: 'receipts' });
      case 'language':
        return serve({ task: 'language' });
      case 'start':
        if (!state.optedOut) return menu();
        await consent(true, message);
        return withMenu({ key: 'started' });
      case 'stop':
        await consent(false, message);
        return chat.say({ key: 'stopped' });
    }
  }

  async function speak(language: Language): Promise<void> {
    state.language = language;
    await citizens.setLanguage({ citizenId, language });
    await menu('languageSet');
  }

  async function consent(granted: boolean, message: HeardMessage): Promise<void> {
    state.optedOut = !granted;
    const words = textOf(message.content) ?? '';
    await citizens.recordConsent({ citizenId, granted, words, wamid: message.wamid });
  }

  function menu(note?: NoteKey): Promise<void> {
    return withMenu({ key: 'menu', note, params: { isFirst: state.replies === 0 } });
  }

  async function withMenu(reply: Reply): Promise<void> {
    const others = languages.filter((language) => language !== state.language);
    await chat.say({ ...reply, choices: [...serviceChoices, ...languageChoices(others)] });
  }
}

const serviceChoices = services.map((service) => ({ id: service, label: service }) satisfies OfferedChoice);

function languageChoices(offered: readonly Language[]): OfferedChoice<Language>[] {
  return offered.map((language) => ({ id: language, label: `language.${language}` }));
}

type Request =
  | { readonly kind: 'errand'; readonly errand: Errand }
  | { readonly kind: 'language'; readonly language: Language }
  | { readonly kind: 'word'; readonly word: GlobalWord }
  | { readonly kind: 'unclear'; readonly note: NoteKey };

/** What a message at the top of the conversation asks for: a choice we offered, or words. */
function requestIn(message: HeardMessage, state: ConversationState): Request {
  const { content, meaning = {} } = message;
  const choice = offeredChoice(message, state);
  const language = languages.find((known) => known === choice) ?? meaning.language;
  const task = services.find((known) => known === choice);
  if (task) return { kind: 'errand', errand: { task } };
  if (language) return { kind: 'language', language };
  if (meaning.word) return { kind: 'word', word: meaning.word };
  if (content.kind === 'text' && meaning.bareNumber)
    return { kind: 'errand', errand: errandWith(meaning.bareNumber, meaning.service) };
  return meaning.service
    ? { kind: 'errand', errand: { task: meaning.service } }
    : { kind: 'unclear', note: noteFor(content) };
}

/** A number goes straight to its dues, or to the service that is named beside it. */
function errandWith(number: BareNumber, named: Service | undefined): Errand {
  const kind = named && kindIn(named);
  if (named === undefined || kind === undefined)
    return { task: 'bareNumber', opening: { bareNumber: number } };
  if (!number.kinds.includes(kind)) return { task: named, opening: { note: noteOf(number, kind) } };
  return { task: named, opening: { account: { kind, number: number.number as AccountNumber } } };
}

/** The kind of account that a service is about, if any. */
function kindIn(service: Service): AccountKind | undefined {
  if (service === 'renewal') return 'licence';
  return isPaidService(service) ? kindPaidIn[service] : undefined;
}

/** The dues of a number, when the records answer again. */
function promised({ kinds, number }: AwaitedAccount): Errand {
  const [kind, other] = kinds;
  return kind === undefined || other !== undefined
    ? { task: 'bareNumber', opening: { bareNumber: { kinds, number, problems: {} }, promised: true } }
    : errandFor({ kind, number: number as AccountNumber }, { promised: true });
}

function hearLanguage({ language }: Meaning): Answer<Language> {
  return language ? { is: language } : { unclear: 'notUnderstood' };
}

function isService(task: Errand['task']): task is Service {
  return services.some((service) => service === task);
}

/** The service under way, or `menu`. */
function doing({ errand }: ConversationState): string {
  return errand && isService(errand.task) ? errand.task : 'menu';
}

function view(state: ConversationState): ConversationView {
  const { language, inbox, replies } = state;
  return { language, doing: doing(state), waiting: inbox.length, replies };
}

/** What an operator reads in the Web UI. */
function details(state: ConversationState): string {
  const service = doing(state);
  const where = service === 'menu' ? 'At the menu' : `In the service **${service}**`;
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
