/**
 * What may still be said when WhatsApp's window has closed: approved templates, by the names under which they are
 * approved. Their words stand at Meta (README, "In production") and must say what the parameters here fit into.
 */
import type { Language } from '../domain/language.ts';
import type { OutboundContent, TemplateParameter } from '../domain/outbound.ts';
import type { AboutPayment, Reply } from '../domain/reply.ts';
import { formatMoney } from './format.ts';
import { paidFor, shownAccount } from './payments.ts';

/** @returns undefined for what is of no use a day later */
export function templateFor({ key, params }: Reply, language: Language): OutboundContent | undefined {
  switch (key) {
    case 'receipt': {
      const { mediaId, filename, number } = params;
      const header = [{ kind: 'document', media: { id: mediaId }, filename } as const];
      return {
        kind: 'template',
        name: 'payment_receipt',
        language,
        header,
        body: [...about(params), text(number)],
      };
    }
    case 'paymentFailed':
      return { kind: 'template', name: 'payment_failed', language, body: about(params) };
    case 'paymentExcess':
      return { kind: 'template', name: 'payment_excess', language, body: about(params) };
    default:
      return undefined;
  }

  /** {{1}} what was paid for, {{2}} how much. */
  function about({ service, accountNumber, amount }: AboutPayment): TemplateParameter[] {
    const what = `${paidFor[service][language].name} ${shownAccount(service, accountNumber)}`;
    return [text(what), text(formatMoney(amount, language))];
  }
}

function text(words: string): TemplateParameter {
  return { kind: 'text', text: words };
}
