import { expect, test } from "vitest";
import { shownMail } from "./shown-mail.ts";

const mail = {
  id: 7,
  to: "xiaoyu@x.test",
  subject: "王小雨，您好",
  html: '<p>王小雨</p><a href="https://stork.test/u/token">退订</a>',
  receivedAt: new Date("2026-06-01T04:00:00Z"),
};

test("a mail opens for who may see whole names; the address is masked for everybody", () => {
  const { subject, html } = mail;
  expect(shownMail(mail, { whole: true, language: "zh-CN" })).toEqual({
    id: "7",
    to: "x***@x.test",
    subject,
    html,
    receivedAt: "2026-06-01T04:00:00.000Z",
  });
});

test.each(["zh-CN", "en"] as const)("others see that it came and why it stays closed, in %s", (language) => {
  const shown = shownMail(mail, { whole: false, language });
  expect(shown).toMatchObject({ id: "7", to: "x***@x.test" });
  expect(JSON.stringify(shown)).not.toMatch(/小雨|token|xiaoyu/);
  expect(shown.html).toMatch(language === "en" ? /your role/ : /您的角色/);
});
