// Runs a program to its end and keeps what it said, for the steps whose output matters only when they fail.
import { spawn } from "node:child_process";
import { root } from "./place.mjs";

/**
 * @param {string} program
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, show?: boolean }} [options]
 * @returns {Promise<{ code: number, output: string }>}
 */
export function run(program, args, { cwd = root, env = process.env, show = false } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, env, stdio: show ? "inherit" : ["ignore", "pipe", "pipe"] });
    /** @type {Buffer[]} */
    const chunks = [];
    child.stdout?.on("data", (chunk) => chunks.push(chunk));
    child.stderr?.on("data", (chunk) => chunks.push(chunk));
    const release = show ? passSignals(child) : () => {};
    child.once("error", (error) => {
      release();
      reject(error);
    });
    child.once("close", (code) => {
      release();
      resolve({ code: code ?? 1, output: Buffer.concat(chunks).toString("utf8") });
    });
  });
}

/**
 * Passes a request to stop on to a child, once each. A Ctrl-C is left alone: the terminal has told the child itself.
 * @param {import("node:child_process").ChildProcess} child
 * @returns {() => void} stops doing so
 */
export function passSignals(child) {
  /** @type {NodeJS.Signals[]} */
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"];
  const passed = new Set();
  /** @param {NodeJS.Signals} signal */
  const pass = (signal) => {
    if (signal === "SIGINT" && process.stdin.isTTY) return;
    if (passed.has(signal)) return;
    passed.add(signal);
    child.kill(signal);
  };
  for (const signal of signals) process.on(signal, pass);
  return () => {
    for (const signal of signals) process.off(signal, pass);
  };
}
