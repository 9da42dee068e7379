import { availableParallelism, cpus, totalmem } from "node:os";

/** What the figures were measured on. */
export const machine = () => ({
  cores: availableParallelism(),
  model: cpus()[0]?.model.trim() ?? "",
  memoryGb: Math.round(totalmem() / 1024 ** 3),
  platform: `${process.platform} ${process.arch}`,
  node: process.versions.node,
});
