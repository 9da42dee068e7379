import { CloudUploadOutlined } from "@ant-design/icons";
import type { Import } from "@stork/contract/imports.ts";
import { Button } from "antd";
import { Link } from "react-router";
import { useSay } from "../i18n/i18n.ts";
import { useFormats, useHere } from "../shell/session.tsx";
import { type Column, Listing } from "../ui/listing.tsx";
import { useNow } from "../ui/now.ts";
import { Page } from "../ui/page.tsx";
import { RowsSkeleton, Teach, Trouble } from "../ui/states.tsx";
import { useImports } from "./queries.ts";
import { ImportStatusWord } from "./status-word.tsx";
import "./imports.css";

export function ImportsPage() {
  const say = useSay();
  const here = useHere();
  const imports = useImports();
  const make = here.can("collect:write") && (
    <Link to={here.to("/data/imports/new")}>
      <Button type="primary">{say("shell.newImport")}</Button>
    </Link>
  );
  return (
    <Page title={say("imports.title")} sub={say("imports.sub")} actions={make}>
      {imports.isPending ? (
        <RowsSkeleton rows={5} />
      ) : imports.isError ? (
        <Trouble error={imports.error} retry={() => void imports.refetch()} />
      ) : imports.data.items.length === 0 ? (
        <Teach
          icon={<CloudUploadOutlined />}
          title={say("imports.empty")}
          text={say("imports.emptyText")}
          action={make}
        />
      ) : (
        <Rows items={imports.data.items} />
      )}
    </Page>
  );
}

function Rows({ items }: { items: Import[] }) {
  const say = useSay();
  const here = useHere();
  const formats = useFormats();
  const now = useNow();
  const presetName = (row: Import) => formats.say(row.presetName);
  const files = (row: Import) =>
    row.files.length > 2
      ? say("imports.filesMore", { name: row.files[0]?.name ?? "", n: row.files.length })
      : row.files.map((file) => file.name).join("、");
  const columns: Column<Import>[] = [
    {
      id: "files",
      title: say("imports.files"),
      render: (row) => (
        <>
          {files(row)}
          <span className="row-sub">{presetName(row)}</span>
        </>
      ),
      plain: files,
    },
    {
      id: "status",
      title: say("imports.status"),
      render: (row) => <Status row={row} />,
      plain: (row) => row.status,
    },
    {
      id: "rows",
      title: say("imports.rows"),
      numeric: true,
      render: (row) => formats.number(row.rows),
      plain: (row) => row.rows,
    },
    {
      id: "added",
      title: say("imports.added"),
      numeric: true,
      render: (row) => formats.number(row.added),
      plain: (row) => row.added,
    },
    {
      id: "changed",
      title: say("imports.changed"),
      numeric: true,
      render: (row) => formats.number(row.changed),
      plain: (row) => row.changed,
    },
    {
      id: "refused",
      title: say("imports.refused"),
      numeric: true,
      render: (row) =>
        row.refused === 0 ? (
          <span className="soft">0</span>
        ) : (
          <b className="bad-text">{formats.number(row.refused)}</b>
        ),
      plain: (row) => row.refused,
    },
    {
      id: "at",
      title: say("imports.at"),
      numeric: true,
      render: (row) => <span title={formats.instant(row.startedAt)}>{formats.ago(row.startedAt, now)}</span>,
      plain: (row) => row.startedAt,
    },
  ];
  return (
    <Listing
      label={say("imports.title")}
      columns={columns}
      rows={items}
      keyOf={(row) => row.id}
      to={(row) => here.to(`/data/imports/${row.id}`)}
      card={(row) => (
        <>
          <span className="card-line">
            <strong>{presetName(row)}</strong>
            <ImportStatusWord status={row.status} />
          </span>
          <span className="card-line soft">
            <span>
              {say("imports.addedOf", {
                added: formats.number(row.added),
                rows: formats.number(row.rows),
                count: row.rows,
              })}
            </span>
            <span>{formats.ago(row.startedAt, now)}</span>
          </span>
        </>
      )}
    />
  );
}

/** The state, and while it runs how far it is. */
function Status({ row }: { row: Import }) {
  const formats = useFormats();
  const share = row.bytesTotal === 0 ? 0 : row.bytesRead / row.bytesTotal;
  return (
    <span className="nowrap">
      <ImportStatusWord status={row.status} />
      {row.status === "running" && <span className="faint"> {formats.percent(share, 0)}</span>}
    </span>
  );
}
