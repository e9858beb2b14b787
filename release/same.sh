#!/usr/bin/env bash
# Do two bundles have the same files with the same bytes, but for signatures, which never are, and checksums?
#   release/same.sh A.zip B.zip
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for side in a b; do
    zip=$(realpath "$1"); shift
    mkdir "$work/$side"
    (cd "$work/$side" && jar --extract --file "$zip" && find . -name '*.asc*' -delete -o -name '*.md5' -delete -o -name '*.sha1' -delete)
done
diff -rq "$work/a" "$work/b" >&2 || { echo "NOT the same bytes" >&2; exit 1; }
(cd "$work/a" && find . -type f | sort | xargs sha256sum)
echo "the same bytes: $(find "$work/a" -type f | wc -l) files"
