/** Writes small pictures: enough of PNG (RFC 2083) for flat shapes. */
import { deflateSync } from 'node:zlib';

/** Red, green, blue: 0 to 255. */
export type Colour = readonly [number, number, number];

export interface Canvas {
  /** Paints every pixel for which `inside` holds. */
  paint(inside: (x: number, y: number) => boolean, colour: Colour | ((x: number, y: number) => Colour)): void;
  rectangle(left: number, top: number, width: number, height: number, colour: Colour): void;
  circle(x: number, y: number, radius: number, colour: Colour): void;
  png(): Buffer;
}

export function canvas(width: number, height: number): Canvas {
  const pixels = Buffer.alloc(width * height * 3, 255);
  const paint: Canvas['paint'] = (inside, colour) => {
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        if (inside(x, y))
          pixels.set(typeof colour === 'function' ? colour(x, y) : colour, (y * width + x) * 3);
      }
    }
  };
  return {
    paint,
    rectangle: (left, top, wide, high, colour) =>
      paint((x, y) => x >= left && x < left + wide && y >= top && y < top + high, colour),
    circle: (centreX, centreY, radius, colour) =>
      paint((x, y) => (x - centreX) ** 2 + (y - centreY) ** 2 <= radius ** 2, colour),
    png: () => encode(pixels, width, height),
  };
}

function encode(pixels: Buffer, width: number, height: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  // Every row begins with its filter: 0, none.
  const rows = Array.from({ length: height }, (_, y) => [
    Buffer.from([0]),
    pixels.subarray(y * width * 3, (y + 1) * width * 3),
  ]).flat();
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.concat(rows))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(name: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const framed = Buffer.alloc(named.length + 8);
  framed.writeUInt32BE(data.length, 0);
  named.copy(framed, 4);
  framed.writeUInt32BE(crc(named, 0xedb88320), named.length + 4);
  return framed;
}

/** The CRC-32 of Ethernet, bits reversed. */
function crc(bytes: Buffer, polynomial: number): number {
  let sum = 0xffffffff;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = (sum >>> 1) ^ (sum & 1 ? polynomial : 0);
  }
  return (sum ^ 0xffffffff) >>> 0;
}
