/** What a sandbox needs to know. */
import type { Logger } from '../../platform/log.ts';
import type { BackOfficeOptions } from '../back-office/parts.ts';
import type { CodecOptions } from '../codec.ts';
import type { GatewayMaker } from '../kit/gateway.ts';
import type { Guide } from '../phone/guide.ts';

export interface SandboxOptions {
  readonly phoneNumberId: string;
  readonly accessToken: string;
  /** The first one signs. */
  readonly appSecrets: readonly string[];
  readonly verifyToken: string;
  /** Where webhooks go. */
  readonly webhookUrl: string;
  /** The corporation's number as citizens know it. */
  readonly corporationNumber: string;
  /** Where chats are kept. Without it they end with the process. */
  readonly dataFolder?: string;
  readonly log: Logger;
  /** What is shown beside the phone of the bot behind it. */
  readonly guide?: Guide;
  /** Opens payloads for the Temporal Web UI. */
  readonly codec?: CodecOptions;
  /** Answers under /back-office from the register. */
  readonly backOffice?: BackOfficeOptions;
  /** Take payments, each under its name. */
  readonly gateways?: readonly GatewayMaker[];
  /** How long a message takes from accepted to sent, on to delivered, on to read: milliseconds. */
  readonly pace?: { readonly sent: number; readonly delivered: number; readonly read: number };
  /** The pause before a refused webhook is posted again: doubled every time, up to `cap`. Milliseconds. */
  readonly retry?: { readonly first: number; readonly cap: number };
  /** Milliseconds since 1970. Tests move it to close a window or to let an address expire. */
  readonly now?: () => number;
}

/** The corporation's WhatsApp Business account: invented, as in the reference's fixtures. */
export const businessAccountId = '102290129340398';

/** Digits with country code, no plus sign. Ten digits are an Indian number. */
export function internationalDigits(number: string): string {
  const digits = number.replace(/\D/g, '');
  return digits.length === 10 ? `91${digits}` : digits;
}
