import type { Voice } from "./command.ts";

const width = 28;

/** On a terminal one bar redrawn in place; in a log a line every tenth. */
export function createVoice(out: { isTTY?: boolean; write(text: string): unknown }): Voice {
  let lastTenth = -1;
  let drawn = false;
  return {
    say(line) {
      out.write(`${drawn ? "\n" : ""}${line}\n`);
      drawn = false;
    },
    progress(label, done, total, note = "") {
      const share = total > 0 ? Math.min(done / total, 1) : 0;
      const percent = `${Math.floor(share * 100)}%`.padStart(4);
      if (out.isTTY) {
        const full = Math.round(share * width);
        out.write(`\r${label} ${"█".repeat(full)}${"░".repeat(width - full)} ${percent} ${note}\u001b[K`);
        drawn = share < 1;
        if (!drawn) out.write("\n");
        return;
      }
      const tenth = Math.floor(share * 10);
      if (tenth === lastTenth) return;
      lastTenth = tenth;
      out.write(`${label} ${percent} ${note}\n`);
    },
  };
}
