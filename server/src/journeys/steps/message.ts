import type { StepMeaning } from "../step.ts";

/** Hands a message to the send log, where the gate decides; the run goes on at once. */
export const message: StepMeaning<"message"> = {
  take: () => ({ next: "send" }),
  asks: () => null,
  says: ({ channel, content }) => ({ channel, content }),
  sentence: ({ channel, content }, { channels }) => {
    const by = channels.get(channel) ?? channel;
    const subject = content.subject.replaceAll(/\{%.*?%\}/g, "").replaceAll(variable, "$1");
    return { zh: `发送「${subject}」，经 ${by}`, en: `send “${subject}” by ${by}` };
  },
};

/** A variable with a default reads as its default. */
const variable = /\{\{[^}]*?(?:default:\s*["']([^"']*)["'][^}]*)?\}\}/g;
