/**
 * What `POST /<phone number id>/messages` accepts, with Meta's limits. A message of a check is `code|sentence`: the
 * code that Meta answers with and, behind it, the sentence.
 */
import { z } from 'zod';
import { badParameter, refusal, type GraphError } from './errors.ts';

/** Code points, as a person counts. Whether Meta counts UTF-16 units is not documented. */
const lengthOf = (text: string): number => Array.from(text).length;

const sized = (max: number, complaint: string): z.ZodString =>
  z.string().refine((text) => text.trim() !== '' && lengthOf(text) <= max, complaint);

const words = (what: string, max: number): z.ZodString =>
  sized(max, `131009|${what} length invalid. Min length: 1, Max length: ${max}`);

const notLonger = (what: string, max: number): z.ZodString =>
  sized(max, `131009|${what} is too long. Max length is ${max}`);

const uri = (param: string): z.ZodString =>
  z.string().refine((value) => /^https?:\/\/\S+$/.test(value), `100|Param ${param} is not a valid URI.`);

/** A file by the id of an upload, or by a public address that WhatsApp fetches. */
const media = { id: z.string().optional(), link: z.url({ protocol: /^https?$/ }).optional() };
const oneSource = (value: { id?: string | undefined; link?: string | undefined }): boolean =>
  (value.id === undefined) !== (value.link === undefined);
const needsSource = '100|Invalid parameter: exactly one of id and link is required';
const caption = words('Caption', 1024).optional();

const image = z.strictObject({ ...media, caption }).refine(oneSource, needsSource);
const video = z.strictObject({ ...media, caption }).refine(oneSource, needsSource);
const audio = z.strictObject({ ...media, voice: z.boolean().optional() }).refine(oneSource, needsSource);
const file = z
  .strictObject({ ...media, caption, filename: words('Filename', 240).optional() })
  .refine(oneSource, needsSource);

const body = (max: number): z.ZodObject<{ text: z.ZodString }> =>
  z.strictObject({ text: words('Body text', max) });
const footer = z.strictObject({ text: words('Footer text', 60) }).optional();
const textHeader = z.strictObject({ type: z.literal('text'), text: words('Header text', 60) });
const anyHeader = z
  .discriminatedUnion('type', [
    textHeader,
    z.strictObject({ type: z.literal('image'), image }),
    z.strictObject({ type: z.literal('video'), video }),
    z.strictObject({ type: z.literal('document'), document: file }),
  ])
  .optional();

const distinct = (keys: readonly string[]): boolean => new Set(keys).size === keys.length;

const replyButton = z.strictObject({
  type: z.literal('reply'),
  reply: z.strictObject({ id: words('Button id', 256), title: words('Button title', 20) }),
});

const row = z.strictObject({
  id: notLonger('Row id', 200),
  title: notLonger('Row title', 24),
  description: notLonger('Row description', 72).optional(),
});
const section = z.strictObject({
  title: notLonger('Section title', 24).optional(),
  rows: z.array(row).min(1, '131009|Section rows must not be empty'),
});

const buttons = z
  .array(replyButton)
  .refine(
    ({ length }) => length >= 1 && length <= 3,
    '131009|Invalid buttons count. Min allowed buttons: 1, Max allowed buttons: 3',
  )
  .refine((all) => distinct(all.map(({ reply }) => reply.title)), '131009|Duplicated button title')
  .refine((all) => distinct(all.map(({ reply }) => reply.id)), '131009|Duplicated button id');

const sections = z
  .array(section)
  .min(1, '131009|Sections must not be empty')
  .max(10, '131009|Total section count exceed max allowed count: 10')
  .refine(
    (all) => all.flatMap(({ rows }) => rows).length <= 10,
    '131009|Total row count exceed max allowed count: 10',
  )
  .refine(
    (all) => all.length === 1 || all.every(({ title }) => title !== undefined),
    '131009|Section title is required when more than one section is sent',
  )
  .refine((all) => distinct(all.flatMap(({ rows }) => rows.map(({ id }) => id))), '131009|Duplicated row id');

const amount = z.strictObject({
  value: z.number().int().min(0),
  offset: z.literal(100, '131009|Amount offset must be 100 for INR'),
});
const positive = amount.refine(({ value }) => value > 0, '131009|Amount must be more than 0');

/** Without a catalogue each item says where it comes from. */
const orderItem = z.strictObject({
  retailer_id: z.string().min(1),
  name: words('Item name', 60),
  amount: positive,
  sale_amount: positive.optional(),
  quantity: z.number().int().min(1),
  country_of_origin: z.string().min(1),
  importer_name: z.string().min(1),
  importer_address: z.strictObject({
    address_line1: words('Address line 1', 100),
    address_line2: words('Address line 2', 100).optional(),
    city: words('City', 120),
    zone_code: z.string().min(1),
    postal_code: z.string().regex(/^\d{6}$/, '131009|Postal code is not valid'),
    country_code: z.literal('IN'),
  }),
});

