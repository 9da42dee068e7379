import { metrics } from "../outcomes/metrics.ts";
import type { Figure } from "./entry.ts";

/** Which events each figure of the outcomes room is made of; none for those made of persons and children alone. */
export const eventsOfFigures: Readonly<Record<string, readonly string[]>> = {
  gmv: ["Order Completed"],
  orders: ["Order Completed"],
  buyers: ["Order Completed"],
  repeatRate: ["Order Completed"],
  newFamilies: [],
  messages: ["Message Sent"],
  optOuts: ["Message Unsubscribed"],
  stages: [],
  categories: ["Order Completed"],
  sent: ["Message Sent"],
  delivered: ["Message Delivered"],
  clicked: ["Message Clicked"],
  unsubscribed: ["Message Unsubscribed"],
  converted: ["Order Completed"],
  conversionLift: ["Order Completed"],
  revenueLift: ["Order Completed"],
  extraRevenue: ["Order Completed"],
};

export const figures: readonly Figure[] = metrics.map(({ id, name, definition, unit }) => ({
  ...{ id, name, definition, unit },
}));
