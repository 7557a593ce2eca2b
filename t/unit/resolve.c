/* SPDX-License-Identifier: BSD-2-Clause */
/* core/revision: what identifiers and ranges stand for, and what is refused. */
#include <string.h>

#include "revgraph.h"
#include "tap.h"

/* Two branches of one base, a label on each, merged; and a forest. */
#define LINE "a111; b222<a111; c333<b222"
#define FORK "root; left1<root labels left; left2<left1; right1<root labels right; right2<right1"
#define MERGED FORK "; merge1<left2,right2; after1<merge1"
#define FOREST "a001 labels aa; a002<a001; b001 labels bb; b002<b001~a002; c001"
#define ALIKE "abcd1; abcd2<abcd1; abcd12<abcd2; xyz; label_x<xyz labels longlabel"

struct question {
	const char *graph;
	const char *rows;
	enum resolve_use use;
	const char *text;
	const char *want;  /* ids; "base"; or "!code" */
};

static const struct question questions[] = {
	/* Symbols */
	{ "", "", RESOLVE_UPGRADE, "head", "base" },
	{ "", "", RESOLVE_UPGRADE, "heads", "base" },
	{ "", "", RESOLVE_UPGRADE, "base", "base" },
	{ LINE, "", RESOLVE_UPGRADE, "head", "c333" },
	{ LINE, "", RESOLVE_UPGRADE, "heads", "c333" },
	{ LINE, "", RESOLVE_UPGRADE, "base", "base" },
	{ FORK, "", RESOLVE_UPGRADE, "head", "!ambiguous" },
	{ FORK, "", RESOLVE_UPGRADE, "heads", "left2 right2" },
	{ FORK, "", RESOLVE_DOWNGRADE, "heads", "!ambiguous" },
	{ FORK, "", RESOLVE_DOWNGRADE, "left@heads", "left2" },
	{ FOREST, "", RESOLVE_SHOW, "heads", "b002 c001" },
	{ FOREST, "", RESOLVE_SHOW, "aa@heads", "a002" },
	{ FOREST, "", RESOLVE_SHOW, "aa@head", "a002" },
	{ FOREST, "", RESOLVE_SHOW, "head", "!ambiguous" },
	{ LINE, "b222", RESOLVE_SHOW, "current", "b222" },
	{ LINE, "", RESOLVE_SHOW, "current", "base" },
	{ FORK, "left1 right2", RESOLVE_SHOW, "current", "left1 right2" },
	{ FORK, "left1 right2", RESOLVE_SHOW, "right@current", "right2" },
	{ LINE, "b222", RESOLVE_UPGRADE, "current", "!usage" },
	{ LINE, "b222", RESOLVE_STAMP, "current", "!usage" },

	/* Ids, prefixes, labels */
	{ LINE, "", RESOLVE_UPGRADE, "b222", "b222" },
	{ LINE, "", RESOLVE_UPGRADE, "b", "b222" },
	{ LINE, "", RESOLVE_UPGRADE, "b2", "b222" },
	{ LINE, "", RESOLVE_UPGRADE, "b2222", "!unknown" },
	{ LINE, "", RESOLVE_UPGRADE, "B222", "!unknown" },
	{ LINE, "", RESOLVE_UPGRADE, "zzzz", "!unknown" },
	{ LINE, "", RESOLVE_UPGRADE, "", "!usage" },
	{ ALIKE, "", RESOLVE_UPGRADE, "abcd1", "abcd1" },
	{ ALIKE, "", RESOLVE_UPGRADE, "abcd12", "abcd12" },
	{ ALIKE, "", RESOLVE_UPGRADE, "abcd2", "abcd2" },
	{ ALIKE, "", RESOLVE_UPGRADE, "abcd", "!ambiguous" },
	{ ALIKE, "", RESOLVE_UPGRADE, "a", "!ambiguous" },
	{ ALIKE, "", RESOLVE_UPGRADE, "xyz", "xyz" },
	{ ALIKE, "", RESOLVE_UPGRADE, "xy", "!unknown" },
	{ ALIKE, "", RESOLVE_UPGRADE, "longlabel", "label_x" },
	{ ALIKE, "", RESOLVE_UPGRADE, "longl", "label_x" },
	{ ALIKE, "", RESOLVE_UPGRADE, "l", "label_x" },
	{ FORK, "", RESOLVE_UPGRADE, "left", "left1" },
	{ FORK, "", RESOLVE_UPGRADE, "lef", "!ambiguous" },
	{ "v1.2.3; v1.2.4<v1.2.3", "", RESOLVE_UPGRADE, "v1.2.4", "v1.2.4" },
	{ "v1.2.3; v1.2.4<v1.2.3", "", RESOLVE_UPGRADE, "v1.2.4-1", "v1.2.3" },
	{ "v1.2.3; v1.2.4<v1.2.3", "", RESOLVE_UPGRADE, "v1.2.3+1", "v1.2.4" },

	/* On a branch */
	{ FORK, "", RESOLVE_UPGRADE, "left@head", "left2" },
	{ FORK, "", RESOLVE_UPGRADE, "left@heads", "left2" },
	{ FORK, "", RESOLVE_UPGRADE, "left@base", "base" },
	{ FORK, "", RESOLVE_UPGRADE, "left@left2", "left2" },
	{ FORK, "", RESOLVE_UPGRADE, "left@root", "root" },
	{ FORK, "", RESOLVE_UPGRADE, "left@right1", "!branch" },
	{ FORK, "", RESOLVE_UPGRADE, "left@right", "!branch" },
	{ FORK, "", RESOLVE_UPGRADE, "left@left", "left1" },
	{ FORK, "", RESOLVE_UPGRADE, "left@rig", "!branch" },
	{ FORK, "", RESOLVE_UPGRADE, "left@nothing", "!unknown" },
	{ FORK, "", RESOLVE_UPGRADE, "nothing@head", "!unknown" },
	{ FORK, "", RESOLVE_UPGRADE, "root@head", "!ambiguous" },
	{ FORK, "", RESOLVE_UPGRADE, "root@heads", "left2 right2" },
	{ FORK, "", RESOLVE_UPGRADE, "left1@head", "left2" },
	{ FORK, "", RESOLVE_UPGRADE, "right2@head", "right2" },
	{ FORK, "", RESOLVE_UPGRADE, "right2@root", "root" },
	{ FORK, "", RESOLVE_UPGRADE, "righ@head", "!ambiguous" },
	{ LINE, "", RESOLVE_UPGRADE, "b2@head", "c333" },
	{ MERGED, "", RESOLVE_UPGRADE, "left@head", "after1" },
	{ MERGED, "", RESOLVE_UPGRADE, "left@merge1", "merge1" },
	{ MERGED, "", RESOLVE_UPGRADE, "left@right1", "!branch" },
	{ MERGED, "", RESOLVE_UPGRADE, "merge1@right1", "right1" },
	{ "aaaa1 labels aaaa; aaaa2<aaaa1; bbbb1 labels bbbb; bbbb2<bbbb1; xx11<aaaa2; xx12<bbbb2",
	  "", RESOLVE_UPGRADE, "xx1", "!ambiguous" },
	{ "aaaa1 labels aaaa; aaaa2<aaaa1; bbbb1 labels bbbb; bbbb2<bbbb1; xx11<aaaa2; xx12<bbbb2",
	  "", RESOLVE_UPGRADE, "bbbb@xx1", "xx12" },
	{ FOREST, "", RESOLVE_UPGRADE, "bb@a002", "!branch" },
	{ FORK, "", RESOLVE_UPGRADE, "@head", "!usage" },
	{ FORK, "", RESOLVE_UPGRADE, "left@", "!usage" },
	{ FORK, "", RESOLVE_UPGRADE, "left@right@head", "!usage" },

	/* From a named revision */
	{ LINE, "", RESOLVE_UPGRADE, "a111+1", "b222" },
	{ LINE, "", RESOLVE_UPGRADE, "a111+2", "c333" },
	{ LINE, "", RESOLVE_UPGRADE, "a111+3", "!range" },
	{ LINE, "", RESOLVE_UPGRADE, "a111+0", "a111" },
	{ LINE, "", RESOLVE_UPGRADE, "a+1", "b222" },
	{ LINE, "", RESOLVE_UPGRADE, "c333-1", "b222" },
	{ LINE, "", RESOLVE_UPGRADE, "c333-3", "base" },
	{ LINE, "", RESOLVE_UPGRADE, "c333-4", "!range" },
	{ LINE, "", RESOLVE_UPGRADE, "head-1", "b222" },
	{ LINE, "", RESOLVE_UPGRADE, "heads-1", "b222" },
	{ LINE, "", RESOLVE_UPGRADE, "head+1", "!range" },
	{ LINE, "", RESOLVE_UPGRADE, "base+1", "a111" },
	{ LINE, "", RESOLVE_UPGRADE, "base+3", "c333" },
	{ LINE, "", RESOLVE_UPGRADE, "base+4", "!range" },
	{ LINE, "", RESOLVE_UPGRADE, "base-1", "!range" },
	{ LINE, "", RESOLVE_UPGRADE, "c333-99999999999999999999999", "!range" },
	{ LINE, "", RESOLVE_UPGRADE, "a111+99999999999999999999999", "!range" },
	{ LINE, "", RESOLVE_UPGRADE, "c333-1xyz", "!unknown" },
	{ LINE, "", RESOLVE_UPGRADE, "c333-", "!unknown" },
	{ LINE, "", RESOLVE_UPGRADE, "zzzz-1", "!unknown" },
	{ LINE, "", RESOLVE_PLAIN, "c333-1", "b222" },
	{ LINE, "", RESOLVE_SHOW, "c333-1", "b222" },
	{ LINE, "", RESOLVE_DOWNGRADE, "a111+1", "b222" },
	{ LINE, "", RESOLVE_DOWNGRADE, "base+1", "a111" },
	{ LINE, "", RESOLVE_STAMP, "c333-1", "!usage" },
	{ LINE, "", RESOLVE_STAMP, "+1", "!usage" },
	{ LINE, "", RESOLVE_REVISION, "head-1", "!usage" },
	{ LINE, "", RESOLVE_PLAIN, "+1", "!usage" },
	{ FORK, "", RESOLVE_UPGRADE, "root+1", "!ambiguous" },
	{ FORK, "", RESOLVE_UPGRADE, "left@root+1", "left1" },
	{ FORK, "", RESOLVE_UPGRADE, "left@root+2", "left2" },
	{ FORK, "", RESOLVE_UPGRADE, "left@base+2", "left1" },
	{ FORK, "", RESOLVE_UPGRADE, "left@base+3", "left2" },
	{ FORK, "", RESOLVE_UPGRADE, "left@base+4", "!range" },
	{ FORK, "", RESOLVE_UPGRADE, "left@head-1", "left1" },
	{ FORK, "", RESOLVE_UPGRADE, "left@left2-1", "left1" },
	{ FORK, "", RESOLVE_UPGRADE, "left@right2-1", "!branch" },
	{ FORK, "", RESOLVE_UPGRADE, "left+1", "left2" },
	{ FORK, "", RESOLVE_UPGRADE, "left-1", "root" },
	{ FORK, "", RESOLVE_UPGRADE, "left-2", "base" },
	{ FORK, "", RESOLVE_UPGRADE, "heads-1", "!ambiguous" },
	{ FORK, "", RESOLVE_UPGRADE, "head-1", "!ambiguous" },
	{ MERGED, "", RESOLVE_UPGRADE, "left@right2+1", "merge1" },
	{ MERGED, "", RESOLVE_UPGRADE, "left@right2+2", "after1" },
	{ MERGED, "", RESOLVE_UPGRADE, "left@right2+3", "!range" },
	{ MERGED, "", RESOLVE_UPGRADE, "left@right1+1", "!branch" },
	{ MERGED, "", RESOLVE_UPGRADE, "left@right2-1", "!branch" },
	{ MERGED, "", RESOLVE_UPGRADE, "left@nowhere+1", "!unknown" },
	{ MERGED, "", RESOLVE_UPGRADE, "after1-1", "merge1" },
	{ MERGED, "", RESOLVE_UPGRADE, "after1-2", "!ambiguous" },
	{ FOREST, "", RESOLVE_UPGRADE, "base+1", "!ambiguous" },
	{ FOREST, "", RESOLVE_UPGRADE, "bb@base+1", "b001" },
	{ "a labels v-1; b<a labels v-10; c<b labels vv", "", RESOLVE_UPGRADE, "v-1", "a" },
	{ "a labels v-1; b<a labels v-10; c<b labels vv", "", RESOLVE_UPGRADE, "v-10", "b" },
	{ "a labels v-1; b<a labels v-10; c<b labels vv", "", RESOLVE_UPGRADE, "v-10-1", "a" },
	{ "a labels v-1; b<a labels v-10; c<b labels vv", "", RESOLVE_UPGRADE, "vv-1", "b" },

	/* From what is applied */
	{ LINE, "", RESOLVE_UPGRADE, "+1", "a111" },
	{ LINE, "a111", RESOLVE_UPGRADE, "+1", "b222" },
	{ LINE, "a111", RESOLVE_UPGRADE, "+2", "c333" },
	{ LINE, "a111", RESOLVE_UPGRADE, "+3", "!range" },
	{ LINE, "c333", RESOLVE_UPGRADE, "+1", "!range" },
	{ LINE, "a111", RESOLVE_UPGRADE, "-1", "!range" },
	{ LINE, "a111", RESOLVE_UPGRADE, "+0", "!range" },
	{ LINE, "c333", RESOLVE_DOWNGRADE, "-1", "b222" },
	{ LINE, "c333", RESOLVE_DOWNGRADE, "-3", "base" },
	{ LINE, "c333", RESOLVE_DOWNGRADE, "-4", "!range" },
	{ LINE, "c333", RESOLVE_DOWNGRADE, "+1", "!range" },
	{ LINE, "", RESOLVE_DOWNGRADE, "-1", "!range" },
	{ FORK, "left1 right1", RESOLVE_UPGRADE, "+1", "!ambiguous" },
	{ FORK, "left1 right1", RESOLVE_DOWNGRADE, "-1", "!ambiguous" },
	{ FORK, "root", RESOLVE_UPGRADE, "+1", "!ambiguous" },
	{ FORK, "root", RESOLVE_UPGRADE, "left@+1", "left1" },
	{ FORK, "", RESOLVE_UPGRADE, "left@+1", "root" },
	{ FORK, "", RESOLVE_UPGRADE, "left@+2", "left1" },
	{ FORK, "left1 right1", RESOLVE_UPGRADE, "left@+1", "left2" },
	{ FORK, "right1", RESOLVE_UPGRADE, "left@+1", "left1" },
	{ FORK, "right1", RESOLVE_UPGRADE, "left@+2", "left2" },
	{ FORK, "right1", RESOLVE_UPGRADE, "left@+3", "!range" },
	{ FORK, "left1 right2", RESOLVE_DOWNGRADE, "right@-1", "right1" },
	{ FORK, "left1 right2", RESOLVE_DOWNGRADE, "right@-2", "root" },
	{ FORK, "left1 right2", RESOLVE_DOWNGRADE, "right2@-1", "right1" },
	{ FORK, "left1 right2", RESOLVE_DOWNGRADE, "root@-1", "!ambiguous" },
	{ FORK, "left1", RESOLVE_DOWNGRADE, "right@-1", "!range" },
	{ FORK, "", RESOLVE_DOWNGRADE, "right@-1", "!range" },
	{ MERGED, "merge1", RESOLVE_DOWNGRADE, "-1", "!ambiguous" },
	{ MERGED, "after1", RESOLVE_DOWNGRADE, "left@-1", "merge1" },
	{ FOREST, "b002", RESOLVE_DOWNGRADE, "aa@-1", "a001" },
	{ FOREST, "b002", RESOLVE_DOWNGRADE, "bb@-1", "b001" },
	{ FOREST, "b002", RESOLVE_UPGRADE, "aa@+1", "!range" },
	{ FOREST, "b001", RESOLVE_UPGRADE, "aa@+1", "a001" },
	{ FOREST, "c001", RESOLVE_UPGRADE, "+1", "!range" },
	{ FOREST, "", RESOLVE_UPGRADE, "+1", "!ambiguous" },

	/* From the heads */
	{ LINE, "a111", RESOLVE_SHOW, "-1", "b222" },
	{ LINE, "", RESOLVE_SHOW, "-3", "base" },
	{ LINE, "", RESOLVE_SHOW, "-4", "!range" },
	{ LINE, "", RESOLVE_SHOW, "+1", "!range" },
	{ FORK, "", RESOLVE_SHOW, "-1", "left1 right1" },
	{ FORK, "", RESOLVE_SHOW, "-2", "root" },
	{ FORK, "", RESOLVE_SHOW, "left@-1", "left1" },
	{ FOREST, "", RESOLVE_SHOW, "-1", "b001" },
	{ FOREST, "", RESOLVE_SHOW, "aa@-1", "a001" },
	{ MERGED, "", RESOLVE_SHOW, "-2", "!ambiguous" },
};

