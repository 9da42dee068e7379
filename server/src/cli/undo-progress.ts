import { type Import, type UndoStep, undoSteps } from "@stork/contract/imports.ts";
import type { Voice } from "./command.ts";
import { grouped, waitingFor } from "./import-words.ts";

const steps: Readonly<Record<UndoStep, string>> = {
  events: "拿掉事件 events",
  records: "恢复之前的版本 former versions",
  people: "更新用户 people",
  words: "拿掉用户资料 words about people",
  children: "拿掉孩子和同意 children and consents",
};

/** How far an import is taken back: a bar over all steps, and in words the step and its things. */
export function tellUndoing(now: Import, voice: Voice): void {
  const { done, of, note } = farOf(now);
  voice.progress("撤回 undo", done, of, note);
}

function farOf({ status, undoing, waitsFor }: Import): { done: number; of: number; note: string } {
  if (status === "undone") return { done: 1, of: 1, note: "" };
  if (undoing == null) return { done: 0, of: 1, note: waitsFor ? waitingFor(waitsFor) : "" };
  const { step, done, of } = undoing;
  const at = undoSteps.indexOf(step);
  const far = of === null ? grouped(done) : `${grouped(done)} / ${grouped(of)}`;
  return {
    done: at + (of ? Math.min(1, done / of) : 0),
    of: undoSteps.length,
    note: `${at + 1}/${undoSteps.length} ${steps[step]} ${far}`,
  };
}
