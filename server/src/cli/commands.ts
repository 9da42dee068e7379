import { backup } from "./backup.ts";
import type { Command } from "./command.ts";
import { demo } from "./demo.ts";
import { doctor } from "./doctor.ts";
import { exportPeople } from "./export.ts";
import { importFiles } from "./import.ts";
import { key } from "./key.ts";
import { proof } from "./proof.ts";
import { restore } from "./restore.ts";
import { signIn } from "./sign-in.ts";
import { town } from "./town.ts";
import { undo } from "./undo.ts";

export const commands = {
  import: importFiles,
  undo,
  export: exportPeople,
  town,
  demo,
  backup,
  restore,
  proof,
  key,
  "sign-in": signIn,
  doctor,
} as const satisfies Record<string, Command>;
