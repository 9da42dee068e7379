import type { Language } from "@stork/contract/common.ts";
import i18next from "i18next";
import { initReactI18next, useTranslation } from "react-i18next";
import { en, type Key, zh } from "./messages.ts";

export async function startWords(language: Language): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: "zh-CN",
    resources: { "zh-CN": { translation: zh }, en: { translation: en } },
    keySeparator: false,
    nsSeparator: false,
    interpolation: { escapeValue: false },
    returnNull: false,
  });
}

export const changeLanguage = (language: Language) => i18next.changeLanguage(language);

/** Says a text by its key; `count` chooses the English singular. Values are pasted as given, so format numbers first. */
export type Say = (key: Key, values?: Record<string, string | number>) => string;

export function useSay(): Say {
  const { t } = useTranslation();
  return t as unknown as Say;
}
