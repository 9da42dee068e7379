import { type Meaning, plain } from "../condition.ts";

/** Belongs to a saved segment: its condition is taken in, so the answer is as fresh as any other. */
export const member: Meaning<"member"> = {
  ...plain,
  label: { zh: "属于人群", en: "In a segment" },
  form: [{ name: "segment", label: { zh: "人群", en: "Segment" }, input: "segment", required: true }],
  query: ({ segment }, { segments }, inner) => inner(known(segments, segment).where),
  holds: ({ segment }, _facts, { segments }, inner) => inner(known(segments, segment).where),
  throughChild: ({ segment }, inner, { segments }) => {
    const where = segments.get(segment)?.where;
    return where !== undefined && inner(where);
  },
  sentence: ({ segment }, _inner, { segments }) => {
    const name = segments.get(segment)?.name ?? segment;
    return { zh: `属于人群「${name}」`, en: `is in the segment “${name}”` };
  },
  mentions: ({ segment }) => [{ segment }],
  problems: ({ segment }, { segments }) =>
    segments.has(segment)
      ? []
      : [
          {
            path: ["segment"],
            message: {
              zh: `没有编号为 ${shown(segment)} 的人群`,
              en: `there is no segment ${shown(segment)}`,
            },
          },
        ],
};

/** Only what may be a segment's number is said again: an error repeats nothing that could be about somebody. */
const shown = (id: string): string => (/^\d{1,9}$/.test(id) ? id : "…");

function known<T>(segments: ReadonlyMap<string, T>, id: string): T {
  const found = segments.get(id);
  // Checked before anything is compiled; a segment in use cannot be deleted.
  if (found === undefined) throw new RangeError("a condition mentions a segment that is not there");
  return found;
}
