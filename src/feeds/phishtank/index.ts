import { makeListFormat, type RecordMapping } from "../shared/list/index.ts";

const mapping: RecordMapping = {
  version: "phishtank.1",
  fields: {
    time: ["submission_time", "verification_time"],
    url: "url",
    address: "details.0.ip_address",
    eventId: "phish_id",
  },
  kind: "phishing",
  subject: "origin",
  reported: { asn: "details.0.announcing_network", country: "details.0.country" },
  tlp: "clear",
};

/** PhishTank: pages that its members found to phish. */
export const phishtank = makeListFormat({
  name: "phishtank",
  title: "PhishTank: verified phishing pages, CSV and JSON",
  types: [
    { name: "phishtank", mapping, text: { needs: ["phish_id", "url", "submission_time"] } },
    { name: "phishtank-json", mapping, json: { needs: ["phish_id", "url", "submission_time"] } },
  ],
});
