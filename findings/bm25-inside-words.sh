#!/usr/bin/env bash
#
# okapibm25 finds a word inside of other words.
#
# Versions: okapibm25 1.4.1 of npm, Node.js 20, Linux x86-64.
#
# BM25 counts how often a document has a term, and the package calls itself a bag-of-words algorithm.
# It counts the letters of the term wherever they stand: "art" is found in "start" and "party", "he" in
# "the". As a search of captions, the baseline that retrieval of pictures is compared with, it ranks a
# caption first that does not have the word. A term is read as a regular expression besides, so a dot
# stands for any letter.
#
# Output seen:
#   art, "start of the party": 1.204
#   art, "modern art on the wall": 0.794
#   he, "the cat and the hat": 0.370
#   he, "now he sleeps": 0.320
#
# Run by hand; needs bash, Node.js with npm, and the npm registry. Exits 0 while this is so, and 1 if
# the behaviour is another.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

npm init --yes > /dev/null
npm install --silent --no-audit --no-fund --ignore-scripts okapibm25@1.4.1 1>&2

cat > finding.js <<'JS'
const { default: BM25 } = require('okapibm25');

const documents = ['start of the party', 'modern art on the wall', 'the cat and the hat', 'now he sleeps', 'two dogs run'];
const scores = {};
for (const [term, others] of [['art', [0, 1]], ['he', [2, 3]]]) {
  const all = BM25(documents, [term]);
  scores[term] = all;
  for (const i of others) {
    console.log(`${term}, "${documents[i]}": ${all[i].toFixed(3)}`);
  }
}
process.exit(scores.art[0] > scores.art[1] && scores.he[2] > 0 ? 0 : 1);
JS
node finding.js
