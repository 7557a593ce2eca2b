/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "connection.h"

/* Connector/C has no MYSQL_OPT_SSL_MODE, MySQL 8 no MYSQL_OPT_SSL_ENFORCE; both
 * are members of an enum, so that only the library's name tells. */
#if defined(MARIADB_PACKAGE_VERSION) || defined(MARIADB_BASE_VERSION)
#define IS_CONNECTOR_C 1
#else
#define IS_CONNECTOR_C 0
#endif

#define STANDARD_CHARSET "utf8mb4"
#define STANDARD_GROUP "limbeck"
#define STANDARD_CONNECT_TIMEOUT 30

enum kind { KIND_TEXT, KIND_SECONDS, KIND_SOCKET, KIND_CHARSET, KIND_FILE, KIND_GROUP, KIND_TLS };

/* "-" and "_" are the same in a name, as for the clients. */
static const struct parameter {
	const char *name;
	enum kind kind;
	int number; /* enum mysql_option */
} parameters[] = {
	{ "charset", KIND_CHARSET, 0 },
	{ "connect-timeout", KIND_SECONDS, MYSQL_OPT_CONNECT_TIMEOUT },
	{ "default-auth", KIND_TEXT, MYSQL_DEFAULT_AUTH },
	{ "plugin-dir", KIND_TEXT, MYSQL_PLUGIN_DIR },
	{ "read-default-file", KIND_FILE, 0 },
	{ "read-default-group", KIND_GROUP, 0 },
	{ "read-timeout", KIND_SECONDS, MYSQL_OPT_READ_TIMEOUT },
	{ "server-public-key", KIND_TEXT, MYSQL_SERVER_PUBLIC_KEY },
	{ "socket", KIND_SOCKET, 0 },
	{ "ssl", KIND_TLS, 0 },
	{ "ssl-ca", KIND_TEXT, MYSQL_OPT_SSL_CA },
	{ "ssl-capath", KIND_TEXT, MYSQL_OPT_SSL_CAPATH },
	{ "ssl-cert", KIND_TEXT, MYSQL_OPT_SSL_CERT },
	{ "ssl-cipher", KIND_TEXT, MYSQL_OPT_SSL_CIPHER },
	{ "ssl-crl", KIND_TEXT, MYSQL_OPT_SSL_CRL },
	{ "ssl-crlpath", KIND_TEXT, MYSQL_OPT_SSL_CRLPATH },
	{ "ssl-key", KIND_TEXT, MYSQL_OPT_SSL_KEY },
	{ "ssl-mode", KIND_TLS, 0 },
	{ "unix-socket", KIND_SOCKET, 0 },
	{ "write-timeout", KIND_SECONDS, MYSQL_OPT_WRITE_TIMEOUT },
};

static const struct {
	const char *word;
	enum tls tls;
} tls_words[] = {
	{ "disabled", TLS_DISABLED }, { "false", TLS_DISABLED }, { "0", TLS_DISABLED },
	{ "off", TLS_DISABLED }, { "preferred", TLS_PREFERRED }, { "required", TLS_REQUIRED },
	{ "true", TLS_REQUIRED }, { "1", TLS_REQUIRED }, { "on", TLS_REQUIRED },
	{ "verify-ca", TLS_VERIFIED }, { "verify-identity", TLS_VERIFIED },
};

char *text_copy(const char *text)
{
	char *copy = text ? limbeck_host->alloc(strlen(text) + 1) : NULL;

	if (copy)
		strcpy(copy, text);
	return copy;
}

static bool same_name(const char *a, const char *b)
{
	for (; *a && *b; a++, b++) {
		char x = *a == '_' ? '-' : *a;
		char y = *b == '_' ? '-' : *b;

		if (strncasecmp(&x, &y, 1) != 0)
			return false;
	}
	return *a == *b;
}

static int replace(char **place, const char *value, struct limbeck_error *err)
{
	char *copy = text_copy(value);

	if (!copy)
		return connection_nomem(err);
	limbeck_host->free(*place);
	*place = copy;
	return 0;
}

