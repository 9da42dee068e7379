const style =
  'body{font:15px/1.7 -apple-system,"PingFang SC","Noto Sans CJK SC",sans-serif;color:#24221e;margin:16px;overflow-wrap:anywhere}img{max-width:100%}a{color:#0b655e}';

/** A mail's HTML as a page for a sandboxed frame. */
export const mailPage = (html: string): string =>
  `<!doctype html><meta charset="utf-8"><style>${style}</style>${html}`;
