/** The names in a text, apart by blanks. */
export function words(text: string): string[] {
  return text.trim().split(/\s+/);
}

/** Columns that come together in many report types; the table names them as `+group`. */
const groups: Readonly<Record<string, string>> = {
  host: `
    timestamp severity ip protocol port hostname tag asn geo region city naics hostname_source sector`,
  event: `
    timestamp protocol src_ip src_port src_asn src_geo src_region src_city src_hostname src_naics
    src_sector device_vendor device_type device_model severity dst_ip dst_port dst_asn dst_geo
    dst_region dst_city dst_hostname dst_naics dst_sector public_source infection family tag application
    version event_id`,
  caller: `
    timestamp protocol src_ip src_port src_asn src_geo src_region src_city src_hostname src_naics
    src_sector device_vendor device_type device_model severity infection family tag`,
  site: `
    timestamp severity tag ip asn geo region city naics sector hostname`,
  certificate: `
    cert_length subject_common_name issuer_common_name cert_issue_date cert_expiration_date
    cert_serial_number sha1_fingerprint sha256_fingerprint sha512_fingerprint md5_fingerprint
    signature_algorithm key_algorithm`,
  subject: `
    issuer_business_category issuer_country issuer_email_address issuer_given_name issuer_locality_name
    issuer_organization_name issuer_organization_unit_name issuer_postal_code issuer_serial_number
    issuer_state_or_province_name issuer_street_address issuer_surname subject_business_category
    subject_country subject_email_address subject_given_name subject_locality_name
    subject_organization_name subject_organization_unit_name subject_postal_code subject_serial_number
    subject_state_or_province_name subject_street_address subject_surname`,
  tls: `
    cert_expired cert_valid cipher_suite handshake self_signed ssl_version validation_level`,
  tls13: `
    tlsv13_support tlsv13_cipher`,
  device: `
    device_vendor device_type device_model device_version device_sector`,
  web: `
    http http_code http_reason content_type connection server content_length transfer_encoding http_date`,
  answer: `
    http_response_type http_code http_reason content_type http_connection www_authenticate set_cookie
    server_type content_length transfer_encoding http_date browser_trusted browser_error`,
  amplified: `
    response_size amplification`,
  exploit: `
    vulnerability_enum vulnerability_id vulnerability_class vulnerability_score vulnerability_severity
    vulnerability_version target_vendor target_product target_class`,
  threat: `
    threat_framework threat_tactic_id threat_technique_id`,
  ddos: `
    domain_source dst_network dst_netmask attack duration attack_src_ip attack_src_port domain
    domain_transaction_id gcip http_method http_path http_postdata http_usessl ip_header_ack
    ip_header_acknum ip_header_dont_fragment ip_header_fin ip_header_identity ip_header_psh
    ip_header_rst ip_header_seqnum ip_header_syn ip_header_tos ip_header_ttl ip_header_urg
    number_of_connections packet_length packet_randomized`,
  ldap: `
    configuration_naming_context current_time default_naming_context dns_host_name
    domain_controller_functionality domain_functionality ds_service_name forest_functionality
    highest_committed_usn is_global_catalog_ready is_synchronized ldap_service_name naming_contexts
    root_domain_naming_context schema_naming_context server_name subschema_subentry
    supported_capabilities supported_control supported_ldap_policies supported_ldap_version
    supported_sasl_mechanisms`,
  bgp: `
    message_length message_type message_type_int bgp_version sender_asn hold_time bgp_identifier
    message2_type message2_type_int major_error_code major_error_code_int minor_error_code
    minor_error_code_int`,
  isakmp: `
    initiator_spi responder_spi next_payload exchange_type flags message_id next_payload2
    domain_of_interpretation protocol_id spi_size notify_message_type`,
  proxied: `
    proxy_authenticate via`,
  request: `
    http_url http_host http_agent forwarded_by http_referer machine_name ssl_cipher ssl_servername`,
};

/** The columns that all reports on hosts, or on connections, share: they do not tell one report type from another. */
export const commonColumns: ReadonlySet<string> = new Set(
  words(`${groups["host"]} ${groups["event"]}`),
);

/** Columns that reports of earlier years had; they may come with any type. */
export const formerColumns: readonly string[] = ["sic", "count"];

/** The columns that a text of the table names, with its groups written out. */
export function expandColumns(names: readonly string[]): string[] {
  return names.flatMap((name) => (name.startsWith("+") ? words(groups[name.slice(1)]!) : [name]));
}
