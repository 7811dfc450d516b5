/** The three languages of the service. Bengali is the one a new citizen is greeted in. */
export const languages = ['bn', 'en', 'hi'] as const;
export type Language = (typeof languages)[number];
export const defaultLanguage: Language = 'bn';

/** A text that exists in every language: leaving one out does not compile. */
export type InEveryLanguage<T> = Readonly<Record<Language, T>>;
