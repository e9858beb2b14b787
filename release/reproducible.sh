#!/usr/bin/env bash
# Builds the commit that is checked out once more, in another folder, time zone and language and with other rights
# of files, and compares with a bundle that was built of it:  release/reproducible.sh BUNDLE.zip
set -euo pipefail
bundle=$(realpath "$1")
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
(
    umask 002 # not 077: Maven takes rights away from files, and gives them none
    git clone -q . "$work/another-folder"
    export TZ=Asia/Kathmandu JAVA_TOOL_OPTIONS="-Duser.language=de -Duser.country=DE"
    "$work/another-folder/release/bundle.sh" -Dgpg.skip=true
) >/dev/null
release/same.sh "$bundle" "$work"/another-folder/target/release/*.zip
