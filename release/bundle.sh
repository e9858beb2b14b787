#!/usr/bin/env bash
# Builds what is published of this folder, signs it, and makes the bundle that Maven Central's publisher portal takes:
# target/release/ogm4j-VERSION-bundle.zip. Uploads nothing. Options are Maven's: which key signs is -Dgpg.keyname=KEY,
# its passphrase is read from MAVEN_GPG_PASSPHRASE or asked for; -Dgpg.skip does not sign.
set -euo pipefail
cd "$(dirname "$0")/.."
umask 022 # the rights of files are in the jars
out=$PWD/target/release
bundle=$out/ogm4j-$(release/version.sh)-bundle.zip
rm -rf "$out/repository" "$bundle" {src,study,spark}/target
release/local-repository.sh "$out/local" # Maven notes there what it deployed
mvn -B -q -Dstyle.color=never "-Dmaven.repo.local=$out/local" deploy -Prelease -pl src,study,spark -am -DskipTests -Dmaven.test.skip=true -Dmaven.install.skip=true \
    "-DaltDeploymentRepository=bundle::file://$out/repository" \
    -Daether.checksums.forSignature=true -Daether.checksums.omitChecksumsForExtensions= "$@"
find "$out/repository" -name 'maven-metadata*' -delete # the portal writes its own
jar --create --no-manifest --file "$bundle" -C "$out/repository" .
echo "$bundle"
