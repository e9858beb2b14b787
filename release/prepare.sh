#!/usr/bin/env bash
# Writes a version into every file that names it.
#   release/prepare.sh 0.1.0             before a release: cuts the CHANGELOG too, and dates the jars
#   release/prepare.sh 0.2.0-SNAPSHOT    after it
set -euo pipefail
cd "$(dirname "$0")/.."
new=$1
day=${2:-$(date -u +%F)}
old=$(release/version.sh)
state="released $day"
[[ $new =~ ^[0-9]+\.[0-9]+\.[0-9]+(-SNAPSHOT)?$ ]] || { echo "version must be x.y.z or x.y.z-SNAPSHOT, got $new" >&2; exit 1; }
edit() { sed -i.before "$@"; rm "${@: -1}.before"; }

if [[ $new = *-SNAPSHOT ]]; then
    state="not released"
    edit '/^date-released: /d' CITATION.cff
else
    if grep -q "^## \[$new\]" CHANGELOG.md; then echo "CHANGELOG.md has $new already" >&2; exit 1; fi
    awk '/^## \[Unreleased\]/ { on = 1; next } /^(## |\[)/ { on = 0 } on && NF { some = 1 } END { exit !some }' CHANGELOG.md ||
        { echo "CHANGELOG.md has nothing under Unreleased" >&2; exit 1; }
    project=$(sed -n 's|^    <url>\(.*\)</url>|\1|p' pom.xml)
    edit -e "s|^## \[Unreleased\]|&\n\n## [$new] - $day|" \
        -e "s|^\[Unreleased\]: .*|[Unreleased]: $project/compare/v$new...HEAD\n[$new]: $project/releases/tag/v$new|" CHANGELOG.md
    edit "s|<project.build.outputTimestamp>[^<]*|<project.build.outputTimestamp>${day}T00:00:00Z|" pom.xml
    edit "s|^version: .*|&\ndate-released: $day|" CITATION.cff
fi
for file in pom.xml */pom.xml examples/quickstart/pom.xml spark/example/pom.xml README.md README.zh-CN.md docs/guide.md; do
    edit "/<artifactId>ogm4j[a-z-]*<\/artifactId>/{n;s|<version>$old</version>|<version>$new</version>|;}" "$file"
done
edit "s|^version: .*|version: $new|" CITATION.cff
edit "s|\(ogm4j-spark-example-\)${old//./\\.}\.jar|\1$new.jar|" examples/README.md
edit "s/^| ogm4j | .*/| ogm4j | $new | $state |/" docs/compatibility.md

if [[ $new != *-SNAPSHOT ]] && grep -nF -- "$old" pom.xml */pom.xml examples/*/pom.xml spark/example/pom.xml *.md CITATION.cff docs/*.md examples/*.md; then
    echo "$old is still there" >&2
    exit 1
fi
