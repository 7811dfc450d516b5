import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import type { Address, OutboundContent } from '../../domain/outbound.ts';
import {
  createWhatsAppClient,
  WhatsAppError,
  type SendResult,
  type WhatsAppClient,
  type WhatsAppClientOptions,
} from '../../whatsapp/client.ts';
import { UnsendableError } from '../../whatsapp/limits.ts';
import { sniff } from '../../whatsapp/media.ts';
import { fixture, fixtureNames } from './whatsapp-fixtures.ts';

const accessToken = 'EAAGinventedtoken';
const phone = '919876543210';
const hi: OutboundContent = { kind: 'text', body: 'Namaste' };
const asha: Address = { phone };

interface Received {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

type Answer = (request: Received, response: ServerResponse, origin: string) => void;

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** A stand-in for the Graph API on a free port. */
async function graph(answer: Answer): Promise<{ origin: string; requests: Received[]; server: Server }> {
  const requests: Received[] = [];
  let origin = '';
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      const received = { method, url, headers, body: Buffer.concat(chunks) };
      requests.push(received);
      answer(received, response, origin);
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { origin, requests, server };
}

const client = (apiUrl: string, options: Partial<WhatsAppClientOptions> = {}): WhatsAppClient =>
  createWhatsAppClient({ apiUrl, phoneNumberId: '106540352242922', accessToken, ...options });

const json =
  (status: number, body: unknown, headers: Record<string, string> = {}): Answer =>
  (_, response) =>
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));

async function sendTo(answer: Answer, options?: Partial<WhatsAppClientOptions>): Promise<SendResult> {
  return await client((await graph(answer)).origin, options).send(hi, asha);
}

/** A fetch that fails the way undici does: "fetch failed" with the true error as its cause. */
const failing =
  (cause: unknown): typeof fetch =>
  () =>
    Promise.reject(new TypeError('fetch failed', { cause }));

const systemError = (code: string, syscall?: string): Error =>
  Object.assign(new Error(`${code} 10.0.0.1`), { code, ...(syscall === undefined ? {} : { syscall }) });

