import type { Command } from "./command.ts";
import { doctor } from "./doctor.ts";
import { key } from "./key.ts";
import { signIn } from "./sign-in.ts";
import { town } from "./town.ts";

export const commands = {
  town,
  key,
  "sign-in": signIn,
  doctor,
} as const satisfies Record<string, Command>;
