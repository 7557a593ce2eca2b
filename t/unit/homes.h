/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A home for tests: statements of a dialect performed on an empty catalog, and what the
 * catalog and the last statement's effect then say, as text.
 */
#ifndef T_UNIT_HOMES_H
#define T_UNIT_HOMES_H

#include "base/strbuf.h"
#include "translate/home.h"

struct homes {
	struct home home;
	struct arena arena;          /* of the trees and the effect */
	const char *dialect;
	struct home_effect effect;   /* of the last statement */
	struct limbeck_error err;
	struct strbuf text;
};

/* Statements, and what is then to be seen. */
struct homes_case {
	const char *dialect, *name, *statements, *want;
};
typedef const char *homes_look(struct homes *homes);
/* A test for each: look(), or, where the last statement is to fail, the error. */
void homes_check(const struct homes_case *cases, size_t count, homes_look *look, bool fails);

/* What goes wrong in the helpers themselves ends the program. */
void homes_open(struct homes *homes, const char *dialect);
void homes_close(struct homes *homes);
/* Statements, each ended by a semicolon at the end of a line or of the text. 0, or -1 at the
 * first that fails. */
int homes_do(struct homes *homes, const char *statements);
/* One statement that stands at this place. */
int homes_do_one(struct homes *homes, const char *text, size_t length,
	const struct ddl_place *place);
/* An object a line, tables with their parts: "column t.a type=text not_null". */
const char *homes_shown(struct homes *homes);
/* "touched table t; rename column t.a b; work truncate t; left out x; alone; dropped". */
const char *homes_effect(struct homes *homes);
/* "line:column message". */
const char *homes_error(struct homes *homes);

#endif
