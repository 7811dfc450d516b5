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
import type { HeardIntent, HeardNumber, Meaning } from '../../domain/conversation/meaning.ts';
import { readingOf } from '../../domain/conversation/reading.ts';
import { languages, type Language } from '../../domain/language.ts';
import type { NoteKey, OfferedChoice, Reply } from '../../domain/reply.ts';
import { paidServices, services, type Service } from '../../domain/services.ts';
import { about } from './about.ts';
import { noteOf } from './account-number.ts';
import { offersOf, wishOffered } from './ask-back.ts';
import { bareNumber } from './bare-number.ts';
import {
  askForPerson,
  createChat,
  Interrupted,
  missesBeforeHelp,
  noteFor,
  offeredChoice,
  WentQuiet,
  type Answer,
} from './chat.ts';
import { errandFor, type Errand } from './errand.ts';
import { createInbox } from './inbox.ts';
import {
  conversationQuery,
  receiveMessagesSignal,
  type ConversationInput,
  type ConversationView,
} from './messages.ts';
import { nameAs } from './nickname.ts';
import { payDues, type Script } from './pay-dues.ts';
import { propertyTax } from './property-tax.ts';
import { moneyCut, receipts, standing } from './receipts.ts';
import { records } from './ports.ts';
import { awaitRecords } from './records-back.ts';
import { renewal } from './renewal.ts';
import { errandOf, idOf, numberOffered, severalNumbers } from './several-numbers.ts';
import { beginState, isLate, takeIn, type AwaitedAccount, type ConversationState } from './state.ts';
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
    severalNumbers,
    standing,
    moneyCut,
    async payWhat() {
      const choices = paidServices.map(
        (service) => ({ id: service, label: service }) satisfies OfferedChoice,
      );
      const task = await chat.offer<PaidService, never>({ key: 'payWhat' }, choices, () => ({
        unclear: 'notUnderstood',
      }));
      return { task };
    },
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
        const isLeft = error instanceof WentQuiet || error instanceof Interrupted;
        if (isLeft && state.errand?.asked) state.left = state.errand;
        if (error instanceof WentQuiet) return;
        if (error instanceof TemporalFailure && !isCancellation(error)) {
          // An activity gave up (a local one throws its failure bare). Silence is no answer, nor is the end.
          await chat.say({ key: 'tryAgainLater' });
          return;
        }
        if (!(error instanceof Interrupted)) throw error;
        const { by } = error;
        next = () => turn(by, false);
      } finally {
        state.errand = undefined;
      }
    }
  }

  /** @param mayResume whether it may be the answer to what was left half-way */
  async function turn(message: HeardMessage, mayResume = true): Promise<void> {
    const { content } = message;
    if (content.kind === 'recordsBack') return serve(promised(content));
    await greetInTheirLanguage(message);
    const { left } = state;
    if (left && mayResume && isForWhatWasLeft(message, state)) {
      state.inbox.unshift(message);
      const { answers, asked } = left;
      state.left = undefined;
      state.tapped = undefined;
      state.errand = { task: left.task, opening: left.opening, answers: [], earlier: { answers, asked } };
      return goOn(left);
    }
    const request = requestIn(message, state);
    switch (request.kind) {
      case 'errand':
        return serve(request.errand);
      case 'language':
        return speak(request.language);
      case 'nickname':
        return nameAs(chat, request.nickname);
      case 'unclear':
        return isStuck(message) ? stuck() : menu(request.note);
      case 'wish':
        return follow(request.wish, message);
    }
  }

  /** Whoever has chosen no language yet is answered in that of their first message. */
  async function greetInTheirLanguage({ meaning }: HeardMessage): Promise<void> {
    const language = meaning?.writtenIn;
    if (!state.isFirstContact || state.replies > 0 || !language) return;
    state.language = language;
    await citizens.setLanguage({ citizenId, language });
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
    else if (task === 'standing' || task === 'moneyCut') state.service = 'receipts';
    setCurrentDetails(details(state));
    return steps[task](chat, opening);
  }

  async function follow({ intent, certainty }: HeardIntent, message: HeardMessage): Promise<void> {
    const choices = certainty === 'sure' ? [] : offersOf(message.meaning?.intents ?? []);
    if (choices.length > 0) return chat.say({ key: 'didYouMean', choices });
    switch (intent) {
      case 'greeting':
      case 'back':
        return greet();
      case 'thanks':
        return chat.react(message);
      case 'help':
        return withMenu({ key: 'help' });
      case 'pay':
        return serve({ task: 'payWhat' });
      case 'status':
        return serve({ task: 'standing' });
      case 'moneyCut':
        return serve({ task: 'moneyCut' });
      case 'complaint':
        return chat.say({ key: 'complaint', choices: [askForPerson] });
      case 'person':
        return callPerson(message);
      case 'notHere':
        return menu('notHere');
      case 'language':
        return serve({ task: 'language' });
      case 'start':
        return state.optedOut ? consent(true, message) : menu();
      case 'stop':
        return consent(false, message);
      case 'forgetNumbers':
        await records.forgetAccounts({ citizenId });
        return chat.say({ key: 'forgotten' });
      case 'statement':
      case 'chooseBills':
      case 'whereIsNumber':
        return serve({ task: 'propertyTax' });
      default:
        return serve({ task: intent });
    }
  }

  async function callPerson({ wamid }: HeardMessage): Promise<void> {
    await citizens.askForPerson({ citizenId, wamid });
    await chat.say({ key: 'personAsked' });
  }

  async function speak(language: Language): Promise<void> {
    state.language = language;
    await citizens.setLanguage({ citizenId, language });
    await menu('languageSet');
  }

  /** What the citizen said last counts, whenever it arrives: they are told what holds now. */
  async function consent(granted: boolean, { content, wamid, sentAt }: HeardMessage): Promise<void> {
    const words = textOf(content) ?? '';
    const { optedOut } = await citizens.recordConsent({ citizenId, granted, words, wamid, sentAt });
    state.optedOut = optedOut;
    return optedOut ? chat.say({ key: 'stopped' }) : withMenu({ key: 'started' });
  }

  /** The menu, with the citizen's own places and what is due on them where the records say so at once. */
  async function greet(): Promise<void> {
    const places = await records.ownPlaces({ citizenId }).catch(() => []);
    if (places.length === 0) return menu();
    const rows = places.map((own) => ({ id: idOf(own.account.number, [own.account.kind]), label: { own } }));
    const params = { isFirst: state.replies === 0, places };
    return chat.say({
      key: 'menu',
      params,
      choices: [...rows, ...serviceChoices].slice(0, chat.mostChoices),
    });
  }

  function menu(note?: NoteKey): Promise<void> {
    return withMenu({ key: 'menu', note, params: { isFirst: state.replies === 0 } });
  }

  /** Whether this is the second text in a row in which there is nothing to understand. */
  function isStuck({ content }: HeardMessage): boolean {
    return content.kind === 'text' && state.texts.senseless === missesBeforeHelp;
  }

  /** The way to a person beside the services. */
  function stuck(): Promise<void> {
    return chat.say({ key: 'stuck', choices: [...serviceChoices, askForPerson] });
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
  | { readonly kind: 'nickname'; readonly nickname: string }
  | { readonly kind: 'wish'; readonly wish: HeardIntent }
  | { readonly kind: 'unclear'; readonly note: NoteKey };

const toMenu: Request = { kind: 'wish', wish: { intent: 'greeting', certainty: 'sure' } };

/** What a message at the top of the conversation asks for: a choice we offered, or words. */
function requestIn(message: HeardMessage, state: ConversationState): Request {
  const { content, meaning = {} } = message;
  const choice = offeredChoice(message, state) ?? onlyOfferAgreedTo(message, state);
  const language = languages.find((known) => known === choice) ?? meaning.language;
  const task = services.find((known) => known === choice);
  const errand = choice === undefined ? undefined : numberOffered(choice);
  if (task) return { kind: 'errand', errand: { task } };
  if (errand) return { kind: 'errand', errand };
  const isDeclined = meaning.agreement === 'no' && !meaning.intents && state.last?.reply.key === 'didYouMean';
  if (isDeclined) return toMenu;
  const offered = wishOffered(choice);
  if (offered) return { kind: 'wish', wish: offered };
  // WhatsApp says so when somebody opens the chat for the first time, before they write.
  if (content.kind === 'unsupported' && content.type === 'request_welcome') return toMenu;
  if (meaning.nickname !== undefined) return { kind: 'nickname', nickname: meaning.nickname };
  if (language) return { kind: 'language', language };
  const { wish, numbers: [number, ...others] = [], isMistyped } = readingOf(meaning, { for: 'nothing' });
  if (number && (!wish || isBesideNumber(wish))) {
    return others.length > 0
      ? { kind: 'errand', errand: { task: 'severalNumbers', opening: { numbers: [number, ...others] } } }
      : { kind: 'errand', errand: errandWith(number, wish) };
  }
  if (isMistyped && meaning.problems && (!wish || isBesideNumber(wish))) {
    const kind = (wish && kindIn(wish.intent)) ?? 'property';
    const service = wish?.intent === 'renewal' ? 'renewal' : serviceOf[kind];
    return { kind: 'errand', errand: { task: service, opening: { note: noteOf(meaning.problems, kind) } } };
  }
  // What is not to be had here is of no use with a picture or a file: how their number gets here is.
  if (wish && !(wish.intent === 'notHere' && content.kind !== 'text')) return { kind: 'wish', wish };
  // A picture with words that mean nothing is a picture.
  return { kind: 'unclear', note: isLate(state, message) ? 'cameLate' : noteFor(content) };
}

/** Whether a number is what a wish is about, rather than one detail of it. */
/** "Yes" to the only thing that we asked back. */
function onlyOfferAgreedTo(message: HeardMessage, state: ConversationState): string | undefined {
  const { content, meaning } = message;
  const { last, offer } = state;
  const isAgreed =
    content.kind === 'text' && meaning?.agreement === 'yes' && !meaning.numbers && !isLate(state, message);
  return isAgreed && last?.reply.key === 'didYouMean' && offer?.ids.length === 1 ? offer.ids[0] : undefined;
}

function isBesideNumber({ intent }: HeardIntent): boolean {
  const beside: readonly HeardIntent['intent'][] = [
    'pay',
    'greeting',
    'thanks',
    'help',
    'statement',
    'chooseBills',
    'whereIsNumber',
  ];
  return beside.includes(intent) || kindIn(intent) !== undefined;
}

/** A number goes straight to its dues, or to the service that is named beside it. */
function errandWith(number: HeardNumber, wish: HeardIntent | undefined): Errand {
  const kind = wish && kindIn(wish.intent);
  if (kind === undefined) return errandOf(number);
  const task = wish?.intent === 'renewal' ? 'renewal' : serviceOf[kind];
  if (number.kinds.includes(kind))
    return { task, opening: { account: { kind, number: number.number as AccountNumber } } };
  // Another kind was named right beside the number.
  return number.isNamed ? errandOf(number) : { task, opening: { note: noteOf(number.problems, kind) } };
}

/** What is offered only beside something that was said before. */
const besideSomething: readonly HeardIntent['intent'][] = ['statement', 'chooseBills'];

/** Whether a message answers what was left half-way, and not yet put aside by anything newer. */
function isForWhatWasLeft(message: HeardMessage, state: ConversationState): boolean {
  const { wish, numbers } = readingOf(message.meaning ?? {}, { for: 'nothing' });
  if (wish && !numbers && besideSomething.includes(wish.intent)) return true;
  const choice = offeredChoice(message, state);
  return (
    choice !== undefined && !services.some((service) => service === choice) && choice !== askForPerson.id
  );
}

/** The kind of account that a service is about, if any. */
function kindIn(service: HeardIntent['intent']): AccountKind | undefined {
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