const order = z
  .strictObject({
    status: z.literal('pending'),
    type: z.literal('quick_pay').optional(),
    expiration: z
      .strictObject({
        timestamp: z.string().regex(/^\d{10}$/),
        description: words('Expiration description', 120),
      })
      .optional(),
    items: z.array(orderItem).min(1, '131009|Order items must not be empty'),
    subtotal: amount,
    tax: z.strictObject({ ...amount.shape, description: words('Tax description', 60).optional() }),
    shipping: amount.optional(),
    discount: z
      .strictObject({
        ...amount.shape,
        description: words('Discount description', 60).optional(),
        discount_program_name: words('Discount program name', 60).optional(),
      })
      .optional(),
  })
  .refine(
    ({ items, subtotal }) =>
      items.reduce((sum, item) => sum + (item.sale_amount ?? item.amount).value * item.quantity, 0) ===
      subtotal.value,
    '131009|Subtotal does not match the sum of the items',
  );

const configurationName = words('Configuration name', 60);
const text120 = z.string().max(120);
const gatewaySettings = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('billdesk'),
    configuration_name: configurationName,
    billdesk: z
      .strictObject(
        Object.fromEntries(
          Array.from({ length: 7 }, (_, index) => [`additional_info${index + 1}`, text120.optional()]),
        ),
      )
      .optional(),
  }),
  z.strictObject({
    type: z.literal('razorpay'),
    configuration_name: configurationName,
    razorpay: z
      .strictObject({
        receipt: words('Receipt', 40).optional(),
        notes: z
          .record(z.string(), z.string().max(256))
          .refine((notes) => Object.keys(notes).length <= 15, '131009|Notes have at most 15 keys')
          .optional(),
      })
      .optional(),
  }),
]);

const referenceId = z
  .string()
  .regex(/^[A-Za-z0-9_.-]{1,35}$/, '131009|Reference ID has letters, digits, _, - and . alone, at most 35');

const orderParameters = z
  .strictObject({
    reference_id: referenceId,
    type: z.enum(['digital-goods', 'physical-goods']),
    payment_settings: z.tuple([
      z.strictObject({ type: z.literal('payment_gateway'), payment_gateway: gatewaySettings }),
    ]),
    currency: z.literal('INR'),
    total_amount: positive,
    order,
  })
  .refine(
    ({ total_amount, order: { subtotal, tax, shipping, discount } }) =>
      total_amount.value === subtotal.value + tax.value + (shipping?.value ?? 0) - (discount?.value ?? 0),
    '131009|Total amount does not match the order',
  )
  .refine(
    ({ total_amount }) => total_amount.value <= 50_000_000,
    '131009|Total amount is more than UPI takes: enabled_payment_options is needed',
  );
export type OrderParameters = z.output<typeof orderParameters>;

const orderStatuses = ['processing', 'partially_shipped', 'shipped', 'completed', 'canceled'] as const;
export type OrderStatus = (typeof orderStatuses)[number];

const interactive = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('order_details'),
    header: anyHeader,
    body: body(1024),
    footer,
    action: z.strictObject({ name: z.literal('review_and_pay'), parameters: orderParameters }),
  }),
  z.strictObject({
    type: z.literal('order_status'),
    body: body(1024),
    footer,
    action: z.strictObject({
      name: z.literal('review_order'),
      parameters: z.strictObject({
        reference_id: referenceId,
        order: z.strictObject({
          status: z.enum(orderStatuses),
          description: words('Order description', 120).optional(),
        }),
      }),
    }),
  }),
  z.strictObject({
    type: z.literal('button'),
    header: anyHeader,
    body: body(1024),
    footer,
    action: z.strictObject({ buttons }),
  }),
  z.strictObject({
    type: z.literal('list'),
    header: textHeader.optional(),
    body: body(4096),
    footer,
    action: z.strictObject({ button: words('Button label', 20), sections }),
  }),
  z.strictObject({
    type: z.literal('cta_url'),
    header: anyHeader,
    body: body(1024),
    footer,
    action: z.strictObject({
      name: z.literal('cta_url'),
      parameters: z.strictObject({
        display_text: words('Display text', 20),
        payment_link_preview: z.boolean().optional(),
        url: uri("interactive['action']['parameters']['url']"),
      }),
    }),
  }),
  z.strictObject({
    type: z.literal('request_contact_info'),
    body: body(1024),
    footer,
    action: z.strictObject({ name: z.literal('request_contact_info') }),
  }),
  z.strictObject({
    type: z.literal('location_request_message'),
    body: body(1024),
    action: z.strictObject({ name: z.literal('send_location') }),
  }),
]);