describe('sending', () => {
  test('posts the JSON of the message with the token, and gives back the id', async () => {
    const { origin, requests } = await graph(json(200, fixture('response', 'send_ok_phone')));
    const result = await client(`${origin}/`).send(hi, asha, { opaqueId: 'job:42', replyTo: 'wamid.IN' });
    expect(result).toStrictEqual({ outcome: 'accepted', wamid: 'wamid.OUTBOUND1' });
    const [request] = requests;
    expect(request).toMatchObject({
      method: 'POST',
      url: '/v26.0/106540352242922/messages',
      headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' },
    });
    expect(JSON.parse(String(request?.body))).toStrictEqual({
      messaging_product: 'whatsapp',
      recipient_type: 'individual',
      to: `+${phone}`,
      type: 'text',
      text: { body: 'Namaste' },
      context: { message_id: 'wamid.IN' },
      biz_opaque_callback_data: 'job:42',
    });
  });

  test('keeps the version that the address names', async () => {
    const { origin, requests } = await graph(json(200, fixture('response', 'send_ok_bsuid')));
    await client(`${origin}/graph/v25.0/`).send(hi, { bsuid: 'IN.13491208655302741918' });
    expect(requests[0]?.url).toBe('/graph/v25.0/106540352242922/messages');
    expect(JSON.parse(String(requests[0]?.body))).toMatchObject({ recipient: 'IN.13491208655302741918' });
  });

  test.each([
    ['accepted', undefined],
    ['held_for_quality_assessment', true],
    ['paused', true],
  ])('a template that WhatsApp reports as %s is paced: %s', async (status, paced) => {
    const answer = { messages: [{ id: 'wamid.OUTBOUND1', message_status: status }] };
    expect(await sendTo(json(200, answer))).toEqual({
      outcome: 'accepted',
      wamid: 'wamid.OUTBOUND1',
      paced,
    });
  });

  test('reads the fixture of an accepted template', async () => {
    expect(await sendTo(json(200, fixture('response', 'send_ok_template_paced')))).toStrictEqual({
      outcome: 'accepted',
      wamid: 'wamid.OUTBOUND1',
    });
  });

  test.each(fixtureNames('response').filter((name) => name.startsWith('error_')))(
    'is refused with the code and the remedy of %s',
    async (name) => {
      const { _http_status: httpStatus, ...body } = fixture('response', name) as {
        _http_status: number;
        error: { code: number; message: string; fbtrace_id: string; error_data?: { details: string } };
      };
      const { code, message, error_data: data, fbtrace_id: traceId } = body.error;
      expect(await sendTo(json(httpStatus, body))).toMatchObject({
        outcome: 'refused',
        error: { code, httpStatus, traceId, details: data?.details ?? message },
      });
    },
  );

  test('is refused, and certain, even when the error comes with HTTP 500 or 200', async () => {
    const error = { code: 131000, message: '(#131000) Something went wrong' };
    for (const status of [500, 200]) {
      expect(await sendTo(json(status, { error }))).toMatchObject({
        outcome: 'refused',
        error: { code: 131000, httpStatus: status, remedy: { action: 'retry' } },
      });
    }
  });

  test.each([
    ['7', 7000],
    [new Date(Date.now() - 60_000).toUTCString(), 0],
    ['soon', undefined],
  ])('passes on that Meta said to wait: %s', async (header, retryAfterMs) => {
    const result = await sendTo(json(429, {}, { 'retry-after': header }));
    expect(result).toMatchObject({
      outcome: 'refused',
      error: { httpStatus: 429, remedy: { action: 'slowDown' } },
    });
    expect(result.outcome === 'refused' && result.error.retryAfterMs).toBe(retryAfterMs);
  });

  test("keeps the token, phones and user ids of Meta's own words out of the details", async () => {
    const message = `Malformed access token ${accessToken} for +${phone}, 91 98765 43210, IN.13491208655302741918 (#190)`;
    expect(await sendTo(json(401, { error: { code: 190, message } }))).toMatchObject({
      error: { details: 'Malformed access token [token] for [number], [number], [user] (#190)' },
    });
  });

  test.each<[string, number]>([
    ['a proxy that refuses', 403],
    ['a redirect, which is not followed', 302],
  ])('is refused by %s', async (_, status) => {
    const { origin, requests } = await graph((_request, response) =>
      response.writeHead(status, { location: '/elsewhere' }).end('<html>'),
    );
    const result = await client(origin).send(hi, asha);
    expect(result).toMatchObject({
      outcome: 'refused',
      error: { httpStatus: status, remedy: { action: 'operator' } },
    });
    expect(result).not.toHaveProperty('error.code');
    expect(requests).toHaveLength(1);
  });

  test.each<[string, Answer, string]>([
    [
      'the answer is no JSON',
      (_, response) => response.writeHead(200).end('<html>'),
      'HTTP 200 without the id of a message',
    ],
    ['the answer has no id', json(200, { messages: [] }), 'HTTP 200 without the id of a message'],
    [
      'a gateway answers in place of WhatsApp',
      (_, response) => response.writeHead(502).end('Bad gateway'),
      'HTTP 502 without an answer from WhatsApp',
    ],
    [
      'the connection ends before the answer',
      (_, response) => response.socket?.destroy(),
      'connection failed (UND_ERR_SOCKET)',
    ],
    [
      'the connection is reset before the answer',
      (_, response) => response.socket?.resetAndDestroy(),
      'connection failed (ECONNRESET)',
    ],
    [
      'the connection ends within the answer',
      (_, response) => {
        response.writeHead(200, { 'content-length': '1000' }).write('{"messages":[');
        setTimeout(() => response.socket?.destroy(), 20);
      },
      'connection failed (UND_ERR_SOCKET)',
    ],
    ['no answer comes', () => undefined, 'no answer in time'],
    [
      'half an answer comes',
      (_, response) => response.writeHead(200).write('{"messages":['),
      'no answer in time',
    ],
  ])('is unknown when %s', async (_, answer, reason) => {
    const timeoutMs = reason === 'no answer in time' ? 200 : 10_000;
    expect(await sendTo(answer, { timeoutMs })).toStrictEqual({ outcome: 'unknown', reason });
  });

  test('waits only as long as this one call may take', async () => {
    const { origin } = await graph(() => undefined);
    expect(await client(origin).send(hi, asha, { timeoutMs: 100 })).toStrictEqual({
      outcome: 'unknown',
      reason: 'no answer in time',
    });
  });

  test('did not happen when nobody listens', async () => {
    const { origin, server } = await graph(() => undefined);
    await new Promise((resolve) => server.close(resolve));
    expect(await client(origin).send(hi, asha)).toStrictEqual({
      outcome: 'notSent',
      reason: 'connection failed (ECONNREFUSED)',
    });
  });

  test.each<[string, unknown, SendResult['outcome']]>([
    ['no route', systemError('EHOSTUNREACH', 'connect'), 'notSent'],
    ['no connection in time', systemError('UND_ERR_CONNECT_TIMEOUT'), 'notSent'],
    ['a name that does not exist', systemError('ENOTFOUND', 'getaddrinfo'), 'notSent'],
    ['a name without answer', systemError('EAI_AGAIN', 'getaddrinfo'), 'notSent'],
    ['a wrong certificate', systemError('CERT_HAS_EXPIRED'), 'notSent'],
    [
      'no address that answers',
      new AggregateError([systemError('ECONNREFUSED', 'connect'), systemError('ENETUNREACH', 'connect')]),
      'notSent',
    ],
    ['a route lost on an open connection', systemError('EHOSTUNREACH', 'read'), 'unknown'],
    ['a connection that went silent', systemError('ETIMEDOUT', 'read'), 'unknown'],
    ['no headers in time', systemError('UND_ERR_HEADERS_TIMEOUT'), 'unknown'],
    ['a broken pipe', systemError('EPIPE', 'write'), 'unknown'],
    ['something without a code', new Error('odd'), 'unknown'],
    ['nothing at all', undefined, 'unknown'],
  ])('after %s', async (_, cause, outcome) => {
    const result = await client('https://graph.facebook.com', { fetch: failing(cause) }).send(hi, asha);
    expect(result.outcome).toBe(outcome);
    expect(JSON.stringify(result)).not.toContain('10.0.0.1');
  });

  test('never reaches WhatsApp with a message beyond its limits', async () => {
    const { origin, requests } = await graph(json(200, {}));
    const problem = (promise: Promise<unknown>): Promise<unknown> =>
      promise.catch((error: unknown) => (error as UnsendableError).problems);
    expect(await problem(client(origin).send({ kind: 'text', body: '' }, asha))).toEqual([
      'body: must not be empty',
    ]);
    expect(await problem(client(origin).send(hi, { phone: 'IN.1' }))).toEqual([
      'phone: must be 5 to 15 digits',
    ]);
    expect(await problem(client(origin).send(hi, asha, { opaqueId: 'x'.repeat(513) }))).toEqual([
      'opaqueId: at most 512 characters, found 513',
    ]);
    expect(requests).toHaveLength(0);
  });
});

