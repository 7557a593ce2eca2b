/* SPDX-License-Identifier: BSD-2-Clause */
/* core/revision: what makes a graph, in which order, and what is refused. */
#include <string.h>

#include "revgraph.h"
#include "tap.h"

/* Both sorted by the graph; what is left out of a row is not looked at. */
struct shape {
	const char *graph;
	const char *order;
	const char *heads;
	const char *effective;
	const char *bases;
};

static const struct shape shapes[] = {
	{ "", "", "", "", "" },
	{ "a", "a", "a", "a", "a" },
	{ "c<b; b<a; a", "a b c", "c", "c", "a" },
	{ "a; b<a; c<a", "a b c", "b c", "b c", "a" },
	{ "z; y<z; x<z; m<x,y", "z x y m", "m", "m", "z" },
	{ "a; b", "a b", "a b", "a b", "a b" },
	{ "a at 2026-02-01; b at 2026-01-01", "b a", "b a", "b a", "b a" },
	{ "a at 2; b<a at 1; c at 3", "a b c", "b c", "b c", "a c" },
	{ "b at 1; a at 1; c at 1", "a b c", "a b c", "a b c", "a b c" },
	{ "a~b; b", "b a", "b a", "a", "b a" },
	{ "a1; a2<a1; b1; b2<b1~a2", "a1 a2 b1 b2", "a2 b2", "b2", "a1 b1" },
	{ "a labels x; b; c<b~x", "a b c", "a c", "c", "a b" },
	{ "a; b<a; c<a; d<a; m<b,c,d", "a b c d m", "m", "m", "a" },
	{ "a; b<a; c<a; m<b,c; n<b,c", "a b c m n", "m n", "m n", "a" },
	{ "a; b<a,a", "a b", "b", "b", "a" },
	{ "a1; b1; a2<a1~b1; b2<b1~a2; a3<a2~b2", "a1 b1 a2 b2 a3", "b2 a3", "a3", "a1 b1" },
};

static void check_shape(const struct shape *shape)
{
	struct graph graph;
	struct limbeck_error err = LIMBECK_ERROR_INIT;
	struct revision_list lists[3] = { { NULL, 0, 0 }, { NULL, 0, 0 }, { NULL, 0, 0 } };
	const char *want[3];
	static const char *const what[3] = { "heads", "effective heads", "bases" };
	struct strbuf text = STRBUF_INIT;

	want[0] = shape->heads;
	want[1] = shape->effective;
	want[2] = shape->bases;
	graph_init(&graph);
	if (!ok(revgraph_read(&graph, shape->graph, &err) == 0, "\"%s\" is a graph", shape->graph))
		diag("%s", err.message);
	revgraph_ids(&text, &graph.all);
	is_str(text.buf, shape->order, "order of \"%s\"", shape->graph);
	graph_heads(&graph, &lists[0]);
	graph_effective_heads(&graph, &lists[1]);
	graph_bases(&graph, &lists[2]);
	for (size_t i = 0; i < 3; i++) {
		strbuf_reset(&text);
		revgraph_ids(&text, &lists[i]);
		is_str(text.buf, want[i], "%s of \"%s\"", what[i], shape->graph);
	}
	strbuf_release(&text);
	limbeck_error_release(&err);
	graph_release(&graph);
}

/* What is refused: the message, and words of the place, the detail, the hint. */
struct refusal {
	const char *graph;
	const char *message;
	const char *file;
	const char *detail;
	const char *hint;
};

