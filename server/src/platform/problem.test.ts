import { because } from "@stork/contract/common.ts";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { answerTo, languageOf } from "./problem.ts";
import { Refusal } from "./refusal.ts";
import { refusals } from "./refusals.ts";
import { validatorCompiler } from "./validator.ts";

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

test("what a schema turns down is said in the caller's language, the schema's own rules too", () => {
  const schema = z
    .object({ name: z.string().min(1), kind: z.enum(["a", "b"]), age: z.number().max(9) })
    .refine(({ name }) => name !== "x", because("不能叫 x", "not x"));
  const read = validatorCompiler({ schema, method: "POST", url: "/", httpPart: "body" });
  const saidOf = (sent: unknown, language: "zh-CN" | "en") => {
    const { error: validation } = read(sent) as { error: unknown };
    const { errors } = answerTo({ validation, validationContext: "body" }, language).problem;
    return errors?.map(({ path, message }) => `${path} ${message}`);
  };
  const wrong = { name: 3, kind: "c", age: 10 };
  expect(saidOf(wrong, "en")).toEqual([
    "body.name Invalid input: expected string, received number",
    'body.kind Invalid option: expected one of "a"|"b"',
    "body.age Too big: expected number to be <=9",
  ]);
  const zh = saidOf({ ...wrong, name: undefined }, "zh-CN") ?? [];
  expect(zh.map((line) => line.split(" ")[0])).toEqual(["body.name", "body.kind", "body.age"]);
  for (const line of zh) expect(line).toMatch(/[\u4e00-\u9fff]/);
  expect(zh[0]).toContain("期望 文本，实际接收 空");
  expect(zh[1]).toContain('"a"|"b"');
  expect(saidOf({ ...wrong, name: "" }, "zh-CN")?.[0]).toBe("body.name 应至少 1 字符");
  const own = { name: "x", kind: "a", age: 1 };
  expect([saidOf(own, "zh-CN"), saidOf(own, "en")]).toEqual([["body. 不能叫 x"], ["body. not x"]]);
  expect(read({ ...own, name: "y" })).toEqual({ value: { ...own, name: "y" } });
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
