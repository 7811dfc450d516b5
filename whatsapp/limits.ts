/** WhatsApp's limits on what we send, in one table, and the check of a message against them. */
import {
  cut,
  type Address,
  type Choice,
  type MediaSource,
  type OrderItem,
  type OutboundContent,
  type TemplateParameter,
} from '../domain/outbound.ts';
import { sum } from '../domain/money.ts';
import { asBsuid, asPhone } from './identity.ts';

const megabyte = 1024 * 1024;

/** Lengths are in characters, sizes in bytes. Sources: Meta's page of each kind of message, and "Media". */
export const limits = {
  text: { body: 4096 },
  buttons: { count: 3, id: 256, title: 20, body: 1024, footer: 60 },
  list: {
    sections: 10,
    /** In all sections together. */
    rows: 10,
    button: 20,
    header: 60,
    body: 4096,
    footer: 60,
    sectionTitle: 24,
    rowId: 200,
    rowTitle: 24,
    rowDescription: 72,
  },
  link: { label: 20, body: 1024, footer: 60 },
  /** What Meta passes on to a gateway is limited there. */
  order: { body: 1024, footer: 60, reference: 35, configuration: 60, item: 60, seller: 100, expiration: 120 },
  contactRequest: { body: 1024 },
  caption: 1024,
  template: { name: 512, buttons: 10, headerText: 60, bodyText: 1024 },
  /** `biz_opaque_callback_data` */
  opaqueId: 512,
  media: { image: 5 * megabyte, audioOrVideo: 16 * megabyte, document: 100 * megabyte },
} as const;

/** A message that WhatsApp would refuse: a mistake of the program that made it. Says the fields, never their words. */
export class UnsendableError extends Error {
  override readonly name = 'UnsendableError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`WhatsApp would refuse this: ${problems.join('; ')}`);
    this.problems = problems;
  }
}

/** Unicode code points. Meta does not say what it counts; Bengali and Devanagari letters are one unit either way. */
export const countCharacters = (text: string): number => Array.from(text).length;

/** Everything that is wrong with a message, each as field, limit and what was found. Empty when it may go out. */
export function problemsOf(content: OutboundContent): string[] {
  switch (content.kind) {
    case 'text':
      return required('body', content.body, limits.text.body);
    case 'buttons':
      return [
        ...required('body', content.body, limits.buttons.body),
        ...optional('footer', content.footer, limits.buttons.footer),
        ...count('buttons', content.buttons.length, limits.buttons.count),
        ...content.buttons.flatMap(({ id, title }, index) => [
          ...identifier(`buttons[${index}].id`, id, limits.buttons.id),
          ...required(`buttons[${index}].title`, title, limits.buttons.title),
        ]),
        ...unique('buttons', 'id', content.buttons),
        ...unique('buttons', 'title', content.buttons),
      ];
    case 'list':
      return listProblems(content);
    case 'link':
      return [
        ...required('body', content.body, limits.link.body),
        ...optional('footer', content.footer, limits.link.footer),
        ...required('label', content.label, limits.link.label),
        ...webAddress('url', content.url),
      ];
    case 'order':
      return orderProblems(content);
    case 'orderStatus':
      return [...required('body', content.body, limits.order.body), ...orderReference(content.reference)];
    case 'image':
      return [...source('media', content.media), ...optional('caption', content.caption, limits.caption)];
    case 'document':
      return [
        ...source('media', content.media),
        ...present('filename', content.filename),
        ...optional('caption', content.caption, limits.caption),
      ];
    case 'reaction':
      return [...present('wamid', content.wamid), ...present('emoji', content.emoji)];
    case 'contactRequest':
      return required('body', content.body, limits.contactRequest.body);
    case 'template':
      return templateProblems(content);
  }
}

