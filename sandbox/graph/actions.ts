/** What a citizen can do in the chat, as the HTTP API and the phone page ask for it. */
import { z } from 'zod';
import { samplePictures } from './samples.ts';

const file = z.strictObject({
  sample: z
    .string()
    .optional()
    .describe(`one of ${Object.keys(samplePictures).join(', ')}`),
  base64: z.base64().optional(),
  mimeType: z
    .string()
    .regex(/^\w+\/[\w.+-]+/)
    .optional(),
  caption: z.string().max(1024).optional(),
  filename: z.string().max(240).optional(),
});
/** `true` takes an invented one. */
const anyFile = z.union([z.literal(true).transform((): z.output<typeof file> => ({})), file]);

const said = z.strictObject({ messageId: z.string(), text: z.string().min(1).max(65_536) });

export const actionSchema = z.union([
  z.strictObject({ text: z.string().min(1).max(65_536), replyTo: z.string().optional() }),
  z.strictObject({ tap: z.strictObject({ messageId: z.string().optional(), choiceId: z.string() }) }),
  z.strictObject({ image: anyFile }),
  z.strictObject({ video: file }),
  z.strictObject({ voice: anyFile }),
  z.strictObject({ sticker: anyFile }),
  z.strictObject({ document: anyFile }),
  z.strictObject({
    location: z.union([
      z.literal(true).transform(() => ({
        latitude: 22.5645,
        longitude: 88.3513,
        name: 'Municipal head office',
        address: '5 S. N. Banerjee Road, Kolkata',
      })),
      z.strictObject({
        latitude: z.number(),
        longitude: z.number(),
        name: z.string().optional(),
        address: z.string().optional(),
      }),
    ]),
  }),
  z.strictObject({ contacts: z.strictObject({ name: z.string(), phone: z.string() }) }),
  z.strictObject({ shareContact: z.literal(true) }),
  z.strictObject({ reaction: z.strictObject({ messageId: z.string(), emoji: z.string().max(16) }) }),
  z.strictObject({ edit: said }),
  z.strictObject({ revoke: said.omit({ text: true }) }),
  z.strictObject({ changeNumber: z.literal(true) }),
  z.strictObject({ unsupported: z.union([z.literal(true).transform(() => 'poll'), z.string()]) }),
]);
export type Action = z.output<typeof actionSchema>;
export type GivenFile = z.output<typeof file>;
