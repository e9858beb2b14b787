#!/usr/bin/env bash
#
# jsfive returns holes for the parts of an HDF5 dataset that nobody has written yet.
#
# Versions: jsfive 0.4.2, h5wasm 0.10.3 of npm, Node.js 20, Linux x86-64.
#
# A chunked dataset holds only the chunks that were written; for the others HDF5 says to give the fill
# value, 0 unless another is set. Feature tables that grow, or have rows for clips without a sound,
# look like that. jsfive leaves those numbers out: an array of the right length whose entries are
# missing, which forEach, map and reduce pass over. Their sum is right, each index gives undefined.
#
# Output seen:
#   h5wasm: [1, 2, 3, 4, 0, 0, 0, 0]
#   jsfive: [1, 2, 3, 4, undefined, undefined, undefined, undefined], visited by forEach: 4 of 8
#
# Run by hand; needs bash, Node.js with npm, and the npm registry. Exits 0 while this is so, and 1 if
# the behaviour is another.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

npm init --yes > /dev/null
npm install --silent --no-audit --no-fund --ignore-scripts jsfive@0.4.2 h5wasm@0.10.3 1>&2

cat > finding.mjs <<'JS'
import { readFileSync } from 'node:fs';
import h5wasm from 'h5wasm/node';
import { File } from 'jsfive';

await h5wasm.ready;
const written = new h5wasm.File('features.h5', 'w');
written.create_dataset({ name: 'x', data: new Float32Array([1, 2, 3, 4]), shape: [2, 2], chunks: [2, 2], maxshape: [null, 2] });
written.get('x').resize([4, 2]);
console.log(`h5wasm: [${Array.from(written.get('x').value).join(', ')}]`);
const right = Array.from(written.get('x').value);
written.close();

const bytes = readFileSync('features.h5');
const read = new File(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length), 'features.h5').get('x').value;
let visited = 0;
read.forEach(() => { visited++; });
console.log(`jsfive: [${Array.from(read).map(String).join(', ')}], visited by forEach: ${visited} of ${read.length}`);
process.exit(right[4] === 0 && read.length === 8 && read[4] === undefined && visited === 4 ? 0 : 1);
JS
node finding.mjs
