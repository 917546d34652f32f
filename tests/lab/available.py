"""Says in one sentence why the lab cannot be made on this machine; exit code 77 then."""
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from lab import sandbox, tools  # noqa: E402

if tools.missing():
    print(f"Not unpacked: {', '.join(tools.missing())}. tests/run and tests/demo do that.")
    sys.exit(sandbox.SKIPPED)
sandbox.enter_or_skip()
