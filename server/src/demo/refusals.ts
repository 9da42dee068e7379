import type { RefusalKind } from "../platform/refusal.ts";

export const notTheDemo: RefusalKind = {
  code: "demo/not-the-demo",
  status: 409,
  retry: false,
  text: {
    zh: "只有演示工作区的数据流可以这样弄坏；这里不是演示工作区",
    en: "Only the feed of the demo workspace can be broken so; this is not the demo",
  },
};
