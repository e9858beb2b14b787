#!/usr/bin/env bash
#
# @plussub/srt-vtt-parser makes the end of a cue NaN, or minutes too late, if the cue has settings.
#
# Versions: @plussub/srt-vtt-parser 2.0.5 of npm, Node.js 20, Linux x86-64.
#
# In WebVTT the times of a cue may be followed by settings for its place on the screen, and the hours
# of a time may be left out. With both, the settings are read as part of the end: it is NaN, or, where
# the settings hold a number, some other time. Here 4 seconds become 4 minutes, so the words of the cue
# cover all frames of the minutes after it. The same cues with hours are read right.
#
# Output seen:
#   00:01.000 --> 00:02.000 align:start: 1000 to NaN
#   00:03.000 --> 00:04.000 line:90%: 3000 to 240090
#   00:00:03.000 --> 00:00:04.000 line:90%: 3000 to 4000
#   00:03.000 --> 00:04.000: 3000 to 4000
#
# Run by hand; needs bash, Node.js with npm, and the npm registry. Exits 0 while this is so, and 1 if
# the behaviour is another.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

npm init --yes > /dev/null
npm install --silent --no-audit --no-fund --ignore-scripts @plussub/srt-vtt-parser@2.0.5 1>&2

cat > finding.js <<'JS'
const { parse } = require('@plussub/srt-vtt-parser');

const lines = [
  '00:01.000 --> 00:02.000 align:start',
  '00:03.000 --> 00:04.000 line:90%',
  '00:00:03.000 --> 00:00:04.000 line:90%',
  '00:03.000 --> 00:04.000',
];
const ends = lines.map((line) => {
  const [cue] = parse(`WEBVTT\n\n${line}\nhello\n`).entries;
  console.log(`${line}: ${cue.from} to ${cue.to}`);
  return cue.to;
});
process.exit(Number.isNaN(ends[0]) && ends[1] === 240090 && ends[2] === 4000 && ends[3] === 4000 ? 0 : 1);
JS
node finding.js
