import { ApiOutlined } from "@ant-design/icons";
import type { Source } from "@stork/contract/sources.ts";
import { Button, Form, Input, Modal } from "antd";
import { useState } from "react";
import { useNavigate } from "react-router";
import type { z } from "zod";
import { useSay } from "../i18n/i18n.ts";
import { useFormats, useHere } from "../shell/session.tsx";
import { type Column, Listing } from "../ui/listing.tsx";
import { useNow } from "../ui/now.ts";
import { Page } from "../ui/page.tsx";
import { ProblemNote, RowsSkeleton, Teach, Trouble } from "../ui/states.tsx";
import { useMakeSource, useSources } from "./queries.ts";
import "./sources.css";

type Row = z.infer<typeof Source>;

export function SourcesPage() {
  const say = useSay();
  const here = useHere();
  const sources = useSources(10_000);
  const [making, setMaking] = useState(false);
  const make = here.can("collect:write") && (
    <Button type="primary" onClick={() => setMaking(true)}>
      {say("sources.make")}
    </Button>
  );
  return (
    <Page title={say("sources.title")} sub={say("sources.sub")} actions={make}>
      {sources.isPending ? (
        <RowsSkeleton rows={4} />
      ) : sources.isError ? (
        <Trouble error={sources.error} retry={() => void sources.refetch()} />
      ) : sources.data.items.length === 0 ? (
        <Teach
          icon={<ApiOutlined />}
          title={say("sources.empty")}
          text={say("sources.emptyText")}
          action={make}
        />
      ) : (
        <Rows items={sources.data.items} />
      )}
      <MakeSource open={making} onClose={() => setMaking(false)} />
    </Page>
  );
}

function Rows({ items }: { items: Row[] }) {
  const say = useSay();
  const here = useHere();
  const formats = useFormats();
  const now = useNow();
  const last = (row: Row) =>
    row.lastEventAt === null ? (
      <span className="status quiet">{say("sources.waiting")}</span>
    ) : (
      <span className="status good">{formats.ago(row.lastEventAt, now)}</span>
    );
  const columns: Column<Row>[] = [
    {
      id: "name",
      title: say("sources.name"),
      render: (row) => (
        <>
          {row.name}
          <span className="row-sub">{say(`sources.kind.${row.kind}`)}</span>
        </>
      ),
      plain: (row) => row.name,
    },
    { id: "last", title: say("sources.last"), render: last, plain: (row) => row.lastEventAt },
    {
      id: "today",
      title: say("sources.today"),
      numeric: true,
      render: (row) => formats.number(row.eventsToday),
      plain: (row) => row.eventsToday,
    },
    {
      id: "total",
      title: say("sources.total"),
      numeric: true,
      render: (row) => formats.compact(row.eventsTotal),
      plain: (row) => row.eventsTotal,
    },
  ];
  return (
    <Listing
      label={say("sources.title")}
      columns={columns}
      rows={items}
      keyOf={(row) => row.id}
      to={(row) => here.to(`/data/sources/${row.id}`)}
      card={(row) => (
        <>
          <span className="card-line">
            <strong>{row.name}</strong>
            {last(row)}
          </span>
          <span className="card-line soft">
            <span>{say(`sources.kind.${row.kind}`)}</span>
            <span>{say("sources.todayOf", { n: formats.compact(row.eventsToday) })}</span>
          </span>
        </>
      )}
    />
  );
}

function MakeSource({ open, onClose }: { open: boolean; onClose(): void }) {
  const say = useSay();
  const here = useHere();
  const navigate = useNavigate();
  const make = useMakeSource();
  return (
    <Modal open={open} onCancel={onClose} footer={null} title={say("sources.make")} destroyOnHidden>
      <Form<{ name: string }>
        layout="vertical"
        requiredMark={false}
        onFinish={({ name }) =>
          make.mutate(name.trim(), {
            onSuccess: (made) => void navigate(here.to(`/data/sources/${made.id}`)),
          })
        }
      >
        <Form.Item
          name="name"
          label={say("sources.name")}
          extra={say("sources.nameHelp")}
          rules={[{ required: true, whitespace: true, max: 80, message: say("sources.nameRule") }]}
        >
          <Input autoFocus placeholder={say("sources.namePlaceholder")} />
        </Form.Item>
        {make.isError && <ProblemNote error={make.error} />}
        <Button type="primary" htmlType="submit" loading={make.isPending} block>
          {say("sources.make")}
        </Button>
      </Form>
    </Modal>
  );
}
