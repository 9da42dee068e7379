// Begins a test run with the files that take longest, so that no worker is left alone with one of them at the end, and
// lets those that mostly wait take turns with those that mostly work, so that no core is left without work.
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** The slowest, by what their paths end in; the others follow, as vitest itself would order them. */
const slowest = [
  "console/test/screens.browser.test.ts",
  "faults/first-start.test.ts",
  "console/test/loop.browser.test.ts",
  "stories/storage.story.test.ts",
];
/** Its files wait half of their time for servers to start and end. */
const waiting = "/server/test/faults/";
const folders = ["/console/test/", "/server/test/stories/", ".db.test.ts"];

function place(list: readonly string[], found: (part: string) => boolean): number {
  const at = list.findIndex(found);
  return at >= 0 ? at : list.length;
}

export class SlowestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const usual = await super.sort(files);
    const placeOf = ({ moduleId }: TestSpecification) => place(slowest, (end) => moduleId.endsWith(end));
    const folderOf = ({ moduleId }: TestSpecification) => place(folders, (part) => moduleId.includes(part));
    const first = usual.filter((file) => placeOf(file) < slowest.length);
    const others = usual.filter((file) => !first.includes(file));
    const [waits = [], works = []] = [true, false].map((which) =>
      others.filter(({ moduleId }) => moduleId.includes(waiting) === which),
    );
    return [
      ...first.toSorted((a, b) => placeOf(a) - placeOf(b)),
      ...inTurns(
        waits,
        works.toSorted((a, b) => folderOf(a) - folderOf(b)),
      ),
    ];
  }
}

function inTurns<One>(some: readonly One[], others: readonly One[]): One[] {
  const pairs = others.flatMap((other, i) => [...some.slice(i, i + 1), other]);
  return [...pairs, ...some.slice(others.length)];
}