static const struct refusal refusals[] = {
	{ "a; a", "revision id \"a\" is used twice", "v/a.sql", "The other file is v/a.sql:1.",
	  "another id" },
	{ "head", "revision id \"head\" is reserved", "v/head.sql", NULL, "Choose another id" },
	{ "base", "revision id \"base\" is reserved", NULL, NULL, NULL },
	{ "current", "revision id \"current\" is reserved", NULL, NULL, NULL },
	{ "a-b", "revision id \"a-b\" is not well formed", NULL, NULL, "letters" },
	{ "a@b", "revision id \"a@b\" is not well formed", NULL, NULL, NULL },
	{ "a<a", "revision \"a\" is its own parent", "v/a.sql", NULL, "@parents" },
	{ "a~a", "revision \"a\" depends on itself", "v/a.sql", NULL, "@depends" },
	{ "a labels x; b<a~x; c~c", "revision \"c\" depends on itself", NULL, NULL, NULL },
	{ "a labels x; b labels x", "label \"x\" is declared twice, by revisions \"a\" and \"b\"",
	  "v/b.sql", "The other file is v/a.sql:1.", "Rename" },
	{ "a labels x x", "label \"x\" is declared twice, by revisions \"a\" and \"a\"", NULL, NULL,
	  NULL },
	{ "a labels b; b", "label \"b\" of revision \"a\" is the id of a revision", "v/a.sql",
	  "v/b.sql:2", NULL },
	{ "a labels heads", "label \"heads\" of revision \"a\" is not well formed", NULL, NULL,
	  NULL },
	{ "a labels -x", "label \"-x\" of revision \"a\" is not well formed", NULL, NULL, NULL },
	{ "a labels x+1", "label \"x+1\" of revision \"a\" is not well formed", NULL, NULL, NULL },
	{ "abcdef1; b<abcdef2", "parent \"abcdef2\" of revision \"b\" does not exist", "v/b.sql",
	  NULL, "Perhaps \"abcdef1\" is meant." },
	{ "abcdef1; b<abc", "parent \"abc\" of revision \"b\" does not exist", NULL, NULL,
	  "Perhaps \"abcdef1\" is meant." },
	{ "a; b<a~nothing", "dependency \"nothing\" of revision \"b\" does not exist", "v/b.sql",
	  NULL, "correct v/b.sql:2" },
	{ "a labels lab; b<lab", "parent \"lab\" of revision \"b\" does not exist", NULL, NULL,
	  NULL },
	{ "a<xx1; b<xx2; c<a~xx3", "parent \"xx1\" of revision \"a\" does not exist", "v/a.sql",
	  "3 revisions are named that no file has:\n"
	  "  v/a.sql:1: parent \"xx1\" of revision \"a\"\n"
	  "  v/b.sql:2: parent \"xx2\" of revision \"b\"\n"
	  "  v/c.sql:3: dependency \"xx3\" of revision \"c\"", NULL },
	{ "a<b; b<a", "the parents of 2 revisions form a cycle: a -> b -> a", "v/a.sql",
	  "The members are:\n  v/b.sql:2: \"b\" has parent \"a\"\n"
	  "  v/a.sql:1: \"a\" has parent \"b\"",
	  "@parents" },
	{ "a; b<a,d; c<b; d<c; e<d", "the parents of 3 revisions form a cycle: b -> c -> d -> b",
	  "v/b.sql", NULL, NULL },
	{ "a<c; b<a; c<b; d<c", "the parents of 3 revisions form a cycle: a -> b -> c -> a", NULL,
	  NULL, NULL },
	{ "a; b<a; c<a; m<b,c,n; n<m", "the parents of 2 revisions form a cycle: m -> n -> m", NULL,
	  NULL, NULL },
	{ "a; b<a,m; c<a; m<b,c", "the parents of 2 revisions form a cycle: b -> m -> b", NULL,
	  NULL, NULL },
	{ "a; x<y; y<x; b<a", "the parents of 2 revisions form a cycle: x -> y -> x", NULL, NULL,
	  NULL },
	{ "a~b; b~a", "parents and dependencies of 2 revisions form a cycle: a -> b -> a",
	  "v/a.sql", "The members are:\n  v/b.sql:2: \"b\" depends on \"a\"\n"
	  "  v/a.sql:1: \"a\" depends on \"b\"",
	  "@depends" },
	{ "a~c; b<a; c<b", "parents and dependencies of 3 revisions form a cycle: a -> b -> c -> a",
	  NULL, "\"c\" has parent \"b\"", "@depends" },
	{ "a1~b2; a2<a1; b1~a2; b2<b1", "parents and dependencies of 4 revisions form a cycle: "
	  "a1 -> a2 -> b1 -> b2 -> a1", NULL, NULL, NULL },
	{ "a~c; b<a; c<b; x<y; y<x", "the parents of 2 revisions form a cycle: x -> y -> x", NULL,
	  NULL, NULL },
	{ "a~x; b<a labels x", "parents and dependencies of 2 revisions form a cycle: a -> b -> a",
	  NULL, NULL, NULL },
};

