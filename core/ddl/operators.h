/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The operators of a dialect and how they bind, read from its description
 * (<limbeck/dialect.h>, LIMBECK_OPERATORS_...).
 */
#ifndef DDL_OPERATORS_H
#define DDL_OPERATORS_H

#include <stdbool.h>
#include <stddef.h>

enum { OPERATORS_MOST = 80 };

enum operator_grouping { GROUPS_LEFT = 'l', GROUPS_RIGHT = 'r', GROUPS_NOT = 'n' };

struct operator {
	const char *text;     /* into the description; a prefix without its final _ */
	unsigned char length;
	bool prefix;
	unsigned char level;  /* from 1, the loosest */
	char grouping;        /* enum operator_grouping */
	const char *means;    /* the usual spelling of what it does, where that is another */
	unsigned char means_length;
};

struct operators {
	struct operator items[OPERATORS_MOST];
	size_t count;
	unsigned char levels;
	/* Any run of operator characters is an operator: this is its level, 0 where
	 * there are no others than the listed. */
	unsigned char other;
};

void operators_init(struct operators *operators, const char *description);
/* The operator of that spelling, letters in any case; NULL if there is none. Those
 * that are not listed are `other`. */
const struct operator *operators_find(const struct operators *operators, const char *text,
	size_t length, bool prefix);
/* The level of an operator, 0 if the dialect has none such. */
unsigned operators_level(const struct operators *operators, const char *text, bool prefix);
/* How many bytes at text, of at most length operator characters, are one operator. */
size_t operators_measure(const struct operators *operators, const char *text, size_t length);

#endif
