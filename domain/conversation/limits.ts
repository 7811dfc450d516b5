/** Numbers by which a conversation decides what to do. */

/**
 * A conversation is given them when it begins and keeps them to its end: workflow code that read them from here would
 * replay differently on the day on which one changes.
 */
export interface ConversationLimits {
  /** Answers that a citizen gets in a burst. */
  readonly burst: number;
  /** Milliseconds after which one more answer may be had. */
  readonly refillMs: number;
  /** Whoever used up all answers is heard again when so many have come back. */
  readonly heardAgainAt: number;
  /** Ids of messages that are remembered, to know a repetition. */
  readonly rememberedIds: number;
  /** Choices in one message. */
  readonly choices: number;
}

export const conversationLimits: ConversationLimits = {
  // WhatsApp lets us answer one citizen 45 times in a burst and then once in six seconds; this stays below.
  burst: 30,
  refillMs: 6_000,
  heardAgainAt: 5,
  // Longer than any retry of one webhook within a conversation, short enough to carry along.
  rememberedIds: 200,
  // As many rows as a list of WhatsApp's has.
  choices: 10,
};
