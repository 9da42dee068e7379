import type { English } from "../i18n/english.ts";
import type { zh } from "./messages.zh.ts";

export const en: English<typeof zh> = {
  "linking.title": "Records without a shared identifier: are they one person?",
  "linking.short": "Likeness model",
  "linking.sub":
    "Compares names, phones, addresses and birthdays, and says how likely two records are one person. What is not sure goes to review, where people decide.",
  "linking.run": "Compare now",
  "linking.running": "Comparing",
  "linking.failed": "The last run did not finish. Run it again; if it fails again, look at the log.",
  "linking.lastRun": "Last run",
  "linking.never":
    "Never run. Names and addresses are opened in memory only; what is kept are keys that cannot be read and counts.",
  "linking.ran":
    "Persons who took part: {{persons}}. Pairs compared: {{compared}}; sent to review: {{suggested}}, joined: {{joined}}, earlier questions taken back: {{withdrawn}}.",
  "linking.waiting": "{{n}} pairs wait for review",
  "linking.waiting_one": "{{n}} pair waits for review",
  "linking.thresholds": "From which chance on",
  "linking.review": "Send to review",
  "linking.reviewHelp": "Below it a pair is not mentioned.",
  "linking.certain": "Counts as certain",
  "linking.certainHelp": "Certain pairs are joined only when the switch below is on.",
  "linking.joinCertain": "Join certain pairs",
  "linking.joinCertainHelp": "Every join can be undone.",
  "linking.automatic": "Compare when new records come",
  "linking.automaticHelp": "Once a quarter of an hour at most; only new and changed persons.",
  "linking.save": "Save",
  "linking.saved": "Saved; it counts from the next run on",
  "linking.model": "Model, version {{version}}",
  "linking.learned":
    "Learned at {{at}} from {{pairs}} pairs of {{persons}} persons, without any labels. Of {{lambda}} pairs of persons about one is the same person.",
  "linking.builtIn":
    "Shipped figures are used: its own are learned from a thousand persons on, and are put aside where they are of households rather than of persons (couples who tell the same address and child). Of {{lambda}} pairs of persons about one is the same person.",
  "linking.m": "One person",
  "linking.u": "Two persons",
  "linking.bits": "Bits",
  "linking.chance": "{{share}} likely one person ({{bits}} bits)",
  "linking.bitsHelp": "Each bit doubles the odds.",
  "linking.prior": "Start",
  "linking.priorText": "any two persons",
  "linking.nothingSaid": "one of the two says nothing",
  "linking.rare": "rare, so it says more",
  "linking.common": "common, so it says little",
  "linking.sum": "Sum",
};
