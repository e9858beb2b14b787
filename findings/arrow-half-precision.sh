#!/usr/bin/env bash
#
# Apache Arrow for JavaScript stores 1.9999 as 1 in half precision, 70,000 as 2.13, and 1e-8 as minus infinity.
#
# Versions: apache-arrow 21.2.0 of npm, Node.js 20, Linux x86-64.
#
# A number just below a power of two rounds up to it. The mantissa is then 0 and the exponent one higher,
# but Arrow does not carry: for every second exponent the number comes out halved. That is so for one
# number in 2,048 from 1 to 2, from 0.25 to 0.5, and so on. Numbers from 65,536 on, which are infinite in
# half precision, and numbers below 3e-8, which are 0, come out as anything. The right numbers here are
# from the definition of the format: a multiple of the spacing, ties to even.
#
# Output seen:
#   1.9999 is 1, right 2
#   -0.49999 is -0.25, right -0.5
#   8191.5 is 4096, right 8192
#   70000 is 2.134765625, right Infinity
#   1e-8 is -Infinity, right 0
#   1e-9 is 0.00004196166992, right 0
#   0.9995 is 0.99951171875, right 0.99951171875
#   65536 numbers from 1 to 2: 32 halved
#
# Run by hand; needs bash, Node.js with npm, and the npm registry. Exits 0 while this is so, and 1 if
# the behaviour is another.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

npm init --yes > /dev/null
npm install --silent --no-audit --no-fund --ignore-scripts apache-arrow@21.2.0 1>&2

cat > finding.js <<'JS'
const { Float16, vectorFromArray } = require('apache-arrow');

function half(number) {
  const size = Math.abs(number);
  const exponent = Math.max(Math.floor(Math.log2(size)), -14);
  const spacing = 2 ** (exponent - 10);
  const steps = size / spacing;
  const down = Math.floor(steps);
  const up = steps - down > 0.5 || (steps - down === 0.5 && down % 2 === 1);
  const rounded = (down + (up ? 1 : 0)) * spacing;
  return Math.sign(number) * (rounded > 65504 ? Infinity : rounded);
}

const stored = (number) => vectorFromArray([number], new Float16()).get(0);
const text = (number) => (Math.abs(number) < 1e-3 && number !== 0 ? number.toFixed(14) : String(number));
const found = [1.9999, -0.49999, 8191.5, 70000, 1e-8, 1e-9, 0.9995].map((number) => {
  console.log(`${number === 1e-8 || number === 1e-9 ? number.toExponential() : number} is ${text(stored(number))}, right ${text(half(number))}`);
  return stored(number);
});
const numbers = Array.from({ length: 65536 }, (_, i) => 1 + i / 65536);
const halved = [...vectorFromArray(numbers, new Float16())].filter((number, i) => number === half(numbers[i]) / 2).length;
console.log(`${numbers.length} numbers from 1 to 2: ${halved} halved`);
const asFound = found[0] === 1 && found[1] === -0.25 && found[2] === 4096 && found[3] < 3 && found[4] === -Infinity;
process.exit(asFound && found[5] > 4e-5 && found[6] === half(0.9995) && halved > 8 ? 0 : 1);
JS
node finding.js