static bool has(const char *text, const char *part)
{
	return !part || (text && strstr(text, part));
}

static void check_refusal(const struct refusal *refusal)
{
	struct graph graph;
	struct limbeck_error err = LIMBECK_ERROR_INIT;

	graph_init(&graph);
	ok(revgraph_read(&graph, refusal->graph, &err) < 0, "\"%s\" is refused", refusal->graph);
	is_int(err.code, LIMBECK_E_GRAPH, "it is an error of the graph");
	is_str(err.message, refusal->message, "the message says what is wrong");
	if (!ok(has(err.file, refusal->file) && has(err.detail, refusal->detail) &&
			has(err.hint, refusal->hint) && err.line > 0,
		    "place, detail and hint are there"))
		diag("%s:%u, %s, %s", err.file, err.line, err.detail, err.hint);
	limbeck_error_release(&err);
	graph_release(&graph);
}

/* Of one revision: its labels, or its tops. */
struct fact {
	const char *graph;
	const char *id;
	const char *want;
};

static const struct fact label_facts[] = {
	{ "a labels x; b<a; c<b", "c", "x" },
	{ "a; b<a labels x; c<b", "a", "x" },
	{ "a; b<a labels x; c<b", "c", "x" },
	{ "a; b<a labels y x; c<b labels w", "a", "w x y" },
	{ "a; b<a; c<a labels x; d<c", "a", "" },
	{ "a; b<a; c<a labels x; d<c", "b", "" },
	{ "a; b<a; c<a labels x; d<c", "d", "x" },
	{ "a; b<a; c<a; d<c labels x", "c", "x" },
	{ "a; b<a labels x; c<b; d<b", "a", "" },
	{ "a; b<a labels x; c<b; d<b", "d", "x" },
	{ "a; b<a labels x; c<b; d<c; e<c", "a", "" },
	{ "a; b<a labels x; c<a labels y; m<b,c", "m", "x y" },
	{ "a; b<a labels x; c<a labels y; m<b,c; n<m labels z", "n", "x y z" },
	{ "a; b<a labels x; c<a labels y; m<b,c; n<m labels z", "m", "x y" },
	{ "a; b<a labels x; c; m<b,c", "a", "" },
	{ "a; b<a labels x; p~a", "a", "" },
	{ "a; b<a labels x; p~a", "p", "" },
	{ "a; b<a labels x; p~b; q~b", "a", "" },
	{ "a labels x; b; m<a,b; n<a", "m", "x" },
};

static const struct fact top_facts[] = {
	{ "a; b<a", "b", "a" },
	{ "a", "a", "" },
	{ "a; b<a~a", "b", "a" },
	{ "a; b<a; c<b~a", "c", "b" },
	{ "a; b; c<a~b", "c", "a b" },
	{ "a; b<a; c~a,b", "c", "b" },
	{ "a1; a2<a1; b1~a1; b2<b1~a2", "b2", "b1 a2" },
	{ "a1; a2<a1; b1~a2; b2<b1~a2", "b2", "b1" },
	{ "a1; a2<a1; b1~a2; b2<b1~a1", "b2", "b1" },
	{ "a; b<a; c<a; m<b,c~a", "m", "b c" },
	{ "a labels x; b; c<b~x", "c", "b a" },
	{ "a labels x; b; c<b~x,a", "c", "b a" },
	{ "a; b<a; m<a,b", "m", "a b" },
	{ "a; x~a; y~x; z~y,a", "z", "y" },
};

