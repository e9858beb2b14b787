#!/usr/bin/env bash
#
# npyjs writes plain lists of numbers as 32-bit floats, so times since 1970 are up to a minute off.
#
# Versions: npyjs 1.2.0 of npm, Node.js 20, Linux x86-64.
#
# A number of JavaScript has 53 bits. dump takes the type of a plain list from its numbers, by the
# documentation: whole ones get an integer type that holds them, and as soon as one has a fraction all of
# them become 32-bit floats, which lie 128 seconds apart at times of today. A Float64Array keeps its numbers.
#
# Output seen:
#   [1700000000.25,1700000030.5,1700000100.75]: f4, 1700000000 1700000000 1700000128
#   [16777217,16777219]: u4, 16777217 16777219
#   [16777217,16777219,0.5]: f4, 16777216 16777220 0.5
#   Float64Array of the first: f8, 1700000000.25 1700000030.5 1700000100.75
#
# Run by hand; needs bash, Node.js with npm, and the npm registry. Exits 0 while this is so, and 1 if
# the behaviour is another.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

npm init --yes > /dev/null
npm install --silent --no-audit --no-fund --ignore-scripts npyjs@1.2.0 1>&2

cat > finding.js <<'JS'
const { dump } = require('npyjs');

// the type and the numbers of a file, by the format: a header of text, then the data
function read(name, list) {
  const written = Buffer.from(dump(list, [list.length]));
  const start = 10 + written.readUInt16LE(8);
  const type = /'descr': *'.(\w+)'/.exec(written.toString('latin1', 10, start))[1];
  const numbers = [...Array(list.length).keys()].map((i) =>
    ({ f4: () => written.readFloatLE(start + 4 * i), f8: () => written.readDoubleLE(start + 8 * i),
      u4: () => written.readUInt32LE(start + 4 * i) })[type]());
  console.log(`${name}: ${type}, ${numbers.join(' ')}`);
  return type + numbers.join();
}

const times = [1700000000.25, 1700000030.5, 1700000100.75];
const plain = read(JSON.stringify(times), times);
const whole = read('[16777217,16777219]', [16777217, 16777219]);
const mixed = read('[16777217,16777219,0.5]', [16777217, 16777219, 0.5]);
const typed = read('Float64Array of the first', Float64Array.from(times));
process.exit(plain === 'f41700000000,1700000000,1700000128' && whole === 'u416777217,16777219'
  && mixed === 'f416777216,16777220,0.5' && typed === `f8${times.join()}` ? 0 : 1);
JS
node finding.js
