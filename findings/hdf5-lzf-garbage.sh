#!/usr/bin/env bash
#
# h5wasm returns numbers that are no data for a dataset compressed with LZF, and raises no error.
#
# Versions: h5wasm 0.10.3 of npm, Node.js 20, Linux x86-64; the file was written by h5py 3.7.0.
#
# h5py compresses features with compression='lzf' without any further package. h5wasm has no filter for
# it. The HDF5 library inside refuses the read and prints a trace to the console, but value and slice
# go on and return the memory as it was: a Float32Array of the right length. A program whose console
# nobody reads trains on it. A filter that is missing should raise an error.
#
# Output seen (the numbers read are others with each read):
#   in the file: 8 rows of 0.5, 1.5, 2.5, 3.5
#   error raised: false; numbers read: 32, of these right: 0
#
# Run by hand; needs bash, Node.js with npm, and the npm registry. Exits 0 while this is so, and 1 if
# the behaviour is another.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

npm init --yes > /dev/null
npm install --silent --no-audit --no-fund --ignore-scripts h5wasm@0.10.3 1>&2

cat > finding.mjs <<'JS'
import { writeFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import h5wasm from 'h5wasm/node';

// h5py: create_dataset('features', data=numpy.repeat([[0.5, 1.5, 2.5, 3.5]], 8, axis=0).astype('f4'), chunks=(8, 4), compression='lzf')
const file = 'H4sIAAAAAAACA+v0cHHj5ZLiYgABDg4GFgYBBmTwHwpO8KPyYfIJUJoRSndA6RVMMHFGsJwEVFwQaj66upAgV1eQ6v9oAGaPAQuE5mAY'
  + 'BSMReLg6BoDoCCgflp5OMKGqS0tNLCktSi1mQEuXDmTay8jABjGDEcbXgNBMjCjpEZo8MfjMQJeCVAoqyEPFFBjEORjE66HyrEAdIHkmZogN3EDzQQxGmMNr'
  + 'QfLMDDlVaXBzWYFyDXD7ICHBzMRcwYpwAgvCCR5UjYdgP38XUI6G+VOBeTRtkgNA5R0jlvJOgoC+DfyofPT0xjIatKNgFIyCUTAKRsEoGAXDCrABsT0DwwEF'
  + 'ZhYFYJ8mQYH5QTI/Y4IDAPDrg+HIDwAA';
writeFileSync('features.h5', gunzipSync(Buffer.from(file, 'base64')));

await h5wasm.ready;
const error = console.error;
console.error = () => {};
const warn = console.warn;
console.warn = () => {};
let values = [];
let raised = false;
try {
  values = Array.from(new h5wasm.File('features.h5', 'r').get('features').value);
} catch (problem) {
  raised = true;
}
console.error = error;
console.warn = warn;
const right = values.filter((value, i) => value === i % 4 + 0.5).length;
console.log('in the file: 8 rows of 0.5, 1.5, 2.5, 3.5');
console.log(`error raised: ${raised}; numbers read: ${values.length}, of these right: ${right}`);
process.exit(!raised && values.length === 32 && right === 0 ? 0 : 1);
JS
node finding.mjs
