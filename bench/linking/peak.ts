import { memoryMb } from "../processes.ts";

/** The most memory from now on, looked at four times a second by whoever has time to. */
export function peakOf(pid: number): { end(): number } {
  let most = memoryMb(pid);
  const look = () => {
    most = Math.max(most, memoryMb(pid));
  };
  const timer = setInterval(look, 250);
  return {
    end() {
      clearInterval(timer);
      look();
      // The thread that looks may be busy: the kernel's own high-water mark counts too, where it tells.
      return Math.max(most, Math.round(process.resourceUsage().maxRSS / 1024));
    },
  };
}