struct range {
	const char *graph;
	const char *rows;
	const char *text;
	const char *want;
};

static const struct range ranges[] = {
	{ "", "", NULL, "" },
	{ LINE, "", NULL, "c333 b222 a111" },
	{ LINE, "", ":", "c333 b222 a111" },
	{ LINE, "", "a111:b222", "b222 a111" },
	{ LINE, "", " a1 : b2 ", "b222 a111" },
	{ LINE, "", "b222:", "c333 b222" },
	{ LINE, "", ":b222", "b222 a111" },
	{ LINE, "", "base:head", "c333 b222 a111" },
	{ LINE, "", "b222:b222", "b222" },
	{ LINE, "", "c333:a111", "!range" },
	{ LINE, "", "b222", "!usage" },
	{ LINE, "", "a111:b222:c333", "!usage" },
	{ LINE, "", "-1:", "c333 b222" },
	{ LINE, "", "-9:", "c333 b222 a111" },
	{ LINE, "", "-1:b222", "b222 a111" },
	{ LINE, "", "c333-1:", "c333 b222" },
	{ LINE, "", "a111:+1", "b222 a111" },
	{ LINE, "", ":+2", "b222 a111" },
	{ LINE, "", "a111:+9", "c333 b222 a111" },
	{ LINE, "", "a111:a111+1", "b222 a111" },
	{ LINE, "", "-1:+1", "!usage" },
	{ LINE, "", "+1:", "!usage" },
	{ LINE, "", ":-1", "!usage" },
	{ LINE, "", "zzzz:", "!unknown" },
	{ LINE, "b222", "current:", "c333 b222" },
	{ LINE, "b222", ":current", "b222 a111" },
	{ LINE, "b222", "-1:current", "b222 a111" },
	{ LINE, "b222", "current:+1", "c333 b222" },
	{ LINE, "b222", "c333:current", "!range" },
	{ LINE, "b222", "current:current", "!usage" },
	{ LINE, "", ":current", "" },
	{ LINE, "", "-2:current", "" },
	{ LINE, "", "current:", "c333 b222 a111" },
	{ FORK, "", NULL, "right2 right1 left2 left1 root" },
	{ FORK, "", "left1:", "left2 left1" },
	{ FORK, "", "left:", "left2 left1" },
	{ FORK, "", ":left@head", "left2 left1 root" },
	{ FORK, "", "left@base:", "left2 left1 root" },
	{ FORK, "", "left@base:right2", "!branch" },
	{ FORK, "", "root:left2", "left2 left1 root" },
	{ FORK, "", "left1:right2", "!range" },
	{ FORK, "", "-1:", "right2 right1 left2 left1" },
	{ FORK, "", "left@-1:", "left2 left1" },
	{ FORK, "left1 right1", "current:", "right2 right1 left2 left1" },
	{ FORK, "left1 right1", ":current", "right1 left1 root" },
	{ MERGED, "", "left1:merge1", "merge1 left2 left1" },
	{ MERGED, "", "root:merge1", "merge1 right2 right1 left2 left1 root" },
	{ FOREST, "", "bb@base:", "b002 b001 a002 a001" },
	{ FOREST, "", "b001:", "b002 b001" },
	{ FOREST, "", "aa@base:", "a002 a001" },
	{ FOREST, "", ":c001", "c001" },
	{ FOREST, "", "-1:", "c001 b002 b001" },
};

