/** What a conversation remembers of a citizen beyond its own life. */
import { recordConsent, setLanguage, type Consent } from '../database/citizens.ts';
import type { Database } from '../database/connection.ts';
import type { CitizenId } from '../domain/citizen.ts';
import type { Language } from '../domain/language.ts';

interface CitizenActivities {
  setLanguage(choice: { readonly citizenId: CitizenId; readonly language: Language }): Promise<void>;
  recordConsent(consent: Consent): Promise<void>;
}

export function createCitizenActivities({ db }: { readonly db: Database }): CitizenActivities {
  return {
    setLanguage: ({ citizenId, language }) => setLanguage(db, citizenId, language),
    recordConsent: (consent) => recordConsent(db, consent),
  };
}
