import { makeListFormat } from "../shared/list/index.ts";
import type { Members } from "../shared/record/index.ts";

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
      rework: (call) => [
        { asn: geo(call, "asn"), country: geo(call, "country_code"), url: calledUrl(call) },
      ],
    },
  ],
});

function geo(call: Members, fact: string): string {
  return call.text(`_geo_src_ip.${fact}`) || call.text(`_geo_env_remote_addr.${fact}`);
}

/** The page that the bot asked for. */
function calledUrl(call: Members): string | undefined {
  const host = call.text("comm.http.host") || call.text("env.server_name");
  const path = call.text("comm.http.path") || call.text("env.request_uri");
  if (host !== "" && path !== "") return `http://${host}${path}`;
  return call.text("url") || undefined;
}
