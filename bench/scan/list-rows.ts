import { type Rows, hash, hex, ipv4, moment } from "./row-parts.ts";

const json =
  (write: (i: number) => object): Rows["write"] =>
  (i) =>
    JSON.stringify(write(i));

const family = (i: number): string => `family${i % 40}`;
const site = (i: number): string => `${hash(i).toString(36)}.example.net`;

/** By format: rows of publishers' lists as their manuals show them. */
export const listRows: Readonly<Record<string, Rows>> = {
  "abusech-threatfox": {
    file: "threatfox.csv",
    head: '# "first_seen_utc","ioc_id","ioc_value","ioc_type","threat_type","fk_malware","malware_alias","malware_printable","last_seen_utc","confidence_level","is_compromised","reference","tags","anonymous","reporter"',
    write: (i) =>
      `"${moment(i)}", "${1_200_000 + i}", "${ipv4(i)}:${1024 + (i % 60_000)}", "ip:port", "botnet_cc", "win.${family(i)}", "None", "${family(i)}", "", "${50 + (i % 50)}", "False", "https://bazaar.example/sample/${hex(i)}/", "AS${64_496 + (i % 50)},RAT,c2", "0", "reporter${i % 30}"`,
  },
  "abusech-urlhaus": {
    file: "urlhaus.csv",
    head: "# id,dateadded,url,url_status,last_online,threat,tags,urlhaus_link,reporter",
    write: (i) =>
      `"${3_000_000 + i}","${moment(i)}","http://${ipv4(i)}:${1024 + (i % 60_000)}/bin/${family(i)}.sh","online","${moment(i)}","malware_download","32-bit,elf,mips,Mozi","https://urlhaus.example/url/${3_000_000 + i}/","reporter${i % 30}"`,
  },
  "abusech-feodotracker": {
    file: "feodotracker.csv",
    head: '"first_seen_utc","dst_ip","dst_port","c2_status","last_online","malware"',
    write: (i) =>
      `"${moment(i)}","${ipv4(i)}","${1024 + (i % 60_000)}","online","${moment(i).slice(0, 10)}","${family(i)}"`,
  },
  "abusech-threatfox-json": {
    file: "threatfox-lines.json",
    write: json((i) => ({
      id: String(1_200_000 + i),
      ioc: `${ipv4(i)}:${1024 + (i % 60_000)}`,
      threat_type: "botnet_cc",
      threat_type_desc: "Indicator that identifies a botnet command&control server (C&C)",
      ioc_type: "ip:port",
      malware: `win.${family(i)}`,
      malware_printable: family(i),
      malware_alias: null,
      confidence_level: 50 + (i % 50),
      first_seen: `${moment(i)} UTC`,
      last_seen: null,
      reference: null,
      reporter: `reporter${i % 30}`,
      tags: ["RAT", "c2"],
    })),
  },
  cymru: {
    file: "cap.txt",
    head: "#category|address|asn|timestamp|optional_information|asninfo",
    write: (i) =>
      `bot|${ipv4(i)}|${64_496 + (i % 50)}|${moment(i)}|family: ${family(i)};dest_addr: 198.51.100.22; dest_port: 80;protocol: 6;|EXAMPLE-AS${i % 50} Example Net, NO`,
  },
  "spamhaus-cert": {
    file: "cert.csv",
    head: "; ip, asn, country, lastseen, botname, domain, remote_ip, remote_port, local_port, protocol",
    write: (i) =>
      `${ipv4(i)},AS${64_496 + (i % 50)},NO,${1_709_100_000 + i},${i % 5 === 0 ? "sshauth" : family(i)},sinkhole${i % 9}.example.net,198.51.100.${i & 255},80,${1024 + (i % 60_000)},tcp`,
  },
  "spamhaus-asndrop": {
    file: "asndrop.json",
    write: json((i) => ({
      asn: 64_496 + i,
      rir: "ripencc",
      domain: site(i),
      cc: "NO",
      asname: `EXAMPLE${i}`,
    })),
  },
  dataplane: {
    file: "sshpwauth.txt",
    head: "# ASN  |  ASname  |  ipaddr  |  lastseen  |  category",
    write: (i) =>
      `${64_496 + (i % 50)}       |  EXAMPLE-AS${i % 50}, NO  |   ${ipv4(i)}  |  ${moment(i)}  |  sshpwauth`,
  },
  dshield: {
    file: "dshield-asdetails.txt",
    head: "# DShield AS details",
    write: (i) =>
      `192.${[i >> 16, i >> 8, i].map((part) => String(part & 255).padStart(3, "0")).join(".")}\t${i % 900}\t${i % 70}\t2024-02-22\t2024-02-22\t${moment(i)}`,
  },
  "address-list": { file: "addresses.txt", write: (i) => ipv4(i) },
  "url-list": {
    file: "urls.txt",
    write: (i) => `https://${site(i)}/account/login?session=${hash(i)}`,
  },
  "name-list": { file: "names.txt", write: (i) => site(i) },
  "phishtank-csv": {
    file: "phishtank.csv",
    head: "phish_id,url,phish_detail_url,submission_time,verified,verification_time,online,target",
    write: (i) =>
      `${7_000_000 + i},https://${site(i)}/account/login,http://www.phishtank.example/phish_detail.php?phish_id=${7_000_000 + i},${moment(i).replace(" ", "T")}+00:00,yes,${moment(i + 60).replace(" ", "T")}+00:00,yes,Other`,
  },
  maltrail: {
    file: "maltrail-additions.csv",
    head: "day_added,day_removed,class,family,kind,indicator",
    write: (i) => `${moment(i).slice(0, 10)},,malware,${family(i)},domain,${site(i)}`,
  },
  shodan: {
    file: "shodan.json",
    write: json((i) => ({
      hash: hash(i) | 0,
      hostnames: [`host${i}.example.net`],
      org: `Example Org ${i % 100}`,
      data: `220 ProFTPD Server (${hash(i)}) ready\r\n214 help\r\n`,
      port: 21,
      transport: "tcp",
      isp: "Example ISP",
      asn: `AS${64_496 + (i % 50)}`,
      location: {
        city: `City ${i % 90}`,
        region_code: "03",
        longitude: 10.74609,
        latitude: 59.91273,
        country_code: "NO",
        country_name: "Norway",
      },
      timestamp: `${moment(i).replace(" ", "T")}.371273`,
      domains: ["example.net"],
      ip: 3_221_225_472 + i,
      ip_str: ipv4(i),
      opts: {},
      os: null,
      _shodan: { module: "ftp", crawler: hex(i % 20), ptr: true, id: hex(i), options: {} },
    })),
  },
  "microsoft-ctip": {
    file: "ctip.json",
    write: json((i) => ({
      DataFeed: "CTIP-Infected",
      SourcedFrom: "SinkHoleMessage",
      DateTimeReceivedUtc: 133_535_736_000_000_000 + i * 10_000_000,
      DateTimeReceivedUtcTxt: "Wednesday February 28 2024 12:00:00.0000",
      Malware: "Avalanche",
      ThreatCode: `B67-${family(i)}`,
      ThreatConfidence: "Low",
      TotalEncounters: 1 + (i % 9),
      TLP: "Green",
      SourceIp: ipv4(i),
      SourcePort: 1024 + (i % 60_000),
      DestinationIp: "198.51.100.18",
      DestinationPort: 80,
      TargetIp: "198.51.100.18",
      TargetPort: 80,
      SourceIpInfo: {
        SourceIpAsnNumber: String(64_496 + (i % 50)),
        SourceIpAsnOrgName: "Example Net",
        SourceIpCountryCode: "NO",
        SourceIpRegion: "",
        SourceIpCity: `City ${i % 90}`,
        SourceIpPostalCode: "0150",
        SourceIpLatitude: 59.91273,
        SourceIpLongitude: 10.74609,
        SourceIpMetroCode: 0,
        SourceIpAreaCode: 0,
        SourceIpConnectionType: "",
      },
      HttpInfo: { HttpHost: "", HttpRequest: "", HttpMethod: "", HttpReferrer: "" },
      CustomInfo: { CustomField1: "tinba", CustomField2: "", CustomField3: "" },
      Payload: Buffer.from(JSON.stringify({ domain: site(i % 500) })).toString("base64"),
    })),
  },
  "openphish-commercial": {
    file: "openphish.json",
    write: json((i) => ({
      sector: "Financial",
      url: `https://${site(i)}/account/login?session=${hash(i)}`,
      ip: ipv4(i),
      page_language: "en",
      brand: `Example Bank ${i % 60}`,
      isotime: `${moment(i).replace(" ", "T")}Z`,
      discover_time: moment(i),
      asn_name: "EXAMPLE",
      family_id: hex(i % 300),
      host: site(i),
      tld: "net",
      country_code: "NO",
      country_name: "Norway",
      asn: `AS${64_496 + (i % 50)}`,
      ssl_cert_serial: hex(i),
      emails: [],
    })),
  },
  anubisnetworks: {
    file: "anubis.json",
    write: json((i) => ({
      _ts: 1_709_100_917 + i,
      _origin: "infections",
      malw: { family: family(i), variant: `${family(i)}.B`, severity: 2, categories: ["bot"] },
      src: { ip: ipv4(i), port: 1024 + (i % 60_000) },
      dst: { ip: "198.51.100.1", port: 80 },
      comm: {
        http: { method: "POST", host: `c2${i % 30}.example.net`, path: "/gate" },
        method: "sinkhole",
        proto: "http",
      },
      _geo_src_ip: {
        country_code: "NO",
        country_name: "Norway",
        asn: 64_496 + (i % 50),
        as_org: "Example Net",
        path: "env.remote_addr",
      },
      seen: 1 + (i % 9),
    })),
  },
};
