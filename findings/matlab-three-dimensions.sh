#!/usr/bin/env bash
#
# mat-for-js returns arrays of MATLAB of three dimensions with wrong numbers at most places.
#
# Versions: mat-for-js 1.1.0 of npm, Node.js 20, Linux x86-64.
#
# A file of MATLAB holds the numbers of an array by columns: the first index runs fastest. With one or two
# dimensions the reader follows that. With three, such as trials by channels by time, the shape is right,
# but most numbers come from elsewhere: in an array of 2 x 3 x 4 six of 24 are where they belong, and nine
# appear nowhere, since others stand in their places too. Nothing is said.
#
# Output seen:
#   2 x 12, first row: 0 10 20 1 11 21 2 12 22 3 13 23; right is 0 10 20 1 11 21 2 12 22 3 13 23
#   2 x 3 x 4, row 0, 0: 0 110 1 111; right is 0 1 2 3
#   2 x 3 x 4, row 0, 1: 10 120 11 121; right is 10 11 12 13
#   2 x 3 x 4, row 0, 2: 20 101 21 102; right is 20 21 22 23
#   2 x 3 x 4, row 1, 0: 100 20 101 21; right is 100 101 102 103
#   2 x 3 x 4, row 1, 1: 110 1 111 2; right is 110 111 112 113
#   2 x 3 x 4, row 1, 2: 120 11 121 12; right is 120 121 122 123
#   6 of 24 numbers in their places, 15 different numbers
#
# Run by hand; needs bash, Node.js with npm, and the npm registry. Exits 0 while this is so, and 1 if
# the behaviour is another.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

npm init --yes > /dev/null
npm install --silent --no-audit --no-fund --ignore-scripts mat-for-js@1.1.0 1>&2

cat > finding.js <<'JS'
const { read } = require('mat-for-js');

// a file of level 5 with one array of doubles, numbers by columns
function file(dimensions, numbers) {
  const element = (type, bytes) => {
    const head = Buffer.alloc(8);
    head.writeUInt32LE(type, 0);
    head.writeUInt32LE(bytes.length, 4);
    return Buffer.concat([head, bytes, Buffer.alloc((8 - (bytes.length % 8)) % 8)]);
  };
  const array = Buffer.concat([
    element(6, Buffer.from(Uint32Array.from([6, 0]).buffer)),
    element(5, Buffer.from(Int32Array.from(dimensions).buffer)),
    element(1, Buffer.from('A')),
    element(9, Buffer.from(Float64Array.from(numbers).buffer)),
  ]);
  const head = Buffer.alloc(128, ' ');
  head.write('MATLAB 5.0 MAT-file');
  head.writeUInt16LE(0x0100, 124);
  head.write('IM', 126);
  return Uint8Array.from(Buffer.concat([head, element(14, array)])).buffer;
}

// the number at i, j, k is 100 i + 10 j + k
const numbers = [];
for (let k = 0; k < 4; k++) {
  for (let j = 0; j < 3; j++) {
    for (let i = 0; i < 2; i++) {
      numbers.push(100 * i + 10 * j + k);
    }
  }
}
const { A: flat } = read(file([2, 12], numbers)).data;
const { A: cube } = read(file([2, 3, 4], numbers)).data;
console.log(`2 x 12, first row: ${flat[0].join(' ')}; right is ${numbers.filter((_, i) => i % 2 === 0).join(' ')}`);
let right = 0;
cube.forEach((plane, i) => plane.forEach((row, j) => {
  console.log(`2 x 3 x 4, row ${i}, ${j}: ${row.join(' ')}; right is ${row.map((_, k) => 100 * i + 10 * j + k).join(' ')}`);
  right += row.filter((value, k) => value === 100 * i + 10 * j + k).length;
}));
const different = new Set(cube.flat(2)).size;
console.log(`${right} of 24 numbers in their places, ${different} different numbers`);
process.exit(flat[0].join() === '0,10,20,1,11,21,2,12,22,3,13,23' && right === 6 && different === 15 ? 0 : 1);
JS
node finding.js
