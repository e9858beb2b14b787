#!/usr/bin/env bash
#
# The package tiff reads signed numbers as unsigned ones, and halves as whole numbers.
#
# Versions: tiff 7.1.3 and geotiff 3.0.5 of npm, Node.js 20, Linux x86-64.
#
# The tag SampleFormat of a TIFF says whether numbers are unsigned, signed or floating point. tiff looks at
# it for 32 and 64 bits only, so a depth or a height of -5 is 65531, or 251 in 8 bits, and 0.5 in half
# precision is 14336. Signed numbers of 32 bits raise an error. The documentation has a table of array
# types by the number of bits, without a word on signs. geotiff reads all of them right.
#
# Output seen:
#   16 bits, signed: tiff [65531,3,32768], geotiff [-5,3,-32768]
#   8 bits, signed: tiff [251,3,128], geotiff [-5,3,-128]
#   16 bits, floating point: tiff [14336,49152,11878], geotiff [0.5,-2,0.0999755859375]
#   16 bits, unsigned: tiff [65531,3,32768], geotiff [65531,3,32768]
#
# Run by hand; needs bash, Node.js with npm, and the npm registry. Exits 0 while this is so, and 1 if
# the behaviour is another.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

npm init --yes > /dev/null
npm install --silent --no-audit --no-fund --ignore-scripts tiff@7.1.3 geotiff@3.0.5 1>&2

cat > finding.mjs <<'JS'
import { fromArrayBuffer } from 'geotiff';
import { decode } from 'tiff';

// a TIFF of one row of three numbers, little-endian, uncompressed
function file(bits, format, data) {
  const tags = [
    [256, 3], [257, 1], [258, bits], [259, 1], [262, 1], [273, 8 + 2 + 12 * 10 + 4], [277, 1], [278, 1],
    [279, data.length], [339, format],
  ];
  const bytes = Buffer.alloc(134 + data.length);
  bytes.write('II*\0', 0, 'latin1');
  bytes.writeUInt32LE(8, 4);
  bytes.writeUInt16LE(tags.length, 8);
  tags.forEach(([tag, value], i) => {
    bytes.writeUInt16LE(tag, 10 + 12 * i);
    bytes.writeUInt16LE(4, 12 + 12 * i);
    bytes.writeUInt32LE(1, 14 + 12 * i);
    bytes.writeUInt32LE(value, 18 + 12 * i);
  });
  bytes.set(data, 134);
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length);
}

async function read(name, bits, format, data) {
  const bytes = file(bits, format, data);
  const one = JSON.stringify(Array.from(decode(bytes)[0].data));
  const other = JSON.stringify(Array.from((await (await (await fromArrayBuffer(bytes)).getImage()).readRasters())[0]));
  console.log(`${name}: tiff ${one}, geotiff ${other}`);
  return one + other;
}

const seen = [
  await read('16 bits, signed', 16, 2, [0xfb, 0xff, 3, 0, 0, 0x80]),
  await read('8 bits, signed', 8, 2, [0xfb, 3, 0x80]),
  await read('16 bits, floating point', 16, 3, [0, 0x38, 0, 0xc0, 0x66, 0x2e]),
  await read('16 bits, unsigned', 16, 1, [0xfb, 0xff, 3, 0, 0, 0x80]),
];
process.exit(seen.join(' ') === '[65531,3,32768][-5,3,-32768] [251,3,128][-5,3,-128]'
  + ' [14336,49152,11878][0.5,-2,0.0999755859375] [65531,3,32768][65531,3,32768]' ? 0 : 1);
JS
node finding.mjs
