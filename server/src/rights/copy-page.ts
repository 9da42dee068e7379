/** What she sees before she takes her copy: one button, which the link's one use is for; null: it is no good any more. */
export const copyPage = (
  token: string | null,
): string => `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex">
<title>个人信息副本 Copy of personal data</title>
<style>body{font:17px/1.7 "PingFang SC","Noto Sans CJK SC",sans-serif;max-width:30rem;margin:15vh auto;padding:0 1.5rem;color:#22302e}
button{width:100%;padding:.8rem;border:0;border-radius:.5rem;background:#0f766e;color:#fff;font:inherit}p{color:#596663}</style>
</head><body>${
  token === null
    ? `<h1>链接已失效</h1><p>这个链接已用过或已过期，请联系客服再要一个。</p>
<p lang="en">This link was used or has expired; ask for another.</p>`
    : `<h1>您的个人信息副本</h1><p>压缩包里有一份可阅读的网页和一份机器可读的数据。链接只能用一次，请保存好文件。</p>
<p lang="en">A readable page and machine-readable data in one archive. The link works once; keep the file safe.</p>
<form method="post" enctype="text/plain" action="/copies/${encodeURIComponent(token)}"><button>下载 Download</button></form>`
}</body></html>`;
