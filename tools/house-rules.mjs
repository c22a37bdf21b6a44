// Who may import whom in src/. This table is the wall; tools/oxlint-house.mjs makes the linter check it, and
// test/architecture.test.ts tries to break every line of it.

const anything = Symbol("every module of src/");

/** A layer's modules see each other's doors. */
const open = (...layers) => ({ layers, neighbours: true });

/** A layer of adapters: its modules see the core, the ports, and what their layer shares, but never each other. */
const adapters = {
  layers: ["core"],
  files: ["app/ports.ts", "app/case-ports.ts"],
  npm: true,
  node: true,
  neighbours: false,
};

/** A layer that is one module: all its files see each other. */
const whole = (rules) => ({ npm: true, node: true, neighbours: true, whole: true, ...rules });

/** By the first folder under src/, or by the file where it lies in src/ itself. */
export const LAYERS = {
  core: open("core"),
  app: { ...open("core", "app"), flat: true },
  collect: { ...adapters, files: ["app/ports.ts", "app/collect-ports.ts", "app/case-ports.ts"] },
  enrich: adapters,
  exchange: adapters,
  feeds: adapters,
  replay: { ...adapters, whole: true },
  report: adapters,
  send: adapters,
  store: adapters,
  verify: adapters,
  config: whole({ layers: ["core"], npm: ["yaml", "zod"] }),
  cli: whole({ layers: ["core", "app", "config"] }),
  server: whole({ layers: ["core", "app", "config"] }),
  "intake-worker.ts": {
    layers: ["core", "feeds", "enrich"],
    files: ["app/ports.ts"],
    npm: true,
    node: true,
  },
  // The composition root: main.ts and the folder that it is spread over.
  wiring: whole({ layers: anything, files: ["intake-worker.ts"] }),
  "main.ts": { layers: anything, npm: true, node: true },
};

/** Files that others may import although they are not an `index.ts`; in a flat layer, any that lies in no folder of it. */
const DOORS = ["core/fault.ts", "core/secret.ts"];

/** Tests may bring fakes and libraries from anywhere; they still enter other modules by the door. */
const TEST = { layers: anything, npm: true, node: true, neighbours: true, outside: true };

/**
 * Why the file `from` may not import `target`, or undefined if it may. `from` is relative to src/ with `/`; `target`
 * is the same, or begins with `../` if it lies outside src/, or is a bare specifier.
 */
export function whyNot(from, target) {
  const layer = layerOf(from);
  const rules = isTest(from) ? { ...TEST, whole: LAYERS[layer]?.whole } : LAYERS[layer];
  if (rules === undefined) return `src/${layer} has no line in tools/house-rules.mjs: add one`;
  if (target.bare !== undefined) return whyNotLibrary(layer, rules, target.bare);
  if (target.path.startsWith("../"))
    return rules.outside ? undefined : `src/ may not import what lies outside it`;
  return whyNotModule(layer, rules, from, target.path);
}

/** Tests lie beside the code; only their name tells. */
export function isTest(path) {
  return /\.test\.[mc]?ts$/.test(path);
}

function whyNotLibrary(layer, rules, name) {
  if (name.startsWith("#")) return `src/ imports its own modules by relative path, not "${name}"`;
  if (name.startsWith("node:"))
    return rules.node ? undefined : `${layer} may not import "${name}" from Node`;
  const packageName = name.split("/", name.startsWith("@") ? 2 : 1).join("/");
  const may = Array.isArray(rules.npm) ? rules.npm.includes(packageName) : rules.npm;
  return may ? undefined : `${layer} may not import the package "${packageName}"`;
}

function whyNotModule(layer, rules, from, to) {
  const home = moduleOf(from);
  const away = moduleOf(to);
  if (home === away) return undefined;
  const target = layerOf(to);
  if (target !== layer && !mayEnter(rules, target, to)) return `${layer} may not import ${to}`;
  if (target === layer && !mayVisit(rules, home, away))
    return `${home} may not import its neighbour ${away}`;
  return isDoor(to, away) ? undefined : `${away} is entered through its index.ts, not ${to}`;
}

function mayEnter(rules, layer, to) {
  return (
    rules.layers === anything || rules.layers.includes(layer) || rules.files?.includes(to) === true
  );
}

/** Within one layer: the layer's own files see its modules, every module sees what is shared. */
function mayVisit(rules, home, away) {
  return rules.neighbours === true || !home.includes("/") || away.endsWith("/shared");
}

function isDoor(path, module) {
  if (path === `${module}/index.ts` || path === module || DOORS.includes(path)) return true;
  return module.endsWith("/shared") || LAYERS[module]?.flat === true;
}

function layerOf(path) {
  return path.split("/", 1)[0];
}

/** The folder that is entered through one index.ts: `feeds/c2-tracker`, `core/network`, `cli`; the file itself in src/. */
function moduleOf(path) {
  const parts = path.split("/");
  const layer = parts[0];
  return LAYERS[layer]?.whole || parts.length < 3 ? layer : `${layer}/${parts[1]}`;
}
