import { closeSync, openSync } from "node:fs";

/** What a process holds as its standard input. */
const input = 0;
let isLetGo = false;

/** Lets go of this process's standard input, for good: from here on it is empty. */
export function letGoOfInput(): void {
  if (isLetGo || process.platform === "win32") return;
  isLetGo = true;
  closeSync(input);
  // A file that is opened gets the lowest number that is free.
  if (openSync("/dev/null", "r") !== input)
    throw new Error("the standard input was taken by something else: start again");
}
