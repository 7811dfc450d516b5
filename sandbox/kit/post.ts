/** One POST of a webhook. */
import * as http from 'node:http';
import * as https from 'node:https';

// So many at a time that one slow receiver does not hold up a storm, so few that a long outage does not end in a
// thousand sockets.
const settings = { keepAlive: true, maxSockets: 128 };
const agents = { http: new http.Agent(settings), https: new https.Agent(settings) };

/** Meta publishes no time limit, only that answers should take less than a second. */
const usualTimeoutMs = 10_000;

/** @returns the answer's status. Rejects when there was no answer. */
export function post(
  url: string,
  body: string,
  headers: Readonly<Record<string, string>>,
  timeoutMs = usualTimeoutMs,
): Promise<number> {
  const secure = url.startsWith('https:');
  return new Promise((resolve, reject) => {
    const request = (secure ? https : http).request(
      url,
      {
        method: 'POST',
        agent: secure ? agents.https : agents.http,
        headers: { ...headers, 'Content-Length': Buffer.byteLength(body) },
        timeout: timeoutMs,
      },
      (response) => {
        response.resume();
        response.on('end', () => resolve(response.statusCode ?? 0));
        response.on('error', reject);
      },
    );
    request.on('timeout', () => request.destroy(new Error('no answer in time')));
    request.on('error', reject);
    request.end(body);
  });
}
