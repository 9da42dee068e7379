import { describe } from "vitest";
import { askedAgain } from "./families/asked-again.ts";
import { theStageCalendar } from "./families/calendar.ts";
import { whoCaresForWhom } from "./families/carers.ts";
import { datesKeptBack } from "./families/kept-back.ts";
import { childrenByStaff } from "./families/staff-children.ts";
import { enteringAStage } from "./families/stage-entries.ts";
import { familiesWorld } from "./families/world.ts";

const world = familiesWorld();
describe("who cares for whom", () => whoCaresForWhom(world));
describe("children by staff", () => childrenByStaff(world));
describe("dates kept back", () => datesKeptBack(world));
describe("the stage calendar", () => theStageCalendar(world));
describe("entering a stage", () => enteringAStage(world));
describe("a consent text that changes", () => askedAgain(world));
