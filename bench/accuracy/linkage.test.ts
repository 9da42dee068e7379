import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { linkage } from "./linkage.ts";

const labelled = join(import.meta.dirname, "../../../shared/data/record_linkage");

/** The figures of the files named alone; the large one takes half a minute and is left to the benchmark. */
async function scored(files: readonly string[]) {
  const dir = mkdtempSync(join(tmpdir(), "stork-linkage-"));
  try {
    mkdirSync(join(dir, "record_linkage"));
    for (const file of files) symlinkSync(join(labelled, file), join(dir, "record_linkage", file));
    return (await linkage.score({ train: dir, test: dir, say: () => undefined })) as Record<
      "precision" | "recall",
      number
    >;
  } finally {
    rmSync(dir, { recursive: true });
  }
}

test.skipIf(!existsSync(labelled))(
  "Febrl 4 is linked without labels: precision 0.99, recall 0.98",
  async () => {
    const { precision, recall } = await scored(["febrl_dataset4a.csv", "febrl_dataset4b.csv"]);
    expect(precision).toBeGreaterThanOrEqual(0.99);
    expect(recall).toBeGreaterThanOrEqual(0.98);
  },
);

test.skipIf(!existsSync(labelled))(
  "fake_1000 without labels: better than the reference with labels (F1 0.944)",
  async () => {
    const { precision, recall } = await scored(["splink_fake_1000.csv"]);
    expect((2 * precision * recall) / (precision + recall)).toBeGreaterThan(0.944);
  },
);
