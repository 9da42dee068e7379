/** Whether what is ours may be sent there: over TLS, or in clear within the house (this machine, a private network, a name without a dot). */
export function mayPostTo({ protocol, hostname }: URL): boolean {
  if (protocol === "https:") return true;
  if (protocol !== "http:") return false;
  if (/^(127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.)[\d.]+$/.test(hostname)) return true;
  return (
    hostname === "[::1]" ||
    /^\[f[cd]/i.test(hostname) ||
    !/[.:]/.test(hostname) ||
    hostname.endsWith(".local")
  );
}
