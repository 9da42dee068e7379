import { describe, expect, test } from "vitest";
import { createVoice } from "./voice.ts";

function heard(isTTY: boolean) {
  let text = "";
  const voice = createVoice({ isTTY, write: (more) => (text += more) });
  return { voice, text: () => text };
}

describe("progress", () => {
  test("is one bar on a terminal, ended by a new line", () => {
    const { voice, text } = heard(true);
    for (let done = 0; done <= 100; done += 50) voice.progress("import", done, 100, `${done} rows`);
    expect(text().split("\n")).toHaveLength(2);
    expect(text()).toContain("100%");
  });

  test("is a line every tenth in a log", () => {
    const { voice, text } = heard(false);
    for (let done = 0; done <= 1000; done += 1) voice.progress("import", done, 1000);
    expect(text().trim().split("\n")).toHaveLength(11);
  });

  test("knows nothing of an empty whole, and says so without dividing by it", () => {
    const { voice, text } = heard(false);
    voice.progress("import", 0, 0);
    expect(text()).toContain("0%");
  });
});
