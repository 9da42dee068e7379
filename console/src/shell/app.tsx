import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { App as AntApp, ConfigProvider } from "antd";
import enUS from "antd/locale/en_US";
import zhCN from "antd/locale/zh_CN";
import dayjs from "dayjs";
import "dayjs/locale/zh-cn";
import { useEffect, useMemo, useState } from "react";
import { RouterProvider } from "react-router/dom";
import { asProblem } from "../api/problem.ts";
import { antdTheme } from "../ui/theme.ts";
import { keepShown } from "./behind.tsx";
import { PreferencesProvider, usePreferences, useSystem } from "./preferences.tsx";
import { makeRouter } from "./routes.tsx";
import { sessionKey } from "./session.tsx";

function makeQueries(): QueryClient {
  const queries = new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 15_000,
        // Only what may pass by itself is tried again: no connection, or an engine that is starting.
        retry: (count, error) => count < 2 && [0, 502, 503, 504].includes(asProblem(error).status),
        refetchOnWindowFocus: true,
      },
    },
    queryCache: new QueryCache({
      onError: (error, query) => {
        keepShown(query);
        if (query.queryKey[0] !== "session") noticeExpiry(error);
      },
    }),
    mutationCache: new MutationCache({ onError: noticeExpiry }),
  });
  /** A session that ended: ask who is signed in; the frame then leads to the sign-in page and back. */
  function noticeExpiry(error: unknown): void {
    if (asProblem(error).status === 401) void queries.invalidateQueries({ queryKey: sessionKey });
  }
  return queries;
}

export function App() {
  const [queries] = useState(makeQueries);
  return (
    <PreferencesProvider>
      <QueryClientProvider client={queries}>
        <Themed />
      </QueryClientProvider>
    </PreferencesProvider>
  );
}

function Themed() {
  const { language, scheme } = usePreferences();
  const motion = !useSystem("(prefers-reduced-motion: reduce)");
  const theme = useMemo(() => antdTheme(scheme, motion), [scheme, motion]);
  const [router] = useState(makeRouter);
  useEffect(() => {
    dayjs.locale(language === "zh-CN" ? "zh-cn" : "en");
  }, [language]);
  return (
    <ConfigProvider
      theme={theme}
      locale={language === "zh-CN" ? zhCN : enUS}
      wave={{ disabled: true }}
      button={{ autoInsertSpace: false }}
    >
      <AntApp message={{ maxCount: 3 }}>
        <RouterProvider router={router} />
      </AntApp>
    </ConfigProvider>
  );
}
