import { makeListFormat } from "../shared/list/index.ts";

/** DGArchive (Fraunhofer FKIE): the names that malware makes up today to find its C2 server, by family and seed. */
export const fraunhofer = makeListFormat({
  name: "fraunhofer",
  title: "Fraunhofer DGArchive: names of C2 servers made by algorithms, JSON",
  types: [
    {
      name: "dga",
      json: { needs: [], looks: /^\{\s*"[\w.-]*_dga[\w.-]*"\s*:\s*\[/i, under: ["*"] },
      mapping: {
        version: "fraunhofer.dga.1",
        fields: { indicator: "value", family: "family" },
        kind: "c2-server",
        subject: "origin",
        tlp: "amber",
        undated: true,
      },
      rework: (_, list) => [{ family: list.split("_dga", 1)[0], list }],
    },
  ],
});
