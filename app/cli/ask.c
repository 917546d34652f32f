#include "app/cli/ask.h"

#include "app/cli/output.h"
#include "platform/prompt.h"
#include "service/protocol/wiping.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

#define MOST_BYTES ((gsize)64 * 1024)

gboolean wh_ask_is_possible(void)
{
    return wh_prompt_is_possible();
}

static void strip_line_end(char *text)
{
    gsize length = strlen(text);
    if (length > 0 && text[length - 1] == '\n')
        text[--length] = '\0';
    if (length > 0 && text[length - 1] == '\r')
        text[length - 1] = '\0';
}

char *wh_ask_line(const char *label)
{
    char line[1024];
    g_autofree char *clean = wh_output_clean(label);
    g_printerr("%s: ", clean);
    if (fgets(line, sizeof line, stdin) == NULL)
        return NULL;
    strip_line_end(line);
    return g_strdup(line);
}

char *wh_ask_secret(const char *label)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *clean = wh_output_clean(label);
    g_autofree char *prompt = g_strdup_printf("%s: ", clean);
    char *secret = wh_prompt_secret(prompt, &error);
    if (secret == NULL)
        wh_output_error("%s.", error->message);
    return secret;
}

char *wh_ask_standard_input(void)
{
    /* Unbuffered, so that no copy stays behind in the stream. */
    setvbuf(stdin, NULL, _IONBF, 0);
    char *text = g_malloc0(MOST_BYTES + 1);
    gsize length = fread(text, 1, MOST_BYTES, stdin);
    if (length == MOST_BYTES || memchr(text, '\0', length) != NULL) {
        wh_output_error(_("Standard input holds too much, or something that is no text."));
        wh_wiping_erase(text, length);
        g_free(text);
        return NULL;
    }
    strip_line_end(text);
    return text;
}
