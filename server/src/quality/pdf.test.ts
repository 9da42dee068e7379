import { expect, test } from "vitest";
import { createPdf } from "./pdf.ts";

const written = (text: string): string => {
  const pdf = createPdf("月报");
  pdf.text(10, 10, text);
  return pdf.bytes().toString("latin1");
};

test("Latin is set in Helvetica, the middle dot between names too, Chinese by its codes", () => {
  const made = written("甲 · B");
  expect(made).toContain("/F3 10 Tf");
  expect(made).toContain("<7532> Tj");
  expect(made).toContain("( \u00b7 B) Tj");
  expect(made).not.toContain("<00b7>");
});

test("what a text says cannot end its string", () => {
  expect(written("a)\\(b")).toContain("(a\\)\\\\\\(b) Tj");
});
