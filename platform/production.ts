/**
 * What production refuses of settings that can be read: secrets that anybody could guess, and addresses to which keys and
 * people's data would travel in the clear. Each says why, and never the value.
 */
import { BlockList, isIP } from 'node:net';

/** Addresses that do not lead through the open network (RFC 1918, 4193, 3927, 6598; loopback). */
const ownNetwork = new BlockList();
for (const [address, bits] of [
  ['127.0.0.0', 8],
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['169.254.0.0', 16],
  ['100.64.0.0', 10],
] as const)
  ownNetwork.addSubnet(address, bits, 'ipv4');
for (const [address, bits] of [
  ['::1', 128],
  ['fc00::', 7],
  ['fe80::', 10],
] as const)
  ownNetwork.addSubnet(address, bits, 'ipv6');

/** Names that only a network of one's own knows: without a full stop, as of a container, or reserved (RFC 6762, ICANN). */
const ownName = /^[^.]+$|(?:^|\.)(?:localhost|internal|local|home\.arpa)$/;

function isOwn(host: string): boolean {
  const bare = host.replace(/^\[|\]$/g, '');
  const version = isIP(bare);
  return version === 0 ? ownName.test(bare) : ownNetwork.check(bare, version === 4 ? 'ipv4' : 'ipv6');
}

export function unsafeAddress(given: string): string | undefined {
  const { protocol, hostname } = new URL(given);
  return protocol === 'http:' && !isOwn(hostname)
    ? 'http:// is read and changed by whoever is on the way; it takes https://, except within a private network'
    : undefined;
}

/** Shorter ones are tried out within a day. */
const leastCharacters = 12;
/** Those of the examples, and what people write when they mean to come back. */
const placeholders = /^(?:choose|change|example|secret|password|token|test|dummy|invalid|xxx|todo)|…|\.\.\./i;

/** @param given one secret, or several with a comma */
export function weakSecret(given: string): string | undefined {
  const secrets = given.split(',').map((secret) => secret.trim());
  if (secrets.some((secret) => placeholders.test(secret))) return 'it is an example or a placeholder';
  if (secrets.some((secret) => secret.length < leastCharacters))
    return `a secret has at least ${leastCharacters} characters`;
  return secrets.some((secret) => new Set(secret).size < 5) ? 'it repeats a few characters' : undefined;
}

/** A database may also know its users by certificates or by the machine: then there is no password. */
export function weakPasswordIn(given: string): string | undefined {
  const { password } = new URL(given);
  return password === '' ? undefined : weakSecret(decodeURIComponent(password));
}

/** `name:base64,name:base64`; 32 random bytes are never made of a few that repeat, as those of an example are. */
export function weakKeys(given: string): string | undefined {
  const keys = given.split(',').map((entry) => Buffer.from(entry.split(':')[1] ?? '', 'base64'));
  return keys.some((key) => new Set(key).size < 16)
    ? 'a key is not random, as one that was copied from an example'
    : undefined;
}
