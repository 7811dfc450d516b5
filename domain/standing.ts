/** What is under way for a citizen, as they ask for it with "status". */
import type { CertificateNumber } from './certificate.ts';
import type { CalendarDate } from './calendar.ts';
import type { RecentPayment } from './payments/order.ts';
import type { RenewalState } from './renewal.ts';

export interface ApplicationStanding {
  readonly licenceNumber: string;
  readonly years: number;
  readonly state: RenewalState;
  /** Milliseconds since 1970. */
  readonly appliedAt: number;
  /** When it lapses unless it is paid; missing while an officer has it. */
  readonly expiresAt?: number;
}

export interface IssuedCertificate {
  readonly number: CertificateNumber;
  readonly licenceNumber: string;
  readonly validUntil: CalendarDate;
}

/** Something of theirs that a person looks into. */
export interface OpenMatter {
  readonly about: 'payment' | 'renewal' | 'conversation';
  /** Milliseconds since 1970. */
  readonly openedAt: number;
  readonly dueAt: number;
}

/** Latest first. */
export interface CitizenStanding {
  readonly payments: readonly RecentPayment[];
  readonly applications: readonly ApplicationStanding[];
  readonly certificates: readonly IssuedCertificate[];
  readonly matters: readonly OpenMatter[];
}
