import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const server = process.env["STORK_URL"] ?? "http://127.0.0.1:7180";

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  server: { proxy: { "/api": server, "/v1": server } },
  build: {
    outDir: "dist",
    emptyOutDir: true,
    // The chart engine and the date picker are their own chunks, fetched only by the rooms that show them.
    chunkSizeWarningLimit: 900,
  },
});
