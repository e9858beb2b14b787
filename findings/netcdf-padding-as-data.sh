#!/usr/bin/env bash
#
# netcdfjs returns the padding of NetCDF files as data, and loses records of small variables.
#
# Versions: netcdfjs 4.0.0 of npm, Node.js 20, Linux x86-64.
#
# In classic NetCDF files a variable of bytes or of 16-bit numbers is padded to a whole number of four
# bytes. netcdfjs takes the padding for numbers: three values of a sensor become four, the last one the fill
# value that ncgen writes there. If such a variable is the only one along the unlimited dimension, its records
# are not padded, as the format has it. Then 16-bit numbers raise an error, and of five bytes the first
# record holds four, the second one, the others none. Bytes, which are signed, come back as 0 to 255. The
# files here are byte for byte what ncgen 4.9.0 writes; ncdump reads them right.
#
# Output seen:
#   16-bit numbers 1, -2, 3: [1,-2,3,-32767]
#   bytes -1, 1, -128: [[255],[1],[128],[129]]
#   five records of a byte, 1 to 5: [[1,2,3,4],[5],[],[],[]]
#   five records of a 16-bit number, 1 to 5: an error
#
# Run by hand; needs bash, Node.js with npm, and the npm registry. Exits 0 while this is so, and 1 if
# the behaviour is another.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

npm init --yes > /dev/null
npm install --silent --no-audit --no-fund --ignore-scripts netcdfjs@4.0.0 1>&2

cat > finding.js <<'JS'
const { NetCDFReader } = require('netcdfjs');

const int = (number) => [number >>> 24, (number >>> 16) & 255, (number >>> 8) & 255, number & 255];
const word = (text) => [...int(text.length), ...Buffer.from(text), ...new Array((4 - (text.length % 4)) % 4).fill(0)];

// a classic file with one dimension and one variable; length 0 is the unlimited dimension
function file(length, records, type, data) {
  const head = (begin) => [
    67, 68, 70, 1, ...int(records),
    ...int(10), ...int(1), ...word('t'), ...int(length),
    ...int(0), ...int(0),
    ...int(11), ...int(1), ...word('s'), ...int(1), ...int(0), ...int(0), ...int(0), ...int(type),
    ...int(length === 0 ? 4 : Math.ceil(data.length / 4) * 4), ...int(begin),
  ];
  return Uint8Array.from([...head(head(0).length), ...data]);
}

function read(name, bytes) {
  let text;
  try {
    text = JSON.stringify(new NetCDFReader(bytes).getDataVariable('s'));
  } catch (error) {
    text = 'an error';
  }
  console.log(`${name}: ${text}`);
  return text;
}

const [BYTE, SHORT] = [1, 3];
const seen = [
  read('16-bit numbers 1, -2, 3', file(3, 0, SHORT, [0, 1, 255, 254, 0, 3, 128, 1])),
  read('bytes -1, 1, -128', file(3, 0, BYTE, [255, 1, 128, 129])),
  read('five records of a byte, 1 to 5', file(0, 5, BYTE, [1, 2, 3, 4, 5])),
  read('five records of a 16-bit number, 1 to 5', file(0, 5, SHORT, [0, 1, 0, 2, 0, 3, 0, 4, 0, 5])),
];
process.exit(seen.join(' ') === '[1,-2,3,-32767] [[255],[1],[128],[129]] [[1,2,3,4],[5],[],[],[]] an error' ? 0 : 1);
JS
node finding.js
