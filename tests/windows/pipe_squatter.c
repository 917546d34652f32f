/* usage: pipe-squatter ADDRESS. Keeps the name of a pipe, as somebody else's, until the end of
 * standard input. Prints "kept" once it does. */
#include <glib.h>
#include <stdio.h>
#include <windows.h>

#include <sddl.h>

#define SOMEBODY_ELSE L"O:WDD:P(A;;FA;;;WD)"

int main(int argc, char **argv)
{
    g_autofree wchar_t *name = g_utf8_to_utf16(argv[1], -1, NULL, NULL, NULL);
    SECURITY_ATTRIBUTES attributes = {.nLength = sizeof attributes};

    ConvertStringSecurityDescriptorToSecurityDescriptorW(SOMEBODY_ELSE, SDDL_REVISION_1,
                                                         &attributes.lpSecurityDescriptor, NULL);
    if (CreateNamedPipeW(name, PIPE_ACCESS_DUPLEX, PIPE_TYPE_BYTE, PIPE_UNLIMITED_INSTANCES, 0, 0,
                         0, &attributes) == INVALID_HANDLE_VALUE)
        return 1;
    g_print("kept\n");
    fflush(stdout);
    while (getchar() != EOF)
        ;
    return 0;
}