static void check_labels(const struct fact *fact)
{
	struct graph graph;
	struct strbuf text = STRBUF_INIT;
	const struct revision *revision;

	graph_init(&graph);
	revgraph_read(&graph, fact->graph, NULL);
	revision = graph_find(&graph, fact->id);
	for (size_t i = 0; i < revision->all_labels.count; i++)
		strbuf_addf(&text, "%s%s", i ? " " : "", revision->all_labels.items[i]);
	is_str(text.buf, fact->want, "labels of %s in \"%s\"", fact->id, fact->graph);
	strbuf_release(&text);
	graph_release(&graph);
}

static void check_tops(const struct fact *fact)
{
	struct graph graph;
	struct strbuf text = STRBUF_INIT;

	graph_init(&graph);
	revgraph_read(&graph, fact->graph, NULL);
	revgraph_ids(&text, &graph_find(&graph, fact->id)->tops);
	is_str(text.buf, fact->want, "tops of %s in \"%s\"", fact->id, fact->graph);
	strbuf_release(&text);
	graph_release(&graph);
}

static void test_names(void)
{
	char long_id[130];

	memset(long_id, 'a', sizeof long_id);
	long_id[129] = 0;
	ok(!graph_id_is_valid(long_id), "an id of 129 letters is refused");
	long_id[128] = 0;
	ok(graph_id_is_valid(long_id), "an id of 128 letters is taken");
	ok(!graph_id_is_valid(""), "an empty id is refused");
	ok(graph_id_is_valid("27c6.a_Z"), "letters, digits, dots and underscores make an id");
	ok(!graph_id_is_valid("a b") && !graph_id_is_valid("a+1") && !graph_id_is_valid("\303\251"),
		"blanks, signs and other letters make none");
	ok(graph_label_is_valid("my-branch") && !graph_id_is_valid("my-branch"),
		"'-' may stand in a label, not in an id");
	ok(!graph_label_is_valid("a@b") && !graph_label_is_valid("a:b") &&
		!graph_label_is_valid(""),
		"what has a meaning in identifiers may not");
}

static void test_marks(void)
{
	struct graph graph;
	struct revision_set below, above, line, whole;
	struct revision *c, *s;
	struct revision_list roots;

	graph_init(&graph);
	revgraph_read(&graph, "a; b<a; c<b; d<c; s<a; x; y<x~c; z<b~x", NULL);
	c = graph_find(&graph, "c");
	s = graph_find(&graph, "s");
	roots.items = &c;
	roots.count = roots.capacity = 1;
	ok(revision_set_init(&below, &graph, &graph.arena) &&
		revision_set_init(&above, &graph, &graph.arena) &&
		revision_set_init(&line, &graph, &graph.arena) &&
		revision_set_init(&whole, &graph, &graph.arena), "there is memory");
	graph_mark_ancestors(&graph, &roots, &below);
	graph_mark_descendants(&graph, &roots, &above);
	graph_mark_lineage(&graph, c, false, &line);
	graph_mark_lineage(&graph, c, true, &whole);
	ok(revision_set_has(&below, graph_find(&graph, "a")) && revision_set_has(&below, c) &&
		!revision_set_has(&below, graph_find(&graph, "d")), "ancestors are below");
	ok(revision_set_has(&above, graph_find(&graph, "y")) && revision_set_has(&above, c) &&
		!revision_set_has(&above, graph_find(&graph, "x")),
		"descendants are above, dependents too");
	ok(revision_set_has(&line, graph_find(&graph, "a")) &&
		revision_set_has(&line, graph_find(&graph, "d")) && !revision_set_has(&line, s) &&
		!revision_set_has(&line, graph_find(&graph, "y")),
		"a lineage goes up and down by parents, and not around");
	ok(revision_set_has(&whole, graph_find(&graph, "y")) && !revision_set_has(&whole, s) &&
		!revision_set_has(&whole, graph_find(&graph, "x")),
		"with dependencies, dependents belong to it");
	graph_release(&graph);
}

/* Many revisions of one form: each has, of those before it, what `link` says. */
static bool read_many(struct graph *graph, size_t count, void (*link)(struct strbuf *, size_t),
	struct limbeck_error *err)
{
	struct strbuf text = STRBUF_INIT;
	bool done;

