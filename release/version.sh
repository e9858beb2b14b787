#!/usr/bin/env bash
# Prints the version of this project.
sed -n '/<artifactId>ogm4j-parent</{n;s/.*<version>\(.*\)<.*/\1/p;}' "$(dirname "$0")/../pom.xml"
