#!/usr/bin/env bash
# Makes DIR a local repository for Maven that has everything of the user's own but ogm4j: what is installed there
# stays there, and what Maven fetches is kept where it always is.
#   release/local-repository.sh DIR; mvn -Dmaven.repo.local=DIR ...
set -euo pipefail
mkdir -p "$1/org"
here=$(cd "$1" && pwd)
own=${LOCAL_REPOSITORY:-$HOME/.m2/repository}
mkdir -p "$own/org/jetbrains" # the quickstart's Kotlin: the only thing that the build of ogm4j need not have fetched
for entry in "$own"/* "$own"/org/*; do
    [ "$entry" = "$own/org" ] || [ "$entry" = "$own/org/ogm4j" ] || ln -sfn "$entry" "$here${entry#"$own"}"
done