	for (size_t i = 0; i < count; i++) {
		strbuf_addf(&text, "%sr%06zu", i ? ";" : "", i);
		link(&text, i);
	}
	done = revgraph_read(graph, text.buf, err) == 0;
	strbuf_release(&text);
	return done;
}

static void link_line(struct strbuf *text, size_t i)
{
	if (i)
		strbuf_addf(text, "<r%06zu", i - 1);
}

static void link_nothing(struct strbuf *text, size_t i)
{
	(void)text;
	(void)i;
}

static void link_ring(struct strbuf *text, size_t i)
{
	strbuf_addf(text, "<r%06zu", (i + 99999) % 100000);
}

/* Two long branches, each revision of the second depending on one of the first. */
static void link_ladder(struct strbuf *text, size_t i)
{
	if (i % 50000)
		strbuf_addf(text, "<r%06zu", i - 1);
	if (i >= 50000)
		strbuf_addf(text, "~r%06zu", i - 50000);
}

static void link_fan(struct strbuf *text, size_t i)
{
	if (i > 0 && i < 99999)
		strbuf_addstr(text, "<r000000");
	for (size_t k = 1; i == 99999 && k < i; k++)
		strbuf_addf(text, "%cr%06zu", k == 1 ? '<' : ',', k);
}

static void test_large(void)
{
	static const struct {
		const char *what;
		void (*link)(struct strbuf *, size_t);
		bool good;
	} cases[] = {
		{ "a line of 100,000 revisions", link_line, true },
		{ "100,000 bases", link_nothing, true },
		{ "two long branches with dependencies", link_ladder, true },
		{ "a branchpoint and a merge of 99,998", link_fan, true },
		{ "a cycle of 100,000 revisions", link_ring, false },
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct graph graph;
		struct limbeck_error err = LIMBECK_ERROR_INIT;

		graph_init(&graph);
		if (!ok(read_many(&graph, 100000, cases[i].link, &err) == cases[i].good,
			    "%s %s", cases[i].what, cases[i].good ? "is linked" : "is refused"))
			diag("%s", err.message ? err.message : "no message");
		if (!cases[i].good)
			is_str(err.message, "the parents of 100000 revisions form a cycle: "
				"r000000 -> r000001 -> r000002 -> r000003 -> r000004 -> "
				"r000005 -> r000006 -> r000007 -> ... -> r000000",
				"a long cycle is named in short");
		limbeck_error_release(&err);
		graph_release(&graph);
	}
}

/* The order that files are read in must not matter. */
static void test_order_of_files(void)
{
	static const char *const texts[] = {
		"a at 3; b<a at 5; c<a at 4; m<b,c at 6; x at 1; y<x~c at 2 labels l k",
		"y<x~c at 2 labels k l; m<b,c at 6; x at 1; c<a at 4; b<a at 5; a at 3",
		"m<b,c at 6; b<a at 5; y<x~c at 2 labels l k; a at 3; x at 1; c<a at 4",
	};

	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		struct graph graph;
		struct strbuf text = STRBUF_INIT;

		graph_init(&graph);
		revgraph_read(&graph, texts[i], NULL);
		revgraph_ids(&text, &graph.all);
		is_str(text.buf, "x a c y b m", "the order depends on the revisions alone");
		strbuf_reset(&text);
		revgraph_ids(&text, &graph_find(&graph, "a")->ups);
		is_str(text.buf, "c b", "children are in that order too");
		strbuf_release(&text);
		graph_release(&graph);
	}
}

int main(void)
{
	for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++)
		check_shape(&shapes[i]);
	for (size_t i = 0; i < sizeof refusals / sizeof *refusals; i++)
		check_refusal(&refusals[i]);
	for (size_t i = 0; i < sizeof label_facts / sizeof *label_facts; i++)
		check_labels(&label_facts[i]);
	for (size_t i = 0; i < sizeof top_facts / sizeof *top_facts; i++)
		check_tops(&top_facts[i]);
	test_names();
	test_marks();
	test_order_of_files();
	test_large();
	return done_testing();
}
