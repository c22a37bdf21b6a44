/** A file for a tree laid out like this one. */
interface Fixture {
  readonly path: string;
  readonly code: string;
  readonly why: string;
}

/** A file that breaks `rule`. */
interface Broken extends Fixture {
  readonly rule: string;
}

const imports = (specifier: string) => `import { x } from "${specifier}";\nexport const y = x;`;

const wall = (path: string, specifier: string, why: string): Broken => ({
  rule: "house(layers)",
  path: `src/${path}`,
  code: imports(specifier),
  why,
});

const door = (path: string, specifier: string, why: string): Fixture => ({
  path: `src/${path}`,
  code: imports(specifier),
  why,
});

/** One file or more for every line of the table in tools/house-rules.mjs and for every rule of the plugin. */
export const BROKEN: readonly Broken[] = [
  wall("core/alert/use-app.ts", "../../app/ports.ts", "core knows no use case"),
  wall("core/alert/use-npm.ts", "zod", "core knows no library"),
  wall("core/alert/use-node.ts", "node:fs", "core knows no platform"),
  wall("core/alert/use-inside.ts", "../network/address.ts", "a module is entered by its index"),
  wall("app/use-feed.ts", "../feeds/c2/index.ts", "app knows no adapter"),
  wall("app/use-npm.ts", "@scope/package/part", "app knows no library"),
  wall("app/use-node.ts", "node:path", "app knows no platform"),
  wall("app/use-config.ts", "../config/index.ts", "app is given its options"),
  wall("collect/http/use-feed.ts", "../../feeds/c2/index.ts", "fetching does not parse"),
  wall("enrich/ip/use-neighbour.ts", "../host/index.ts", "adapters of one layer are strangers"),
  wall("exchange/stix/use-store.ts", "../../store/duckdb/index.ts", "adapters are strangers"),
  wall("feeds/c2/use-neighbour.ts", "../misp/index.ts", "adapters of one layer are strangers"),
  wall("feeds/c2/use-collect.ts", "../../app/collect-ports.ts", "formats know no way in"),
  wall("feeds/c2/use-layer.ts", "../index.ts", "a feed does not know the list of feeds"),
  wall("feeds/c2/use-enrich.ts", "../../enrich/ip/index.ts", "adapters are strangers"),
  wall("feeds/c2/use-use-case.ts", "../../app/ingest/index.ts", "adapters see the ports only"),
  wall("feeds/index.ts", "./c2/schema.ts", "a layer's list enters by the index"),
  wall("replay/use-store.ts", "../store/duckdb/index.ts", "adapters are strangers"),
  wall("report/html/use-cli.ts", "../../cli/index.ts", "adapters know no front door"),
  wall("send/mail/use-main.ts", "../../main.ts", "nobody imports main"),
  wall(
    "store/duckdb/use-neighbour.ts",
    "../memory/index.ts",
    "adapters of one layer are strangers",
  ),
  wall("verify/http/use-config.ts", "../../config/index.ts", "adapters are given their options"),
  wall("config/use-app.ts", "../app/index.ts", "config knows the core only"),
  wall("config/use-npm.ts", "commander", "config reads text, not arguments"),
  wall("cli/use-store.ts", "../store/duckdb/index.ts", "front doors go through app"),
  wall("cli/use-inside.ts", "../app/ingest/plan.ts", "a use case is entered by its index"),
  wall("cli/use-alias.ts", "#tocsin/core/fault.js", "the alias is for bench"),
  wall("server/use-feed.ts", "../feeds/index.ts", "front doors go through app"),
  wall("server/use-tools.ts", "../../tools/bootstrap.mjs", "nothing outside src/ is shipped"),
  wall("intake-worker.ts", "./store/duckdb/index.ts", "workers only parse"),
  wall("attic/use-core.ts", "../core/network/index.ts", "a new layer needs a line in the table"),
  wall("core/alert/reach.test.ts", "../network/address.ts", "tests enter by the door, too"),
  {
    rule: "house(layers)",
    path: "src/core/measure/type-only.ts",
    code: 'import type { X } from "../../app/ports.ts";\nexport type Y = X;',
    why: "a type-only import counts",
  },
  {
    rule: "house(layers)",
    path: "src/core/measure/export-from.ts",
    code: 'export { x } from "../../app/ports.ts";',
    why: "an export from elsewhere is an import",
  },
  {
    rule: "house(layers)",
    path: "src/core/measure/export-all.ts",
    code: 'export * from "../../app/ports.ts";',
    why: "an export from elsewhere is an import",
  },
  {
    rule: "house(layers)",
    path: "src/core/measure/on-demand.ts",
    code: 'export const later = () => import("../../app/ports.ts");',
    why: "an import on demand is an import",
  },
  {
    rule: "house(layers)",
    path: "src/core/measure/type-query.ts",
    code: 'export type Ports = import("../../app/ports.ts").Ports;',
    why: "an import in a type is an import",
  },
  {
    rule: "import(no-cycle)",
    path: "src/core/ring/egg.ts",
    code: 'import type { Hen } from "./hen.ts";\nexport interface Egg { from: Hen }',
    why: "no cycles, not even of types",
  },
  {
    rule: "import(no-cycle)",
    path: "src/core/ring/hen.ts",
    code: 'import type { Egg } from "./egg.ts";\nexport interface Hen { from: Egg }',
    why: "no cycles, not even of types",
  },
  {
    rule: "house(environment)",
    path: "src/store/duckdb/environment.ts",
    code: 'export const threads = process.env["THREADS"];',
    why: "the environment is config's",
  },
  {
    rule: "house(environment)",
    path: "src/store/duckdb/environment-import.ts",
    code: 'import { env } from "node:process";\nexport const threads = env["THREADS"];',
    why: "the environment is config's",
  },
  {
    rule: "house(environment)",
    path: "src/store/duckdb/environment-taken.ts",
    code: "const { env } = globalThis.process;\nexport const all = env;",
    why: "the environment is config's",
  },
  {
    rule: "house(exit)",
    path: "src/cli/exit.ts",
    code: "export const stop = () => process.exit(1);",
    why: "only main ends the process",
  },
  {
    rule: "house(fault)",
    path: "src/cli/bare-error.ts",
    code: 'export function fail() {\n  throw new Error("failed");\n}',
    why: "a failure has a code",
  },
  {
    rule: "house(silence)",
    path: "src/cli/silent-catch.ts",
    code: "export function attempt(act: () => void) {\n  try {\n    act();\n  } catch {}\n}",
    why: "no empty catch",
  },
  {
    rule: "house(silence)",
    path: "src/cli/silent-promise.ts",
    code: "export const attempt = (act: Promise<void>) => act.catch(() => {});",
    why: "no empty catch of a promise",
  },
];

