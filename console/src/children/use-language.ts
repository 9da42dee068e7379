import { useFormats } from "../shell/session.tsx";

/** The side of a pair of words that is shown. */
export function useLanguage(): "zh" | "en" {
  return useFormats().language === "zh-CN" ? "zh" : "en";
}
