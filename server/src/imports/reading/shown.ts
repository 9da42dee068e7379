import { looksPersonal } from "../../people/personal.ts";

/** Masked here and not by role: a preview is for seeing whether the columns are right. */
export function shown(cell: string, isPersonal: boolean): string {
  if (cell === "" || !(isPersonal || looksPersonal(cell))) return cell;
  const letters = [...cell];
  return letters.length <= 4
    ? `${letters[0]}***`
    : `${letters.slice(0, 2).join("")}****${letters.slice(-2).join("")}`;
}
