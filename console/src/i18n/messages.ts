import { en as campaignsEn } from "../campaigns/messages.en.ts";
import { zh as campaignsZh } from "../campaigns/messages.zh.ts";
import { en as childrenEn } from "../children/messages.en.ts";
import { zh as childrenZh } from "../children/messages.zh.ts";
import { en as dataEn } from "../data/messages.en.ts";
import { zh as dataZh } from "../data/messages.zh.ts";
import { en as dictionaryEn } from "../dictionary/messages.en.ts";
import { zh as dictionaryZh } from "../dictionary/messages.zh.ts";
import { en as exportsEn } from "../exports/messages.en.ts";
import { zh as exportsZh } from "../exports/messages.zh.ts";
import { en as familiesEn } from "../families/messages.en.ts";
import { zh as familiesZh } from "../families/messages.zh.ts";
import { en as identityEn } from "../identity/messages.en.ts";
import { zh as identityZh } from "../identity/messages.zh.ts";
import { en as importsEn } from "../imports/messages.en.ts";
import { zh as importsZh } from "../imports/messages.zh.ts";
import { en as journeysEn } from "../journeys/messages.en.ts";
import { zh as journeysZh } from "../journeys/messages.zh.ts";
import { en as linkingEn } from "../linking/messages.en.ts";
import { zh as linkingZh } from "../linking/messages.zh.ts";
import { en as overviewEn } from "../overview/messages.en.ts";
import { zh as overviewZh } from "../overview/messages.zh.ts";
import { en as privacyEn } from "../privacy/messages.en.ts";
import { zh as privacyZh } from "../privacy/messages.zh.ts";
import { en as qualityEn } from "../quality/messages.en.ts";
import { zh as qualityZh } from "../quality/messages.zh.ts";
import { en as quarantineEn } from "../quarantine/messages.en.ts";
import { zh as quarantineZh } from "../quarantine/messages.zh.ts";
import { en as rightsEn } from "../rights/messages.en.ts";
import { zh as rightsZh } from "../rights/messages.zh.ts";
import { en as segmentsEn } from "../segments/messages.en.ts";
import { zh as segmentsZh } from "../segments/messages.zh.ts";
import { en as settingsEn } from "../settings/messages.en.ts";
import { zh as settingsZh } from "../settings/messages.zh.ts";
import { en as shellEn } from "../shell/messages.en.ts";
import { zh as shellZh } from "../shell/messages.zh.ts";
import { en as sourcesEn } from "../sources/messages.en.ts";
import { zh as sourcesZh } from "../sources/messages.zh.ts";
import { en as storageEn } from "../storage/messages.en.ts";
import { zh as storageZh } from "../storage/messages.zh.ts";
import { en as uiEn } from "../ui/messages.en.ts";
import { zh as uiZh } from "../ui/messages.zh.ts";
import { en as webhooksEn } from "../webhooks/messages.en.ts";
import { zh as webhooksZh } from "../webhooks/messages.zh.ts";

/** Every text of the console by key; a room's keys begin with its name. */
export const zh = {
  ...uiZh,
  ...shellZh,
  ...overviewZh,
  ...familiesZh,
  ...childrenZh,
  ...identityZh,
  ...linkingZh,
  ...segmentsZh,
  ...campaignsZh,
  ...journeysZh,
  ...dataZh,
  ...importsZh,
  ...sourcesZh,
  ...quarantineZh,
  ...qualityZh,
  ...dictionaryZh,
  ...storageZh,
  ...privacyZh,
  ...rightsZh,
  ...exportsZh,
  ...settingsZh,
  ...webhooksZh,
};
export const en = {
  ...uiEn,
  ...shellEn,
  ...overviewEn,
  ...familiesEn,
  ...childrenEn,
  ...identityEn,
  ...linkingEn,
  ...segmentsEn,
  ...campaignsEn,
  ...journeysEn,
  ...dataEn,
  ...importsEn,
  ...sourcesEn,
  ...quarantineEn,
  ...qualityEn,
  ...dictionaryEn,
  ...storageEn,
  ...privacyEn,
  ...rightsEn,
  ...exportsEn,
  ...settingsEn,
  ...webhooksEn,
};

export type Key = keyof typeof zh;
