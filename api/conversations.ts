/** Conversations, as the API sees them: their workflows are begun, and handed what citizens sent. */
import type { Client } from '@temporalio/client';
import type { Database } from '../database/connection.ts';
import { readOpening } from '../database/outbox.ts';
import type { CitizenId } from '../domain/citizen.ts';
import type { InboundMessage } from '../domain/conversation/inbound.ts';
import { conversationLimits } from '../domain/conversation/limits.ts';
import { hearMessage } from '../domain/conversation/hear.ts';
import type { Listen } from '../domain/conversation/understanding/understand.ts';
import { defaultLanguage } from '../domain/language.ts';
import { receiveMessagesSignal } from '../workflows/conversation/messages.ts';
import { searchAttributes } from '../workflows/search-attributes.ts';
import { signalEntity } from './entities.ts';

interface ConversationsOptions {
  readonly db: Database;
  readonly temporal: Client;
  /** What a text sounds like (hearing/ear.ts). */
  readonly listen: Listen;
  /** CONVERSATION_QUIET and CONVERSATION_WINDOW, in milliseconds. */
  readonly quietMs: number;
  readonly windowMs: number;
}

export interface Conversations {
  /** Hands the conversation of a citizen what they sent, oldest first, with what it can mean; begins it when there is none. */
  readonly tell: (citizen: CitizenId, messages: readonly InboundMessage[]) => Promise<void>;
}

export function createConversations(options: ConversationsOptions): Conversations {
  const { db, temporal, listen, quietMs, windowMs } = options;
  return {
    async tell(citizenId, messages) {
      const { language, optedOut } = await readOpening(db, citizenId);
      const heard = await Promise.all(messages.map((message) => hearMessage(message, listen)));
      await signalEntity(temporal, 'conversation', citizenId, {
        beginning: {
          args: [
            {
              citizenId,
              language: language ?? defaultLanguage,
              ...(language === null && { isFirstContact: true }),
              optedOut,
              quietMs,
              windowMs,
              limits: conversationLimits,
            },
          ],
          attributes: [
            { key: searchAttributes.citizenId, value: citizenId },
            { key: searchAttributes.needsAttention, value: false },
          ],
          summary: 'WhatsApp conversation with a citizen',
          details:
            'Waits for messages and answers each with one. Ends after 24 hours of silence. The current details say where it stands.',
        },
        signal: receiveMessagesSignal,
        args: [{ messages: heard }],
      });
    },
  };
}
