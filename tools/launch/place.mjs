// Where things are, and how the launcher speaks: on standard error, so that a command's own output stays clean.
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** The pinned Node, from the npm package `node`. */
export const runtime = join(root, "node_modules/node/bin/node");

/** Something the user can put right, said in Chinese and in English. */
export class Trouble extends Error {
  /**
   * @param {string} zh
   * @param {string} en
   */
  constructor(zh, en) {
    super(`${zh}\n${en}`);
    this.name = "Trouble";
  }
}

/** @param {string} line */
export function say(line) {
  process.stderr.write(`${line}\n`);
}

/**
 * One line of progress for work of unknown length: redrawn on a terminal, repeated now and then in a log.
 * @template T
 * @param {string} title
 * @param {() => Promise<T>} work
 */
export async function progress(title, work) {
  const began = performance.now();
  const seconds = () => Math.round((performance.now() - began) / 1000);
  const terminal = process.stderr.isTTY === true;
  const draw = () =>
    process.stderr.write(terminal ? `\r${title} ${seconds()} s ` : `${title} ${seconds()} s\n`);
  if (terminal) draw();
  else say(title);
  const timer = setInterval(draw, terminal ? 1000 : 15_000);
  try {
    const result = await work();
    clearInterval(timer);
    process.stderr.write(`${terminal ? "\r" : ""}${title} ✓ ${seconds()} s\n`);
    return result;
  } catch (error) {
    if (terminal) process.stderr.write("\n");
    throw error;
  } finally {
    clearInterval(timer);
  }
}

/**
 * A stamp of what these files and folders hold; missing ones count as empty.
 * @param {string[]} paths relative to the root
 */
export function stampOf(paths) {
  const hash = createHash("sha256").update(`${process.platform} ${process.arch}\n`);
  for (const path of paths.flatMap(filesUnder)) {
    hash
      .update(`${path}\n`)
      .update(readFileSync(join(root, path)))
      .update("\n");
  }
  return hash.digest("hex");
}

/**
 * @param {string} path
 * @returns {string[]}
 */
function filesUnder(path) {
  const full = join(root, path);
  if (!existsSync(full)) return [];
  if (!statSync(full).isDirectory()) return [path];
  return readdirSync(full)
    .filter((name) => name !== "node_modules" && name !== "dist")
    .sort()
    .flatMap((name) => filesUnder(join(path, name)));
}
