#!/usr/bin/env bash
# Does the API hold what the last release promised? Asks first whether a public method that is gone would be noticed,
# with two jars made here. Wants classes compiled, as bundle.sh leaves them. API_MAY_BREAK=true: reports only.
set -euo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
version=$(release/version.sh)
release/local-repository.sh "$work/repository"
maven=(mvn -B -q -Dstyle.color=never "-Dmaven.repo.local=$work/repository")

# compare BASELINE OPTIONS...
compare() { "${maven[@]}" verify -pl src -am -DskipTests -Dmaven.test.skip=true "-Dapi.baseline=$1" "${@:2}"; }

# pretend VERSION: installs the jar that was built, with what is in $work/classes put in place, as a release
pretend() {
    cp "src/target/ogm4j-$version.jar" "$work/$1.jar"
    jar --update --file "$work/$1.jar" -C "$work/classes" .
    sed "0,/<version>$version</s//<version>$1</" src/target/.flattened-pom.xml >"$work/pom.xml"
    "${maven[@]}" install:install-file "-Dfile=$work/$1.jar" "-DpomFile=$work/pom.xml"
}

mkdir -p "$work/classes/org/ogm4j" "$work/source"
pretend 0.0.1 # the same API
compare 0.0.1
echo "the same API: nothing found"

# a release with a public method that is not there now
type=GradientNoise
sed "\$s/}/    public void gone() {}\n}/" "src/main/java/org/ogm4j/$type.java" >"$work/source/$type.java"
javac -nowarn -proc:none -d "$work/classes" -cp "src/target/classes" "$work/source/$type.java"
pretend 0.0.2
if compare 0.0.2 >"$work/said" 2>&1; then echo "NOT FOUND: a public method is gone" >&2; exit 1; fi
grep -m1 "gone()" "$work/said" || { echo "NOT NAMED: a public method is gone" >&2; cat "$work/said" >&2; exit 1; }
echo "found: a public method is gone"

last=$(sed -n 's/^## \[\([0-9][0-9.]*\)\].*/\1/p' CHANGELOG.md | grep -vFx "${version%-SNAPSHOT}" | head -1 || true)
if [ -z "$last" ]; then
    echo "no release before $version to compare with"
else
    compare "$last" "-Dapi.holds=$([ "${API_MAY_BREAK:-}" = true ] && echo false || echo true)"
    echo "the API holds what $last promised"
fi
