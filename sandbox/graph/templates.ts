/** Approved message templates: which there are, whether a call fits one, and how it then reads. */
import { z } from 'zod';
import { refusal } from './errors.ts';
import type { MediaSource, TemplateCall } from './payload.ts';

export const templateSchema = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z0-9_]+$/)
    .describe('lower-case letters, digits and _'),
  language: z.string().describe('e.g. bn, en, hi'),
  category: z.enum(['utility', 'marketing', 'authentication']).default('utility'),
  header: z.enum(['none', 'text', 'image', 'video', 'document']).default('none'),
  headerText: z.string().optional(),
  body: z.string().describe('with {{1}} or {{name}} where parameters go'),
  footer: z.string().optional(),
  buttons: z
    .array(
      z.discriminatedUnion('type', [
        z.strictObject({ type: z.literal('url'), text: z.string(), url: z.string() }),
        z.strictObject({ type: z.literal('quick_reply'), text: z.string() }),
      ]),
    )
    .default([]),
});
export type Template = z.output<typeof templateSchema>;

/** A template with its parameters filled in. */
export interface FilledTemplate {
  readonly header?: {
    readonly kind: 'image' | 'video' | 'document';
    readonly source: MediaSource;
    readonly filename?: string;
  };
  readonly headerText?: string;
  readonly body: string;
  readonly footer?: string;
  readonly buttons: readonly (
    | { readonly type: 'url'; readonly text: string; readonly url: string }
    | { readonly type: 'quick_reply'; readonly text: string; readonly payload: string }
  )[];
}

export const templateKey = (name: string, language: string): string => `${name}/${language}`;

const placeholder = /\{\{\s*(\w+)\s*\}\}/g;
const placeholders = (text: string): string[] => [
  ...new Set([...text.matchAll(placeholder)].map(([, name = '']) => name)),
];

/** What Meta lets into no parameter of a template. */
const unfit = /[\n\t]| {5}/;

type Parameters = TemplateCall['components'][number]['parameters'];

/** Puts texts where the placeholders stand, by name where named, else in order. */
function fill(where: string, text: string, parameters: Parameters): string {
  const names = placeholders(text);
  const texts = parameters.flatMap((parameter) => (parameter.type === 'text' ? [parameter] : []));
  if (texts.length !== names.length) {
    throw refusal(
      132000,
      `${where}: number of localizable_params (${texts.length}) does not match the expected number of params (${names.length})`,
    );
  }
  if (texts.some(({ text: given }) => unfit.test(given))) {
    throw refusal(
      132018,
      `${where}: Param text cannot have new-line/tab characters or more than 4 consecutive spaces`,
    );
  }
  return text.replace(placeholder, (_, name: string) => {
    const given = texts.find(({ parameter_name: own }) => own === name) ?? texts[names.indexOf(name)];
    return given?.text ?? '';
  });
}

/** @throws GraphError 132000, 132018 or 131008 where the parameters do not fit */
export function fillTemplate(template: Template, call: TemplateCall): FilledTemplate {
  const of = (type: 'header' | 'body'): Parameters =>
    call.components.find((component) => component.type === type)?.parameters ?? [];
  const buttons = template.buttons.map((button, index) => {
    const own = call.components.find((part) => part.type === 'button' && part.index === index);
    const given = own?.parameters[0];
    if (button.type === 'quick_reply') {
      return { ...button, payload: given?.type === 'payload' ? given.payload : button.text };
    }
    if (placeholders(button.url).length > 0 && given?.type !== 'text') {
      throw refusal(131008, `buttons: Button at index ${index} of type Url requires a parameter`);
    }
    return { ...button, url: button.url.replace(placeholder, given?.type === 'text' ? given.text : '') };
  });
  const [first] = of('header');
  const filled = {
    body: fill('body', template.body, of('body')),
    buttons,
    ...(template.footer !== undefined && { footer: template.footer }),
  };
  if (template.header === 'none') return filled;
  if (template.header === 'text') {
    return { ...filled, headerText: fill('header', template.headerText ?? '', of('header')) };
  }
  if (first?.type !== template.header) {
    throw refusal(131008, `header: a parameter of type ${template.header} is required`);
  }
  const source: MediaSource & { readonly filename?: string | undefined } =
    first.type === 'document' ? first.document : first.type === 'image' ? first.image : first.video;
  return {
    ...filled,
    header: {
      kind: first.type,
      source,
      ...(source.filename !== undefined && { filename: source.filename }),
    },
  };
}
