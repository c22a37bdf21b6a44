import type { Contact, DirectoryChange, Institution } from "../../core/institution/index.ts";
import { type Instant, later, spans } from "../../core/time/index.ts";
import { Fault } from "../../core/fault.ts";
import { ipv4Text } from "../../core/network/index.ts";
import type { Session } from "../session.ts";
import type { Rehearsal, Workbench } from "../workbench.ts";
import type { TruthFigures } from "./truth-figures.ts";

/** The demo's alerts beside its truth: each foreign origin's CSIRT and hoster is told of it, and nobody else. */
export interface AlertsOutcome {
  readonly alerts: number;
  readonly institutions: number;
  /** By country: C2 servers that its CSIRT was told of, that its hosters were told of, and that are known to be there. */
  readonly byCountry: readonly {
    readonly country: string;
    readonly csirt: number;
    readonly hosters: number;
    readonly known: number;
  }[];
  readonly equal: boolean;
}

/** The addresses of the demo: `.invalid` is nobody's for ever (RFC 2606). */
const csirtOf = (country: string): string => `demo-csirt-${country.toLowerCase()}`;
const hosterOf = (country: string, at: number): string =>
  `demo-hoster-${country.toLowerCase()}-${at}`;

/** Alerts those whom the shipped rules name, on the last day of the replay. */
export async function runAlerts(
  session: Session,
  bench: Workbench,
  truth: TruthFigures,
  networks: ReadonlyMap<string, readonly string[]>,
): Promise<AlertsOutcome> {
  const now = later(`${truth.period.to}T00:00:00.000Z`, spans.day);
  const progress = session.progress(session.words.progress.alerting);
  try {
    const plan = { now, directory: directoryOf(networks, truth.home, now) };
    const rehearsal = await bench.rehearse(
      plan,
      ({ findings }) => progress.show({ done: findings, total: 0 }),
      session.signal,
    );
    if (session.signal.aborted)
      throw new Fault("interrupted", session.words.demo.interruptedMaking);
    return outcomeOf(rehearsal, truth);
  } finally {
    progress.end();
  }
}

function outcomeOf({ alerts, institutions, told }: Rehearsal, truth: TruthFigures): AlertsOutcome {
  const countries = Object.entries(truth.byCountry).sort(([a], [b]) => (a < b ? -1 : 1));
  const byCountry = countries.map(([country, { origins }]) => ({
    country,
    csirt: told.get(csirtOf(country))?.size ?? 0,
    hosters: [...told]
      .filter(([id]) => id.startsWith(hosterOf(country, 0).slice(0, -1)))
      .reduce((sum, [, assets]) => sum + assets.size, 0),
    known: origins,
  }));
  const equal = byCountry.every(
    ({ csirt, hosters, known }) => csirt === known && hosters === known,
  );
  return { alerts, institutions, byCountry, equal };
}

/**
 * The networks of each country by the replay's own location table: both halves of each of its ranges, which are as long as a power of two.
 */
export function networksIn(table: string): Map<string, string[]> {
  const networks = new Map<string, string[]>();
  for (const line of table.split("\n").filter((text) => text !== "")) {
    const [first = "", last = "", country = ""] = line.split(",");
    const size = (Number(last) - Number(first) + 1) / 2;
    const length = 32 - Math.log2(size);
    const halves = [Number(first), Number(first) + size].map(
      (start) => `${ipv4Text(start)}/${length}`,
    );
    networks.set(country, [...(networks.get(country) ?? []), ...halves]);
  }
  return networks;
}

/** A CSIRT for each country abroad, and a hoster for each half of its networks. */
function directoryOf(
  networks: ReadonlyMap<string, readonly string[]>,
  home: string,
  now: Instant,
): DirectoryChange[] {
  return [...networks]
    .filter(([country]) => country !== home)
    .flatMap(([country, blocks]) => [
      ...institution(csirtOf(country), "national-csirt", "T2", country, now, [
        { kind: "country", value: country },
      ]),
      ...blocks.flatMap((value, at) =>
        institution(hosterOf(country, at), "operator", "T1", country, now, [
          { kind: "cidr", value },
        ]),
      ),
    ]);
}

function institution(
  id: string,
  kind: "national-csirt" | "operator",
  tier: "T1" | "T2",
  country: string,
  now: Instant,
  answersFor: readonly { kind: "country" | "cidr"; value: string }[],
): DirectoryChange[] {
  const provenance = { source: "demo", manual: true, importedAt: now };
  const self: Institution = {
    id,
    name: id,
    kind,
    country,
    languages: ["en"],
    tier,
    relation: { state: "active", since: now, reason: "" },
    agreement: "",
    maxTlp: "green",
    optedOut: false,
    provenance,
  };
  const contact: Contact = {
    id: `${id}/alerts`,
    institution: id,
    role: kind === "operator" ? "abuse" : "csirt",
    channel: "mail",
    address: `${id}@demo.invalid`,
    order: 0,
    language: "",
    key: null,
    hours: null,
    status: "official",
    verified: { at: now, by: "demo", how: "made up" },
    expires: null,
    provenance,
  };
  return [
    { of: "institution", before: null, after: self },
    { of: "contact", before: null, after: contact },
    ...answersFor.map((what): DirectoryChange => ({
      of: "responsibility",
      before: null,
      after: { institution: id, ...what, provenance },
    })),
  ];
}