static void resolve(const struct question *question, struct strbuf *out, struct limbeck_error *err)
{
	struct graph graph;
	struct resolve_result result = { { NULL, 0, 0 }, NULL, false };
	struct revision_list rows = { NULL, 0, 0 };
	struct names at;

	graph_init(&graph);
	revgraph_read(&graph, question->graph, err);
	at = revgraph_words(&graph.arena, question->rows);
	graph_rows(&graph, &at, &rows, NULL, err);
	if (graph_resolve(&graph, question->text, question->use, &rows, &result, err) < 0)
		strbuf_addf(out, "!%s", limbeck_code_name(err->code));
	else if (result.is_base)
		strbuf_addstr(out, "base");
	else
		revgraph_ids(out, &result.revisions);
	graph_release(&graph);
}

static void check_question(const struct question *question)
{
	static const char *const uses[] = { "show", "upgrade", "downgrade", "stamp", "revision",
		"plain" };
	struct strbuf text = STRBUF_INIT;
	struct limbeck_error err = LIMBECK_ERROR_INIT;

	resolve(question, &text, &err);
	if (!is_str(text.buf, question->want, "%s \"%s\" at \"%s\" of \"%s\"", uses[question->use],
		    question->text, question->rows, question->graph))
		diag("%s", err.message ? err.message : "");
	strbuf_release(&text);
	limbeck_error_release(&err);
}

