import { describe, expect, test } from "vitest";
import { answerTo, languageOf } from "./problem.ts";
import { Refusal } from "./refusal.ts";
import { refusals } from "./refusals.ts";

const codeOf = (error: unknown) => answerTo(error, "zh-CN").problem.code;

describe("an error, to the one who asked", () => {
  test("a refusal is said in the caller's language, with its params", () => {
    const refusal = new Refusal(refusals.slugTaken, { slug: "brand" });
    expect(answerTo(refusal, "en").problem).toMatchObject({
      status: 409,
      title: 'The workspace slug "brand" is taken; choose another.',
    });
    expect(answerTo(refusal, "zh-CN").problem.title).toBe("工作区标识「brand」已被使用，请换一个。");
  });

  test("engines that are away and disks that are full may be tried again, whatever layer says so", () => {
    const inner = Object.assign(new Error("write failed"), { code: "ENOSPC" });
    expect(codeOf(new Error("commit", { cause: new Error("insert", { cause: inner }) }))).toBe(
      "server/disk-full",
    );
    expect(codeOf(Object.assign(new Error("no room"), { code: "53100" }))).toBe("server/disk-full");
    expect(codeOf(new Error("Code: 243. DB::Exception: (NOT_ENOUGH_SPACE)"))).toBe("server/disk-full");
    expect(codeOf(new Error("Connection terminated unexpectedly"))).toBe("server/engine-away");
    expect(answerTo(Object.assign(new Error("x"), { code: "ECONNREFUSED" }), "en")).toMatchObject({
      retry: true,
      bug: false,
    });
  });

  test("anything else is ours, and tells nothing of itself", () => {
    const { problem, bug } = answerTo(new Error("13800138000 is a duplicate"), "zh-CN");
    expect(bug).toBe(true);
    expect(JSON.stringify(problem)).not.toContain("13800138000");
    expect(problem).toMatchObject({ status: 500, code: "server/failed" });
    expect(codeOf(undefined)).toBe("server/failed");
  });
});

describe("the language of a caller", () => {
  test.each([
    ["en-GB,en;q=0.9,zh;q=0.8", "en"],
    ["zh-CN,zh;q=0.9,en;q=0.8", "zh-CN"],
    ["fr,en;q=0.5", "en"],
    ["fr", "zh-CN"],
    [undefined, "zh-CN"],
  ])("%s → %s", (header, language) => expect(languageOf(header)).toBe(language));
});
