import { randomInt } from "node:crypto";
import type { Clock } from "../platform/clock.ts";
import type { Outgoing, Verdict } from "./channel.ts";
import type { OpenChannel } from "./channels.ts";
import { type GatePass, isValid } from "./gate.ts";
import { post } from "./http.client.ts";
import { createSmtp, type HandOver } from "./smtp.client.ts";

/** The one door to the outside world. It opens for whom the gate gave a pass, and asks again at the last moment. */
export interface Deliverer {
  /** Which sender this is, among all server processes. */
  readonly sender: number;
  deliver(pass: GatePass, message: Outgoing, channel: OpenChannel, handOver: HandOver): Promise<Verdict>;
  close(): void;
}

export function createDeliverer(clock: Clock): Deliverer {
  const smtp = createSmtp();
  return {
    sender: randomInt(1, 2 ** 31 - 1),
    async deliver(pass, message, channel, handOver) {
      const stillMay = async (): Promise<boolean> => isValid(pass, clock.now()) && (await handOver());
      const effect = channel.request(message);
      const answer = effect.via === "smtp" ? await smtp.send(effect, stillMay) : await post(effect, stillMay);
      return channel.read(answer);
    },
    close: () => smtp.close(),
  };
}
