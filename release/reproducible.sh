#!/usr/bin/env bash
# Builds the commit that is checked out once more, in another folder, time zone, language and with other rights for
# files, and compares with a bundle that was built of it:  release/reproducible.sh BUNDLE.zip
set -euo pipefail
bundle=$(realpath "$1")
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
git clone -q . "$work/another-folder"
(
    umask 077
    export TZ=Asia/Kathmandu JAVA_TOOL_OPTIONS="-Duser.language=de -Duser.country=DE"
    "$work/another-folder/release/bundle.sh" -Dgpg.skip=true
) >/dev/null
release/same.sh "$bundle" "$work"/another-folder/target/release/*.zip
