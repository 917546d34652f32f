foreach(noun http http-many http-tls)
  string(REPLACE "-" "_" file ${noun})
  wh_add_test(test-${noun} LABEL unit
    SOURCES test_${file}.c test_http_client.c test_http_server.c
    LINKS wh-net wh-test-support)
endforeach()
wh_add_test(test-uplink-ways LABEL unit
  SOURCES test_uplink_ways.c test_dns_server.c test_http_client.c test_http_server.c
  LINKS wh-net wh-test-support)
wh_add_test(test-dns-client LABEL unit
  SOURCES test_dns_client.c test_dns_server.c LINKS wh-net wh-test-support)
foreach(noun dns-message dns-update redact resolver tsig)
  string(REPLACE "-" "_" file ${noun})
  wh_add_test(test-${noun} LABEL unit SOURCES test_${file}.c LINKS wh-net wh-test-support)
endforeach()
