import type { Words } from "@stork/contract/common.ts";
import type { Purpose } from "@stork/contract/privacy.ts";

/** What is asked of her, in her words; version 0, until the workspace writes its own. */
export const standardTexts = {
  service: {
    zh: "账号、安全和售后的通知。这是您使用服务所必需的。",
    en: "Notices about your account, safety and after-sales. They come with the service.",
  },
  orders: {
    zh: "为把您买的东西送到，使用您的订单、收货人和地址。",
    en: "Your orders, recipient and address, used to deliver what you bought.",
  },
  marketing: {
    zh: "给我发送商品和活动的消息。",
    en: "Send me messages about products and offers.",
  },
  personalisation: {
    zh: "根据我的浏览和购买来挑选内容。关闭后，不再按您的情况挑选。",
    en: "Choose what I see by what I looked at and bought. Off: nothing is chosen by what is known of you.",
  },
  automated: {
    zh: "允许由程序自动决定优惠等对我有影响的事。关闭后由人来决定。",
    en: "Let a program decide things that matter to me, such as discounts. Off: a person decides.",
  },
  research: {
    zh: "邀请我参加调研，并把我的资料用于统计。",
    en: "Invite me to surveys, and use my data for statistics.",
  },
  child: {
    zh: "作为监护人，我同意把这位宝宝的生日或预产期用于合适月龄的内容。满 14 周岁时自动失效。",
    en: "As the guardian I agree that this child's birthday or due date is used for what suits its age. It ends by itself at 14.",
  },
  health: {
    zh: "作为监护人，我单独同意使用孕期、过敏和喂养信息来避免推荐不合适的东西。",
    en: "As the guardian I agree, separately, that pregnancy, allergy and feeding are used so that nothing unsuitable is offered.",
  },
  sharing: {
    zh: "把我的资料提供给合作方（例如广告平台），让我在别处也看到相关内容。",
    en: "Give my data to partners, such as advertising platforms, so that I see related things elsewhere.",
  },
  abroad: {
    zh: "允许把我的资料传到境外处理。",
    en: "Let my data be sent abroad to be processed.",
  },
} as const satisfies Record<Purpose, Words>;
