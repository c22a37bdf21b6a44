import { makeListFormat } from "../shared/list/index.ts";

/** TU Dresden: resolvers that answer anybody. Who stands open is the victim. */
export const tuDresden = makeListFormat({
  name: "tu-dresden",
  title: "TU Dresden: open DNS resolvers, JSON",
  types: [
    {
      name: "resolvers",
      json: { needs: ["queried_ip", "resolver_type", "timestamp_request"] },
      mapping: {
        version: "tu-dresden.resolvers.1",
        fields: {
          time: ["timestamp_request", "scan_date"],
          address: ["queried_ip", "replying_ip"],
          protocol: "protocol",
        },
        kind: "ddos-amplifier",
        subject: "victim",
        reported: { asn: "queried_ip_asn", country: "queried_ip_country" },
        always: { protocol: "udp", port: "53" },
        tlp: "amber",
      },
    },
  ],
});
