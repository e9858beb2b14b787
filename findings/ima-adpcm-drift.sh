#!/usr/bin/env bash
#
# wavefile and imaadpcm read a sample too many from each block of IMA ADPCM, and lose the last block.
#
# Versions: wavefile 11.0.0, imaadpcm 5.0.0 of npm, Node.js 20, Linux x86-64.
#
# A block of 256 bytes holds 505 samples: one in its head and 504 of four bits. Both packages repeat the one
# in the head, so each block yields 506, and all that follows comes a sample later with every block: sound is
# 0.2 % too long, and lags behind its video or its words by 1.2 seconds after ten minutes. The last block
# is read as zeros, and more zeros follow, though the file says how many samples there are. In the file here
# the samples of each block are equal, so one sees where each begins.
#
# Output seen:
#   the file: 5050 samples, blocks begin at 0, 505, 1010, 1515, 2020, 2525, 3030, 3535, 4040, 4545
#   wavefile: 5120 samples, blocks begin at 0, 506, 1012, 1518, 2024, 2530, 3036, 3542, 4048, -1
#   imaadpcm: 5120 samples, blocks begin at 0, 506, 1012, 1518, 2024, 2530, 3036, 3542, 4048, -1
#
# Run by hand; needs bash, Node.js with npm, and the npm registry. Exits 0 while this is so, and 1 if
# the behaviour is another.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

npm init --yes > /dev/null
npm install --silent --no-audit --no-fund --ignore-scripts wavefile@11.0.0 imaadpcm@5.0.0 1>&2

cat > finding.js <<'JS'
const { WaveFile } = require('wavefile');
const imaadpcm = require('imaadpcm');

// block k is 505 samples of 1000 k: the head has the first one, and four zero bits change nothing
const blocks = 10;
const data = Buffer.alloc(256 * blocks);
for (let k = 0; k < blocks; k++) {
  data.writeInt16LE(1000 * (k + 1), 256 * k);
}
const chunk = (name, bytes) => {
  const head = Buffer.alloc(8);
  head.write(name);
  head.writeUInt32LE(bytes.length, 4);
  return Buffer.concat([head, bytes]);
};
const format = Buffer.alloc(20);
[[17, 0], [1, 2], [256, 12], [4, 14], [2, 16], [505, 18]].forEach(([value, at]) => format.writeUInt16LE(value, at));
format.writeUInt32LE(8000, 4);
format.writeUInt32LE(4055, 8);
const fact = Buffer.alloc(4);
fact.writeUInt32LE(505 * blocks);
const wav = new WaveFile(chunk('RIFF', Buffer.concat([Buffer.from('WAVE'), chunk('fmt ', format), chunk('fact', fact), chunk('data', data)])));
wav.fromIMAADPCM();

const show = (name, samples) => {
  const starts = Array.from({ length: blocks }, (_, k) => samples.indexOf(1000 * (k + 1)));
  console.log(`${name}: ${samples.length} samples, blocks begin at ${starts.join(', ')}`);
  return starts.join();
};
console.log(`the file: ${505 * blocks} samples, blocks begin at ${Array.from({ length: blocks }, (_, k) => 505 * k).join(', ')}`);
const seen = [show('wavefile', Array.from(wav.getSamples(false, Int16Array))), show('imaadpcm', Array.from(imaadpcm.decode(data)))];
process.exit(seen.every((starts) => starts === '0,506,1012,1518,2024,2530,3036,3542,4048,-1') ? 0 : 1);
JS
node finding.js
