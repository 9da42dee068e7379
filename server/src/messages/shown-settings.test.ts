import { expect, test } from "vitest";
import { withoutKeys } from "./shown-settings.ts";

test("the values in an address's query are hidden, its names and everything else are not", () => {
  expect(withoutKeys({ url: "https://robot.test/send?access_token=hush&key=a%20b#x" })).toEqual({
    url: "https://robot.test/send?access_token=****&key=****#x",
  });
  for (const settings of [{ url: "https://x.test/in" }, { url: "odd" }, { host: "mail.test", port: 25 }])
    expect(withoutKeys(settings)).toEqual(settings);
});
