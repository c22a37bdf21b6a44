import { dirname, resolve } from "node:path";
import { Config } from "./config.ts";
import { readYaml } from "./read-yaml.ts";

/**
 * Reads the text of a configuration file. All mistakes are reported at once, each with its line and path.
 * Relative paths in it count from the folder of `path`.
 */
export function parseConfig(text: string, path: string): Config {
  const read = readYaml(Config, text, { path, fault: "config-invalid", example: "home: [CN]" });
  return anchorPaths(read, dirname(path));
}

function anchorPaths(config: Config, folder: string): Config {
  const anchor = (paths: string[]) => paths.map((path) => resolve(folder, path));
  return {
    ...config,
    location: {
      countryTables: anchor(config.location.countryTables),
      asnTables: anchor(config.location.asnTables),
    },
    sectorLists: anchor(config.sectorLists),
    warningLists: anchor(config.warningLists),
    cases: anchorFiles(config.cases, folder),
    ...(config.alerting && { alerting: anchorFiles(config.alerting, folder) }),
    feeds: Object.fromEntries(
      Object.entries(config.feeds).map(([name, feed]) => [
        name,
        feed.from ? { ...feed, from: anchorFiles(feed.from, folder) } : feed,
      ]),
    ),
  };
}

/** Anchors what names a file or directory, by its key, however deep. */
function anchorFiles<T extends object>(settings: T, folder: string): T {
  const entries = Object.entries(settings).map(([key, value]: [string, unknown]) => {
    if (typeof value === "string" && /File$|^path$|^moveTo$|^dropFolder$/.test(key))
      return [key, resolve(folder, value)];
    const deeper = typeof value === "object" && value !== null && !Array.isArray(value);
    return [key, deeper ? anchorFiles(value, folder) : value];
  });
  return Object.fromEntries(entries) as T;
}
