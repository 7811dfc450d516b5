/** Invented files that a citizen may send: made here, so that nothing is downloaded and nobody's photo is used. */
import { silentVoiceNote } from './ogg.ts';
import { canvas, type Canvas, type Colour } from './png.ts';

export interface SamplePicture {
  readonly label: string;
  readonly bytes: () => Buffer;
}

const once = (draw: () => Buffer): (() => Buffer) => {
  let drawn: Buffer | undefined;
  return () => (drawn ??= draw());
};

const mix = (from: Colour, to: Colour, share: number): Colour => [
  Math.round(from[0] + (to[0] - from[0]) * share),
  Math.round(from[1] + (to[1] - from[1]) * share),
  Math.round(from[2] + (to[2] - from[2]) * share),
];

const width = 480;
const height = 320;

function sky(picture: Canvas, above: Colour, below: Colour): void {
  picture.paint(
    () => true,
    (_, y) => mix(above, below, y / height),
  );
}

/** A printed bill on a table. */
function bill(): Buffer {
  const picture = canvas(width, height);
  const ink: Colour = [120, 126, 134];
  picture.paint(
    () => true,
    (x, y) => mix([150, 104, 66], [124, 82, 50], ((x + 3 * y) % 60) / 60),
  );
  picture.rectangle(106, 26, 280, 280, [96, 62, 38]);
  picture.rectangle(100, 20, 280, 280, [252, 251, 246]);
  picture.rectangle(100, 20, 280, 44, [18, 92, 84]);
  picture.circle(128, 42, 13, [240, 220, 150]);
  picture.rectangle(154, 34, 150, 8, [232, 240, 238]);
  picture.rectangle(154, 48, 96, 6, [168, 204, 198]);
  for (let line = 0; line < 6; line++) {
    picture.rectangle(122, 86 + line * 22, 110 + ((line * 37) % 50), 7, ink);
    picture.rectangle(318, 86 + line * 22, 40, 7, ink);
  }
  picture.rectangle(122, 226, 236, 2, ink);
  picture.rectangle(122, 240, 70, 10, [40, 44, 50]);
  picture.rectangle(300, 240, 58, 10, [40, 44, 50]);
  picture.paint((x, y) => y >= 264 && y < 286 && x >= 122 && x < 250 && (x * x) % 7 < 3, [30, 30, 34]);
  return picture.png();
}

/** The river with the cantilever bridge at sunset. */
function bridge(): Buffer {
  const picture = canvas(width, height);
  const steel: Colour = [58, 46, 66];
  sky(picture, [72, 62, 120], [250, 170, 96]);
  picture.circle(346, 176, 34, [255, 222, 150]);
  picture.paint(
    (_, y) => y >= 212,
    (x, y) => mix([206, 124, 92], [66, 56, 96], Math.min(1, (y - 212) / 108 + ((x + y * 5) % 23) / 90)),
  );
  picture.rectangle(0, 190, width, 9, steel);
  for (const tower of [130, 350]) {
    picture.paint((x, y) => y >= 78 && y < 212 && Math.abs(x - tower) < 4 + (y - 78) / 14, steel);
  }
  const chord = (x: number): number => {
    const toTower = Math.min(Math.abs(x - 130), Math.abs(x - 350));
    const between = x > 130 && x < 350;
    return between ? Math.min(160, 82 + toTower * 0.72) : Math.min(190, 82 + toTower * 0.84);
  };
  picture.paint((x, y) => Math.abs(y - chord(x)) < 3, steel);
  picture.paint(
    (x, y) => y > chord(x) && y < 190 && (x % 20 < 2 || Math.abs(((x + y) % 40) - 20) < 1),
    steel,
  );
  return picture.png();
}

/** A shop with a striped awning. */
function shop(): Buffer {
  const picture = canvas(width, height);
  sky(picture, [176, 214, 232], [226, 238, 240]);
  picture.rectangle(0, 262, width, 58, [148, 142, 136]);
  picture.rectangle(80, 60, 320, 210, [238, 206, 158]);
  picture.rectangle(96, 72, 288, 34, [28, 96, 88]);
  picture.rectangle(150, 85, 180, 8, [244, 232, 190]);
  picture.paint(
    (x, y) => y >= 112 && y < 150 - (x % 40 < 20 ? 0 : 6) && x >= 80 && x < 400,
    (x) => (x % 40 < 20 ? [200, 60, 52] : [246, 240, 232]),
  );
  picture.rectangle(104, 158, 180, 104, [92, 66, 48]);
  for (let shelf = 0; shelf < 3; shelf++) {
    for (let jar = 0; jar < 8; jar++) {
      const tint: Colour = [
        190 + ((jar * 31) % 60),
        120 + ((jar * 53 + shelf * 40) % 110),
        60 + ((jar * 17) % 60),
      ];
      picture.rectangle(112 + jar * 21, 166 + shelf * 32, 15, 22, tint);
    }
  }
  picture.rectangle(304, 158, 76, 112, [66, 106, 128]);
  picture.circle(368, 214, 4, [240, 220, 150]);
  return picture.png();
}

