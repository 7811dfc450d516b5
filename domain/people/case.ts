/** What needs a person: the kinds of cases, why they are opened, and what a person can decide about each. */
import type { Role } from './role.ts';

/** Opaque; stands in workflow details and logs. */
export type CaseId = string & { readonly brand: 'CaseId' };

/** What a case is about. */
export type CaseSubject = 'payment' | 'renewal' | 'refund' | 'conversation' | 'evidence' | 'lane';

export interface CaseKind {
  /** For operators, in a few words. */
  readonly title: string;
  readonly role: Role;
  /** Hours after which somebody should have dealt with it. */
  readonly dueWithinHours: number;
  /** What may be decided, and what that does. */
  readonly decisions: Readonly<Record<string, string>>;
}

export const caseKinds = {
  review: {
    title: 'A claim of the gateway that cannot be true of the attempt',
    role: 'finance',
    dueWithinHours: 24,
    decisions: {
      accept: 'the money is there and meant for this order: it pays what it reaches for, the rest is excess',
      excess: 'the money is there, but not for these bills: the corporation owes it to the payer',
      dismiss: 'no money came: the attempt failed',
    },
  },
  unknownReference: {
    title: 'Money under a reference that is not ours',
    role: 'finance',
    dueWithinHours: 24,
    decisions: {
      settled: 'the gateway has said whose it is, and the money stays in suspense until it is moved',
    },
  },
  excess: {
    title: 'Money that came for what had been paid',
    role: 'finance',
    dueWithinHours: 72,
    decisions: { keep: 'it stays with the corporation as excess: it can still go back or become credit' },
  },
  partPaid: {
    title: 'A bill that was paid in part: the register has changed its amount',
    role: 'finance',
    dueWithinHours: 72,
    decisions: { noted: 'the payer, or the register, was set right' },
  },
  undecided: {
    title: 'A payment that the bank has not decided within five days',
    role: 'finance',
    dueWithinHours: 24,
    decisions: {
      recheck: 'ask the gateway once more; the case stays open',
      dismiss: 'the gateway says in writing that no money came: the attempt failed',
    },
  },
  reversal: {
    title: 'The gateway takes back a success',
    role: 'finance',
    dueWithinHours: 24,
    decisions: { stands: 'the gateway confirms that the money stays' },
  },
  gatewayRefund: {
    title: 'The gateway gave money back by itself',
    role: 'finance',
    dueWithinHours: 24,
    decisions: { noted: 'what was paid with it was set right' },
  },
  refundBeyond: {
    title: 'More went back than was taken',
    role: 'finance',
    dueWithinHours: 24,
    decisions: { noted: 'the gateway or the payer has set it right' },
  },
  refundApproval: {
    title: 'A refund that waits for its second person',
    role: 'finance',
    dueWithinHours: 48,
    decisions: {
      approve: 'the gateway is asked to give the money back, and the citizen is told',
      withdraw: 'nothing goes back; the citizen is told nothing',
    },
  },
  refundFailed: {
    title: 'A refund of which nothing went back',
    role: 'finance',
    dueWithinHours: 24,
    decisions: { noted: 'another refund was requested, or the payer was served in another way' },
  },
  refundUndecided: {
    title: 'A refund that the gateway has not decided within seven days',
    role: 'finance',
    dueWithinHours: 24,
    decisions: {
      recheck: 'ask the gateway once more; the case stays open',
      sent: 'the gateway says in writing that the money went back',
      dismiss: 'the gateway says in writing that nothing went back: it can be given back anew',
    },
  },
  refundDoubt: {
    title: 'Words of a gateway that cannot be true of a refund',
    role: 'finance',
    dueWithinHours: 24,
    decisions: { noted: 'the gateway has said what holds' },
  },
  dueAgain: {
    title: "A bill that is due again, of which the corporation's records have to be told by hand",
    role: 'finance',
    dueWithinHours: 24,
    decisions: { noted: 'the records were set right' },
  },
  dispute: {
    title: 'A payer disputes a payment through the bank',
    role: 'finance',
    dueWithinHours: 24,
    decisions: { noted: 'the gateway was answered; it says how the bank decides' },
  },
  disputeLost: {
    title: 'The bank gave disputed money back to the payer',
    role: 'finance',
    dueWithinHours: 24,
    decisions: { noted: 'what was paid with it was set right' },
  },
  notApplied: {
    title: 'Words of a gateway that were kept and could not be carried out',
    role: 'operations',
    dueWithinHours: 4,
    decisions: { noted: 'what kept them from it was mended, or is of no effect' },
  },
  postingRefused: {
    title: "The corporation's records refuse a receipt",
    role: 'finance',
    dueWithinHours: 24,
    decisions: {
      retry: 'tell the records again; the case stays open',
      noted: 'the records were set right by hand',
    },
  },
  postingLate: {
    title: "The corporation's records have not been reached for a long time",
    role: 'operations',
    dueWithinHours: 24,
    decisions: { retry: 'tell the records again; the case stays open' },
  },
  untold: {
    title: 'Something that a citizen could not be told',
    role: 'operations',
    dueWithinHours: 24,
    decisions: {
      tellAgain: 'tell it again; the case stays open',
      noted: 'the citizen was reached in another way',
    },
  },
  licenceApproval: {
    title: 'A renewal that waits for an officer',
    role: 'licences',
    dueWithinHours: 72,
    decisions: {
      approve: 'the citizen gets the link to pay',
      sendBack: 'the citizen is told the reason and may apply again',
      refuse: 'the citizen is told the reason',
    },
  },
  notExtended: {
    title: 'A fee that was taken for a licence that is closed or suspended by now',
    role: 'licences',
    dueWithinHours: 72,
    decisions: {
      extend: 'the licence is in order again: it is extended, and the citizen gets the certificate',
      noted: 'it stays as it is; the fee is given back, or stands for something else',
    },
  },
  personWanted: {
    title: 'A citizen who asks for a person',
    role: 'operations',
    dueWithinHours: 8,
    decisions: { noted: 'somebody has spoken with the citizen, or could not reach them' },
  },
  refusedLane: {
    title: 'Something that Temporal refuses to take for one workflow',
    role: 'operations',
    dueWithinHours: 4,
    decisions: { noted: 'what it refused was looked into' },
  },
} as const satisfies Readonly<Record<string, CaseKind>>;

