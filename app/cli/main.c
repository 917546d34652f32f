#include "app/cli/cli.h"

int main(int argc, char **argv)
{
    return wh_cli_run(argc, argv);
}
