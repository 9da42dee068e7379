import type { UploadedFile } from "./uploads.client.ts";

/**
 * What is said of a file is said by its name: of two that are called the same the later gets a number, and so does one
 * that is called like another which has its name already.
 */
export function toldApart(files: readonly UploadedFile[], others: readonly string[] = []): UploadedFile[] {
  const taken = new Set(others);
  return files.map((file) => {
    const [, stem = "", end = ""] = /^(.*?)(\.[^.]*)?$/s.exec(file.name) ?? [];
    let name = file.name;
    for (let number = 2; taken.has(name); number += 1) name = `${stem} (${number})${end}`;
    taken.add(name);
    return { ...file, name };
  });
}
