/** An instant as ClickHouse reads a DateTime64(3, 'UTC'). */
export const timestamp = (at: Date): string => at.toISOString().replace("T", " ").replace("Z", "");
