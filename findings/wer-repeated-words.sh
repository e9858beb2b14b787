#!/usr/bin/env bash
#
# word-error-rate counts no error for a first word that is said again and again.
#
# Versions: word-error-rate 0.0.7 of npm, Node.js 20, Linux x86-64.
#
# Recognizers of speech are known to repeat themselves. The edit distance of the package counts nothing
# for a word too many, or too few, at the start of a text that equals the first word of the other text:
# "no no no go" has no error against "no go", where two words are too many. Words that are repeated
# further on are counted. The package also divides by the longer of both texts, but it says so.
#
# Output seen:
#   "no no no go" for "no go": edit distance 0, right is 2; word error rate 0
#   "the dog ran" for "the cat the dog ran": edit distance 1, right is 2; word error rate 0.2
#   "a a a a a a" for "a b": edit distance 1, right is 5; word error rate 0.16666666666666666
#   "one two two three" for "one two three": edit distance 1, right is 1; word error rate 0.25
#
# Run by hand; needs bash, Node.js with npm, and the npm registry. Exits 0 while this is so, and 1 if
# the behaviour is another.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

npm init --yes > /dev/null
npm install --silent --no-audit --no-fund --ignore-scripts word-error-rate@0.0.7 1>&2

cat > finding.js <<'JS'
const { calculateEditDistance, wordErrorRate } = require('word-error-rate');

// Levenshtein's distance over words, by its definition
function distance(a, b) {
  if (a.length === 0 || b.length === 0) {
    return a.length + b.length;
  }
  const same = a[0] === b[0] ? 0 : 1;
  return Math.min(distance(a.slice(1), b.slice(1)) + same, distance(a.slice(1), b) + 1, distance(a, b.slice(1)) + 1);
}

const pairs = [
  ['no no no go', 'no go'],
  ['the dog ran', 'the cat the dog ran'],
  ['a a a a a a', 'a b'],
  ['one two two three', 'one two three'],
];
const seen = pairs.map(([heard, said]) => {
  const answer = calculateEditDistance(heard, said);
  const right = distance(heard.split(' '), said.split(' '));
  console.log(`"${heard}" for "${said}": edit distance ${answer}, right is ${right}; word error rate ${wordErrorRate(heard, said)}`);
  return [answer, right];
});
process.exit(JSON.stringify(seen) === '[[0,2],[1,2],[1,5],[1,1]]' ? 0 : 1);
JS
node finding.js
