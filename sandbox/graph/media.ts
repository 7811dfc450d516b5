/** Media of the Graph API: upload, look-up, download by an address that expires, removal. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { badParameter, unknownObject } from './errors.ts';
import type { Media } from './model.ts';
import type { SandboxOptions } from './options.ts';
import type { World } from './world.ts';

const megabyte = 1024 * 1024;
const addressLifeSeconds = 300;

/** Meta's page "Supported media types". */
const accepted: readonly { readonly types: readonly string[]; readonly maxBytes: number }[] = [
  { types: ['image/jpeg', 'image/png'], maxBytes: 5 * megabyte },
  { types: ['image/webp'], maxBytes: 500 * 1024 },
  { types: ['audio/aac', 'audio/amr', 'audio/mpeg', 'audio/mp4', 'audio/ogg'], maxBytes: 16 * megabyte },
  { types: ['video/mp4', 'video/3gpp'], maxBytes: 16 * megabyte },
  {
    types: [
      'text/plain',
      'application/pdf',
      'application/msword',
      'application/vnd.ms-excel',
      'application/vnd.ms-powerpoint',
      'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
      'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      'application/vnd.openxmlformats-officedocument.presentationml.presentation',
    ],
    maxBytes: 100 * megabyte,
  },
];

export class MediaStore {
  readonly #now;

  constructor(
    private readonly options: SandboxOptions,
    private readonly world: World,
  ) {
    this.#now = options.now ?? Date.now;
  }

  /** Takes the multipart body of an upload. @throws GraphError */
  async upload(body: unknown, contentType: string): Promise<{ readonly id: string }> {
    const form = await readForm(body, contentType);
    if (form.get('messaging_product') !== 'whatsapp') {
      throw badParameter('The parameter messaging_product is required.');
    }
    const file = form.get('file');
    if (!(file instanceof File)) throw badParameter('The parameter file is required.');
    const stated = form.get('type');
    const [mimeType = ''] = (typeof stated === 'string' ? stated : file.type).split(';');
    const kind = accepted.find(({ types }) => types.includes(mimeType.trim()));
    if (!kind) {
      const types = accepted.flatMap((each) => each.types).join(', ');
      throw badParameter(
        `Param file must be a file with one of the following types: ${types}. Received file of type '${mimeType}'.`,
      );
    }
    if (file.size > kind.maxBytes) {
      throw badParameter(
        `Param file is too large: ${file.size} bytes, at most ${kind.maxBytes} for ${mimeType}.`,
      );
    }
    const bytes = Buffer.from(await file.arrayBuffer());
    return { id: this.world.keepMedia(bytes, mimeType.trim(), this.#now(), file.name).id };
  }

  /** @throws GraphError when there is no such media, or it belongs to another number */
  find(id: string, method: string, phoneNumberId: unknown): Media {
    const media = this.world.media.get(id);
    const foreign = phoneNumberId !== undefined && phoneNumberId !== this.options.phoneNumberId;
    if (!media || foreign) throw unknownObject(method, id);
    return media;
  }

  describe(media: Media, base: string): unknown {
    return {
      messaging_product: 'whatsapp',
      url: this.address(media.id, base, 'getMedia'),
      mime_type: media.mimeType,
      sha256: media.sha256,
      file_size: String(media.size),
      id: media.id,
    };
  }

  /** Where the bytes are, for five minutes and with the token. */
  address(id: string, base: string, source: 'getMedia' | 'webhook'): string {
    const expires = String(Math.floor(this.#now() / 1000) + addressLifeSeconds);
    const query = new URLSearchParams({ mid: id, source, ext: expires, hash: this.#hash(id, expires) });
    return `${base}/whatsapp_business/attachments/?${query.toString()}`;
  }

  /** The media that an address stands for, unless the address is made up or too old. */
  resolve(query: Readonly<Record<string, unknown>>): Media | undefined {
    const { mid, ext, hash } = query;
    if (typeof mid !== 'string' || typeof ext !== 'string' || typeof hash !== 'string') return undefined;
    const right = Buffer.from(this.#hash(mid, ext));
    const given = Buffer.from(hash);
    const genuine = given.length === right.length && timingSafeEqual(given, right);
    return genuine && Number(ext) * 1000 > this.#now() ? this.world.media.get(mid) : undefined;
  }

  #hash(id: string, expires: string): string {
    const [secret = ''] = this.options.appSecrets;
    return createHmac('sha256', secret).update(`${id}.${expires}`).digest('base64url').slice(0, 32);
  }
}

async function readForm(body: unknown, contentType: string): Promise<FormData> {
  try {
    if (!Buffer.isBuffer(body)) throw new Error('no body');
    return await new Response(new Uint8Array(body), { headers: { 'Content-Type': contentType } }).formData();
  } catch {
    throw badParameter('The parameter messaging_product is required.');
  }
}
