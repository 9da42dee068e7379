// Turns vitest's JSON report into the one line by which .ci/run ends.
import { readFileSync } from "node:fs";

/**
 * @typedef {{ status: string, assertionResults: { status: string }[] }} TestFile
 * @param {string} path
 * @returns {TestFile[] | undefined} nothing when the runner died before it wrote
 */
function filesIn(path) {
  try {
    return JSON.parse(readFileSync(path, "utf8")).testResults;
  } catch {
    return undefined;
  }
}

const files = filesIn(process.argv[2] ?? "");
const tests = (files ?? []).flatMap((file) => file.assertionResults);
/** @param {string[]} statuses */
const count = (...statuses) => tests.filter(({ status }) => statuses.includes(status)).length;
// A file that failed without a failed test could not be loaded: its tests were never counted.
const unloaded = (files ?? []).filter(
  ({ status, assertionResults }) =>
    status === "failed" && assertionResults.every((result) => result.status !== "failed"),
).length;

const passed = count("passed");
const failed = count("failed") + unloaded + (files === undefined ? 1 : 0);
const skipped = count("skipped", "pending", "todo", "disabled");
console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
