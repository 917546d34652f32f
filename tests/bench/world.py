"""The lines behind which is measured; each is a lab of its own."""
from lab.lab import Lab
from lab.netlink import NODAD


class World:
    """Makes labs whose line has its first addresses."""

    def direct(self):
        lab = Lab()
        lab.change4()
        lab.change6(flags=NODAD)
        return lab

    def silent(self):
        """A router that answers nobody."""
        return self._behind()

    def announcing(self):
        """A router that announces changes by NAT-PMP, PCP and UPnP."""
        return self._behind(router="announcing")

    def polled(self):
        """A router that answers questions, and whose announcements do not arrive."""
        return self._behind(router="polled")

    @staticmethod
    def _behind(**more):
        lab = Lab(nat=True, **more)
        lab.change4()
        return lab
