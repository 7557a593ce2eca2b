/* SPDX-License-Identifier: BSD-2-Clause */
/* core/config: limbeck.ini, sections, variables, environment and options put
 * together. Works in a folder of its own: outer/limbeck.ini, outer/inner/. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "base/file.h"
#include "config/config.h"
#include "config/value.h"
#include "tap.h"

static struct limbeck_error err = LIMBECK_ERROR_INIT;
static struct config config;
static struct limbeck_options options;
static char outer[100], inner[120];

static void write_ini(const char *text)
{
	if (file_replace("../limbeck.ini", text, strlen(text), &err) < 0)
		diag("%s", err.message);
}

static int load(bool need_file)
{
	config_release(&config);
	return config_load(&config, &options, need_file, "/lib/drivers", "/share/templates", &err);
}

/* limbeck.ini with that text loads. */
static bool loads(const char *text, const char *name)
{
	bool good;

	write_ini(text);
	good = load(true) == 0;
	ok(good, "%s", name);
	if (!good) {
		diag("%s", err.message);
		limbeck_error_release(&err);
	}
	return good;
}

/* It does not; the place is "line:column" or "", the hint has those words. */
static void refuses(const char *text, const char *place, const char *message, const char *hint)
{
	char got[40] = "", *all;

	write_ini(text);
	if (!ok(load(true) < 0, "refused: %s", message))
		return;
	if (err.line)
		snprintf(got, sizeof got, "%u:%u", err.line, err.column);
	all = limbeck_error_text(&err);
	is_str(err.message, message, "its message");
	is_str(got, place, "its place");
	ok(err.code == LIMBECK_E_CONFIG && err.hint && strstr(err.hint, hint),
		"its hint has: %s", hint);
	ok(!strstr(all, "hunter2"), "no secret in its text");
	if (!err.hint || !strstr(err.hint, hint) || strstr(all, "hunter2"))
		diag("%s", all);
	free(all);
	limbeck_error_release(&err);
	ok(!config.arena.block && !config.values.first, "nothing is left to release");
}

static void is_below(const char *got, const char *folder, const char *rest, const char *name)
{
	char want[300];

	snprintf(want, sizeof want, "%s/%s", folder, rest);
	is_str(got, want, "%s", name);
}

static void test_no_file(void)
{
	ok(load(true) < 0 && err.code == LIMBECK_E_CONFIG &&
		strstr(err.message, "no limbeck.ini") && strstr(err.hint, "limbeck init"),
		"no limbeck.ini: the error says what to do");
	limbeck_error_release(&err);
	is_int(load(false), 0, "where none is needed, the defaults do");
	ok(!config.file, "there is no file");
	is_str(config.folder, inner, "the folder is the current one");
	is_below(config.script_location, inner, "migrations", "script_location");
	is_below(config.version_locations[0], inner, "migrations/versions", "version_locations");
	is_int((long long)config.version_location_count, 1, "is one folder");
	is_str(config.version_table, "limbeck_version", "version_table");
	ok(!config.version_table_schema && !config.dialect, "no schema, no dialect");
	ok(config.transaction_per_migration && config.edited_is_error && !config.recursive &&
		config.untranslatable_is_error, "flags");
	ok(config.lock_timeout > 59 && config.lock_timeout < 61, "lock_timeout");
	is_int(config.truncate_slug_length, 40, "truncate_slug_length");
	is_str(config.file_template, "%(rev)s_%(slug)s", "file_template");
	is_below(config.url.path, inner, "limbeck.db", "the file of the default URL");
	is_str(config.url_from, "the default", "and where it came from");
	is_str(config.driver_path, "/lib/drivers", "driver_path");
	is_str(config.template_path, "/share/templates", "template_path");
	is_str(config_get(&config, "version_table"), "limbeck_version", "config_get of a default");
	is_str(config_get(&config, "nonsense"), NULL, "config_get of no key");
	options.section = "test";
	ok(load(false) < 0 && strstr(err.message, "no section [test]: there is no limbeck.ini"),
		"-n without a file");
	limbeck_error_release(&err);
	options.section = NULL;
}

