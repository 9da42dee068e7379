import { Language } from "@stork/contract/common.ts";
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from "react";
import { speak } from "../api/client.ts";
import { changeLanguage } from "../i18n/i18n.ts";
import { cssTokens, type Scheme } from "../ui/theme.ts";

/** What this browser remembers of its user: the language and light or dark. */
export interface Preferences {
  language: Language;
  look: Scheme | "system";
  scheme: Scheme;
  setLanguage(to: Language): void;
  setLook(to: Scheme | "system"): void;
}

const Context = createContext<Preferences | null>(null);
const languageKey = "stork.language";
const lookKey = "stork.look";

export function storedLanguage(): Language {
  const stored = Language.safeParse(localStorage.getItem(languageKey));
  if (stored.success) return stored.data;
  return navigator.language.toLowerCase().startsWith("en") ? "en" : "zh-CN";
}

function storedLook(): Scheme | "system" {
  const stored = localStorage.getItem(lookKey);
  return stored === "light" || stored === "dark" ? stored : "system";
}

export function PreferencesProvider({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useState(storedLanguage);
  const [look, setLook] = useState(storedLook);
  const systemDark = useSystem("(prefers-color-scheme: dark)");
  const scheme: Scheme = look === "system" ? (systemDark ? "dark" : "light") : look;

  speak(language);
  useEffect(() => {
    document.documentElement.lang = language;
    void changeLanguage(language);
  }, [language]);
  useEffect(() => {
    const { style, dataset } = document.documentElement;
    for (const [name, value] of Object.entries(cssTokens(scheme))) style.setProperty(name, value);
    style.colorScheme = scheme;
    dataset["scheme"] = scheme;
  }, [scheme]);

  const value = useMemo<Preferences>(
    () => ({
      language,
      look,
      scheme,
      setLanguage: (to) => {
        localStorage.setItem(languageKey, to);
        setLanguage(to);
      },
      setLook: (to) => {
        localStorage.setItem(lookKey, to);
        setLook(to);
      },
    }),
    [language, look, scheme],
  );
  return <Context value={value}>{children}</Context>;
}

export function usePreferences(): Preferences {
  const found = useContext(Context);
  if (found === null) throw new Error("usePreferences outside of its provider");
  return found;
}

/** Whether the system wishes something, followed as it changes. */
export function useSystem(wish: string): boolean {
  const query = useMemo(() => window.matchMedia(wish), [wish]);
  const [wished, setWished] = useState(query.matches);
  useEffect(() => {
    const follow = () => setWished(query.matches);
    query.addEventListener("change", follow);
    return () => query.removeEventListener("change", follow);
  }, [query]);
  return wished;
}
