#!/usr/bin/env bash
#
# Two readers of WAV turn the lowest sample of 24 bits into the highest.
#
# Versions: node-wav 0.0.2, wav-decoder 1.3.0, wav-encoder 1.3.0, wavefile 11.0.0 of npm, Node.js 20, Linux x86-64.
#
# A sample of 24 bits goes from -8388608 to 8388607. node-wav and wav-decoder both take -8388608 for
# a positive number, so -1 comes back as 1.0000001: a recording that was clipped at the lower end
# gets spikes of twice the full range. It is so for files of their own encoders, which write -1 as
# this sample. The next sample up and files of 16 or 32 bits are right; wavefile reads all of them
# right.
#
# Output seen:
#   16 bits, written -1.000, -0.500, 0.000, 1.000
#     node-wav    -1.000, -0.500, 0.000, 1.000
#     wav-decoder -1.000, -0.500, 0.000, 1.000
#     wavefile    -1.000, -0.500, 0.000, 1.000
#   24 bits, written -1.000, -0.500, 0.000, 1.000
#     node-wav    1.000, -0.500, 0.000, 1.000
#     wav-decoder 1.000, -0.500, 0.000, 1.000
#     wavefile    -1.000, -0.500, 0.000, 1.000
#   32 bits, written -1.000, -0.500, 0.000, 1.000
#     node-wav    -1.000, -0.500, 0.000, 1.000
#     wav-decoder -1.000, -0.500, 0.000, 1.000
#     wavefile    -1.000, -0.500, 0.000, 1.000
#
# Run by hand; needs bash, Node.js with npm, and the npm registry. Exits 0 while this is so, and 1 if
# the behaviour is another.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

npm init --yes > /dev/null
npm install --silent --no-audit --no-fund --ignore-scripts node-wav@0.0.2 wav-decoder@1.3.0 wav-encoder@1.3.0 wavefile@11.0.0 1>&2

cat > finding.js <<'JS'
const nodeWav = require('node-wav');
const WavDecoder = require('wav-decoder');
const WavEncoder = require('wav-encoder');
const { WaveFile } = require('wavefile');

const samples = Float32Array.from([-1, -0.5, 0, 1]);
const text = (values) => Array.from(values, (value) => value.toFixed(3)).join(', ');

async function run() {
  let asFound = true;
  for (const bits of [16, 24, 32]) {
    const file = new Uint8Array(await WavEncoder.encode({ sampleRate: 8000, channelData: [samples] }, { bitDepth: bits }));
    const own = nodeWav.encode([samples], { sampleRate: 8000, float: false, bitDepth: bits });
    const first = nodeWav.decode(own).channelData[0];
    const second = (await WavDecoder.decode(file.buffer)).channelData[0];
    const third = new WaveFile(file).getSamples(false, Float64Array).map((value) => value / 2 ** (bits - 1));
    console.log(`${bits} bits, written ${text(samples)}`);
    console.log(`  node-wav    ${text(first)}`);
    console.log(`  wav-decoder ${text(second)}`);
    console.log(`  wavefile    ${text(third)}`);
    const lowest = bits === 24 ? 1 : -1;
    asFound = asFound && Math.abs(first[0] - lowest) < 1e-3 && Math.abs(second[0] - lowest) < 1e-3 && third[0] === -1;
  }
  process.exit(asFound ? 0 : 1);
}

run();
JS
node finding.js