static void test_file(void)
{
	loads("[limbeck]\nscript_location = db\nurl = sqlite:///x.db\n"
		"naming.ix = ix_{table}\ntimezone = UTC\nfile_template = %%(rev)s 5% %(seq)04d\n"
		"statement_timeout = 500ms\nschemas = a, b\n c\nexclude = tmp_*\n"
		"[post_write_hooks]\nhooks = black\nblack.type = exec\n"
		"[alias]\nup = upgrade head\n",
		"a file in the folder above");
	is_below(config.file, outer, "limbeck.ini", "its name");
	is_str(config.folder, outer, "its folder");
	is_str(config.cwd, inner, "the current folder");
	is_below(config.script_location, outer, "db", "a path in it starts at its folder");
	is_below(config.version_locations[0], outer, "db/versions", "so do the versions");
	is_below(config.url.path, outer, "x.db", "and the file of the URL");
	is_below(config.url_from, outer, "limbeck.ini:3", "the URL is from there");
	is_str(config.timezone, "utc", "UTC in any case of letters");
	is_str(config.file_template, "%(rev)s 5% %(seq)04d",
		"a lone percent sign is one, and so are two");
	ok(config.statement_timeout > 0.499 && config.statement_timeout < 0.501, "a duration");
	ok(config.schema_count == 3 && strcmp(config.schemas[2], "c") == 0, "a list of names");
	ok(config.exclude_count == 1, "a list of one");
	is_str(config_get(&config, "naming.ix"), "ix_{table}", "naming.ix");
	is_str(config_get(&config, "alias.up"), "upgrade head", "alias.NAME");
	is_str(config_get(&config, "post_write_hooks.hooks"), "black", "post_write_hooks.hooks");
	is_str(config_get(&config, "post_write_hooks.black.type"), "exec", "a hook's key");
	is_str(config_get(&config, "script_location"), "db", "config_get gives the text");
}

static void test_locations(void)
{
	static const char *const texts[] = {
		"version_locations = a b\n", "version_locations =\n  a\n  b\n",
		"version_locations = a:b\npath_separator = os\n",
		"version_locations = a:b\npath_separator = :\n",
		"version_locations = a;; b\npath_separator = ;\n",
		"version_locations = a  b\npath_separator = space\n",
		"path_separator = newline\nversion_locations = a\n b\n",
		"version_locations = %(here)s/a b\n",
	};
	char text[200];

	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		snprintf(text, sizeof text, "[limbeck]\n%s", texts[i]);
		write_ini(text);
		ok(load(true) == 0 && config.version_location_count == 2,
			"two version_locations, form %zu", i + 1);
		is_below(config.version_locations[0], outer, "a", "the first");
		is_below(config.version_locations[1], outer, "b", "the second");
	}
	loads("[limbeck]\npath_separator = newline\nversion_locations = my own\n",
		"a folder with a blank in its name");
	is_below(config.version_locations[0], outer, "my own", "stays one");
	loads("[limbeck]\nscript_location = my own\n", "in script_location");
	is_below(config.version_locations[0], outer, "my own/versions", "it does, too");
}

static void test_sections(void)
{
	static const char text[] = "[limbeck]\nurl = sqlite:///main.db\nversion_table = v\n"
		"[test]\nurl = sqlite:///test.db\nversion_table_schema = s\n[empty]\n"
		"[plain]\nversion_table_schema =\n[prod]\nurl = p://${LBT_UNSET}\n";

	options.section = "test";
	loads(text, "a section that inherits");
	is_below(config.url.path, outer, "test.db", "its own key counts");
	is_str(config.version_table, "v", "what it lacks is inherited");
	is_str(config.version_table_schema, "s", "what only it has is used");
	options.section = "empty";
	loads(text, "a section without keys");
	is_below(config.url.path, outer, "main.db", "inherits all");
	options.section = "plain";
	loads(text, "a section that empties a key");
	ok(!config.version_table_schema, "does not have it");
	options.section = NULL;
	loads(text, "the main section");
	is_below(config.url.path, outer, "main.db", "takes nothing from the others");
	options.section = "nonsense";
	refuses(text, "", "no section [nonsense] to choose with -n",
		"[limbeck], [test], [empty], [plain], [prod]");
	options.section = "alias";
	refuses("[limbeck]\n[alias]\n", "", "no section [alias] to choose with -n", "[limbeck]");
	options.section = "prod";
	refuses(text, "11:11", "variable \"LBT_UNSET\" is not set", "-x LBT_UNSET=VALUE");
	options.section = NULL;
}

