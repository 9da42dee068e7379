import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { startWords } from "./i18n/i18n.ts";
import { App } from "./shell/app.tsx";
import { storedLanguage } from "./shell/preferences.tsx";
import "./ui/base.css";
import "./ui/tables.css";
import "./ui/words.css";

const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no #root");
await startWords(storedLanguage());
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
