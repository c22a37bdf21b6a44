import { type Fields, makeListFormat } from "../shared/list/index.ts";

/** AnubisNetworks (BitSight) Cyberfeed: bots that called a sinkhole. The bot is the victim, the sinkhole stands for its C2. */
export const anubisnetworks = makeListFormat({
  name: "anubisnetworks",
  title: "AnubisNetworks Cyberfeed: bots at a sinkhole, JSON",
  types: [
    {
      name: "anubisnetworks",
      json: { needs: ["_ts", "(?:src|env)", "(?:malw|trojanfamily)"] },
      mapping: {
        version: "anubisnetworks.1",
        fields: {
          time: "_ts",
          address: ["src.ip", "env.remote_addr"],
          port: ["src.port", "env.remote_port"],
          peerAddress: ["dst.ip", "env.server_addr"],
          peerPort: ["dst.port", "env.server_port"],
          peerHost: ["comm.dns.name", "comm.http.host", "env.server_name"],
          peerUrl: "url",
          protocol: "comm.transport",
          family: ["malw.variant", "malw.family", "trojanfamily"],
        },
        kind: {
          columns: ["malw.family", "trojanfamily"],
          rules: [{ word: "TestSinkholingLoss", whole: true, kind: "test" }],
          otherwise: "infected-system",
        },
        subject: "victim",
        reported: { asn: "asn", country: "country" },
        tlp: "amber",
        leaveOut: [
          "_geo_src_ip.asn",
          "_geo_src_ip.country_code",
          "_geo_env_remote_addr.asn",
          "_geo_env_remote_addr.country_code",
        ],
      },
      rework: (fields) => [Object.assign(fields, { ...whereabouts(fields), ...called(fields) })],
    },
  ],
});

function whereabouts(fields: Fields): Fields {
  const of = (fact: string): string =>
    fields[`_geo_src_ip.${fact}`] ?? fields[`_geo_env_remote_addr.${fact}`] ?? "";
  return { asn: of("asn"), country: of("country_code") };
}

/** The page that the bot asked for. */
function called(fields: Fields): Fields {
  const host = fields["comm.http.host"] ?? fields["env.server_name"];
  const path = fields["comm.http.path"] ?? fields["env.request_uri"];
  return host && path ? { url: `http://${host}${path}` } : {};
}
