/** What a text is made of: words in every language, and what it needs to know of the corporation. */
import type { InEveryLanguage } from '../domain/language.ts';
import type { OutboundContent } from '../domain/outbound.ts';
import type { ReplyKey, ReplyParams } from '../domain/reply.ts';

/** What the texts need to know of the corporation; settings, since it changes without a release. */
export interface CorporationFacts {
  readonly number: string;
  readonly office: InEveryLanguage<string>;
  readonly hours: InEveryLanguage<string>;
  readonly complaints: InEveryLanguage<string>;
  /** Where details of a trade licence are corrected. */
  readonly licences: InEveryLanguage<string>;
  /** Where citizens find our pages; no slash at the end. */
  readonly publicUrl: string;
}

export interface Words {
  readonly body: string;
  readonly footer?: string;
  /** The words on the button that opens a list; with it, the choices are a list, without it, buttons. */
  readonly listButton?: string;
  readonly link?: { readonly label: string; readonly url: string };
  /** It is paid within WhatsApp; the link is for where WhatsApp does not take it. */
  readonly order?: Omit<Extract<OutboundContent, { kind: 'order' }>, 'kind' | 'body' | 'footer' | 'link'>;
  /** What became of an order in the chat. */
  readonly orderStatus?: Pick<Extract<OutboundContent, { kind: 'orderStatus' }>, 'reference' | 'status'>;
  /** A picture of ours at WhatsApp; the body is its caption. */
  readonly image?: { readonly id: string };
  /** A file of ours at WhatsApp; the body is its caption. */
  readonly document?: { readonly id: string; readonly filename: string };
}

/** One text in every language. */
export type Text<K extends ReplyKey> = InEveryLanguage<
  (params: ReplyParams[K], facts: CorporationFacts) => Words
>;
