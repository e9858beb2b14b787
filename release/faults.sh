#!/usr/bin/env bash
# Are the checks of a bundle worth anything? Plants one fault after another in copies of a good bundle, and fails
# unless each is found and named:  release/faults.sh BUNDLE.zip
set -euo pipefail
bundle=$(realpath "$1")
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
version=$(release/version.sh)
lib=org/ogm4j/ogm4j/$version/ogm4j-$version
study=org/ogm4j/ogm4j-study/$version/ogm4j-study-$version
spark=org/ogm4j/ogm4j-spark/$version/ogm4j-spark-$version
project=$PWD
small="-XX:TieredStopAtLevel=1 -XX:+UseSerialGC" # many short programs
mkdir "$work/good"
(cd "$work/good" && jar --extract --file "$bundle")
javac -d "$work" release/CheckBundle.java

# Unpacks a jar, runs a command in it, and packs it again with the dates that its files had.
inside() {
    local jar=$PWD/$1 folder
    folder=$(mktemp -d)
    shift
    (cd "$folder" && jar --extract --file "$jar" && "$@")
    rm "$jar"
    jar --create --no-manifest --date "$(sed -n 's|.*<project.build.outputTimestamp>\(.*\)<.*|\1|p' "$project/pom.xml")" \
        --file "$jar" -C "$folder" .
    rm -r "$folder"
}

# bad COMMAND...: runs the command in a copy of the unpacked bundle, and packs that.
bad() {
    rm -rf "$work/bad" "$work/bad.zip"
    cp -r "$work/good" "$work/bad"
    (cd "$work/bad" && "$@")
    jar --create --no-manifest --file "$work/bad.zip" -C "$work/bad" .
}

# fault WHAT MESSAGE COMMAND...: the check must find what the command does, and say the message.
fault() {
    local what=$1 message=$2
    shift 2
    bad "$@"
    if java $small -cp "$work" CheckBundle "$work/bad.zip" >"$work/said" 2>&1; then
        echo "NOT FOUND: $what" >&2
        exit 1
    fi
    grep -E "$message" "$work/said" >"$work/named" || { echo "NOT NAMED: $what" >&2; cat "$work/said" >&2; exit 1; }
    echo "found: $what -> $(head -1 "$work/named" | cut -c1-150)"
}

fault "no LICENSE in a jar" "$lib.jar must have META-INF/LICENSE" inside "$lib.jar" rm META-INF/LICENSE
fault "another NOTICE in sources" "study-.*-sources.jar must have META-INF/NOTICE" inside "$study-sources.jar" sed -i s/2026/2025/ META-INF/NOTICE
fault "no LICENSE in javadoc" "$lib-javadoc.jar must have META-INF/LICENSE" inside "$lib-javadoc.jar" rm META-INF/LICENSE
fault "a source is missing" "sources.jar has no org/ogm4j/ModulatedOptimizer.java" inside "$lib-sources.jar" rm org/ogm4j/ModulatedOptimizer.java
fault "a date in a jar" "$lib.jar must have one date" jar --update --file "$lib.jar" -C "$project" README.md
fault "a checksum is wrong" "$study.pom.sha1 must be" sed -i 's/^./x/' "$study.pom.sha1"
fault "a checksum is missing" "missing $lib.jar.md5" rm "$lib.jar.md5"
fault "no signature" "missing $lib-cyclonedx.json.asc" rm "$lib-cyclonedx.json.asc"
fault "another file's signature" "$lib.pom has a signature that gpg refuses" cp "$lib.jar.asc" "$lib.pom.asc"
fault "a jar changed after signing" "$study.jar has a signature that gpg refuses" inside "$study.jar" rm META-INF/MANIFEST.MF
for element in name description url licenses developers scm; do
    fault "POM without $element" "$lib.pom has no $element" sed -i -e "/^  <$element>.*<\/$element>$/d" -e "/^  <$element[ >]/,/^  <\/$element>/d" "$lib.pom"
done
fault "POM with a SNAPSHOT" "$study.pom names a SNAPSHOT" sed -i "0,/<scope>/s//<version>1-SNAPSHOT<\/version><scope>/" "$study.pom"
fault "POM with a parent" "$lib.pom is not flat: it has parent" sed -i "s|<modelVersion>|<parent/><modelVersion>|" "$lib.pom"
fault "SBOM without a dependency" "$lib-cyclonedx.json does not name pkg:maven/org.slf4j" sed -i '/slf4j-api/d' "$lib-cyclonedx.json"
fault "no javadoc" "missing $study-javadoc.jar" rm "$study-javadoc.jar"
fault "a jar without classes" "$spark.jar has 0 classes" inside "$spark.jar" rm -r org
fault "a file too many" "not expected org/ogm4j/maven-metadata.xml" touch org/ogm4j/maven-metadata.xml

# The comparison of two builds: a jar whose files have other dates.
bad jar --update --file "$lib.jar" -C "$project" NOTICE
if release/same.sh "$bundle" "$work/bad.zip" >"$work/said" 2>&1; then
    echo "NOT FOUND: two builds differ" >&2
    exit 1
fi
echo "found: two builds differ -> $(tail -1 "$work/said")"