/** The same message with every text cut to what WhatsApp takes. */
export function cutToFit(content: OutboundContent): OutboundContent {
  switch (content.kind) {
    case 'text':
      return { ...content, body: cut(content.body, limits.text.body) };
    case 'buttons':
      return { ...content, body: cut(content.body, limits.buttons.body) };
    case 'list':
      return {
        ...content,
        body: cut(content.body, limits.list.body),
        sections: content.sections.map((section) => ({
          ...section,
          rows: section.rows.map((row) => ({
            ...row,
            title: cut(row.title, limits.list.rowTitle),
            ...(row.description !== undefined && {
              description: cut(row.description, limits.list.rowDescription),
            }),
          })),
        })),
      };
    case 'link':
      return { ...content, body: cut(content.body, limits.link.body) };
    case 'order':
      return {
        ...content,
        body: cut(content.body, limits.order.body),
        until: cut(content.until, limits.order.expiration),
        items: content.items.map(cutItem),
        ...(content.discount && { discount: cutItem(content.discount) }),
        seller: { ...content.seller, address: cut(content.seller.address, limits.order.seller) },
      };
    case 'orderStatus':
      return { ...content, body: cut(content.body, limits.order.body) };
    case 'image':
    case 'document':
      return content.caption === undefined
        ? content
        : { ...content, caption: cut(content.caption, limits.caption) };
    case 'reaction':
      return content;
    case 'contactRequest':
      return { ...content, body: cut(content.body, limits.contactRequest.body) };
    case 'template':
      return {
        ...content,
        body: content.body?.map((parameter) =>
          parameter.kind === 'text'
            ? { ...parameter, text: cut(parameter.text, limits.template.bodyText) }
            : parameter,
        ),
      };
  }
}

/** What is wrong with the address. A BSUID sent as a phone is accepted by Meta and silently lost, so it stops here. */
export function problemsOfAddress(address: Address): string[] {
  if ('phone' in address)
    return asPhone(address.phone) === undefined ? ['phone: must be 5 to 15 digits'] : [];
  return asBsuid(address.bsuid) === undefined ? ['bsuid: must be a business-scoped user id'] : [];
}

export const problemsOfOpaqueId = (opaqueId: string | undefined): string[] =>
  optional('opaqueId', opaqueId, limits.opaqueId);

/** What is wrong with a file to upload (Meta, "Media", section "Supported media types"). */
export function problemsOfFile(byteLength: number, mimeType: string): string[] {
  const [family = ''] = mimeType.split('/');
  if (family === 'image' && !['image/jpeg', 'image/png'].includes(mimeType)) {
    return ['mimeType: an image must be image/jpeg or image/png'];
  }
  const most =
    family === 'image'
      ? limits.media.image
      : family === 'audio' || family === 'video'
        ? limits.media.audioOrVideo
        : limits.media.document;
  if (byteLength === 0) return ['bytes: must not be empty'];
  return byteLength > most ? [`bytes: at most ${most} for ${mimeType}, found ${byteLength}`] : [];
}

function listProblems(list: Extract<OutboundContent, { kind: 'list' }>): string[] {
  const rows = list.sections.flatMap((section) => section.rows);
  return [
    ...optional('header', list.header, limits.list.header),
    ...required('body', list.body, limits.list.body),
    ...optional('footer', list.footer, limits.list.footer),
    ...required('button', list.button, limits.list.button),
    ...count('sections', list.sections.length, limits.list.sections),
    ...count('rows', rows.length, limits.list.rows),
    ...list.sections.flatMap((section, index) => [
      // One section needs no title, several do.
      ...(list.sections.length > 1
        ? required(`sections[${index}].title`, section.title ?? '', limits.list.sectionTitle)
        : optional(`sections[${index}].title`, section.title, limits.list.sectionTitle)),
      ...(section.rows.length === 0 ? [`sections[${index}].rows: at least 1, found 0`] : []),
      ...section.rows.flatMap(({ id, title, description }, row) => [
        ...identifier(`sections[${index}].rows[${row}].id`, id, limits.list.rowId),
        ...required(`sections[${index}].rows[${row}].title`, title, limits.list.rowTitle),
        ...optional(`sections[${index}].rows[${row}].description`, description, limits.list.rowDescription),
      ]),
    ]),
    ...unique('rows', 'id', rows),
  ];
}

const cutItem = (item: OrderItem): OrderItem => ({ ...item, name: cut(item.name, limits.order.item) });

function orderProblems(content: Extract<OutboundContent, { kind: 'order' }>): string[] {
  const { body, footer, order, until, items, discount, seller } = content;
  return [
    ...required('body', body, limits.order.body),
    ...optional('footer', footer, limits.order.footer),
    ...orderReference(order.reference),
    ...required('order.configuration', order.configuration, limits.order.configuration),
    ...required('until', until, limits.order.expiration),
    ...(items.length === 0 ? ['items: at least 1, found 0'] : []),
    ...items.flatMap(({ name, amount }, index) => [
      ...required(`items[${index}].name`, name, limits.order.item),
      ...(amount > 0 ? [] : [`items[${index}].amount: must be more than 0`]),
    ]),
    ...(discount ? discountProblems(discount, items) : []),
    ...required('seller.name', seller.name, limits.order.seller),
    ...required('seller.address', seller.address, limits.order.seller),
  ];
}

