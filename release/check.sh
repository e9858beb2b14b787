#!/usr/bin/env bash
# Everything about a release that can be checked before it: on a copy of the commit that is checked out, signed by a key
# made for it and thrown away. Uploads nothing, leaves the bundle in target/release/check.zip.
#   release/check.sh [VERSION]    default: the version of the POM without -SNAPSHOT
set -euo pipefail
cd "$(dirname "$0")/.."
[ -z "$(git status --porcelain)" ] || echo "not committed, and so not looked at: $(git status --porcelain | wc -l) files"
version=$(release/version.sh)
version=${1:-${version%-SNAPSHOT}}
out=$PWD/target/release
work=$(mktemp -d)
export GNUPGHOME=$work/keys MAVEN_GPG_PASSPHRASE=of-a-throw-away-key
trap 'gpgconf --kill all; rm -rf "$work"' EXIT
step() { echo; echo "== $*"; }

mkdir -m 700 "$GNUPGHOME"
gpg --batch --quiet --pinentry-mode loopback --passphrase "$MAVEN_GPG_PASSPHRASE" \
    --quick-generate-key "Throw-away <nobody@example.org>" default default 1d
git clone -q . "$work/tree"
cd "$work/tree"
if [ "$version" != "$(release/version.sh)" ]; then
    step "version $version"
    release/prepare.sh "$version"
    git -c user.name=nobody -c user.email=nobody@example.org commit -qam "Release $version"
    git show --stat --format=%s
fi
step "bundle, signed"
release/bundle.sh
bundle=target/release/ogm4j-$version-bundle.zip
step "what is in it"
java release/CheckBundle.java "$bundle"
step "faults planted in it"
release/faults.sh "$bundle"
step "the same bytes from another build"
release/reproducible.sh "$bundle"
step "API"
release/api.sh
mkdir -p "$out"
cp "$bundle" "$out/check.zip"
step "all checks of $version passed: $out/check.zip"
