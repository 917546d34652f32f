"""A server on the internet by which programs find out whether they are on the internet."""

NAME = "probe.example"
TEXT = "success\n"


class Probe:
    """Over plain HTTP: /generate_204 answers 204, everything else a known text."""

    def __init__(self):
        self.requests = []

    def handle(self, request, reply):
        self.requests.append(request)
        if request.path == "/generate_204":
            reply.send("", 204)
        else:
            reply.send(TEXT)
