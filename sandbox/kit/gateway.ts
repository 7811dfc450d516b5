/** What the stand-in of a gateway is to the sandbox around it. */
import type { Router } from 'express';
import type { VNode } from 'preact';
import type { Logger } from '../../platform/log.ts';
import type { ChatTill } from './chat.ts';
import type { Knob } from './knobs.ts';

export interface GatewayStandIn {
  /** As in domain/payments/gateways.ts. */
  readonly name: string;
  readonly title: string;
  /** API and hosted page, put under /<name>. */
  readonly router: Router;
  /** Put under /sandbox/<name>. */
  readonly control: Router;
  readonly knobs: readonly Knob[];
  /** Missing where Meta has no orders paid. */
  readonly chat?: ChatTill;
  /** Its addresses with what they are, for the page of the sandbox. */
  readonly addresses: readonly (readonly [string, string])[];
  /** Its section of the panel. */
  section(): VNode;
  /** Takes up what an earlier process left behind. */
  resume(): void;
  /** Ends what is to happen later. */
  stop(): void;
  /** After the last request. */
  close(): void;
}

export interface Surroundings {
  /** Where books are kept; without one they end with the process. */
  readonly dataFolder: string | undefined;
  readonly now: () => number;
  readonly log: Logger;
}

/** A stand-in that has its options, and is put into a sandbox. */
export type GatewayMaker = (surroundings: Surroundings) => GatewayStandIn;
