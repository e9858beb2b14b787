#!/usr/bin/env bash
#
# Three readers of WAV each make something else of a chunk of odd size.
#
# Versions: node-wav 0.0.2, wav-decoder 1.3.0, wavefile 11.0.0 of npm, Node.js 20, Linux x86-64.
#
# A chunk of odd size in a RIFF file is followed by one pad byte that its size does not count. Of a
# sound of three samples of 8 bits wavefile reads four: the pad byte is 0, which is -1 in 8 bits, so
# a click is heard at the end. wav-decoder and node-wav read three samples, but do not step over the
# pad byte of a chunk in front of the sound, such as a note of five letters: one raises an error,
# the other returns undefined.
#
# Output seen:
#   three samples of 8 bits, node-wav: [0, 0, 0]
#   three samples of 8 bits, wav-decoder: [0, 0, 0]
#   three samples of 8 bits, wavefile: [0, 0, 0, -1]
#   the same after a chunk of 6 bytes, node-wav: [0, 0, 0]
#   the same after a chunk of 6 bytes, wav-decoder: [0, 0, 0]
#   the same after a chunk of 6 bytes, wavefile: [0, 0, 0, -1]
#   the same after a chunk of 5 bytes, node-wav: undefined
#   the same after a chunk of 5 bytes, wav-decoder: an error
#   the same after a chunk of 5 bytes, wavefile: [0, 0, 0, -1]
#
# Run by hand; needs bash, Node.js with npm, and the npm registry. Exits 0 while this is so, and 1 if
# the behaviour is another.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

npm init --yes > /dev/null
npm install --silent --no-audit --no-fund --ignore-scripts node-wav@0.0.2 wav-decoder@1.3.0 wavefile@11.0.0 1>&2

cat > finding.js <<'JS'
const nodeWav = require('node-wav');
const WavDecoder = require('wav-decoder');
const { WaveFile } = require('wavefile');

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

const silence = Buffer.from([128, 128, 128]);
const files = {
  'three samples of 8 bits': wav(8, silence),
  'the same after a chunk of 6 bytes': wav(8, silence, [chunk('note', Buffer.from('abcdef'))]),
  'the same after a chunk of 5 bytes': wav(8, silence, [chunk('note', Buffer.from('abcde'))]),
};
const readers = {
  'node-wav': async (file) => (nodeWav.decode(file) || { channelData: [] }).channelData[0],
  'wav-decoder': async (file) => (await WavDecoder.decode(Buffer.from(file))).channelData[0],
  wavefile: async (file) => new WaveFile(file).getSamples(false, Float64Array).map((value) => (value - 128) / 128),
};

async function run() {
  const read = {};
  for (const [name, file] of Object.entries(files)) {
    for (const [reader, decode] of Object.entries(readers)) {
      let samples;
      try {
        const decoded = await decode(file);
        samples = decoded ? `[${Array.from(decoded).join(', ')}]` : 'undefined';
      } catch (error) {
        samples = 'an error';
      }
      console.log(`${name}, ${reader}: ${samples}`);
      read[reader] = (read[reader] || []).concat(samples);
    }
  }
  const right = '[0, 0, 0]';
  process.exit(read.wavefile[0] === '[0, 0, 0, -1]' && read['wav-decoder'][1] === right && read['wav-decoder'][2] !== right
    && read['node-wav'][1] === right && read['node-wav'][2] !== right ? 0 : 1);
}

run();
JS
node finding.js
