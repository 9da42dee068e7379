import { execFileSync } from "node:child_process";
import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { example, recipes } from "./example.ts";

test("the example's signature is the one that Standard Webhooks asks for", () => {
  const key = Buffer.from(example.secret.slice("whsec_".length), "base64");
  expect(key.length).toBe(32);
  const signed = createHmac("sha256", key)
    .update(`${example.id}.${example.timestamp}.${example.body}`)
    .digest("base64");
  expect(example.signature).toBe(`v1,${signed}`);
});

test("the shell's recipe prints it", () => {
  const printed = execFileSync("sh", ["-c", recipes.shell.code], { encoding: "utf8" });
  expect(`v1,${printed.trim()}`).toBe(example.signature);
});
