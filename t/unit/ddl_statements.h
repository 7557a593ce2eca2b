/* SPDX-License-Identifier: BSD-2-Clause */
/* Statements of all kinds, for the tests of their trees. */
#ifndef T_UNIT_DDL_STATEMENTS_H
#define T_UNIT_DDL_STATEMENTS_H

#include "ddl/ddl.h"

struct statement_case {
	const char *dialect;
	enum ddl_kind kind;
	const char *text;   /* NULL ends */
};

/* What CREATE makes as trees; all else. */
extern const struct statement_case created_cases[], other_cases[];

#endif
