import { ClockCircleOutlined, FilterOutlined, LogoutOutlined, MailOutlined } from "@ant-design/icons";
import type { Step, StepKind } from "@stork/contract/journeys.ts";
import type { ComponentType, ReactNode } from "react";
import type { PartEditorProps } from "./editor.ts";
import { ConditionEditor } from "./step-condition.tsx";
import { ExitEditor } from "./step-exit.tsx";
import { MessageEditor } from "./step-message.tsx";
import { WaitEditor } from "./step-wait.tsx";

/** The editor of each kind of step; forgetting one does not compile. In the order in which they are offered. */
export const stepEditors: {
  [K in StepKind]: ComponentType<PartEditorProps<Extract<Step, { kind: K }>>>;
} = {
  message: MessageEditor,
  wait: WaitEditor,
  condition: ConditionEditor,
  exit: ExitEditor,
};

export const stepIcons: Record<StepKind, ReactNode> = {
  wait: <ClockCircleOutlined />,
  message: <MailOutlined />,
  condition: <FilterOutlined />,
  exit: <LogoutOutlined />,
};
