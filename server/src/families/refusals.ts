import type { RefusalKind } from "../platform/refusal.ts";

export const refusals = {
  unknownFamily: {
    code: "families/unknown",
    status: 404,
    retry: false,
    text: { zh: "没有这个家庭。", en: "There is no such family." },
  },
  unknownCarer: {
    code: "families/unknown-carer",
    status: 404,
    retry: false,
    text: { zh: "没有这位照护人。", en: "There is no such carer." },
  },
  notInFamily: {
    code: "families/not-in-family",
    status: 409,
    retry: false,
    text: {
      zh: "这个家庭只有这一位照护人，没有可以离开的家庭。",
      en: "This carer is alone in the family; there is nothing to leave.",
    },
  },
  elsewhere: {
    code: "families/elsewhere",
    status: 409,
    retry: false,
    text: {
      zh: "这位照护人已在另一个有多位照护人的家庭里。先让她离开那里，或把宝宝共享给她。",
      en: "This carer belongs to another family with other carers. Let them leave it first, or share the child.",
    },
  },
  tooManyCarers: {
    code: "families/too-many-carers",
    status: 409,
    retry: false,
    text: {
      zh: "一个家庭最多 {most} 位照护人。更多的人往往是同一家店或同一个宿舍。",
      en: "A family has at most {most} carers. More than that is usually a shop or a dormitory.",
    },
  },
  unknownChild: {
    code: "families/unknown-child",
    status: 404,
    retry: false,
    text: { zh: "这个家庭没有这个宝宝。", en: "This family has no such child." },
  },
  childKnown: {
    code: "families/child-known",
    status: 409,
    retry: false,
    text: {
      zh: "这个家庭已有同一天（或同一次孕期）的宝宝 {child}。如果是双胞胎，请加上 twin；否则请更正已有的那个。",
      en: "This family has a child of that date (or pregnancy) already: {child}. Say twin if there are two; otherwise correct that one.",
    },
  },
  impossibleDate: {
    code: "families/impossible-date",
    status: 422,
    retry: false,
    text: {
      zh: "这个日期不可能：生日不能在 1990 年之前或将来，预产期不能超过 300 天以后，领养不能早于出生。",
      en: "This date cannot be: a birthday is not before 1990 nor in the future, a due date at most 300 days off, an adoption not before the birth.",
    },
  },
  notShared: {
    code: "families/not-shared",
    status: 409,
    retry: false,
    text: {
      zh: "这个宝宝没有共享给这位照护人。",
      en: "This child is not shared with this carer.",
    },
  },
  sharedAtHome: {
    code: "families/shared-at-home",
    status: 409,
    retry: false,
    text: {
      zh: "这位照护人就在这个家庭里，已经能看到这个宝宝。",
      en: "This carer belongs to the family and sees the child already.",
    },
  },
  unknownChange: {
    code: "families/unknown-change",
    status: 404,
    retry: false,
    text: { zh: "没有这条变更记录。", en: "There is no such change." },
  },
  alreadyUndone: {
    code: "families/already-undone",
    status: 409,
    retry: false,
    text: {
      zh: "这一步已经撤销过，或后来的变化已使它不再成立。",
      en: "This was undone already, or what came later has made it void.",
    },
  },
  noteNeedsConsent: {
    code: "families/note-needs-consent",
    status: 403,
    retry: false,
    text: {
      zh: "过敏与喂养属于宝宝的健康信息，需要监护人对「健康信息」这一用途的单独同意。",
      en: "Allergy and feeding are health data of a child: a guardian's separate consent to the purpose “health” is needed.",
    },
  },
  calendarChanged: {
    code: "families/calendar-changed",
    status: 409,
    retry: false,
    text: {
      zh: "日历在此期间已被别人改过（现在是第 {version} 版）。请重新载入后再改。",
      en: "The calendar was changed by somebody else meanwhile (it is at version {version} now). Load it again and repeat the change.",
    },
  },
  badCalendar: {
    code: "families/bad-calendar",
    status: 422,
    retry: false,
    text: {
      zh: "日历里有读不懂的条目，见 errors。",
      en: "The calendar holds entries that make no sense; see errors.",
    },
  },
} as const satisfies Record<string, RefusalKind>;