export const samplePictures: Readonly<Record<string, SamplePicture>> = {
  bill: { label: 'Property tax bill', bytes: once(bill) },
  shop: { label: 'Shop front', bytes: once(shop) },
  bridge: { label: 'Bridge at sunset', bytes: once(bridge) },
};

export const sampleVoice = once(() => silentVoiceNote(3));

/** Lossless WebP: a yellow taxi, 128 pixels square. */
export const sampleSticker = once(() => Buffer.from(taxi.join(''), 'base64'));
const taxi = [
  'UklGRioEAABXRUJQVlA4TB4EAAAvf8AfEJXIkUA3kpXDEJGSE63xDzkHOSfZt0tQPyLlFtsVCPeW9CTLRQRlq23K7hrPMAoApBG+JwZY',
  'LaSkGQy1R4eLcCiqbZu6b90AYmhj9o9k/oYKCKHELaCIxUzbNu/YjeNwTjEEt40cSfLseOs2ecNN6OoXlH+x6RtgFMrlmi5TDhftKjK4',
  'xDfAfeX3Cq1wv0TEUOqbwJbw7kvLiPD+t6GnRBY8FN8NIEAHKfPgAiojDpTDM8Fo6xrbfW6CuXfBMEQdhPC+q9Egr8Lrf7sOcQPoiT0F',
  'w9MDIoYZTi0KxiHq8osv7iSbs33N+5xjdE0VLhKrUvNVf0gz9u3BYnJtDwJK+Lp3m3ZizVNdp4lEi/B0727L7PTOjmr0OaAs23z0Zh81',
  '620I+viCDmQ5d8k81Py9+1kQQYgyJPNQ8/ceFsjmpaaOojMnNfEKozQXdac1DGjVhYV4bxjQGjUHdaU1jsr2Ep5qHLWlryetcdSWtOa9',
  'KtBb6o1Oo7UCvSWuK1MrUNoyJSTtQq1BYX1rVoNTSKbF7/GHBoXNjQFvDx2zQla897MGvcmrCHA8a18DUaO1CpVBg1MrSgm78azK1Cp0',
  'ho+PBXhqVzt8LN/P0OZNV1BrgnplzsoCudQ2cY2zaoWa8ph4RfAXg2PrDqppIvUOfogNOS0K5szKoeAr9LSI3bzfKXCzml+aLQN6rbUz',
  'OyRu73azmlzY3rP2rRH2jOh0a1J/30xZGVEZyBjt9t750Oog6hwlT9rmBkqOxcTJxZqC5lzbpbYJMPNR631OhAczyU4At9uQGWdk9afF',
  'oPgd5NYXtXb5pdbanMofhkFmA96G5Ulyoq6pmlcojW/qjGuqhkJJMssgm4grlIugqdkkpckMIB8cXQA9SU6xVU6SGQCIbroYZdbS5ei2',
  'S4rMQFEFrlAuqOAdY4rMXWbw0Z8kd4G5QkFJkZked/FDmw366I6XP41xesxkYtaZ2wAYDfrlnMhg9kF55DcY88x0joDQ12qU/2L0MYZB',
  'aZtZ7MtEGWQRv7pjMJwMStPMlWnMiY29Ln11J7bXZ4Fd5sY1JoHGau1tTgahr2mz6bHIvD3xJ8Nh8HSSquOdvAaiRJkjWKTWsu67G5hS',
  'ZF7x2+HlIDxmYn+7Wuwz78DIU5TYlxz04wuAt3MosMy89oBG3mLztPviOZjowte5o7LKvB34w4c96cQWIevpkKaWgAOnlpkjQjXsy395',
  '2wa/PLUmQFlmNul0HKqZNatE2sxWE9tQTqSPkDyziZ0UE5tWieSZ9VcXHP6gbZS0mS2nFoJf3IgSaTPbznOp6LS6tJnNJ9qcDuYIjonu',
  'M7NdEyBKOM0M7QN2dFar78zSfjgWkLyE48zqPtDaf+cIv5l1fbB9J7vKyCGzokEXEb4yJ+iDJs78d7MK',
];

export const samplePdf = once(() => {
  const text = 'BT /F1 18 Tf 72 720 Td (An old receipt, invented) Tj ET';
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${text.length} >>\nstream\n${text}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ];
  let file = '%PDF-1.4\n';
  const offsets = objects.map((object, index) => {
    const offset = file.length;
    file += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const entries = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const trailer = `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${file.length}\n%%EOF\n`;
  return Buffer.from(`${file}xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${entries}${trailer}`);
});
