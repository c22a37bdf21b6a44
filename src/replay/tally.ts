import { BitSet } from "./bit-set.ts";
import { MONTHS, monthOf } from "./calendar.ts";
import { COUNTRIES } from "./country-mix.ts";
import type { Origin } from "./origins.ts";
import type { Targets } from "./targets.ts";

/** Distinct hosts of one country or one month. */
export interface Hosts {
  origins: number;
  victims: number;
}

/** Counts the distinct hosts while they are drawn: a bit for each victim and country, victim and month, and so on. */
export class Tally {
  private readonly origins: readonly Origin[];
  private readonly victimsOfAll: BitSet;
  private readonly originsOfAll: BitSet;
  private readonly victimsByCountry: readonly BitSet[];
  private readonly originsByCountry: readonly BitSet[];
  private readonly victimsByMonth: readonly BitSet[];
  private readonly originsByMonth: readonly BitSet[];

  constructor(targets: Targets, origins: readonly Origin[]) {
    const victimSet = (): BitSet => new BitSet(targets.victims);
    const originSet = (): BitSet => new BitSet(targets.origins);
    this.origins = origins;
    this.victimsOfAll = victimSet();
    this.originsOfAll = originSet();
    this.victimsByCountry = COUNTRIES.map(victimSet);
    this.originsByCountry = COUNTRIES.map(originSet);
    this.victimsByMonth = MONTHS.map(victimSet);
    this.originsByMonth = MONTHS.map(originSet);
  }

  /** Notes that victim and origin (by their numbers) were seen together, on whatever day. */
  addPair(victim: number, origin: number): void {
    const { country } = this.origins[origin]!;
    this.victimsOfAll.add(victim);
    this.originsOfAll.add(origin);
    this.victimsByCountry[country]!.add(victim);
    this.originsByCountry[country]!.add(origin);
  }

  /** Notes the day of such a sighting. */
  addDay(day: number, victim: number, origin: number): void {
    this.victimsByMonth[monthOf(day)]!.add(victim);
    this.originsByMonth[monthOf(day)]!.add(origin);
  }

  total(): Hosts {
    return { origins: this.originsOfAll.count(), victims: this.victimsOfAll.count() };
  }

  /** Only countries that have an origin. Victims of several countries count in each: the sets overlap. */
  byCountry(): Record<string, Hosts> {
    const rows = COUNTRIES.map((country, at): [string, Hosts] => [
      country,
      { origins: this.originsByCountry[at]!.count(), victims: this.victimsByCountry[at]!.count() },
    ]);
    return Object.fromEntries(rows.filter(([, hosts]) => hosts.origins > 0));
  }

  byMonth(): (Hosts & { month: string })[] {
    return MONTHS.map((month, at) => ({
      month,
      victims: this.victimsByMonth[at]!.count(),
      origins: this.originsByMonth[at]!.count(),
    }));
  }
}
