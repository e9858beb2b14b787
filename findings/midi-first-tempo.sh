#!/usr/bin/env bash
#
# @tonejs/midi takes the first tempo of a piece from its beginning, wherever it stands.
#
# Versions: @tonejs/midi 2.0.28 of npm, Node.js 20, Linux x86-64; Java 17.
#
# Until the first tempo, a MIDI file has 120 beats a minute, by the standard. The library goes back to the
# beginning with the first one it finds. A beat at 120 and one at 60 a minute last 1.5 seconds; it says 2,
# and puts the tempo itself at 1 second. With a tempo written out at 0 the times are right. Such files come
# from programs that leave out what is the standard; notes are then not where they are in the sound.
#
# Output seen:
#   @tonejs/midi: second beat at 1 s, end at 2 s
#   @tonejs/midi, 120 written out: second beat at 0.5 s, end at 1.5 s
#   Java: end at 1.5 s
#
# Run by hand; needs bash, Node.js with npm, the npm registry, and a JDK of 17 or later. Exits 0 while
# this is so, and 1 if the behaviour is another.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

npm init --yes > /dev/null
npm install --silent --no-audit --no-fund --ignore-scripts @tonejs/midi@2.0.28 1>&2

cat > finding.js <<'JS'
const { writeFileSync } = require('fs');
const { Midi } = require('@tonejs/midi');

// 480 ticks a beat; two notes of a beat, and 60 beats a minute from the second one on
function file(first) {
  const events = [
    ...first, 0, 0x90, 60, 100, 0x83, 0x60, 0x80, 60, 0, 0, 0xff, 0x51, 3, 0x0f, 0x42, 0x40,
    0, 0x90, 62, 100, 0x83, 0x60, 0x80, 62, 0, 0, 0xff, 0x2f, 0,
  ];
  return Uint8Array.from([
    ...Buffer.from('MThd'), 0, 0, 0, 6, 0, 0, 0, 1, 1, 0xe0, ...Buffer.from('MTrk'), 0, 0, 0, events.length, ...events,
  ]);
}

function read(name, bytes) {
  const midi = new Midi(bytes);
  const text = `second beat at ${midi.tracks[0].notes[1].time} s, end at ${midi.duration} s`;
  console.log(`${name}: ${text}`);
  return text;
}

writeFileSync('beats.mid', file([]));
const found = read('@tonejs/midi', file([]));
const right = read('@tonejs/midi, 120 written out', file([0, 0xff, 0x51, 3, 0x07, 0xa1, 0x20]));
process.exit(found === 'second beat at 1 s, end at 2 s' && right === 'second beat at 0.5 s, end at 1.5 s' ? 0 : 1);
JS
node finding.js

cat > Finding.java <<'JAVA'
import java.io.File;
import javax.sound.midi.MidiSystem;

public class Finding {
    public static void main(String[] args) throws Exception {
        double end = MidiSystem.getSequence(new File("beats.mid")).getMicrosecondLength() / 1e6;
        System.out.printf("Java: end at %.1f s%n", end);
        System.exit(end == 1.5 ? 0 : 1);
    }
}
JAVA
java Finding.java