static void test_variables(void)
{
	static const char *const variables[] = { "LBT_X=one", "LBT_X=two", "LBT_Y=yes", "LBT_E" };
	static const struct {
		const char *value, *want;
	} cases[] = {
		{ "${LBT_X}", "two" }, { "a${LBT_X}b${LBT_Y}c", "atwobyesc" },
		{ "${LBT_V}", "env" },
		{ "${LBT_N:-other}", "other" }, { "${LBT_N:-}z", "z" },
		{ "${LBT_X:-other}", "two" },
		{ "${LBT_E:-other}", "other" }, { "x${LBT_E}", "x" },
		{ "${LBT_N:-${LBT_M:-deep}}!", "deep!" }, { "${LBT_N:-a${LBT_X}b}", "atwob" },
		{ "${LBT_X:-${LBT_N}}", "two" }, { "$", "$" }, { "$x", "$x" }, { "a$$b", "a$$b" },
		{ "$${LBT_X}", "${LBT_X}" }, { "100%", "100%" }, { "%%", "%" }, { "%%%", "%%" },
		{ "%(there)s", "%(there)s" }, { "%%(here)s", "%(here)s" }, { "{x}", "{x}" },
		{ "${LBT_S}", "a ${LBT_X} %% b" },
	};
	char text[200];

	options.variables = variables;
	options.variable_count = 4;
	setenv("LBT_V", "env", 1);
	setenv("LBT_X", "environment", 1);
	setenv("LBT_S", "a ${LBT_X} %% b", 1);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		snprintf(text, sizeof text, "[limbeck]\nversion_table = %s\n", cases[i].value);
		write_ini(text);
		ok(load(true) == 0, "%s expands", cases[i].value);
		is_str(config.version_table, cases[i].want, "to what it should");
	}
	options.variable_count = 0;
	loads("[limbeck]\nversion_table = ${LBT_X}\n", "without -x");
	is_str(config.version_table, "environment", "the environment counts");
	loads("[limbeck]\nscript_location = %(here)s/m\n", "%(here)s");
	is_below(config.script_location, outer, "m", "is the file's folder");
}

static void test_bad_variables(void)
{
	setenv("LBT_SECRET", "hunter2", 1);
	refuses("[limbeck]\nurl = p://u:hunter2@${LBT_NONE}/x\n", "2:21",
		"variable \"LBT_NONE\" is not set", "${LBT_NONE:-DEFAULT}");
	refuses("[limbeck]\nversion_locations =\n  a\n  ${LBT_NONE}\n", "4:3",
		"variable \"LBT_NONE\" is not set", "-x");
	refuses("[limbeck]\nurl = p://u:hunter2${@h\n", "2:20", "\"${\" without \"}\"", "$${");
	refuses("[limbeck]\nversion_table = ${}\n", "2:17",
		"\"${\" without the name of a variable", "${NAME}");
	refuses("[limbeck]\nversion_table = ${LBT_SECRET-hunter2}\n", "2:17",
		"\"${\" without the name of a variable", "${NAME:-DEFAULT}");
	refuses("[limbeck]\nversion_table = "
		"${a:-${b:-${c:-${d:-${e:-${f:-${g:-${h:-${i:-${j:-}}}}}}}}}}\n", "2:62",
		"variables stand too deep inside each other", "fewer");
	refuses("[limbeck]\nlock_timeout = ${LBT_SECRET}\n", "2:16",
		"bad value of \"lock_timeout\"", "5s");
	refuses("[limbeck]\nurl = ${LBT_SECRET}\n", "2:7", "no \"://\" in the database URL", "://");
	refuses("[limbeck]\n[alias]\nx = ${LBT_NONE}\n", "3:5",
		"variable \"LBT_NONE\" is not set", "-x");
}

static void test_bad_files(void)
{
	refuses("[limbeck]\n  scirpt_location = hunter2\n", "2:3",
		"unknown key \"scirpt_location\" in section [limbeck]", "\"script_location\"");
	refuses("[limbeck]\nsqlalchemy.url = p://u:hunter2@h\n", "2:1",
		"unknown key \"sqlalchemy.url\" in section [limbeck]", "\"url\"");
	refuses("[limbeck]\nbanana = hunter2\n", "2:1",
		"unknown key \"banana\" in section [limbeck]", "man limbeck.ini");
	refuses("[limbeck]\noutput_encoding = utf-8\n", "2:1",
		"unknown key \"output_encoding\" in section [limbeck]", "man limbeck.ini");
	refuses("[limbeck]\n[test]\nULR = hunter2\n", "3:1",
		"unknown key \"ULR\" in section [test]", "\"url\"");
	refuses("[limbeck]\n[post_write_hooks]\nblack.tpye = x\n", "3:1",
		"unknown key \"black.tpye\" in section [post_write_hooks]", "\"black.type\"");
	refuses("[limbeck]\nurl = a://\nurl = p://u:hunter2@h\n", "3:1",
		"key \"url\" appears a second time in section [limbeck]", "line 2");
	refuses("[limbeck]\n[test]\n[limbeck]\n", "3:1", "section [limbeck] appears a second time",
		"line 1");
	refuses("[limbeck\n", "1:1", "section without \"]\"", "[NAME]");
	refuses("[limbeck]\nhunter2\n", "2:1", "key without a value", "KEY = VALUE");
	refuses("[limbeck]\nurl = p://u:hunter2@h:x\n", "2:7", "bad port in the database URL",
		"%40");
	refuses("[limbeck]\nscratch_url = p://u:hunter2%@h\n", "2:15",
		"bad percent escape in the database URL", "%25");
}

