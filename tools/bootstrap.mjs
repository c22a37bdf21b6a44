// Makes a fresh clone runnable with nothing but Node and npm: installs what the lock file says where that is not
// installed, then compiles. The arguments are the projects to compile; the product alone by default.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const NODE = [20, 19];

process.chdir(fileURLToPath(new URL("..", import.meta.url)));
refuseOldNode();
if (!installed()) run("Installing dependencies", ...npm("ci", "--no-audit", "--no-fund"));
const projects = process.argv.length > 2 ? process.argv.slice(2) : ["tsconfig.src.json"];
run("Compiling", process.execPath, ["node_modules/typescript/bin/tsc", "-b", ...projects]);

function refuseOldNode() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > NODE[0] || (major === NODE[0] && minor >= NODE[1])) return;
  fail(`Tocsin needs Node ${NODE.join(".")} or newer; this is ${process.versions.node}.`);
}

/** Is each package of the lock file there in its version? Packages for other systems may be absent. */
function installed() {
  if (!existsSync("node_modules/.package-lock.json")) return false;
  const wanted = packagesOf("package-lock.json");
  const present = packagesOf("node_modules/.package-lock.json");
  return Object.entries(wanted).every(
    ([path, { version, optional }]) =>
      path === "" || (path in present ? present[path].version === version : optional === true),
  );
}

function packagesOf(lockFile) {
  return JSON.parse(readFileSync(lockFile, "utf8")).packages;
}

/** The npm that runs this script, or the one on the path. */
function npm(...args) {
  const cli = process.env.npm_execpath;
  return cli?.endsWith(".js") ? [process.execPath, [cli, ...args]] : ["npm", args];
}

function run(what, command, args) {
  if (process.stderr.isTTY) process.stderr.write(`${what} ...\n`);
  const shell = process.platform === "win32" && command === "npm";
  // Standard output stays free for what the command proper prints, such as `--json`.
  const { status, error } = spawnSync(command, args, { stdio: ["ignore", 2, 2], shell });
  if (error) fail(`${what} failed: ${error.message}`);
  if (status !== 0) fail(`${what} failed.`, status ?? 1);
}

function fail(message, status = 1) {
  process.stderr.write(`${message}\n`);
  process.exit(status);
}