const discountProblems = ({ name, amount }: OrderItem, items: readonly OrderItem[]): string[] => [
  ...required('discount.name', name, limits.order.item),
  ...(amount < sum(items.map((item) => item.amount)) ? [] : ['discount.amount: leaves nothing to be paid']),
];

/** Meta, "Receive payments via payment gateways": letters, digits, underscores, dashes and dots. */
const orderReference = (reference: string): string[] => [
  ...required('order.reference', reference, limits.order.reference),
  ...(/^[\w.-]*$/.test(reference) ? [] : ['order.reference: only letters, digits, _, - and .']),
];

function templateProblems(template: Extract<OutboundContent, { kind: 'template' }>): string[] {
  const { header = [], body = [], buttons = [] } = template;
  const named = body.filter((parameter) => parameter.kind === 'text' && parameter.name !== undefined);
  return [
    ...(/^[a-z0-9_]+$/.test(template.name) ? [] : ['name: only a to z, 0 to 9 and _']),
    ...required('name', template.name, limits.template.name),
    ...present('language', template.language),
    ...(header.length > 1 ? [`header: at most 1, found ${header.length}`] : []),
    ...header.flatMap((parameter, index) =>
      parameterProblems(`header[${index}]`, parameter, limits.template.headerText),
    ),
    ...body.flatMap((parameter, index) => [
      ...(parameter.kind === 'text' ? [] : [`body[${index}]: must be a text`]),
      ...parameterProblems(`body[${index}]`, parameter, limits.template.bodyText),
    ]),
    ...(named.length > 0 && named.length < body.length ? ['body: all parameters have a name, or none'] : []),
    ...(buttons.length > limits.template.buttons
      ? [`buttons: at most ${limits.template.buttons}, found ${buttons.length}`]
      : []),
    ...buttons.flatMap((button, index) =>
      button.kind === 'url'
        ? present(`buttons[${index}].suffix`, button.suffix)
        : present(`buttons[${index}].payload`, button.payload),
    ),
  ];
}

function parameterProblems(field: string, parameter: TemplateParameter, most: number): string[] {
  if (parameter.kind === 'document') {
    return [
      ...source(`${field}.media`, parameter.media),
      ...present(`${field}.filename`, parameter.filename),
    ];
  }
  return [
    ...required(`${field}.text`, parameter.text, most),
    // "Param text cannot have new-line/tab characters or more than 4 consecutive spaces" (Meta's answer, 132018).
    ...(/[\n\r\t]| {5}/.test(parameter.text)
      ? [`${field}.text: no new line, no tab, at most 4 spaces in a row`]
      : []),
  ];
}

const present = (field: string, value: string): string[] =>
  value.trim() === '' ? [`${field}: must not be empty`] : [];

function required(field: string, value: string, most: number): string[] {
  const found = countCharacters(value);
  return found > most ? [`${field}: at most ${most} characters, found ${found}`] : present(field, value);
}

const optional = (field: string, value: string | undefined, most: number): string[] =>
  value === undefined ? [] : required(field, value, most);

/** Ids of choices: Meta refuses blanks around them. */
const identifier = (field: string, value: string, most: number): string[] => [
  ...required(field, value, most),
  ...(value === value.trim() ? [] : [`${field}: no blanks at its ends`]),
];

function count(field: string, found: number, most: number): string[] {
  if (found === 0) return [`${field}: at least 1, found 0`];
  return found > most ? [`${field}: at most ${most}, found ${found}`] : [];
}

function unique(field: string, key: 'id' | 'title', choices: readonly Choice[]): string[] {
  const different = new Set(choices.map((choice) => choice[key])).size;
  return different === choices.length
    ? []
    : [`${field}: every ${key} must be different, found ${choices.length - different} twice`];
}

const source = (field: string, media: MediaSource): string[] =>
  'id' in media ? present(`${field}.id`, media.id) : webAddress(`${field}.link`, media.link);

function webAddress(field: string, value: string): string[] {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url))) return [];
  return [`${field}: must be an https address`];
}

/** Whether an address stays on this computer, as the sandbox's do. */
export const isLoopback = (url: URL): boolean =>
  ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname) || url.hostname.endsWith('.localhost');
