import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import { Button } from "antd";
import type { ReactNode } from "react";
import { useSay } from "../i18n/i18n.ts";
import { RowsSkeleton, Trouble } from "./states.tsx";

/** How the next page of a list is had. */
export interface More {
  has: boolean;
  loading: boolean;
  load(): void;
}

/** A list that comes in pages: while it comes, when it does not, when there is nothing, and its rows so far. */
export function Paged<Row>({
  query,
  skeleton,
  empty,
  children,
}: {
  query: UseInfiniteQueryResult<InfiniteData<{ items: Row[] }>>;
  /** How many rows are drawn grey meanwhile. */
  skeleton?: number;
  empty: ReactNode;
  children(rows: Row[], more: More): ReactNode;
}) {
  if (query.isPending) return <RowsSkeleton {...(skeleton === undefined ? {} : { rows: skeleton })} />;
  if (query.isError) return <Trouble error={query.error} retry={() => void query.refetch()} />;
  const rows = query.data.pages.flatMap(({ items }) => items);
  if (rows.length === 0) return empty;
  return children(rows, {
    has: query.hasNextPage,
    loading: query.isFetchingNextPage,
    load: () => void query.fetchNextPage(),
  });
}

/** The button below a list that goes on. */
export function LoadMore({ more }: { more: More }) {
  const say = useSay();
  if (!more.has) return null;
  return (
    <div className="centre">
      <Button onClick={more.load} loading={more.loading}>
        {say("ui.loadMore")}
      </Button>
    </div>
  );
}
