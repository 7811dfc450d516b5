/** A voice note in which nobody speaks: Opus silence in an Ogg file (RFC 3533, RFC 7845). */

/** One packet of 20 ms: wide band, mono, a frame that decodes to silence. */
const silence = Buffer.from([0xf8, 0xff, 0xfe]);
const samplesPerPacket = 960;

export function silentVoiceNote(seconds: number): Buffer {
  const head = Buffer.alloc(19);
  head.write('OpusHead', 'latin1');
  head.set([1, 1], 8);
  head.writeUInt32LE(48_000, 12);
  const vendor = Buffer.from('silence');
  const tags = Buffer.alloc(8 + 4 + vendor.length + 4);
  tags.write('OpusTags', 'latin1');
  tags.writeUInt32LE(vendor.length, 8);
  vendor.copy(tags, 12);

  const pages = [page([head], 0, 0, 2), page([tags], 1, 0, 0)];
  const packets = seconds * 50;
  // A page holds at most 255 packets of this size.
  for (let done = 0; done < packets; done += 50) {
    const count = Math.min(50, packets - done);
    const last = done + count >= packets;
    const packetsHere = Array.from({ length: count }, () => silence);
    pages.push(page(packetsHere, pages.length, (done + count) * samplesPerPacket, last ? 4 : 0));
  }
  return Buffer.concat(pages);
}

function page(packets: readonly Buffer[], sequence: number, granule: number, flags: number): Buffer {
  const header = Buffer.alloc(27 + packets.length);
  header.write('OggS', 'latin1');
  header.writeUInt8(flags, 5);
  header.writeBigUInt64LE(BigInt(granule), 6);
  header.writeUInt32LE(0x4b4d43, 14);
  header.writeUInt32LE(sequence, 18);
  header.writeUInt8(packets.length, 26);
  packets.forEach((packet, index) => header.writeUInt8(packet.length, 27 + index));
  const whole = Buffer.concat([header, ...packets]);
  whole.writeUInt32LE(checksum(whole), 22);
  return whole;
}

/** Ogg's CRC: the polynomial of Ethernet, but neither reversed nor inverted. */
function checksum(bytes: Buffer): number {
  let sum = 0;
  for (const byte of bytes) {
    sum ^= byte << 24;
    for (let bit = 0; bit < 8; bit++) sum = sum & 0x80000000 ? (sum << 1) ^ 0x04c11db7 : sum << 1;
  }
  return sum >>> 0;
}
