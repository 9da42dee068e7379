import { createServer } from "node:net";
import { Trouble } from "./trouble.ts";

/** Tries the port before minutes of other work, and says what to do when it cannot be had. */
export function checkPort(host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", (error: NodeJS.ErrnoException) => reject(portTrouble(host, port, error)));
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve()));
  });
}

export function portTrouble(host: string, port: number, error: NodeJS.ErrnoException): Error {
  if (error.code === "EADDRINUSE") {
    return new Trouble(
      `端口 ${port} 已被占用。请停止占用它的程序，或换一个端口：STORK_PORT=${port + 1} npm start`,
      `Port ${port} is taken. Stop the program that has it, or use another: STORK_PORT=${port + 1} npm start`,
      error,
    );
  }
  if (error.code === "EACCES") {
    return new Trouble(
      `没有权限监听端口 ${port}。请用 1024 以上的端口：STORK_PORT=7180 npm start`,
      `Port ${port} may not be opened by this user. Use one above 1024: STORK_PORT=7180 npm start`,
      error,
    );
  }
  if (error.code === "EADDRNOTAVAIL" || error.code === "ENOTFOUND") {
    return new Trouble(
      `本机没有地址 ${host}。请改正 STORK_HOST（127.0.0.1 只对本机，0.0.0.0 对所有网络）。`,
      `This machine has no address ${host}. Correct STORK_HOST (127.0.0.1 for this machine only, 0.0.0.0 for every network).`,
      error,
    );
  }
  return error;
}
