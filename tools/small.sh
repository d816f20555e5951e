#!/usr/bin/env bash
# Every task of the Makefile that `make test` is not, in its small form. What can't be had here, a task says itself.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

make check
make build SITE="$folder/site"
make schema ARGS=--check
make export ARGS="$folder/export"
make paper ARGS="$folder/paper"
make lifeboats
make lighthouse ARGS=--smoke
make screenshots ARGS="$folder/screenshots"
make icons ARGS="$folder/icons"
make bench ARGS=--smoke