static int copy_if(char **place, const char *value, struct limbeck_error *err)
{
	return value && *value ? replace(place, value, err) : 0;
}

static int read_number(const char *what, const char *text, unsigned long most, unsigned *number,
	struct limbeck_error *err)
{
	char *end;
	unsigned long value = strtoul(text, &end, 10);

	if (*text < '0' || *text > '9' || *end || value > most)
		return limbeck_host->fail(err, LIMBECK_E_CONFIG,
			"%s of the database URL is not a number up to %lu", what, most);
	*number = (unsigned)value;
	return 0;
}

static int read_tls(struct settings *settings, const char *name, const char *value,
	struct limbeck_error *err)
{
	size_t i;

	for (i = 0; i < sizeof(tls_words) / sizeof(tls_words[0]); i++) {
		if (same_name(tls_words[i].word, value)) {
			settings->tls = tls_words[i].tls;
			return 0;
		}
	}
	limbeck_host->fail(err, LIMBECK_E_CONFIG, "parameter \"%s\" of the database URL has an "
		"unknown value", name);
	limbeck_host->fail_hint(err, "It is one of disabled, preferred, required, verify_ca and "
		"verify_identity.");
	return -1;
}

static int add_option(struct settings *settings, const struct parameter *parameter,
	const char *value, struct limbeck_error *err)
{
	struct option *option = &settings->options[settings->option_count];

	option->number = parameter->number;
	option->seconds = parameter->kind == KIND_SECONDS;
	if (option->seconds && read_number(parameter->name, value, 31536000, &option->number_value,
		err) < 0)
		return -1;
	if (!option->seconds && replace(&option->text, value, err) < 0)
		return -1;
	settings->option_count++;
	return 0;
}

static int fail_unknown(const char *name, struct limbeck_error *err)
{
	limbeck_host->fail(err, LIMBECK_E_CONFIG,
		"unknown parameter \"%s\" in the database URL", name);
	limbeck_host->fail_hint(err, "Known are charset, connect_timeout, default_auth, "
		"plugin_dir, read_default_file, read_default_group, read_timeout, "
		"server_public_key, socket, ssl, ssl_ca, ssl_capath, ssl_cert, ssl_cipher, "
		"ssl_crl, ssl_crlpath, ssl_key, ssl_mode, unix_socket and write_timeout.");
	return -1;
}

static int read_parameter(struct settings *settings, const struct limbeck_param *param,
	struct limbeck_error *err)
{
	const char *value = param->value ? param->value : "";
	const struct parameter *parameter = NULL;
	size_t i;

	for (i = 0; i < sizeof(parameters) / sizeof(parameters[0]); i++) {
		if (same_name(parameters[i].name, param->name))
			parameter = &parameters[i];
	}
	if (!parameter)
		return fail_unknown(param->name, err);
	switch (parameter->kind) {
	case KIND_SOCKET:
		return replace(&settings->socket, value, err);
	case KIND_CHARSET:
		return replace(&settings->charset, value, err);
	case KIND_FILE:
		return replace(&settings->file, value, err);
	case KIND_GROUP:
		return replace(&settings->group, value, err);
	case KIND_TLS:
		return read_tls(settings, param->name, value, err);
	default:
		return add_option(settings, parameter, value, err);
	}
}

static int read_url(struct settings *settings, const struct limbeck_url *url,
	struct limbeck_error *err)
{
	/* A host that begins with "/" can only be a socket. */
	char **host = url->host && url->host[0] == '/' ? &settings->socket : &settings->host;

	if (copy_if(host, url->host, err) < 0 || copy_if(&settings->user, url->user, err) < 0 ||
		copy_if(&settings->password, url->password, err) < 0 ||
		copy_if(&settings->database, url->name, err) < 0 ||
		replace(&settings->charset, STANDARD_CHARSET, err) < 0 ||
		replace(&settings->group, STANDARD_GROUP, err) < 0)
		return -1;
	if (url->port && *url->port)
		return read_number("the port", url->port, 65535, &settings->port, err);
	return 0;
}

