import type { Preset } from "./preset.ts";
import { aliMumBaby } from "./presets/ali-mum-baby.ts";
import { orders } from "./presets/orders.ts";

export const presets = { "ali-mum-baby": aliMumBaby, orders } as const satisfies Record<string, Preset>;

export type PresetId = keyof typeof presets;

/** undefined for a name that is none; also for those every object has, such as `constructor`. */
export const presetOf = (id: string): Preset | undefined =>
  Object.hasOwn(presets, id) ? presets[id as PresetId] : undefined;
