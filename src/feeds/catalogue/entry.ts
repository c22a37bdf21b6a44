import type { CatalogueEntry } from "../../app/ports.ts";

/** What entries have in common where they do not say otherwise. */
type Short = Pick<CatalogueEntry, "name" | "title" | "documentation"> & {
  readonly needs?: CatalogueEntry["needs"];
  readonly format: string;
  readonly tlp: "clear" | "green" | "amber";
  readonly about: Readonly<Record<string, unknown>>;
  readonly from: Readonly<Record<string, unknown>>;
  /** Hours between two looks; publishers ask not to be asked more often. */
  readonly everyHours?: number;
  readonly more?: Readonly<Record<string, unknown>>;
};

/** An entry with its definition as `tocsin.yaml` takes it, at rest. */
export function entry({ needs, everyHours, more, ...of }: Short): CatalogueEntry {
  const { name, title, documentation, format, tlp, about, from } = of;
  const schedule = everyHours === undefined ? {} : { schedule: { everyMinutes: everyHours * 60 } };
  const definition = { format, enabled: false, tlp, about, ...schedule, ...more, from };
  return { name, title, documentation, needs: needs ?? [], definition };
}

/** A list behind an address of the publisher's. */
export function list(url: string, more: Readonly<Record<string, unknown>> = {}) {
  return { way: "http", url, ...more };
}