const parameter = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('text'), text: z.string().min(1), parameter_name: z.string().optional() }),
  z.strictObject({ type: z.literal('payload'), payload: words('Payload', 256) }),
  z.strictObject({ type: z.literal('image'), image }),
  z.strictObject({ type: z.literal('video'), video }),
  z.strictObject({ type: z.literal('document'), document: file }),
]);

const component = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('header'), parameters: z.array(parameter) }),
  z.strictObject({ type: z.literal('body'), parameters: z.array(parameter) }),
  z.strictObject({
    type: z.literal('button'),
    sub_type: z.enum(['url', 'quick_reply']),
    index: z.union([z.string().regex(/^\d$/), z.number().int()]).transform(Number),
    parameters: z.array(parameter),
  }),
]);

const content = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('text'),
    text: z.strictObject({
      preview_url: z.boolean().optional(),
      body: sized(4096, "100|Param text['body'] must be at most 4096 characters long."),
    }),
  }),
  z.object({ type: z.literal('interactive'), interactive }),
  z.object({ type: z.literal('image'), image }),
  z.object({ type: z.literal('document'), document: file }),
  z.object({ type: z.literal('audio'), audio }),
  z.object({ type: z.literal('video'), video }),
  z.object({
    type: z.literal('template'),
    template: z.strictObject({
      name: z.string().min(1),
      language: z.strictObject({ code: z.string().min(1), policy: z.literal('deterministic').optional() }),
      components: z.array(component).default([]),
    }),
  }),
  z.object({
    type: z.literal('reaction'),
    reaction: z.strictObject({ message_id: z.string().min(1), emoji: z.string() }),
  }),
]);

const product = z.literal('whatsapp', '100|Param messaging_product must be one of {WHATSAPP}');

const envelope = z.object({
  messaging_product: product,
  recipient_type: z.literal('individual').optional(),
  to: z.string().optional(),
  recipient: z.string().optional(),
  context: z.strictObject({ message_id: z.string().min(1) }).optional(),
  biz_opaque_callback_data: z
    .string()
    .refine(
      (text) => lengthOf(text) <= 512,
      '100|Param biz_opaque_callback_data must be at most 512 characters long.',
    )
    .optional(),
});

const readReceipt = z.object({
  messaging_product: product,
  status: z.literal('read'),
  message_id: z.string().min(1),
  typing_indicator: z.strictObject({ type: z.literal('text') }).optional(),
});

export type OutboundContent = z.output<typeof content>;
export type Interactive = z.output<typeof interactive>;
export type MediaSource = { readonly id?: string | undefined; readonly link?: string | undefined };
export type TemplateCall = Extract<OutboundContent, { type: 'template' }>['template'];
export type Envelope = z.output<typeof envelope>;
export type Request =
  | { readonly kind: 'read'; readonly messageId: string; readonly typing: boolean }
  | { readonly kind: 'message'; readonly envelope: Envelope; readonly content: OutboundContent };

/** `interactive['action']['buttons'][0]`, as Meta writes where something stands. */
function pathOf(path: readonly PropertyKey[]): string {
  const [first, ...rest] = path;
  return `${String(first ?? '')}${rest.map((key) => (typeof key === 'number' ? `[${key}]` : `['${String(key)}']`)).join('')}`;
}

function toRefusal(issue: z.core.$ZodIssue): GraphError {
  const at = pathOf(issue.path);
  const [, code, sentence = ''] = /^(\d+)\|(.*)$/s.exec(issue.message) ?? [];
  const missing =
    (issue.code === 'invalid_type' || issue.code === 'invalid_value' || issue.code === 'invalid_union') &&
    issue.input === undefined;
  // Two of the top level are refused in words of their own; everything deeper by 131008.
  if (missing && issue.path.length === 1) return badParameter(`The parameter ${at} is required.`);
  if (missing) return refusal(131008, `Parameter ${at} is missing`);
  if (code === '100') return badParameter(sentence);
  if (code === '131009') return refusal(131009, sentence);
  if (issue.code === 'unrecognized_keys') {
    return badParameter(`Unexpected key "${issue.keys[0] ?? ''}" on param "${at}".`);
  }
  if (issue.code === 'invalid_value' || issue.code === 'invalid_union') {
    return badParameter(`Param ${at} must be one of the values that the documentation lists.`);
  }
  return refusal(131009, `Parameter ${at}: ${issue.message}`);
}

function check<T>(schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value, { reportInput: true });
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw issue === undefined ? refusal(100) : toRefusal(issue);
}

/** @throws GraphError as Meta would answer */
export function parseRequest(value: unknown): Request {
  const record = z.record(z.string(), z.unknown()).safeParse(value).data ?? {};
  if ('status' in record) {
    const { message_id: messageId, typing_indicator: typing } = check(readReceipt, record);
    return { kind: 'read', messageId, typing: typing !== undefined };
  }
  const parsed = check(envelope, record);
  // Meta takes a message without a type for a text.
  return { kind: 'message', envelope: parsed, content: check(content, { type: 'text', ...record }) };
}
