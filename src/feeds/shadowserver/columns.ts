/** The names in a text, apart by blanks. */
function names(text: string): string[] {
  return text.trim().split(/\s+/);
}

/** Columns that stand in nearly every report of events. */
const event = names(`
  timestamp protocol severity infection family tag application version event_id public_source
  src_ip src_port src_asn src_geo src_region src_city src_hostname src_naics src_sector
  device_vendor device_type device_model
  dst_ip dst_port dst_asn dst_geo dst_region dst_city dst_hostname dst_naics dst_sector`);

/** The columns of the sinkhole reports. */
export const sinkholeColumns = [...event, "ssl_cipher", "ssl_servername"];

/** The columns of the sinkhole reports on web requests. */
export const sinkholeHttpColumns = sinkholeColumns.concat(
  names("http_url http_host http_agent forwarded_by http_referer machine_name"),
);

/** The columns of the report on password guessing. */
export const bruteForceColumns = event.concat(
  names(`
    service start_time end_time client_version username password payload_url payload_md5
    vulnerability_enum vulnerability_id vulnerability_class vulnerability_score vulnerability_severity
    vulnerability_version target_vendor target_product target_class`),
);

/** The columns of the report on entered web sites; `sic` until 2021. */
export const compromisedWebsiteColumns = names(`
  timestamp severity ip protocol port hostname tag asn geo region city naics sic hostname_source sector
  application url http_host category system detected_since server redirect_target cc_url family status
  account detail public_source`);