static void test_bad_values(void)
{
	refuses("[limbeck]\nrecursive_version_locations = maybe\n", "2:31",
		"bad value of \"recursive_version_locations\"", "true or false");
	refuses("[limbeck]\nedited = ignore\n", "2:10", "bad value of \"edited\"", "error, warn");
	refuses("[limbeck]\nuntranslatable = warn\n", "2:18", "bad value of \"untranslatable\"",
		"error, skip");
	refuses("[limbeck]\npath_separator = comma\n", "2:18", "bad value of \"path_separator\"",
		"os, space, newline, :, ;");
	refuses("[limbeck]\ntruncate_slug_length = 4O\n", "2:24",
		"bad value of \"truncate_slug_length\"", "1 to 200");
	refuses("[limbeck]\nstatement_timeout =\n  5 apples\n", "3:3",
		"bad value of \"statement_timeout\"", "2min");
	refuses("[limbeck]\nversion_table =\n", "2:16", "bad value of \"version_table\"",
		"left out");
	refuses("[limbeck]\npath_separator = :\nversion_locations = ::\n", "3:21",
		"bad value of \"version_locations\"", "one folder");
}

static void test_url_order(void)
{
	static const char text[] = "[limbeck]\nurl = sqlite:///ini.db\n";

	setenv("DATABASE_URL", "sqlite:///database_url.db", 1);
	setenv("LIMBECK_URL", "sqlite:///limbeck_url.db", 1);
	options.url = "sqlite:///option.db";
	loads(text, "a URL from everywhere");
	is_below(config.url.path, inner, "option.db", "-u counts, from the current folder");
	is_str(config.url_from, "-u", "which url_from says");
	options.url = NULL;
	loads(text, "then");
	is_below(config.url.path, inner, "limbeck_url.db", "LIMBECK_URL, from the current folder");
	is_str(config.url_from, "LIMBECK_URL", "which url_from says");
	loads("[limbeck]\nurl = ${LBT_UNSET}\n",
		"a variable of a url that is not used may be unset");
	setenv("LIMBECK_URL", "", 1);
	loads(text, "then");
	is_below(config.url.path, outer, "ini.db", "url, from the file's folder");
	loads("[limbeck]\nurl =\n", "then");
	is_below(config.url.path, inner, "database_url.db",
		"DATABASE_URL, from the current folder");
	setenv("DATABASE_URL", "p://u:hunter2@h:x", 1);
	refuses("[limbeck]\n", "", "bad port in the database URL from DATABASE_URL", "%40");
	unsetenv("DATABASE_URL");
	loads("[limbeck]\n", "then");
	is_below(config.url.path, outer, "limbeck.db", "the default, from the file's folder");
	options.url = "p://u:hunter2";
	refuses("[limbeck]\n", "", "bad port in the database URL from -u", "%40");
	options.url = "";
	refuses("[limbeck]\n", "", "no \"://\" in the database URL from -u", "://");
	options.url = NULL;
}

static void test_secrets(void)
{
	loads("[limbeck]\nurl = p://u:hunter2@h/db\nscratch_url = p://u:hunter2@h/scratch\n",
		"URLs with passwords");
	is_str(config.url.password, "hunter2", "the password is there for the driver");
	is_str(config.url_shown, "p://u@h/db", "and not in what is shown");
	is_str(config_get(&config, "url"), "p://u@h/db", "nor in config_get of url");
	is_str(config_get(&config, "scratch_url"), "p://u@h/scratch", "or of scratch_url");
	ok(config.scratch_url && strcmp(config.scratch_url->path, "scratch") == 0, "scratch_url");
}

static void test_search_paths(void)
{
	char want[500];

	options.driver_path = "one:/two";
	setenv("LIMBECK_DRIVER_PATH", "three::", 1);
	setenv("LIMBECK_TEMPLATE_PATH", "t", 1);
	loads("[limbeck]\ndriver_path = four:/five\n", "folders of drivers from everywhere");
	snprintf(want, sizeof want, "%s/one:/two:three:%s/four:/five:/lib/drivers", inner, outer);
	is_str(config.driver_path, want, "are searched in this order; the environment's "
		"relative ones stay so, to be skipped");
	is_below(config.template_path, inner, "t", "LIMBECK_TEMPLATE_PATH");
	options.driver_path = NULL;
	unsetenv("LIMBECK_DRIVER_PATH");
	unsetenv("LIMBECK_TEMPLATE_PATH");
}

