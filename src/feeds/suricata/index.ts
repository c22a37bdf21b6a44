import { type Interpret, makeRecordFormat } from "../shared/record/index.ts";
import { isNameQuery, markedVictim, other, serverOf } from "./ends.ts";
import { mappingOf } from "./mappings.ts";
import { judge } from "./rules.ts";

/** An alert is an observation; flows, queries, statistics and the like are none. */
const interpret: Interpret = (event) => {
  if (event.text("event_type") !== "alert") return { skipped: "no-report" };
  const { kind, victim } = judge(
    event.text("alert.signature"),
    event.text("alert.category"),
    event.text("alert.metadata.attack_target"),
  );
  const server = serverOf(event);
  const hit = markedVictim(event) ?? (victim === "server" ? server : other(server));
  const mapping = mappingOf(hit, server, isNameQuery(event, server));
  // One flow may set off several rules in the same moment: these are as many events.
  const id = `${event.text("flow_id")}-${event.text("alert.signature_id")}`;
  return [{ kind, mapping, facts: id === "-" ? {} : { event: id } }];
};

/** Suricata's EVE JSON, one event a line, also behind a syslog header. */
export const suricata = makeRecordFormat({
  name: "suricata",
  title: "alerts of Suricata as EVE JSON, also from syslog",
  version: "suricata.eve.1",
  tlp: "amber",
  fits: (event) =>
    typeof event["event_type"] === "string" && typeof event["timestamp"] === "string",
  interpret,
});
