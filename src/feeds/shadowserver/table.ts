import type { Role } from "./mappings.ts";

/**
 * Every report type, by who its address is (the roles of `mappings.ts`). A line is
 *
 *     name kind columns
 *
 * `name*`: there is a report on IPv6 too, with the same columns. `kind/tcp`: the scan is of that protocol only, whatever
 * the row says. `by-...`: the kind stands in the row. `+group`: a group of `columns.ts`. An indented line goes on the one
 * before. Within a role, a file without a telling name is given to the first type that it fits as well as another.
 */
export const table: Readonly<Record<Role, string>> = {
  callingVictim: `
event4_sinkhole* infected-system +event ssl_cipher ssl_servername
event4_sinkhole_dns other +caller query_type query count
event4_sinkhole_http* infected-system +event +request
event4_microsoft_sinkhole infected-system +event ssl_cipher ssl_servername
event4_microsoft_sinkhole_http infected-system +event +request
event4_honeypot_ddos_amp ddos +event request count bytes end_time duration avg_pps max_pps
event4_ip_spoofer masquerade +event network routedspoof session nat`,
  referringSite: `
event4_sinkhole_http_referer* infected-system timestamp protocol http_referer_ip http_referer_port http_referer_asn
  http_referer_geo http_referer_region http_referer_city http_referer_hostname http_referer_naics
  http_referer_sector severity dst_ip dst_port dst_asn dst_geo dst_region dst_city dst_hostname dst_naics dst_sector
  public_source infection family tag application version event_id http_url http_host http_referer ssl_servername`,
  callingOrigin: `
event4_ddos_participant ddos +event +ddos http_agent
event4_honeypot_adb_scan scanner +event +exploit +threat banner commands maxdata system_type opened
event4_honeypot_brute_force brute-force +event +exploit service start_time end_time client_version username password
  payload_url payload_md5
event4_honeypot_darknet other +event count
event4_honeypot_ddos ddos +event +ddos http_agent
event4_honeypot_ddos_target ddos +event +ddos
event4_honeypot_http_scan scanner +event +exploit +threat pattern http_url http_agent http_request_method url_scheme
  session_tags file_md5 file_sha256 request_raw body_raw
event4_honeypot_ics_scan scanner +event state sensor_id slave_id function_code request response
event4_honeypot_ikev2_scan scanner +event +exploit +threat
event4_honeypot_rdp_scan scanner +event +exploit +threat cookie session_tags
event4_honeypot_rocketmq_scan scanner +event +exploit +threat code flag language opaque serialize_type body
  body_base64
event4_honeypot_smb_scan scanner +event +exploit +threat command flags supported_protocols session_tags`,
  exposedHost: `
compromised_iot* system-compromise +host device_vendor device_type device_model device_version source_type category
  family status detail public_source account server_host_key malpubkey_sha256
device_id* undetermined +host device_vendor device_type device_model device_version
population_bgp* vulnerable-system +host +bgp
population_http_proxy* other +host +web +proxied
population_isakmp* other +host +amplified +isakmp
population_msmq* vulnerable-system +host response_size
population_ntrip other +host ntrip ntrip_code ntrip_reason content_type connection server content_length
  ntrip_version ntrip_date ntrip_type mount_point identifier format format_details carrier nav_system network
  ntrip_country ntrip_latitude ntrip_longitude nmea solution generator compression authentication fee bit_rate misc
  header_base64 body_base64
scan_activemq* vulnerable-system +host command vendor version
scan_adb vulnerable-system +host +device name model device features
scan_afp vulnerable-system +host machine_type afp_versions uams flags server_name signature directory_service
  utf8_servername network_address
scan_amqp vulnerable-system +host channel message_length class method version_major version_minor capabilities
  cluster_name platform product product_version mechanisms locales
scan_ard vulnerable-system +host +amplified machine_name
scan_badsecrets* weak-crypto +host badsecret_location badsecret_module badsecret_type badsecret_product http
  http_code server request_path cert_serial_number subject_common_name issuer_common_name subject_organization_name
  issuer_organization_name sha1_fingerprint sha256_fingerprint badsecret_secret
scan_bgp* vulnerable-system +host +bgp
scan_chargen vulnerable-system +host +amplified
scan_cisco_smart_install vulnerable-system +host
scan_coap vulnerable-system +host +amplified version response
scan_couchdb vulnerable-system +host server_version couchdb_message couchdb_version git_sha features vendor
  visible_databases error error_reason
scan_cwmp* vulnerable-system +host +web www_authenticate set_cookie
scan_db2 vulnerable-system +host +amplified db2_hostname servername
scan_ddos_middlebox vulnerable-system +host source_port bytes amplification method
scan_dns* vulnerable-system +host dns_version min_amplification
scan_docker vulnerable-system +host version http http_code http_reason content_type server date experimental
  api_version arch go_version os kernel_version git_commit min_api_version build_time pkg_version
scan_dvr_dhcpdiscover vulnerable-system +host +device +amplified device_id device_serial machine_name manufacturer
  method http_port internal_port video_input_channels alarm_input_channels video_output_channels
  alarm_output_channels remote_video_input_channels mac_address ipv4_address ipv4_gateway ipv4_subnet_mask
  ipv4_dhcp_enable ipv6_address ipv6_link_local ipv6_gateway ipv6_dhcp_enable
scan_elasticsearch* vulnerable-system +host version ok name cluster_name http_code build_hash build_timestamp
  build_snapshot lucene_version tagline
scan_epmd vulnerable-system +host nodes
scan_exchange* by-exchange-tag +host version servername url
scan_ftp* vulnerable-system +certificate +subject +tls +tls13 +device timestamp severity ip protocol port hostname
  tag asn geo region city naics hostname_source banner auth_tls_response auth_ssl_response jarm
scan_gtp potentially-unwanted-accessible +host flags message_type message_type_text message_length teid sequence
  recovery response_size raw_response
scan_hadoop vulnerable-system/tcp +host version server_type clusterid total_disk used_disk free_disk livenodes
  namenodeaddress volumeinfo
scan_http* other +host +web www_authenticate set_cookie version
scan_http_proxy* vulnerable-system +host +web +proxied
scan_http_vulnerable* vulnerable-system +host +web www_authenticate set_cookie version build_date detail
  build_branch
scan_ics vulnerable-system +host +device device_id response_size raw_response
scan_imap* other +host +certificate +subject +tls banner jarm sslv3_supported
scan_imap_vulnerable* vulnerable-system +host +certificate +subject +tls banner jarm sslv3_supported
scan_ip_tunnel* vulnerable-system +host response
scan_ipmi vulnerable-system/udp +host ipmi_version none_auth md2_auth md5_auth passkey_auth oem_auth defaultkg
  permessage_auth userlevel_auth usernames nulluser anon_login error deviceid devicerev firmwarerev version
  manufacturerid manufacturername productid productname
scan_ipp* vulnerable-system +host +device ipp_version cups_version printer_uris printer_name printer_info
  printer_more_info printer_make_and_model printer_firmware_name printer_firmware_string_version
  printer_firmware_version printer_organization printer_organization_unit printer_uuid printer_wifi_ssid
scan_isakmp* vulnerable-system +host +amplified +isakmp
scan_kubernetes vulnerable-system +host +certificate +subject +tls version http http_code http_reason content_type
  server date major minor git_version git_commit git_tree_state build_date go_version compiler platform
  browser_trusted browser_error raw_cert raw_cert_chain
scan_ldap_tcp* vulnerable-system +host +certificate +subject +tls +tls13 +device +amplified +ldap auth_tls_response
  auth_ssl_response jarm
scan_ldap_udp vulnerable-system +host +amplified +ldap
scan_loop_dos vulnerable-system +host detail application
scan_mdns vulnerable-system +host mdns_name mdns_ipv4 mdns_ipv6 services workstation_name workstation_ipv4
  workstation_ipv6 workstation_info http_name http_ipv4 http_ipv6 http_ptr http_info http_target http_port
  spotify_name spotify_ipv4 spotify_ipv6 opc_ua_discovery
scan_memcached vulnerable-system +host +amplified version pid pointer_size uptime time curr_connections
  total_connections
scan_mongodb* vulnerable-system +host version gitversion sysinfo opensslversion allocator javascriptengine bits
  maxbsonobjectsize ok visible_databases
scan_mqtt* vulnerable-system +host +certificate +subject anonymous_access raw_response hex_code code cipher_suite
  ssl_version
scan_mqtt_anon* vulnerable-system +host +certificate +subject raw_response hex_code code cipher_suite ssl_version
scan_msrpc* potentially-unwanted-accessible +host version packet_type packet_type_value packet_flags
  data_representation fragment_length auth_length call_id max_transmit max_receive association_group raw_response
scan_mssql vulnerable-system +host +amplified version server_name instance_name tcp_port named_pipe
scan_mysql* vulnerable-system +host +certificate +subject +tls version mysql_protocol_version server_version
  error_code error_id error_message client_can_handle_expired_passwords client_compress client_connect_attrs
  client_connect_with_db client_deprecated_eof client_found_rows client_ignore_sigpipe client_ignore_space
  client_interactive client_local_files client_long_flag client_long_password client_multi_results
  client_multi_statements client_no_schema client_odbc client_plugin_auth client_plugin_auth_len_enc_client_data
  client_protocol_41 client_ps_multi_results client_reserved client_secure_connection client_session_track
  client_ssl client_transactions browser_trusted browser_error raw_cert raw_cert_chain
scan_nat_pmp vulnerable-system +host +amplified version opcode uptime external_ip
scan_netbios vulnerable-system +host +amplified mac_address workgroup machine_name username
scan_netis_router vulnerable-system/udp +host +amplified response
scan_ntp* vulnerable-system +host +amplified version clk_wander clock error frequency jitter leap mintc noise offset
  peer phase poll precision processor refid reftime rootdelay rootdispersion stability state stratum system tai tc
scan_ntpmonitor* vulnerable-system +host +amplified packets
scan_pop3* other +host +certificate +subject +tls banner jarm sslv3_supported
scan_pop3_vulnerable* vulnerable-system +host +certificate +subject +tls banner jarm sslv3_supported
scan_portmapper vulnerable-system +host +amplified programs mountd_port exports
scan_postgres* vulnerable-system +host +certificate +subject +tls version supported_protocols protocol_error_code
  protocol_error_file protocol_error_line protocol_error_message protocol_error_routine protocol_error_severity
  protocol_error_severity_v startup_error_code startup_error_file startup_error_line startup_error_message
  startup_error_routine startup_error_severity startup_error_severity_v client_ssl browser_trusted browser_error
  raw_cert raw_cert_chain
scan_qotd vulnerable-system +host +amplified quote
scan_quic other +host version_field_1 version_field_2 version_field_3 version_field_4
scan_radmin vulnerable-system +host version
scan_rdp* vulnerable-system/tcp +host +certificate +tls13 handshake rdp_protocol ssl_version jarm
scan_rdpeudp vulnerable-system +host +amplified sessionid
scan_redis vulnerable-system +host version git_sha1 git_dirty_flag build_id mode os architecture multiplexing_api
  gcc_version process_id run_id uptime connected_clients
scan_rsync* vulnerable-system +host module motd has_password
scan_sip vulnerable-system +host +amplified sip sip_code sip_reason user_agent sip_via sip_to sip_from
  content_length content_type server contact cseq call_id allow
scan_slp* vulnerable-system +host version function function_text flags next_extension_offset xid language_tag_length
  language_tag error_code error_code_text response_size raw_response
scan_smb* vulnerable-system/tcp +host arch key smb_major_number smb_minor_number smb_revision smb_version_string
scan_smtp* other +host +certificate +subject +tls +tls13 banner auth_ssl_response auth_tls_response
  freak_cipher_suite freak_vulnerable jarm raw_cert raw_cert_chain sslv3_supported
scan_smtp_vulnerable* vulnerable-system +host +certificate +subject +tls +tls13 banner auth_ssl_response
  auth_tls_response freak_cipher_suite freak_vulnerable jarm raw_cert raw_cert_chain sslv3_supported
scan_snmp* vulnerable-system +host +device +amplified version sysname sysdesc community uptime mac_address vendor_id
  vendor
scan_socks vulnerable-system +host
scan_ssdp vulnerable-system +host +amplified header systime cache_control location server search_target
  unique_service_name host nts nt content_type server_port instance version updated_at resource_identifier
scan_ssh* other +host +device serverid_raw serverid_version serverid_software serverid_comment server_cookie
  available_kex available_ciphers available_mac available_compression selected_kex algorithm selected_cipher
  selected_mac selected_compression server_signature_value server_signature_raw server_host_key
  server_host_key_sha256 rsa_prime rsa_prime_length rsa_generator rsa_generator_length rsa_public_key
  rsa_public_key_length rsa_exponent rsa_modulus rsa_length dss_prime dss_prime_length dss_generator
  dss_generator_length dss_public_key dss_public_key_length dss_dsa_public_g dss_dsa_public_p dss_dsa_public_q
  dss_dsa_public_y ecdsa_curve25519 ecdsa_curve ecdsa_public_key_length ecdsa_public_key_b ecdsa_public_key_gx
  ecdsa_public_key_gy ecdsa_public_key_n ecdsa_public_key_p ecdsa_public_key_x ecdsa_public_key_y ed25519_curve25519
  ed25519_cert_public_key_nonce ed25519_cert_public_key_bytes ed25519_cert_public_key_raw
  ed25519_cert_public_key_sha256 ed25519_cert_public_key_serial ed25519_cert_public_key_type_id
  ed25519_cert_public_key_type_name ed25519_cert_public_key_keyid ed25519_cert_public_key_principles
  ed25519_cert_public_key_valid_after ed25519_cert_public_key_valid_before ed25519_cert_public_key_duration
  ed25519_cert_public_key_sigkey_bytes ed25519_cert_public_key_sigkey_raw ed25519_cert_public_key_sigkey_sha256
  ed25519_cert_public_key_sigkey_value ed25519_cert_public_key_sig_raw banner userauth_methods hassh
scan_ssl* other +host +certificate +subject +tls +tls13 +answer ssl_poodle freak_vulnerable freak_cipher_suite
  jarm
scan_ssl_freak* weak-crypto +host +certificate +subject +tls13 +device +answer handshake cipher_suite
  freak_vulnerable freak_cipher_suite cert_valid self_signed cert_expired validation_level raw_cert raw_cert_chain
  jarm page_sha256fp
scan_ssl_poodle* weak-crypto +host +certificate +subject +tls +tls13 +device +answer ssl_poodle raw_cert
  raw_cert_chain jarm page_sha256fp
scan_stun* other +host +amplified transaction_id magic_cookie message_length message_type mapped_family
  mapped_address mapped_port xor_mapped_family xor_mapped_address xor_mapped_port software fingerprint
scan_synfulknock vulnerable-system +host sequence_number ack_number window_size urgent_pointer tcp_flags raw_packet
scan_telnet* vulnerable-system +host banner
scan_tftp vulnerable-system +host +amplified opcode errorcode error errormessage
scan_ubiquiti vulnerable-system +host +amplified mac radioname essid modelshort modelfull firmware
scan_vnc* vulnerable-system/tcp +host product banner
scan_ws_discovery vulnerable-system +host +amplified error raw_response
scan_xdmcp vulnerable-system +host +amplified opcode reported_hostname status
special by-special-tag +host public_source status detail method device_vendor first_seen_time last_seen_time
  potential_exposure_time`,
  enteredSite: `
compromised_website* by-site-tag +host application url http_host category system detected_since server redirect_target
  cc_url family status account detail public_source`,
  badHost: `
scan_post_exploitation_framework c2-server +host http http_url http_code content_type content_length architecture
  beacon_type beacon_host beacon_port beacon_http_get beacon_http_post license_id config_md5 config_sha1
  config_sha256 config_sha512 binary_md5 binary_sha1 binary_sha256 binary_sha512 encoded_length encoded_data
blocklist other +site source reason
malware_url malware-distribution +site url port source sha256 application
phish_url phishing +site url source host
sandbox_conn malware-distribution timestamp severity ip asn geo md5 protocol port hostname bytes_in bytes_out region
  city naics sector sha1 sha256
sandbox_url malware-distribution timestamp severity ip asn geo md5 url user_agent hostname method naics sector
  region city port sha1 sha256
spam_url spam +site url port source sender subject src_ip src_asn src_geo src_region src_city src_naics src_sector`,
  lookedUpName: `
sandbox_dns other timestamp md5 request request_type response family tag source severity sha1 sha256`,
  leakedAccount: `
compromised_account data-leak timestamp email infection source_url public_source status tag severity service
  username detail`,
  extortedFirm: `
ransomware_victim system-compromise timestamp entity_name website geo region sector date_published ransomware
  leak_site_url severity actor_geo_stats_30d actor_total_stats_30d`,
};
