import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { Auth } from "./auth.ts";
import { publicRoute } from "./workspace-route.ts";

/** One-time links. A spent one says how to get another. */
export function signInRoutes(http: FastifyInstance, { auth }: { auth: Auth }): void {
  publicRoute(
    http,
    {
      method: "GET",
      path: "/sign-in/:token",
      summary: "Spend a one-time sign-in link",
      params: z.object({ token: z.string() }),
      reply: null,
      hidden: true,
    },
    async ({ params, reply }) => {
      reply.header("cache-control", "no-store").header("referrer-policy", "no-referrer");
      const cookies = await auth.signInByLink(params.token);
      if (!cookies) return reply.code(410).type("text/html; charset=utf-8").send(spentPage);
      return reply.header("set-cookie", cookies).redirect("/");
    },
  );
}

const spentPage = `<!doctype html>
<html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>登录链接已失效 · Stork 育见</title>
<style>body{font:16px/1.7 system-ui,sans-serif;max-width:34rem;margin:15vh auto;padding:0 1rem;color:#222}code{background:#f3f3f3;padding:.1em .4em;border-radius:4px}</style>
<h1>登录链接已失效</h1>
<p>这个链接已经用过，或超过了七天。请用邮箱和密码<a href="/">登录</a>；没有设过密码的，请所有者在「设置 → 成员」里再发一个链接，或在服务器上运行 <code>npm run -s stork -- sign-in</code>。</p>
<p lang="en">This link was used already or is older than seven days. <a href="/">Sign in</a> with e-mail and password; if you have set none, ask an owner for another link, or run <code>npm run -s stork -- sign-in</code> on the server.</p>
</html>`;
