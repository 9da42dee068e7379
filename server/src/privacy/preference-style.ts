/** The page's whole look: no script, no font, no picture is loaded, so that it opens at once on any phone. */
export const style = `*{box-sizing:border-box}html{-webkit-text-size-adjust:100%}
:root{--paper:#faf8f5;--card:#fff;--ink:#2b2a28;--soft:#5c5a56;--line:#e8e3dc;--teal:#0b6e69;--on:#fff;--calm:#eef3f1}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.65 -apple-system,"PingFang SC","Noto Sans CJK SC",system-ui,sans-serif;overflow-wrap:anywhere}
main{max-width:520px;margin:0 auto;padding:20px 16px 48px}
header{display:flex;justify-content:space-between;align-items:center;gap:12px;min-height:44px}
header .brand{font-weight:600}header a{color:var(--soft);text-decoration:none;padding:10px 4px}
h1{font-size:26px;line-height:1.3;margin:20px 0 8px}h2{font-size:18px;margin:0 0 4px}
h3{font-size:16px;margin:16px 0 0;padding-top:16px;border-top:1px solid var(--line)}h2+h3{border-top:0;padding-top:0;margin-top:8px}h3+.row,h3+.owed{border-top:0}
p{margin:0 0 8px;color:var(--soft)}section{background:var(--card);border-radius:14px;padding:20px 16px;margin-top:16px}
.row{display:flex;justify-content:space-between;align-items:center;gap:16px;padding:12px 0;border-top:1px solid var(--line)}
.row:first-of-type{border-top:0}.row span{flex:1}.row.inner span{padding-left:16px;color:var(--soft)}
button{font:inherit;color:inherit;cursor:pointer;min-height:48px;border-radius:10px;border:1px solid var(--line);background:none;padding:10px 16px}
button.wide{width:100%;margin-top:12px}button.calm{background:var(--teal);border-color:var(--teal);color:var(--on)}
form+p{margin-top:8px}button.plain{border:0;text-decoration:underline;color:var(--soft);padding:10px 0}
button.switch{position:relative;flex:none;width:60px;min-height:44px;border:0;padding:0}
button.switch::before{content:"";position:absolute;inset:7px 4px;border-radius:15px;background:#a8a39b}
button.switch::after{content:"";position:absolute;top:10px;left:7px;width:24px;height:24px;border-radius:50%;background:#fff}
button.switch[aria-checked=true]::before{background:var(--teal)}button.switch[aria-checked=true]::after{left:29px}
button:focus-visible,a:focus-visible,summary:focus-visible,input:focus-visible{outline:3px solid var(--ink);outline-offset:2px}
.owed{border-top:1px solid var(--line);border-left:4px solid var(--teal);padding:12px 0 4px 12px}.owed .changed{color:var(--ink);font-weight:600}.owed .asked{color:var(--ink)}
.asked-for{list-style:none;margin:0;padding:0}.asked-for li{border-top:1px solid var(--line);padding:12px 0;color:var(--soft)}.asked-for b{color:var(--ink)}
.answers{display:flex;gap:12px}.answers form{flex:1;margin:0 0 8px}.answers button{width:100%}
.quiet{background:var(--calm)}.notice{border-left:4px solid var(--teal);background:var(--card);border-radius:10px;padding:12px 16px;margin:16px 0 0;color:var(--ink)}
details{border-top:1px solid var(--line)}summary{cursor:pointer;padding:12px 0;min-height:44px;color:var(--soft)}
fieldset{border:0;padding:0;margin:0 0 12px;display:flex;gap:20px}fieldset label{display:flex;gap:8px;align-items:center;min-height:44px}
input[type=date]{width:100%;min-height:48px;font:inherit;color:inherit;padding:8px 12px;border:1px solid #a8a39b;border-radius:10px;background:var(--card)}
.sr{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
footer{text-align:center;margin-top:20px;font-size:14px}.stranger{text-align:center;padding-top:20vh}
@media (prefers-color-scheme:dark){:root{--paper:#1c1b1a;--card:#282624;--ink:#f2efea;--soft:#bdb8b0;--line:#3b3835;--teal:#3fb5ac;--on:#10201f;--calm:#24302e}}`;
