import { ipv4Text } from "../core/network/index.ts";
import { DATES, LAST_DAY } from "./calendar.ts";
import type { Access, Site } from "./sites.ts";

/** `sites.csv`: an operator's list of the sites with their sectors. `cleaned_on` is empty if the period ends first. */
export function sitesCsv(sites: readonly Site[]): string {
  const rows = sites.map((site) =>
    [
      site.id,
      site.host,
      site.sector,
      ipv4Text(site.address),
      site.path,
      DATES[site.firstDay],
      DATES[site.lastDay],
      site.lastDay < LAST_DAY ? DATES[site.lastDay] : "",
    ].join(","),
  );
  return ["site_id,host,sector,victim_ip,path,first_seen,last_seen,cleaned_on", ...rows, ""].join(
    "\n",
  );
}

/** `site-accesses.csv`: one row for each entry, site by site. */
export function siteAccessesCsv(accesses: readonly Access[]): string {
  const rows = accesses.map(({ site, origin, ...at }) =>
    [timestamp(at), site.id, site.host, ipv4Text(origin), site.path].join(","),
  );
  return ["timestamp,site_id,host,origin_ip,path", ...rows, ""].join("\n");
}

function timestamp({ day, hour, minute, second }: Omit<Access, "site" | "origin">): string {
  const time = [hour, minute, second].map((part) => String(part).padStart(2, "0")).join(":");
  return `${DATES[day]}T${time}Z`;
}