static void check_range(const struct range *range)
{
	struct graph graph;
	struct revision_list rows = { NULL, 0, 0 };
	struct revision_list list = { NULL, 0, 0 };
	struct strbuf text = STRBUF_INIT;
	struct limbeck_error err = LIMBECK_ERROR_INIT;
	struct names at;

	graph_init(&graph);
	revgraph_read(&graph, range->graph, &err);
	at = revgraph_words(&graph.arena, range->rows);
	graph_rows(&graph, &at, &rows, NULL, &err);
	if (graph_range(&graph, range->text, &rows, &list, &err) < 0)
		strbuf_addf(&text, "!%s", limbeck_code_name(err.code));
	else
		revgraph_ids(&text, &list);
	if (!is_str(text.buf, range->want, "range \"%s\" at \"%s\" of \"%s\"",
		    range->text ? range->text : "(none)", range->rows, range->graph))
		diag("%s", err.message ? err.message : "");
	strbuf_release(&text);
	limbeck_error_release(&err);
	graph_release(&graph);
}

/* What is refused says what else there is. */
static const struct {
	struct question question; /* want is the message */
	const char *detail;
	const char *hint;
} refusals[] = {
	{ { LINE, "", RESOLVE_UPGRADE, "b223", "no revision or label is called \"b223\"" },
	  "The nearest is:\n  b222, v/b222.sql, make b222", "Perhaps \"b222\" is meant." },
	{ { LINE, "", RESOLVE_UPGRADE, "qqqqqqqq", "no revision or label is called \"qqqqqqqq\"" },
	  "The heads are:\n  c333, v/c333.sql, make c333", NULL },
	{ { "", "", RESOLVE_UPGRADE, "abc", "no revision or label is called \"abc\"" },
	  "There are no revisions.", NULL },
	{ { ALIKE, "", RESOLVE_UPGRADE, "abcd", "\"abcd\" fits 3 revisions" },
	  "Candidates are:\n  abcd1, v/abcd1.sql, make abcd1\n  abcd2, v/abcd2.sql, make abcd2\n"
	  "  abcd12, v/abcd12.sql, make abcd12", "Write more of the id." },
	{ { FORK, "", RESOLVE_UPGRADE, "left@right2",
	    "revision \"right2\" is not on branch \"left\"" },
	  "That branch leads to:\n  left2, v/left2.sql, make left2", NULL },
	{ { FORK, "", RESOLVE_UPGRADE, "left@rig",
	    "no revision that begins with \"rig\" is on branch \"left\"" },
	  "Elsewhere there is:\n  right1, v/right1.sql, make right1\n"
	  "  right2, v/right2.sql, make right2", NULL },
	{ { FORK, "", RESOLVE_UPGRADE, "lfet@head", "no such branch: \"lfet\"" },
	  "The nearest is:\n  left1, v/left1.sql, make left1", "Perhaps \"left\" is meant." },
	{ { FORK, "", RESOLVE_UPGRADE, "head", "\"head\" is ambiguous: there are 2 heads" },
	  "The heads are:\n  left2, v/left2.sql, make left2\n  right2, v/right2.sql, make right2",
	  "LABEL@head" },
	{ { FORK, "", RESOLVE_UPGRADE, "root@head",
	    "\"root@head\" is ambiguous: branch \"root\" has 2 heads" }, "The heads are:", NULL },
	{ { FORK, "left2 right1", RESOLVE_DOWNGRADE, "-1",
	    "\"-1\" is ambiguous: 2 current revisions are there" },
	  "The database is at:\n  left2, v/left2.sql, make left2\n"
	  "  right1, v/right1.sql, make right1", "left2@-1" },
	{ { FORK, "root", RESOLVE_UPGRADE, "+1",
	    "\"+1\" is ambiguous: revision \"root\" has 2 children" },
	  "It could go to:\n  left1, v/left1.sql, make left1", "left1@+1" },
	{ { MERGED, "merge1", RESOLVE_DOWNGRADE, "-1",
	    "\"-1\" is ambiguous: revision \"merge1\" has 2 parents" },
	  "It could go to:\n  left2", "Name the revision itself." },
	{ { LINE, "a111", RESOLVE_UPGRADE, "+5",
	    "\"+5\" goes too far: there are only 2 steps to go" },
	  "The walk ended at c333, v/c333.sql, make c333.", NULL },
	{ { LINE, "b222", RESOLVE_UPGRADE, "+2",
	    "\"+2\" goes too far: there is only 1 step to go" },
	  "The walk ended at c333", NULL },
	{ { LINE, "b222", RESOLVE_DOWNGRADE, "-3",
	    "\"-3\" goes too far: there are only 2 steps to go" }, "The walk ended at the base.",
	  NULL },
	{ { FOREST, "", RESOLVE_UPGRADE, "base+1", "\"base+1\" is ambiguous: there are 3 bases" },
	  "It could go to:\n  a001, v/a001.sql, make a001", NULL },
	{ { LINE, "", RESOLVE_DOWNGRADE, "-1", "\"-1\" goes too far: nothing is applied" }, NULL,
	  NULL },
};

