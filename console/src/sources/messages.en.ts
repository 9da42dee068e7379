import type { English } from "../i18n/english.ts";
import type { zh } from "./messages.zh.ts";

export const en: English<typeof zh> = {};
