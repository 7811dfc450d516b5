/** What a conversation remembers of a citizen beyond its own life. */
import { recordConsent, setLanguage, type Consent } from '../database/citizens.ts';
import { openCase } from '../database/cases.ts';
import type { Database } from '../database/connection.ts';
import type { CitizenId } from '../domain/citizen.ts';
import type { Language } from '../domain/language.ts';

interface CitizenActivities {
  setLanguage(choice: { readonly citizenId: CitizenId; readonly language: Language }): Promise<void>;
  /** @returns whether they want no messages now: a later word of theirs may have come before */
  recordConsent(consent: Consent): Promise<{ readonly optedOut: boolean }>;
  /** Calls a person for a citizen; the same message twice calls once. */
  askForPerson(request: { readonly citizenId: CitizenId; readonly wamid: string }): Promise<void>;
}

export function createCitizenActivities({ db }: { readonly db: Database }): CitizenActivities {
  return {
    setLanguage: ({ citizenId, language }) => setLanguage(db, citizenId, language),
    recordConsent: (consent) => recordConsent(db, consent),
    async askForPerson({ citizenId, wamid }) {
      await openCase(db, {
        kind: 'personWanted',
        fact: wamid,
        subject: 'conversation',
        subjectId: citizenId,
        reason: 'asked',
      });
    },
  };
}
