import type { Command } from "./command.ts";

export const signIn: Command = {
  usage: "",
  summary: { zh: "为所有者新建一次性登录链接", en: "Makes a one-time sign-in link for the owner" },
  options: {},
  arguments: { least: 0, most: 0 },
  async run({ api }) {
    const { call } = await api();
    const { link } = await call<{ link: string }>("POST", "/api/v1/session/link");
    return { json: { link }, lines: [link] };
  },
};
