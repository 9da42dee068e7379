/** About how long: seconds, minutes, or hours and minutes. */
export function duration(seconds: number, english: boolean): string {
  if (seconds < 90) return english ? `${Math.ceil(seconds)} s` : `${Math.ceil(seconds)} 秒`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) return english ? `${minutes} min` : `${minutes} 分钟`;
  const hours = Math.floor(minutes / 60);
  return english ? `${hours} h ${minutes % 60} min` : `${hours} 小时 ${minutes % 60} 分钟`;
}