export type CaseKindName = keyof typeof caseKinds;

/** What is known when a case is opened. */
export interface NewCase {
  readonly kind: CaseKindName;
  /** Names the fact: the same fact opens one case of a kind, however often it comes. */
  readonly fact: string;
  readonly subject: CaseSubject;
  readonly subjectId: string;
  /** A code of a few words. */
  readonly reason: string;
  /** In paise. */
  readonly amount?: number;
  /** What a person needs to decide; never a phone, a name or a token. */
  readonly details?: Readonly<Record<string, unknown>>;
}

/** A case as the desk, a workflow's details and the lists show it. */
export interface OpenCase {
  readonly id: CaseId;
  readonly kind: CaseKindName;
  readonly subject: CaseSubject;
  readonly subjectId: string;
  readonly reason: string;
  readonly amount?: number;
  readonly details: Readonly<Record<string, unknown>>;
  /** Milliseconds since 1970. */
  readonly openedAt: number;
  readonly dueAt: number;
}

/** How a case ended: by the act of a person, or by a later fact, without anybody. */
export interface CaseEnd {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly by?: string;
  readonly decision: string;
  readonly why: string;
}

/** A case, open or closed, as a person sees it who decides. */
export interface CaseRecord extends OpenCase {
  /** A stamp of the amount, the case and where its subject stands: another one as soon as any of them changes. */
  readonly seen: string;
  readonly end?: CaseEnd;
}

/** What may be decided about a case, by its name, and what that does. */
export function decisionsOf(kind: CaseKindName): Readonly<Record<string, string>> {
  return caseKinds[kind].decisions;
}
