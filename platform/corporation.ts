/** What the settings say about the corporation, as the texts of the chat, the pages and the documents want it. */
import type { Settings } from './settings.ts';

export const corporationSettings = [
  'CORPORATION_NUMBER',
  'CORPORATION_OFFICE',
  'CORPORATION_HOURS',
  'CORPORATION_COMPLAINTS',
  'CORPORATION_LICENCES',
  'PUBLIC_URL',
] as const;

type Facts = Pick<Settings, (typeof corporationSettings)[number]>;
type Localised = Settings['CORPORATION_OFFICE'];

export function corporationFacts(settings: Facts): {
  number: string;
  office: Localised;
  hours: Localised;
  complaints: Localised;
  licences: Localised;
  publicUrl: string;
} {
  return {
    number: settings.CORPORATION_NUMBER,
    office: settings.CORPORATION_OFFICE,
    hours: settings.CORPORATION_HOURS,
    complaints: settings.CORPORATION_COMPLAINTS,
    licences: settings.CORPORATION_LICENCES,
    publicUrl: settings.PUBLIC_URL,
  };
}
