import { backup } from "./backup.ts";
import type { Command } from "./command.ts";
import { doctor } from "./doctor.ts";
import { importFiles } from "./import.ts";
import { key } from "./key.ts";
import { restore } from "./restore.ts";
import { signIn } from "./sign-in.ts";
import { town } from "./town.ts";

export const commands = {
  import: importFiles,
  town,
  backup,
  restore,
  key,
  "sign-in": signIn,
  doctor,
} as const satisfies Record<string, Command>;
