import type { English } from "../i18n/english.ts";
import type { zh } from "./messages.zh.ts";

export const en: English<typeof zh> = {
  "sources.title": "Where does data come from?",
  "sources.sub":
    "What happens on sites, mini-programs, apps and in stores arrives here live; Segment’s SDKs work unchanged.",
  "sources.make": "New source",
  "sources.empty": "No sources yet",
  "sources.emptyText":
    "Make a source, take its write key, paste a few lines: the first event shows within minutes.",
  "sources.name": "Name",
  "sources.namePlaceholder": "For example: mini-program shop",
  "sources.nameHelp": "One source per touch point tells later where each fact came from.",
  "sources.nameRule": "Enter a name of at most 80 characters",
  "sources.kind.http": "API (HTTP)",
  "sources.kind.file": "File import",
  "sources.last": "Newest",
  "sources.lastAt": "newest {{ago}}",
  "sources.waiting": "Nothing yet",
  "sources.today": "Today",
  "sources.todayOf": "{{n}} today",
  "sources.total": "In all",
  "sources.summary": "{{today}} today, {{total}} in all",
  "sources.unknown": "There is no such source",
  "sources.unknownText": "It may have been switched off. Look in the list.",
  "sources.remove": "Switch off",
  "sources.removeTitle": "Switch off “{{name}}”?",
  "sources.removeText":
    "Its write key stops working at once and what is sent with it is refused. What has arrived stays.",
  "sources.first": "Send a first event",
  "sources.arrived": "Data is arriving",
  "sources.listening": "Waiting for the first…",
  "sources.writeKey": "Write key",
  "sources.copyKey": "Copy the write key",
  "sources.snippet.curl": "Command line",
  "sources.snippet.node": "Node.js SDK",
  "sources.snippet.identify": "Say who she is",
  "sources.firstHelp":
    "Run it in a terminal: within seconds the light turns green and the event shows below. A write key can only write.",
  "sources.tail": "Events as they arrive",
  "sources.hold": "Hold",
  "sources.follow": "Follow",
  "sources.noEvents": "No recent events. New ones show here at once.",
};
