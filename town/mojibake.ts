const gbk = new TextDecoder("gb18030");
const utf8 = new TextEncoder();

/** Text whose UTF-8 bytes were read as GBK, as happens between two programs that each believe themselves right: 奶粉 → 濂剁矇. */
export const mojibake = (text: string): string => gbk.decode(utf8.encode(text));

/** Text of which the encoding lost everything: each character became 锟斤拷 or a mark. */
export const lostText = (text: string): string => "锟斤拷".repeat(Math.max(1, Math.ceil(text.length / 2)));
