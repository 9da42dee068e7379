import { type CipherName, DataKeys, type KeyVersion } from "@stork/contract/keys.ts";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, Modal, Radio } from "antd";
import { useState } from "react";
import { api } from "../api/client.ts";
import { useSay } from "../i18n/i18n.ts";
import { useFormats, useHere } from "../shell/session.tsx";
import { Listing } from "../ui/listing.tsx";
import { Notice, RowsSkeleton, Trouble } from "../ui/states.tsx";

/** The keys that personal data is sealed with: which there are, and a new one in place of the present. */
export function DataKeysPart() {
  const say = useSay();
  const here = useHere();
  const [choosing, setChoosing] = useState(false);
  const keys = useQuery({
    queryKey: [...here.key, "data-keys"],
    queryFn: ({ signal }) => api.get(here.at("/data-keys"), DataKeys, { signal }),
    // A rotation takes a minute or more; what it has done shows as it goes on.
    refetchInterval: ({ state }) => (state.data?.resealing ? 3_000 : false),
  });
  if (keys.isPending) return <RowsSkeleton rows={3} />;
  if (keys.isError) return <Trouble error={keys.error} retry={() => void keys.refetch()} />;
  const { versions, digest, resealing } = keys.data;
  return (
    <>
      <div className="row">
        <p className="soft">{say("settings.dataKeysHelp", { digest: say(`settings.digest.${digest}`) })}</p>
        {here.can("settings:write") && (
          <Button className="push" disabled={resealing !== null} onClick={() => setChoosing(true)}>
            {say("settings.rotate")}
          </Button>
        )}
      </div>
      {resealing !== null && (
        <Notice tone="info" title={say("settings.resealing", { count: resealing.resealed })} />
      )}
      <Versions rows={versions} />
      <Rotating open={choosing} present={versions[0]?.cipher} onClose={() => setChoosing(false)} />
    </>
  );
}

const tones = {
  ...{ coming: "warn", active: "good", old: "warn", retired: "off", destroyed: "off" },
} as const satisfies Record<KeyVersion["state"], string>;

function Versions({ rows }: { rows: KeyVersion[] }) {
  const say = useSay();
  const formats = useFormats();
  return (
    <Listing
      label={say("settings.data-keys")}
      rows={rows}
      keyOf={(row) => String(row.version)}
      columns={[
        {
          id: "version",
          title: say("settings.keyVersion"),
          render: (row) => (
            <>
              <b>{say("settings.keyNumber", { version: row.version })}</b>
              <span className="row-sub">{say(`settings.cipher.${row.cipher}`)}</span>
            </>
          ),
        },
        {
          id: "state",
          title: say("settings.keyState"),
          render: (row) => (
            <>
              <span className={`status ${tones[row.state]}`}>{say(`settings.key.${row.state}`)}</span>
              {row.state === "retired" && row.destroyedFrom !== null && (
                <span className="row-sub">
                  {say("settings.destroyedFrom", { date: formats.date(row.destroyedFrom) })}
                </span>
              )}
            </>
          ),
        },
        { id: "since", title: say("settings.keySince"), render: (row) => formats.instant(row.activeAt) },
      ]}
      card={(row) => (
        <div>
          <span className="card-line">
            <strong>{say("settings.keyNumber", { version: row.version })}</strong>
            <span className={`status ${tones[row.state]}`}>{say(`settings.key.${row.state}`)}</span>
          </span>
          <span className="card-line soft">
            <span>{say(`settings.cipher.${row.cipher}`)}</span>
            <span>{formats.instant(row.activeAt)}</span>
          </span>
        </div>
      )}
    />
  );
}

function Rotating({
  open,
  present,
  onClose,
}: {
  open: boolean;
  present: CipherName | undefined;
  onClose: () => void;
}) {
  const say = useSay();
  const here = useHere();
  const queries = useQueryClient();
  const { message } = App.useApp();
  const [cipher, setCipher] = useState<CipherName>();
  const rotate = useMutation({
    mutationFn: () => api.post(here.at("/data-keys/rotate"), DataKeys, { cipher: cipher ?? present }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: [...here.key, "data-keys"] });
      onClose();
    },
    onError: (error) => void message.error(error.message),
  });
  return (
    <Modal
      open={open}
      title={say("settings.rotateTitle")}
      okText={say("settings.rotate")}
      cancelText={say("ui.cancel")}
      confirmLoading={rotate.isPending}
      onOk={() => rotate.mutate()}
      onCancel={onClose}
    >
      <p>{say("settings.rotateText")}</p>
      <Radio.Group
        value={cipher ?? present}
        onChange={({ target }) => setCipher(target.value as CipherName)}
        options={(["aes-256-gcm", "sm4-gcm"] as const).map((value) => ({
          value,
          label: say(`settings.cipher.${value}`),
        }))}
      />
    </Modal>
  );
}
