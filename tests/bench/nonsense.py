"""What each client publishes when the echo service it asks talks nonsense. For wayhomed every operator it knows talks
the same nonsense at once."""
import time

from clients import PEERS, Wayhomed
from figures import NO_ADDRESS
from lab import nonsense as kinds
from lab.lab import OTHER_ZONE


def published(lab, client):
    return sorted({address for update in lab.provider.of(client.hosts[0])
                   for address in update.addresses or [NO_ADDRESS]})


def table(world, quick):
    """kind -> client -> the addresses it published; "right" tells those that are the line's own."""
    patience = 2 if quick else 20
    lab = world.silent()
    lab.change4()
    result = {}
    for kind in kinds.KINDS:
        for echo in lab.echoes:
            echo.behaviour = kind
        clients = [maker(lab, [f"{kind}-{maker.name}.{OTHER_ZONE}"]) for maker in (Wayhomed, *PEERS)]
        for client in clients:
            client.start()
        time.sleep(patience)
        result[kind] = {client.name: published(lab, client) for client in clients}
        result[kind]["dead"] = [client.name for client in clients if not client.is_running()]
        for client in clients:
            client.stop()
    return {"right": lab.address, "kinds": result}