describe('marking as read', () => {
  test('posts the id with "typing…"', async () => {
    const { origin, requests } = await graph(json(200, { success: true }));
    await client(origin).markRead('wamid.INBOUND1', { typing: true });
    expect(JSON.parse(String(requests[0]?.body))).toStrictEqual(fixture('outbound', 'mark_read_typing'));
  });

  test('throws what went wrong', async () => {
    const refused = client(
      (await graph(json(400, { error: { code: 100, message: `no such message of ${phone}` } }))).origin,
    );
    await expect(refused.markRead('w', { typing: false })).rejects.toMatchObject({
      name: 'WhatsAppError',
      trouble: 'refused',
      message: 'WhatsApp: marking as read: refused with code 100, HTTP 400',
      graph: { code: 100, remedy: { action: 'bug' } },
    });
    const broken = client('http://graph.test', { fetch: failing(systemError('ECONNRESET')) });
    await expect(broken.markRead('w', { typing: false })).rejects.toMatchObject({
      trouble: 'network',
      message: 'WhatsApp: marking as read: connection failed (ECONNRESET)',
    });
  });
});

describe('uploading a file', () => {
  const pdf = Buffer.from('%PDF-1.7 invented');

  test('posts a form with the bytes and gives back the id', async () => {
    const { origin, requests } = await graph(json(200, fixture('response', 'media_upload_ok')));
    const uploaded = await client(origin).uploadMedia({
      bytes: pdf,
      mimeType: 'application/pdf',
      filename: 'রসিদ.pdf',
    });
    expect(uploaded).toStrictEqual({ id: '1037543291543636' });
    const [request] = requests;
    expect(request?.url).toBe('/v26.0/106540352242922/media');
    expect(request?.headers.authorization).toBe(`Bearer ${accessToken}`);
    const form = await new Response(new Uint8Array(request?.body ?? []), {
      headers: { 'content-type': request?.headers['content-type'] ?? '' },
    }).formData();
    expect(form.get('messaging_product')).toBe('whatsapp');
    expect(form.get('type')).toBe('application/pdf');
    const file = form.get('file') as File;
    expect([file.name, file.type, Buffer.from(await file.arrayBuffer())]).toEqual([
      'রসিদ.pdf',
      'application/pdf',
      pdf,
    ]);
  });

  test('never sends a file beyond the limits', async () => {
    const { origin, requests } = await graph(json(200, {}));
    const gif = { bytes: pdf, mimeType: 'image/gif', filename: 'a.gif' };
    await expect(client(origin).uploadMedia(gif)).rejects.toThrow(UnsendableError);
    expect(requests).toHaveLength(0);
  });

  test('throws when the answer holds no id', async () => {
    const { origin } = await graph(json(200, {}));
    const file = { bytes: pdf, mimeType: 'application/pdf', filename: 'a.pdf' };
    await expect(client(origin).uploadMedia(file)).rejects.toMatchObject({ trouble: 'unreadable' });
  });
});

