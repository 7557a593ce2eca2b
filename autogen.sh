#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Makes ./configure in a checkout. A release tarball has it already.
set -e
cd "$(dirname "$0")"
mkdir -p build-aux
exec autoreconf -fi
