#!/usr/bin/env bash
#
# mulaw.encodeSample of alawmulaw answers -256 to -1, where encode answers 0 to 255.
#
# Versions: alawmulaw 6.0.0, x-law 0.3.1 of npm, Node.js 20, Linux x86-64.
#
# The 256 codes of mu-law are the classes of models that predict sound sample by sample. encodeSample
# leaves all bits above the eighth set. encode writes the same numbers into bytes, and decodeSample looks at
# the lower eight bits only, so a round trip shows nothing; but a class or an index made of encodeSample
# is negative for every sample. In JavaScript a count or a one-hot row at a negative index stays empty, and
# no error is raised. A-law is right, and so is x-law.
#
# Output seen:
#   -32768: encodeSample -256, encode 0, x-law 0, decoded -32124; A-law 42
#   -1000: encodeSample -178, encode 78, x-law 78, decoded -988; A-law 122
#   0: encodeSample -1, encode 255, x-law 255, decoded 0; A-law 213
#   1000: encodeSample -50, encode 206, x-law 206, decoded 988; A-law 250
#   32767: encodeSample -128, encode 128, x-law 128, decoded 32124; A-law 170
#   one-hot row for 1000: sum 0
#
# Run by hand; needs bash, Node.js with npm, and the npm registry. Exits 0 while this is so, and 1 if
# the behaviour is another.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

npm init --yes > /dev/null
npm install --silent --no-audit --no-fund --ignore-scripts alawmulaw@6.0.0 x-law@0.3.1 1>&2

cat > finding.js <<'JS'
const { mulaw, alaw } = require('alawmulaw');
const xLaw = require('x-law');

const seen = [-32768, -1000, 0, 1000, 32767].map((sample) => {
  const code = mulaw.encodeSample(sample);
  const [byte] = mulaw.encode([sample]);
  console.log(`${sample}: encodeSample ${code}, encode ${byte}, x-law ${xLaw.mulaw.encodeSample(sample)}, decoded ${mulaw.decodeSample(code)}; A-law ${alaw.encodeSample(sample)}`);
  return { code, byte };
});
const row = new Float32Array(256);
row[seen[3].code] = 1;
const sum = row.reduce((total, value) => total + value, 0);
console.log(`one-hot row for 1000: sum ${sum}`);
process.exit(seen.every(({ code, byte }) => code === byte - 256) && sum === 0 ? 0 : 1);
JS
node finding.js
