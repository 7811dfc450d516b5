/**
 * What may still be said when WhatsApp's window has closed: approved templates, by the names under which they are
 * approved. Their words stand at Meta (docs/operate.md) and must say what the parameters here fit into.
 */
import type { Licence } from '../domain/accounts/licence.ts';
import type { Language } from '../domain/language.ts';
import type { OutboundContent, TemplateParameter } from '../domain/outbound.ts';
import type { AboutPayment, Reply } from '../domain/reply.ts';
import { formatDate, formatDateTime, formatMoney } from './format.ts';
import { shownAccount } from './bills.ts';
import { serviceTexts } from './services/services.ts';

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
    case 'paymentFailedForGood':
      return { kind: 'template', name: 'payment_failed', language, body: about(params) };
    case 'paymentExcess':
      return { kind: 'template', name: 'payment_excess', language, body: about(params) };
    case 'excessCredited':
      return { kind: 'template', name: 'excess_credited', language, body: about(params) };
    case 'refundOnItsWay': {
      const body = [...about(params), text(formatDate(params.by, language))];
      return { kind: 'template', name: 'refund_on_its_way', language, body };
    }
    case 'refundSent': {
      const { mediaId, filename, number } = params;
      const header = [{ kind: 'document', media: { id: mediaId }, filename } as const];
      return {
        kind: 'template',
        name: 'refund_sent',
        language,
        header,
        body: [...about(params), text(number)],
      };
    }
    case 'refundFailed':
      return { kind: 'template', name: 'refund_failed', language, body: about(params) };
    case 'certificate': {
      const { mediaId, filename, number, licence, validUntil } = params;
      const header = [{ kind: 'document', media: { id: mediaId }, filename } as const];
      const body = [licenceOf(licence), text(formatDate(validUntil, language)), text(number)];
      return { kind: 'template', name: 'licence_certificate', language, header, body };
    }
    case 'renewalApproved': {
      const { licence, amount, expiresAt, token } = params;
      const until = text(formatDateTime(expiresAt, language));
      const body = [licenceOf(licence), text(formatMoney(amount, language)), until];
      const buttons = [{ kind: 'url', suffix: `${token}?lang=${language}` } as const];
      return { kind: 'template', name: 'renewal_approved', language, body, buttons };
    }
    case 'renewalSentBack':
    case 'renewalRefused': {
      const name = key === 'renewalSentBack' ? 'renewal_sent_back' : 'renewal_refused';
      // A template's parameters are one line each.
      const reason = text(params.reason.replace(/\s+/g, ' ').trim());
      return { kind: 'template', name, language, body: [licenceOf(params.licence), reason] };
    }
    case 'renewalOutdone':
      return { kind: 'template', name: 'renewal_outdone', language, body: [licenceOf(params.licence)] };
    case 'renewalGivenWay':
      return { kind: 'template', name: 'renewal_given_way', language, body: [licenceOf(params.licence)] };
    case 'renewalHeld':
      return { kind: 'template', name: 'renewal_held', language, body: [licenceOf(params.licence)] };
    default:
      return undefined;
  }

  function licenceOf({ number }: Licence): TemplateParameter {
    return text(`${serviceTexts.tradeLicence.name[language]} ${shownAccount('tradeLicence', number)}`);
  }

  /** {{1}} what was paid for, {{2}} how much. */
  function about({ service, accountNumber, amount }: AboutPayment): TemplateParameter[] {
    const what = `${serviceTexts[service].name[language]} ${shownAccount(service, accountNumber)}`;
    return [text(what), text(formatMoney(amount, language))];
  }
}

function text(words: string): TemplateParameter {
  return { kind: 'text', text: words };
}
