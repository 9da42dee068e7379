import { createBrowserRouter, type RouteObject } from "react-router";
import { DataFirst, MovedToData } from "../data/moved.tsx";
import { PageSkeleton } from "../ui/states.tsx";
import { FirstWorkspace } from "./first-workspace.tsx";
import { Frame } from "./frame.tsx";
import { NotFound, RouteFailed } from "./not-found.tsx";

/** A page's code is fetched when it is first opened. */
const page = (path: string, load: () => Promise<{ Component: React.ComponentType }>): RouteObject => ({
  path,
  lazy: load,
});

const data: RouteObject[] = [
  { index: true, Component: DataFirst },
  page("sources", async () => ({ Component: (await import("../sources/sources-page.tsx")).SourcesPage })),
  page("sources/new", async () => ({
    Component: (await import("../sources/new-source-page.tsx")).NewSourcePage,
  })),
  page("sources/:source", async () => ({
    Component: (await import("../sources/source-page.tsx")).SourcePage,
  })),
  page("imports", async () => ({ Component: (await import("../imports/imports-page.tsx")).ImportsPage })),
  page("imports/new", async () => ({
    Component: (await import("../imports/new-import-page.tsx")).NewImportPage,
  })),
  page("imports/:import", async () => ({
    Component: (await import("../imports/import-page.tsx")).ImportPage,
  })),
  page("quarantine", async () => ({
    Component: (await import("../quarantine/quarantine-page.tsx")).QuarantinePage,
  })),
  page("quality", async () => ({ Component: (await import("../quality/quality-page.tsx")).QualityPage })),
  page("quality/alerts/:alert", async () => ({
    Component: (await import("../quality/alert-page.tsx")).AlertPage,
  })),
  page("quality/sources/:source", async () => ({
    Component: (await import("../quality/source-quality-page.tsx")).SourceQualityPage,
  })),
  page("dictionary", async () => ({
    Component: (await import("../dictionary/dictionary-page.tsx")).DictionaryPage,
  })),
  page("dictionary/entry", async () => ({
    Component: (await import("../dictionary/entry-page.tsx")).EntryPage,
  })),
  page("storage", async () => ({ Component: (await import("../storage/storage-page.tsx")).StoragePage })),
  { path: "*", Component: NotFound },
];

const trust: RouteObject[] = [
  { index: true, lazy: async () => ({ Component: (await import("../rights/rights-page.tsx")).RightsPage }) },
  page("texts", async () => ({ Component: (await import("../privacy/texts-page.tsx")).TextsPage })),
  page("turned-14", async () => ({
    Component: (await import("../privacy/turned-14-page.tsx")).Turned14Page,
  })),
  page("silences", async () => ({ Component: (await import("../privacy/silences-page.tsx")).SilencesPage })),
  page("looks", async () => ({ Component: (await import("../privacy/looks-page.tsx")).LooksPage })),
  page(":request", async () => ({ Component: (await import("../rights/request-page.tsx")).RequestPage })),
];

const rooms: RouteObject[] = [
  {
    index: true,
    lazy: async () => ({ Component: (await import("../overview/overview-page.tsx")).OverviewPage }),
  },
  page("families", async () => ({ Component: (await import("../families/families-page.tsx")).FamiliesPage })),
  page("families/linking", async () => ({
    Component: (await import("../linking/linking-page.tsx")).LinkingPage,
  })),
  page("families/review", async () => ({
    Component: (await import("../identity/review-page.tsx")).ReviewPage,
  })),
  page("families/rules", async () => ({ Component: (await import("../identity/rules-page.tsx")).RulesPage })),
  page("families/:person/identity", async () => ({
    Component: (await import("../identity/person-page.tsx")).PersonIdentityPage,
  })),
  page("families/:person/silences/:silence", async () => ({
    Component: (await import("../privacy/proof-page.tsx")).ProofPage,
  })),
  page("families/:person", async () => ({
    Component: (await import("../families/family-page.tsx")).FamilyPage,
  })),
  page("segments", async () => ({ Component: (await import("../segments/segments-page.tsx")).SegmentsPage })),
  page("segments/new", async () => ({
    Component: (await import("../segments/builder-page.tsx")).BuilderPage,
  })),
  page("segments/:segment", async () => ({
    Component: (await import("../segments/segment-page.tsx")).SegmentPage,
  })),
  page("segments/:segment/edit", async () => ({
    Component: (await import("../segments/builder-page.tsx")).BuilderPage,
  })),
  page("exports", async () => ({ Component: (await import("../exports/exports-page.tsx")).ExportsPage })),
  page("campaigns", async () => ({
    Component: (await import("../campaigns/campaigns-page.tsx")).CampaignsPage,
  })),
  page("campaigns/new", async () => ({
    Component: (await import("../campaigns/editor-page.tsx")).EditorPage,
  })),
  page("campaigns/journeys", async () => ({
    Component: (await import("../journeys/journeys-page.tsx")).JourneysPage,
  })),
  page("campaigns/journeys/new", async () => ({
    Component: (await import("../journeys/editor-page.tsx")).JourneyEditorPage,
  })),
  page("campaigns/journeys/:journey/edit", async () => ({
    Component: (await import("../journeys/editor-page.tsx")).JourneyEditorPage,
  })),
  page("campaigns/journeys/:journey", async () => ({
    Component: (await import("../journeys/journey-page.tsx")).JourneyPage,
  })),
  page("campaigns/:campaign", async () => ({
    Component: (await import("../campaigns/campaign-page.tsx")).CampaignPage,
  })),
  page("campaigns/:campaign/edit", async () => ({
    Component: (await import("../campaigns/editor-page.tsx")).EditorPage,
  })),
  {
    path: "data",
    lazy: async () => ({ Component: (await import("../data/data-hub.tsx")).DataHub }),
    children: data,
  },
  { path: "imports/*", Component: MovedToData },
  { path: "sources/*", Component: MovedToData },
  {
    path: "rights",
    lazy: async () => ({ Component: (await import("../rights/trust-hub.tsx")).TrustHub }),
    children: trust,
  },
  page("settings", async () => ({ Component: (await import("../settings/settings-page.tsx")).SettingsPage })),
  page("settings/:part", async () => ({
    Component: (await import("../settings/settings-page.tsx")).SettingsPage,
  })),
  page("settings/webhooks/:webhook", async () => ({
    Component: (await import("../webhooks/webhook-page.tsx")).WebhookPage,
  })),
  { path: "*", Component: NotFound },
];

export function makeRouter() {
  return createBrowserRouter([
    { path: "/", Component: FirstWorkspace, ErrorBoundary: RouteFailed },
    page("/sign-in", async () => ({ Component: (await import("./sign-in-page.tsx")).SignInPage })),
    {
      path: "/w/:workspace",
      Component: Frame,
      HydrateFallback: PageSkeleton,
      ErrorBoundary: RouteFailed,
      children: rooms,
    },
    { path: "*", Component: NotFound },
  ]);
}
