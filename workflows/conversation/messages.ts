/** How the world talks to a conversation: its input, its signal, its query. */
import { defineQuery, defineSignal } from '@temporalio/workflow';
import type { CitizenId } from '../../domain/citizen.ts';
import type { InboundMessage } from '../../domain/inbound.ts';
import type { Language } from '../../domain/language.ts';
import type { ConversationState } from './state.ts';

export interface ConversationInput {
  readonly citizenId: CitizenId;
  /** As it was when the conversation began. */
  readonly language: Language;
  readonly optedOut: boolean;
  /** Silence in milliseconds after which a half-done service is left. */
  readonly quietMs: number;
  /** Silence in milliseconds after which the conversation ends: WhatsApp's customer-service window. */
  readonly windowMs: number;
  /** Missing in conversations that began before there were licences: there, every number is an assessee number. */
  readonly knowsLicences?: true;
  /** What an earlier run of the same conversation hands on. */
  readonly carried?: ConversationState;
}

/**
 * What the citizen sent, oldest first. A signal and not an update, because the webhook is answered before a worker
 * has to be there; the same message may come twice.
 */
export const receiveMessagesSignal =
  defineSignal<[{ readonly messages: readonly InboundMessage[] }]>('receiveMessages');

/** Where the conversation stands. */
export const conversationQuery = defineQuery<ConversationView>('conversation');

export interface ConversationView {
  readonly language: Language;
  readonly doing: string;
  readonly waiting: number;
  readonly replies: number;
}