describe('downloading a file', () => {
  const jpeg = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(1000, 7)]);
  const hash = (encoding: 'hex' | 'base64'): string => createHash('sha256').update(jpeg).digest(encoding);

  /** Meta's two steps: where the file lies, then the file. */
  const media =
    (located: object, file: Answer = (_, response) => response.end(jpeg)): Answer =>
    (request, response, origin) => {
      if (request.url.startsWith('/file')) file(request, response, origin);
      else {
        json(200, { url: `${origin}/file`, mime_type: 'application/pdf', sha256: hash('hex'), ...located })(
          request,
          response,
          origin,
        );
      }
    };

  const download = async (answer: Answer, maxBytes = 5000, id = '1376223850470843'): Promise<unknown> => {
    const { origin } = await graph(answer);
    return await client(origin)
      .downloadMedia(id, { maxBytes })
      .catch((error: unknown) => (error instanceof WhatsAppError ? error.trouble : error));
  };

  test('asks where it lies, then fetches it with the token, and trusts only its bytes for the type', async () => {
    const { origin, requests } = await graph(media({}));
    expect(await client(origin).downloadMedia('1376223850470843', { maxBytes: 5000 })).toStrictEqual({
      bytes: jpeg,
      mimeType: 'image/jpeg',
      sha256: hash('hex'),
    });
    expect(requests.map(({ method, url, headers }) => [method, url, headers.authorization])).toEqual([
      ['GET', '/v26.0/1376223850470843?phone_number_id=106540352242922', `Bearer ${accessToken}`],
      ['GET', '/file', `Bearer ${accessToken}`],
    ]);
  });

  test.each([
    ['in hex', hash('hex')],
    ['in capitals', hash('hex').toUpperCase()],
    ['in base64', hash('base64')],
    ['missing', undefined],
    ['of another kind', 'abc'],
  ])('succeeds when the hash is %s', async (_, sha256) => {
    expect(await download(media({ sha256 }))).toMatchObject({ sha256: hash('hex') });
  });

  test.each([
    ['hex', hash('hex').replace(/^./, (digit) => (digit === '0' ? '1' : '0'))],
    ['base64', createHash('sha256').update('other').digest('base64')],
  ])('fails when the hash in %s is of another file', async (_, sha256) => {
    expect(await download(media({ sha256 }))).toBe('corrupt');
  });

  test('asks for the address again, once, when the first has run out', async () => {
    let fetched = 0;
    const answer = media({}, (_, response) => {
      fetched += 1;
      if (fetched === 1) response.writeHead(404).end();
      else response.end(jpeg);
    });
    expect(await download(answer)).toMatchObject({ mimeType: 'image/jpeg' });
    expect(fetched).toBe(2);
  });

  test('gives up after the second 404', async () => {
    let fetched = 0;
    const answer = media({}, (_, response) => {
      fetched += 1;
      response.writeHead(404).end();
    });
    expect(await download(answer)).toBe('gone');
    expect(fetched).toBe(2);
  });

  test('stops as soon as it grows too big, whatever its length is said to be', async () => {
    let ended = false;
    const endless = media({ file_size: '10' }, (_, response) => {
      const timer = setInterval(() => response.write(Buffer.alloc(1000)), 1);
      response.on('close', () => {
        clearInterval(timer);
        ended = true;
      });
    });
    expect(await download(endless, 5000)).toBe('tooBig');
    await expect.poll(() => ended).toBe(true);
    expect(await download(media({}), jpeg.length - 1)).toBe('tooBig');
    expect(await download(media({}), jpeg.length)).toMatchObject({ sha256: hash('hex') });
  });

  test.each<[string, Answer, string]>([
    ['WhatsApp refuses', json(400, { error: { code: 100, message: 'no such file' } }), 'refused'],
    ['the answer holds no address', json(200, {}), 'unreadable'],
    ['the host of the file refuses', media({}, (_, response) => response.writeHead(403).end()), 'refused'],
    [
      'the host of the file redirects',
      media({}, (_, response) => response.writeHead(302, { location: '/file2' }).end()),
      'network',
    ],
    ['the connection breaks', media({}, (_, response) => response.socket?.destroy()), 'network'],
  ])('fails when %s', async (_, answer, trouble) => {
    expect(await download(answer)).toBe(trouble);
  });

  test.each(['', '..', '../me', 'a/b', '1?x=1', '%2e%2e'])(
    'never makes a path of the id "%s"',
    async (id) => {
      const { origin, requests } = await graph(json(200, {}));
      await expect(client(origin).downloadMedia(id, { maxBytes: 1 })).rejects.toMatchObject({
        trouble: 'gone',
      });
      expect(requests).toHaveLength(0);
    },
  );

  test.each([
    ['https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=1', true],
    ['https://graph.facebook.com/file', true],
    ['http://lookaside.fbsbx.com/file', false],
    ['https://lookaside.fbsbx.com:8443/file', false],
    ['https://fbsbx.com.example.org/file', false],
    ['https://evilfbsbx.com/file', false],
    ['https://graph.facebook.com@example.org/file', false],
    ['http://169.254.169.254/latest/meta-data', false],
    ['http://127.0.0.1:5432/', false],
    ['file:///etc/passwd', false],
  ])('sends the token to %s: %s', async (url, allowed) => {
    const asked: string[] = [];
    const fake: typeof fetch = (input) => {
      const address = input as string;
      asked.push(address);
      return Promise.resolve(asked.length === 1 ? Response.json({ url }) : new Response(jpeg));
    };
    const meta = client('https://graph.facebook.com', { fetch: fake });
    const result = await meta
      .downloadMedia('1', { maxBytes: 5000 })
      .catch((error: unknown) => (error as WhatsAppError).trouble);
    if (allowed) expect(result).toMatchObject({ mimeType: 'image/jpeg' });
    else expect(result).toBe('forbiddenHost');
    expect(asked).toHaveLength(allowed ? 2 : 1);
  });
});

describe('the type of a file', () => {
  test.each([
    ['image/jpeg', 'ffd8ffe000104a464946'],
    ['image/png', '89504e470d0a1a0a0000000d'],
    ['image/webp', '52494646240000005745425056503820'],
    ['application/pdf', '255044462d312e37'],
    ['audio/ogg', '4f67675300020000'],
    ['video/mp4', '000000206674797069736f6d00000200'],
    ['video/mp4', '00000018667479706d70343200000000'],
    ['audio/mp4', '0000001c667479704d34412000000000'],
    ['video/3gpp', '00000018667479703367703400000000'],
    ['application/octet-stream', '000000186674797068656963'],
    ['application/octet-stream', '5249464624000000415649204c495354'],
    ['application/octet-stream', '3c68746d6c3e'],
    ['application/octet-stream', '20ffd8ff'],
    ['application/octet-stream', ''],
  ])('is %s when it begins with %s', (mimeType, hex) => {
    expect(sniff(Buffer.from(hex, 'hex'))).toBe(mimeType);
  });
});
