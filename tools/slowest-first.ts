// Begins a test run with the files that take longest, so that no worker is left alone with one of them at the end.
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** The slowest, by what their paths end in; the others follow, as vitest itself would order them. */
const slowest = [
  "console/test/screens.browser.test.ts",
  "faults/first-start.test.ts",
  "console/test/loop.browser.test.ts",
  "stories/storage.story.test.ts",
];
const folders = ["/server/test/faults/", "/console/test/", "/server/test/stories/", ".db.test.ts"];

function rank({ moduleId }: TestSpecification): number {
  const place = slowest.findIndex((end) => moduleId.endsWith(end));
  if (place >= 0) return place;
  const folder = folders.findIndex((part) => moduleId.includes(part));
  return slowest.length + (folder >= 0 ? folder : folders.length);
}

export class SlowestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const usual = await super.sort(files);
    return usual.toSorted((a, b) => rank(a) - rank(b));
  }
}
