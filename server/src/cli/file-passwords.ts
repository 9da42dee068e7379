import type { ImportPreview } from "@stork/contract/imports.ts";
import { Trouble } from "../platform/trouble.ts";
import { ApiTrouble } from "./api.ts";
import type { Voice } from "./command.ts";

/** Passwords of files as somebody gives them; never an argument, which stays in the shell's history. */
export interface FilePasswords {
  /** Those given before: the next files are tried with them first. */
  given: string[];
  /** null: there is nobody to ask, or nothing more was given. */
  ask(names: readonly string[]): Promise<string | null>;
}

const variable = "STORK_FILE_PASSWORD";
const mostTries = 3;

/** From standard input line by line, or the environment, or whoever sits at the terminal. */
export async function filePasswords(fromInput: boolean): Promise<FilePasswords> {
  const said = fromInput ? await linesOf(process.stdin) : [process.env[variable] ?? ""];
  // What this process starts need not know it.
  delete process.env[variable];
  const given = said.filter((line) => line !== "");
  const isThere = !fromInput && given.length === 0 && process.stdin.isTTY && process.stderr.isTTY;
  return {
    given,
    ask: async (names) => (isThere ? typed(`${names.join("、")}\n密码 password: `) : null),
  };
}

/** Opens the files that ask for a password; the preview of what is there then. */
export async function withPasswords(
  preview: ImportPreview,
  passwords: FilePasswords,
  voice: Voice,
  unlock: (password: string) => Promise<ImportPreview>,
): Promise<ImportPreview> {
  let now = preview;
  const locked = () => now.files.filter((file) => file.locked !== undefined).map(({ name }) => name);
  const isOpenedBy = async (password: string): Promise<boolean> => {
    const before = locked().length;
    try {
      now = await unlock(password);
    } catch (error) {
      if (!(error instanceof ApiTrouble && error.code === "imports/wrong-password")) throw error;
      return false;
    }
    return locked().length < before;
  };
  for (const known of passwords.given) if (locked().length > 0) await isOpenedBy(known);
  for (let tries = 0; locked().length > 0 && tries < mostTries; ) {
    const password = await passwords.ask(locked());
    if (password === null) break;
    if (await isOpenedBy(password)) {
      passwords.given.push(password);
      tries = 0;
    } else {
      tries += 1;
      voice.say("密码不对 the password is wrong");
    }
  }
  if (locked().length > 0) throw stillLocked(locked(), passwords.given.length > 0);
  return now;
}

const stillLocked = (names: readonly string[], isGiven: boolean): Trouble =>
  new Trouble(
    `${isGiven ? "给出的密码打不开" : "这些文件有密码"}：${names.join("、")}。请在终端里运行并按提示输入，或把密码放进环境变量 ${variable}，或用 --password-stdin 从标准输入给出（一行一个）。`,
    `${isGiven ? "The password given does not open these files." : "These files ask for a password."} Run this in a terminal and type it when asked, put it into ${variable}, or give it on standard input with --password-stdin, one a line.`,
  );

async function linesOf(input: AsyncIterable<Buffer | string>): Promise<string[]> {
  const all: Buffer[] = [];
  for await (const chunk of input) all.push(Buffer.from(chunk));
  return Buffer.concat(all).toString("utf8").split(/\r?\n/);
}

/** What is typed without being shown; an empty line is none. */
async function typed(question: string): Promise<string | null> {
  const { stdin, stderr } = process;
  stderr.write(question);
  stdin.setEncoding("utf8").setRawMode(true).resume();
  const { promise, resolve } = Promise.withResolvers<string>();
  let line = "";
  const take = (keys: string) => {
    for (const key of keys) {
      if (key === "\r" || key === "\n") return resolve(line);
      if (key === "\u0003" || key === "\u0004") return resolve("");
      if (key === "\u007f" || key === "\b") line = [...line].slice(0, -1).join("");
      else if (key >= " ") line += key;
    }
  };
  stdin.on("data", take);
  const said = await promise;
  stdin.off("data", take).setRawMode(false).pause();
  stderr.write("\n");
  return said === "" ? null : said;
}
