import { Segmented } from "antd";
import { useState } from "react";
import { useSay } from "../i18n/i18n.ts";
import { CopyButton } from "../ui/copy-button.tsx";
import { Panel } from "../ui/page.tsx";
import { example, type Recipe, recipes, request } from "./example.ts";

const order = Object.keys(recipes) as Recipe[];

/** How a receiver verifies, in the languages they are most often written in. */
export function Verify() {
  const say = useSay();
  const [recipe, setRecipe] = useState<Recipe>("node");
  return (
    <div className="webhook-verify">
      <div className="row wrap">
        <Segmented<Recipe>
          size="small"
          aria-label={say("webhooks.recipes")}
          value={recipe}
          onChange={setRecipe}
          options={order.map((one) => ({ value: one, label: recipes[one].label }))}
        />
        <span className="push">
          <CopyButton text={recipes[recipe].code} label={say("ui.copy")} />
        </span>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard */}
      <pre className="code" tabIndex={0}>
        {recipes[recipe].code}
      </pre>
    </div>
  );
}

/** A signed request to try a receiver's code on, and the code beside it. */
export function Example() {
  const say = useSay();
  return (
    <div className="grid-2">
      <Panel title={say("webhooks.shape")} extra={<CopyButton text={request} label={say("ui.copy")} />}>
        <p className="soft panel-lead">{say("webhooks.shapeText")}</p>
        <pre className="code wrap-code">{request}</pre>
        <p className="webhook-example-secret">
          {say("webhooks.exampleSecret")} <code>{example.secret}</code>
        </p>
        <p className="faint">{say("webhooks.shapeOld")}</p>
      </Panel>
      <Panel title={say("webhooks.verify")}>
        <p className="soft panel-lead">{say("webhooks.verifyText")}</p>
        <Verify />
      </Panel>
    </div>
  );
}