static bool begins(const char *text, const char *part)
{
	return !part || (text && strncmp(text, part, strlen(part)) == 0);
}

static bool has(const char *text, const char *part)
{
	return !part || (text && strstr(text, part));
}

static void test_refusals(void)
{
	for (size_t i = 0; i < sizeof refusals / sizeof *refusals; i++) {
		const struct question *question = &refusals[i].question;
		struct strbuf text = STRBUF_INIT;
		struct limbeck_error err = LIMBECK_ERROR_INIT;

		resolve(question, &text, &err);
		is_str(err.message, question->want, "\"%s\" of \"%s\" is refused in words",
			question->text, question->graph);
		if (!ok(begins(err.detail, refusals[i].detail) && has(err.hint, refusals[i].hint),
			    "it lists the candidates, and says what to do"))
			diag("%s\n%s", err.detail ? err.detail : "", err.hint ? err.hint : "");
		strbuf_release(&text);
		limbeck_error_release(&err);
	}
}

static void test_branch(void)
{
	struct graph graph;
	struct resolve_result result;
	struct revision_list rows = { NULL, 0, 0 };
	struct names at;

	graph_init(&graph);
	revgraph_read(&graph, FORK, NULL);
	at = revgraph_words(&graph.arena, "left2 right1 left2");
	ok(graph_rows(&graph, &at, &rows, NULL, NULL) == 0 && rows.count == 2,
		"a row that is there twice is one row");
	is_str(rows.items[0]->id, "left2", "rows are in the order of the graph");
	graph_resolve(&graph, "left@base", RESOLVE_UPGRADE, &rows, &result, NULL);
	is_str(result.branch->id, "left1", "LABEL@base keeps the branch");
	graph_resolve(&graph, "root", RESOLVE_UPGRADE, &rows, &result, NULL);
	ok(!result.branch, "without @ there is no branch");
	rows.count = 1;
	graph_resolve(&graph, "-2", RESOLVE_DOWNGRADE, &rows, &result, NULL);
	is_str(result.branch->id, "left2", "-N is on the branch of the row");
	ok(graph_resolve(&graph, "left@+1", RESOLVE_UPGRADE, NULL, &result, NULL) == 0,
		"without rows nothing is applied");
	graph_release(&graph);
}

static void test_missing_rows(void)
{
	struct graph graph;
	struct revision_list rows = { NULL, 0, 0 };
	struct names missing = { NULL, 0, 0 };
	struct names at;
	struct limbeck_error err = LIMBECK_ERROR_INIT;

	graph_init(&graph);
	revgraph_read(&graph, LINE, NULL);
	at = revgraph_words(&graph.arena, "gone1 b222 gone2");
	ok(graph_rows(&graph, &at, &rows, &missing, &err) == 0, "unknown rows can be asked for");
	is_int((long long)missing.count, 2, "they are handed out");
	is_str(missing.items[1], "gone2", "in their order");
	ok(graph_rows(&graph, &at, &rows, NULL, &err) < 0, "else they are an error");
	is_int(err.code, LIMBECK_E_STATE, "of the database's state");
	is_str(err.message, "the database is at gone1 and gone2, which no revision file has",
		"that names them");
	limbeck_error_release(&err);
	graph_release(&graph);
}

int main(void)
{
	for (size_t i = 0; i < sizeof questions / sizeof *questions; i++)
		check_question(&questions[i]);
	for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
		check_range(&ranges[i]);
	test_refusals();
	test_branch();
	test_missing_rows();
	return done_testing();
}
