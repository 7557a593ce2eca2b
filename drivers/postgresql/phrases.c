/* SPDX-License-Identifier: BSD-2-Clause */
#include "translation.h"

const struct limbeck_phrase phrases_expressions[] = {
	{ NULL, NULL },
};

const char phrases_functions[] = "*";
