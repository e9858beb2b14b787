#!/usr/bin/env bash
#
# The package subtitle puts the names of WebVTT cues and style sheets into the words that were said.
#
# Versions: subtitle 4.2.2, @plussub/srt-vtt-parser 2.0.5 of npm, Node.js 20, Linux x86-64.
#
# A cue of WebVTT may have a name on the line above its times, and a style block may stand between
# cues. subtitle knows numbers as names only: any other name becomes part of the text of the cue
# before it, and so does a style block. If the first cue has a name, an error is raised. A model that
# is trained on such captions reads words that nobody says. @plussub/srt-vtt-parser reads the names.
#
# Output seen:
#   subtitle: "one\n\nslide-2" at 1000, "two" at 3000
#   srt-vtt-parser: "one" at 1000, "two" at 3000
#   subtitle, first cue with a name: an error
#   subtitle, a style block between: "one\n\nSTYLE\n::cue { color: red }" at 1000, "two" at 3000
#
# Run by hand; needs bash, Node.js with npm, and the npm registry. Exits 0 while this is so, and 1 if
# the behaviour is another.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

npm init --yes > /dev/null
npm install --silent --no-audit --no-fund --ignore-scripts subtitle@4.2.2 @plussub/srt-vtt-parser@2.0.5 1>&2

cat > finding.js <<'JS'
const { parseSync } = require('subtitle');
const { parse } = require('@plussub/srt-vtt-parser');

const first = '00:01.000 --> 00:02.000\none\n';
const second = '00:03.000 --> 00:04.000\ntwo\n';
const named = `WEBVTT\n\n${first}\nslide-2\n${second}`;
const bothNamed = `WEBVTT\n\nslide-1\n${first}\nslide-2\n${second}`;
const styled = `WEBVTT\n\n${first}\nSTYLE\n::cue { color: red }\n\n${second}`;

function read(file) {
  try {
    return parseSync(file).filter((node) => node.type === 'cue')
      .map(({ data }) => `${JSON.stringify(data.text)} at ${data.start}`).join(', ');
  } catch (error) {
    return 'an error';
  }
}

const seen = [read(named), read(bothNamed), read(styled)];
const other = parse(named).entries.map((entry) => `${JSON.stringify(entry.text)} at ${entry.from}`).join(', ');
console.log(`subtitle: ${seen[0]}`);
console.log(`srt-vtt-parser: ${other}`);
console.log(`subtitle, first cue with a name: ${seen[1]}`);
console.log(`subtitle, a style block between: ${seen[2]}`);
process.exit(seen[0].includes('slide-2') && !other.includes('slide-2') && seen[1] === 'an error'
  && seen[2].includes('STYLE') ? 0 : 1);
JS
node finding.js