static void test_named_files(void)
{
	write_ini("[limbeck]\nversion_table = a\n");
	is_int(rename("../limbeck.ini", "other.ini"), 0, "a file of another name");
	setenv("LIMBECK_CONFIG", "other.ini", 1);
	ok(load(true) == 0 && strcmp(config.version_table, "a") == 0, "LIMBECK_CONFIG names it");
	is_str(config.file, "other.ini", "as it was written");
	is_str(config.folder, inner, "its folder");
	setenv("LIMBECK_CONFIG", "nonsense.ini", 1);
	ok(load(false) < 0 && err.code == LIMBECK_E_CONFIG &&
		strstr(err.message, "could not open file \"") && err.hint,
		"a named file that does not exist is an error even where none is needed");
	limbeck_error_release(&err);
	options.config = "../inner/other.ini";
	ok(load(true) == 0 && strcmp(config.version_table, "a") == 0, "-c counts before it");
	options.config = "..";
	ok(load(true) < 0 && err.code == LIMBECK_E_CONFIG && strstr(err.message, "folder"),
		"a folder is no configuration");
	limbeck_error_release(&err);
	options.config = NULL;
	unsetenv("LIMBECK_CONFIG");
	unlink("other.ini");
}

static void test_values(void)
{
	static const char *const yes[] = { "true", "Yes", "ON", "1" };
	static const char *const no[] = { "false", "no", "off", "0" };
	static const char *const bad[] = {
		"", "s", "-1", "+1", "1.", ".5", "1e3", "1 2", "1m", "5 S", "99999999999", "0x10",
	};
	static const struct {
		const char *text;
		double seconds;
	} times[] = {
		{ "0", 0 }, { "5", 5 }, { "5s", 5 }, { "500ms", 0.5 }, { "2min", 120 },
		{ "1.5 h", 5400 },
		{ "1d", 86400 }, { "0.25", 0.25 },
	};
	double seconds = 0;
	bool flag = false;
	long number = 0;

	for (size_t i = 0; i < 4; i++) {
		ok(value_boolean(yes[i], &flag) && flag, "%s is true", yes[i]);
		ok(value_boolean(no[i], &flag) && !flag, "%s is false", no[i]);
	}
	ok(!value_boolean("", &flag) && !value_boolean("truely", &flag), "others are neither");
	for (size_t i = 0; i < sizeof times / sizeof *times; i++)
		ok(value_duration(times[i].text, &seconds) && seconds > times[i].seconds - 1e-9 &&
			seconds < times[i].seconds + 1e-9, "%s is a duration", times[i].text);
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		ok(!value_duration(bad[i], &seconds), "\"%s\" is no duration", bad[i]);
	ok(value_integer("17", 1, 20, &number) && number == 17, "an integer");
	ok(!value_integer("21", 1, 20, &number) && !value_integer("0", 1, 20, &number) &&
		!value_integer("1x", 1, 20, &number) && !value_integer(" 1", 1, 20, &number) &&
		!value_integer("99999999999999999999", 1, 20, &number), "no integer in range");
}

static bool make_folders(void)
{
	char folder[] = "/tmp/limbeck-test-XXXXXX";
	static const char *const names[] = {
		"LIMBECK_CONFIG", "LIMBECK_URL", "DATABASE_URL", "LIMBECK_DRIVER_PATH",
		"LIMBECK_TEMPLATE_PATH",
	};

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		unsetenv(names[i]);
	options.size = sizeof options;
	if (!mkdtemp(folder) || chdir(folder) < 0 || !getcwd(outer, sizeof outer))
		return false;
	snprintf(inner, sizeof inner, "%s/inner", outer);
	return file_mkdir(inner, &err) == 0 && chdir(inner) == 0;
}

int main(void)
{
	if (!ok(make_folders(), "folders to work in"))
		return done_testing();
	test_no_file();
	test_file();
	test_locations();
	test_sections();
	test_variables();
	test_bad_variables();
	test_bad_files();
	test_bad_values();
	test_url_order();
	test_secrets();
	test_search_paths();
	test_named_files();
	test_values();
	config_release(&config);
	ok(chdir("/") == 0 && rmdir(inner) == 0 && rmdir(outer) == 0,
		"nothing else was left there");
	return done_testing();
}
