import { scoreTone } from "./figure-text.ts";

/** 0–100 in the colour of how well it is; a dash where nothing is known. */
export function Score({ value, large = false }: { value: number | null; large?: boolean }) {
  return (
    <span className={`score tone-${scoreTone(value)}${large ? " large" : ""}`}>
      {value === null ? "—" : Math.round(value)}
    </span>
  );
}
