import type { Definition } from "@stork/contract/journeys.ts";

const dayMinutes = 1440;
const leave = '<p><a href="{{ unsubscribeUrl }}">不想再收到这类邮件</a></p>';
const hello = '<p>{{ person.name | default: "妈妈" }}，您好：</p>';
const body = (...lines: string[]): string => [hello, ...lines, leave].join("\n");

/** Whom the third journey calls back: a name of demoSegments. */
const quietSegment = "4–7 个月宝宝，买过奶粉，30 天没下单";

/**
 * Three that every shop of this kind has. Nothing is said on the first day, so that a campaign tried out on it finds
 * everybody unwritten to.
 */
export const demoJourneys = (
  channel: string,
  segments: Readonly<Record<string, number>>,
): readonly { name: string; definition: Definition }[] => [
  {
    name: "孕晚期待产包提醒",
    definition: {
      entry: { kind: "stage", in: ["pregnancy-3"] },
      steps: [
        { kind: "wait", minutes: 7 * dayMinutes, until: "10:00" },
        {
          kind: "message",
          channel,
          content: {
            subject: "待产包清单，慢慢备",
            body: body("<p>清单分成妈妈、宝宝和证件三页，一样一样来，不着急。</p>"),
          },
        },
        { kind: "wait", minutes: 21 * dayMinutes, until: "10:00" },
        {
          kind: "condition",
          where: {
            kind: "did",
            event: "Order Completed",
            where: [{ property: "category", op: "=", value: "maternity" }],
            count: { op: "=", value: 0 },
            withinDays: 28,
          },
        },
        {
          kind: "message",
          channel,
          content: {
            subject: "待产包还差什么？",
            body: body("<p>常有人漏掉的三样：产褥垫、吸管杯、宝宝的包被。</p>"),
          },
        },
      ],
      reentry: { kind: "once" },
    },
  },
  {
    name: "首单后喂养关怀",
    definition: {
      entry: {
        kind: "event",
        event: "Order Completed",
        where: [{ property: "category", op: "=", value: "formula" }],
      },
      steps: [
        { kind: "wait", minutes: 3 * dayMinutes, until: "10:00" },
        {
          kind: "message",
          channel,
          content: {
            subject: "奶粉到了，冲调有三个小提醒",
            body: body("<p>先水后粉，水温看罐身；开罐后一个月内喝完。有疑问直接回复这封邮件。</p>"),
          },
        },
      ],
      reentry: { kind: "once" },
    },
  },
  {
    name: "沉睡妈妈唤回",
    definition: {
      entry: { kind: "segment", segment: String(segments[quietSegment] ?? 0), present: true },
      steps: [
        { kind: "wait", minutes: dayMinutes, until: "19:00" },
        {
          kind: "condition",
          where: { kind: "did", event: "Order Completed", count: { op: "=", value: 0 }, withinDays: 30 },
        },
        {
          kind: "message",
          channel,
          content: {
            subject: '{{ child.name | default: "宝宝" }}最近胃口还好吗？',
            body: body("<p>这个月龄常会换段或加辅食。这里有一页对照表，需要时看看就好。</p>"),
          },
        },
      ],
      reentry: { kind: "every", days: 90 },
    },
  },
];