/** What the rules must not forbid: a linter that reports everything proves as little as one that reports nothing. */
export const ALLOWED: readonly Fixture[] = [
  door("core/incident/use-neighbour.ts", "../network/index.ts", "core modules see each other"),
  door("core/incident/use-fault.ts", "../fault.ts", "the fault table has a door of its own"),
  door("core/incident/near.test.ts", "./use-fault.ts", "a test sees the code beside it"),
  door("core/incident/library.test.ts", "vitest", "a test uses the test library"),
  door("core/incident/shared.test.ts", "../../../test/shared-data.ts", "a test uses test/"),
  door("core/incident/fake.test.ts", "../../store/memory/index.ts", "a test brings a real fake"),
  door("app/ingest/use-ports.ts", "../ports.ts", "use cases see the ports"),
  door("feeds/misp/use-core.ts", "../../core/observation/index.ts", "adapters see the core"),
  door("collect/http/use-ports.ts", "../../app/collect-ports.ts", "ways in see theirs"),
  door("collect/http/use-secret.ts", "../../core/secret.ts", "secrets have a door of their own"),
  door("feeds/misp/use-ports.ts", "../../app/ports.ts", "adapters see the ports"),
  door("feeds/misp/use-shared.ts", "../shared/csv.ts", "a layer shares what it names so"),
  door("feeds/misp/deep/use-own.ts", "../schema.ts", "own folder"),
  door("feeds/misp/use-npm.ts", "zod", "adapters use libraries"),
  door("feeds/misp/use-node.ts", "node:fs/promises", "adapters use the platform"),
  door("feeds/list.ts", "./misp/index.ts", "a layer's list sees its modules"),
  door("replay/walk/use-own.ts", "../random.ts", "the replay is one module"),
  door("config/use-yaml.ts", "yaml", "config reads YAML"),
  door("cli/situation/use-own.ts", "../format.ts", "the CLI is one module"),
  door("cli/situation/use-app.ts", "../../app/ingest/index.ts", "front doors call use cases"),
  door("cli/rank/use-case.ts", "../../app/rank.ts", "a use case of one file is its own door"),
  door("main.ts", "./store/duckdb/index.ts", "main connects everything"),
  {
    path: "src/config/environment.ts",
    code: "export const environment = process.env;",
    why: "config reads the environment",
  },
  {
    path: "src/cli/explained-catch.ts",
    code: "export function attempt(act: () => void) {\n  try {\n    act();\n  } catch {\n    // The file may be gone already.\n  }\n}",
    why: "a comment says why it may be dropped",
  },
];