int settings_init(struct settings *settings, const struct limbeck_open *how,
	struct limbeck_error *err)
{
	const struct limbeck_url *url = how->url;
	size_t i;

	settings->options =
		limbeck_host->alloc((url->param_count + 1) * sizeof(*settings->options));
	if (!settings->options)
		return connection_nomem(err);
	if (read_url(settings, url, err) < 0 ||
		copy_if(&settings->application, how->application, err) < 0)
		return -1;
	for (i = 0; i < url->param_count; i++) {
		if (read_parameter(settings, &url->params[i], err) < 0)
			return -1;
	}
	return 0;
}

/* The compiler may not leave this out, though the memory is freed next. */
static void wipe(char *text)
{
	volatile char *c = text;

	while (c && *c)
		*c++ = '\0';
}

void settings_release(struct settings *settings)
{
	size_t i;

	wipe(settings->password);
	for (i = 0; i < settings->option_count; i++)
		limbeck_host->free(settings->options[i].text);
	limbeck_host->free(settings->options);
	limbeck_host->free(settings->host);
	limbeck_host->free(settings->user);
	limbeck_host->free(settings->password);
	limbeck_host->free(settings->database);
	limbeck_host->free(settings->socket);
	limbeck_host->free(settings->application);
	limbeck_host->free(settings->charset);
	limbeck_host->free(settings->file);
	limbeck_host->free(settings->group);
	memset(settings, 0, sizeof(*settings));
}

#if IS_CONNECTOR_C
static int apply_tls(enum tls tls, MYSQL *link)
{
	my_bool use = tls != TLS_DISABLED;
	my_bool verify = tls == TLS_VERIFIED;

	if (tls == TLS_STANDARD)
		return 0;
	return mysql_options(link, MYSQL_OPT_SSL_ENFORCE, &use) ||
		mysql_options(link, MYSQL_OPT_SSL_VERIFY_SERVER_CERT, &verify) ? -1 : 0;
}
#else
static int apply_tls(enum tls tls, MYSQL *link)
{
	static const unsigned modes[] = { SSL_MODE_PREFERRED, SSL_MODE_DISABLED,
		SSL_MODE_PREFERRED, SSL_MODE_REQUIRED, SSL_MODE_VERIFY_IDENTITY };

	return tls != TLS_STANDARD && mysql_options(link, MYSQL_OPT_SSL_MODE, &modes[tls]) ? -1 : 0;
}
#endif

/* A port in the URL means that port: the client library would take the socket
 * for "localhost" all the same. */
static int apply_protocol(const struct settings *settings, MYSQL *link)
{
	unsigned protocol = MYSQL_PROTOCOL_TCP;

	if (settings->port == 0 || settings->socket)
		return 0;
	return mysql_options(link, MYSQL_OPT_PROTOCOL, &protocol);
}

int settings_apply(const struct settings *settings, MYSQL *link)
{
	unsigned timeout = STANDARD_CONNECT_TIMEOUT;
	unsigned never = 0;
	size_t i;
	int bad = mysql_options(link, MYSQL_OPT_CONNECT_TIMEOUT, &timeout) ||
		mysql_options(link, MYSQL_OPT_LOCAL_INFILE, &never) ||
		mysql_options(link, MYSQL_SET_CHARSET_NAME, settings->charset) ||
		mysql_options(link, MYSQL_READ_DEFAULT_GROUP, settings->group) ||
		apply_protocol(settings, link) || apply_tls(settings->tls, link);

	if (!bad && settings->file)
		bad = mysql_options(link, MYSQL_READ_DEFAULT_FILE, settings->file);
	if (!bad && settings->application)
		bad = mysql_options4(link, MYSQL_OPT_CONNECT_ATTR_ADD, "program_name",
			settings->application);
	for (i = 0; !bad && i < settings->option_count; i++) {
		const struct option *option = &settings->options[i];

		bad = mysql_options(link, (enum mysql_option)option->number,
			option->seconds ? (const void *)&option->number_value : option->text);
	}
	return bad ? -1 : 0;
}
