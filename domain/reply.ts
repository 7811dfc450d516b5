/** What the bot says, before words: a workflow names the text and its values, an activity finds the words. */

/** Keys of the texts in texts/conversation.ts. Listed here so that workflows need no text to name one. */
export type ReplyKey =
  'menu' | 'help' | 'about' | 'chooseLanguage' | 'stopped' | 'started' | 'status' | 'slowDown';

/** A line that goes before the reply in the same message: why we ask again, or what was done. */
export type NoteKey =
  | 'notUnderstood'
  | 'staleTap'
  | 'languageSet'
  | 'cannotSee'
  | 'cannotHear'
  | 'cannotOpenFile'
  | 'cannotUseSticker'
  | 'cannotUseLocation'
  | 'cannotUseContact'
  | 'cannotUseThis';

/** Keys of the labels on buttons and list rows. */
export type LabelKey = 'about' | 'language.bn' | 'language.en' | 'language.hi';

export interface OfferedChoice<Id extends string = string> {
  /** Comes back in the tap. */
  readonly id: Id;
  readonly label: LabelKey;
}

export interface Reply {
  readonly key: ReplyKey;
  readonly note?: NoteKey;
  readonly params?: Readonly<Record<string, string | number>>;
  readonly choices?: readonly OfferedChoice[];
}
