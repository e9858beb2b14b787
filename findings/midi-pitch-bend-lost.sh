#!/usr/bin/env bash
#
# @tonejs/midi writes every pitch bend as none.
#
# Versions: @tonejs/midi 2.0.28 of npm, Node.js 20, Linux x86-64.
#
# A pitch bend of a MIDI file is a number from -8192 to 8191. The library reads it as a number from -1 to 1,
# and writes that number, cut to a whole one, without making it large again. So a file that is read and
# written sounds other: half a bend up is 0, and the lowest bend is one step of 8192. The bytes here are
# decoded by the format: 7 bits each, the low ones first, 8192 for no bend.
#
# Output seen:
#   bytes of the file 6144, -8192, 8191; read 0.75, -1, 0.9998779296875; written 0, -1, 0
#
# Run by hand; needs bash, Node.js with npm, and the npm registry. Exits 0 while this is so, and 1 if
# the behaviour is another.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

npm init --yes > /dev/null
npm install --silent --no-audit --no-fund --ignore-scripts @tonejs/midi@2.0.28 1>&2

cat > finding.js <<'JS'
const { Midi } = require('@tonejs/midi');

// one track: a note, three bends while it sounds, its end
const bend = (value) => [0x20, 0xe0, (value + 8192) & 127, (value + 8192) >> 7];
const events = [
  0, 0x90, 60, 100, ...bend(6144), ...bend(-8192), ...bend(8191), 0x40, 0x80, 60, 0, 0, 0xff, 0x2f, 0,
];
const file = Uint8Array.from([
  ...Buffer.from('MThd'), 0, 0, 0, 6, 0, 0, 0, 1, 1, 0xe0, ...Buffer.from('MTrk'), 0, 0, 0, events.length, ...events,
]);

// all bends of a file on the first channel; no other byte of these files is 0xe0 after the head
function bends(bytes) {
  const found = [];
  for (let i = 14; i < bytes.length - 2; i++) {
    if (bytes[i] === 0xe0) {
      found.push(bytes[i + 1] + bytes[i + 2] * 128 - 8192);
    }
  }
  return found.join(', ');
}

const midi = new Midi(file);
const read = midi.tracks[0].pitchBends.map(({ value }) => value).join(', ');
const written = bends(midi.toArray());
console.log(`bytes of the file ${bends(file)}; read ${read}; written ${written}`);
process.exit(bends(file) === '6144, -8192, 8191' && read === '0.75, -1, 0.9998779296875' && written === '0, -1, 0' ? 0 : 1);
JS
node finding.js
