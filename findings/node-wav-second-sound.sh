#!/usr/bin/env bash
#
# node-wav answers nothing for a sound that lies behind another in memory.
#
# Versions: node-wav 0.0.2, wav-decoder 1.3.0 of npm, Node.js 20, Linux x86-64.
#
# A Buffer or Uint8Array may be a part of a larger ArrayBuffer; every small Buffer of Node.js is.
# node-wav starts where the part starts, but takes the length of the part for its end, counted from
# the start of the ArrayBuffer. Where a part begins beyond its own length, such as the second of two
# sounds in one piece of memory, decode returns undefined and raises no error. wav-decoder reads it,
# and so does node-wav once it is copied.
#
# Output seen:
#   the second sound: 0.5, -0.5
#   node-wav: undefined; of a copy: 0.5, -0.5
#   wav-decoder: 0.5, -0.5
#
# Run by hand; needs bash, Node.js with npm, and the npm registry. Exits 0 while this is so, and 1 if
# the behaviour is another.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

npm init --yes > /dev/null
npm install --silent --no-audit --no-fund --ignore-scripts node-wav@0.0.2 wav-decoder@1.3.0 1>&2

cat > finding.js <<'JS'
const nodeWav = require('node-wav');
const WavDecoder = require('wav-decoder');

// an uncompressed mono file of 8 kHz, as RIFF has it: a chunk of odd size ends with a pad byte
function chunk(name, data) {
  const head = Buffer.alloc(8);
  head.write(name, 0, 'ascii');
  head.writeUInt32LE(data.length, 4);
  return Buffer.concat([head, data, Buffer.alloc(data.length % 2)]);
}

function wav(bits, data, chunks = []) {
  const format = Buffer.alloc(16);
  format.writeUInt16LE(1, 0);
  format.writeUInt16LE(1, 2);
  format.writeUInt32LE(8000, 4);
  format.writeUInt32LE(1000 * bits, 8);
  format.writeUInt16LE(bits / 8, 12);
  format.writeUInt16LE(bits, 14);
  return new Uint8Array(chunk('RIFF', Buffer.concat([Buffer.from('WAVE'), chunk('fmt ', format), ...chunks, chunk('data', data)])));
}

const one = wav(16, Buffer.from(Int16Array.from([0, 0]).buffer));
const two = wav(16, Buffer.from(Int16Array.from([16384, -16384]).buffer));
const memory = new Uint8Array(one.length + two.length);
memory.set(one);
memory.set(two, one.length);
const second = memory.subarray(one.length);

async function run() {
  const text = (samples) => Array.from(samples, (value) => value.toFixed(1)).join(', ');
  const asGiven = nodeWav.decode(second);
  const asCopied = text(nodeWav.decode(second.slice()).channelData[0]);
  const decoder = text((await WavDecoder.decode(Buffer.from(second))).channelData[0]);
  console.log('the second sound: 0.5, -0.5');
  console.log(`node-wav: ${asGiven}; of a copy: ${asCopied}`);
  console.log(`wav-decoder: ${decoder}`);
  process.exit(asGiven === undefined && asCopied === '0.5, -0.5' && decoder === '0.5, -0.5' ? 0 : 1);
}

run();
JS
node finding.js
