import { createBodies } from "../events/bodies.routes.ts";
import { collectRoutes } from "../events/collect.routes.ts";
import type { OnCommitted } from "../events/commit.store.ts";
import { findTopics } from "../events/device-sources.store.ts";
import { createDeviceSubscribers } from "../events/device-subscribers.client.ts";
import { deviceSettings, devicesRoutes } from "../events/devices.routes.ts";
import type { Events } from "../events/events.store.ts";
import { createIntake, type OnRefused } from "../events/intake.ts";
import type { QuarantinedKinds } from "../events/quarantine.ts";
import { quarantinedDevices, quarantinedEvents } from "../events/quarantined-events.ts";
import { refusedKeeper } from "../events/refused-keeper.store.ts";
import { segmentSettingsRoutes } from "../events/segment-settings.routes.ts";
import { sensorsRoutes, type TakeThings } from "../events/sensors.routes.ts";
import { createSourceWatch } from "../events/source-watch.store.ts";
import { sourcesRoutes } from "../events/sources.routes.ts";
import { keyedHash } from "../platform/crypto.ts";
import type { House } from "./house.ts";
import type { Known } from "./know.ts";

/** Every protocol that says live what happened; what is refused is counted, shown, and kept to be put right. */
export function listen(
  house: House,
  parts: Pick<Known, "people"> &
    Pick<Events, "collector" | "keys"> & { onCommitted: OnCommitted[]; kinds: QuarantinedKinds },
) {
  const { db, clickhouse, clock, log, http, master } = house;
  const { people, collector, keys, onCommitted, kinds } = parts;
  const { vault } = people;
  const watch = createSourceWatch({ db, clickhouse, clock, log });
  onCommitted.push(watch.onCommitted);
  watch.start();
  house.closing.push(() => watch.stop());
  const onRefused: OnRefused[] = [];
  const keepRefused = refusedKeeper({ db, vault });
  const intake = createIntake({ collector, log, watch, onRefused, keepRefused });
  const things: { take: TakeThings | null } = { take: null };
  const bodies = createBodies();
  collectRoutes(http, { intake, bodies, keys, clock });
  segmentSettingsRoutes(http, { keys });
  sensorsRoutes(http, { intake, bodies, keys, clock, takeThings: () => things.take });
  house.closing.push(() => collector.drained());
  const instance = keyedHash(master, "mqtt").toString("hex").slice(0, 8);
  const subscribers = createDeviceSubscribers({ db, vault, clock, log, intake, instance });
  subscribers.start();
  house.closing.push(() => subscribers.stop());
  const devicesDeps = { db, vault, clock, refresh: () => subscribers.refresh() };
  devicesRoutes(http, devicesDeps);
  sourcesRoutes(http, { db, clickhouse, clock, vault, keys, watch, devices: deviceSettings(devicesDeps) });
  const topicsOf = (workspace: number, source: number) => findTopics(db, workspace, source);
  const replaying = { intake, clock, topicsOf };
  kinds.event = quarantinedEvents(replaying);
  kinds.device = quarantinedDevices(replaying);
  return { onRefused, things };
}
