"""Who lives where in the lab. All of these are ordinary global addresses, which exist only inside."""
NS1, NS2, RESOLVER = "11.99.0.53", "11.99.0.54", "11.99.0.9"
NS1_6, NS2_6 = "2a0e:99:0:1::53", "2a0e:99:0:1::54"
PROVIDER, PROVIDER_6 = "11.99.0.90", "2a0e:99:0:1::90"
PROBE, PROBE_6 = "11.99.0.95", "2a0e:99:0:1::95"
SILENT = "11.99.0.66"  # an address that never answers
POOLS = ("11.22.33", "11.44.55")
LAN = "192.168.1"
HOME_MAC, CAMERA_MAC = "02:00:5e:00:53:02", "02:00:5e:00:53:03"
GATEWAY_6 = "fe80::1"
ZONE = "dyn.example"
OTHER_ZONE = "free.example"  # the provider's own
OPERATORS = ("alpha", "bravo", "carol", "delta", "elmer", "franz", "georg", "heidi", "ivory")
SHARED, SHARED_GATEWAY = "100.64.0.10", "100.64.0.1"  # behind carrier-grade NAT
SHARED_PUBLIC = "11.55.0.250"  # what the internet sees of everybody there
BETWEEN = "192.168.178"  # the LAN of the outer one of two routers
EXIT, EXIT_6 = "11.77.0.2", "2a0e:77:0:1::2"  # where a VPN comes out
