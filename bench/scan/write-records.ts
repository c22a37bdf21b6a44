import { createWriteStream } from "node:fs";
import { once } from "node:events";
import { join } from "node:path";

/** Writes a record of a format; `i` counts them. */
type Write = (i: number) => object;

const ipv4 = (i: number): string => `192.${(i >> 16) & 255}.${(i >> 8) & 255}.${i & 255}`;
const hex = (i: number): string =>
  (Math.imul(i + 1, 0x9e3779b1) >>> 0).toString(16).padStart(32, "a");

/** By format: records as its makers' manuals show them. What varies from row to row varies here. */
const formats: Readonly<Record<string, Write>> = {
  intelmq: (i) => ({
    __type: "Event",
    "classification.identifier": "sinkhole",
    "classification.taxonomy": "malicious-code",
    "classification.type": "infected-system",
    "destination.asn": 64497,
    "destination.fqdn": "c2.example.net",
    "destination.geolocation.cc": "US",
    "destination.ip": `198.51.100.${i & 255}`,
    "destination.port": 80,
    "extra.tag": "sinkhole",
    "extra.http_agent": "Mozilla/4.0",
    "extra.event_id": String(i * 7919),
    "feed.name": "Example",
    "feed.accuracy": 95,
    "malware.name": `family${i % 40}`,
    "protocol.application": "http",
    "protocol.transport": "tcp",
    raw: "eA==".repeat(80),
    "source.asn": 64_496 + (i % 50),
    "source.geolocation.cc": "NO",
    "source.geolocation.city": `CITY${i % 100}`,
    "source.ip": ipv4(i),
    "source.port": 1024 + (i % 60_000),
    "source.reverse_dns": `host${i}.example.org`,
    "time.observation": "2024-03-01T13:00:00+00:00",
    "time.source": "2024-03-01T12:17:27+00:00",
  }),
  n6: (i) => ({
    category: "bots",
    origin: "sinkhole",
    confidence: "high",
    name: `family${i % 40}`,
    proto: "tcp",
    address: [{ cc: "NO", ip: ipv4(i), asn: 64_496 + (i % 50) }],
    source: "hidden.1",
    dip: "198.51.100.20",
    time: "2024-03-01T12:17:27Z",
    dport: 80,
    sport: 1024 + (i % 60_000),
    type: "event",
    restriction: "need-to-know",
    id: hex(i),
  }),
  idea: (i) => ({
    Format: "IDEA0",
    ID: `3ad275e3-559a-45c0-8299-${i}`,
    DetectTime: "2024-03-01T10:12:56Z",
    Category: ["Recon.Scanning"],
    ConnCount: 633,
    Description: "Ping scan",
    Source: [{ IP4: [ipv4(i)], Proto: ["tcp", "ssh"] }],
    Target: [{ IP4: ["192.0.2.41"], Port: [22] }],
    Node: [{ Name: "org.example", Type: ["Flow"], SW: ["Sensor"] }],
  }),
  suricata: (i) => ({
    timestamp: "2024-03-01T22:24:37.251547+0100",
    flow_id: 586_497_171_462_735 + i,
    in_iface: "eth0",
    event_type: "alert",
    src_ip: ipv4(i),
    src_port: 1024 + (i % 60_000),
    dest_ip: "198.51.100.50",
    dest_port: 80,
    proto: "TCP",
    app_proto: "http",
    direction: "to_server",
    alert: {
      action: "allowed",
      gid: 1,
      signature_id: 2_020_410 + (i % 20),
      rev: 2,
      signature: `ET MALWARE Example CnC Checkin ${i % 20}`,
      category: "Malware Command and Control Activity Detected",
      severity: 1,
      metadata: { malware_family: ["Example"], attack_target: ["Client_Endpoint"] },
    },
    http: { hostname: "c2.example.net", url: "/gate.php", http_method: "POST", status: 200 },
    flow: { pkts_toserver: 4, pkts_toclient: 3, bytes_toserver: 527, bytes_toclient: 300 },
  }),
};

/** Writes a file of so many records of each format; gives their paths. */
export async function writeRecords(
  dir: string,
  records: number,
): Promise<Readonly<Record<string, string>>> {
  const paths: Record<string, string> = {};
  for (const [format, make] of Object.entries(formats)) {
    const path = (paths[format] = join(dir, `scan-${format}.jsonl`));
    const file = createWriteStream(path);
    for (let i = 0; i < records; i++)
      if (!file.write(`${JSON.stringify(make(i))}\n`)) await once(file, "drain");
    file.end();
    await once(file, "close");
  }
  return paths;
}
