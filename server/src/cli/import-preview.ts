import type { ImportPreview, PreviewedFile } from "@stork/contract/imports.ts";
import { Trouble } from "../platform/trouble.ts";

/** Nobody imports by a guess that nobody has seen. */
export function unknownTable(
  { name, mapping, targets, recordLabel, problem }: PreviewedFile,
  page: string,
): Trouble {
  const labels = new Map(targets.map(({ id, label }) => [id, label]));
  const guesses = mapping.map(({ column, target }) => {
    const label = target === null ? undefined : labels.get(target);
    return `  ${column} → ${label === undefined ? "不导入 left out" : `${label.zh} ${label.en}`}`;
  });
  const list = guesses.join("\n");
  const complete = problem === null;
  return new Trouble(
    `没见过「${name}」的表头，看起来像「${recordLabel?.zh ?? "?"}」：\n${list}\n${complete ? "照此导入请加 --as-suggested；要改，" : `${problem?.zh}\n`}请在 ${page} 说明各列并存下这份对应，以后自动套用。`,
    `The header of “${name}” is not known; it looks like “${recordLabel?.en ?? "?"}” as above. ${complete ? "Add --as-suggested to import it so; to change it," : ""} say what its columns are at ${page} and save that: it is used by itself from then on.`,
  );
}

/** What was found about each file, for whoever watches. */
export const noted = ({ files }: ImportPreview): string[] => [
  ...files
    .filter(({ lacks }) => lacks === "rows" && files.length > 1)
    .map(({ name }) => `${name}: 只有表头，没有数据行，跳过 a header and no rows; passed over`),
  ...files
    .filter(({ problem }) => problem === null)
    .map(({ name, format, encoding, sheet, headerLine, mergedCells = 0, recordLabel, likelyPreset }) => {
      const found = [
        format,
        encoding,
        sheet ?? "",
        headerLine > 1 ? `表头在第 ${headerLine} 行 header on line ${headerLine}` : "",
        mergedCells > 0 ? `${mergedCells} 处合并单元格已填入每一行 merged cells filled into each row` : "",
      ];
      const as = `${recordLabel?.zh ?? "?"} ${recordLabel?.en ?? ""}`.trim();
      return `${name}: ${[likelyPreset ?? "", as, ...found].filter((one) => one !== "").join("  ")}`;
    }),
];
