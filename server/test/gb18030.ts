import iconv from "iconv-lite";

/** A text in the encoding in which Chinese shops' back offices write their files; Node itself can only read it. */
export const gb18030 = (text: string): Buffer => iconv.encode(text, "gb18030");
