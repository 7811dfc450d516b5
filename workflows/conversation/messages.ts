/** How the world talks to a conversation: its input, its signal, its query. */
import { defineQuery, defineSignal } from '@temporalio/workflow';
import type { CitizenId } from '../../domain/citizen.ts';
import type { HeardMessage } from '../../domain/conversation/inbound.ts';
import type { Language } from '../../domain/language.ts';
import type { ConversationBeginning } from './state.ts';

export interface ConversationInput extends ConversationBeginning {
  readonly citizenId: CitizenId;
  /** Silence in milliseconds after which a question is given up and a half-done service left. */
  readonly quietMs: number;
  /** Silence in milliseconds after which the conversation ends: WhatsApp's customer-service window. */
  readonly windowMs: number;
}

/**
 * What the citizen sent, oldest first, and what it can mean. A signal and not an update, because the webhook is answered
 * before a worker has to be there; the same message may come twice.
 */
export const receiveMessagesSignal =
  defineSignal<[{ readonly messages: readonly HeardMessage[] }]>('receiveMessages');

/** Where the conversation stands. */
export const conversationQuery = defineQuery<ConversationView>('conversation');

export interface ConversationView {
  readonly language: Language;
  readonly doing: string;
  readonly waiting: number;
  readonly replies: number;
}
